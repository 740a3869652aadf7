"""A drawn table as rows of spans: each cell once, with the columns that it covers and whether it goes on from above."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .grid import flat, label


@dataclass(frozen=True)
class Span:
    """A cell over the columns from `start` up to, not including, `end`. `goes_on`: merged into the cell above."""

    start: int
    end: int
    text: str
    goes_on: bool = False

    def overlap(self, other: "Span") -> int:
        return min(self.end, other.end) - max(self.start, other.start)

    @property
    def label(self) -> str:
        """Without spaces, widths and what stands in brackets behind it: 年度指标值（A） → 年度指标值."""
        return re.sub(r"[:：]$", "", re.sub(r"(?:\([^)]*\))+$", "", label(self.text)))


@dataclass(frozen=True)
class Line:
    """A row of a table, or a paragraph (one span). `sheet` numbers the sheets and tables that rows stand in."""

    spans: tuple[Span, ...]
    sheet: int = 0
    paragraph: bool = False

    @property
    def filled(self) -> list[Span]:
        return [span for span in self.spans if flat(span.text)]

    @property
    def words(self) -> str:
        return " ".join(flat(span.text) for span in self.filled)


def line_of(cells: Iterable[str], sheet: int = 0) -> Line:
    """A row without merged cells: one column for each."""
    return Line(tuple(Span(i, i + 1, text) for i, text in enumerate(cells)), sheet)


def merged(rows: Sequence[Sequence[str]], ranges: Iterable[tuple[int, int, int, int]], sheet: int) -> list[Line]:
    """Rows of a sheet with its merged ranges (first row, first column, last row, last column; from 0)."""
    covered: dict[tuple[int, int], tuple[int, int, int, int]] = {}
    for top, left, bottom, right in ranges:
        if (bottom - top + 1) * (right - left + 1) <= MOST_MERGED:
            covered |= {
                (r, c): (top, left, bottom, right) for r in range(top, bottom + 1) for c in range(left, right + 1)
            }
    return [Line(tuple(_spans(number, cells, covered)), sheet) for number, cells in enumerate(rows)]


MOST_MERGED = 20_000  # cells; a larger merge is a drawn background, not a field


def _spans(
    number: int, cells: Sequence[str], covered: dict[tuple[int, int], tuple[int, int, int, int]]
) -> Iterable[Span]:
    column = 0
    while column < len(cells):
        top, left, _bottom, right = covered.get((number, column), (number, column, number, column))
        if left == column or number == top:
            text = cells[left] if number == top and left < len(cells) else ""
            yield Span(column, right + 1, text, goes_on=number > top)
        column = max(right, column) + 1


def clean(text: str) -> str:
    """The words of a cell in one line; a break between two digits stays as a space, so that it is seen."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    joined = ""
    for line in lines:
        torn = joined and joined[-1].isnumeric() and line[0].isnumeric()
        joined += f" {line}" if torn else line
    return joined


def is_mark(text: str) -> bool:
    """A cell that says that it holds nothing."""
    return re.fullmatch(r"[-—–/*＊×\\ ]*", unicodedata.normalize("NFKC", text)) is not None
