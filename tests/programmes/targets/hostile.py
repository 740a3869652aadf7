"""Whole forms as other places print them, drawn cell by cell with merges in both directions; what they say is known."""

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

from docx import Document
from openpyxl import Workbook

from tests.programmes.targets.generated import Truth
from tests.programmes.targets.spellings import YEAR, value

SAID: dict[str, Any] = json.loads((Path(__file__).parent / "data" / "forms.json").read_text(encoding="utf-8"))
ORDER = ("成本指标", "产出指标", "效益指标", "满意度指标")


@dataclass
class Row:
    """One indicator of a made form. `shared`: its value stands in the cell above."""

    level1: str
    level2: str
    name: str
    text: str
    truth: Truth
    damaged: bool
    sign: str = ""
    unit: str = ""
    shared: bool = False


@dataclass
class Canvas:
    """Cells by place: words, and how many rows and columns they cover."""

    width: int
    lines: list[dict[int, tuple[str, int, int]]] = field(default_factory=list)

    def line(self, cells: Sequence[tuple[str, int]]) -> None:
        self.lines.append({})
        column = 0
        for words, wide in cells:
            self.lines[-1][column] = (words, 1, wide)
            column += wide
        assert column <= self.width, cells

    def merge_down(self, column: int, first: int, last: int) -> None:
        words, _rows, wide = self.lines[first][column]
        self.lines[first][column] = (words, last - first + 1, wide)
        for number in range(first + 1, last + 1):
            self.lines[number].pop(column, None)


@dataclass(frozen=True)
class Style:
    """How one form is drawn."""

    layout: tuple[str, ...]
    heads: tuple[str, ...]
    merged: str  # levels: merged, blank or repeated
    weights: str
    group: bool
    storeys: bool
    pages: int
    title_again: bool
    numbered: str
    dots: bool
    unit_in_head: str
    transfer: bool


def style_of(chance: random.Random) -> Style:
    layout = tuple(chance.choice(SAID["layouts"]))
    heads = tuple(chance.choice(SAID["heads"][key]) for key in layout)
    unit = chance.choice(("", "", "", "（万元）", "（%）")) if "unit" not in layout else ""
    return Style(
        layout,
        heads,
        chance.choice(("merged", "merged", "blank", "repeated")),
        chance.choice(SAID["weights"]),
        chance.random() < 0.4,
        chance.random() < 0.2,
        chance.choice((99, 99, 3, 4)),
        chance.random() < 0.5,
        chance.choice(SAID["numbered"]),
        chance.random() < 0.25,
        unit,
        chance.random() < 0.3,
    )


def rows_of(chance: random.Random, style: Style) -> list[Row]:
    levels = SAID["common"] + SAID["cost_first" if chance.random() < 0.5 else "cost_second"]
    chosen = sorted(
        (chance.choice(levels) for _ in range(chance.randint(3, 10))), key=lambda pair: (ORDER.index(pair[0]), pair[1])
    )
    rows = [_row(chance, style, *pair) for pair in chosen]
    for before, row in pairwise(rows):
        if (
            chance.random() < 0.06
            and not before.shared
            and "unit" not in style.layout
            and not style.dots
            and style.pages == 99
        ):
            row.shared, row.text, row.truth, row.damaged = True, before.text, before.truth, True
    return rows


def _row(chance: random.Random, style: Style, level1: str, level2: str) -> Row:
    text, truth, damaged = value(chance)
    made = Row(level1, level2, chance.choice(SAID["names"]), text, truth, damaged)
    if (
        "unit" in style.layout
        and truth.number is not None
        and not damaged
        and truth.operator in ("≥", "≤", "=", ">", "<")
    ):
        sign = {"≥": ("≥", ">=", "＞＝", "大于等于"), "≤": ("≤", "<="), "=": ("=",), ">": (">",), "<": ("<",)}[
            truth.operator
        ]
        made.text, made.sign, made.unit = f"{truth.number}", chance.choice(sign), truth.unit or ""
    return made


def head_block(canvas: Canvas, style: Style, chance: random.Random, name: str) -> None:
    width = canvas.width
    title = "区域绩效目标自评表" if style.transfer else str(chance.choice(SAID["titles"]))
    canvas.line([(f"{title}\n（{YEAR}年度）" if chance.random() < 0.3 else f"{title}（{YEAR}年度）", width)])
    canvas.line([("转移支付名称" if style.transfer else "项目名称", 1), (name, width - 1)])
    canvas.line([("主管部门", 1), ("某某局", 1), ("实施单位", 1), ("某某中心", width - 3)])
    if style.transfer:
        canvas.line([("资金情况\n（万元）", 1), ("", 1), ("全年预算数(A)", 1), ("全年执行数(B)", width - 3)])
        canvas.line([("", 1), ("年度资金总额：", 1), ("123.4", 1), ("120", width - 3)])
        canvas.line([("", 1), ("其中：中央财政资金", 1), ("123.4", 1), ("120", width - 3)])
    else:
        canvas.line([("项目资金（万元）", 1), ("年度资金总额", 1), ("123.4", width - 2)])
    canvas.line([("年度总体目标", 1), ("保障机关运转，满意度≥95%", width - 1)])


def _level(chance: random.Random, words: str, style: Style) -> str:
    spaced = chance.choice((words, words, words, " ".join(words), "\n".join(words), f"一、{words}"))
    return f"{spaced}{style.weights}" if words.endswith("指标") else spaced


def cell_words(key: str, row: Row, chance: random.Random, style: Style) -> str:
    said = {"level2": row.level2, "name": row.name, "value": row.text, "sign": row.sign, "unit": row.unit}
    words = said[key] if key in said else str(chance.choice(SAID["other"][key]))
    return f"{style.numbered}{words}" if key == "name" else words


def draw(chance: random.Random, style: Style, rows: Sequence[Row], name: str) -> Canvas:
    """The form of one project."""
    left = 1 if style.group else 0
    canvas = Canvas(len(style.layout) + left)
    head_block(canvas, style, chance, name)
    title = canvas.lines[0][0][0]
    _heads(canvas, style, left)
    first = len(canvas.lines)
    levels: dict[int, list[tuple[str, int]]] = {0: [], 1: []}
    for number, row in enumerate(rows):
        if number and number % style.pages == 0:
            _new_page(canvas, style, left, title)
            levels = {0: [], 1: []}
        _draw_row(canvas, chance, style, row, rows[number - 1] if number else None, levels, left)
        if row.shared and levels[0] and (number % style.pages or style.pages == 99):
            at = left + style.layout.index("value")
            canvas.lines[-1][at] = ("", 1, 1)
            canvas.merge_down(at, len(canvas.lines) - 2, len(canvas.lines) - 1)
        if style.dots and chance.random() < 0.3:
            _dots(canvas, style, left, row)
            levels = {0: [], 1: []}
    if style.group and style.pages == 99:
        for number in range(first, len(canvas.lines)):
            canvas.lines[number].setdefault(0, ("", 1, 1))
        canvas.merge_down(0, first, len(canvas.lines) - 1)
    canvas.line([("总分", len(style.layout) - 1 + left), ("100", 1)])
    canvas.line([("注：1.定量指标完成值≥指标值得满分；2.其他按比例≥60%计分。", canvas.width)])
    return canvas


def _heads(canvas: Canvas, style: Style, left: int) -> None:
    if style.storeys and "sign" in style.layout:
        _two_storeys(canvas, style, left)
        return
    group = [("绩效指标", 1)] if left else []
    words = [
        f"{head}{style.unit_in_head}" if key == "value" else head
        for key, head in zip(style.layout, style.heads, strict=True)
    ]
    canvas.line([*group, *((word, 1) for word in words)])


def _two_storeys(canvas: Canvas, style: Style, left: int) -> None:
    """指标值 over 符号, 数值 and 单位; every other head goes down over both rows."""
    parts = [number for number, key in enumerate(style.layout) if key in ("sign", "value", "unit")]
    first, last = parts[0], parts[-1]
    names = [("绩效指标", 1)] * left + [(head, 1) for head in style.heads]
    upper = [*names[: left + first], ("指标值", last - first + 1), *names[left + last + 1 :]]
    canvas.line(upper)
    under = {"sign": "符号", "value": "数值", "unit": "计量单位"}
    canvas.line(
        [("", 1)] * (left + first)
        + [(under[style.layout[n]], 1) for n in parts]
        + [("", 1)] * (len(style.layout) - 1 - last)
    )
    for column in (*range(left + first), *range(left + last + 1, canvas.width)):
        canvas.merge_down(column, len(canvas.lines) - 2, len(canvas.lines) - 1)


def _new_page(canvas: Canvas, style: Style, left: int, title: str) -> None:
    if style.title_again:
        canvas.line([(title, canvas.width)])
    _heads(canvas, style, left)


def _dots(canvas: Canvas, style: Style, left: int, row: Row) -> None:
    words = {"level1": row.level1 + style.weights, "level2": row.level2, "name": "……"}
    canvas.line([*([("", 1)] * left), *((words.get(key, ""), 1) for key in style.layout)])


def _draw_row(
    canvas: Canvas,
    chance: random.Random,
    style: Style,
    row: Row,
    before: Row | None,
    levels: dict[int, list[tuple[str, int]]],
    left: int,
) -> None:
    number = len(canvas.lines)
    same1 = bool(levels[0]) and before is not None and before.level1 == row.level1
    same2 = same1 and before is not None and before.level2 == row.level2
    cells = [("", 1)] * left
    for key in style.layout:
        if key == "level1":
            cells.append(("" if same1 and style.merged != "repeated" else _level(chance, row.level1, style), 1))
        elif key == "level2":
            cells.append(("" if same2 and style.merged != "repeated" else row.level2, 1))
        else:
            cells.append((cell_words(key, row, chance, style), 1))
    canvas.line(cells)
    for depth, same, key in ((0, same1, "level1"), (1, same2, "level2")):
        if same and style.merged == "merged":
            start = levels[depth][0][1]
            canvas.merge_down(left + style.layout.index(key), start, number)
        else:
            levels[depth] = [("", number)]


def beside(chance: random.Random, one: Canvas, two: Canvas) -> Canvas:
    """Two forms side by side on one sheet, with an empty column between."""
    both = Canvas(one.width + 1 + two.width)
    for number in range(max(len(one.lines), len(two.lines))):
        cells = dict(one.lines[number]) if number < len(one.lines) else {}
        if number < len(two.lines):
            cells |= {column + one.width + 1: cell for column, cell in two.lines[number].items()}
        both.lines.append(cells)
    return both


def as_xlsx(forms: Sequence[Canvas]) -> bytes:
    book = Workbook()
    for index, form in enumerate(forms):
        sheet = book.active if index == 0 else book.create_sheet()
        for number, line in enumerate(form.lines, 1):
            for column, (words, tall, wide) in line.items():
                cell = sheet.cell(number, column + 1, words or None)
                cell.data_type = "s" if words else "n"
                if tall > 1 or wide > 1:
                    sheet.merge_cells(
                        start_row=number, start_column=column + 1, end_row=number + tall - 1, end_column=column + wide
                    )
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def as_docx(forms: Sequence[Canvas]) -> bytes:
    document = Document()
    for form in forms:
        table = document.add_table(rows=len(form.lines), cols=form.width)
        grid = [row.cells for row in table.rows]
        for number, line in enumerate(form.lines):
            for column, (words, tall, wide) in line.items():
                cell = grid[number][column]
                if tall > 1 or wide > 1:
                    cell = cell.merge(grid[number + tall - 1][column + wide - 1])
                cell.text = words
        document.add_paragraph("")
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def as_text(forms: Sequence[Canvas], mark: str = "\t") -> bytes:
    lines = []
    for form in forms:
        for line in form.lines:
            cells = [line[column][0].replace("\n", " ") if column in line else "" for column in range(form.width)]
            lines.append(mark.join(cells))
    return "\n".join(lines).encode()


def made(chance: random.Random, name: str) -> tuple[Canvas, list[Row], Style]:
    style = style_of(chance)
    rows = rows_of(chance, style)
    return draw(chance, style, rows, name), rows, style


def plain_style(style: Style) -> Style:
    return replace(style, pages=99, dots=False)
