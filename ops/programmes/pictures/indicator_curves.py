"""Each countable indicator of a programme through the year: what was reached so far against its target and its plan."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask import url_for
from flask_babel import gettext

from ...core.access import current_actor
from ...indicators.permissions import Permission as Figures
from ..actuals import Found, by_hand
from ..models import Indicator, Programme
from ..money import exact
from ..monitoring import monitoring
from ..monitoring.known import Known
from ..monitoring.outlook_rules import grows
from ..monitoring.presenting import until
from .queries import Entries

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Step:
    """One month: the actual so far, and what was wanted by then; `url` opens the records, `plan` what is wanted."""

    month: int
    actual: Decimal | None
    wanted: Decimal
    url: str
    plan: str


@dataclass(frozen=True)
class Course:
    """An indicator on its way: its target in its unit, its twelve months; what comes after `month` is only wanted."""

    indicator: Indicator
    target: Decimal
    unit: str
    line: str
    month: int
    steps: tuple[Step, ...]

    @property
    def now(self) -> Step:
        """The latest month that has an actual, else the one looked at."""
        return next((each for each in reversed(self.steps) if each.actual is not None), self.steps[self.month - 1])

    @property
    def reached(self) -> Decimal | None:
        """In percent of the whole year's target; of a ceiling, how much of it is used."""
        actual = self.now.actual
        return actual / self.target * HUNDRED if actual is not None and self.target else None


def courses(known: Known, programme: Programme, entries: Entries) -> tuple[list[Course], list[Indicator]]:
    """Those that a number tells, and those that only words or a day tell."""
    money = monitoring.money_of(known, programme)
    told, others = [], []
    for indicator in programme.indicators:
        target = known.targets[indicator.id]
        wanted = monitoring.wanted_of(target, money.budget)
        found = _steps(known, programme, indicator, wanted or Decimal(0), entries)
        if wanted is None or any(each.actual is not None and not isinstance(each.actual, Decimal) for each in found):
            others.append(indicator)
        else:
            line = _line(target.operator in ("≤", "<") or not wanted, _growing(known, indicator))
            told.append(Course(indicator, wanted, target.unit or "", line, known.month, found))
    return told, others


def _line(is_ceiling: bool, growing: bool) -> str:
    """What the second line says: of a sum under a ceiling the plan, of anything else under one the ceiling itself."""
    if is_ceiling:
        return str(gettext("Planned") if growing else gettext("Ceiling"))
    return str(gettext("Wanted by then"))


def _growing(known: Known, indicator: Indicator) -> bool:
    metric = known.bounds[indicator.id].metric
    return grows(known.targets[indicator.id], metric.kind if metric else None)


def _steps(
    known: Known, programme: Programme, indicator: Indicator, wanted: Decimal, entries: Entries
) -> tuple[Step, ...]:
    growing, made = _growing(known, indicator), []
    for month in range(1, 13):
        found = _found(known, indicator, month, entries)
        share = known.planned(programme, month) / HUNDRED if growing else Decimal(1)
        actual = found.value if isinstance(found.value, Decimal) and month <= known.month else None
        made.append(
            Step(month, actual, wanted * share, _url(known, indicator, month), _plan(programme, month, growing))
        )
    return tuple(made)


def _plan(programme: Programme, month: int, growing: bool) -> str:
    """What is wanted: of what grows through the year its share of the funding plan, else the target's own versions."""
    if growing:
        return url_for("programmes.funds.funds", id=programme.id, month=month, _anchor="plan")
    return url_for("programmes.targets.revising.history", id=programme.id)


def _found(known: Known, indicator: Indicator, month: int, entries: Entries) -> Found:
    if known.bounds[indicator.id].metric is None:
        return by_hand(entries.get((indicator.key, month)), known.targets[indicator.id])
    return known.actual(indicator, month)


def _url(known: Known, indicator: Indicator, month: int) -> str:
    """The records behind the step; a figure by hand opens for those who may enter it."""
    bound, period = known.bounds[indicator.id], until(known.year, month)
    if bound.metric is None:
        if not current_actor().may(Figures.MANUAL_WRITE):
            return ""
        back = url_for("programmes.pictures.curves", id=indicator.programme_id)
        return url_for("indicators.manual_figure", key=indicator.key, period_key=period.key, back=back)
    scope = bound.scope or None
    return url_for("indicators.figure_evidence", name=bound.metric.name, period=period.key, scope=scope)


def bullets(found: list[Course]) -> dict[str, Any]:
    """Every indicator in percent of its year's target, so that persons, times and money stand on one line."""
    shown = [each for each in found if each.target]
    reached = [{"value": _float(each.reached), "url": each.now.url} for each in shown]
    steps = [(each, each.steps[each.month - 1]) for each in shown]
    wanted = [{"value": _float(now.wanted / each.target * HUNDRED), "url": now.plan} for each, now in steps]
    return {
        "type": "bullet",
        "categories": [each.indicator.level3 for each in shown],
        "series": [
            {"name": gettext("Reached of the year's target"), "data": reached},
            {"name": gettext("Wanted by now"), "data": wanted},
        ],
        "unit": "%",
        "target": 100,
    }


def bullet_rows(found: list[Course]) -> list[list[object]]:
    return [
        [
            each.indicator.level3,
            each.indicator.value_text,
            {"value": None if each.now.actual is None else exact(each.now.actual, 0) + each.unit, "url": each.now.url},
            "–" if each.reached is None else f"{each.reached:.2f}%",
        ]
        for each in found
    ]


def curve(course: Course) -> dict[str, Any]:
    actual = [{"value": _float(each.actual), "url": each.url} for each in course.steps]
    wanted = [{"value": _float(each.wanted), "url": each.plan} for each in course.steps]
    return {
        "type": "line",
        "categories": [gettext("Month %(month)s", month=each.month) for each in course.steps],
        "series": [
            {"name": gettext("Actual so far"), "data": actual},
            {"name": course.line, "data": wanted},
        ],
        "unit": course.unit,
        "target": float(course.target),
    }


def curve_rows(course: Course) -> list[list[object]]:
    return [
        [
            gettext("Month %(month)s", month=each.month),
            {"value": None if each.actual is None else exact(round(each.actual, 4), 0), "url": each.url},
            {"value": exact(round(each.wanted, 2), 0), "url": each.plan},
        ]
        for each in course.steps
    ]


def _float(number: Decimal | None) -> float | None:
    return None if number is None else float(round(number, 2))
