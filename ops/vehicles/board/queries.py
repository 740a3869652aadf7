"""What the board draws: plain columns, a handful of queries however many bookings there are."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import exists, func, or_, select

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
    since = (period.start - LONGEST_TRIP).date()
    days = Dispatch.day.between(since, period.end.date())
    held = overlapping(Dispatch.starts_at, Dispatch.ends_at, period)
    # asked of the dispatch alone: what does not hold a car is dropped before anything is joined to it
    back, left = (
        exists().where(model.dispatch_id == Dispatch.id).correlate(Dispatch) for model in (TripReturn, Departure)
    )
    still_out = (Dispatch.ends_at <= period.start) & ~back & left
    meets = or_(held, still_out) if now > period.start else held
    found = (
        select(
            Dispatch.id, Dispatch.request_id, Dispatch.vehicle_id, Dispatch.driver_id,
            Dispatch.starts_at, Dispatch.ends_at, Dispatch.due_at,
            Departure.at.label("left_at"), TripReturn.at.label("back_at"), TripRequest.destination,
            TripRequest.people, Unit.name.label("unit"),
        )
        .join(TripRequest, TripRequest.id == Dispatch.request_id)
        .join(Unit, Unit.id == TripRequest.unit_id)
        .outerjoin(Departure, Departure.dispatch_id == Dispatch.id)
        .outerjoin(TripReturn, TripReturn.dispatch_id == Dispatch.id)
        .where(days, Dispatch.released_at.is_(None), meets)
        .order_by(Dispatch.starts_at)
    )  # fmt: skip
    return db.session.execute(found).all()


def trips_of_car(vehicle_id: int, slot: Slot) -> Sequence[Dispatch]:
    """Dispatches that hold the car somewhere in the slot."""
    held = (Dispatch.vehicle_id == vehicle_id, Dispatch.released_at.is_(None))
    found = select(Dispatch).where(*held, overlapping(Dispatch.starts_at, Dispatch.ends_at, slot))
    return db.session.scalars(found.order_by(Dispatch.starts_at)).all()


def riders(period: Slot) -> dict[int, int]:
    """How many people of other requests ride with each trip that begins about the period."""
    since = (period.start - LONGEST_TRIP).date()
    found = (
        select(SharedRide.dispatch_id, func.sum(TripRequest.people))
        .join(TripRequest, TripRequest.id == SharedRide.request_id)
        .join(Dispatch, Dispatch.id == SharedRide.dispatch_id)
        .where(SharedRide.released_at.is_(None), Dispatch.day.between(since, period.end.date()))
        .group_by(SharedRide.dispatch_id)
    )
    return {dispatch_id: int(people) for dispatch_id, people in db.session.execute(found)}


def cars(period: Slot) -> Sequence[Any]:
    """Cars on the register somewhere in the period."""
    first, last = period.start.date(), period.end.date()
    there = (Vehicle.registered_on <= last, or_(Vehicle.deregistered_on.is_(None), Vehicle.deregistered_on > first))
    found = select(Vehicle.id, Vehicle.plate, Vehicle.seats, Vehicle.category, Vehicle.model).where(*there)
    return db.session.execute(found.order_by(Vehicle.plate)).all()


def drivers(period: Slot) -> Sequence[Any]:
    there = or_(Driver.left_on.is_(None), Driver.left_on > period.start.date())
    return db.session.execute(select(Driver.id, Driver.name).where(there).order_by(Driver.name)).all()


def waiting(period: Slot) -> Sequence[Any]:
    """Requests that wait for a car and begin within the period."""
    found = queries.waiting().join(Unit, Unit.id == TripRequest.unit_id)
    found = found.where(TripRequest.starts_at >= period.start, TripRequest.starts_at < period.end)
    columns = (
        TripRequest.id, TripRequest.starts_at, TripRequest.ends_at, TripRequest.destination, TripRequest.people,
        TripRequest.purpose, Unit.name.label("unit"),
    )  # fmt: skip
    return db.session.execute(found.with_only_columns(*columns).order_by(TripRequest.starts_at)).all()


def latest_day_of_trips(today: date) -> date | None:
    """The last day up to today that a trip begins on."""
    return db.session.scalar(select(func.max(Dispatch.day)).where(Dispatch.day <= today))


def period_of(day: date, days: int) -> Slot:
    start = datetime(day.year, day.month, day.day)
    return Slot(start, start + timedelta(days=days))


def units_of(dispatch: Dispatch) -> dict[int, str]:
    """The names of the units whose requests travel."""
    wanted = Unit.id.in_([request.unit_id for request in dispatch.aboard])
    return dict(iter(db.session.execute(select(Unit.id, Unit.name).where(wanted))))
