"""The official table (绩效目标表) drawn from a target table: rows of words with the columns that each covers."""

from itertools import groupby

from .tables import IndicatorRow, TargetTable

WIDTH = 12
HEADS = ("一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据")
Cell = tuple[str, int]  # words, and how many of the twelve columns they cover


def title_of(table: TargetTable) -> str:
    return table.table_title if table.is_department else f"{table.seq}.{table.table_title}"


def head_rows(table: TargetTable) -> list[list[Cell]]:
    """Everything above the indicators."""
    if table.is_department:
        return department_head(table)
    budget, plan = table.budget, table.funding_plan
    money = (("预算数", 2), (budget.total_text, 2), ("其中：财政资金", 2), (budget.fiscal_funds_text or "", 2))
    rows: list[list[Cell]] = [
        [(table.unit_line, 9), (f"单位：{table.amount_unit}", 3)],
        [("项目编码", 2), (table.project_code, 4), ("项目名称", 2), (table.project_name, 4)],
        [("预算规模及资金用途", 2), *money, ("其他资金", 1), (budget.other_funds_text or "", 1)],
        [("", 2), (table.fund_use, 10)],
    ]
    if plan:
        rows.append([("资金支出计划（%）", 2), *_spread([point.label for point in plan])])
        rows.append([("", 2), *_spread([point.cumulative_pct_text for point in plan])])
    return [*rows, [("绩效目标", 2), ("\n".join(table.goals), 10)]]


def department_head(table: TargetTable) -> list[list[Cell]]:
    """部门整体绩效目标表: the whole, its money by nature, and the goals by duty. The layout is not confirmed."""
    budget = table.budget
    money = (("资金总额", 2), (budget.total_text, 1), ("其中：基本支出", 2), (budget.fiscal_funds_text or "", 2))
    rows: list[list[Cell]] = [
        [(table.unit_line, 9), (f"单位：{table.amount_unit}", 3)],
        [("部门（单位）名称", 2), (table.project_name, 10)],
        [("年度预算", 2), *money, ("项目支出", 1), (budget.other_funds_text or "", 2)],
        [("总体绩效目标", 2), ("\n".join(table.goals), 10)],
    ]
    if table.duties:
        rows.append([("分项绩效目标", 2), ("科室", 2), ("职责", 4), ("年度目标", 4)])
        rows += [[("", 2), (each.section, 2), (each.duty, 4), (each.goal, 4)] for each in table.duties]
    return rows


def described(row: IndicatorRow) -> str:
    """The description, behind the duty that the department's indicator belongs to."""
    return "：".join(filter(None, (row.duty, row.description)))


def indicator_rows(table: TargetTable) -> list[list[Cell]]:
    """The indicators under their heads; a level that goes on is blank."""
    rows: list[list[Cell]] = [[(head, 2) for head in HEADS]]
    for _level, group in groupby(table.indicators, key=lambda row: row.level1):
        for number, row in enumerate(group):
            words = ("" if number else row.level1, row.level2, row.level3, described(row), written(row), row.basis)
            rows.append([(word, 2) for word in words])
    return rows


def written(row: IndicatorRow) -> str:
    """The value with the sign and the unit that stood in cells of their own."""
    return f"{row.sign}{row.value_text}{row.unit}"


def _spread(texts: list[str]) -> list[Cell]:
    """As many columns for each point as ten allow; the last takes the rest."""
    each = max(1, (WIDTH - 2) // len(texts))
    widths = [each] * (len(texts) - 1)
    return list(zip(texts, [*widths, WIDTH - 2 - sum(widths)], strict=True))
