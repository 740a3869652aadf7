"""The months that a public notice can be looked at for, each with its state."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from flask_babel import gettext as _

from ..core.period import Period, month


def of_days(days: Iterable[date], today: date) -> list[Period]:
    """The months of the days up to today's month, newest first."""
    firsts = {day.replace(day=1) for day in days}
    return [month(first.year, first.month) for first in sorted(firsts, reverse=True) if first <= today]


def options(known: Sequence[Period], asked: Period, public: Collection[date]) -> list[tuple[str, str]]:
    """For a choice of months; the one asked for is among them whatever it is. `public`: the first days of the months
    that were published.
    """
    shown = known if asked in known else [asked, *known]
    states = {True: _("published"), False: _("draft")}
    return [(each.key, f"{each.label} · {states[each.first in public]}") for each in shown]


def latest(known: Sequence[Period], today: date) -> Period:
    """The latest of the months that is over, or else the one that goes on."""
    over = [each for each in known if each.last < today]
    return next(iter([*over, *known]), month(today.year, today.month))
