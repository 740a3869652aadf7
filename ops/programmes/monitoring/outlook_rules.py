"""What is to be expected of an indicator by year end, and how its light is found. Pure."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from ...indicators.metric import Kind as MetricKind
from ..targets.values import Kind, TargetValue
from .lights_rules import Bounds, Light, at_least, at_most, reached
from .sheet import Likelihood, Method

CENT = Decimal("0.01")
GROWING = (MetricKind.COUNT, MetricKind.AMOUNT)
MONEY = (Kind.MONEY, Kind.RELATIVE)
NUMBERS = (Kind.COUNT, Kind.PERCENT, Kind.MONEY, Kind.MONEY_RATE, Kind.RELATIVE, Kind.RANGE)
Value = Decimal | date | None


@dataclass(frozen=True)
class Judged:
    """The light by one measure of the year's progress, and the percent reached of what was wanted by now."""

    light: Light
    reach: Decimal | None


def grows(target: TargetValue, metric: MetricKind | None) -> bool:
    """Whether the actual adds up month by month. A share, a head count, a state and a ceiling of no event do not."""
    if target.kind in (Kind.ZERO, Kind.PERCENT, Kind.MONEY_RATE):
        return False
    if metric is not None:
        return metric in GROWING
    return target.kind in MONEY or (
        target.kind is Kind.COUNT and target.unit in ("次", "场", "场次", "辆次", "件", "份")
    )


def expected(
    value: Value, month: int, is_growing: bool, is_count: bool, by_funds: Decimal | None
) -> tuple[Decimal | None, Method]:
    """The forecast in the target's unit. `by_funds`: that of the payments, where the actual is what was paid.

    No more places than it can claim: counts are whole, all else has two.
    """
    if by_funds is not None:
        return by_funds, Method.FUNDS
    if not isinstance(value, Decimal):
        return None, Method.NONE
    if not is_growing:
        return value, Method.STEADY
    places = Decimal(1) if is_count else CENT
    return (value * 12 / month).quantize(places, ROUND_HALF_UP), Method.PACE


def judged(
    target: TargetValue, wanted: Decimal | None, value: Value, until: date, share: Fraction, bounds: Bounds
) -> Judged:
    """`share`: how much of the year's target is wanted by now, 1 where it does not grow."""
    if target.kind is Kind.DEADLINE:
        return Judged(_deadline(target, value, until), None)
    if not isinstance(value, Decimal) or wanted is None or target.kind not in (*NUMBERS, Kind.ZERO):
        return Judged(Light.NONE, None)
    if target.kind is Kind.ZERO or target.operator in ("≤", "<"):
        return Judged(at_most(value, wanted, target.operator == "<"), None)
    progress = reached(value, wanted, share)
    percent = None if progress is None else _percent(progress)
    return Judged(at_least(value, wanted, share, bounds), percent)


def by_likelihood(likelihood: Likelihood | None) -> Light:
    """What no number tells is as likely as a person says."""
    lights = {
        Likelihood.CERTAIN: Light.GREEN,
        Likelihood.POSSIBLE: Light.YELLOW,
        Likelihood.IMPOSSIBLE: Light.RED,
    }
    return lights[likelihood] if likelihood else Light.NONE


def likely(light: Light, target: TargetValue, forecast: Decimal | None, wanted: Decimal | None) -> Likelihood | None:
    """Proposed from the figures; a broken ceiling of a sum that only grows cannot heal."""
    if light is Light.NONE:
        return None
    ceiling = target.kind is Kind.ZERO or target.operator in ("≤", "<")
    if ceiling and light is Light.RED:
        return Likelihood.IMPOSSIBLE
    if ceiling and forecast is not None and wanted is not None and forecast > wanted:
        return Likelihood.POSSIBLE
    return Likelihood.CERTAIN if light in (Light.GREEN, Light.BLUE) else Likelihood.POSSIBLE


def _deadline(target: TargetValue, value: Value, until: date) -> Light:
    """Before the day nothing is judged; what was done later than the day has missed it."""
    if target.date is None or not isinstance(value, date):
        return Light.NONE
    if value > target.date:
        return Light.RED
    return Light.GREEN if until >= target.date else Light.NONE


def _percent(share: Fraction) -> Decimal:
    whole = Decimal(share.numerator) / Decimal(share.denominator)
    return whole.quantize(CENT, ROUND_HALF_UP)
