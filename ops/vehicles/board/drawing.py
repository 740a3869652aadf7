"""The board as plain values for its template: rows of bars and blocks in minutes since the board begins. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, NamedTuple

from ...core.timeslot import Slot
from .blocks import Block

FIRST_HOUR, LAST_HOUR = 7, 20
MOST_LANES = 3


class Bar(NamedTuple):
    """One trip: `start` and `end` in minutes since the board begins, `seen` the mark that a change is decided on.

    `leaves`, `due`: its times as ISO text; `second`: it stands in the row of its second driver. A plain tuple, for
    there may be a thousand of them.
    """

    trip: Any
    start: int
    end: int
    state: str
    late: bool
    people: int
    leaves: str
    due: str
    when: str
    seen: str
    second: bool = False


@dataclass(frozen=True)
class Mark:
    """A block on its row; where several hold at once they share its height: `lane` of `lanes`, from the top."""

    block: Block
    start: int
    end: int
    lane: int = 1
    lanes: int = 1


@dataclass
class Line:
    """One car or driver with its bars and blocks."""

    of: Any
    bars: list[Bar] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)


@dataclass(frozen=True)
class Board:
    """`first` to `last`: the hours drawn of each day, stretched to what begins or ends outside of them."""

    period: Slot
    days: int
    first: int
    last: int
    lines: Sequence[Line]
    now: int | None


def draw(
    period: Slot,
    rows: Iterable[Any],
    by: str,
    trips: Sequence[Any],
    riders: Mapping[int, int],
    blocks: Iterable[Block],
    now: datetime,
) -> Board:
    """`by`: the column of a trip that says which row it stands in, vehicle_id or driver_id."""
    lines = {row.id: Line(row) for row in rows}
    for trip in trips:
        if line := lines.get(getattr(trip, by)):
            line.bars.append(_bar(trip, period, riders.get(trip.id, 0), now))
        if by == "driver_id" and trip.second_driver_id and (line := lines.get(trip.second_driver_id)):
            line.bars.append(_bar(trip, period, riders.get(trip.id, 0), now)._replace(second=True))
    for block in blocks:
        if by == "vehicle_id" and (line := lines.get(block.vehicle_id)):
            line.marks.append(Mark(block, _minute(block.starts_at, period), _minute(block.ends_at, period)))
    for line in lines.values():
        line.marks = in_lanes(line.marks)
    first, last = _hours(trips, period)
    present = _minute(now, period) if period.start <= now < period.end else None
    return Board(period, (period.end - period.start).days, first, last, list(lines.values()), present)


def _bar(trip: Any, period: Slot, riders: int, now: datetime) -> Bar:
    """A car that is out after it was to be back holds its row until now."""
    starts_at, ends_at, due_at = trip.starts_at, trip.ends_at, trip.due_at
    leaves, ends = starts_at.isoformat(), ends_at.isoformat()
    due = ends if due_at == ends_at else due_at.isoformat()
    state = "assigned"
    if trip.left_at:
        state = "returned" if trip.back_at else "out"
    late = state == "out" and due_at < now
    end = max(ends_at, now) if late else ends_at
    when = f"{leaves[11:16]}–{ends[11:16]}"
    if leaves[:10] != ends[:10]:
        when = f"{leaves[5:10]} {leaves[11:16]}–{ends[5:10]} {ends[11:16]}"
    seen = f"{state}-{trip.id}-{due[:4]}{due[5:7]}{due[8:10]}{due[11:13]}{due[14:16]}"
    start = _minute(starts_at, period)
    people = trip.people + riders
    return Bar(trip, start, _minute(end, period), state, late, people, leaves, due, when, seen)


def in_lanes(marks: Sequence[Mark]) -> list[Mark]:
    """Marks that hold at the same time beside one another, each in the first lane that is free; the others alone."""
    placed: list[Mark] = []
    together: list[tuple[Mark, int]] = []
    for mark in sorted(marks, key=lambda each: each.start):
        if together and mark.start >= max(each.end for each, _lane in together):
            placed += _sharing(together)
            together = []
        taken = {lane for each, lane in together if each.end > mark.start}
        together.append((mark, next(lane for lane in range(1, len(together) + 2) if lane not in taken)))
    return placed + _sharing(together)


def _sharing(together: Sequence[tuple[Mark, int]]) -> list[Mark]:
    lanes = min(max((lane for _mark, lane in together), default=1), MOST_LANES)
    return [replace(mark, lane=min(lane, lanes), lanes=lanes) for mark, lane in together]


def _minute(moment: datetime, period: Slot) -> int:
    """Minutes since the board begins, cut to the board."""
    if moment <= period.start:
        return 0
    since = min(moment, period.end) - period.start
    return since.days * 1440 + since.seconds // 60


def _hours(trips: Sequence[Any], period: Slot) -> tuple[int, int]:
    starts = [trip.starts_at.hour for trip in trips if trip.starts_at >= period.start]
    ends = [trip.ends_at.hour + (trip.ends_at.minute > 0) for trip in trips if trip.ends_at <= period.end]
    return min([FIRST_HOUR, *starts]), max([LAST_HOUR, *ends])
