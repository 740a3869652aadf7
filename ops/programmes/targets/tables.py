"""The target tables (绩效目标表) as values: what stands in the form, word for word, nothing read into it."""

import re
from dataclasses import dataclass
from decimal import Decimal

from .codes import year_of_code


class Unreadable(Exception):
    """A file that cannot be read whole: `message_code` of `messages.MESSAGES`, and `details` for it."""

    def __init__(self, message_code: str, **details: object) -> None:
        super().__init__(message_code, details)
        self.message_code = message_code
        self.details = details


@dataclass(frozen=True)
class Budget:
    """预算规模: in the table's amount unit; None where the cell is blank."""

    total_text: str
    fiscal_funds_text: str | None
    other_funds_text: str | None
    total: Decimal | None
    fiscal_funds: Decimal | None
    other_funds: Decimal | None


@dataclass(frozen=True)
class PlanPoint:
    """资金支出计划: the cumulative percentage of the budget to be paid by the end of a month."""

    label: str
    cumulative_pct_text: str
    cumulative_pct: Decimal


@dataclass(frozen=True)
class IndicatorRow:
    """绩效指标: one row of the grid; `row` counts from 1 within its table.

    `sign`, `unit` and `weight_text` are cells of their own, where the form has them; `level_weight` stands in the name
    of level 1; `doubts` are about the row's place
    in the form, codes of `messages.MESSAGES`.
    """

    level1: str
    level2: str
    level3: str
    description: str
    value_text: str
    basis: str
    row: int
    sign: str = ""
    unit: str = ""
    weight_text: str = ""
    level_weight: str = ""
    doubts: tuple[str, ...] = ()
    duty: str = ""


@dataclass(frozen=True)
class Duty:
    """分项绩效目标: a section of the department, its duty as worded then, and what is wanted of it in the year."""

    section: str
    duty: str
    goal: str


@dataclass(frozen=True)
class TargetTable:
    """绩效目标表: one project's form. `part` is the heading of the document it stands under, if any."""

    seq: int
    table_title: str
    bookmark: str | None
    part: str
    unit_line: str
    amount_unit: str
    project_code: str
    project_name: str
    budget: Budget
    fund_use: str
    funding_plan: tuple[PlanPoint, ...]
    goals: tuple[str, ...]
    indicators: tuple[IndicatorRow, ...]
    year: int | None = None
    doubts: tuple[str, ...] = ()
    is_department: bool = False
    duties: tuple[Duty, ...] = ()


def fiscal_year(tables: tuple[TargetTable, ...]) -> int:
    """The budget year by the project codes, else by the titles; Unreadable when neither names just one."""
    from_codes = {year for table in tables if (year := year_of_code(table.project_code))}
    from_titles = {int(m[0]) for t in tables if (m := re.search(r"20[0-9]{2}(?![0-9])", t.table_title))}
    from_forms = {table.year for table in tables if table.year}
    for years in (from_codes, from_titles, from_forms):
        if len(years) == 1:
            return years.pop()
    raise Unreadable("year_not_clear", years=", ".join(map(str, sorted(from_titles | from_codes))))
