"""The rows under the heads of an indicator grid: cells by their columns, blank levels carried on, split rows joined."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from .grid import label
from .heads import Heads, heads_of
from .numerals import plain
from .spans import Line, clean, is_mark
from .tables import IndicatorRow

LEVELS = re.compile(r"(?:产出|效益|效果|成本|满意|投入|过程|决策|履职|社会评价|管理|运行|服务对象|可持续|影响力)")
KNOWN_LEVELS = re.compile(r"成本|产出|效益|满意")
WEIGHTED = re.compile(r"(.*?)[\s(（]*(?:权重|分值|占比)?[:：]?\s*([0-9]+(?:\.[0-9]+)?)\s*[分%％]?[)）]*(?:分)?")
# 一、产出指标, 1.产出指标, (一)产出指标
NUMBERED = re.compile(r"^(?:[(（]?(?:[一二三四五六七八九十]|[0-9])[)）、.．])+")
# what closes the grid or stands between its rows
CLOSING = re.compile(
    r"(?:总分|合计|总计|小计|备注|注|说明|填报人|填表人|联系人|联系电话|审核|负责人|财政部门|主管部门|单位负责人|编制人|"
    r"其他需|填报日期|填表日期|绩效自评|自评结论|预算执行率|日期).*"
)
ALONE = re.compile(
    r"(?:总分|合计|总计|小计|备注|注|说明|填报人|填表人|联系人|联系电话|审核人?|负责人|填报日期|填表日期|日期)(?:[:：].*)?"
)
LOOKS_LIKE_VALUE = re.compile(r"[≥≤><=＞＜≧≦][0-9０-９].*|[0-9０-９.]+[%％‰]")
FIELDS = ("project", "level1", "level2", "level3", "description", "value", "basis", "sign", "unit", "weight")


@dataclass
class _Grid:
    """The rows so far, and what the next one may take over."""

    heads: Heads
    rows: list[IndicatorRow] = field(default_factory=list)
    projects: list[str] = field(default_factory=list)
    project: str = ""
    level1: str = ""
    level2: str = ""
    page_broken: bool = False


def grid_rows(lines: Sequence[Line]) -> list[tuple[str, IndicatorRow]]:
    """(project, indicator) of the lines, of which the first holds the heads; the project only where a column names it.

    Heads that are repeated on a new page are passed over.
    """
    grid, storeys = _Grid(Heads((), 0)), 0
    for number, line in enumerate(lines):
        again = heads_of(line, lines[number + 1] if number + 1 < len(lines) else None)
        storeys -= 1
        if again is not None:
            grid.heads, grid.page_broken, storeys = again, bool(grid.rows), again.storeys
        elif storeys > 0:
            continue
        elif not line.paragraph and line.filled and not _closes(line, grid.heads):
            _take(grid, line)
    return list(zip(grid.projects, grid.rows, strict=True))


def _closes(line: Line, heads: Heads) -> bool:
    """A total, a note or a signature: by its first word, where that stands in the place of a level.

    Under the names it may be an indicator (主管部门满意度, 编制人数): there it closes only when it says nothing else.
    """
    first = line.filled[0]
    words = label(first.text)
    if CLOSING.fullmatch(words) is None or LEVELS.match(words):
        return heads.covers_all(first) and len(line.filled) == 1
    return heads.name_at(first) not in ("level3", "description") or ALONE.fullmatch(words) is not None


def _take(grid: _Grid, line: Line) -> None:
    cells, doubts = _cells(grid.heads, line)
    if not any(cells[name] for name in ("level3", "value", "sign", "unit", "description")) or _is_blank(cells):
        _levels(grid, cells)
        return
    if _is_rest(grid, cells):
        grid.rows[-1] = _joined(grid.rows[-1], cells)
        return
    grid.page_broken = False
    name, weight = _levels(grid, cells)
    grid.rows.append(_row(grid, cells, (*doubts, *weight), name))
    grid.projects.append(grid.project)


def _is_blank(cells: dict[str, str]) -> bool:
    """A line of the form that nobody filled in: dots, or 指标1: with nothing behind it, and no value."""
    name = re.sub(r"^(?:指标)?[0-9]*[:：.、]?", "", label(cells["level3"]))
    return not (cells["value"] or cells["sign"]) and re.fullmatch(r"[.…·]*", name) is not None and bool(cells["level3"])


def _cells(heads: Heads, line: Line) -> tuple[dict[str, str], tuple[str, ...]]:
    """The text under each head. Two texts under one head, or one beyond all heads: the row may be shifted."""
    cells = dict.fromkeys(FIELDS, "")
    doubts: list[str] = []
    for span in line.filled:
        name = heads.name_at(span)
        if not name:
            doubts.append("cells_shifted")
        elif name in cells:
            doubts += ["cells_shifted"] if cells[name] else []
            cells[name] = f"{cells[name]} {clean(span.text)}".strip()
    plain = all(span.end - span.start == 1 for span in line.spans)
    if plain and max(span.end for span in line.spans) != heads.width:
        doubts.append("cells_shifted")
    return cells, tuple(dict.fromkeys(doubts))


def _levels(grid: _Grid, cells: dict[str, str]) -> tuple[str, tuple[str, ...]]:
    """Carry the levels on; a new level 1 ends the level 2 above it. Gives level 1's weight and the doubts."""
    doubts: tuple[str, ...] = ()
    if cells["project"] and cells["project"] != grid.project:
        grid.project, grid.level1, grid.level2 = cells["project"], "", ""
    if cells["level1"] and not is_mark(cells["level1"]):
        grid.level1, grid.level2 = _level(cells["level1"]), ""
    if cells["level2"] and not is_mark(cells["level2"]):
        grid.level2 = _level(cells["level2"])
    name, weight = unweighted(grid.level1)
    if "level1" in grid.heads.names:
        known = KNOWN_LEVELS.match(name)
        doubts = () if known else (("level_unknown_here",) if LEVELS.match(name) else ("cells_shifted",))
    return weight, doubts


def _level(words: str) -> str:
    """The name of a level without its number and the spaces that spread it over the cell."""
    return NUMBERED.sub("", re.sub(r"(?<=[一-鿿])\s+(?=[一-鿿])", "", words.strip())).strip()


def unweighted(words: str) -> tuple[str, str]:
    """(name, weight) of a level with its weight in the name: 产出指标（50分） → 产出指标, 50."""
    match = WEIGHTED.fullmatch(words)
    return (match[1], match[2]) if match and match[1] else (words, "")


def _is_rest(grid: _Grid, cells: dict[str, str]) -> bool:
    """The lower half of a row that was split over a page: words go on, and nothing new begins."""
    return bool(
        grid.page_broken
        and grid.rows
        and not cells["level1"]
        and not cells["level2"]
        and bool(cells["level3"]) != bool(cells["value"])
    )


def _joined(row: IndicatorRow, cells: dict[str, str]) -> IndicatorRow:
    torn = row.value_text[-1:].isdigit() and cells["value"][:1].isdigit()
    value = f"{row.value_text} {cells['value']}" if torn else row.value_text + cells["value"]
    return replace(
        row,
        level3=row.level3 + cells["level3"],
        value_text=value,
        description=row.description + cells["description"],
        doubts=tuple(dict.fromkeys((*row.doubts, "row_joined"))),
    )


def _row(grid: _Grid, cells: dict[str, str], doubts: tuple[str, ...], level_weight: str) -> IndicatorRow:
    level1, _weight = unweighted(grid.level1)
    level2, _weight2 = unweighted(grid.level2)
    found = list(doubts) + list(grid.heads.doubts)
    weight = cells["weight"]
    if weight and not is_mark(weight) and not re.fullmatch(r"[0-9]+(?:\.[0-9]+)?(?:分|%)?", weight):
        found.append("weight_unreadable")
    found += _shifts(cells)
    return IndicatorRow(
        level1,
        level2,
        cells["level3"],
        cells["description"],
        cells["value"],
        cells["basis"],
        len(grid.rows) + 1,
        "" if is_mark(cells["sign"]) else cells["sign"],
        _unit(grid.heads, cells),
        "" if is_mark(weight) else weight,
        level_weight,
        tuple(dict.fromkeys(found)),
    )


def _unit(heads: Heads, cells: dict[str, str]) -> str:
    """The unit in its cell, else the one in the head (指标值（万元）) where the value is a bare number."""
    own = "" if is_mark(cells["unit"]) else cells["unit"]
    bare = re.fullmatch(r"[≥≤><=]*[0-9.,]+", plain(cells["value"])) is not None
    return own or (heads.unit if bare else "")


def _shifts(cells: dict[str, str]) -> list[str]:
    """What stands where it cannot belong."""
    elsewhere = [cells[name] for name in ("level2", "level3", "description", "basis", "unit", "weight")]
    value_elsewhere = any(LOOKS_LIKE_VALUE.fullmatch(label(text)) for text in elsewhere)
    levels_inside = any(re.fullmatch(r".{1,6}指标", label(cells[name])) for name in ("value", "unit", "sign"))
    found = ["cells_shifted"] if value_elsewhere or levels_inside else []
    return found + ([] if cells["level3"] else ["name_missing"])
