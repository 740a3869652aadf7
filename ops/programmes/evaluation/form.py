"""The self-evaluation form (项目支出绩效自评表) as a grid of cells: page, Word and Excel draw the very same one.

Layout: performance notes §1.1, forms of 2019 and 2022 as filed. Its words are those of the official form and stay
Chinese in every page language.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby

from ..models import Source, Spending
from ..money import from_yuan, wan
from ..narrative.queries import drafts
from .evaluation import Evaluation, Funds, Line
from .number_rules import Score
from .scoring_values import Step

COLUMNS = 9
CENT = Decimal("0.01")
FUND_LABELS: dict[Source | Spending | None, str] = {
    None: "年度资金总额",
    Source.FISCAL: "其中：当年财政拨款",
    Source.CARRIED_OVER: "上年结转资金",
    Source.OTHER: "其他资金",
}
SPENDING_LABELS: dict[Source | Spending | None, str] = {
    None: "年度支出总额",
    Spending.BASIC: "其中：基本支出",
    Spending.PROJECTS: "项目支出",
}
FUND_HEAD = ("年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")
GRID_HEAD = ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施")
STEPS = {Step.FILLED: "填报人", Step.CHECKED: "财务审核", Step.APPROVED: "单位负责人"}
GRADES = {"excellent": "优", "good": "良", "fair": "中", "poor": "差"}


@dataclass(frozen=True)
class Cell:
    """A cell at `row` and `column` from 0, over so many rows and columns. `name` tells what it shows: score:3.

    `number` is the exact value behind a text that is a number.
    """

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1
    head: bool = False
    number: Decimal | None = None
    name: str = ""


@dataclass(frozen=True)
class Signed:
    """A signature under the form, as it is printed."""

    step: Step
    by: str
    on: date


def signature_texts(evaluation: Evaluation, signed: Sequence[Signed]) -> list[str]:
    """The lines under the form, one for each step of the order; blank to sign on paper where nobody has."""
    by = {each.step: f"{each.by}  {each.on.year}年{each.on.month}月{each.on.day}日" for each in signed}
    return [f"{STEPS[step]}：{by.get(step, '')}" for step in evaluation.settings.signing_order.value]


def form_rows(evaluation: Evaluation) -> list[list[Cell]]:
    """The form row by row; a row lists only the cells that begin in it."""
    cells = list(_cells(evaluation))
    return [[cell for cell in cells if cell.row == row] for row in range(cells[-1].row + 1)]


def is_long(cell: Cell) -> bool:
    """Sentences stand to the left, everything else in the middle."""
    return cell.name.startswith(("goals", "achieved", "deviation"))


def kind_of_form(evaluation: Evaluation) -> str:
    return "部门整体支出绩效自评表" if evaluation.programme.is_department else "项目支出绩效自评表"


def title_of(evaluation: Evaluation) -> tuple[str, str]:
    return kind_of_form(evaluation), f"（{evaluation.programme.year}年度）"


def file_name(evaluation: Evaluation, kind: str) -> str:
    programme = evaluation.programme
    return f"{programme.year}年度{kind_of_form(evaluation)}_{programme.code}_{programme.name}.{kind}"


def _cells(evaluation: Evaluation) -> Iterator[Cell]:
    programme = evaluation.programme
    named = "部门名称" if programme.is_department else "项目名称"
    yield from (Cell(0, 0, named, head=True), Cell(0, 1, programme.name, columns=8, name="name"))
    yield from (Cell(1, 0, "主管部门", head=True), Cell(1, 1, programme.unit_name.removesuffix("本级"), columns=3))
    yield from (Cell(1, 4, "实施单位", head=True), Cell(1, 5, programme.unit_name, columns=4))
    yield from _funds(evaluation)
    yield from _goals(evaluation)
    yield from _grid(evaluation)


def _funds(evaluation: Evaluation) -> Iterator[Cell]:
    department = evaluation.programme.is_department
    labels = SPENDING_LABELS if department else FUND_LABELS
    named = "部门整体支出（万元）" if department else "项目资金（万元）"
    yield Cell(2, 0, named, rows=len(evaluation.funds) + 1, head=True)
    yield Cell(2, 1, "", columns=2, head=True)
    yield from (Cell(2, 3 + n, text, head=True) for n, text in enumerate(FUND_HEAD))
    for row, fund in enumerate(evaluation.funds, 3):
        yield Cell(row, 1, labels[fund.source], columns=2, head=True)
        yield from _amounts(row, fund)
        yield from _execution(row, fund, evaluation) if fund.source is None else _dashes(row)


def _amounts(row: int, fund: Funds) -> Iterator[Cell]:
    tail = fund.source or "all"
    for column, (name, yuan) in enumerate(
        (("initial", fund.initial), ("budget", fund.budget), ("executed", fund.executed)), 3
    ):
        number = None if yuan is None else from_yuan(yuan, "万元")
        yield Cell(row, column, wan(yuan), number=number, name=f"{name}:{tail}")


def _execution(row: int, fund: Funds, evaluation: Evaluation) -> Iterator[Cell]:
    yield Cell(row, 6, points(evaluation.weight), number=evaluation.weight, name="weight:0")
    rate = "" if fund.rate is None else f"{fund.rate.quantize(CENT, ROUND_HALF_UP)}%"
    yield Cell(row, 7, rate, number=None if fund.rate is None else fund.rate / 100, name="rate")
    yield _score(row, 8, evaluation.execution, 0)


def _dashes(row: int) -> Iterator[Cell]:
    yield from (Cell(row, column, "—") for column in (6, 7, 8))


def _goals(evaluation: Evaluation) -> Iterator[Cell]:
    top = _goals_row(evaluation)
    yield Cell(top, 0, "年度总体目标", rows=2, head=True)
    yield from (Cell(top, 1, "预期目标", columns=4, head=True), Cell(top, 5, "实际完成情况", columns=4, head=True))
    yield Cell(top + 1, 1, goals(evaluation), columns=4, name="goals")
    yield Cell(top + 1, 5, achieved(evaluation), columns=4, name="achieved")


def _grid(evaluation: Evaluation) -> Iterator[Cell]:
    count, top = len(evaluation.lines), _goals_row(evaluation) + 2
    yield Cell(top, 0, "绩效指标", rows=count + 1, head=True)
    yield from (Cell(top, 1 + n, text, head=True) for n, text in enumerate(GRID_HEAD))
    yield from _levels(evaluation.lines, top + 1)
    for row, line in enumerate(evaluation.lines, top + 1):
        yield from _line(row, line)
    yield from _total(top + 1 + count, evaluation)


def _goals_row(evaluation: Evaluation) -> int:
    """Under the rows of money, as many as there are."""
    return 3 + len(evaluation.funds)


def _levels(lines: tuple[Line, ...], at: int) -> Iterator[Cell]:
    """Level 1 and 2, each merged over the rows that it names, from row `at` on."""
    for name, group in groupby(lines, key=lambda line: line.indicator.level1):
        rows = list(group)
        weight = sum((line.weight for line in rows), Decimal(0))
        yield Cell(at, 1, f"{name}（{points(weight)}分）", rows=len(rows))
        below = at
        for level2, inner in groupby(rows, key=lambda line: line.indicator.level2):
            size = len(list(inner))
            yield Cell(below, 2, level2, rows=size)
            below += size
        at += len(rows)


def _line(row: int, line: Line) -> Iterator[Cell]:
    number = line.indicator.row
    yield Cell(row, 3, line.indicator.level3, name=f"level3:{number}")
    yield Cell(row, 4, line.indicator.value_text, name=f"target:{number}")
    yield Cell(row, 5, actual_text(line), name=f"actual:{number}")
    yield Cell(row, 6, points(line.weight), number=line.weight, name=f"weight:{number}")
    yield _score(row, 7, line.score, number)
    yield Cell(row, 8, deviation_text(line), name=f"deviation:{number}")


def _score(row: int, column: int, score: Score, number: int) -> Cell:
    text = "未计分" if score.points is None else points(score.points)
    return Cell(row, column, text, number=score.points, name=f"score:{number}")


def _total(row: int, evaluation: Evaluation) -> Iterator[Cell]:
    weight = evaluation.weight + sum((line.weight for line in evaluation.lines), Decimal(0))
    total = evaluation.total
    yield Cell(row, 0, "总分", columns=6, head=True)
    yield Cell(row, 6, points(weight), number=weight, name="weight:total")
    yield Cell(row, 7, points(total.points), number=total.points, name="score:total")
    yield Cell(row, 8, total_text(evaluation), name="grade")


def points(number: Decimal) -> str:
    """Points as printed: without decimals that say nothing (10, 12.5), else to the cent."""
    return f"{number.normalize():f}"


def actual_text(line: Line) -> str:
    """What was reached; a figure entered by hand says so, a missing one too."""
    if line.is_missing:
        return "暂缺"
    return line.actual.text + ("（填报，附件）" if line.actual.manual else "")


def deviation_text(line: Line) -> str:
    if line.deviation:
        return f"原因：{line.deviation.cause} 措施：{line.deviation.measure}"
    return "待填写原因和措施" if line.owes_reason else ""


def total_text(evaluation: Evaluation) -> str:
    if evaluation.total.grade:
        return GRADES[evaluation.total.grade]
    return f"{evaluation.total.unscored}项未计分"


def achieved(evaluation: Evaluation) -> str:
    """实际完成情况, counted from the rows below it."""
    fund = evaluation.funds[0]
    paid = f"全年执行{wan(fund.executed)}万元" if fund.executed is not None else "尚无支付"
    rate = f"，执行率{fund.rate.quantize(CENT, ROUND_HALF_UP)}%" if fund.rate is not None else ""
    parts = [f"{len(evaluation.lines)}项指标中，完成{evaluation.reached}项"]
    parts += [f"未完成{evaluation.missed}项"] if evaluation.missed else []
    parts += [f"尚无完成值{evaluation.missing}项"] if evaluation.missing else []
    why = evaluation.execution_deviation
    reason = f"预算未执行完的原因：{why.cause} 措施：{why.measure}" if why and evaluation.execution.missed else ""
    return f"{paid}{rate}。{'，'.join(parts)}。{reason}{told(evaluation)}"


def goals(evaluation: Evaluation) -> str:
    """预期目标: the department's by duty below the whole."""
    programme = evaluation.programme
    by_duty = (
        [f"{each.section}：{each.goal}" for each in programme.duties if each.goal] if programme.is_department else []
    )
    return "\n".join([programme.goals, *by_duty])


def told(evaluation: Evaluation) -> str:
    """Where the department's year is told at length: the headings of its narrative."""
    if not evaluation.programme.is_department:
        return ""
    year = evaluation.programme.year
    headings = "；".join(each.heading for each in drafts(year))
    return f"\n各项职责的履行情况见《部门整体绩效目标完成情况》（{year}年度）：{headings}。"
