"""All programmes of a year at a glance, the worst first: money, lights, what is missing, and their curves."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask import url_for
from flask_babel import gettext

from ..funds.account import payments_until
from ..models import Programme
from ..monitoring.known import Known
from ..monitoring.lights_rules import WORST_FIRST, Light, worst
from ..monitoring.monitoring import make
from ..monitoring.sheet import Sheet

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Point:
    """One month of a programme's curve, in percent of the budget in force; paid is None for a month to come."""

    month: int
    planned: Decimal
    paid: Decimal | None
    url: str


@dataclass(frozen=True)
class Glance:
    """One programme: its sheet of the month and its curve."""

    programme: Programme
    sheet: Sheet
    points: tuple[Point, ...]

    @property
    def worst(self) -> Light:
        return worst((self.sheet.light, self.sheet.funds_light))

    @property
    def rate(self) -> Decimal | None:
        return self.sheet.funds[0].rate

    @property
    def payments_url(self) -> str:
        return self.points[self.sheet.month - 1].url

    @property
    def counts(self) -> list[tuple[Light, int]]:
        """How many indicators stand in each light, the worst first."""
        return [(light, count) for light in WORST_FIRST if (count := self.sheet.count(light))]


def glances(known: Known) -> list[Glance]:
    """Worst first; of equal lights the one whose money is furthest behind its plan."""
    found = [Glance(each, make(known, each), points(known, each)) for each in known.programmes]
    return sorted(found, key=lambda each: (WORST_FIRST.index(each.worst), _ahead(each), each.programme.seq))


def points(known: Known, programme: Programme) -> tuple[Point, ...]:
    budget = known.sources(programme)[0].budget
    made = []
    for month, period in enumerate(programme.period.months(), 1):
        paid = known.figure("programmes.paid", programme.id, month).part if month <= known.month else None
        share = paid / budget * HUNDRED if paid is not None and budget else None
        made.append(Point(month, known.planned(programme, month), share, payments_until(programme, period.last)))
    return tuple(made)


def _ahead(glance: Glance) -> Decimal:
    """Points of percent before the plan."""
    return (glance.rate or Decimal(0)) - glance.sheet.planned


def bars(found: Sequence[Glance]) -> dict[str, Any]:
    """Execution beside the plan, programme by programme; the bars open the payments."""
    paid = [{"value": _short(each.rate), "url": each.payments_url} for each in found]
    planned = [{"value": _short(each.sheet.planned), "url": _funds(each)} for each in found]
    return {
        "type": "bullet",
        "categories": [each.programme.name for each in found],
        "series": [{"name": gettext("Execution"), "data": paid}, {"name": gettext("Planned"), "data": planned}],
        "unit": "%",
        "most": 100,
    }


def curve(glance: Glance) -> dict[str, Any]:
    """The months of one programme; all curves have the same height, so that they compare."""
    paid = [{"value": _short(each.paid), "url": each.url if each.paid is not None else None} for each in glance.points]
    planned = [{"value": _short(each.planned), "url": _plan(glance, each.month)} for each in glance.points]
    return {
        "type": "line",
        "categories": [gettext("Month %(month)s", month=each.month) for each in glance.points],
        "series": [{"name": gettext("Paid so far"), "data": paid}, {"name": gettext("Planned"), "data": planned}],
        "unit": "%",
        "most": 100,
    }


def curve_rows(glance: Glance) -> list[list[object]]:
    return [
        [
            gettext("Month %(month)s", month=each.month),
            {"value": f"{each.paid:.2f}", "url": each.url} if each.paid is not None else "–",
            {"value": f"{each.planned:.2f}", "url": _plan(glance, each.month)},
        ]
        for each in glance.points
    ]


def _funds(glance: Glance) -> str:
    return url_for("programmes.funds.funds", id=glance.programme.id, month=glance.sheet.month)


def _plan(glance: Glance, month: int) -> str:
    """The funding plan with the money of the month beside it."""
    return url_for("programmes.funds.funds", id=glance.programme.id, month=month, _anchor="plan")


def _short(percent: Decimal | None) -> float | None:
    return None if percent is None else float(round(percent, 2))
