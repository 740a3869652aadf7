"""What the register keeps beside the cars: transfers between holders, and the units under the vehicle reform."""

from datetime import date, datetime
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ...core.db import Base
from ..models import Vehicle, VehicleCategory

CATEGORY_LABELS = {
    VehicleCategory.CONFIDENTIAL: _l("Confidential courier"),
    VehicleCategory.EMERGENCY: _l("Emergency support"),
    VehicleCategory.ENFORCEMENT: _l("Law enforcement"),
    VehicleCategory.SPECIAL: _l("Special technical"),
    VehicleCategory.OTHER: _l("Other official car"),
}


class VehicleTransfer(Base):
    """车辆划转: a car passes from one holder to another; holders are named as the paper names them."""

    __tablename__ = "vehicle_transfer"

    id: Mapped[int] = mapped_column(primary_key=True)
    vehicle_id: Mapped[int] = mapped_column(ForeignKey("vehicle.id"), index=True)
    day: Mapped[date] = mapped_column(index=True)
    from_holder: Mapped[str]
    to_holder: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]
    vehicle: Mapped[Vehicle] = relationship(lazy="joined")
    void: Mapped["TransferVoid | None"] = relationship(lazy="selectin")


class TransferVoid(Base):
    """作废划转记录."""

    __tablename__ = "transfer_void"

    transfer_id: Mapped[int] = mapped_column(ForeignKey("vehicle_transfer.id"), primary_key=True)
    day: Mapped[date]
    at: Mapped[datetime]
    by: Mapped[str]
    reason: Mapped[str]


class CategoryChange(Base):
    """变更类别: from `day` on the car is of another category, by a paper; until then it was what it was."""

    __tablename__ = "category_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    vehicle_id: Mapped[int] = mapped_column(ForeignKey("vehicle.id"), index=True)
    day: Mapped[date]
    before: Mapped[str]
    after: Mapped[str]
    paper_no: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]
    void: Mapped["CategoryVoid | None"] = relationship(lazy="selectin")


class CategoryVoid(Base):
    """作废类别变更."""

    __tablename__ = "category_void"

    change_id: Mapped[int] = mapped_column(ForeignKey("category_change.id"), primary_key=True)
    day: Mapped[date]
    at: Mapped[datetime]
    by: Mapped[str]
    reason: Mapped[str]


class ReformKind(StrEnum):
    """企事业单位车改: whom the vehicle reform's follow-up covers; government bodies were reformed before."""

    INSTITUTION = "institution"
    ENTERPRISE = "enterprise"


class ReformUnit(Base):
    """车改后续管理单位: a unit under the reform from `from_on` until `to_on`; `kind` is what it was on entering."""

    __tablename__ = "reform_unit"
    __table_args__ = (CheckConstraint("to_on IS NULL OR to_on > from_on", name="has_length"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    kind: Mapped[str]
    from_on: Mapped[date] = mapped_column(index=True)
    to_on: Mapped[date | None]
