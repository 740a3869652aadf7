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


def change(now: Decimal, before: Decimal | None, in_points: bool) -> str:
    """Against the year before: 同比增长, 同比下降 or 持平; a share in points, everything else in percent."""
    if before is None:
        return "上年无可比数据"
    if now == before:
        return "与上年持平"
    if in_points:
        points = _places(abs(now - before))
        return f"同比{'提高' if now > before else '降低'}{points}个百分点"
    if not before:
        return "上年为零"
    return f"同比{'增长' if now > before else '下降'}{_places(abs(now - before) / abs(before) * 100)}%"


def _places(value: Decimal) -> str:
    """To two places; what is not nought is never said to be."""
    cut = value.quantize(Decimal("0.01"), ROUND_HALF_UP)
    return plain(max(cut, Decimal("0.01")))


CHANGE = "change"
WORDINGS: dict[str, Callable[[Decimal], str]] = {
    "": plain,
    "percent": percent,
    "chinese": chinese,
    **{f"about{step}": about(step) for step in (10, 100, 1000)},
}
