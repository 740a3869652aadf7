"""What the suggestion of a car is made of: who is free, how much each was driven, where it goes anyway."""

from datetime import date, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, bindparam, func, select, union_all

from ...core.db import db
from ...core.timeslot import Slot
from ..availability import Named, Survey
from ..metrics import kilometres
from ..models import Dispatch, TripRequest
from ..obligations.models import INSPECTIONS, Obligation
from ..register.life_queries import used_by
from ..rules import has_seats
from ..settings.queries import InForce
from ..sharing.rules import same_way
from . import queries
from .suggestion_rules import Candidate, Suggestion, suggest

LOOKED_BACK = timedelta(days=30)
SEATS = (Dispatch.driver_id, Dispatch.second_driver_id)


def suggestions(request: TripRequest, found: Survey, settings: InForce) -> list[Suggestion]:
    """The three best cars for the request among those that can go, with their reasons.

    What was approved by mouth is an emergency (应急用车).
    """
    day, emergency = found.slot.start.date(), request.oral is not None
    people = request.people + found.needs_two
    fits = [each for each in _candidates(request, found) if has_seats(each.seats, people)]
    return suggest(people, day, fits, settings, emergency=emergency)


def _candidates(request: TripRequest, found: Survey) -> list[Candidate]:
    free = {each.key for each in found.cars if each.why is None}
    driven, going = _driven(found.slot.start.date()), _going(request, found.slot)
    inspected, near = _inspected(free), used_by(request.unit_id, found.slot.start.date())
    return [
        Candidate(
            car.id, car.plate, car.seats, car.category, *driven.get(car.id, (0, 0)), inspected.get(car.id),
            stands_near=car.id in near, same_way=car.id in going,
        )
        for car in queries.cars(found.slot)
        if car.id in free
    ]  # fmt: skip


def _inspected(cars: set[int]) -> dict[int, date]:
    """Car → the day by which its next inspection is due."""
    wanted: list[Any] = [Obligation.vehicle_id, func.min(Obligation.due_on)]
    found = select(*wanted).where(
        Obligation.closed_on.is_(None), Obligation.kind.in_(INSPECTIONS), Obligation.vehicle_id.in_(cars)
    )
    return dict(iter(db.session.execute(found.group_by(Obligation.vehicle_id))))


def free_drivers(found: Survey) -> list[Named]:
    """Drivers who can go: those within the limits first, then the one with the fewest trips of late."""
    day = found.slot.start.date()
    lately = _held(Dispatch.day.between(day - LOOKED_BACK, day))
    first, second = (lately.with_only_columns(each.label("key")) for each in SEATS)
    seats = union_all(first, second.where(Dispatch.second_driver_id.is_not(None))).subquery()
    counted = select(seats.c.key, func.count()).group_by(seats.c.key)
    trips: dict[int, int] = dict(iter(db.session.execute(counted)))
    free = [each for each in found.drivers if each.why is None]
    return sorted(free, key=lambda each: (each.beyond != "", trips.get(each.key, 0), each.called))


def _held(where: ColumnElement[bool]) -> Any:
    return select(Dispatch).where(Dispatch.released_at.is_(None), where)


def _driven(day: date) -> dict[int, tuple[int, int]]:
    """Car → (trips, kilometres) that came to an end in the thirty days before."""
    found = db.session.execute(_driven_of_all(), {"first": day - LOOKED_BACK, "last": day})
    return {car: (trips, int(km or 0)) for car, trips, km in found}


@cache
def _driven_of_all() -> Select[Any]:
    """Put together once: it is asked each time a car is to be chosen."""
    rows = kilometres().subquery()
    found = select(rows.c.scope, func.count(), func.sum(rows.c.part)).group_by(rows.c.scope)
    return found.where(rows.c.day.between(bindparam("first", type_=Date), bindparam("last", type_=Date)))


def _going(request: TripRequest, slot: Slot) -> set[int]:
    """Cars that go to the same destination on that day."""
    found = _held(Dispatch.day == slot.start.date()).join(TripRequest, TripRequest.id == Dispatch.request_id)
    rows = db.session.execute(found.with_only_columns(Dispatch.vehicle_id, TripRequest.destination))
    return {car for car, destination in rows if same_way(destination, request.destination)}
