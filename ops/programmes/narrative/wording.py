"""How a figure is said in a narrative. The words are chosen by the figure, never against it."""

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from flask_babel import lazy_gettext as _l

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


class Move(StrEnum):
    """How a figure stands against the year before, as the text says it."""

    UNKNOWN = "上年无可比数据"
    SAME = "与上年持平"
    FROM_NOUGHT = "上年为零"
    HIGHER = "同比提高%(by)s个百分点"
    LOWER = "同比降低%(by)s个百分点"
    UP = "同比增长%(by)s%%"
    DOWN = "同比下降%(by)s%%"


MOVE_LABELS = {
    Move.UNKNOWN: _l("nothing to compare with"),
    Move.SAME: _l("the same as the year before"),
    Move.FROM_NOUGHT: _l("nought the year before"),
    Move.HIGHER: _l("up by %(by)s percentage points"),
    Move.LOWER: _l("down by %(by)s percentage points"),
    Move.UP: _l("up by %(by)s%%"),
    Move.DOWN: _l("down by %(by)s%%"),
}


def change(now: Decimal, before: Decimal | None, in_points: bool) -> str:
    """Against the year before: 同比增长, 同比下降 or 持平; a share in points, everything else in percent."""
    move, by = _moved(now, before, in_points)
    return move.value % {"by": by}


def compared(now: Decimal, before: Decimal | None, in_points: bool) -> str:
    """The same for a page, in its reader's language."""
    move, by = _moved(now, before, in_points)
    return str(MOVE_LABELS[move]) % {"by": by}


def _moved(now: Decimal, before: Decimal | None, in_points: bool) -> tuple[Move, str]:
    """Which way, and by how much."""
    if before is None:
        return Move.UNKNOWN, ""
    if now == before:
        return Move.SAME, ""
    if in_points:
        return Move.HIGHER if now > before else Move.LOWER, _places(abs(now - before))
    if not before:
        return Move.FROM_NOUGHT, ""
    return Move.UP if now > before else Move.DOWN, _places(abs(now - before) / abs(before) * 100)


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
