"""Reads of the limits for drivers, and of how long drivers are assigned."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, bindparam, select

from ...core.db import db
from ...core.page import Event
from ...core.timeslot import ASKED, Slot, overlapping
from ..models import Departure, Dispatch, TripRequest, TripReturn
from ..odometer.trips import driven
from . import rules
from .models import LIMITS, DriverLimit, LimitName, LimitOverride, in_words

LOOKED_AROUND = timedelta(days=8)


def in_force(day: date) -> rules.Table:
    """The latest of each limit that had begun by that day."""
    return {LimitName(row.name): row for row in db.session.connection().execute(_begun(), {"day": day})}


@cache
def _begun() -> Select[Any]:
    """As plain columns, for it is read with every trip. Put together once."""
    return (
        select(DriverLimit.__table__).where(DriverLimit.valid_from <= bindparam("day")).order_by(DriverLimit.valid_from)
    )


def needs_two(day: date, km: int) -> bool:
    """The way, so many kilometres there, is further than one driver goes alone."""
    far = in_force(day).get(LimitName.DISTANCE) if km else None
    return far is not None and km > far.amount


def all_limits() -> Sequence[DriverLimit]:
    order = (DriverLimit.name, DriverLimit.valid_from.desc())
    listed = list(LimitName)
    return sorted(
        db.session.scalars(select(DriverLimit).order_by(*order)), key=lambda row: listed.index(LimitName(row.name))
    )


def around(slot: Slot) -> Slot:
    """The time in which a driver's trips are looked at."""
    return Slot(slot.start - LOOKED_AROUND, slot.end + LOOKED_AROUND)


def assigned(slot: Slot, besides: int | None = None) -> Mapping[int, list[Slot]]:
    """What each driver is assigned around the slot; the trip `besides` does not count."""
    time = around(slot)
    found: dict[int, list[Slot]] = defaultdict(list)
    asked = {"start": time.start, "end": time.end, "besides": besides or 0}
    for first, second, starts_at, ends_at in db.session.execute(_assigned(), asked):
        for driver in (first, second) if second else (first,):
            found[driver].append(Slot(starts_at, ends_at))
    return found


@cache
def _assigned() -> Select[Any]:
    """Put together once."""
    wanted: list[Any] = [Dispatch.driver_id, Dispatch.second_driver_id, Dispatch.starts_at, Dispatch.ends_at]
    meets = overlapping(Dispatch.starts_at, Dispatch.ends_at, ASKED)
    return select(*wanted).where(Dispatch.released_at.is_(None), meets, Dispatch.id != bindparam("besides"))


def one_way(aboard: Iterable[TripRequest]) -> int:
    """The longest way there of those aboard, in km: as the unit said, or half of what the last trip to there came to.

    0 where nobody knows.
    """
    return max((each.one_way_km or _last_way(each) for each in aboard), default=0)


def _last_way(request: TripRequest) -> int:
    """Only for a way out of the district: within it none is long."""
    if not request.out_of_district:
        return 0
    rows = select(driven()).select_from(Dispatch).join(Departure).join(TripReturn)
    rows = rows.join(TripRequest, TripRequest.id == Dispatch.request_id)
    rows = rows.where(TripRequest.destination == request.destination, TripRequest.out_of_district)
    return max(0, db.session.scalar(rows.order_by(TripReturn.at.desc()).limit(1)) or 0) // 2


def rests_of(dispatch: Dispatch | None) -> list[Slot]:
    """The rests that a trip is planned with."""
    if dispatch is None:
        return []
    return rules.planned_rests(Slot(dispatch.starts_at, dispatch.due_at), *rules.lawful(in_force(dispatch.day)))


def events(dispatch: Dispatch) -> list[Event]:
    """For the history of a trip: the limits that it passes, and who let it."""
    found = passed_by(dispatch)
    return [Event(row.at, row.by, LIMITS[LimitName(row.name)], "late", _words(row)) for row in found]


def passed_by(dispatch: Dispatch) -> Sequence[LimitOverride]:
    rows = select(LimitOverride).where(LimitOverride.dispatch_id == dispatch.id)
    return db.session.scalars(rows.order_by(LimitOverride.id)).all()


def in_short(row: LimitOverride) -> str:
    """Which limit, and by how much."""
    return f"{LIMITS[LimitName(row.name)]} {in_words(row.name, row.amount)} > {in_words(row.name, row.most)}"


def _words(row: LimitOverride) -> str:
    passed = f"{in_words(row.name, row.amount)} > {in_words(row.name, row.most)}"
    return f"{passed} {row.reason or _l('recorded as it was driven')}"
