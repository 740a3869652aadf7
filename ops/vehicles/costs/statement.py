"""What the statement of a fuel card company says, row by row. Pure: no database."""

import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from functools import partial

from flask_babel import lazy_gettext as _l

from ...core.errors import Rejected
from ...core.language import in_all
from ...core.sheets import Cells, Line, SheetColumn
from ..odometer.models import DIAL_REASONS
from .rules import MOST_YUAN

COLUMNS = (
    SheetColumn("card", _l("Card number"), ("卡号", "加油卡号", "副卡卡号", "card number", "card no", "card")),
    SheetColumn("at", _l("Time"), ("交易时间", "加油时间", "时间", "消费时间", "time", "at")),
    SheetColumn("litres", _l("Litres"), ("数量", "升数", "加油量", "加油升数", "litres", "quantity")),
    SheetColumn("amount", _l("Amount"), ("金额", "交易金额", "消费金额", "amount")),
    SheetColumn("serial", _l("Serial number"), ("流水号", "交易流水号", "交易序号", "serial", "transaction no")),
    SheetColumn("station", _l("Filling station"), ("加油站", "交易地点", "网点", "地点", "station"), required=False),
    SheetColumn("plate", _l("Plate"), ("车牌号", "车号", "车牌", "plate"), required=False),
    SheetColumn("odometer", _l("Odometer"), ("里程表读数", "里程", "里程数", "odometer"), required=False),
    SheetColumn(
        "dial_reason",
        _l("Why the dial differs"),
        ("读数不符的原因", "读数说明", "why the dial differs"),
        required=False,
    ),
    SheetColumn("full", _l("Filled to the top"), ("是否加满", "加满", "full"), required=False),
)
WHEN = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?[T ]+(\d{1,2})[:：](\d{2})(?:[:：](\d{2}))?")
MOST_LITRES, NONE = Decimal(1000), Decimal(0)
FULL = {"是", "加满", "满", "y", "yes", "1", "true", "full"}


@dataclass(frozen=True)
class Bought:
    """One row: litres and yuan exactly as the company wrote them."""

    card: str
    serial: str
    at: datetime
    litres: Decimal
    amount: Decimal
    station: str = ""
    plate: str = ""
    odometer: Decimal | None = None
    is_full: bool = False
    dial_reason: str = ""


def parse(line: Line) -> Bought:
    """Raises Misfit with the reason of every cell that is wrong when the row is no refuelling."""
    cells = Cells(line)
    for column in COLUMNS:
        if column.required:
            cells.read(column.key, partial(_there, column), None)
    litres = cells.read("litres", partial(_number, what=_l("Litres"), most=MOST_LITRES), NONE)
    amount = cells.read("amount", partial(_number, what=_l("Amount"), most=MOST_YUAN), NONE)
    dial = partial(_number, what=_l("Odometer"), most=Decimal(2_000_000), places=0)
    shown = cells.read("odometer", dial, NONE) if line["odometer"] else None
    at = cells.read("at", _moment, datetime.min)
    dial_reason = cells.read("dial_reason", _dial_reason, "")
    cells.check()
    facts = line["card"], line["serial"], at, litres, amount
    plate, is_full = line["plate"].replace("·", "").upper(), line["full"].casefold() in FULL
    return Bought(*facts, line["station"], plate, shown, is_full, dial_reason)


def _dial_reason(text: str) -> str:
    """By its word, in either language of the pages, or by its name; empty where none is given."""
    if not text:
        return ""
    for key, word in DIAL_REASONS.items():
        if text.casefold() in (each.casefold() for each in (str(key), *in_all(word))):
            return str(key)
    listed = str(_l("; ")).join(str(word) for word in DIAL_REASONS.values())
    raise Rejected(_l("“%(text)s” is not known here. Write one of: %(listed)s.", text=text, listed=listed))


def _there(column: SheetColumn, text: str) -> None:
    if not text:
        raise Rejected(_l("%(column)s is missing.", column=str(column.label)))


def _moment(text: str) -> datetime:
    if found := WHEN.fullmatch(text):
        try:
            return datetime(*(int(part or 0) for part in found.groups()))  # type: ignore[arg-type]
        except ValueError:
            pass
    raise Rejected(_l("The time “%(text)s” is not like 2023-05-09 12:03:04.", text=text))


def _number(text: str, what: object, most: Decimal, places: int = 2) -> Decimal:
    try:
        number = Decimal(text.replace(",", "").lstrip("¥￥"))
    except InvalidOperation:
        raise Rejected(_l("%(what)s: “%(text)s” is not a number.", what=str(what), text=text)) from None
    if not number.is_finite() or not 0 < number <= most or number != round(number, places):
        raise Rejected(
            _l(
                "%(what)s: “%(text)s” is not above 0 and up to %(most)s with at most %(places)s decimals.",
                what=str(what), text=text, most=most, places=places,
            )
        )  # fmt: skip
    return number
