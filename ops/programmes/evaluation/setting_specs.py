"""Each scoring setting: what it asks for, what is refused, and how it reads."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from ...core.errors import Rejected
from .scoring_values import (
    CeilingFormula,
    Compound,
    Grade,
    GradeLimit,
    LevelWeights,
    RangeAbove,
    Reduction,
    Step,
    Step100,
    bands,
)

Given = Mapping[str, str]  # what was typed, by the key of what is asked
HUNDRED = Decimal(100)
GRADES = ("excellent", "good", "fair", "poor")


@dataclass(frozen=True)
class Asked:
    """One number, or one choice, that makes up a setting."""

    key: str
    label: object
    unit: object = "%"
    choices: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True)
class Spec:
    """A setting: `make` turns what was typed into the value, or says what is wrong with it."""

    name: str
    label: object
    asked: tuple[Asked, ...]
    make: Callable[[Given], Any]
    optional: bool = False

    def value(self, given: Given | None) -> Any:
        """Raises Rejected for what is missing or does not go together."""
        if given is None:
            return None
        for each in self.asked:
            said = given.get(each.key, "")
            if each.choices and said not in dict(each.choices):
                raise Rejected(_l("Choose one."), each.key)
            if not each.choices and not said:
                raise Rejected(_l("Enter a number."), each.key)
        return self.make(given)

    def words(self, given: Given | None) -> str:
        """How the value reads on a page."""
        if given is None:
            return str(gettext("Off"))
        return str(gettext(", ")).join(filter(None, (self._said(each, given.get(each.key, "")) for each in self.asked)))

    def _said(self, asked: Asked, text: str) -> str:
        if asked.choices:
            chosen = str(dict(asked.choices).get(text, ""))
            return chosen if len(self.asked) == 1 or not chosen else f"{asked.label}{gettext(': ')}{chosen}"
        return f"{asked.label} {text}{asked.unit}".strip()


def _weights(given: Given) -> LevelWeights:
    shares = {key: Decimal(given.get(key, "0")) for key in ("execution", "cost", "output", "benefit", "satisfaction")}
    total = sum(shares.values())
    if total != HUNDRED:
        raise Rejected(_l("The weights add up to %(sum)s instead of 100.", sum=f"{total:f}"), "execution")
    return LevelWeights(**shares)


def _falling(given: Given, *keys: str) -> list[Decimal]:
    """Shares that fall from band to band, between nought and a hundred percent."""
    numbers = [Decimal(given[key]) for key in keys]
    for key, above, below in zip(keys[1:], numbers, numbers[1:], strict=False):
        if below >= above:
            raise Rejected(_l("Each band begins below the one above it."), key)
    if numbers[0] >= HUNDRED or numbers[-1] <= 0:
        raise Rejected(_l("A band begins between 0 and 100 percent."), keys[0])
    return [number / HUNDRED for number in numbers]


def _share(given: Given) -> Decimal:
    return Decimal(given["percent"]) / HUNDRED


def _over(given: Given) -> Decimal:
    if _share(given) <= 1:
        raise Rejected(_l("The limit lies above 100 percent of the target."), "percent")
    return _share(given)


def _satisfaction(given: Given) -> tuple[Step100, ...]:
    lowers = _falling(given, "first", "second", "third")
    shares = [Decimal(given[f"{key}_share"]) / HUNDRED for key in ("first", "second", "third")]
    if sorted(shares, reverse=True) != shares or shares[0] > 1:
        raise Rejected(_l("A lower band gives no more than the one above it."), "second_share")
    return tuple(Step100(lower * HUNDRED, share) for lower, share in zip(lowers, shares, strict=True))


def _limits(given: Given) -> tuple[GradeLimit, ...]:
    found = [(Decimal(given[grade]), grade) for grade in GRADES[1:]]
    if sorted((below for below, _grade in found), reverse=True) != [below for below, _grade in found]:
        raise Rejected(_l("A worse grade has a lower limit."), "fair")
    return tuple(GradeLimit(below, grade) for below, grade in found)


def _order(given: Given) -> tuple[Step, ...]:
    steps = [given.get(key) or "" for key in ("first", "second", "third")]
    named = [step for step in steps if step]
    if len(set(named)) != len(named):
        raise Rejected(_l("A step stands in the order once."), "second")
    if not steps[0] or (steps[2] and not steps[1]):
        raise Rejected(_l("Leave no gap in the order."), "second")
    return tuple(map(Step, named))


STEPS = (
    ("", _l("(nobody)")),
    (str(Step.FILLED), _l("Filled in (performance officer)")),
    (str(Step.CHECKED), _l("Money checked (finance)")),
    (str(Step.APPROVED), _l("Approved (leader)")),
)
EXECUTION, COST = Asked("execution", _l("Execution of the budget"), ""), Asked("cost", _l("Cost as a level 1"), "")
LEVELS = (
    Asked("output", _l("Output"), ""),
    Asked("benefit", _l("Benefit"), ""),
    Asked("satisfaction", _l("Satisfaction"), ""),
)
SPECS = {
    spec.name: spec
    for spec in (
        Spec("weights", _l("Weights of level 1"), (EXECUTION, *LEVELS), _weights),
        Spec("weights_with_cost", _l("Weights where cost is a level 1"), (EXECUTION, COST, *LEVELS), _weights),
        Spec(
            "ceiling_formula",
            _l("A ceiling that was exceeded"),
            (
                Asked(
                    "choice",
                    _l("Formula"),
                    choices=(
                        (str(CeilingFormula.B1), _l("B1: weight × (1 − excess ÷ target)")),
                        (str(CeilingFormula.B2), _l("B2: weight × target ÷ actual")),
                    ),
                ),
            ),
            lambda given: CeilingFormula(given["choice"]),
        ),
        Spec("over_fulfilment", _l("Far above the target"), (Asked("percent", _l("Reason asked from")),), _over),
        Spec(
            "over_reduction",
            _l("Reduction for a target set too low"),
            (
                Asked("rate", _l("Taken off per hundred percent beyond the limit")),
                Asked("most", _l("At most")),
            ),
            lambda given: Reduction(Decimal(given["rate"]) / HUNDRED, Decimal(given["most"]) / HUNDRED),
            optional=True,
        ),
        Spec(
            "qualitative_bands",
            _l("Grades of a target in words"),
            (Asked("achieved", _l("Achieved from")), Asked("partly", _l("Partly achieved from"))),
            lambda given: bands(list(Grade), _falling(given, "achieved", "partly")),
        ),
        Spec("late_proposal", _l("A deadline that was missed"), (Asked("percent", _l("Proposed share")),), _share),
        Spec(
            "satisfaction_bands",
            _l("Satisfaction in bands"),
            (
                Asked("first", _l("First band from")),
                Asked("first_share", _l("Gives of the weight")),
                Asked("second", _l("Second band from")),
                Asked("second_share", _l("Gives of the weight")),
                Asked("third", _l("Third band from")),
                Asked("third_share", _l("Gives of the weight")),
            ),
            _satisfaction,
            optional=True,
        ),
        Spec(
            "range_above",
            _l("Above a range"),
            (
                Asked(
                    "choice",
                    _l("Scored"),
                    choices=(
                        (str(RangeAbove.FULL), _l("in full, with a flag")),
                        (str(RangeAbove.CEILING), _l("as a ceiling that was exceeded")),
                    ),
                ),
            ),
            lambda given: RangeAbove(given["choice"]),
        ),
        Spec(
            "compound",
            _l("Several measures in one cell"),
            (
                Asked(
                    "choice",
                    _l("Scored"),
                    choices=(
                        (str(Compound.WORST), _l("by the worse of them")),
                        (str(Compound.MEAN), _l("by their mean")),
                    ),
                ),
            ),
            lambda given: Compound(given["choice"]),
        ),
        Spec(
            "execution_cap",
            _l("Cap of the execution score"),
            (Asked("percent", _l("At most of the weight")),),
            _share,
            optional=True,
        ),
        Spec(
            "execution_limits",
            _l("Limits of the grade by execution"),
            (
                Asked("good", _l("At most good below")),
                Asked("fair", _l("At most fair below")),
                Asked("poor", _l("Poor below")),
            ),
            _limits,
            optional=True,
        ),
        Spec(
            "grade_bands",
            _l("Grades of the total"),
            (
                Asked("excellent", _l("Excellent from"), ""),
                Asked("good", _l("Good from"), ""),
                Asked("fair", _l("Fair from"), ""),
            ),
            lambda given: bands(GRADES, _falling(given, "excellent", "good", "fair")),
        ),
        Spec(
            "signing_order",
            _l("Order of signatures"),
            (
                Asked("first", _l("First"), choices=STEPS),
                Asked("second", _l("Second"), choices=STEPS),
                Asked("third", _l("Third"), choices=STEPS),
            ),
            _order,
        ),
    )
}
