"""The heads of an indicator grid, found by their words wherever they stand."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from .spans import Line, Span

EXACT = {
    **dict.fromkeys(("项目名称", "专项名称", "二级项目名称"), "project"),
    "一级指标": "level1",
    "一级": "level1",
    "一级指标名称": "level1",
    "指标类型": "level1",
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
    filled = below.filled
    under = [span for span in filled if any(top.overlap(span) > 0 and top.end - top.start > 1 for top in line.filled)]
    return bool(filled) and len(under) == len(filled) and all(meaning(span) for span in filled)


def _kept(found: Sequence[tuple[str, Span]], below: Line) -> list[tuple[str, Span]]:
    """The upper heads that nothing stands under."""
    return [each for each in found if not any(each[1].overlap(span) > 0 for span in below.filled)]


def _settled(found: Sequence[tuple[str, Span]], width: int) -> Heads | None:
    """Words that depend on their neighbours are settled: 绩效指标 is a name only where no other head is."""
    names = {name for name, _span in found}
    level3 = "level3" in names
    given = {"group": "other" if level3 else "level3", "value_or_name": "value" if "value" not in names else "other"}
    columns = [(given.get(name, name) or "other", span) for name, span in found]
    values = [each for each in columns if each[0] == "value"]
    doubts = ("two_value_columns",) if len(values) > 1 else ()
    if len(values) > 1:
        chosen = next((each for each in values if each[1].label.startswith(FIRST)), values[0])
        columns = [each if each[0] != "value" or each is chosen else ("other", each[1]) for each in columns]
    kept = {name for name, _span in columns}
    return Heads(tuple(columns), width, doubts) if {"level3", "value"} <= kept else None
