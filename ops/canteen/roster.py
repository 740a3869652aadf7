"""What a roster file says of diners, row by row. Pure: no database."""

import re
from dataclasses import dataclass
from datetime import date

from flask_babel import lazy_gettext as _l

from ..core.errors import Rejected
from ..core.sheets import Line, SheetColumn

COLUMNS = (
    SheetColumn("number", _l("Diner number"), ("编号", "人员编号", "工号", "number", "staff no", "staff no.")),
    SheetColumn("name", _l("Full name"), ("姓名", "名称", "name")),
    SheetColumn("unit", _l("Unit"), ("单位", "单位名称", "unit")),
    SheetColumn("card", _l("Card number"), ("卡号", "card number", "card", "card no", "card no."), required=False),
    SheetColumn("canteen", _l("Canteen"), ("补助食堂", "食堂", "canteen"), required=False),
    SheetColumn(
        "from_on", _l("Subsidy from"), ("补助起", "补助开始", "起始日期", "from", "subsidy from"), required=False
    ),
    SheetColumn("to_on", _l("Subsidy to"), ("补助止", "补助结束", "截止日期", "to", "subsidy to"), required=False),
)
DAY = re.compile(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?(?: 00:00(?::00)?)?")


@dataclass(frozen=True)
class Entry:
    """One row: a diner, and if `canteen` is named his grant from and to a day."""

    number: str
    name: str
    unit: str
    card: str | None
    canteen: str
    span: tuple[date, date] | None


def parse(line: Line) -> Entry:
    """Raises Rejected with the reason when the row is no diner."""
    for column in COLUMNS:
        if column.required and not line[column.key]:
            raise Rejected(_l("%(column)s is missing.", column=str(column.label)))
    span = (_day(line["from_on"]), _day(line["to_on"])) if line["canteen"] else None
    return Entry(line["number"], line["name"], line["unit"], line["card"] or None, line["canteen"], span)


def _day(text: str) -> date:
    if found := DAY.fullmatch(text):
        try:
            return date(*map(int, found.groups()))
        except ValueError:
            pass
    raise Rejected(_l("The day “%(text)s” is not like 2023-05-09.", text=text))
