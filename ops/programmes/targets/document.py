"""Target tables out of the published text: a tab opens a cell, a blank line ends a row.

Both are only nearly true as published: a name may be split over lines, and a blank line may stand
inside a row.
"""

import re

from .grid import Row, label
from .layout import is_title, read_layout
from .tables import TargetTable, Unreadable

BOOKMARK = re.compile(r"\[bookmark: ?(\S+)\]")


def read_text(text: str) -> tuple[TargetTable, ...]:
    """The tables of a published text. Raises Unreadable."""
    return read_layout(rows_of_text(text))


def decode(data: bytes) -> str:
    """UTF-8, else GB18030, as office machines write it. Raises Unreadable for anything that is not text."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Unreadable("not_text")


def rows_of_text(text: str) -> list[Row]:
    rows = _Rows()
    for line in text.splitlines():
        rows.take(line)
    return [Row(tuple(cells), paragraph, bookmark) for cells, paragraph, bookmark in rows.found]


class _Rows:
    """The rows so far. `width` is that of the indicator grid, known once its header has ended."""

    def __init__(self) -> None:
        self.found: list[tuple[list[str], bool, str | None]] = []
        self.width = 0
        self.after_blank = True

    def take(self, line: str) -> None:
        words = BOOKMARK.sub("", line).strip()
        if line.startswith("\t"):
            self._cell(line[1:])
        elif not words:
            self.after_blank = True
        elif self._continues(words):
            self.found[-1][0][-1] += "\n" + words
        else:
            self._paragraph(words, BOOKMARK.search(line))

    def _cell(self, first: str) -> None:
        if not self._row_is_open():
            self.found.append(([], False, None))
        self.found[-1][0].extend(first.split("\t"))
        self.after_blank = False

    def _row_is_open(self) -> bool:
        if not self.found or self.found[-1][1]:
            return False
        cells = self.found[-1][0]
        if self.after_blank and label(cells[0]) == "一级指标":
            self.width = self.width or len(cells)
        return not self.after_blank or len(cells) < self.width

    def _continues(self, words: str) -> bool:
        """A line without a tab goes on with the cell above, unless that row is complete."""
        if not self.found or self.found[-1][1] or is_title(words):
            return False
        return self._row_is_open() or not self.width

    def _paragraph(self, words: str, bookmark: re.Match[str] | None) -> None:
        self.found.append(([words], True, bookmark[1] if bookmark else None))
        self.after_blank = True
        self.width = 0 if is_title(words) else self.width
