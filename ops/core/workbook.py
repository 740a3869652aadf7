"""A list as an Excel workbook: the rows of the page, ready to be printed on A4."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from flask import send_file
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from xlsxwriter.utility import xl_range

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# what people typed stays text: no formula, no link, whatever it begins with
TEXT_STAYS_TEXT = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
LINE_HEIGHT = 13
LONGEST_NAME = 80
LINE = {"border": 1, "font_size": 10, "valign": "vcenter", "text_wrap": True}


@dataclass(frozen=True)
class Field:
    """One column of the sheet: its head, the value of a row, the width in characters; `adds`: has a total below."""

    head: object
    value: Callable[[Any], object]
    width: int = 14
    adds: bool = False


def workbook(title: object, fields: Sequence[Field], rows: Sequence[Any], note: object = "") -> bytes:
    """Title, note, heads, one line per row, totals; decimals stay numbers. A4 landscape, heads on every page."""
    content = BytesIO()
    book = xlsxwriter.Workbook(content, TEXT_STAYS_TEXT)
    sheet = book.add_worksheet(sheet_name(title))
    last = len(fields) - 1
    sheet.merge_range(0, 0, 0, last, str(title), book.add_format({"bold": True, "font_size": 16, "align": "center"}))
    sheet.merge_range(1, 0, 1, last, str(note), book.add_format({"font_size": 9, "text_wrap": True}))
    sheet.set_row(1, 30)
    head, formats = book.add_format({**LINE, "bold": True, "align": "center"}), _formats(book)
    for at, field in enumerate(fields):
        sheet.set_column(at, at, field.width)
        sheet.write_string(2, at, str(field.head), head)
    for line, row in enumerate(rows, start=3):
        values = [field.value(row) for field in fields]
        lines = max(lines_of(value, field.width) for value, field in zip(values, fields, strict=True))
        sheet.set_row(line, LINE_HEIGHT * lines + 2 if lines > 1 else None)
        for at, value in enumerate(values):
            _write(sheet, line, at, value, formats)
    if rows and any(field.adds for field in fields):
        _write_totals(sheet, fields, rows, book)
    for_paper(sheet, 2)
    book.close()
    return content.getvalue()


def lines_of(value: object, width: int) -> int:
    """How many lines a text takes in a column: not every program lets a row grow. Chinese is twice as wide."""
    if not isinstance(value, str):
        return 1
    wide = [sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in part) for part in value.split("\n")]
    return sum(max(1, -(-each // max(1, width - 1))) for each in wide)


def sheet_name(title: object) -> str:
    """The title as far as a tab can carry it: 31 characters, none of those that Excel refuses."""
    return re.sub(r"[\[\]:*?/\\']", " ", str(title)).strip()[:31] or "1"


def download(content: bytes, name: str) -> Response:
    """The workbook as a file that the browser keeps."""
    called = f"{file_name(name)}.xlsx"
    return send_file(BytesIO(content), mimetype=MEDIA_TYPE, as_attachment=True, download_name=called)


def file_name(name: str) -> str:
    """The name as a header and every file system can carry it: no line break, none of the signs of a path."""
    seen = "".join(" " if unicodedata.category(each) in ("Cc", "Cs", "Zl", "Zp") else each for each in name)
    return re.sub(r'[\\/:*?"<>|]', " ", seen).strip(" .")[:LONGEST_NAME] or "1"


def note_of(as_of: object, shown: int, total: int) -> str:
    """The line under the title: of when the list is, and that rows are missing when it is longer than the workbook."""
    if shown == total:
        return str(as_of)
    cut = _("Only %(shown)s of %(total)s rows: narrow the list.", shown=f"{shown:,}", total=f"{total:,}")
    return f"{as_of} · {cut}"


def _formats(book: Any) -> dict[type, Any]:
    return {
        str: book.add_format(LINE),
        int: book.add_format({**LINE, "num_format": "#,##0"}),
        Decimal: book.add_format({**LINE, "num_format": "#,##0.00"}),
        date: book.add_format({**LINE, "num_format": "yyyy-mm-dd"}),
    }


def _write(sheet: Any, line: int, at: int, value: object, formats: dict[type, Any]) -> None:
    if isinstance(value, Decimal | int):
        sheet.write_number(line, at, value, formats[type(value)])
    elif isinstance(value, date):
        sheet.write_datetime(line, at, value, formats[date])
    else:
        sheet.write_string(line, at, "" if value is None else str(value), formats[str])


def _write_totals(sheet: Any, fields: Sequence[Field], rows: Sequence[Any], book: Any) -> None:
    """A line below the last that adds up in the workbook itself; what was computed here stands in it until then."""
    line, bold = len(rows) + 3, {**LINE, "bold": True}
    word, formats = book.add_format(bold), {
        int: book.add_format({**bold, "num_format": "#,##0"}),
        Decimal: book.add_format({**bold, "num_format": "#,##0.00"}),
    }  # fmt: skip
    for at, field in enumerate(fields):
        if field.adds:
            values: list[Any] = [each for each in map(field.value, rows) if isinstance(each, int | Decimal)]
            kind = Decimal if any(isinstance(each, Decimal) for each in values) else int
            span = xl_range(3, at, line - 1, at)
            sheet.write_formula(line, at, f"=SUM({span})", formats[kind], sum(values, kind(0)))
        else:
            sheet.write_string(line, at, str(_("Total")) if at == 0 else "", word)


def for_paper(sheet: Any, head: int) -> None:
    """A4 landscape, one page wide; `head`: the row of the heads, from 0, on every page and always in view."""
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(head)
    sheet.freeze_panes(head + 1, 0)
    sheet.set_footer("&C&P / &N")
