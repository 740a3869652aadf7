"""When a holiday seals the cars, and what may be entered about it. Pure."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import pairwise
from typing import Any

from flask_babel import lazy_gettext as _l

from ...core.errors import Rejected
from ...core.timeslot import Slot

Hours = Callable[[date], tuple[time, time]]


@dataclass(frozen=True)
class Break:
    """A public holiday between two working days."""

    name: str
    slot: Slot


def breaks(working: Sequence[date], named: Mapping[date, str], hours: Hours) -> Iterable[Break]:
    """Between two working days in a row, where a day that the notice names lies between them; weekends do not count.

    `hours`: the office hours of a day. Cars are sealed from the end of the last one to the start of the first one.
    """
    for last, first in pairwise(working):
        names = [name for day, name in named.items() if last < day < first]
        if names:
            slot = Slot(datetime.combine(last, hours(last)[1]), datetime.combine(first, hours(first)[0]))
            yield Break(_called(names), slot)


def _called(names: Sequence[str]) -> str:
    """The holiday that most of the days are of, without what stands in brackets. A day off in lieu, whose name tells
    of the day it stands for, names the holiday only when no other does.
    """
    own = [re.split(r"\W", name)[0] for name in names if not re.search(r"\d", name)] or list(names)
    return min(set(own), key=lambda name: (-own.count(name), name))


def check_sealing(place: str, key_holder: str, exempt: str, reason_given: str) -> None:
    if exempt and not reason_given:
        raise Rejected(_l("Say why the car is not sealed."), "reason_given")
    if not exempt and not place:
        raise Rejected(_l("Say where the car stands."), "place")
    if not exempt and not key_holder:
        raise Rejected(_l("Say who keeps the key."), "key_holder")


def check_ungiven(trips: Sequence[Any]) -> None:
    """`trips`: (plate, from, until, destination) of what the cars are given to in that time."""
    if trips:
        said = "; ".join(
            f"{plate} {starts_at:%m-%d %H:%M} – {ends_at:%m-%d %H:%M} {destination}"
            for plate, starts_at, ends_at, destination in trips
        )
        message = _l(
            "These cars are given to trips in that time; give the trips other cars first: %(trips)s", trips=said
        )
        raise Rejected(message, "vehicle_ids")


def check_sealed(exempt: str | None) -> None:
    if exempt:
        raise Rejected(_l("This car is exempt: it needs no leave."))


def check_in_use(resealing: object) -> None:
    if resealing is not None:
        raise Rejected(_l("It is sealed again already."))


def check_unlisted(cars: Sequence[Any]) -> None:
    if not cars:
        raise Rejected(_l("Every car is on the list already."))


def check_leave(exempt: str | None, holiday: Slot, wanted: Slot) -> None:
    check_sealed(exempt)
    if wanted.end <= wanted.start:
        raise Rejected(_l("The end must be later than the start."), "ends_at")
    if not holiday.overlaps(wanted):
        raise Rejected(_l("The car is not sealed at that time."), "starts_at")
