"""The actual of an indicator: from the figure it is bound to or from what was entered by hand, in the target's unit."""

import operator
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from flask_babel import gettext

from ..indicators import closing, readings, service
from ..indicators.catalogue import metrics
from ..indicators.metric import Kind as MetricKind
from ..indicators.metric import Metric
from ..indicators.models import Closing, ManualFigure
from ..indicators.readings import Figure
from .binding import Bound, fits
from .evaluation.checks import says_nothing
from .evaluation.scoring import Actual
from .models import Indicator, Programme
from .money import UNITS, exact, from_yuan
from .sources import formulas
from .targets import deadlines
from .targets.notation import parse_value
from .targets.numerals import plain
from .targets.values import Kind, TargetValue

MONEY = (Kind.MONEY, Kind.RELATIVE, Kind.MONEY_RATE)


class Origin(StrEnum):
    """Where an actual comes from."""

    FIGURE = "figure"
    MANUAL = "manual"
    MISSING = "missing"


@dataclass(frozen=True)
class Found:
    """An actual with its origin. `value` is in the unit of the target, None when there is none; `why` says why."""

    origin: Origin
    value: Actual = None
    text: str = ""
    figure: Figure | None = None
    manual: ManualFigure | None = None
    why: str = ""


def find(indicator: Indicator, target: TargetValue, bound: Bound, closed: Closing | None) -> Found:
    """The actual over the programme's year: as reported when the year is closed, as known now otherwise."""
    if bound.absent:
        return Found(Origin.MISSING, why=str(bound.absent))
    if bound.formula:
        return calculated(formulas.count(bound.formula, indicator.programme, closed).value, target)
    if bound.metric is None:
        return by_hand(service.entered(indicator.key, indicator.programme.period), target)
    if not fits(target.kind, bound.metric):
        return Found(Origin.MISSING, why=gettext("The figure is not of the kind that the target asks for."))
    figure = figure_of(bound.metric, indicator.programme, bound.scope, closed)
    return counted(figure, target, _looked(bound, indicator.programme, closed))


def calculated(number: Decimal | None, target: TargetValue) -> Found:
    """The result of a formula: a share is shown in percent, yuan in the target's unit of money."""
    if number is None:
        return Found(Origin.MISSING, why=gettext("A figure of the formula has no data, or it divides by zero."))
    scale = {"%": 100, "‰": 1000}.get(target.unit or "", 1)
    money = target.kind in MONEY
    value = from_yuan(number, (target.unit or "元").partition("/")[0]) if money else number * scale
    return Found(Origin.FIGURE, value, number_text(value, target))


def figure_of(metric: Metric, programme: Programme, scope: int, closed: Closing | None) -> Figure:
    """As reported when the year is closed and the metric was counted then."""
    as_reported = closing.reported(closed, metric.name, scope) if closed else None
    return as_reported or readings.read(metric.name, programme.period, scope)


def figures_of(names: Sequence[str], programme: Programme, closed: Closing | None) -> list[Figure]:
    """Those of the table's own scope; read in one go while the year is open."""
    if closed:
        return [figure_of(metrics()[name], programme, programme.scope, closed) for name in names]
    return readings.read_many(names, programme.period, programme.scope)


def _looked(bound: Bound, programme: Programme, closed: Closing | None) -> int:
    """How many records show that someone looked: a target of no event is not reached by looking away."""
    if bound.witness is None:
        return 0
    scope = bound.scope if bound.witness.scopes else 0
    return looks(figure_of(bound.witness, programme, scope, closed))


def looks(figure: Figure) -> int:
    """Of a share only the part above the line: a check that was due and not made shows nothing."""
    return int(figure.part) if figure.metric.kind is MetricKind.RATIO else figure.records


def counted(figure: Figure, target: TargetValue, looked: int) -> Found:
    """The figure as the target's actual; `looked`: how many records show that someone looked for events."""
    if figure.value is None:
        if target.kind is Kind.ZERO and looked:
            return Found(Origin.FIGURE, Decimal(0), f"0（检查{looked}次，未发生）", figure)
        return Found(Origin.MISSING, figure=figure, why=gettext("Nothing is recorded yet."))
    if target.kind is Kind.DEADLINE:
        return Found(Origin.FIGURE, figure.day, day_text(figure.day), figure)
    value = _in_unit(figure.value, target, figure.metric.kind)
    return Found(Origin.FIGURE, value, number_text(value, target), figure)


def _in_unit(value: Decimal, target: TargetValue, kind: MetricKind) -> Decimal:
    """Amounts are kept in yuan and ratios in percent; a count is in the target's own unit."""
    if target.kind in MONEY:
        return from_yuan(value, (target.unit or "元").partition("/")[0])
    return value * 10 if target.unit == "‰" and kind is MetricKind.RATIO else value


def by_hand(entry: ManualFigure | None, target: TargetValue) -> Found:
    """What a person entered as the target's actual."""
    if entry is None or (entry.value is None and says_nothing(entry.words)):
        return Found(Origin.MISSING, manual=entry, why=gettext("No figure has been entered."))
    if target.kind is Kind.COMPOUND:
        return _several_by_hand(entry, target)
    if target.kind is Kind.QUALITATIVE:
        return Found(Origin.MANUAL, None, entry.words or f"{entry.value}", manual=entry)
    if target.kind is Kind.DEADLINE:
        day = _day(entry.words or "")
        return Found(Origin.MANUAL, day, day_text(day), manual=entry) if day else _unusable(entry)
    value = _converted(entry, target)
    return _unusable(entry) if value is None else Found(Origin.MANUAL, value, number_text(value, target), manual=entry)


def _several_by_hand(entry: ManualFigure, target: TargetValue) -> Found:
    """One number for each measure, in words as the target has them: 建筑面积2.6万平方米，展示面积1万平方米."""
    read = parse_value(entry.words or "", year=entry.first.year)
    if [part.unit for part in read.parts] != [part.unit for part in target.parts]:
        return _unusable(entry)
    return Found(Origin.MANUAL, tuple(part.number for part in read.parts), entry.words or "", manual=entry)


def _unusable(entry: ManualFigure) -> Found:
    given = f"{entry.words or entry.value} {entry.unit}".strip()
    return Found(
        Origin.MISSING, manual=entry, why=gettext("“%(given)s” cannot be compared with the target.", given=given)
    )


def _converted(entry: ManualFigure, target: TargetValue) -> Decimal | None:
    """The number in the unit of the target; None when the units cannot be compared."""
    unit = target.unit or entry.unit
    if entry.value is None or entry.unit in ("", unit):
        return entry.value
    if entry.unit in UNITS and unit in UNITS:
        return entry.value * UNITS[entry.unit] / UNITS[unit]
    return None


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words.strip())
    except ValueError:
        found = deadlines.read(plain(words), 0)
        return found.day if found and found.day and "year_taken_from_table" not in found.doubts else None


def day_text(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def number_text(value: Decimal, target: TargetValue) -> str:
    """The number with the unit of the target. Money is exact; a percentage shows as many places as tell a miss."""
    unit = target.unit or ""
    if target.kind in MONEY:
        return exact(value) + unit
    if target.kind is Kind.PERCENT:
        return _telling(value, target) + unit
    return exact(value, 0) + unit


def _telling(value: Decimal, target: TargetValue) -> str:
    """To two places, or as many as show a miss: 89.996 against ≥90 must not read as 90.00."""
    wanted = target.number or Decimal(0)
    missed = operator.gt if target.operator in ("≤", "<") else operator.lt
    for places in (2, 4, 6):
        rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        if missed(rounded, wanted) == missed(value, wanted):
            break
    return f"{rounded}"
