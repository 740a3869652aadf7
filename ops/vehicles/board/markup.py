"""The mark-up of the rows in one piece: a week holds hundreds of bars, and each expression of a template costs."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape

from .drawing import Bar, Line, Mark


@lru_cache(maxsize=4096)
def _safe(text: str) -> str:
    return str(escape(text))


def rows(lines: Sequence[Line], said: Mapping[str, Any]) -> Markup:
    """Every row with its head, blocks and bars. `said`: what the page says about rows, each thing worked out once."""
    return Markup("".join([_row(line, said) for line in lines]))


def _row(line: Line, said: Mapping[str, Any]) -> str:
    of, others, other = line.of, said["others"], said["other"]
    bars = "".join([_bar(each, called(each, others, other, said["second"]), said) for each in line.bars])
    marks = "".join([_mark(each, said["block_words"]) for each in line.marks])
    if said["rows"] == "cars":
        small = f"{_safe(said['seats'][of.seats])} · {_safe(said['categories'][of.category])}"
        named = f'<a href="{said["car"]}{of.id}" tabindex="-1">{_safe(of.plate)}</a><small>{small}</small>'
    else:
        named = _safe(of.name)
    free = "" if bars or marks else " data-free"
    return (
        f'<div class="board-row" data-row="{of.id}"{free}><span class="board-name">{named}</span>'
        f'<ol class="board-line">{marks}{bars}</ol></div>'
    )


def called(bar: Bar, others: Mapping[int, str], other: str, second: str) -> str:
    """Who drives the car, or the car that is driven; in the row of the second driver it says so."""
    name = others.get(getattr(bar.trip, other), "")
    if other == "driver_id" and bar.trip.second_driver_id:
        return f"{name}/{others.get(bar.trip.second_driver_id, '')}"
    return f"{name} {second}" if bar.second else name


def _mark(mark: Mark, words: Mapping[str, str]) -> str:
    block = mark.block
    told = f"{words[block.kind]} {block.note}" if block.note else words[block.kind]
    lane = f" lane-{mark.lane}-of-{mark.lanes}" if mark.lanes > 1 else ""
    place = f'data-s="{mark.start}" data-e="{mark.end}"'
    return f'<li class="block is-{block.kind}{lane}" {place}><span>{_safe(told)}</span></li>'


def _bar(bar: Bar, called: str, said: Mapping[str, Any]) -> str:
    trip, shown = bar.trip, "late" if bar.late else bar.state
    place, seat = _safe(trip.destination), ' data-seat="second_driver_id"' if bar.second else ""
    return (
        f'<li class="trip-bar is-{shown}" data-trip="{trip.id}" data-s="{bar.start}" data-e="{bar.end}"'
        f' data-car="{trip.vehicle_id}" data-driver="{trip.driver_id}" data-from="{bar.leaves}" data-due="{bar.due}"'
        f' data-seen="{bar.seen}"{seat}><a href="{said["trip"]}{trip.request_id}" tabindex="-1"><b>{place}</b>'
        f" {bar.when} {_safe(called)} <i>{_safe(said['states'][shown])}</i></a></li>"
    )
