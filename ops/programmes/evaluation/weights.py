"""Weights (分值) for tables that print none: each level-1 share split evenly over its rows.

Executing the budget has its own weight beside them (ScoringSettings.weights.value.execution).
"""

import re
import unicodedata
from collections.abc import Sequence
from decimal import ROUND_DOWN, Decimal

from .scoring_values import LevelWeights, ScoringSettings, Setting

CENT = Decimal("0.01")
LEVELS = {"成本": "cost", "产出": "output", "效益": "benefit", "满意": "satisfaction"}
PRINTED = re.compile(r"\(\s*([0-9]+(?:\.[0-9]+)?)\s*分?\s*\)")
HEIRS = ("benefit", "output", "cost", "satisfaction")


def default_weights(level1: Sequence[str], settings: ScoringSettings) -> tuple[Decimal, ...]:
    """A weight for each row by its level-1 name; with the execution they sum to exactly 100.

    A level without rows leaves its share to benefit (so for satisfaction 财预〔2021〕101号), or where there is
    no benefit to output. Raises ValueError for a level-1 name that is none of the four.
    """
    levels = [_level(name) for name in level1]
    shares = _shares(levels, settings)
    split = {level: iter(evenly(shares[level], levels.count(level))) for level in set(levels)}
    return tuple(next(split[level]) for level in levels)


def weights_in_force(level1: Sequence[str], settings: ScoringSettings) -> Setting[LevelWeights]:
    """The setting behind the default weights: tables that have cost as a level of its own share otherwise."""
    return _in_force([_level(name) for name in level1], settings)


def execution_weight(level1: Sequence[str], settings: ScoringSettings) -> Decimal:
    """The weight of executing the budget beside these rows."""
    return _in_force([level_of(name) for name in level1], settings).value.execution


def _in_force(levels: Sequence[str], settings: ScoringSettings) -> Setting[LevelWeights]:
    return settings.weights_with_cost if "cost" in levels else settings.weights


def level_of(name: str) -> str:
    """cost, output, benefit or satisfaction; "" for a name that is none of them."""
    return LEVELS.get(name[:2], "")


def level_shares(level1: Sequence[str], settings: ScoringSettings) -> dict[str, Decimal]:
    """The weight of each level-1 type that the table has."""
    levels = [_level(name) for name in level1]
    return {level: share for level, share in _shares(levels, settings).items() if level in levels}


def printed_weight(name: str) -> Decimal | None:
    """The weight that stands in the name of a level, as 产出指标(50分) has it."""
    found = PRINTED.search(unicodedata.normalize("NFKC", name))
    return Decimal(found[1]) if found else None


def _level(name: str) -> str:
    if not level_of(name):
        raise ValueError(f"not a level-1 indicator: {name}")
    return level_of(name)


def _shares(levels: Sequence[str], settings: ScoringSettings) -> dict[str, Decimal]:
    weights = _in_force(levels, settings).value
    shares = {level: Decimal(getattr(weights, level)) for level in HEIRS}
    heir = next(level for level in HEIRS if level in levels)
    left = sum((share for level, share in shares.items() if level not in levels), Decimal(0))
    return shares | {heir: shares[heir] + left}


def evenly(share: Decimal, rows: int) -> list[Decimal]:
    """Equal to the cent; the cents left over go to the first rows."""
    each = (share / rows).quantize(CENT, ROUND_DOWN)
    left = int((share - each * rows) / CENT)
    return [each + CENT if i < left else each for i in range(rows)]
