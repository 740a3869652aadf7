"""The ledger of a car's costs. A row is never edited: it is reversed by a second one with the amount turned round.

One table of amounts for every group of DB32/T 3826-2020 (7.8 to 7.14), so that a year is one sum; what a group records
of its own stands in a table beside it under the same key, so that an export to a platform stays a mapping.
"""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from ...core.db import Base, Fixed
from ..models import Vehicle
from ..odometer.queries import standing_at_cost


class CostKind(StrEnum):
    """费用类别. Fines are none: they are never paid from public money."""

    ENERGY = "energy"
    MAINTENANCE = "maintenance"
    INSURANCE = "insurance"
    INSPECTION = "inspection"
    TOLLS = "tolls"
    PARKING = "parking"
    OTHER = "other"


COST_LABELS = {
    CostKind.ENERGY: _l("Fuel and charging"),
    CostKind.MAINTENANCE: _l("Maintenance and repair"),
    CostKind.INSURANCE: _l("Insurance"),
    CostKind.INSPECTION: _l("Inspection"),
    CostKind.TOLLS: _l("Tolls"),
    CostKind.PARKING: _l("Parking"),
    CostKind.OTHER: _l("Other costs"),
}


class VehicleCost(Base):
    """单车费用: an amount in yuan for a car, on the day it was spent.

    `reverses_id`: the row it takes back (红字冲销), on the same day with the amount turned round; `reason`: why.
    """

    __tablename__ = "vehicle_cost"
    __table_args__ = (
        CheckConstraint("amount <> 0", name="amount_not_zero"),
        Index("ix_vehicle_cost_vehicle_kind_day", "vehicle_id", "kind", "day", "amount"),
        Index("ix_vehicle_cost_day", "day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    vehicle_id: Mapped[int] = mapped_column(ForeignKey("vehicle.id"))
    kind: Mapped[str]
    day: Mapped[date]
    amount: Mapped[Decimal] = mapped_column(Fixed(2))
    payee: Mapped[str]
    paper_no: Mapped[str]
    note: Mapped[str]
    dispatch_id: Mapped[int | None] = mapped_column(ForeignKey("dispatch.id"), index=True)
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"))
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("vehicle_cost.id"), unique=True)
    reason: Mapped[str | None]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str]
    vehicle: Mapped[Vehicle] = relationship(lazy="joined")
    reversed_by: Mapped["VehicleCost | None"] = relationship(
        primaryjoin="VehicleCost.id == foreign(remote(VehicleCost.reverses_id))", uselist=False, viewonly=True
    )
    fill: Mapped["FuelFill | None"] = relationship()
    policy: Mapped["InsurancePolicy | None"] = relationship()


class FuelFill(Base):
    """加油记录 (7.10): litres beside the amount; a reversed fill has a second row with its litres turned round."""

    __tablename__ = "fuel_fill"

    cost_id: Mapped[int] = mapped_column(ForeignKey("vehicle_cost.id"), primary_key=True)
    at: Mapped[datetime]
    litres: Mapped[Decimal] = mapped_column(Fixed(2))
    is_full: Mapped[bool]
    card_id: Mapped[int | None] = mapped_column(ForeignKey("fuel_card.id"), index=True)
    serial: Mapped[str | None]
    odometer: Mapped[int | None] = column_property(standing_at_cost(cost_id))


class FuelCard(Base):
    """加油卡: belongs to one car, or to the house when it tops up the others."""

    __tablename__ = "fuel_card"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    vehicle_id: Mapped[int | None] = mapped_column(ForeignKey("vehicle.id"), index=True)
    opened_on: Mapped[date]
    vehicle: Mapped[Vehicle | None] = relationship(lazy="joined")


class CardEntry(Base):
    """加油卡收支: what came on the card (+) and what was spent from it (−). The balance is the sum, kept nowhere."""

    __tablename__ = "card_entry"
    __table_args__ = (
        CheckConstraint("amount <> 0", name="amount_not_zero"),
        Index("ix_card_entry_card_day", "card_id", "day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    card_id: Mapped[int] = mapped_column(ForeignKey("fuel_card.id"))
    day: Mapped[date]
    amount: Mapped[Decimal] = mapped_column(Fixed(2))
    paper_no: Mapped[str]
    cost_id: Mapped[int | None] = mapped_column(ForeignKey("vehicle_cost.id"), unique=True)
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("card_entry.id"), unique=True)
    reason: Mapped[str | None]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str]


class Energy(StrEnum):
    PETROL = "petrol"
    DIESEL = "diesel"
    ELECTRIC = "electric"


ENERGY_LABELS = {
    Energy.PETROL: _l("Petrol"), Energy.DIESEL: _l("Diesel"), Energy.ELECTRIC: _l("Electricity"),
}  # fmt: skip


class CarTank(Base):
    """车辆油箱: what a car drives on, and what its tank holds by the maker's manual."""

    __tablename__ = "car_tank"

    vehicle_id: Mapped[int] = mapped_column(ForeignKey("vehicle.id"), primary_key=True)
    energy: Mapped[str]
    litres: Mapped[int | None]


class PolicyPart(StrEnum):
    """险种."""

    COMPULSORY = "compulsory"
    VESSEL_TAX = "vessel_tax"
    DAMAGE = "damage"
    THIRD_PARTY = "third_party"
    SEATS = "seats"
    THEFT = "theft"
    EXTRA = "extra"


PART_LABELS = {
    PolicyPart.COMPULSORY: _l("Compulsory traffic insurance"),
    PolicyPart.VESSEL_TAX: _l("Vehicle and vessel tax"),
    PolicyPart.DAMAGE: _l("Damage to the car"),
    PolicyPart.THIRD_PARTY: _l("Third party"),
    PolicyPart.SEATS: _l("Driver's and passengers' seats"),
    PolicyPart.THEFT: _l("Theft"),
    PolicyPart.EXTRA: _l("Glass, fire, flood and others"),
}


class InsurancePolicy(Base):
    """保险单 (7.11): from `from_on` to `to_on`, both included. Its premiums add up to the amount of the cost."""

    __tablename__ = "insurance_policy"
    __table_args__ = (CheckConstraint("to_on >= from_on", name="has_length"),)

    cost_id: Mapped[int] = mapped_column(ForeignKey("vehicle_cost.id"), primary_key=True)
    policy_no: Mapped[str]
    from_on: Mapped[date]
    to_on: Mapped[date]
    parts: Mapped[list["PolicyPremium"]] = relationship(order_by="PolicyPremium.id")


class PolicyPremium(Base):
    """险种保费."""

    __tablename__ = "policy_premium"

    id: Mapped[int] = mapped_column(primary_key=True)
    cost_id: Mapped[int] = mapped_column(ForeignKey("insurance_policy.cost_id"), index=True)
    part: Mapped[str]
    insured: Mapped[Decimal | None] = mapped_column(Fixed(2))
    premium: Mapped[Decimal] = mapped_column(Fixed(2))
