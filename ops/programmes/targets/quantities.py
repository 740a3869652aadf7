"""Numbers with operator and unit: ≥450人, 不低于90%, ≤1.40万元, 90%~95%, 近700."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from .numerals import HAN_NUMBER, amount, han_number, with_digits
from .units import MONEY_UNITS, known_unit
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


PREFIXES = {
    "≥": "≥",
    "不低于": "≥",
    "不少于": "≥",
    "不小于": "≥",
    "不得低于": "≥",
    "不得少于": "≥",
    "至少": "≥",
    "≤": "≤",
    "不高于": "≤",
    "不超过": "≤",
    "不大于": "≤",
    "不多于": "≤",
    "不得超过": "≤",
    "不超": "≤",
    "最多": "≤",
    ">": ">",
    "高于": ">",
    "大于": ">",
    "多于": ">",
    "超过": ">",
    "<": "<",
    "低于": "<",
    "小于": "<",
    "少于": "<",
    "=": "=",
    "等于": "=",
}
SUFFIXES = {"以上": "≥", "以内": "≤", "之内": "≤", "以下": "≤"}
NUMBER = rf"(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]+)(?:\.[0-9]+)?|{HAN_NUMBER}"
QUANTITY = re.compile(
    rf"(?:控制在|达到|达)?(?P<prefix>{'|'.join(sorted(PREFIXES, key=len, reverse=True))})?"
    rf"(?P<near>将近|大约|近|约)?(?P<low>{NUMBER})(?P<more>余|多)?"
    rf"(?:(?P<low_unit>%|百分比)?[-~至到](?P<high>{NUMBER}))?"
    r"(?P<unit>[^0-9≥≤<>=~]*?)(?P<about>左右|上下)?(?:\(含\)|及)?(?P<suffix>以上|以内|之内|以下)?(?:之间)?"
)


def read_quantity(cell: Cell) -> TargetValue | None:
    match = QUANTITY.fullmatch(with_digits(cell.plain))
    if not match:
        return None
    low, high = _number(match["low"]), _number(match["high"])
    unit, doubts = _unit(match["unit"] or match["low_unit"] or "", cell, familiar=match["low"][0].isascii())
    if low is None or "not_understood" in doubts:
        return None
    value = TargetValue(
        cell.text, Kind.COUNT, number=low, number_text=_written(match["low"], low), unit=unit, doubts=doubts
    )
    if match["near"] or match["more"] or match["about"]:
        return replace(
            value, kind=Kind.APPROXIMATE, operator="~", operator_explicit=True, doubts=(*doubts, "approximate")
        )
    if high is not None:
        return _range(value, high, _written(match["high"], high), cell)
    return _with_operator(value, match, cell)


def _range(value: TargetValue, high: Decimal, written: str, cell: Cell) -> TargetValue:
    if value.number is None or high < value.number:
        return cell.unknown("range_reversed")
    return replace(value, kind=Kind.RANGE, operator="between", operator_explicit=True, upper=high, upper_text=written)


def _with_operator(value: TargetValue, match: re.Match[str], cell: Cell) -> TargetValue:
    said = {PREFIXES[match["prefix"]]} if match["prefix"] else set()
    said |= {SUFFIXES[match["suffix"]]} if match["suffix"] else set()
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
        return (cell.unit, ()) if cell.unit else (None, ("unit_missing",))
    conflict = ("unit_conflict",) if cell.unit and cell.unit != unit else ()
    if all(known_unit(part) for part in re.split(r"[/·]", unit)):
        missing = ("currency_missing",) if re.match(r"人[/·]", unit) else ()
        return unit, (*conflict, *missing)
    if familiar and re.fullmatch(r"[一-鿿]{1,3}", unit):
        return unit, (*conflict, "unit_unfamiliar")
    return None, ("not_understood",)


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
    if kind is Kind.ZERO or value.number is None:
        return ()
    checks = {
        "operator_missing": not value.operator_explicit,
        "strict_sign": value.operator in (">", "<"),
        "percent_over_100": kind is Kind.PERCENT and value.number > 100,
        # A ≥ lost to a wrong font often comes out as a 2 before the number.
        "sign_may_be_damaged": not value.operator_explicit and bool(re.fullmatch(r"2[1-9][0-9]+", written)),
    }
    return tuple(code for code, holds in checks.items() if holds)
