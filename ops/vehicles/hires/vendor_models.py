"""Hire companies, their contracts and the prices in them, each with the day from which it holds."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ...core.db import Base, Fixed
from ...core.files import Attachment


class HiredClass(StrEnum):
    """租赁车型, the smallest first."""

    SEDAN = "sedan"
    VAN = "van"
    MINIBUS = "minibus"
    COACH = "coach"


class PriceMethod(StrEnum):
    """计价方式."""

    BY_DAY = "by_day"
    BY_KM = "by_km"
    BY_TRIP = "by_trip"


CLASS_LABELS = {
    HiredClass.SEDAN: _l("Sedan"),
    HiredClass.VAN: _l("Business van"),
    HiredClass.MINIBUS: _l("Minibus"),
    HiredClass.COACH: _l("Coach"),
}
METHOD_LABELS = {
    PriceMethod.BY_DAY: _l("By the day, with overrun"),
    PriceMethod.BY_KM: _l("By the kilometre, with a least"),
    PriceMethod.BY_TRIP: _l("One price for the trip"),
}


class HireVendor(Base):
    """租赁供应商: a company in the list of vendors."""

    __tablename__ = "hire_vendor"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    credit_code: Mapped[str]
    contact: Mapped[str]
    phone: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]
    contracts: Mapped[list["HireContract"]] = relationship(order_by="HireContract.valid_from", lazy="selectin")


class HireContract(Base):
    """租赁合同: holds on [valid_from, valid_to], unless it was ended before.

    `liability`: 第三者责任险, `seat_cover`: 座位险 a seat, both in 万元.
    """

    __tablename__ = "hire_contract"
    __table_args__ = (
        UniqueConstraint("vendor_id", "number", name="uq_hire_contract_vendor_id_number"),
        CheckConstraint("valid_to >= valid_from", name="ends_after_start"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    vendor_id: Mapped[int] = mapped_column(ForeignKey("hire_vendor.id"))
    number: Mapped[str]
    valid_from: Mapped[date]
    valid_to: Mapped[date]
    liability: Mapped[Decimal] = mapped_column(Fixed(2))
    seat_cover: Mapped[Decimal] = mapped_column(Fixed(2))
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"))
    at: Mapped[datetime]
    by: Mapped[str]
    vendor: Mapped[HireVendor] = relationship(back_populates="contracts")
    attachment: Mapped[Attachment | None] = relationship(lazy="selectin")
    end: Mapped["HireContractEnd | None"] = relationship(lazy="selectin")
    prices: Mapped[list["ContractPrice"]] = relationship(
        order_by="[ContractPrice.valid_from, ContractPrice.id]", lazy="selectin"
    )

    def holds(self, day: date) -> bool:
        ended = self.end is not None and self.end.from_on <= day
        return self.valid_from <= day <= self.valid_to and not ended

    def price_of(self, vehicle_class: str, day: date) -> "ContractPrice | None":
        """The class's latest price that had begun by that day."""
        fits = [each for each in self.prices if each.vehicle_class == vehicle_class and each.valid_from <= day]
        return fits[-1] if fits else None


class HireContractEnd(Base):
    """合同终止: no hire by this contract from that day on."""

    __tablename__ = "hire_contract_end"

    contract_id: Mapped[int] = mapped_column(ForeignKey("hire_contract.id"), primary_key=True)
    from_on: Mapped[date]
    reason: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]


class ContractPrice(Base):
    """合同价: what a class costs from `valid_from` on; 元, km, hours.

    BY_DAY: `price` a day with `base_km` and `base_hours`, beyond them `km_price` and `hour_price`.
    BY_KM: `km_price`, at least `base_km`. BY_TRIP: `price`.
    """

    __tablename__ = "contract_price"
    __table_args__ = (
        UniqueConstraint("contract_id", "vehicle_class", "valid_from", name="uq_contract_price_class_from"),
        CheckConstraint("price >= 0 AND km_price >= 0 AND hour_price >= 0", name="price_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("hire_contract.id"))
    vehicle_class: Mapped[str]
    method: Mapped[str]
    price: Mapped[Decimal] = mapped_column(Fixed(2))
    base_km: Mapped[int]
    base_hours: Mapped[int]
    km_price: Mapped[Decimal] = mapped_column(Fixed(2))
    hour_price: Mapped[Decimal] = mapped_column(Fixed(2))
    valid_from: Mapped[date]
    at: Mapped[datetime]
    by: Mapped[str]
