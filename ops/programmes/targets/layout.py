"""The one reader of the form's layout: rows of cells → target tables, by labels and never by line numbers.

The form: title; unit line; 项目编码, 项目名称; 预算规模及资金用途; 资金支出计划; 绩效目标; then the
indicator grid, whose level-1 and level-2 cells are merged downwards.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from .grid import Row, flat, label
from .numerals import amount
from .spans import clean
from .tables import Budget, IndicatorRow, PlanPoint, TargetTable, Unreadable

TITLE = re.compile(r"(?:([0-9]+)[.．、])?\s*(\S.*绩效目标表)")
PART = re.compile(r"第[一二三四五六七八九十]+部分")
UNIT_LINE = re.compile(r"[0-9]{3,}[^0-9\s].*?(?=\s*单位[:：]|$)")
AMOUNT_UNIT = re.compile(r"单位[:：]\s*(\S+)")
GROUPS = ("项目编码", "预算规模及资金用途", "资金支出计划", "绩效目标")
COLUMNS = {
    "一级指标": "level1",
    "二级指标": "level2",
    "三级指标": "level3",
    "绩效指标描述": "description",
    "指标值": "value_text",
    "指标值确定依据": "basis",
}
FIELDS = {
    "项目编码": "code",
    "项目名称": "name",
    "预算数": "total",
    "其中:财政资金": "fiscal",
    "财政资金": "fiscal",
    "其他资金": "other",
}


@dataclass
class _Section:
    """One title and the rows under it."""

    seq: int
    title: str
    bookmark: str | None
    part: str
    rows: list[Row] = field(default_factory=list)

    def has_cells(self) -> bool:
        return any(not row.paragraph for row in self.rows)

    def missing(self, what: str) -> Unreadable:
        return Unreadable("field_missing", table=self.title, field=what)


def is_title(text: str) -> bool:
    return TITLE.fullmatch(flat(text)) is not None


def read_layout(rows: Iterable[Row]) -> tuple[TargetTable, ...]:
    """Every table of the source, or Unreadable: never some of them, never half of one."""
    sections = _sections(rows)
    filled = {section.title for section in sections if section.has_cells()}
    empty = [section for section in sections if section.title not in filled]
    if empty:
        raise Unreadable("table_cut", table=empty[0].title)
    if not sections:
        raise Unreadable("no_table")
    # A title without a table, whose table does come: a table of contents.
    return tuple(_table(section) for section in sections if section.has_cells())


def _sections(rows: Iterable[Row]) -> list[_Section]:
    sections: list[_Section] = []
    current: _Section | None = None
    part: list[str] = []
    for row in rows:
        words = [flat(cell) for cell in row.cells if flat(cell)]
        title = TITLE.fullmatch(words[0]) if len(words) == 1 else None
        if title:
            seq = int(title[1] or len(sections) + 1)
            current = _Section(seq, title[2].strip(), row.bookmark, " ".join(part))
            sections.append(current)
        elif row.paragraph and words and PART.fullmatch(words[0]):
            part, current = [words[0]], None
        elif row.paragraph and words and len(part) == 1 and not current:
            part.append(words[0])
        elif current and words:
            current.rows.append(row)
    return sections


def _table(section: _Section) -> TargetTable:
    head, grid = _split(section)
    groups = _groups(head)
    fields = _fields(head)
    unit_line, amount_unit = _units(section, head)
    return TargetTable(
        section.seq,
        section.title,
        section.bookmark,
        section.part,
        unit_line,
        amount_unit,
        project_code=fields.get("code") or _raise(section.missing("项目编码")),
        project_name=fields.get("name") or _raise(section.missing("项目名称")),
        budget=_budget(section, fields),
        fund_use=_fund_use(groups.get("预算规模及资金用途", [])),
        funding_plan=_plan(section, groups.get("资金支出计划", [])),
        goals=_goals(section, groups.get("绩效目标", [])),
        indicators=_indicators(section, grid),
    )


def _raise(error: Unreadable) -> str:
    raise error


def _split(section: _Section) -> tuple[list[Row], list[Row]]:
    """The rows above the indicator grid, and the grid with its header."""
    for i, row in enumerate(section.rows):
        if COLUMNS.keys() <= {label(cell) for cell in row.cells}:
            return section.rows[:i], [r for r in section.rows[i:] if not r.paragraph]
    raise Unreadable("header_missing", table=section.title)


def _groups(head: Sequence[Row]) -> dict[str, list[Row]]:
    """The rows by the label of their first column, which carries down over blank cells."""
    groups: dict[str, list[Row]] = {}
    current = ""
    for row in head:
        first = label(row.cells[0])
        current = next((name for name in GROUPS if first.startswith(name)), current if not first else "")
        if not row.paragraph:
            groups.setdefault(current, []).append(row)
    return groups


def _fields(head: Sequence[Row]) -> dict[str, str]:
    """Each known label and the cell to its right; a blank cell gives an empty text."""
    found: dict[str, str] = {}
    for row in head:
        for cell, right in zip(row.cells, (*row.cells[1:], ""), strict=True):
            name = FIELDS.get(label(cell))
            if name and name not in found:
                found[name] = "" if label(right) in FIELDS else flat(right)
    return found


def _units(section: _Section, head: Sequence[Row]) -> tuple[str, str]:
    """The unit's code and name, and the unit of the amounts: they stand above the project code."""
    above = takewhile(lambda row: label(row.cells[0]) != "项目编码", head)
    cells = [flat(cell) for row in above for cell in row.cells]
    unit = next((m[0].strip() for cell in cells if (m := UNIT_LINE.match(cell))), None)
    amounts = next((m[1] for cell in cells if (m := AMOUNT_UNIT.search(cell))), None)
    if not unit or not amounts:
        raise section.missing("单位")
    return unit, amounts


def _budget(section: _Section, fields: dict[str, str]) -> Budget:
    if not fields.get("total"):
        raise section.missing("预算数")
    texts = {name: fields.get(name) or None for name in ("total", "fiscal", "other")}
    numbers = {name: amount(text) if text else None for name, text in texts.items()}
    for name, text in texts.items():
        if text and numbers[name] is None:
            raise Unreadable("amount_unreadable", table=section.title, text=text)
    total = numbers["total"]
    if total is None:
        raise section.missing("预算数")
    sources = texts["fiscal"], texts["other"]
    return Budget(fields["total"], *sources, total, numbers["fiscal"], numbers["other"])


def _fund_use(rows: Sequence[Row]) -> str:
    """The row of the budget group that holds no label: what the money is for."""
    plain = [row for row in rows if not any(label(cell) in FIELDS for cell in row.cells)]
    return "".join(flat(cell) for row in plain for cell in row.cells[1:])


def _plan(section: _Section, rows: Sequence[Row]) -> tuple[PlanPoint, ...]:
    if not rows:
        return ()
    lines = [[flat(cell) for cell in row.cells[1:] if flat(cell)] for row in rows]
    if len(lines) != 2 or not lines[0]:
        raise section.missing("资金支出计划")
    numbers = [amount(text.rstrip("%％")) for text in lines[1]]
    read = [number for number in numbers if number is not None]
    if not len(lines[0]) == len(numbers) == len(read):
        raise Unreadable("plan_unreadable", table=section.title, text=" ".join(lines[1]))
    return tuple(PlanPoint(*point) for point in zip(lines[0], lines[1], read, strict=True))


def _goals(section: _Section, rows: Sequence[Row]) -> tuple[str, ...]:
    """One goal a numbered line; a line without a number goes on with the goal before it."""
    goals: list[str] = []
    for line in (line.strip() for row in rows for cell in row.cells[1:] for line in cell.splitlines()):
        if goals and not re.match(r"[0-9]+[.．、]", line):
            goals[-1] += line
        elif line:
            goals.append(line)
    if not goals:
        raise section.missing("绩效目标")
    return tuple(goals)


def _indicators(section: _Section, grid: Sequence[Row]) -> tuple[IndicatorRow, ...]:
    names = [COLUMNS.get(label(cell), "") for cell in grid[0].cells]
    rows: list[IndicatorRow] = []
    for line in grid[1:]:
        if [label(cell) for cell in line.cells] != [label(cell) for cell in grid[0].cells]:
            rows.append(_indicator(section, line, names, rows))
    found = {row.level1[:2] for row in rows}
    if not {"产出", "效益"} <= found:
        raise Unreadable("table_cut", table=section.title)
    return tuple(rows)


def _indicator(section: _Section, line: Row, names: Sequence[str], above: Sequence[IndicatorRow]) -> IndicatorRow:
    number = len(above) + 1
    if len(line.cells) != len(names):
        raise Unreadable("row_width", table=section.title, row=number, found=len(line.cells), expected=len(names))
    cell = {name: flat(text) for name, text in zip(names, line.cells, strict=True) if name}
    cell["value_text"] = clean(line.cells[names.index("value_text")])
    if not cell["level1"] and above:
        cell["level1"], cell["level2"] = above[-1].level1, cell["level2"] or above[-1].level2
    if not (cell["level1"] and cell["level3"]):
        raise Unreadable("row_incomplete", table=section.title, row=number)
    return IndicatorRow(
        cell["level1"],
        cell["level2"],
        cell["level3"],
        cell["description"],
        cell["value_text"],
        cell["basis"],
        number,
    )
