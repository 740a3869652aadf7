"""What the board draws: plain columns, a handful of queries however many bookings there are.

The statements are put together once and get the period as parameters: putting them together costs more than they do.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Date, DateTime, Select, bindparam, exists, func, or_, select

from ...core.db import db
from ...core.timeslot import Slot, overlapping
from ...people.models import Unit
from .. import queries
from ..models import Departure, Dispatch, Driver, SharedRide, TripRequest, TripReturn, Vehicle
from ..rules import LONGEST_TRIP


def trips(period: Slot, now: datetime) -> Sequence[Any]:
    """Dispatches that hold a car somewhere in the period, and those still out when they should be back.

    No trip is longer than LONGEST_TRIP: the index on the day keeps the search short among years of bookings.
    """
    return db.session.execute(_trips(now > period.start), _given(period)).all()


def _given(period: Slot) -> dict[str, Any]:
    since, first, last = (period.start - LONGEST_TRIP).date(), period.start.date(), period.end.date()
    return {"start": period.start, "end": period.end, "since": since, "first": first, "last": last}


SINCE, FIRST, LAST = bindparam("since", type_=Date), bindparam("first", type_=Date), bindparam("last", type_=Date)
START, END = bindparam("start", type_=DateTime), bindparam("end", type_=DateTime)


@cache
def _trips(begun: bool) -> Any:
    """`begun`: the period has, so that a car may be out from before it."""
    held = (Dispatch.starts_at < END) & (Dispatch.ends_at > START)
    # asked of the dispatch alone: what does not hold a car is dropped before anything is joined to it
    back, left = (
        exists().where(model.dispatch_id == Dispatch.id).correlate(Dispatch) for model in (TripReturn, Departure)
    )
    still_out = (Dispatch.ends_at <= START) & ~back & left
    return (
        select(
            Dispatch.id, Dispatch.request_id, Dispatch.vehicle_id, Dispatch.driver_id, Dispatch.second_driver_id,
            Dispatch.starts_at, Dispatch.ends_at, Dispatch.due_at,
            Departure.at.label("left_at"), TripReturn.at.label("back_at"), TripRequest.destination,
            TripRequest.people, Unit.name.label("unit"),
        )
        .join(TripRequest, TripRequest.id == Dispatch.request_id)
        .join(Unit, Unit.id == TripRequest.unit_id)
        .outerjoin(Departure, Departure.dispatch_id == Dispatch.id)
        .outerjoin(TripReturn, TripReturn.dispatch_id == Dispatch.id)
        .where(
            Dispatch.day.between(SINCE, LAST), Dispatch.released_at.is_(None), or_(held, still_out) if begun else held
        )
        .order_by(Dispatch.starts_at)
    )  # fmt: skip


def trips_of_car(vehicle_id: int, slot: Slot) -> Sequence[Dispatch]:
    """Dispatches that hold the car somewhere in the slot."""
    held = (Dispatch.vehicle_id == vehicle_id, Dispatch.released_at.is_(None))
    found = select(Dispatch).where(*held, overlapping(Dispatch.starts_at, Dispatch.ends_at, slot))
    return db.session.scalars(found.order_by(Dispatch.starts_at)).all()


def riders(period: Slot) -> dict[int, int]:
    """How many people of other requests ride with each trip that begins about the period."""
    return {dispatch_id: int(people) for dispatch_id, people in db.session.execute(_riders(), _given(period))}


@cache
def _riders() -> Any:
    return (
        select(SharedRide.dispatch_id, func.sum(TripRequest.people))
        .join(TripRequest, TripRequest.id == SharedRide.request_id)
        .join(Dispatch, Dispatch.id == SharedRide.dispatch_id)
        .where(SharedRide.released_at.is_(None), Dispatch.day.between(SINCE, LAST))
        .group_by(SharedRide.dispatch_id)
    )


def cars(period: Slot) -> Sequence[Any]:
    """Cars on the register somewhere in the period."""
    return db.session.execute(_cars(), _given(period)).all()


@cache
def _cars() -> Select[Any]:
    there = (Vehicle.registered_on <= LAST, or_(Vehicle.deregistered_on.is_(None), Vehicle.deregistered_on > FIRST))
    wanted: list[Any] = [Vehicle.id, Vehicle.plate, Vehicle.seats, Vehicle.category, Vehicle.registered_on]
    return select(*wanted, Vehicle.deregistered_on).where(*there).order_by(Vehicle.plate)


def drivers(period: Slot) -> Sequence[Any]:
    return db.session.execute(_drivers(), _given(period)).all()


@cache
def _drivers() -> Select[Any]:
    there = or_(Driver.left_on.is_(None), Driver.left_on > FIRST)
    wanted: list[Any] = [Driver.id, Driver.name]
    return select(*wanted).where(there).order_by(Driver.name)


def waiting(period: Slot) -> Sequence[Any]:
    """Requests that wait for a car and begin within the period."""
    return db.session.execute(_waiting(), _given(period)).all()


@cache
def _waiting() -> Any:
    found: Any = queries.waiting().join(Unit, Unit.id == TripRequest.unit_id)
    found = found.where(TripRequest.starts_at >= START, TripRequest.starts_at < END)
    columns = (
        TripRequest.id, TripRequest.starts_at, TripRequest.ends_at, TripRequest.destination, TripRequest.people,
        TripRequest.purpose, Unit.name.label("unit"),
    )  # fmt: skip
    return found.with_only_columns(*columns).order_by(TripRequest.starts_at)


def days_around(period: Slot) -> tuple[date | None, date | None]:
    """The nearest days before and after the period that a trip begins on."""
    before, after = Dispatch.day < period.start.date(), Dispatch.day >= period.end.date()
    last = select(func.max(Dispatch.day)).where(before, Dispatch.released_at.is_(None))
    following = select(func.min(Dispatch.day)).where(after, Dispatch.released_at.is_(None))
    return db.session.scalar(last), db.session.scalar(following)


def period_of(day: date, days: int) -> Slot:
    start = datetime(day.year, day.month, day.day)
    return Slot(start, start + timedelta(days=days))


def units_of(dispatch: Dispatch) -> dict[int, str]:
    """The names of the units whose requests travel."""
    wanted = Unit.id.in_([request.unit_id for request in dispatch.aboard])
    return dict(iter(db.session.execute(select(Unit.id, Unit.name).where(wanted))))
