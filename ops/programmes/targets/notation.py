"""The notations of target values (指标值): one text of a cell → operator, number, unit and kind.

Source of the notations: performance notes §5. What is damaged is flagged and never repaired; what is not
understood is of kind "unknown", never a guess.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from . import deadlines
from .numerals import has_odd_digits, is_torn, plain, with_digits
from .quantities import Cell, read_quantity
from .units import NO_UNIT, UNITS, known_unit
from .values import Kind, TargetValue

LONGEST = 300  # characters; a longer cell is a paragraph, not a value
NO_VALUE = re.compile(
    r"[-*/\\.。…]*|无|暂无|空|略|待定|未定|不定|不详|未知|未明确|待明确|待确定|暂定|同[上左前右]|N/A|n/a|另行.{1,6}|[详按]?[见按].{0,4}(?:方案|通知|文件|计划)"
)
BY_WORDS = {
    "大于等于": "≥", "大于或等于": "≥", "小于等于": "≤", "小于或等于": "≤", "大于": ">", "小于": "<", "等于": "=",
    "不低于": "≥", "不少于": "≥", "不高于": "≤", "不超过": "≤",
}  # fmt: skip
NATURES = {"正向": "≥", "正向指标": "≥", "反向": "≤", "逆向": "≤", "反向指标": "≤", "逆向指标": "≤"}
SIGNS = frozenset("≥≤><=")
NO_SIGN = (Kind.QUALITATIVE, Kind.UNKNOWN, Kind.RANGE, Kind.COMPOUND, Kind.RELATIVE, Kind.APPROXIMATE)
IN_WORDS, IN_NUMBERS = ("定性", "定性指标", "其他", "文字描述"), ("定量", "定量指标")
ONLY_WORDS = re.compile(r"[一-鿿〇A-Z,.。;、:!()“”\"‘’《》/·-]+")
IN_WORDS_ONLY = sorted((unit for unit in UNITS if re.fullmatch(r"[一-鿿]+", unit)), key=len, reverse=True)
HIDDEN_NUMBER = re.compile(
    r"(?:[二三四五六七八九两俩仨十百千万半几]|一(?!次性|流|定|致|体|般|步|一|站式|线|级|点|面|对一))"
    rf"(?:个|人|公里|倍|成|遍|轮|级|{'|'.join(IN_WORDS_ONLY)})"
    r"|[十百千万亿][余多]|[十百千万几数]几|几[十百千万]|数[十百千万]|成[百千]|若干|多[个次项件名处批场]|[俩仨廿卅]|半数|过半|一半|翻.?番|全覆盖|分之"
    r"|杜绝|附件|详见|另附|[见按]附"
)
WITHIN_BUDGET = re.compile(r"(?:不超|不超过|不超出|控制在|不突破)(?:项目|年度)?预算(?:数|以内|之内|范围内|内)?")
NO_EVENT = re.compile(
    r"[一-鿿]*?(?:不发生|未发生|(?:零|无|杜绝)"
    r"(?=[一-鿿]*(?:事故|事件|投诉|差错|失误|案件|违纪|违规|故障|伤亡|发生)))[一-鿿、,]*"
)
COMPARED_WITH = re.compile(r"不低于|不少于|不高于|不超过|高于|低于|大于|小于|超过|至少|以上|以下|以内")
NOT_A_VALUE = re.compile(r"以上|以下|以内|之内|左右|" + "|".join(sorted(u for u in UNITS if re.search(r"[一-鿿]", u))))
SCALE = re.compile(r"[高中低优良差好]{2,5}|[高中低优良差好](?:/[高中低优良差好])+")


@lru_cache(4096)  # every form and every start page read the same few cells again
def parse_value(
    text: str,
    *,
    year: int,
    budget: Decimal | None = None,
    name: str = "",
    unit: str | None = None,
    sign: str | None = None,
) -> TargetValue:
    """Read one target cell of a table of `year`; never raises.

    `budget` (in 万元) is what 不超预算 refers to; `name` is the indicator's name, for a bare 100 under a 率;
    `unit` and `sign` are cells of their own, where a sheet has them: the value's own unit wins over the cell.
    """
    if is_torn(text) or has_odd_digits(text):
        return TargetValue(text, Kind.UNKNOWN, doubts=("digits_torn" if is_torn(text) else "digits_odd",))
    of_cell, of_sign = plain(unit or ""), plain(sign or "")
    written = re.sub(r"[。;,、]+$", "", plain(text))
    cell = Cell(text, written, year, budget, name, None if of_cell in NO_UNIT else of_cell.replace("百分比", "%"))
    return _signed(cell, of_sign) if of_sign and not NO_VALUE.fullmatch(of_sign) else _read(cell)


def _read(cell: Cell) -> TargetValue:
    for reader in READERS:
        value = reader(cell)
        if value:
            return value
    return cell.unknown("not_understood")


def _signed(cell: Cell, said: str) -> TargetValue:
    """With the sign, or the nature of the indicator, in a cell of its own."""
    value = _read(cell)
    if said in IN_WORDS or said in IN_NUMBERS:
        in_words = value.kind in (Kind.QUALITATIVE, Kind.UNKNOWN, Kind.DEADLINE)
        return value if (said in IN_WORDS) == in_words else _doubted(value, "nature_differs")
    if said in NATURES:
        same = value.operator_explicit and value.operator == NATURES[said]
        return value if same else _doubted(value, "nature_only")
    sign = BY_WORDS.get(said, said)
    return _with_sign(cell, value, sign) if sign in SIGNS else _doubted(value, "sign_cell_odd")


def _with_sign(cell: Cell, value: TargetValue, sign: str) -> TargetValue:
    if value.kind is Kind.DEADLINE:
        return value if sign in ("≤", "=") else _doubted(value, "sign_does_not_fit")
    if value.kind in NO_SIGN:
        return value if value.kind is Kind.UNKNOWN else _doubted(value, "sign_does_not_fit")
    if value.operator_explicit:
        return value if value.operator == sign else cell.unknown("operator_conflict")
    return _read(replace(cell, plain=sign + cell.plain))


def _doubted(value: TargetValue, doubt: str) -> TargetValue:
    return replace(value, doubts=(*value.doubts, doubt))


def _too_long(cell: Cell) -> TargetValue | None:
    return cell.unknown("not_understood") if len(cell.plain) > LONGEST else None


def _no_value(cell: Cell) -> TargetValue | None:
    return cell.unknown("no_value") if NO_VALUE.fullmatch(cell.plain) else None


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
    only_words = ONLY_WORDS.fullmatch(cell.plain) and re.search(r"[一-鿿]", cell.plain)
    if not only_words or COMPARED_WITH.search(cell.plain) or NOT_A_VALUE.fullmatch(cell.plain):
        return None
    scale = cell.unit if cell.unit and SCALE.fullmatch(cell.unit) else None
    checks = {
        "number_in_words": HIDDEN_NUMBER.search(cell.plain) is not None,
        "letters_in_words": re.search(r"[A-Z](?!级)", cell.plain) is not None,
        "unit_of_words": cell.unit is not None and scale is None and known_unit(cell.unit),
    }
    doubts = tuple(code for code, holds in checks.items() if holds)
    return TargetValue(cell.text, Kind.QUALITATIVE, unit=scale, doubts=(*doubts, *_level(cell.plain)))


def _level(words: str) -> tuple[str, ...]:
    """A word of the form in the value's cell: the cells of the row may have been shifted."""
    return ("cells_shifted",) if re.fullmatch(r".{2,8}指标|年初计划|历史标准|计划标准|行业标准", words) else ()


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
