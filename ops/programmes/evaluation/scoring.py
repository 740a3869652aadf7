"""Scores of the self-evaluation (绩效自评): pure rules on target, actual and weight (performance notes §5).

A miss is judged on the values, never on the rounded score. What has no actual is not scored: never zero.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from ..targets.values import Kind, TargetValue
from .scoring_settings import Band, CeilingFormula, Grade, ScoringSettings

CENT = Decimal("0.01")
ZERO = Decimal(0)
DAMAGED = {"percent_over_100", "sign_may_be_damaged", "operator_conflict"}


@dataclass(frozen=True)
class Judgement:
    """What a person decided of a target in words, or of a late one: the grade, and points within its band."""

    grade: Grade
    points: Decimal


@dataclass(frozen=True)
class Score:
    """得分: `points` is None while there is nothing to score; `flags` are codes of `messages.MESSAGES`.

    `rule` names the rule that was applied: A, B1, B2, C, Z, Q, T, range, execution; "" when none was.
    """

    points: Decimal | None
    missed: bool = False
    flags: tuple[str, ...] = ()
    rule: str = ""
    proposed: Decimal | None = None


@dataclass(frozen=True)
class Total:
    """总分: `points` of what is scored so far; a grade (优良中差) only once nothing is `unscored`."""

    points: Decimal
    unscored: int
    grade: str | None


class OutsideBand(ValueError):
    """The points a person gave do not lie in the band of the grade: `lower` to `upper` points."""

    def __init__(self, grade: Grade, lower: Decimal, upper: Decimal) -> None:
        super().__init__(grade, lower, upper)
        self.grade, self.lower, self.upper = grade, lower, upper


Actual = Decimal | date | Sequence[Decimal | None] | None


def score(
    target: TargetValue,
    actual: Actual,
    weight: Decimal,
    settings: ScoringSettings,
    *,
    judgement: Judgement | None = None,
) -> Score:
    """Score one indicator. `actual` is in the unit of the target: a number, a day for a deadline, one number
    for each part of a compound. `judgement` is for targets in words and for late ones; raises OutsideBand.
    """
    if target.kind is Kind.QUALITATIVE:
        return _judged(judgement, weight, settings, "Q")
    if target.kind is Kind.COMPOUND:
        return _worst(target, actual, weight, settings)
    if target.kind is Kind.UNKNOWN or target.kind is Kind.APPROXIMATE:
        return Score(None, flags=("target_not_scorable",))
    if actual is None:
        return Score(None, flags=("actual_missing",))
    if target.kind is Kind.DEADLINE:
        return _by_day(target, actual, weight, settings, judgement)
    return _by_number(target, actual, weight, settings)


def execution_score(executed: Decimal | None, budget: Decimal, weight: Decimal) -> Score:
    """执行率得分: weight x executed ÷ full-year budget (after adjustment), at most the weight."""
    if budget <= 0:
        return Score(None, flags=("budget_zero",), rule="execution")
    if executed is None:
        return Score(None, flags=("actual_missing",), rule="execution")
    paid, flags = _not_negative(executed)
    return Score(_points(weight * paid / budget, weight), paid < budget, flags, "execution")


def total(scores: Sequence[Score], settings: ScoringSettings) -> Total:
    """The sum of execution and indicators, each rounded as printed, and its grade."""
    points = sum((s.points for s in scores if s.points is not None), ZERO)
    unscored = sum(s.points is None for s in scores)
    bands = settings.grade_bands.value
    return Total(points, unscored, None if unscored else _band_at(points / 100, bands).name)


def band_points(grade: Grade, weight: Decimal, settings: ScoringSettings) -> tuple[Decimal, Decimal]:
    """The points a grade allows: from the first (included) up to the second."""
    band = next(b for b in settings.qualitative_bands.value if b.name == grade)
    return weight * band.lower, weight * band.upper


@dataclass(frozen=True)
class _Case:
    """A number against a number: what was wanted, what was reached, and for how many points."""

    target: TargetValue
    wanted: Decimal
    reached: Decimal
    weight: Decimal
    settings: ScoringSettings

    def full(self, rule: str, flag: str = "") -> Score:
        return Score(self.weight, flags=(flag,) if flag else (), rule=rule)

    def partly(self, share: Decimal, rule: str) -> Score:
        return Score(_points(self.weight * share, self.weight), True, rule=rule)


def _by_number(target: TargetValue, actual: Actual, weight: Decimal, settings: ScoringSettings) -> Score:
    if not isinstance(actual, Decimal):
        raise TypeError("the actual of a number target is a Decimal")
    if target.number is None:
        return Score(None, flags=("target_not_scorable",))
    reached, flags = _not_negative(actual)
    doubtful = ("target_doubtful",) if DAMAGED & set(target.doubts) else ()
    rule = BY_KIND.get(target.kind) or BY_SIGN[target.operator]
    result = rule(_Case(target, target.number, reached, weight, settings))
    return replace(result, flags=(*flags, *doubtful, *result.flags))


def _at_least(case: _Case) -> Score:
    """Rule A (≥, >): in proportion below the target; far above it the reason is asked for."""
    wanted, reached = case.wanted, case.reached
    if reached < wanted or (reached == wanted and case.target.operator == ">"):
        return case.partly(reached / wanted if wanted else ZERO, "A")
    far = 0 < wanted * case.settings.over_fulfilment.value <= reached
    return case.full("A", "far_above_target" if far else "")


def _at_most(case: _Case) -> Score:
    """Rule B (≤, <), by one of the two published formulas."""
    wanted, reached, formula = case.wanted, case.reached, case.settings.ceiling_formula.value
    if reached < wanted or (reached == wanted and case.target.operator != "<"):
        return case.full(formula.name)
    if wanted <= 0:
        return case.partly(ZERO, formula.name)
    share = wanted / reached if formula is CeilingFormula.B2 else 2 - reached / wanted
    return case.partly(share, formula.name)


def _exactly(case: _Case) -> Score:
    """Rule C (=, or no sign): more than the number gives the full weight, but is flagged."""
    if case.reached < case.wanted:
        return case.partly(case.reached / case.wanted, "C")
    return case.full("C", "above_exact_target" if case.reached > case.wanted else "")


def _none(case: _Case) -> Score:
    """Rule Z: one event is as much a miss as many."""
    return case.partly(ZERO, "Z") if case.reached > 0 else case.full("Z")


def _between(case: _Case) -> Score:
    """Range: inside or above the full weight, above flagged; below it rule A on the lower end."""
    if case.reached < case.wanted:
        return case.partly(case.reached / case.wanted, "range")
    above = case.target.upper is not None and case.reached > case.target.upper
    return case.full("range", "above_range" if above else "")


Rule = Callable[[_Case], Score]
BY_KIND: dict[Kind, Rule] = {Kind.RANGE: _between, Kind.ZERO: _none}
BY_SIGN: dict[str | None, Rule] = {
    "≥": _at_least,
    ">": _at_least,
    "≤": _at_most,
    "<": _at_most,
    "=": _exactly,
}


def _by_day(
    target: TargetValue,
    actual: Actual,
    weight: Decimal,
    settings: ScoringSettings,
    judgement: Judgement | None,
) -> Score:
    """Rule T: in time up to and on the day. Late: no source says how much, so a person decides the grade."""
    if not isinstance(actual, date) or target.date is None:
        raise TypeError("the actual of a deadline is a date")
    if actual <= target.date:
        return Score(weight, rule="T")
    if judgement:
        return replace(_judged(judgement, weight, settings, "T"), missed=True, flags=("late",))
    proposed = _points(band_points(Grade.PARTLY, weight, settings)[0], weight)
    return Score(None, True, ("late", "grade_needed"), "T", proposed)


def _judged(judgement: Judgement | None, weight: Decimal, settings: ScoringSettings, rule: str) -> Score:
    """Rule Q: the grade is a person's, its points must lie in its band."""
    if judgement is None:
        return Score(None, flags=("grade_needed",), rule=rule)
    band = next(b for b in settings.qualitative_bands.value if b.name == judgement.grade)
    if not weight or not band.holds(judgement.points / weight):
        raise OutsideBand(judgement.grade, *band_points(judgement.grade, weight, settings))
    return Score(_points(judgement.points, weight), judgement.grade is not Grade.ACHIEVED, rule=rule)


def _worst(target: TargetValue, actual: Actual, weight: Decimal, settings: ScoringSettings) -> Score:
    """Compound: the worse of its measures; missing as long as one of them is."""
    if actual is None or isinstance(actual, Decimal | date) or len(actual) != len(target.parts):
        return Score(None, flags=("actual_missing",))
    scores = [score(part, one, weight, settings) for part, one in zip(target.parts, actual, strict=True)]
    unscored = next((s for s in scores if s.points is None), None)
    return unscored or min(scores, key=lambda s: (s.points or ZERO, not s.missed))


def _band_at(share: Decimal, bands: Sequence[Band]) -> Band:
    return next((band for band in bands if share >= band.lower), bands[-1])


def _not_negative(actual: Decimal) -> tuple[Decimal, tuple[str, ...]]:
    return (ZERO, ("negative_read_as_zero",)) if actual < 0 else (actual, ())


def _points(points: Decimal, weight: Decimal) -> Decimal:
    """To the cent, half up, within nought and the weight."""
    return min(max(points, ZERO).quantize(CENT, ROUND_HALF_UP), weight)
