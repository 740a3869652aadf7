"""What the suggestion of a car is made of: who is free, how much each was driven, where it goes anyway."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select

from ...core.db import db
from ...core.timeslot import Slot, overlapping
from ..metrics import kilometres
from ..models import Dispatch, Driver, TripRequest
from ..settings.queries import in_force
from ..sharing.rules import same_way
from . import queries
from .contributors import blocks
from .suggestion_rules import Candidate, Suggestion, suggest

LOOKED_BACK = timedelta(days=30)


def suggestions(request: TripRequest, slot: Slot, people: int) -> list[Suggestion]:
    """The three best cars for the request in that slot, with their reasons."""
    day = slot.start.date()
    return suggest(people, day, _candidates(request, slot, people), in_force(day))


def _candidates(request: TripRequest, slot: Slot, people: int) -> list[Candidate]:
    taken = _taken(slot, Dispatch.vehicle_id) | {block.vehicle_id for block in blocks(slot)}
    driven, going = _driven(slot.start.date()), _going(request, slot)
    return [
        Candidate(
            car.id, car.plate, car.seats, car.category, *driven.get(car.id, (0, 0)), same_way=car.id in going
        )
        for car in queries.cars(slot)
        if car.id not in taken and people + 1 <= car.seats
    ]  # fmt: skip


def free_drivers(slot: Slot) -> Sequence[Any]:
    """Drivers free in the slot, the one with the fewest trips of late first."""
    lately = _held(Dispatch.day.between((slot.start - LOOKED_BACK).date(), slot.start.date()))
    trips = lately.with_only_columns(Dispatch.driver_id, func.count().label("trips")).group_by(Dispatch.driver_id)
    counted = trips.subquery()
    found = select(Driver.id, Driver.name, func.coalesce(counted.c.trips, 0).label("trips"))
    found = found.outerjoin(counted, counted.c.driver_id == Driver.id)
    there = (Driver.left_on.is_(None)) | (Driver.left_on > slot.end.date())
    found = found.where(there, Driver.id.not_in(_taken(slot, Dispatch.driver_id)))
    return db.session.execute(found.order_by("trips", Driver.name)).all()


def _taken(slot: Slot, column: Any) -> set[int]:
    meets = overlapping(Dispatch.starts_at, Dispatch.ends_at, slot)
    return set(db.session.scalars(_held(meets).with_only_columns(column)))


def _held(where: ColumnElement[bool]) -> Any:
    return select(Dispatch).where(Dispatch.released_at.is_(None), where)


def _driven(day: date) -> dict[int, tuple[int, int]]:
    """Car → (trips, kilometres) that came to an end in the thirty days before."""
    rows = kilometres().subquery()
    found = select(rows.c.scope, func.count(), func.sum(rows.c.part)).group_by(rows.c.scope)
    found = found.where(rows.c.day.between(day - LOOKED_BACK, day))
    return {car: (trips, int(km or 0)) for car, trips, km in db.session.execute(found)}


def _going(request: TripRequest, slot: Slot) -> set[int]:
    """Cars that go to the same destination on that day."""
    found = _held(Dispatch.day == slot.start.date()).join(TripRequest, TripRequest.id == Dispatch.request_id)
    rows = db.session.execute(found.with_only_columns(Dispatch.vehicle_id, TripRequest.destination))
    return {car for car, destination in rows if same_way(destination, request.destination)}
