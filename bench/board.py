"""The dispatch board's week out of 100,000 bookings, against the emptiest signed-in page of the same server."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select

from ops.core import audit
from ops.core.access import system
from ops.core.db import db, transaction
from ops.indicators import stale
from ops.people.models import Unit
from ops.vehicles.models import Departure, Dispatch, Driver, TripRequest, TripReturn, Vehicle

from .measuring import Line
from .pages import against_empty, visitor

BOOKINGS, CARS, A_DAY = 100_000, 74, 28  # ten years at nearly 200 a week: fourteen times what the centre drives
FIRST = datetime(2024, 1, 1, 8)
WEEK = "/vehicles/board?span=week&day=2024-06-05"
BOUND = 3


def fill() -> None:
    """28 trips a day, day after day, by 74 cars and as many drivers in turn; inside an app.

    The last day first: the fence of the database looks at the car's earlier trips, of which there are none then.
    """
    with transaction():
        cars = db.session.scalars(select(Vehicle.id).order_by(Vehicle.id).limit(CARS)).all()
        unit = db.session.scalars(select(Unit.id).limit(1)).one()
        named = [{"name": f"司机（测速{number:02}）"} for number in range(len(cars))]
        drivers = db.session.scalars(insert(Driver).returning(Driver.id, sort_by_parameter_order=True), named).all()
        slots = [_slot(number, len(cars)) for number in reversed(range(BOOKINGS))]
        asked = [_request(start, end, unit) for start, end, _place in slots]
        keys = db.session.scalars(insert(TripRequest).returning(TripRequest.id, sort_by_parameter_order=True), asked)
        given = [
            _dispatch(key, start, end, cars[place], drivers[place])
            for key, (start, end, place) in zip(keys, slots, strict=True)
        ]
        made = db.session.scalars(insert(Dispatch).returning(Dispatch.id, sort_by_parameter_order=True), given).all()
        times = [(key, start, end) for key, (start, end, _place) in zip(made, slots, strict=True)]
        db.session.execute(insert(Departure), [{"dispatch_id": key, "at": at, "by": "测速"} for key, at, _end in times])
        back = [{"dispatch_id": key, "day": at.date(), "at": at, "by": "测速"} for key, _start, at in times]
        db.session.execute(insert(TripReturn), back)
        days = {start.date() for start, _end, _place in slots}
        stale.touch(Dispatch, days)
        stale.touch(TripReturn, days)
        stale.touch(Departure, days)
        audit.record("vehicles.bench.filled", "dispatch", system("bench"), bookings=BOOKINGS)


def _slot(number: int, cars: int) -> tuple[datetime, datetime, int]:
    day, place = divmod(number, A_DAY)
    start = FIRST + timedelta(days=day, minutes=15 * place)
    return start, start + timedelta(hours=3), number % cars


def _request(start: datetime, end: datetime, unit: int) -> dict[str, Any]:
    asked = {"unit_id": unit, "purpose": "测速", "destination": "市区", "people": 2, "asked_by": "测速"}
    return {**asked, "starts_at": start, "ends_at": end, "asked_at": start - timedelta(days=1)}


def _dispatch(request: int, start: datetime, end: datetime, car: int, driver: int) -> dict[str, Any]:
    held = {"request_id": request, "vehicle_id": car, "driver_id": driver, "day": start.date(), "released_at": None}
    times = {"starts_at": start, "ends_at": end, "due_at": end, "dispatched_at": start - timedelta(hours=20)}
    return {**held, **times, "dispatched_by": "测速"}


def week(base: str) -> Iterator[Line]:
    leader = visitor(base, "leader")
    drawn = leader.get(WEEK).text.count("data-trip=")
    what = f"dispatch board, 74 cars, a week of {drawn} trips out of {BOOKINGS:,} ÷ empty page"
    yield Line(what, against_empty(leader, WEEK), BOUND)
