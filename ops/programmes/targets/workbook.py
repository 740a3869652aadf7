"""Target tables in a workbook (.xlsx, .xls): what each cell shows, not only what it stores."""

import re
import warnings
from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from python_calamine import CalamineError, CalamineWorkbook

from .spans import Line, merged
from .tables import Unreadable

LARGEST = 50_000_000  # bytes unpacked
MOST_ROWS, MOST_COLUMNS = 5_000, 100
PERCENT = re.compile(r"0(?:\.(0+))?%")
FIXED = re.compile(r"(?:#,##)?0(?:\.(0+))?_?\s*")
DAYS = re.compile(r"[yYmMdD年月日/.\-]+")


def is_workbook(data: bytes) -> bool:
    """Whether a zip holds a workbook; a broken zip holds nothing."""
    try:
        with ZipFile(BytesIO(data)) as parts:
            if sum(part.file_size for part in parts.infolist()) > LARGEST:
                raise Unreadable("too_large")
            return any(name.startswith("xl/") for name in parts.namelist())
    except BadZipFile:
        return False


def is_old_workbook(data: bytes) -> bool:
    try:
        return bool(CalamineWorkbook.from_filelike(BytesIO(data)).sheet_names)
    except (CalamineError, OSError, ValueError):
        return False


def read_xlsx(data: bytes) -> list[Line]:
    """Every visible sheet from top to bottom. Raises Unreadable."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and validations that openpyxl does not know
            book = load_workbook(BytesIO(data))
            results = load_workbook(BytesIO(data), data_only=True)
    except Exception as error:  # whatever zip, XML and openpyxl say of a broken file, it is one answer
        raise Unreadable("broken_workbook") from error
    lines: list[Line] = []
    for number, sheet in enumerate(book.worksheets):
        if sheet.sheet_state == "visible":
            lines += _of_sheet(sheet, results.worksheets[number], number)
    return lines


def _of_sheet(sheet: Any, results: Any, number: int) -> list[Line]:
    area = sheet.iter_rows(max_row=min(sheet.max_row, MOST_ROWS), max_col=min(sheet.max_column, MOST_COLUMNS))
    rows = [[_calculated(cell, results) for cell in row] for row in area]
    ranges = [(r.min_row - 1, r.min_col - 1, r.max_row - 1, r.max_col - 1) for r in sheet.merged_cells.ranges]
    return merged(rows, ranges, number)


def _calculated(cell: Any, results: Any) -> str:
    """The result of a formula; the formula itself where the file keeps no result."""
    if cell.data_type != "f":
        return shown(cell)
    result = results[cell.coordinate]
    return str(cell.value) if result.value is None else shown(result)


def shown(cell: Cell | MergedCell) -> str:
    """As the sheet draws it. A number in a format that is not known keeps the format beside it, so that it is asked."""
    value, drawn = cell.value, str(cell.number_format or "General")
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime | date):
        return _day(value, drawn)
    if isinstance(value, int | float):
        return _number(value, drawn)
    return str(value)


def _day(value: datetime | date, drawn: str) -> str:
    """A day that is drawn without its day is a month."""
    bare = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", drawn).lower()
    if "d" in bare or bare == "general":
        return f"{value.year}年{value.month}月{value.day}日"
    return f"{value.year}年{value.month}月" if "m" in bare else f"{value.year}年"


def _number(value: float, drawn: str) -> str:
    """First section of the format; quoted words before and behind the digits are part of what is shown."""
    section = drawn.split(";", maxsplit=1)[0]
    literal = re.sub(r"\\(.)", r'"\1"', re.sub(r"\[[^\]]*\]|_.|\*.", "", section))
    match = re.fullmatch(r'((?:"[^"]*")*)([^"]*)((?:"[^"]*")*)', literal)
    if match is None:
        return f"{value} [{drawn}]"
    before, core, after = (part.strip() for part in match.groups())
    digits = _digits(value, core)
    return before.replace('"', "") + digits + after.replace('"', "") if digits else f"{value} [{drawn}]"


def _digits(value: float, core: str) -> str | None:
    """None for a format that is not known."""
    if core in ("General", "@", ""):
        return _plain(value)
    if match := PERCENT.fullmatch(core):
        return _rounded(value * 100, match[1]) + "%"
    if match := FIXED.fullmatch(core):
        return _rounded(value, match[1])
    return None


def _rounded(value: float, places: str | None) -> str:
    """What is stored beyond the places drawn stands beside it, so that it is asked: nothing is rounded away unseen."""
    exact, drawn = _plain(value), f"{value:.{len(places or '')}f}"
    return drawn if abs(float(drawn) - value) < TINY else f"{drawn}({exact})"


TINY = 1e-9


def _plain(value: float) -> str:
    return str(int(value)) if value == int(value) and abs(value) < 10**15 else f"{value:.12g}"


def read_xls(data: bytes) -> list[Line]:
    """An old workbook, by its values; how a number is drawn is not kept there. Raises Unreadable."""
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        return list(_old_sheets(book))
    except (CalamineError, OSError, ValueError) as error:
        raise Unreadable("broken_workbook") from error


def _old_sheets(book: Any) -> Iterator[Line]:
    for number, name in enumerate(book.sheet_names):
        sheet = book.get_sheet_by_name(name)
        rows = [[_stored(value) for value in row[:MOST_COLUMNS]] for row in sheet.to_python(skip_empty_area=False)]
        ranges = [(*start, *end) for start, end in sheet.merged_cell_ranges or []]
        yield from merged(rows[:MOST_ROWS], ranges, number)


def _stored(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime | date):
        # the first of a month may be a month that was typed
        return f"{value.year}年{value.month}月" if value.day == 1 else f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, time):
        return value.isoformat()
    if isinstance(value, int | float):
        return _plain(value)
    return str(value)
