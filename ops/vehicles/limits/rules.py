"""How long one driver is assigned. Pure verdicts on values.

Nobody knows at dispatch how long the driver will sit at the wheel, so the time he is assigned counts. A trip longer
than CONTINUOUS is planned with rests, spread evenly over it. Between two trips less than a REST apart nobody rests:
they are one stretch. A stretch without a rest longer than CONTINUOUS is refused. The other limits only ask for a
reason; the planned rests do not shorten what they add up.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import ceil
from typing import Protocol

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ...core.errors import Rejected
from ...core.timeslot import Slot
from .models import BINDING, LIMITS, OF_HOURS, LimitName, lasting

Table = Mapping[LimitName, "Limit"]
NONE, MINUTE = timedelta(0), timedelta(minutes=1)
SPANS = {LimitName.DAY: timedelta(days=1), LimitName.WEEK: timedelta(days=7)}
LAWFUL_STRETCH, LAWFUL_REST = 240, 20


class Limit(Protocol):
    """What is judged by of a limit in force: a row of the table, or its plain columns."""

    @property
    def id(self) -> int: ...
    @property
    def amount(self) -> int: ...
    @property
    def from_hour(self) -> int | None: ...
    @property
    def to_hour(self) -> int | None: ...
    @property
    def document(self) -> str: ...


@dataclass(frozen=True)
class Excess:
    """More minutes, or kilometres, than a limit allows."""

    name: LimitName
    amount: int
    most: int

    def __str__(self) -> str:
        if self.name == LimitName.DISTANCE:
            limit = LIMITS[self.name]
            return str(_l("%(limit)s %(km)s km, at most %(most)s km", limit=limit, km=self.amount, most=self.most))
        said = {"time": lasting(self.amount), "most": lasting(self.most)}
        return str(_l("%(limit)s %(time)s, at most %(most)s", limit=LIMITS[self.name], **said))


def planned_rests(trip: Slot, work: timedelta, rest: timedelta) -> list[Slot]:
    """The fewest rests after which nobody drives longer than `work` at a stretch, spread evenly, to the minute."""
    length = trip.end - trip.start
    count = max(0, ceil((length - work) / (work + rest)))
    stretch = (length - count * rest) / (count + 1)
    begins = [trip.start + (number * (stretch + rest) - rest) // MINUTE * MINUTE for number in range(1, count + 1)]
    return [Slot(at, at + rest) for at in begins]


def stretches(trips: Iterable[Slot], work: timedelta, rest: timedelta) -> list[Slot]:
    """What is driven without a rest: the trips of one driver cut by their planned rests, those close by in one."""
    found: list[Slot] = []
    for trip in sorted(trips, key=lambda each: each.start):
        rests = planned_rests(trip, work, rest)
        starts, ends = [trip.start, *(each.end for each in rests)], [*(each.start for each in rests), trip.end]
        for driven in map(Slot, starts, ends):
            joined = driven
            if found and driven.start - found[-1].end < rest:
                before = found.pop()
                joined = Slot(before.start, max(before.end, driven.end))
            found.append(joined)
    return found


def lawful(table: Table) -> tuple[timedelta, timedelta]:
    """(longest stretch, shortest rest)."""
    return table[LimitName.CONTINUOUS].amount * MINUTE, table[LimitName.REST].amount * MINUTE


def without_rest(trip: Slot, others: Sequence[Slot], table: Table) -> Slot | None:
    """The stretch, with the driver's other trips, that the trip would make too long."""
    work, rest = lawful(table)
    joined = stretches([trip, *others], work, rest)
    return next((each for each in joined if each.overlaps(trip) and each.end - each.start > work), None)


def too_long(stretch: Slot | None, table: Table) -> list[Excess]:
    """A stretch without a rest that was driven all the same."""
    if stretch is None:
        return []
    most = table[LimitName.CONTINUOUS].amount
    return [Excess(LimitName.CONTINUOUS, (stretch.end - stretch.start) // MINUTE, most)]


def exceeded(trip: Slot, others: Sequence[Slot], table: Table, km: int = 0) -> list[Excess]:
    """The limits that ask for a reason, and by how much the trip passes them. `km`: one way, 0 where nobody knows."""
    all_trips = [trip, *others]
    longest = {name: most_within(span, trip, all_trips) for name, span in SPANS.items()}
    driven = [each for each in stretches(all_trips, *lawful(table)) if each.overlaps(trip)]
    longest[LimitName.NIGHT] = max(in_hours(each, table[LimitName.NIGHT]) for each in driven)
    longest[LimitName.STOP] = in_hours(trip, table[LimitName.STOP])
    found = [Excess(name, longest[name] // MINUTE, table[name].amount) for name in LimitName if name in longest]
    if far := table.get(LimitName.DISTANCE):
        found.append(Excess(LimitName.DISTANCE, km, far.amount))
    return [each for each in found if each.amount > each.most]


def widest(found: Iterable[Excess]) -> list[Excess]:
    """Of what two drivers pass, each limit once, where it is passed the most."""
    by_name = {each.name: each for each in sorted(found, key=lambda each: each.amount)}
    return list(by_name.values())


def most_within(span: timedelta, trip: Slot, trips: Iterable[Slot]) -> timedelta:
    """The most time assigned in any such span of time that the trip has a part in."""
    trips = list(trips)
    begins = {moment for each in trips for moment in (each.start, each.end - span)}
    spans = [Slot(at, at + span) for at in begins]
    return max(sum((_shared(each, other) for other in trips), NONE) for each in spans if each.overlaps(trip))


def in_hours(slot: Slot, limit: Limit) -> timedelta:
    """The most time of the slot that lies in these hours of one night."""
    first = slot.start.date() - timedelta(days=1)
    days = [first + timedelta(days=number) for number in range((slot.end.date() - first).days + 1)]
    return max(_shared(slot, _hours(day, limit.from_hour or 0, limit.to_hour or 0)) for day in days)


def _hours(day: date, from_hour: int, to_hour: int) -> Slot:
    ends = day + timedelta(days=1) if to_hour <= from_hour else day
    return Slot(datetime.combine(day, time(from_hour)), datetime.combine(ends, time(to_hour)))


def _shared(one: Slot, other: Slot) -> timedelta:
    return max(NONE, min(one.end, other.end) - max(one.start, other.start))


def no_rest_left(driver: str, stretch: Slot, table: Table) -> object:
    limit, rest = table[LimitName.CONTINUOUS], table[LimitName.REST]
    return _l(
        "%(name)s would drive from %(start)s to %(end)s without %(rest)s minutes of rest, longer than %(most)s "
        "(%(document)s). Leave a rest between the trips, or choose another driver.",
        name=driver, start=f"{stretch.start:%m-%d %H:%M}", end=f"{stretch.end:%m-%d %H:%M}", rest=rest.amount,
        most=lasting(limit.amount), document=limit.document,
    )  # fmt: skip


def check_reason(found: Sequence[Excess], reason: str) -> None:
    if found and not reason.strip():
        what = _("; ").join(map(str, found))
        message = _l(
            "This passes the limits for drivers: %(what)s. Choose another driver, or say who allows it and why.",
            what=what,
        )
        if any(each.name == LimitName.DISTANCE for each in found):
            message = _l(
                "This passes the limits for drivers: %(what)s. Name the second driver, or say who allows it and why.",
                what=what,
            )
        raise Rejected(message, "limits_reason")


def check_limit(name: str, amount: int, from_hour: int | None, to_hour: int | None) -> None:
    """Hours where they are looked at; and what the law says to everyone is only ever made stricter."""
    if (name in OF_HOURS) != (from_hour is not None and to_hour is not None):
        raise Rejected(_l("Give both hours for this limit, and for no other."), "from_hour")
    longer = name == LimitName.CONTINUOUS and amount > LAWFUL_STRETCH
    if name in BINDING and (longer or not amount or (name == LimitName.REST and amount < LAWFUL_REST)):
        message = _l("The law binds every driver: at most 4 hours without a rest, and a rest of at least 20 minutes.")
        raise Rejected(message, "amount")
