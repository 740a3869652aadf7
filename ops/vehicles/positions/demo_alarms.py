"""Demo: alarms as the rules would raise them, of the year's own trips where a rule is about a trip."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from sqlalchemy import select

from ...core.db import db
from ..models import Departure, Dispatch, TripReturn
from .models import AlarmKind

WITHOUT_A_TRIP = {AlarmKind.MOVEMENT: 9, AlarmKind.AREA: 6, AlarmKind.OFFLINE: 7}
OF_TRIPS = 5  # at most, of each kind
ALLOWED = timedelta(minutes=15)
WORK_ENDS = time(18, 30)
VALUES = {AlarmKind.MOVEMENT: (60, 4000), AlarmKind.AREA: (46, 140)}
MINUTE = timedelta(minutes=1)
Row = dict[str, Any]


@dataclass(frozen=True)
class Drive:
    """A trip that was driven: the dispatch and the car, when it was due, left and came back."""

    id: int
    car: int
    due_at: datetime
    left: datetime
    back: datetime


def drives(cars: Sequence[int], start: date, end: date) -> list[Drive]:
    rows = select(Dispatch.id, Dispatch.vehicle_id, Dispatch.due_at, Departure.at, TripReturn.at)
    rows = rows.join(Departure).join(TripReturn)
    rows = rows.where(Dispatch.vehicle_id.in_(cars), Dispatch.day.between(start, end)).order_by(Dispatch.starts_at)
    return [Drive(*row) for row in db.session.execute(rows)]


def made(cars: Sequence[int], driven: Sequence[Drive], days: Sequence[date], chance: Random) -> list[Row]:
    """In the order of their time; of a car, kind and moment there is one."""
    found = [*_without_a_trip(cars, driven, days, chance), *_of_trips(driven, chance)]
    once = {(row["vehicle_id"], row["kind"], row["at"]): row for row in found}
    return sorted(once.values(), key=lambda row: (row["at"], row["vehicle_id"]))


def _without_a_trip(
    cars: Sequence[int], driven: Sequence[Drive], days: Sequence[date], chance: Random
) -> Iterator[Row]:
    for kind in (kind for kind, many in WITHOUT_A_TRIP.items() for _number in range(many)):
        car, day = chance.choice(cars), chance.choice(days)
        own = [drive for drive in driven if drive.car == car and drive.left.date() <= day <= drive.back.date()]
        hours = [datetime.combine(day, time(hour, 5)) for hour in range(7, 21)]
        free = [at for at in hours if all(drive.back < at or drive.left > at + timedelta(hours=2) for drive in own)]
        at = chance.choice(free or hours[-1:])
        minutes = chance.randint(181, 400) if kind is AlarmKind.OFFLINE else chance.randint(16, 90)
        value = chance.randint(*VALUES[kind]) if kind in VALUES else minutes
        yield _row(car, kind, at, at + minutes * MINUTE, value)


def _of_trips(driven: Sequence[Drive], chance: Random) -> Iterator[Row]:
    late = [drive for drive in driven if drive.back > drive.due_at + ALLOWED]
    for drive in late[:OF_TRIPS]:
        yield _row(drive.car, AlarmKind.LATE, drive.due_at, drive.back, (drive.back - drive.due_at) // MINUTE, drive.id)
    for drive in chance.sample(driven, k=min(OF_TRIPS, len(driven))):
        yield _row(drive.car, AlarmKind.DIAL, drive.left, drive.back, chance.randint(6, 30), drive.id)
    evening = [drive for drive in driven if drive.back.time() > WORK_ENDS and drive.left.date() == drive.back.date()]
    for drive in evening[-OF_TRIPS:]:
        at = max(drive.left, datetime.combine(drive.back.date(), WORK_ENDS))
        yield _row(drive.car, AlarmKind.HOURS, at, drive.back, chance.randint(400, 9000), drive.id)


def _row(car: int, kind: AlarmKind, at: datetime, until: datetime, value: int, dispatch_id: int | None = None) -> Row:
    return {
        "vehicle_id": car, "kind": kind, "day": at.date(), "at": at, "until": until, "value": value,
        "dispatch_id": dispatch_id, "raised_at": until, "raised_on": until.date(),
    }  # fmt: skip
