"""Reads of the ledger: a year by car and kind in one statement, and the rows behind every figure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from ...core.db import db
from ...core.files import Attachment
from ...core.period import Period
from ..models import Departure, Dispatch, SharedRide, Vehicle
from ..models import TripReturn as Back
from ..odometer import trips as dials
from ..odometer.models import OdometerReading
from .models import CardEntry, CarTank, CostKind, FuelCard, VehicleCost


def only_trip(vehicle_id: int, day: date) -> int | None:
    """The trip of the car on that day, when there was exactly one."""
    begin = datetime.combine(day, time.min)
    rows = select(Dispatch.id).where(Dispatch.vehicle_id == vehicle_id, Dispatch.released_at.is_(None))
    rows = rows.where(Dispatch.starts_at < begin + timedelta(days=1), Dispatch.due_at >= begin)
    found = db.session.scalars(rows.limit(2)).all()
    return found[0] if len(found) == 1 else None


def is_reversed(cost_id: int) -> bool:
    return db.session.scalar(select(exists().where(VehicleCost.reverses_id == cost_id))) or False


def is_entry_reversed(entry_id: int) -> bool:
    return db.session.scalar(select(exists().where(CardEntry.reverses_id == entry_id))) or False


def by_car(period: Period) -> Sequence[Any]:
    """Every car with what each kind of cost came to, None where there was none.

    One that was gone before only where it still cost something.
    """
    return db.session.execute(_by_car(), {"first": period.first, "last": period.last}).all()


@cache
def _by_car() -> Select[Any]:
    """Put together once."""
    first, last = bindparam("first", type_=Date), bindparam("last", type_=Date)
    within = VehicleCost.day.between(first, last)
    there = or_(Vehicle.deregistered_on.is_(None), Vehicle.deregistered_on > first)
    still = exists().where(VehicleCost.vehicle_id == Vehicle.id, within)
    wanted: list[Any] = [Vehicle.id, Vehicle.plate, Vehicle.model, *(_sum_of(kind, within) for kind in CostKind)]
    return select(*wanted).where(or_(there, still)).order_by(Vehicle.plate)


def _sum_of(kind: CostKind, within: ColumnElement[bool]) -> Any:
    """One kind of one car as a column: read from the index alone, car by car."""
    rows = select(func.sum(VehicleCost.amount)).where(VehicleCost.vehicle_id == Vehicle.id, VehicleCost.kind == kind)
    return rows.where(within).correlate(Vehicle).scalar_subquery().label(kind)


@dataclass(frozen=True)
class MonthCost:
    month: int
    kind: str
    amount: Decimal


def by_month(vehicle_id: int, period: Period) -> list[MonthCost]:
    """A car's costs of a period by kind and month of the year."""
    rows = select(VehicleCost.kind, VehicleCost.day, func.sum(VehicleCost.amount))
    rows = rows.where(VehicleCost.vehicle_id == vehicle_id, VehicleCost.day.between(period.first, period.last))
    found = db.session.execute(rows.group_by(VehicleCost.kind, VehicleCost.day))
    return [MonthCost(day.month, kind, amount) for kind, day, amount in found]


def first_and_last(today: date) -> tuple[date, date]:
    """The first and the last day of the ledger up to today; today without a row. Each is one look into the index."""
    ends = (func.min(VehicleCost.day), func.max(VehicleCost.day))
    first, last = (db.session.scalar(select(end).where(VehicleCost.day <= today)) for end in ends)
    return first or today, last or today


def first_known(today: date) -> date:
    """The first day of the ledger or of a dial's reading, today without either."""
    read = db.session.scalar(select(func.min(OdometerReading.at)))
    return min(first_and_last(today)[0], read.date() if read else today)


def entries() -> Select[Any]:
    return select(VehicleCost).join(Vehicle, Vehicle.id == VehicleCost.vehicle_id)


def of_period(period: Period) -> ColumnElement[bool]:
    return VehicleCost.day.between(period.first, period.last)


def of_kind(kind: str) -> ColumnElement[bool]:
    return VehicleCost.kind == kind


def of_car(vehicle_id: str) -> ColumnElement[bool]:
    return VehicleCost.vehicle_id == int(vehicle_id)


def total(statement: Select[Any]) -> Decimal:
    """What the rows of a list of costs come to."""
    rows = statement.with_only_columns(VehicleCost.amount).order_by(None).subquery()
    return db.session.scalar(select(func.sum(rows.c.amount))) or Decimal(0)


ON_THE_WAY = (CostKind.TOLLS, CostKind.PARKING)


def on_trips(dispatch_ids: Sequence[int]) -> dict[int, Decimal]:
    """What each of the trips itself cost on the way; a tank filled or a repair done meanwhile serves others too."""
    rows = select(VehicleCost.dispatch_id, func.sum(VehicleCost.amount)).group_by(VehicleCost.dispatch_id)
    paid = rows.where(VehicleCost.dispatch_id.in_(dispatch_ids), VehicleCost.kind.in_(ON_THE_WAY))
    found = db.session.execute(paid)
    return {key: amount for key, amount in found if key is not None}


def cars(day: date) -> Sequence[tuple[int, str]]:
    """Cars that a cost can be recorded for: all, those off the register last."""
    gone = and_(Vehicle.deregistered_on.is_not(None), Vehicle.deregistered_on <= day)
    rows = select(Vehicle.id, Vehicle.plate + " " + Vehicle.model).order_by(gone, Vehicle.plate)
    return [(key, name) for key, name in db.session.execute(rows)]


def card_with(number: str) -> FuelCard | None:
    return db.session.scalar(select(FuelCard).where(FuelCard.number == number))


def cards_to_choose() -> Sequence[tuple[int, str]]:
    found = db.session.scalars(select(FuelCard).order_by(FuelCard.number))
    return [(card.id, f"{card.number} {card.vehicle.plate if card.vehicle else ''}".strip()) for card in found]


BALANCE = (
    select(func.coalesce(func.sum(CardEntry.amount), 0))
    .where(CardEntry.card_id == FuelCard.id)
    .correlate(FuelCard)
    .scalar_subquery()
)


def cards() -> Select[Any]:
    """Cards with what is on them."""
    wanted: list[Any] = [FuelCard, BALANCE.label("balance")]
    return select(*wanted).outerjoin(Vehicle, Vehicle.id == FuelCard.vehicle_id)


def card_entries(card_id: int) -> list[tuple[CardEntry, Decimal]]:
    """What came and went, in order of the day, each with the balance after it."""
    balance, found = Decimal(0), []
    rows = select(CardEntry).where(CardEntry.card_id == card_id).order_by(CardEntry.day, CardEntry.id)
    for row in db.session.scalars(rows):
        balance += row.amount
        found.append((row, balance))
    return found


def tank_of(vehicle_id: int) -> CarTank | None:
    return db.session.get(CarTank, vehicle_id)


def trips_back(vehicle_id: int, period: Period) -> Sequence[Dispatch]:
    """The car's trips that came back in the period."""
    aboard = selectinload(Dispatch.rides).joinedload(SharedRide.request)
    rows = select(Dispatch).join(Back).join(Departure, Departure.dispatch_id == Dispatch.id)
    rows = rows.options(joinedload(Dispatch.request), aboard)
    rows = rows.where(Dispatch.vehicle_id == vehicle_id, Back.day.between(period.first, period.last))
    return db.session.scalars(rows.order_by(Back.day, Back.at)).all()


def driven(dispatch_ids: Sequence[int]) -> list[int]:
    """The kilometres of the trips, in their order."""
    found = dials.of_trips(dispatch_ids)
    return [found[key] for key in dispatch_ids]


def standing(statement: Select[Any]) -> Select[Any]:
    """Without reversed rows and without reversals."""
    other = aliased(VehicleCost)
    gone = exists().where(other.reverses_id == VehicleCost.id)
    return statement.where(VehicleCost.reverses_id.is_(None), ~gone)


def trip_days(period: Period) -> set[tuple[int, date]]:
    """(car, day) of every day that a trip of the car touches."""
    begin = datetime.combine(period.first, time.min)
    rows = select(Dispatch.vehicle_id, Departure.at, Back.at).join(Departure).outerjoin(Back)
    rows = rows.where(Departure.at < datetime.combine(period.last, time.max))
    found = set()
    for car, left, back in db.session.execute(rows.where(or_(Back.at.is_(None), Back.at >= begin))):
        last = min((back or left).date(), period.last)
        found |= {(car, left.date() + timedelta(days=n)) for n in range((last - left.date()).days + 1)}
    return found


def whole(statement: Select[Any]) -> Sequence[VehicleCost]:
    """All rows of a list, with what their groups record of their own."""
    wanted = (selectinload(VehicleCost.fill), selectinload(VehicleCost.policy))
    return db.session.scalars(statement.options(*wanted).order_by(VehicleCost.day, VehicleCost.id)).all()


def reversed_among(ids: Sequence[int]) -> set[int]:
    rows = select(VehicleCost.reverses_id).where(VehicleCost.reverses_id.in_(ids))
    return {key for key in db.session.scalars(rows) if key is not None}


def proof_of(row: VehicleCost) -> Attachment | None:
    return db.session.get(Attachment, row.attachment_id) if row.attachment_id else None


def is_proof(attachment_id: int) -> bool:
    return db.session.scalar(select(exists().where(VehicleCost.attachment_id == attachment_id))) or False


def request_of(dispatch_id: int | None) -> int | None:
    """The request whose page shows the trip."""
    return db.session.scalar(select(Dispatch.request_id).where(Dispatch.id == dispatch_id)) if dispatch_id else None


def the_same(vehicle_id: int, kind: CostKind, day: date, amount: Decimal) -> int | None:
    """A row of the ledger that says the same already and was not taken back."""
    turned = aliased(VehicleCost)
    rows = select(VehicleCost.id).where(
        VehicleCost.vehicle_id == vehicle_id, VehicleCost.kind == kind, VehicleCost.day == day,
        VehicleCost.amount == amount, ~exists().where(turned.reverses_id == VehicleCost.id),
    )  # fmt: skip
    return db.session.scalars(rows.order_by(VehicleCost.id).limit(1)).first()
