"""Reading tables that people hand in, as CSV or XLSX, row by row with line numbers; and handing back misfits."""

import csv
import io
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from types import MappingProxyType
from typing import Any, TypeVar

from flask_babel import lazy_gettext as _l
from openpyxl.utils import get_column_letter
from python_calamine import CalamineError, CalamineWorkbook
from werkzeug.datastructures import FileStorage

from .errors import Rejected

Meant = TypeVar("Meant")
LARGEST = 16 * 1024 * 1024
LARGEST_UNPACKED = 256 * 1024 * 1024
MOST_ROWS = 50_000
MOST_CELLS = 200
DELIMITERS = ",\t;，"
# what a spreadsheet would take for a formula
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class SheetColumn:
    """A column that is looked for: `key` names it in the rows, `heads` are the words that may stand above it."""

    key: str
    label: object
    heads: Sequence[str]
    required: bool = True


@dataclass(frozen=True)
class Line:
    """A row of the file: its line number there (from 1, the head included), its cells as text, and what they mean."""

    number: int
    cells: Sequence[str]
    values: Mapping[str, str]

    def __getitem__(self, key: str) -> str:
        """The stripped text under the column; empty when the column or the cell is missing."""
        return self.values.get(key, "")


@dataclass(frozen=True)
class Sheet:
    """A table with its head as it stood in the file, and its rows; empty rows are left out but keep their numbers.

    `head_line`: the line number of the head; `places`: where each column that was found stands, from 0.
    """

    head: Sequence[str]
    lines: Sequence[Line]
    head_line: int = 1
    places: Mapping[str, int] = field(default_factory=dict)

    def column(self, key: str) -> str:
        """A column as the file calls it: its letter and its head; empty where the file has none of this key."""
        return self.called(self.places[key]) if key in self.places else ""

    def called(self, place: int) -> str:
        """The same of a place, from 0; what lies beyond the head has no name there."""
        head = self.head[place] if place < len(self.head) else ""
        return str(_l("column %(letter)s “%(head)s”", letter=get_column_letter(place + 1), head=head))


class Misfit(Rejected):
    """A row does not fit; `cells`: by column everything that is wrong."""

    def __init__(self, cells: Mapping[str, object]) -> None:
        self.cells = cells
        field, message = next(iter(cells.items()))
        super().__init__(message, field)


class Cells:
    """Reads the cells of a row one after the other and keeps what is wrong with each: all of it is told at once."""

    def __init__(self, line: Line) -> None:
        self.line, self.wrong = line, dict[str, object]()

    def read(self, key: str, meant: Callable[[str], Meant], otherwise: Meant) -> Meant:
        """What the cell means; `otherwise` stands for it where it cannot be read, until `check` refuses the row."""
        try:
            return meant(self.line[key])
        except Rejected as refusal:
            self.wrong.setdefault(key, refusal.message)
            return otherwise

    def check(self) -> None:
        if self.wrong:
            raise Misfit(self.wrong)


def told(refusal: Rejected, sheet: Sheet, called: Mapping[str, str] = MappingProxyType({})) -> list[tuple[str, str]]:
    """(column, words) of everything that a row was refused for; no column where it is the row as a whole.

    `called`: what a service calls a field → the key of its column, where they differ.
    """
    wrong = refusal.cells if isinstance(refusal, Misfit) else {refusal.field or "": refusal.message}
    return [(sheet.column(called.get(key, key)), str(words)) for key, words in wrong.items()]


def in_one(found: Iterable[tuple[str, str]]) -> str:
    """The same as one text; the full stop of each gives way to the mark between them."""
    parts = [str(_l("%(column)s: %(words)s", column=column, words=words)) if column else words
             for column, words in found]  # fmt: skip
    return str(_l("; ")).join([*(each.rstrip("。.") for each in parts[:-1]), *parts[-1:]])


def upload_bytes(upload: FileStorage, field: str) -> bytes:
    """The content of an uploaded file. Refuses an empty one and one of more than 16 MB."""
    content = upload.stream.read(LARGEST + 1)
    if not content.strip():
        raise Rejected(_l("The file is empty."), field)
    if len(content) > LARGEST:
        raise Rejected(_l("The file is larger than 16 MB. Split it and hand it in in parts."), field)
    return content


def read_sheet(content: bytes, columns: Sequence[SheetColumn], field: str, titles: int = 0) -> Sheet:
    """The first table of the file: XLSX by its content, else CSV in UTF-8 or GB18030 with comma, tab or semicolon.

    Up to `titles` rows may stand above the head. Refuses, beside `field`, what is no table, has no rows, lacks a
    required column or has more than 50,000 rows.
    """
    rows = _xlsx_rows(content, field) if content.startswith(b"PK\x03\x04") else _csv_rows(content, field)
    filled = [(number, cells) for number, cells in rows if any(cells)]
    if not filled:
        raise Rejected(_l("The file has no rows."), field)
    if len(filled) > MOST_ROWS + 1:
        raise Rejected(_l("The file has more than %(most)s rows. Split it.", most=MOST_ROWS), field)
    at = next((n for n, (_line, cells) in enumerate(filled[: titles + 1]) if not _missing(cells, columns)), 0)
    (head_line, head), *body = filled[at:]
    places = _places(head, columns, field)
    return Sheet(head, [Line(number, cells, _meant(cells, places)) for number, cells in body], head_line, places)


def place(head: Sequence[str], column: SheetColumn) -> int | None:
    """Where the column stands, from 0; None when it is not there."""
    return _found(head, (column,)).get(column.key)


def hand_back(head: Sequence[str], rows: Iterable[tuple[Sequence[str], str]], reason_head: str) -> bytes:
    """Rows as CSV with the reason in an added last column, in UTF-8 with a mark, so that a spreadsheet opens it right.

    A reason column that the head already ends with (the file was handed back before) is replaced.
    """
    width = len(head) - 1 if head and head[-1] == reason_head else len(head)
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([*map(harmless, head[:width]), reason_head])
    for cells, reason in rows:
        padded = [*cells, *[""] * width][:width]
        writer.writerow([*map(harmless, padded), reason])
    return out.getvalue().encode("utf-8-sig")


def _csv_rows(content: bytes, field: str) -> list[tuple[int, list[str]]]:
    text = _decoded(content, field)
    delimiter = max(DELIMITERS, key=text.partition("\n")[0].count)
    reader, rows, number = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [], 1
    try:
        for cells in reader:
            rows.append((number, [_clean(cell) for cell in cells[:MOST_CELLS]]))
            number = reader.line_num + 1
    except csv.Error:
        raise Rejected(_l("Line %(line)s cannot be read as a table row.", line=number), field) from None
    return rows


def _decoded(content: bytes, field: str) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Rejected(_l("The file is no table. Save it as CSV or XLSX and hand it in again."), field)


def _xlsx_rows(content: bytes, field: str) -> list[tuple[int, list[str]]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
        if unpacked > LARGEST_UNPACKED:
            raise Rejected(_l("The file is larger than 16 MB. Split it and hand it in in parts."), field)
        found = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
        rows = found.to_python(skip_empty_area=False, nrows=MOST_ROWS + 2)
    except (zipfile.BadZipFile, CalamineError, IndexError):
        raise Rejected(_l("The workbook cannot be opened. Save it as XLSX again, without a password."), field) from None
    return [
        (number, [_clean(_text(cell)) for cell in cells[:MOST_CELLS]]) for number, cells in enumerate(rows, start=1)
    ]


def _text(cell: Any) -> str:
    """A cell as a person reads it: whole numbers without a point, dates as ISO."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds")
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


def _clean(cell: str) -> str:
    """Stripped, wide spaces too, and without the apostrophe or tab that keeps a spreadsheet from guessing."""
    return cell.strip().lstrip("'\t").strip()


def harmless(cell: str) -> str:
    """What would run as a formula gets an apostrophe before it; numbers do not."""
    risky = cell.startswith(FORMULA_STARTS) and not cell[1:].replace(".", "", 1).isdigit()
    return f"'{cell}" if risky else cell


def _places(head: Sequence[str], columns: Sequence[SheetColumn], field: str) -> dict[str, int]:
    if missing := _missing(head, columns):
        message = _l("The first row names the columns. Missing: %(columns)s.", columns="、".join(missing))
        raise Rejected(message, field)
    return _found(head, columns)


def _missing(head: Sequence[str], columns: Sequence[SheetColumn]) -> list[str]:
    found = _found(head, columns)
    return [str(column.label) for column in columns if column.required and column.key not in found]


def _found(head: Sequence[str], columns: Sequence[SheetColumn]) -> dict[str, int]:
    found = {_word(cell): place for place, cell in reversed(list(enumerate(head)))}
    return {
        column.key: found[_word(word)] for column in columns for word in reversed(column.heads) if _word(word) in found
    }


def _word(cell: str) -> str:
    """A head as compared: full-width folded, case and inner spaces away, a bracketed unit away."""
    plain = unicodedata.normalize("NFKC", cell).casefold()
    return "".join(plain.partition("(")[0].replace("_", "").split())


def _meant(cells: Sequence[str], places: Mapping[str, int]) -> dict[str, str]:
    return {key: cells[place] for key, place in places.items() if place < len(cells)}
