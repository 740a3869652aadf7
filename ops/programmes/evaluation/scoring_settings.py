"""What the scoring rules leave open, as dated settings, each with the document and clause it comes from.

None of the ministry's articles could be opened when this was written: what is not confirmed says so, and the
finance office can put a later version beside it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class CeilingFormula(StrEnum):
    """How a ceiling (≤) that was exceeded is scored."""

    B1 = "b1"  # w · (1 - (a - t) / t), nothing from 2t on
    B2 = "b2"  # w · t / a


class Grade(StrEnum):
    """三档: the grades of a target in words."""

    ACHIEVED = "achieved"
    PARTLY = "partly"
    NOT_ACHIEVED = "not_achieved"


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
class Setting(Generic[T]):
    """A value with its source; in force from `valid_from` until a later one of the same name."""

    name: str
    value: T
    document: str
    clause: str
    confirmed: bool
    valid_from: date


@dataclass(frozen=True)
class ScoringSettings:
    """The settings in force on one day."""

    weights: Setting[LevelWeights]
    weights_with_cost: Setting[LevelWeights]
    ceiling_formula: Setting[CeilingFormula]
    over_fulfilment: Setting[Decimal]
    grade_bands: Setting[tuple[Band, ...]]
    qualitative_bands: Setting[tuple[Band, ...]]


def _proposed(name: str, value: T, document: str, clause: str) -> Setting[T]:
    return Setting(name, value, document, clause, confirmed=False, valid_from=date(2020, 1, 1))


def _weights(*shares: int) -> LevelWeights:
    return LevelWeights(*map(Decimal, shares))


def _bands(*names_from: tuple[str, str]) -> tuple[Band, ...]:
    """Bands from the top down, each ending where the one above begins."""
    tops = ["1", *(lower for _, lower in names_from[:-1])]
    pairs = zip(names_from, tops, strict=True)
    return tuple(Band(name, Decimal(lower), Decimal(top)) for (name, lower), top in pairs)


MEASURES, GUIDE = "财预〔2020〕10号", "财预〔2021〕101号"

# Proposals until the finance office confirms them.
PROPOSED = ScoringSettings(
    weights=_proposed("weights", _weights(10, 0, 50, 30, 10), MEASURES, "执行率10、产出50、效益30、满意度10"),
    weights_with_cost=_proposed(
        "weights_with_cost", _weights(10, 20, 40, 20, 10), GUIDE, "执行率10、成本20、产出40、效益20、满意度10"
    ),
    ceiling_formula=_proposed("ceiling_formula", CeilingFormula.B1, "未见规定，按通行系统做法", "反向指标"),
    over_fulfilment=_proposed("over_fulfilment", Decimal("1.3"), "地方系统做法", "完成值达到指标值130%须说明原因"),
    grade_bands=_proposed(
        "grade_bands",
        _bands(("excellent", "0.9"), ("good", "0.8"), ("fair", "0.6"), ("poor", "0")),
        MEASURES,
        "优90(含)以上、良80(含)-90、中60(含)-80、差60以下",
    ),
    qualitative_bands=_proposed(
        "qualitative_bands",
        _bands((Grade.ACHIEVED, "0.8"), (Grade.PARTLY, "0.6"), (Grade.NOT_ACHIEVED, "0")),
        MEASURES,
        "100%-80%(含)、80%-60%(含)、60%-0%",
    ),
)


# From which share of the plan's progress, in percent, the payments are on plan, or at least not far behind it.
ON_PLAN = _proposed("payments_on_plan", Decimal(80), "通行系统做法", "支付进度达到计划进度的80%为正常")
FAR_BEHIND = _proposed("payments_far_behind", Decimal(60), "通行系统做法", "支付进度不足计划进度的60%为严重滞后")


def settings_on(day: date, versions: Iterable[Setting[Any]]) -> ScoringSettings:
    """The proposed settings with, of each name, the latest version in force on the day."""
    in_force = sorted((s for s in versions if s.valid_from <= day), key=lambda s: s.valid_from)
    return replace(PROPOSED, **{setting.name: setting for setting in in_force})
