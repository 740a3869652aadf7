"""What becomes of a car: to whom a transfer takes it, how it is disposed of, and what was changed in its file."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ...core.db import Base, Fixed
from ...core.files import Attachment


class TransferHolding(Base):
    """划转后的权属: owner unit, using unit and platform from the transfer's day on; empty where nothing changes."""

    __tablename__ = "transfer_holding"

    transfer_id: Mapped[int] = mapped_column(ForeignKey("vehicle_transfer.id"), primary_key=True)
    owner_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    using_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    platform: Mapped[str | None]


class DisposalMethod(StrEnum):
    """处置方式, article 22."""

    AUCTION = "auction"
    MAKER = "maker"
    SCRAPPING = "scrapping"
    TRANSFER = "transfer"


METHOD_LABELS = {
    DisposalMethod.AUCTION: _l("Auction"),
    DisposalMethod.MAKER: _l("Taken back by the maker"),
    DisposalMethod.SCRAPPING: _l("Scrapping"),
    DisposalMethod.TRANSFER: _l("Transferred out"),
}


class CarDisposal(Base):
    """车辆处置 (7.19): how the car went, by which paper, and what it brought in (non-tax revenue)."""

    __tablename__ = "car_disposal"
    __table_args__ = (CheckConstraint("income >= 0", name="income_not_negative"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    vehicle_id: Mapped[int] = mapped_column(ForeignKey("vehicle.id"), index=True)
    day: Mapped[date]
    method: Mapped[str]
    income: Mapped[Decimal] = mapped_column(Fixed(2))
    paper_no: Mapped[str]
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"))
    at: Mapped[datetime]
    by: Mapped[str]
    attachment: Mapped[Attachment | None] = relationship(lazy="joined")
    void: Mapped["DisposalVoid | None"] = relationship(lazy="selectin")


class DisposalVoid(Base):
    """作废处置记录."""

    __tablename__ = "disposal_void"

    disposal_id: Mapped[int] = mapped_column(ForeignKey("car_disposal.id"), primary_key=True)
    at: Mapped[datetime]
    by: Mapped[str]
    reason: Mapped[str]


class CarFileChange(Base):
    """档案变更: one fact of a car's file before and after; never edited."""

    __tablename__ = "car_file_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    vehicle_id: Mapped[int] = mapped_column(ForeignKey("vehicle.id"), index=True)
    fact: Mapped[str]
    before: Mapped[str]
    after: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]
