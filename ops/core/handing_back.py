"""Handing back: the workbook as it was handed in, with the reason beside each row and on each cell that is wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from .sheets import Sheet, harmless

MARK = PatternFill("solid", start_color="FFFCECEA")
XLSX = b"PK\x03\x04"


@dataclass(frozen=True)
class Fault:
    """Why a row goes back; `column`: the place of its cell from 0, None when it is the row as a whole."""

    words: str
    column: int | None = None


def marked(content: bytes, sheet: Sheet, faults: Mapping[int, Sequence[Fault]], reason_head: str) -> bytes:
    """The file as XLSX: by line number, faulty cells coloured with their reason, all reasons in one more column.

    An Excel file keeps its looks; a CSV becomes a workbook of its rows. Rows beyond the last filled one are not looked
    at: a sheet may pretend to have a million of them.
    """
    book = load_workbook(BytesIO(content)) if content.startswith(XLSX) else _book_of(sheet)
    page, last = book.worksheets[0], max((line.number for line in sheet.lines), default=sheet.head_line)
    column = _reason_column(sheet, reason_head)
    page.cell(sheet.head_line, column, reason_head)
    for row in range(sheet.head_line + 1, last + 1):
        found = faults.get(row, ())
        if found or (row, column) in page._cells:  # a reason of last time goes
            page.cell(row, column).value = "\n".join(each.words for each in found) or None
        _mark(page, row, column, found)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _mark(page: Any, row: int, last: int, found: Sequence[Fault]) -> None:
    for each in found:
        columns = range(1, last + 1) if each.column is None else (each.column + 1,)
        for column in columns:
            page.cell(row, column).fill = MARK
        if each.column is not None:
            page.cell(row, each.column + 1).comment = Comment(each.words, "", width=320, height=90)


def _reason_column(sheet: Sheet, reason_head: str) -> int:
    """Where the reasons stand, from 1: the column that was added before, else the next free one."""
    if reason_head in sheet.head:
        return list(sheet.head).index(reason_head) + 1
    rows = (sheet.head, *(line.cells for line in sheet.lines))
    return max((place for cells in rows for place, cell in enumerate(cells, start=1) if cell), default=0) + 1


def _book_of(sheet: Sheet) -> Workbook:
    book = Workbook()
    page: Any = book.active
    for number, cells in ((sheet.head_line, sheet.head), *((line.number, line.cells) for line in sheet.lines)):
        for column, text in enumerate(cells, start=1):
            page.cell(number, column).value = harmless(text)
    return book
