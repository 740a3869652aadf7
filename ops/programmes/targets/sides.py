"""Two tables side by side on one sheet are read one after the other."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from .grid import label
from .heads import meaning
from .spans import Line

LEVEL = "level1"


def apart(lines: Sequence[Line]) -> list[Line]:
    """The lines of every sheet; where each grid of a sheet stands twice in a row, the left half before the right."""
    found: list[Line] = []
    for sheet, group in groupby(lines, key=lambda line: line.sheet):
        of_sheet = list(group)
        cut = _cut(of_sheet)
        found += of_sheet if cut is None else _halves(of_sheet, cut, sheet)
    return found


def _cut(lines: Sequence[Line]) -> int | None:
    """The column where the second table begins: two level 1 heads, with the names and values of the first between."""
    rows = [line for line in lines if not line.paragraph]
    heads = [(span.start, line) for line in rows for span in line.filled if meaning(span) == LEVEL]
    starts = sorted({start for start, _line in heads})
    if len(starts) != 2:
        return None
    first, second = starts
    left = all(_is_grid(line, first, second) for start, line in heads if start == first)
    right = all(_is_grid(line, second, None) for start, line in heads if start == second)
    return second if left and right else None


def _is_grid(line: Line, begins: int, ends: int | None) -> bool:
    """Whether a whole row of heads lies between the two columns."""
    inside = [span for span in line.filled if span.start >= begins and (ends is None or span.end <= ends)]
    names = {meaning(span) for span in inside}
    return "level3" in names and bool({"value", "value_or_name"} & names)


def _halves(lines: Sequence[Line], second: int, sheet: int) -> list[Line]:
    """What covers both halves (a title, a note) stays with the left one."""
    begins = _first_column(lines, second)
    left = [replace(line, spans=tuple(span for span in line.spans if span.start < begins)) for line in lines]
    right = [
        replace(line, spans=tuple(span for span in line.spans if span.start >= begins), sheet=sheet) for line in lines
    ]
    return [line for line in (*left, *right) if line.spans]


def _first_column(lines: Sequence[Line], second: int) -> int:
    """Where the right table begins: left of its level 1 there may stand a number or a group (序号, 绩效指标)."""
    heads = next(line for line in lines if any(meaning(span) == LEVEL and span.start == second for span in line.filled))
    begins = second
    for span in sorted(heads.filled, key=lambda each: -each.end):
        if span.end == begins and label(span.text) in ("绩效指标", "序号", "项目名称"):
            begins = span.start
    return begins
