"""Scores of the self-evaluation (绩效自评): pure rules on target, actual and weight (performance notes §5).

A miss is judged on the values, never on the rounded score. What has no actual is not scored: never zero.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from ..targets.values import Kind, TargetValue
from .number_rules import ZERO, Score, by_number, not_negative, rounded
from .scoring_settings import PROPOSED
from .scoring_values import Band, Compound, Grade, GradeLimit, ScoringSettings

__all__ = ["Actual", "Judgement", "OutsideBand", "Score", "Total", "band_points", "execution_score", "score", "total"]


@dataclass(frozen=True)
class Judgement:
    """What a person decided of a target in words, or of a late one: the grade, and points within its band."""

    grade: Grade
    points: Decimal


@dataclass(frozen=True)
class Total:
    """总分: `points` of what is scored so far; a grade (优良中差) only once nothing is `unscored`.

    `limited`: the local cap by execution that made the grade worse than the points alone.
    """

    points: Decimal
    unscored: int
    grade: str | None
    limited: GradeLimit | None = None


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
    satisfaction: bool = False,
) -> Score:
    """Score one indicator, a `satisfaction` by its bands where they are switched on. `actual` is in the unit of the
    target: a number, a day for a deadline, one number for each part of a compound. `judgement` is for targets in
    words and for late ones; raises OutsideBand.
    """
    if target.kind is Kind.QUALITATIVE:
        return _judged(judgement, weight, settings, "Q")
    if target.kind is Kind.COMPOUND:
        return _several(target, actual, weight, settings)
    if target.kind is Kind.UNKNOWN or target.kind is Kind.APPROXIMATE:
        return Score(None, flags=("target_not_scorable",))
    if actual is None:
        return Score(None, flags=("actual_missing",))
    if target.kind is Kind.DEADLINE:
        return _by_day(target, actual, weight, settings, judgement)
    return by_number(target, actual, weight, settings, satisfaction)


def execution_score(
    executed: Decimal | None, budget: Decimal, weight: Decimal, settings: ScoringSettings = PROPOSED
) -> Score:
    """执行率得分: weight x executed ÷ full-year budget (after adjustment), at most the weight unless set otherwise."""
    if budget <= 0:
        return Score(None, flags=("budget_zero",), rule="execution")
    if executed is None:
        return Score(None, flags=("actual_missing",), rule="execution")
    paid, flags = not_negative(executed)
    cap = settings.execution_cap.value
    share = Fraction(paid) / Fraction(budget)
    points = rounded(Fraction(weight) * (share if cap is None else min(share, Fraction(cap))))
    return Score(points, paid < budget, flags, "execution")


def total(scores: Sequence[Score], settings: ScoringSettings, rate: Decimal | None = None) -> Total:
    """The sum of execution and indicators, each rounded as printed, and its grade.

    `rate`: the execution in percent, for which local rules may cap the grade.
    """
    points = sum((s.points for s in scores if s.points is not None), ZERO)
    unscored = sum(s.points is None for s in scores)
    if unscored:
        return Total(points, unscored, None)
    bands = settings.grade_bands.value
    reached = _band_at(points / 100, bands)
    limit = _limit(rate, settings)
    names = [band.name for band in bands]
    if limit and names.index(limit.grade) > names.index(reached.name):
        return Total(points, unscored, limit.grade, limit)
    return Total(points, unscored, reached.name)


def _limit(rate: Decimal | None, settings: ScoringSettings) -> GradeLimit | None:
    """The strictest cap that the execution falls under; they stand from the mildest to the strictest."""
    limits = settings.execution_limits.value or ()
    return next((each for each in reversed(limits) if rate is not None and rate < each.below), None)


def band_points(grade: Grade, weight: Decimal, settings: ScoringSettings) -> tuple[Decimal, Decimal]:
    """The points a grade allows: from the first (included) up to the second."""
    band = next(b for b in settings.qualitative_bands.value if b.name == grade)
    return weight * band.lower, weight * band.upper


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
    proposed = rounded(Fraction(weight) * Fraction(settings.late_proposal.value))
    return Score(None, True, ("late", "grade_needed"), "T", proposed)


def _judged(judgement: Judgement | None, weight: Decimal, settings: ScoringSettings, rule: str) -> Score:
    """Rule Q: the grade is a person's, its points must lie in its band."""
    if judgement is None:
        return Score(None, flags=("grade_needed",), rule=rule)
    band = next(b for b in settings.qualitative_bands.value if b.name == judgement.grade)
    if not weight or not band.holds(judgement.points / weight):
        raise OutsideBand(judgement.grade, *band_points(judgement.grade, weight, settings))
    return Score(judgement.points, judgement.grade is not Grade.ACHIEVED, rule=rule)


def _several(target: TargetValue, actual: Actual, weight: Decimal, settings: ScoringSettings) -> Score:
    """Compound: the worse of its measures, or their mean; missing as long as one of them is."""
    if actual is None or isinstance(actual, Decimal | date) or len(actual) != len(target.parts):
        return Score(None, flags=("actual_missing",))
    scores = tuple(score(part, one, weight, settings) for part, one in zip(target.parts, actual, strict=True))
    unscored = next((s for s in scores if s.points is None), None)
    if unscored:
        return replace(unscored, parts=scores)
    worst = min(scores, key=lambda s: (s.points or ZERO, not s.missed))
    points = [s.points for s in scores if s.points is not None]
    mean = rounded(Fraction(sum(points, ZERO)) / len(points))
    flags = tuple(dict.fromkeys(flag for s in scores for flag in s.flags))
    chosen = mean if settings.compound.value is Compound.MEAN else worst.points
    return Score(chosen, any(s.missed for s in scores), flags, "compound", parts=scores)


def _band_at(share: Decimal, bands: Sequence[Band]) -> Band:
    return next((band for band in bands if share >= band.lower), bands[-1])
