"""What a card terminal's file says, row by row. Pure: no database."""

import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation

from flask_babel import lazy_gettext as _l

from ..core.errors import Rejected
from ..core.sheets import Line, SheetColumn
from .rules import MOST_AMOUNT

COLUMNS = (
    SheetColumn("card", _l("Card number"), ("卡号", "消费卡号", "card number", "card", "card no", "card no.")),
    SheetColumn(
        "terminal", _l("Terminal"), ("终端号", "终端", "设备号", "terminal", "terminal no", "terminal no.", "device")
    ),
    SheetColumn(
        "serial",
        _l("Terminal serial"),
        ("终端流水号", "流水号", "记录序号", "serial", "terminal serial", "device serial", "record no", "record no."),
    ),
    SheetColumn("at", _l("Time"), ("时间", "消费时间", "刷卡时间", "操作时间", "time", "at", "operation time")),
    SheetColumn("amount", _l("Amount"), ("金额", "消费金额", "操作额", "amount")),
)
WHEN = re.compile(
    r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?[T ]*(\d{1,2})[:：时]?(\d{2})(?:[:：分]?(\d{2})(?:\.\d+)?秒?)?分?"
)
BIGGEST_SERIAL = 2**63 - 1


@dataclass(frozen=True)
class Swipe:
    """One row: `serial` counts up on the terminal; `amount` in yuan."""

    card: str
    terminal: str
    serial: int
    at: datetime
    amount: Decimal


def parse(line: Line) -> Swipe:
    """Raises Rejected with the reason when the row is no swipe."""
    for column in COLUMNS:
        if not line[column.key]:
            raise Rejected(_l("%(column)s is missing.", column=str(column.label)))
    return Swipe(line["card"], line["terminal"], _serial(line["serial"]), moment(line["at"]), _amount(line["amount"]))


def moment(text: str) -> datetime:
    """Like 2023-05-09 12:03:04, 2023/5/9 12:03 or 20230509120304."""
    if found := WHEN.fullmatch(text):
        try:
            return datetime(*(int(part or 0) for part in found.groups()))  # type: ignore[arg-type]
        except ValueError:
            pass
    raise Rejected(_l("The time “%(text)s” is not like 2023-05-09 12:03:04.", text=text))


def _serial(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text[:30]) > BIGGEST_SERIAL:
        raise Rejected(_l("The serial “%(text)s” is not a whole number.", text=text))
    return int(text)


def _amount(text: str) -> Decimal:
    try:
        amount = Decimal(text.replace(",", "").lstrip("¥￥"))
    except InvalidOperation:
        raise Rejected(_l("The amount “%(text)s” is not a number.", text=text)) from None
    if not amount.is_finite() or not 0 <= amount <= MOST_AMOUNT or amount != round(amount, 2):
        words = _l(
            "The amount “%(text)s” is not from 0 to %(most)s yuan. A refund is a reversal.", text=text, most=MOST_AMOUNT
        )
        raise Rejected(words)
    return amount
