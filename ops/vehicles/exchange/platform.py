"""The mapping of our records to the record groups of the standard: dated data, one sheet a group."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter
from flask_babel import gettext as _

from ...core.period import Period
from ...core.workbook import TEXT_STAYS_TEXT, for_paper
from ..costs.models import CostKind
from . import platform_files as files
from . import platform_hires as hires
from . import platform_work as work

SHOWN = {date: "yyyy-mm-dd", datetime: "yyyy-mm-dd hh:mm", Decimal: "#,##0.00##"}
MAPPING = Path(__file__).parent / "data" / "platform.json"
Provider = Callable[[Period], Iterable[Mapping[str, Any]]]
PROVIDERS: dict[str, Provider] = {
    "units": files.units, "cars": files.cars, "over_standard": files.over_standard, "drivers": files.drivers,
    "dispatches": work.dispatches, "repairs": work.repairs, "inspections": files.inspections, "energy": work.energy,
    "insurance": work.insurance, "tolls": work.of_kind(CostKind.TOLLS), "parking": work.of_kind(CostKind.PARKING),
    "other_costs": work.of_kind(CostKind.OTHER), "filings": files.filings, "complaints": files.complaints,
    "hires": hires.hires,
    "violations": files.violations, "disposals": files.disposals,
}  # fmt: skip


@dataclass(frozen=True)
class Field:
    """A column; `key`: of our rows, empty when it is not held, then `why`. `source`: where its name was seen."""

    name: str
    key: str
    why: str
    source: str


@dataclass(frozen=True)
class Group:
    """A record group of the standard; `rows` names its provider, empty when it is not held, then `why`."""

    clause: str
    name: str
    rows: str
    why: str
    fields: tuple[Field, ...]


@cache
def mapping() -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(MAPPING.read_text("utf-8"))
    return found


@cache
def groups() -> tuple[Group, ...]:
    return tuple(
        Group(
            each["clause"], each["name"], each.get("rows", ""), each.get("not_held", ""),
            tuple(Field(one["field"], one.get("key", ""), one.get("not_held", ""), one["from"])
                  for one in each.get("fields", ())),
        )
        for each in mapping()["groups"]
    )  # fmt: skip


def workbook(period: Period) -> bytes:
    """The mapping first, then a sheet for each group that is held; columns that are not held stay empty."""
    content = BytesIO()
    book = xlsxwriter.Workbook(content, TEXT_STAYS_TEXT)
    _first_sheet(book, period)
    head = book.add_format({"bold": True, "border": 1, "text_wrap": True, "valign": "vcenter"})
    formats = {kind: book.add_format({"num_format": shown}) for kind, shown in SHOWN.items()}
    for group in groups():
        if group.rows:
            sheet = book.add_worksheet(f"{group.clause} {group.name}"[:31])
            sheet.set_column(0, len(group.fields) - 1, 16)
            for at, field in enumerate(group.fields):
                sheet.write_string(0, at, field.name, head)
            for_paper(sheet, 0)
            _write_rows(sheet, group, PROVIDERS[group.rows](period), formats)
    book.close()
    return content.getvalue()


def _write_rows(sheet: Any, group: Group, rows: Iterable[Mapping[str, Any]], formats: Any) -> None:
    for line, row in enumerate(rows, start=1):
        for at, field in enumerate(group.fields):
            value = row[field.key] if field.key else None
            if isinstance(value, date):
                sheet.write_datetime(line, at, value, formats[type(value)])
            elif isinstance(value, int | Decimal):
                sheet.write_number(line, at, value, formats.get(type(value)))
            elif value not in (None, ""):
                sheet.write_string(line, at, str(value))


def _first_sheet(book: Any, period: Period) -> None:
    sheet, wrap = book.add_worksheet(_("Mapping")), book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 1, 22)
    sheet.set_column(2, 3, 44)
    for_paper(sheet, 3)
    said = mapping()
    lines = [
        (said["document"], "", "", ""), (_("Source"), said["source"], "", ""), (_("Period"), period.label, "", ""),
        (_("Record group"), _("Column"), _("Held as"), _("Not held, because")),
    ]  # fmt: skip
    for group in groups():
        title = f"{group.clause} {group.name}"
        lines += [(title, "", "", group.why)] if group.why else []
        lines += [(title, field.name, field.key, field.why) for field in group.fields]
    for line, cells in enumerate(lines):
        for at, text in enumerate(cells):
            sheet.write_string(line, at, text, wrap)
