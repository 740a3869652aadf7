"""Everything that keeps a car from going, told to the board by whoever knows of it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from ...core import clock
from ...core.timeslot import Slot
from ..costs import repair_queries
from ..obligations import queries as obligations
from ..obligations.models import INSPECTIONS, OBLIGATION_LABELS, ObligationKind
from ..sealing import queries as sealing
from . import reservation_queries
from .blocks import Block, BlockKind, remaining

DAY = timedelta(days=1)
Contributor = Callable[[Slot], Sequence[Block]]


def off_register(period: Slot, cars: Iterable[Any]) -> list[Block]:
    """Of the cars of the period: those that come on the register, or leave it, within it."""
    first, last = period.start.date(), period.end.date()
    made = []
    for car in cars:
        if car.registered_on > first:
            comes_at = datetime.combine(car.registered_on, time.min)
            made.append(Block(car.id, period.start, comes_at, BlockKind.OFF_REGISTER))
        if car.deregistered_on and car.deregistered_on <= last:
            goes_at = datetime.combine(car.deregistered_on, time.min)
            made.append(Block(car.id, goes_at, period.end, BlockKind.OFF_REGISTER))
    return made


def sealed(period: Slot) -> list[Block]:
    """Over a holiday, but for the times for which somebody gave leave."""
    return [
        Block(vehicle_id, part.start, part.end, BlockKind.SEALED, name)
        for vehicle_id, name, slot, leaves in sealing.sealed_in(period)
        for part in remaining(slot, leaves)
    ]


def in_repair(period: Slot) -> list[Block]:
    """From the approval until it is done; one that is not done holds the car today as well."""
    return [
        Block(vehicle_id, since, until, BlockKind.REPAIR, workshop)
        for vehicle_id, since, until, workshop in repair_queries.in_workshop(period, clock.now())
    ]


def lapsed(period: Slot) -> list[Block]:
    """Days on which something that is owed for the car is overdue and nobody allows the trip; days alike in one."""
    days: dict[int, dict[date, list[ObligationKind]]] = defaultdict(lambda: defaultdict(list))
    for owed, leaves in obligations.overdue_in(period.start.date(), (period.end - timedelta(minutes=1)).date()):
        kind = ObligationKind(owed.kind)
        for day in _days(period, owed.lapses_on):
            if not any(first <= day <= last for first, last in leaves):
                days[owed.vehicle_id][day].append(kind)
    return [block for vehicle_id, kinds in days.items() for block in _runs(vehicle_id, kinds)]


def _days(period: Slot, since: date) -> list[date]:
    first = max(period.start.date(), since)
    last = (period.end - timedelta(minutes=1)).date()
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _runs(vehicle_id: int, kinds: dict[date, list[ObligationKind]]) -> list[Block]:
    spans: list[tuple[date, date, list[ObligationKind]]] = []
    for day in sorted(kinds):
        owed, since = sorted(set(kinds[day])), day
        if spans and (spans[-1][1], spans[-1][2]) == (day, owed):
            since = spans.pop()[0]
        spans.append((since, day + DAY, owed))
    return [_lapsed(vehicle_id, *span) for span in spans]


def _lapsed(vehicle_id: int, since: date, until: date, owed: list[ObligationKind]) -> Block:
    kind = BlockKind.INSPECTION if set(owed) & set(INSPECTIONS) else BlockKind.LAPSED
    note = " · ".join(str(OBLIGATION_LABELS[each]) for each in owed)
    return Block(vehicle_id, datetime.combine(since, time.min), datetime.combine(until, time.min), kind, note)


def reserved(period: Slot) -> list[Block]:
    return [
        Block(each.vehicle_id, each.starts_at, each.ends_at, BlockKind.RESERVED, f"{each.reason} · {each.by}")
        for each in reservation_queries.standing(period)
    ]


CONTRIBUTORS: tuple[Contributor, ...] = (sealed, in_repair, lapsed, reserved)


def blocks(period: Slot, cars: Iterable[Any]) -> list[Block]:
    """Every block that meets the period; `cars`: those of the period, with when they came on the register and left."""
    found = (*off_register(period, cars), *(block for ask in CONTRIBUTORS for block in ask(period)))
    return [block for block in found if block.meets(period)]
