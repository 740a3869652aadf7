"""The monitoring sheet (绩效运行监控表) as a grid of cells, in the official columns (performance notes §3).

Its words are those of the form and stay Chinese in every page language.
"""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby

from ..evaluation.form import FUND_LABELS, Cell
from ..models import Source
from ..money import in_wan, wan
from .sheet import Cause, Likelihood, Row, Said, Sheet

COLUMNS = 17
GRID = 10  # the row where the indicators begin
CENT = Decimal("0.01")
CAUSE_WORDS = {
    Cause.FUNDS: "经费保障",
    Cause.RULES: "制度保障",
    Cause.STAFF: "人员保障",
    Cause.EQUIPMENT: "硬件条件保障",
    Cause.OTHER: "其他",
}
LIKELY_WORDS = {Likelihood.CERTAIN: "确定能", Likelihood.POSSIBLE: "有可能", Likelihood.IMPOSSIBLE: "完全不可能"}
TICK = "√"


def span(sheet: Sheet) -> str:
    """The months of the sheet as the form names them."""
    return "1月" if sheet.month == 1 else f"1—{sheet.month}月"


def title_of(sheet: Sheet) -> tuple[str, str]:
    return "项目支出绩效运行监控表", f"（{sheet.year}年度，{span(sheet)}）"


def file_name(sheet: Sheet, kind: str) -> str:
    return f"{sheet.year}年{span(sheet)}绩效运行监控表_{sheet.code}_{sheet.name}.{kind}"


def form_rows(sheet: Sheet) -> list[list[Cell]]:
    """The form row by row; a row lists only the cells that begin in it."""
    cells = list(_cells(sheet))
    return [[cell for cell in cells if cell.row == row] for row in range(cells[-1].row + 1)]


def _cells(sheet: Sheet) -> Iterator[Cell]:
    yield from _pair(0, "项目名称", sheet.name, "项目编码", sheet.code)
    yield from _pair(1, "主管部门", sheet.unit.removesuffix("本级"), "实施单位", sheet.unit)
    yield from _funds(sheet)
    yield Cell(7, 0, "年度总体目标", columns=2, head=True)
    yield Cell(7, 2, sheet.goals, columns=15, name="goals")
    yield from _head(sheet)
    yield from _levels(sheet.rows)
    for at, row in enumerate(sheet.rows, GRID):
        yield from _row(at, row)
    last = GRID + len(sheet.rows)
    yield Cell(last, 0, "资金执行说明", columns=2, head=True)
    yield Cell(last, 2, funds_text(sheet), columns=15, name="funds:0")


def _pair(row: int, left: str, text: str, right: str, other: str) -> Iterator[Cell]:
    yield Cell(row, 0, left, columns=2, head=True)
    yield Cell(row, 2, text, columns=6)
    yield Cell(row, 8, right, columns=3, head=True)
    yield Cell(row, 11, other, columns=6)


def _funds(sheet: Sheet) -> Iterator[Cell]:
    yield Cell(2, 0, "项目资金（万元）", rows=5, columns=2, head=True)
    yield Cell(2, 2, "", columns=3, head=True)
    heads = ("年初预算数", f"{span(sheet)}执行数", f"{span(sheet)}执行率", "全年预计执行数")
    places = ((5, 2), (7, 3), (10, 3), (13, 4))
    for (column, width), text in zip(places, heads, strict=True):
        yield Cell(2, column, text, columns=width, head=True)
    for row, fund in enumerate(sheet.funds, 3):
        source = Source(fund.source) if fund.source else None
        yield Cell(row, 2, FUND_LABELS[source], columns=3, head=True)
        rate = "" if fund.rate is None else f"{fund.rate.quantize(CENT, ROUND_HALF_UP)}%"
        texts = (wan(fund.initial), wan(fund.executed), rate, wan(fund.expected))
        rates = None if fund.rate is None else fund.rate / 100
        numbers = (_wan(fund.initial), _wan(fund.executed), rates, _wan(fund.expected))
        names = ("initial", "executed", "rate", "expected")
        for (column, width), text, number, name in zip(places, texts, numbers, names, strict=True):
            yield Cell(row, column, text, columns=width, number=number, name=f"{name}:{fund.source or 'all'}")


def _wan(yuan: Decimal | None) -> Decimal | None:
    return None if yuan is None else in_wan(yuan)


def _head(sheet: Sheet) -> Iterator[Cell]:
    yield Cell(8, 0, "绩效指标", rows=2 + len(sheet.rows), head=True)
    heads = ("一级指标", "二级指标", "三级指标", "年度指标值", f"{span(sheet)}执行情况", "全年预计完成情况")
    yield from (Cell(8, 1 + n, text, rows=2, head=True) for n, text in enumerate(heads))
    yield Cell(8, 7, "偏差原因分析", columns=6, head=True)
    yield Cell(8, 13, "完成目标可能性", columns=3, head=True)
    yield Cell(8, 16, "备注", rows=2, head=True)
    for column, text in enumerate((*CAUSE_WORDS.values(), "原因说明", *LIKELY_WORDS.values()), 7):
        yield Cell(9, column, text, head=True)


def _levels(rows: tuple[Row, ...]) -> Iterator[Cell]:
    """Level 1 and 2, each merged over the rows that it names."""
    at = GRID
    for name, group in groupby(rows, key=lambda row: row.level1):
        inner = list(group)
        yield Cell(at, 1, name, rows=len(inner))
        below = at
        for level2, few in groupby(inner, key=lambda row: row.level2):
            size = len(list(few))
            yield Cell(below, 2, level2, rows=size)
            below += size
        at += len(inner)


def _row(at: int, row: Row) -> Iterator[Cell]:
    yield Cell(at, 3, row.level3, name=f"level3:{row.row}")
    yield Cell(at, 4, row.target, name=f"target:{row.row}")
    yield Cell(at, 5, row.actual or "暂缺", name=f"actual:{row.row}")
    yield Cell(at, 6, row.expected, name=f"expected:{row.row}")
    for column, cause in enumerate(CAUSE_WORDS, 7):
        yield Cell(at, column, TICK if cause in row.said.causes else "", name=f"cause-{cause}:{row.row}")
    yield Cell(at, 12, row.said.explanation, name=f"explanation:{row.row}")
    for column, likelihood in enumerate(LIKELY_WORDS, 13):
        yield Cell(at, column, TICK if row.said.likelihood is likelihood else "", name=f"{likelihood}:{row.row}")
    yield Cell(at, 16, row.said.remark, name=f"remark:{row.row}")


def funds_text(sheet: Sheet) -> str:
    """What the columns of the money have no room for: the budget in force, the plan, the cause, the method."""
    fund, said = sheet.funds[0], sheet.funds_said
    parts = [f"截至{sheet.month}月底支出计划为{sheet.planned.quantize(CENT, ROUND_HALF_UP)}%"]
    if fund.budget != fund.initial and fund.budget is not None:
        parts.append(f"调整后全年预算数{wan(fund.budget)}万元")
    if fund.expected is not None:
        parts.append("全年预计执行数按“已执行数＋剩余计划×目前执行进度”测算，为预计数")
    return "；".join(parts) + "。" + _cause_text(said)


def _cause_text(said: Said) -> str:
    causes = "、".join(CAUSE_WORDS[each] for each in said.causes)
    text = (
        f"偏差原因：{causes}{'，' if causes and said.explanation else ''}{said.explanation}"
        if causes or said.explanation
        else ""
    )
    return f"{text.removesuffix('。')}。" if text else ""
