"""The mark-up of the bars, each in one piece: a week holds hundreds, and each expression of a template costs."""

from collections.abc import Mapping
from functools import lru_cache

from markupsafe import Markup, escape

from .drawing import Bar, Line


@lru_cache(maxsize=4096)
def _safe(text: str) -> str:
    return str(escape(text))


def bars(line: Line, others: Mapping[int, str], other: str, words: Mapping[str, str], address: str) -> Markup:
    """`others`: what stands on the other side of a trip, its driver or its car, by the column `other`."""
    return Markup(
        "".join([_bar(each, others.get(getattr(each.trip, other), ""), words, address) for each in line.bars])
    )


def _bar(bar: Bar, called: str, words: Mapping[str, str], address: str) -> str:
    trip, shown = bar.trip, "late" if bar.late else bar.state
    return (
        f'<li class="trip-bar is-{shown}" data-trip="{trip.id}" data-s="{bar.start}" data-e="{bar.end}"'
        f' data-car="{trip.vehicle_id}" data-driver="{trip.driver_id}" data-from="{bar.leaves}" data-due="{bar.due}"'
        f' data-seen="{bar.seen}"><a href="{address}{trip.request_id}" tabindex="-1"><b>{_safe(trip.destination)}</b>'
        f" {bar.when} {_safe(called)} <i>{_safe(words[shown])}</i></a></li>"
    )
