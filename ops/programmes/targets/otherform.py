"""Target tables of any form that has an indicator grid: project and department forms, several to a file.

A form begins with a title, a new sheet or another project's name; what stands above its grid is read by its labels.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from .grid import flat, label
from .gridrows import grid_rows
from .heads import heads_of
from .numerals import amount, plain
from .sides import apart
from .spans import Line, Span, clean, is_mark
from .tables import Budget, IndicatorRow, TargetTable

TITLE = re.compile(r"(?=.*(?:绩效|目标|自评|监控))(?!.*[:：。]).{0,50}表(?:[(（].{1,12}[)）])?(?:[(（].{1,12}[)）])?")
WORDS = {
    "name": "项目名称 专项名称 专项资金名称 政策名称 任务名称 转移支付名称 部门名称 部门(单位)名称 单位名称",
    "code": "项目编码 项目代码 项目编号",
    "unit": "实施单位 项目单位 预算单位 填报单位 填报部门 项目实施单位 部门单位",
    "department": "主管部门 中央主管部门 省级主管部门 主管部门及代码",
    "total": "年度资金总额 年度预算 预算数 资金总额 项目资金总额 年度预算总额 预算总额 年度部门预算 预算金额 总额",
    "fiscal": "财政拨款 当年财政拨款 本年财政拨款 年度财政拨款 财政资金 中央财政资金 一般公共预算 中央补助",
    "other": "其他资金 地方资金 自有资金 单位资金",
    "goals": "年度目标 年度总体目标 绩效目标 年度绩效目标 总体目标 预期目标 项目绩效目标 整体绩效目标 年度总目标",
    "use": "资金用途 项目概况 项目概述 立项依据 预算规模及资金用途",
    "head": "年初预算数 全年预算数 全年执行数 执行率 得分 实际完成情况 单位 属性 项目属性 分值 项目资金 年度 实施期限",
}
LABELS = {word: name for name, words in WORDS.items() for word in words.split()}
AMOUNT_UNIT = re.compile(r"(?:单位|金额|资金|预算)[^万千百元亿]{0,8}?[:：(（]\s*((?:万|千|百万|亿)?元)")
YEAR = re.compile(r"(20[0-9]{2})\s*年")


@dataclass
class _Form:
    """The lines of one form, its title and its sheet."""

    title: str = ""
    sheet: int = -1
    name: str = ""
    head: list[Line] = field(default_factory=list)
    grid: list[Line] = field(default_factory=list)


def read_forms(lines: Sequence[Line], *, this_year: int) -> tuple[TargetTable, ...]:
    """Every form with an indicator grid; none gives an empty tuple. What is not certain is doubted, never left out."""
    found: list[TargetTable] = []
    for form in _forms(apart(lines)):
        for project, rows in _indicators(form).items():
            found.append(_table(form, project, rows, len(found) + 1, this_year))
    return tuple(found)


def _forms(lines: Sequence[Line]) -> list[_Form]:
    forms = [_Form()]
    pending = ""
    for number, line in enumerate(lines):
        if not line.filled:
            continue
        below = lines[number + 1] if number + 1 < len(lines) else None
        current = forms[-1]
        title = _title(line)
        is_head = heads_of(line, below) is not None
        name = "" if is_head else _named(line)
        if _begins(current, title, name):
            current = _Form(title or pending, line.sheet)
            forms.append(current)
        if title:
            pending = title
            current.title = current.title or title
            continue
        current.name = current.name or name
        if is_head or current.grid:
            current.grid.append(line)
            pending = ""
        else:
            current.head.append(line)
    return forms


def _begins(current: _Form, title: str, name: str) -> bool:
    """Whether a new form begins with this line. A title that is repeated on a new page begins none."""
    if not current.grid:
        return False
    if name and name != current.name:
        return True
    return bool(title) and title != current.title


def _title(line: Line) -> str:
    words = [flat(span.text).lstrip("# ") for span in line.filled]
    return words[0].strip() if len(words) == 1 and TITLE.fullmatch(label(words[0])) else ""


def _named(line: Line) -> str:
    """The project's name, where the line holds it."""
    fields = _fields([line])
    return fields.get("name", [""])[0]


def _fields(lines: Iterable[Line]) -> dict[str, list[str]]:
    """Each known label and the texts that stand to its right, up to the next label; also 项目名称：… in one cell."""
    found: dict[str, list[str]] = {}
    goals_below = False
    for line in lines:
        current = "goals" if goals_below else ""
        for span in line.filled:
            name, inline = _labelled(span)
            if name:
                current = name if name != "goals" or not found.get("goals") else "head"
                found.setdefault(name, []).extend([inline] if inline else [])
            elif current and current != "head":
                found.setdefault(current, []).append(clean(span.text))
        goals_below = "goals" in found and not found["goals"]
    return {name: texts for name, texts in found.items() if texts}


def _labelled(span: Span) -> tuple[str, str]:
    """(field, text in the same cell) of a label; ("", "") for other words."""
    words = re.sub(r"^其中[:：]?", "", span.label)
    if words in LABELS:
        return LABELS[words], ""
    match = re.match(r"\s*([^:：]{2,12})[:：]\s*(.+)", flat(span.text))
    name = LABELS.get(label(match[1])) if match else None
    return (name, match[2].strip()) if match and name else ("", "")


def _table(form: _Form, project: str, rows: tuple[IndicatorRow, ...], seq: int, this_year: int) -> TargetTable:
    fields = _fields(form.head)
    doubts: list[str] = []
    year = _year(form, rows)
    doubts += [] if year else ["year_assumed"]
    name = project or form.name or fields.get("unit", [""])[0]
    doubts += [] if name else ["name_of_project_missing"]
    code = fields.get("code", [""])[0]
    named = [match[1] for line in form.head if (match := AMOUNT_UNIT.search(plain(line.words)))]
    unit = next(iter([*named, *_units_of_amounts(fields)]), "")
    doubts += [] if unit else ["amount_unit_assumed"]
    doubts += [] if code else ["code_missing"]
    budget, of_budget = _budget(fields, unit)
    return TargetTable(
        seq,
        form.title or name,
        None,
        "",
        fields.get("unit", fields.get("department", [""]))[0],
        unit or "万元",
        code or name or f"{form.title}{seq}",
        name or form.title or str(seq),
        budget,
        " ".join(fields.get("use", [])),
        (),
        tuple(text for text in fields.get("goals", []) if text) or ("",),
        rows,
        year or this_year,
        (*doubts, *of_budget),
    )


def _budget(fields: dict[str, list[str]], unit: str) -> tuple[Budget, list[str]]:
    """The amounts as written; one that is not a number is doubted and not taken over."""
    texts: dict[str, str | None] = {}
    numbers: dict[str, Decimal | None] = {}
    doubts: list[str] = []
    for name in ("total", "fiscal", "other"):
        given = [text for text in fields.get(name, []) if not is_mark(text)]
        bare = [text.removesuffix(unit) if unit else text for text in given]
        read = [number for text in bare if (number := amount(text)) is not None]
        fits = bool(read) and amount(bare[0]) == read[0]
        texts[name], numbers[name] = (bare[0], read[0]) if fits else (None, None)
        doubts += ["budget_unreadable"] if given and texts[name] is None else []
        doubts += ["budget_several"] if name == "total" and len(set(read)) > 1 else []
    doubts += [] if texts["total"] or "budget_unreadable" in doubts else ["budget_missing"]
    total = texts["total"] or ""
    budget = Budget(total, texts["fiscal"], texts["other"], numbers["total"], numbers["fiscal"], numbers["other"])
    return budget, list(dict.fromkeys(doubts))


def _units_of_amounts(fields: dict[str, list[str]]) -> list[str]:
    """The units that stand behind the amounts themselves."""
    ends = (re.search(r"(?:万|千|百万|亿)?元$", text) for name in ("total", "fiscal") for text in fields.get(name, []))
    return [end[0] for end in ends if end]


def _indicators(form: _Form) -> dict[str, tuple[IndicatorRow, ...]]:
    """The rows by the project that a column names; under "" where none does."""
    found: dict[str, list[IndicatorRow]] = {}
    for project, row in grid_rows(form.grid):
        rows = found.setdefault(project, [])
        rows.append(replace(row, row=len(rows) + 1))
    return {project: tuple(rows) for project, rows in found.items()}


def _year(form: _Form, rows: Sequence[IndicatorRow]) -> int | None:
    """The budget year by the title and the lines above the grid, else the one that most deadlines name."""
    above = [form.title, *(line.words for line in form.head)]
    for texts in ([text for text in above if "年度" in text], above, [row.value_text for row in rows]):
        years = Counter(int(found) for text in texts for found in YEAR.findall(plain(text)))
        if years:
            return years.most_common(1)[0][0]
    return None
