"""The values that scoring settings take, and a setting with its source."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")


class CeilingFormula(StrEnum):
    """How a ceiling (≤) that was exceeded is scored."""

    B1 = "b1"  # w · (1 - (a - t) / t), nothing from 2t on
    B2 = "b2"  # w · t / a


class RangeAbove(StrEnum):
    """How what lies above a range is scored."""

    FULL = "full"
    CEILING = "ceiling"  # its upper end is taken for a ceiling


class Compound(StrEnum):
    """How several measures in one cell are scored."""

    WORST = "worst"
    MEAN = "mean"


class Grade(StrEnum):
    """三档: the grades of a target in words."""

    ACHIEVED = "achieved"
    PARTLY = "partly"
    NOT_ACHIEVED = "not_achieved"


class Step(StrEnum):
    """签审环节: a signature under the form."""

    FILLED = "filled"
    CHECKED = "checked"
    APPROVED = "approved"


@dataclass(frozen=True)
class LevelWeights:
    """Weights of the level-1 indicators and of the execution, out of 100; cost is a level of its own or 0."""

    execution: Decimal
    cost: Decimal
    output: Decimal
    benefit: Decimal
    satisfaction: Decimal


@dataclass(frozen=True)
class Band:
    """A grade and its share of the whole from `lower` (included) up to `upper` (included only at the top)."""

    name: str
    lower: Decimal
    upper: Decimal

    def holds(self, share: Decimal) -> bool:
        return self.lower <= share < self.upper or share == self.upper == 1


@dataclass(frozen=True)
class Reduction:
    """适度调减: `rate` of the weight for each whole by which the ratio passes the limit, at most `most` of it."""

    rate: Decimal
    most: Decimal


@dataclass(frozen=True)
class Step100:
    """From `lower` percent (included) on, this share of the weight."""

    lower: Decimal
    share: Decimal


@dataclass(frozen=True)
class GradeLimit:
    """Below this execution, in percent, the grade is at most `grade`."""

    below: Decimal
    grade: str


@dataclass(frozen=True)
class Setting(Generic[T]):
    """A value with its source; in force from `valid_from` until a later one of the same name.

    `text`: the value as it was typed, as JSON; null when switched off.
    """

    name: str
    value: T
    document: str
    clause: str
    confirmed: bool
    valid_from: date
    source: str = ""
    text: str = "null"


@dataclass(frozen=True)
class ScoringSettings:
    """The settings in force on one day. None: switched off."""

    weights: Setting[LevelWeights]
    weights_with_cost: Setting[LevelWeights]
    ceiling_formula: Setting[CeilingFormula]
    over_fulfilment: Setting[Decimal]
    over_reduction: Setting[Reduction | None]
    qualitative_bands: Setting[tuple[Band, ...]]
    late_proposal: Setting[Decimal]
    satisfaction_bands: Setting[tuple[Step100, ...] | None]
    range_above: Setting[RangeAbove]
    compound: Setting[Compound]
    execution_cap: Setting[Decimal | None]
    execution_limits: Setting[tuple[GradeLimit, ...] | None]
    grade_bands: Setting[tuple[Band, ...]]
    signing_order: Setting[tuple[Step, ...]]


def bands(names: Sequence[str], lowers: Sequence[Decimal]) -> tuple[Band, ...]:
    """Bands from the top down, each ending where the one above begins, the last one at nought; shares of one."""
    edges = [Decimal(1), *lowers, Decimal(0)]
    return tuple(Band(name, lower, upper) for name, upper, lower in zip(names, edges, edges[1:], strict=False))
