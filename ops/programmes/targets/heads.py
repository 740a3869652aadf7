"""The heads of an indicator grid, found by their words wherever they stand."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from .grid import label
from .spans import Line, Span
from .units import known_unit

EXACT = {
    **dict.fromkeys(("项目名称", "专项名称", "二级项目名称"), "project"),
    "一级指标": "level1",
    "一级": "level1",
    "一级指标名称": "level1",
    "指标类型": "level1",
    "指标类别": "level1",
    "绩效目标": "value_or_name",
    "指标大类": "level1",
    "二级指标": "level2",
    "二级": "level2",
    "二级指标名称": "level2",
    "三级指标": "level3",
    "三级": "level3",
    "三级指标名称": "level3",
    "四级指标": "level3",
    "指标名称": "level3",
    "绩效指标名称": "level3",
    "具体指标": "level3",
    "指标内容": "value_or_name",
    "绩效指标": "group",
    "指标": "level3",
    "目标值": "value",
    "绩效标准": "value",
    "单位": "unit",
    "符号": "sign",
    "分值": "weight",
    "权重": "weight",
    "值": "value",
    "数值": "value",
}
# the first that matches, after the exact ones
PATTERNS = (
    (
        "other",
        r".*(?:实际|完成值|完成情况|得分|上年|前年|往年|历史|参考|偏差|半年|1[-—~至]\d+月|备注|序号|评分|扣分).*",
    ),
    ("basis", r".*(?:依据|来源)"),
    ("sign", r".*(?:符号|运算符|指标性质|指标方向|比较关系|逻辑关系|性质)"),
    ("unit", r"(?:计量|度量|指标值?|数值)?单位"),
    ("weight", r".*(?:分值|权重|标准分)(?:\(?[%％分]\)?)?"),
    (
        "value",
        r".*(?:指标值|目标值|计划值|预期值|年初值|绩效值|标准值|年度目标|设定值)(?:及(?:计量|其)?单位|和单位|及说明)?",
    ),
    ("description", r".*(?:描述|解释|说明|内涵)"),
)
FIRST = ("全年", "年度", "本年", "年初")


@dataclass(frozen=True)
class Heads:
    """The columns of a grid: what stands under each, by the span of its head."""

    columns: tuple[tuple[str, Span], ...]
    width: int
    doubts: tuple[str, ...] = ()
    storeys: int = 1
    unit: str = ""

    def covers_all(self, span: Span) -> bool:
        """Whether the span lies over the names and the values alike, as a note across the table does."""
        heads = [head for name, head in self.columns if name in ("level1", "level3", "value")]
        return len(heads) > 1 and all(head.overlap(span) > 0 for head in heads)

    def name_at(self, span: Span) -> str:
        """The column that the span lies under most; "" beyond all of them."""
        best = max(self.columns, key=lambda column: column[1].overlap(span))
        return best[0] if best[1].overlap(span) > 0 else ""

    @property
    def names(self) -> set[str]:
        return {name for name, _span in self.columns}


def meaning(span: Span) -> str:
    """What a head says its column holds; "" for words that are no head."""
    words = span.label
    if words in EXACT:
        return EXACT[words]
    if len(words) > 16:
        return ""
    return next((name for name, pattern in PATTERNS if re.fullmatch(pattern, words)), "")


def heads_of(line: Line, below: Line | None) -> Heads | None:
    """The heads that this row holds, with the row below where the heads are of two storeys; None when it is no head."""
    if line.paragraph:
        return None
    found = [(meaning(span), span) for span in line.filled]
    names = [name for name, _span in found]
    levels = len({"level1", "level2", "level3"} & set(names))
    if not ({"value", "value_or_name"} & set(names)) or not levels or (levels < 2 and len(names) < 3):
        return None
    storeys = 1
    if below is not None and is_second_storey(line, below):
        storeys = 2
        found = [*_kept(found, below), *((meaning(span), span) for span in below.filled)]
    heads = _settled(found, max(span.end for span in line.spans))
    return heads and replace(heads, storeys=storeys)


def is_second_storey(line: Line, below: Line) -> bool:
    """Whether every word of the row below is a head, under a wider head above it."""
    filled, tops = below.filled, _widened(line)
    under = [span for span in filled if any(top.overlap(span) > 0 and top.end - top.start > 1 for top in tops)]
    return bool(filled) and len(under) == len(filled) and all(meaning(span) for span in filled)


def _widened(line: Line) -> list[Span]:
    """Where no cell is merged (a text), a head reaches over the blank cells behind it."""
    filled = line.filled
    if any(span.end - span.start > 1 for span in line.spans):
        return filled
    ends = [*(span.start for span in filled[1:]), max(span.end for span in line.spans)]
    return [replace(span, end=end) for span, end in zip(filled, ends, strict=True)]


def _kept(found: Sequence[tuple[str, Span]], below: Line) -> list[tuple[str, Span]]:
    """The upper heads that nothing stands under; without merged cells, those that have a cell of their own."""
    return [each for each in found if not any(each[1].overlap(span) > 0 for span in below.filled)]


def _settled(found: Sequence[tuple[str, Span]], width: int) -> Heads | None:
    """Words that depend on their neighbours are settled: 绩效指标 is a name only where no other head is."""
    names = {name for name, _span in found}
    level3 = "level3" in names
    given = {"group": "other" if level3 else "level3", "value_or_name": "value" if "value" not in names else "other"}
    columns = [(given.get(name, name) or "other", span) for name, span in found]
    columns, doubts = _last_block(columns)
    values = [each for each in columns if each[0] == "value"]
    if len(values) > 1:
        doubts = ("two_value_columns",)
        chosen = next((each for each in values if each[1].label.startswith(FIRST)), values[0])
        columns = [each if each[0] != "value" or each is chosen else ("other", each[1]) for each in columns]
    kept = {name for name, _span in columns}
    if not {"level3", "value"} <= kept:
        return None
    return Heads(tuple(columns), width, doubts, unit=_unit_of(next(span for name, span in columns if name == "value")))


def _last_block(columns: list[tuple[str, Span]]) -> tuple[list[tuple[str, Span]], tuple[str, ...]]:
    """Under one level 1 names and values may stand twice: first of the whole term (实施期), then of the year."""
    names = [number for number, (name, _span) in enumerate(columns) if name == "level3"]
    if len(names) < 2 or sum(name == "value" for name, _span in columns) < 2:
        return columns, ()
    twice = {name for name, _span in columns[names[0] + 1 :] if name == "level2"}
    begins = names[-1] - (1 if twice and columns[names[-1] - 1][0] == "level2" else 0)
    kept = {"level1", "group", "project"}
    return [
        each if number >= begins or each[0] in kept else ("other", each[1]) for number, each in enumerate(columns)
    ], ("two_value_columns",)


def _unit_of(head: Span) -> str:
    """The unit in brackets in the head of the values: 指标值（万元）, 目标值(单位:%)."""
    brackets = re.findall(r"\((?:单位:?)?([^()]*)\)", label(head.text))
    return next((words for words in brackets if known_unit(words)), "")
