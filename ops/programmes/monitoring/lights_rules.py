"""The lights of monitoring (performance notes §3.1), exact at every boundary. Pure."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from .settings import Settings

HUNDRED = Decimal(100)


class Light(StrEnum):
    """红黄绿蓝灯; blue is far ahead. NONE: nothing to judge yet."""

    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"
    BLUE = "blue"
    NONE = ""


WORST_FIRST = (Light.RED, Light.YELLOW, Light.GREEN, Light.BLUE, Light.NONE)
Bounds = tuple[Decimal, Decimal, Decimal]


def reached(actual: Decimal, target: Decimal, share: Fraction) -> Fraction | None:
    """The actual in percent of what the target asks for by now; None when it asks for nothing."""
    wanted = Fraction(target) * share
    return Fraction(actual) / wanted * 100 if wanted > 0 else None


def at_least(actual: Decimal, target: Decimal, share: Fraction, bounds: Bounds) -> Light:
    """Of a target to be reached; `share` of the year, 1 for what does not grow with it."""
    progress = reached(actual, target, share)
    if progress is None:
        return Light.GREEN
    red, yellow, blue = bounds
    if progress < red:
        return Light.RED
    if progress < yellow:
        return Light.YELLOW
    return Light.BLUE if progress >= blue else Light.GREEN


def at_most(actual: Decimal, target: Decimal, strict: bool = False) -> Light:
    """Of a ceiling: it holds or it does not."""
    return Light.GREEN if actual < target or (actual == target and not strict) else Light.RED


def execution(rate: Decimal | None, share: Fraction, bounds: Bounds) -> Light:
    """Of the money: the rate in percent against the share of the year; never blue. Nothing paid is a rate of 0."""
    found = at_least(rate or Decimal(0), HUNDRED, share, bounds)
    return Light.GREEN if found is Light.BLUE else found


def worst(lights: Iterable[Light]) -> Light:
    return min(lights, key=WORST_FIRST.index, default=Light.NONE)


def months_share(month: int) -> Fraction:
    return Fraction(month, 12)


def plan_share(planned: Decimal) -> Fraction:
    """From the percent that the plan wants by now."""
    return Fraction(planned) / 100


def warnings(
    settings: Settings, month: int, rate: Decimal | None, attainment: Decimal | None
) -> list[tuple[str, Decimal, Decimal]]:
    """What a local calendar warns of: (execution or gap, limit, found), in percent or points."""
    calendar: Mapping[str, Any] | None = settings.calendar
    if calendar is None:
        return []
    found, limit = [], calendar["execution_below"].get(str(month))
    if limit is not None and (rate or Decimal(0)) < Decimal(limit):
        found.append(("execution", Decimal(limit), rate or Decimal(0)))
    if rate is not None and attainment is not None and abs(attainment - rate) > Decimal(calendar["gap_above"]):
        found.append(("gap", Decimal(calendar["gap_above"]), abs(attainment - rate)))
    return found
