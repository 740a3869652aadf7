"""The scoring rules for numbers (performance notes §5): at least, at most, exactly, none, between, in bands.

Shares are fractions, so that a half cent is a half cent: 0.03 · 5/6 is 0.025 and scores 0.03.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from math import floor

from ..targets.values import Kind, TargetValue
from .scoring_values import CeilingFormula, RangeAbove, ScoringSettings

ZERO = Decimal(0)
PERSONS = {"人", "名", "人次"}
DAMAGED = {"percent_over_100", "sign_may_be_damaged", "operator_conflict"}


@dataclass(frozen=True)
class Score:
    """得分: `points` is None while there is nothing to score; `flags` are codes of `messages.MESSAGES`.

    `rule` names the rule that was applied: A, B1, B2, C, Z, Q, T, S, range, compound, execution; "" when none was.
    `parts`: the measures of a compound.
    """

    points: Decimal | None
    missed: bool = False
    flags: tuple[str, ...] = ()
    rule: str = ""
    proposed: Decimal | None = None
    parts: tuple["Score", ...] = ()


@dataclass(frozen=True)
class _Case:
    """A number against a number: what was wanted, what was reached, and for how many points."""

    target: TargetValue
    wanted: Decimal
    reached: Decimal
    weight: Decimal
    settings: ScoringSettings

    @property
    def ratio(self) -> Fraction:
        """Reached ÷ wanted; nought where nothing was wanted."""
        return Fraction(self.reached) / Fraction(self.wanted) if self.wanted else Fraction(0)

    @property
    def meets(self) -> bool:
        """Whether the value satisfies the sign of the target, whatever the points."""
        if self.target.operator in ("≤", "<"):
            return self.reached < self.wanted or (self.reached == self.wanted and self.target.operator == "≤")
        return self.reached > self.wanted or (self.reached == self.wanted and self.target.operator != ">")

    def full(self, rule: str, flag: str = "") -> Score:
        return Score(self.weight, flags=(flag,) if flag else (), rule=rule)

    def partly(self, share: Fraction, rule: str) -> Score:
        return Score(rounded(Fraction(self.weight) * max(share, Fraction(0))), True, rule=rule)


def _at_least(case: _Case) -> Score:
    """Rule A (≥, >): in proportion below the target; far above it the reason is asked for."""
    if not case.meets:
        return case.partly(case.ratio, "A")
    limit = Fraction(case.settings.over_fulfilment.value)
    if not case.wanted or case.ratio < limit:
        return case.full("A")
    reduction = case.settings.over_reduction.value
    if reduction is None:
        return case.full("A", "far_above_target")
    off = min(Fraction(reduction.rate) * (case.ratio - limit), Fraction(reduction.most))
    return Score(rounded(Fraction(case.weight) * (1 - off)), flags=("far_above_target", "reduced"), rule="A")


def _at_most(case: _Case) -> Score:
    """Rule B (≤, <), by one of the two published formulas; more persons than a ceiling are flagged."""
    formula = case.settings.ceiling_formula.value
    if case.meets:
        return case.full(formula.name)
    result = case.partly(_over_share(case.wanted, case.reached, formula), formula.name)
    return replace(result, flags=("persons_above_ceiling",)) if case.target.unit in PERSONS else result


def _over_share(wanted: Decimal, reached: Decimal, formula: CeilingFormula) -> Fraction:
    """What is left of the weight when a ceiling of `wanted` was exceeded, or just reached under a strict sign."""
    if wanted <= 0:
        return Fraction(0)
    if formula is CeilingFormula.B2:
        return Fraction(wanted) / Fraction(reached)
    return max(2 - Fraction(reached) / Fraction(wanted), Fraction(0))


def _exactly(case: _Case) -> Score:
    """Rule C (=, or no sign): more than the number gives the full weight, but is flagged."""
    if case.reached < case.wanted:
        return case.partly(case.ratio, "C")
    return case.full("C", "above_exact_target" if case.reached > case.wanted else "")


def _none(case: _Case) -> Score:
    """Rule Z: one event is as much a miss as many."""
    return case.partly(Fraction(0), "Z") if case.reached > 0 else case.full("Z")


def _between(case: _Case) -> Score:
    """Range: inside the full weight; below it rule A on the lower end; above it full and flagged, or as a ceiling."""
    upper = case.target.upper
    if case.reached < case.wanted:
        return case.partly(case.ratio, "range")
    if upper is None or case.reached <= upper:
        return case.full("range")
    if case.settings.range_above.value is RangeAbove.FULL:
        return case.full("range", "above_range")
    share = _over_share(upper, case.reached, case.settings.ceiling_formula.value)
    return replace(case.partly(share, "range"), flags=("above_range",))


def _in_bands(case: _Case) -> Score:
    """Rule S: a satisfaction rate by its band; whether the target was missed is another thing."""
    steps = case.settings.satisfaction_bands.value or ()
    share = next((Fraction(step.share) for step in steps if case.reached >= step.lower), Fraction(0))
    return Score(rounded(Fraction(case.weight) * share), not case.meets, rule="S")


Rule = Callable[[_Case], Score]
BY_KIND: dict[Kind, Rule] = {Kind.RANGE: _between, Kind.ZERO: _none}
BY_SIGN: dict[str | None, Rule] = {
    "≥": _at_least,
    ">": _at_least,
    "≤": _at_most,
    "<": _at_most,
    "=": _exactly,
}


def by_number(
    target: TargetValue, actual: object, weight: Decimal, settings: ScoringSettings, satisfaction: bool
) -> Score:
    if not isinstance(actual, Decimal):
        raise TypeError("the actual of a number target is a Decimal")
    if target.number is None:
        return Score(None, flags=("target_not_scorable",))
    reached, flags = not_negative(actual)
    doubtful = ("target_doubtful",) if DAMAGED & set(target.doubts) else ()
    rule = BY_KIND.get(target.kind) or BY_SIGN[target.operator]
    if satisfaction and settings.satisfaction_bands.value and target.kind is Kind.PERCENT and rule is not _at_most:
        rule = _in_bands
    result = rule(_Case(target, target.number, reached, weight, settings))
    return replace(result, flags=(*flags, *doubtful, *result.flags))


def not_negative(actual: Decimal) -> tuple[Decimal, tuple[str, ...]]:
    return (ZERO, ("negative_read_as_zero",)) if actual < 0 else (actual, ())


def rounded(points: Fraction) -> Decimal:
    """To the cent, half up; exact until here."""
    return Decimal(floor(points * 100 + Fraction(1, 2))) / 100
