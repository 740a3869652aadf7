"""The notations of target values (指标值): one text of a cell → operator, number, unit and kind.

Source of the notations: performance notes §5. What is damaged is flagged and never repaired; what is not
understood is of kind "unknown", never a guess.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from . import deadlines
from .numerals import plain, with_digits
from .quantities import Cell, read_quantity
from .values import Kind, TargetValue

LONGEST = 300  # characters; a longer cell is a paragraph, not a value
NO_VALUE = ("", "-", "--", "*", "/", "无")
WITHIN_BUDGET = re.compile(r"(?:不超|不超过|不超出|控制在|不突破)(?:项目|年度)?预算(?:数|以内|之内|范围内|内)?")
NO_EVENT = re.compile(
    r"[一-鿿]*?(?:不发生|未发生|(?:零|无|杜绝)"
    r"(?=[一-鿿]*(?:事故|事件|投诉|差错|失误|案件|违纪|违规|故障|伤亡|发生)))[一-鿿、,]*"
)
COMPARED_WITH = re.compile(r"不低于|不少于|不高于|不超过|高于|低于|大于|小于|超过|至少")
SCALE = re.compile(r"[高中低优良差好]{2,5}|[高中低优良差好](?:/[高中低优良差好])+")


def parse_value(
    text: str, *, year: int, budget: Decimal | None = None, name: str = "", unit: str | None = None
) -> TargetValue:
    """Read one target cell of a table of `year`; never raises.

    `budget` (in 万元) is what 不超预算 refers to; `name` is the indicator's name, for a bare 100 under a 率;
    `unit` is a separate unit cell, where a sheet has one: the value's own unit wins over it.
    """
    cell = Cell(text, plain(text), year, budget, name, plain(unit) if unit else None)
    for reader in READERS:
        value = reader(cell)
        if value:
            return value
    return cell.unknown("not_understood")


def _too_long(cell: Cell) -> TargetValue | None:
    return cell.unknown("not_understood") if len(cell.plain) > LONGEST else None


def _no_value(cell: Cell) -> TargetValue | None:
    return cell.unknown("no_value") if cell.plain in NO_VALUE else None


def _deadline(cell: Cell) -> TargetValue | None:
    found = deadlines.read(with_digits(cell.plain), cell.year)
    if not found:
        return None
    if found.day is None:
        return cell.unknown(found.doubts[0])
    return TargetValue(
        cell.text, Kind.DEADLINE, "≤", found.explicit, date=found.day, form=found.form, doubts=found.doubts
    )


def _relative(cell: Cell) -> TargetValue | None:
    if not WITHIN_BUDGET.fullmatch(cell.plain):
        return None
    value = TargetValue(cell.text, Kind.RELATIVE, "≤", True, unit="万元")
    if cell.budget is None:
        return replace(value, doubts=("budget_unknown",))
    return replace(value, number=cell.budget, number_text=str(cell.budget))


def _no_event(cell: Cell) -> TargetValue | None:
    if not NO_EVENT.fullmatch(cell.plain):
        return None
    return TargetValue(cell.text, Kind.ZERO, "=", number=Decimal(0), number_text="0", doubts=("zero_needs_counter",))


def _compound(cell: Cell) -> TargetValue | None:
    """建筑面积2.6万平方米,展示面积1万平方米: several named measures in one cell."""
    named = [re.fullmatch(r"([一-鿿]*)([≥≤<>=0-9].*)", part) for part in re.split(r"[,;、]", cell.plain)]
    if len(named) < 2:
        return None
    measures = [m for m in named if m and (m[1] or m[2][0] in "≥≤<>=")]
    parts = [read_quantity(replace(cell, text=m[0], plain=m[2])) for m in measures]
    read = tuple(part for part in parts if part and part.unit)
    if len(read) < len(named):
        return None
    doubts = tuple(dict.fromkeys(("compound", *(d for part in read for d in part.doubts))))
    return TargetValue(cell.text, Kind.COMPOUND, parts=read, doubts=doubts)


def _words(cell: Cell) -> TargetValue | None:
    only_words = not re.search(r"[0-9≥≤<>=%]", cell.plain) and re.search(r"[一-鿿]", cell.plain)
    if not only_words or COMPARED_WITH.match(cell.plain):
        return None
    scale = cell.unit if cell.unit and SCALE.fullmatch(cell.unit) else None
    return TargetValue(cell.text, Kind.QUALITATIVE, unit=scale)


READERS: tuple[Callable[[Cell], TargetValue | None], ...] = (
    _too_long,
    _no_value,
    _deadline,
    _relative,
    _no_event,
    read_quantity,
    _compound,
    _words,
)
