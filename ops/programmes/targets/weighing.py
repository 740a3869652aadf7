"""The weights (分值) of a table's rows: as printed on the rows, else shared out within the level, else by default."""

from collections.abc import Sequence
from decimal import Decimal

from ..evaluation.scoring_settings import PROPOSED
from ..evaluation.weights import default_weights, evenly
from .numerals import amount
from .tables import IndicatorRow

OF_INDICATORS = Decimal(90)  # beside the execution's own ten


def weights_of(rows: Sequence[IndicatorRow]) -> tuple[Decimal, ...]:
    """A weight for each row; a level that no rule knows shares evenly with all."""
    printed = [amount(row.weight_text.rstrip("分%")) for row in rows]
    if all(number is not None for number in printed):
        return tuple(number for number in printed if number is not None)
    of_levels = {row.level1: amount(row.level_weight) for row in rows}
    if all(number is not None for number in of_levels.values()):
        return _shared(rows, {level: number or Decimal(0) for level, number in of_levels.items()})
    try:
        return default_weights([row.level1 for row in rows], PROPOSED)
    except ValueError:
        return tuple(evenly(OF_INDICATORS, len(rows)))


def _shared(rows: Sequence[IndicatorRow], of_levels: dict[str, Decimal]) -> tuple[Decimal, ...]:
    levels = [row.level1 for row in rows]
    split = {level: iter(evenly(share, levels.count(level))) for level, share in of_levels.items()}
    return tuple(next(split[level]) for level in levels)
