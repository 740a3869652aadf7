"""A row of another ledger: which columns are looked for, and what a row means."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from flask_babel import lazy_gettext as _l

from ...core.errors import Rejected
from ...core.sheets import Cells, Line, SheetColumn
from ..rules import MOST_PEOPLE

COLUMNS = (
    SheetColumn("number", _l("Number there"), ("原单号", "派车单号", "单号", "number")),
    SheetColumn("unit", _l("Unit"), ("用车单位", "单位", "unit")),
    SheetColumn("purpose", _l("Purpose"), ("事由", "用车事由", "purpose")),
    SheetColumn("destination", _l("Destination"), ("目的地", "destination")),
    SheetColumn("people", _l("People"), ("人数", "乘车人数", "people")),
    SheetColumn("starts_at", _l("Leaves at"), ("出车时间", "开始时间", "leaves at")),
    SheetColumn("ends_at", _l("Back by"), ("返回时间", "结束时间", "back by")),
    SheetColumn("plate", _l("Plate"), ("车牌号", "车牌", "plate")),
    SheetColumn("driver", _l("Driver"), ("驾驶员", "司机", "driver")),
    SheetColumn("second_driver", _l("Second driver"), ("第二驾驶员", "副驾驶员", "second driver"), required=False),
    SheetColumn("oral_by", _l("Approved there by"), ("批准人", "审批人", "approved by"), required=False),
    SheetColumn("oral_at", _l("Approved there at"), ("批准时间", "审批时间", "approved at"), required=False),
)
TEXTS = ("number", "unit", "purpose", "destination", "plate", "driver", "second_driver", "oral_by")
LONGEST = 200
NEVER = datetime.min  # stands for a moment that cannot be read


@dataclass(frozen=True)
class Row:
    """`oral_by`, `oral_at`: who approved it on paper there and when."""

    number: str
    unit: str
    purpose: str
    destination: str
    people: int
    starts_at: datetime
    ends_at: datetime
    plate: str
    driver: str
    oral_by: str = ""
    oral_at: datetime | None = None
    second_driver: str = ""


def parse(line: Line) -> Row:
    """The row's values; raises Misfit with the reason of every cell that is wrong."""
    cells = Cells(line)
    texts = {column.key: cells.read(column.key, partial(_text, column), "") for column in COLUMNS}
    slot: dict[str, Any] = {key: cells.read(key, _moment, NEVER) for key in ("starts_at", "ends_at")}
    oral_at = cells.read("oral_at", _moment, NEVER) if texts["oral_at"] else None
    people = cells.read("people", _people, 0)
    cells.check()
    named: dict[str, Any] = {key: texts[key] for key in TEXTS}
    return Row(people=people, oral_at=oral_at, **slot, **named)


def _text(column: SheetColumn, text: str) -> str:
    if column.required and not text:
        raise Rejected(_l("“%(column)s” is empty.", column=column.label))
    if len(text) > LONGEST:
        raise Rejected(_l("“%(column)s” is too long.", column=column.label))
    return text


def _people(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MOST_PEOPLE:
        raise Rejected(_l("People is a whole number from 1 to %(most)s.", most=MOST_PEOPLE))
    return int(text)


def _moment(text: str) -> datetime:
    try:
        read = datetime.fromisoformat(text.replace("/", "-"))
    except ValueError:
        raise Rejected(_l("Write date and time like 2023-05-09 08:30.")) from None
    if read.tzinfo or not 2000 <= read.year <= 2099:
        raise Rejected(_l("Write date and time like 2023-05-09 08:30."))
    return read
