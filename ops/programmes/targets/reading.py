"""One door for a file of target tables, whichever of the kinds it is."""

import csv
import re
from collections.abc import Callable
from datetime import date
from io import StringIO

from .document import decode, read_text, rows_of_text
from .grid import Row, label
from .layout import COLUMNS, read_layout
from .otherform import read_forms
from .spans import Line, Span, line_of
from .tables import TargetTable, Unreadable
from .wordform import read_docx, read_spans
from .workbook import is_old_workbook, is_workbook, read_xls, read_xlsx

WEB_PAGE = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!DOCTYPE html|<html|<table|<Workbook|<meta)", re.IGNORECASE)
ZIP, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def read_targets(data: bytes, *, this_year: int | None = None) -> tuple[TargetTable, ...]:
    """The tables of a published text, a Word file or a workbook, told apart by content. Raises Unreadable.

    The province's own form is read strictly: a part of it that is missing is an error of the file. Every other form
    is read as far as it goes, and what is not certain is doubted. `this_year` is assumed where no year is named.
    """
    if not data.strip():
        raise Unreadable("empty_file")
    strict, lines = _opened(data)
    if strict is not None and _is_own_form(lines):
        return strict()
    tables = read_forms(lines, this_year=this_year or date.today().year)
    if tables:
        return tables
    if strict is not None:
        return strict()
    raise Unreadable("no_table")


def _opened(data: bytes) -> tuple[Callable[[], tuple[TargetTable, ...]] | None, list[Line]]:
    """The strict reader, where the file can be of the province's form, and the lines for every other form."""
    if data.startswith(OLD_OFFICE):
        if not is_old_workbook(data):
            raise Unreadable("old_word_format")
        return None, read_xls(data)
    if data.startswith(ZIP):
        if is_workbook(data):
            lines = read_xlsx(data)
            return (lambda: read_layout(_rows(lines))), lines
        return (lambda: read_docx(data)), read_spans(data)
    text = decode(data)
    if WEB_PAGE.match(text):
        raise Unreadable("web_page")
    return (lambda: read_text(text)), lines_of_text(text)


def _rows(lines: list[Line]) -> list[Row]:
    """The lines of a sheet for the strict reader: a cell merged into the one above is blank."""
    return [Row(tuple(span.text for span in line.spans)) for line in lines if line.filled]


def _is_own_form(lines: list[Line]) -> bool:
    return any({label(span.text) for span in line.filled} == COLUMNS.keys() for line in lines)


def lines_of_text(text: str) -> list[Line]:
    """Rows of a text: cells opened by tabs, or parted by tabs, bars or commas; other lines are paragraphs."""
    rows = text.splitlines()
    opened = sum(row.startswith("\t") and row.count("\t") == 1 for row in rows)
    if opened * 2 > sum(bool(row.strip()) for row in rows):
        return [_line(row) for row in rows_of_text(text)]
    mark = max("\t|,", key=lambda sign: sum(row.count(sign) > 1 for row in rows))
    barred = [row.strip() for row in rows if mark in row]
    framed = mark == "|" and all(row.startswith("|") and row.endswith("|") for row in barred)
    return [line for line in (_parted(row, mark, framed) for row in rows) if line is not None]


def _line(row: Row) -> Line:
    return Line((Span(0, 1, row.cells[0]),), paragraph=True) if row.paragraph else line_of(row.cells)


def _parted(row: str, mark: str, framed: bool) -> Line | None:
    if not row.strip() or re.fullmatch(r"[|:\- ]+", row):
        return None
    if mark not in row:
        return Line((Span(0, 1, row),), paragraph=True)
    if mark == ",":
        return line_of(next(csv.reader(StringIO(row))))
    return line_of((row.strip()[1:-1] if framed else row).split(mark))
