"""Numbers with operator and unit: ≥450人, 不低于90%, ≤1.40万元, 90%~95%, 近700."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from .numerals import HAN_NUMBER, amount, han_number, with_digits
from .operators import PREFIXES, SUFFIXES
from .units import INSTANT, MONEY_UNITS, is_whole, known_unit
from .values import Kind, TargetValue


@dataclass(frozen=True)
class Cell:
    """One target cell with all that its reading may need; `plain` is its normalised text."""

    text: str
    plain: str
    year: int
    budget: Decimal | None
    name: str
    unit: str | None

    def unknown(self, doubt: str) -> TargetValue:
        return TargetValue(self.text, Kind.UNKNOWN, doubts=(doubt,))


STRICT = {"≥": ">", "≤": "<"}
LONGEST_NUMBER = 12  # digits; more are two numbers run together
NUMBER = rf"(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]+)(?:\.[0-9]+)?|{HAN_NUMBER}"
INCLUDING = r"(?:\((?P<without>不)?[含包][^()0-9]*(?:[0-9.]+[^()0-9]*)?\))?"
QUANTITY = re.compile(
    r"(?:应|需|须)?(?:控制在|保持在|稳定在|维持在|达到|达)?"
    rf"(?P<prefix>{'|'.join(sorted(PREFIXES, key=len, reverse=True))})?"
    rf"(?P<near>将近|大约|近|约)?(?P<low>{NUMBER})(?P<more>余|多)?"
    rf"(?:(?P<low_unit>%|百分比|[一-鿿]{{1,2}})?[-~至到](?P<high>{NUMBER}))?"
    rf"(?P<unit>(?:[^0-9≥≤<>=~()]|(?<=m)[23])*?)(?P<about>左右|上下)?{INCLUDING}及?(?P<suffix>以上|以内|之内|以下|内)?(?:之间|范围)?"
    rf"(?:\((?P<also>不)?[含包][^()]*\))?(?P<beside>\((?:[一-鿿、,/]+|%)\))?"
)
EACH = re.compile(
    r"每(?:个)?(?P<per>年|月|周|天|日|季度|学期|人|户|次)(?:各)?(?:组织|开展|召开|巡查|检查|举办|安排)?(?P<rest>[^每日号]*[0-9][^日号]*)"
)
LEADING = re.compile(
    r"(?P<words>(?:全年|本年|年度|每年)?(?:计划|预计|累计|总共|共计|合计|总计|共|新增|完成|开展|组织|实现|保障|覆盖|服务|全年)+)"
    r"(?P<rest>.*[0-9一二三四五六七八九十百千].*)"
)
NAMED = re.compile(
    r"(?P<words>[一-鿿()、]+?)(?:达到|达)?(?P<rest>(?:[≥≤<>=]|不低于|不少于|不高于|不超过|大于等于|小于等于).*|[0-9.]+%)"
)


def read_quantity(cell: Cell) -> TargetValue | None:
    """A number with its operator and unit; words before it (合格率≥95%, 每月1次) are kept as a doubt."""
    text = _bare(with_digits(cell.plain))
    return _quantity(text, cell) or _each(text, cell) or _bounded(text, cell) or _after_words(text, cell)


def _bare(text: str) -> str:
    """Without what adds nothing: 目标值:, a colon or comma in front, ¥ and 人民币 before an amount, 整 behind 元."""
    text = re.sub(r"^(?:(?:年度)?(?:目标|指标)值?(?:为|:)|[:,])", "", text)
    return re.sub(r"(?:人民币|¥)(?=[0-9.,]+(?:万|亿|千|百万)?元)", "", re.sub(r"元整$", "元", text))


BOUNDS = (
    re.compile(r"(?:介于|在)(?P<low>[^与和]+?)(?:与|和|至|到|-|~)(?P<high>[^与和]+?)之间"),
    re.compile(r"(?P<low>[0-9.]+[^≤<]*)≤[A-Za-z一-鿿]{1,8}≤(?P<high>[0-9.]+.*)"),
    re.compile(r"(?P<low>(?:≥|不少于|不低于)[^且,≤]+)(?:且|,|并|,且)(?P<high>(?:≤|不超过|不高于|不多于)[^,]+)"),
    re.compile(r"(?P<low>[0-9.]+[^以0-9]*以上),?(?P<high>[0-9.]+[^以0-9]*以下)"),
)


def _bounded(text: str, cell: Cell) -> TargetValue | None:
    """A lower and an upper bound in words or signs (≥20且≤30, 20≤x≤30): a range. Both have to be read, in one unit."""
    match = next((found for pattern in BOUNDS if (found := pattern.fullmatch(text))), None)
    if match is None:
        return None
    low, high = (_quantity(match[name], cell) for name in ("low", "high"))
    if not (low and high and low.number is not None and high.number is not None and low.upper is None):
        return None
    if Kind.APPROXIMATE in (low.kind, high.kind) or (low.unit and high.unit != low.unit) or high.upper is not None:
        return None
    kept = tuple(
        d for d in dict.fromkeys((*low.doubts, *high.doubts)) if d not in OF_ONE and (low.unit or d != MISSING)
    )
    return _range(replace(low, unit=high.unit, doubts=kept), high.number, high.number_text or "", cell)


OF_ONE, MISSING = ("operator_missing", "sign_may_be_damaged"), "unit_missing"


def _says_another(match: re.Match[str]) -> bool:
    """Whether a number inside the brackets (含80%) differs from the one before them."""
    inside = re.findall(r"\([含包不][^()]*?([0-9.]+)[^()]*\)", match.string)
    return any(number != match["low"] for number in inside)


def _each(text: str, cell: Cell) -> TargetValue | None:
    """每月1次: a number for each of something."""
    match = EACH.fullmatch(text)
    value = _quantity(match["rest"], replace(cell, unit=None)) if match else None
    if match is None or value is None or not value.unit:
        return None
    conflict = ("unit_conflict",) if cell.unit and cell.unit != value.unit else ()
    return replace(value, unit=f"{value.unit}/{match['per']}", doubts=(*value.doubts, "words_beside", *conflict))


def _after_words(text: str, cell: Cell) -> TargetValue | None:
    for match in filter(None, (pattern.fullmatch(text) for pattern in (NAMED, LEADING))):
        if value := _quantity(match["rest"], cell):
            return replace(value, doubts=(*value.doubts, "words_beside"))
    return None


def _quantity(text: str, cell: Cell) -> TargetValue | None:
    match = QUANTITY.fullmatch(text)
    if not match:
        return None
    low, high = _number(match["low"]), _number(match["high"])
    beside = (match["beside"] or "").strip("()")
    in_brackets = "" if match["unit"] or not known_unit(beside) else beside
    written = match["unit"] or match["low_unit"] or in_brackets
    unit, doubts = _unit(written, cell, familiar=match["low"][0].isascii())
    if low is None or "not_understood" in doubts or (match["high"] and high is None):
        return None
    doubts += tuple(each for each in _of_digits(match) if each != "words_beside" or not in_brackets)
    if match["high"] and match["low_unit"] and match["unit"] and match["low_unit"] != match["unit"]:
        doubts += ("unit_conflict",)
    value = TargetValue(
        cell.text, Kind.COUNT, number=low, number_text=_written(match["low"], low), unit=unit, doubts=doubts
    )
    if match["near"] or match["more"] or match["about"]:
        return replace(
            value, kind=Kind.APPROXIMATE, operator="~", operator_explicit=True, doubts=(*doubts, "approximate")
        )
    if high is not None:
        of_sign = ("sign_does_not_fit",) if match["prefix"] or match["suffix"] else ()
        return _range(replace(value, doubts=(*doubts, *of_sign)), high, _written(match["high"], high), cell)
    return _with_operator(value, match, cell)


def _of_digits(match: re.Match[str]) -> tuple[str, ...]:
    """What is odd about the digits and the words around them."""
    numbers = [match["low"], match["high"] or ""]
    checks = {
        "leading_zero": any(re.match(r"0[0-9]", number) for number in numbers),
        "thousands_or_decimals": any(re.fullmatch(r"[1-9][0-9]{0,2}\.[0-9]{3}", number) for number in numbers),
        "number_too_long": any(len(re.sub(r"[^0-9]", "", number)) > LONGEST_NUMBER for number in numbers),
        "words_beside": bool(match["beside"]) or _says_another(match),
        "strict_sign": bool(match["without"] or match["also"]),
    }
    return tuple(code for code, holds in checks.items() if holds)


def _range(value: TargetValue, high: Decimal, written: str, cell: Cell) -> TargetValue:
    if value.number is None or high < value.number:
        return cell.unknown("range_reversed")
    unit = value.unit or ""
    doubts = ["deadline_ambiguous"] if unit in INSTANT else []
    doubts += _odd_number(value, unit, (value.number, high))
    doubts += ["percent_over_100"] if unit == "%" and high > 100 else []
    doubts += ["percent_may_be_share"] if unit == "%" and high <= 1 else []
    said = replace(value, operator="between", operator_explicit=True, upper=high, upper_text=written)
    return replace(said, kind=Kind.RANGE, doubts=(*value.doubts, *doubts))


def _odd_number(value: TargetValue, unit: str, numbers: tuple[Decimal, ...]) -> list[str]:
    whole = is_whole(unit) and any(number != int(number) for number in numbers)
    return ["fraction_of_whole"] if whole or (is_whole(unit) and "." in (value.number_text or "")) else []


def _with_operator(value: TargetValue, match: re.Match[str], cell: Cell) -> TargetValue:
    said = {PREFIXES[match["prefix"]]} if match["prefix"] else set()
    said |= {SUFFIXES[match["suffix"]]} if match["suffix"] else set()
    if match["without"] or match["also"]:
        said = {STRICT.get(each, each) for each in said}
    if len(said) > 1:
        return cell.unknown("operator_conflict")
    operator = said.pop() if said else "="
    explicit = bool(match["prefix"] or match["suffix"])
    value = _scaled(replace(value, operator=operator, operator_explicit=explicit))
    kind = _kind(value, cell)
    unit = "%" if kind is Kind.PERCENT and value.unit is None else value.unit
    return replace(value, kind=kind, unit=unit, doubts=(*value.doubts, *_doubts(value, kind, match["low"])))


def _number(written: str | None) -> Decimal | None:
    if not written:
        return None
    from_han = han_number(written)
    return Decimal(from_han) if from_han is not None else amount(written)


def _written(written: str, number: Decimal) -> str:
    return written.replace(",", "") if written[0].isascii() else str(number)


def _unit(written: str, cell: Cell, *, familiar: bool) -> tuple[str | None, tuple[str, ...]]:
    """The unit and its doubts. Chinese numerals need a known unit, else 一流 would be one of something."""
    unit = "%" if written == "百分比" else written
    if not unit:
        return _unit_of_cell(cell)
    conflict = ("unit_conflict",) if cell.unit and cell.unit != unit else ()
    if all(known_unit(part) for part in re.split(r"[/·]", unit)):
        missing = ("currency_missing",) if re.match(r"人[/·](?!次)", unit) else ()
        return unit, (*conflict, *missing)
    if familiar and re.fullmatch(r"[一-鿿]{1,3}", unit):
        return unit, (*conflict, "unit_unfamiliar")
    return None, ("not_understood",)


def _unit_of_cell(cell: Cell) -> tuple[str | None, tuple[str, ...]]:
    """The unit in its own cell. One that holds a number or a sign is no unit: cells may have been shifted."""
    if not cell.unit:
        return None, ("unit_missing",)
    if re.search(r"[0-9≥≤<>=]", re.sub(r"(?:m|km|hm)[23]", "", cell.unit)):
        return None, ("unit_cell_odd",)
    known = all(known_unit(part) for part in re.split(r"[/·]", cell.unit))
    missing = ("currency_missing",) if known and re.match(r"人[/·](?!次)", cell.unit) else ()
    return cell.unit, missing if known else ("unit_unfamiliar",)


def _scaled(value: TargetValue) -> TargetValue:
    """2.6万平方米 → 26000 平方米. Money keeps its 万元, the unit of the budget."""
    unit = value.unit or ""
    if value.number is None or not unit.startswith("万") or "元" in unit:
        return value
    number = value.number * 10_000
    return replace(value, number=number, number_text=f"{number.normalize():f}", unit=unit[1:] or None)


def _kind(value: TargetValue, cell: Cell) -> Kind:
    unit = value.unit or ""
    if value.number == 0 and value.operator in ("=", "≤"):
        return Kind.ZERO
    if unit in ("%", "‰") or (not unit and cell.name.endswith("率")):
        return Kind.PERCENT
    if unit in MONEY_UNITS:
        return Kind.MONEY
    return Kind.MONEY_RATE if "元/" in unit or "currency_missing" in value.doubts else Kind.COUNT


def _doubts(value: TargetValue, kind: Kind, written: str) -> tuple[str, ...]:
    if value.number is None:
        return ()
    if kind is Kind.ZERO:
        return ()
    unit, lower = value.unit or "", value.operator in ("≥", ">", "=")
    checks = {
        "operator_missing": not value.operator_explicit,
        "strict_sign": value.operator in (">", "<"),
        "percent_over_100": kind is Kind.PERCENT and value.number > (1000 if unit == "‰" else 100),
        # 0.95 of a rate in a sheet whose cell is drawn as 95%
        "percent_may_be_share": kind is Kind.PERCENT and unit != "‰" and lower and value.number <= 1,
        "fraction_of_whole": bool(_odd_number(value, unit, (value.number,))),
        "bound_at_zero": value.number == 0,
        "deadline_ambiguous": unit in ("年", "年度") and value.number >= 1900,
        # A ≥ lost to a wrong font often comes out as a 2 before the number.
        "sign_may_be_damaged": not value.operator_explicit and bool(re.fullmatch(r"2[1-9][0-9]+", written)),
    }
    return tuple(code for code, holds in checks.items() if holds)
