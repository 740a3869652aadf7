"""How a figure is said in a narrative. The words are chosen by the figure, never against it."""

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

DIGITS = "零一二三四五六七八九十"
NEAR = Decimal("0.03")


def plain(value: Decimal) -> str:
    """As it is: no trailing zeros."""
    return f"{value.normalize():f}" if value else "0"


def percent(value: Decimal) -> str:
    """Exactly one hundred is said in words; less keeps its two decimals, so that 99.996 is never called 100."""
    if value == 100:
        return "百分之百"
    cut = value.quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{min(cut, Decimal('99.99'))}%" if value < 100 else f"{cut}%"


def chinese(value: Decimal) -> str:
    """Small counts in Chinese numerals before a measure word: 2 is 两."""
    if value == 2:
        return "两"
    return DIGITS[int(value)] if value == int(value) and 0 <= value <= 10 else plain(value)


def about(step: int) -> Callable[[Decimal], str]:
    """Approximate words on a scale of `step`: 近 just below a round number, 余 above it, itself when it is round.

    Just below means within 3 % of it. Under one step the exact figure stands.
    """

    def say(value: Decimal) -> str:
        if value < step and not _nearly(value, step):
            return plain(value)
        below = value // step * step
        if value == below:
            return plain(value)
        if _nearly(value, int(below) + step):
            return f"近{int(below) + step}"
        return f"{int(below)}余"

    return say


def _nearly(value: Decimal, target: int) -> bool:
    return target - value <= target * NEAR and value < target


WORDINGS: dict[str, Callable[[Decimal], str]] = {
    "": plain,
    "percent": percent,
    "chinese": chinese,
    **{f"about{step}": about(step) for step in (10, 100, 1000)},
}
