"""Oddities of the target tables, found mechanically and left for a person to settle: nothing is repaired."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from .codes import check_character, code_fits, has_code_shape
from .messages import sentence
from .notation import parse_value
from .tables import IndicatorRow, TargetTable
from .values import Kind, TargetValue

RATE = re.compile(r".*(?:率|度|比例|占比|比重)")
RATE_OR_TIMELINESS = re.compile(r".*(?:率|度|性)")
COUNTED = re.compile(r".*(?:人数|人次|次数|数量|个数|面积|金额|户数|场次|台数)")
HEAD_COUNT = re.compile(r".*(?:对象|人数|人员|人次|户数)")
TIMELY = re.compile(r"及时|按时|按期|准时")
GENERIC = re.compile(r".*(?:综合|各项|工作|业务).*完成率")
YARDSTICK = re.compile(r"及时|按时|按期|按计划|达标|合格|[0-9]")
SLOGAN = re.compile(r"(?:服务好|做好|搞好|抓好|努力|全力|用心).*|.*每一[位个名].*")
STAFF_SATISFIED = re.compile(r"(?:服务|工作)人员的?满意")
TOPICS = {"成本": ("数量", "质量", "时效"), "质量": ("数量", "时效", "成本")}
BASES = ("年初计划", "历史标准")
IN_YUAN = {"元": 1, "千元": 1_000, "万元": 10_000, "百万元": 1_000_000, "亿元": 100_000_000}


@dataclass(frozen=True)
class Remark:
    """A question about a row or a programme: a code of `messages.MESSAGES` and its values."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class TableRemarks:
    """The remarks of one table: on the programme, and on each row in the order of `table.indicators`."""

    programme: tuple[Remark, ...]
    rows: tuple[tuple[Remark, ...], ...]


@dataclass(frozen=True)
class _Line:
    table: TargetTable
    row: IndicatorRow
    value: TargetValue


def find_remarks(tables: Sequence[TargetTable], *, year: int) -> tuple[TableRemarks, ...]:
    """The remarks of each table; tables of one document are compared with each other."""
    lines = [[_Line(t, row, value_of(row, t, year=year)) for row in t.indicators] for t in tables]
    every = [line for of_table in lines for line in of_table]
    return tuple(
        TableRemarks(tuple(_of_programme(table)), tuple(tuple(_of_line(line, every)) for line in of_table))
        for table, of_table in zip(tables, lines, strict=True)
    )


def remark_texts(remarks: Iterable[Remark], gettext: Callable[[str], str]) -> list[str]:
    """The sentences, in the language of `gettext`."""
    return [sentence(remark.code, remark.params, gettext) for remark in remarks]


def value_of(row: IndicatorRow, table: TargetTable, *, year: int) -> TargetValue:
    """The target of a row, read with its name and the budget of its table."""
    known = {"unit": row.unit or None, "sign": row.sign or None}
    of_table = {"year": table.year or year, "budget": budget_in_wan(table)}
    value = parse_value(row.value_text, name=row.level3, **of_table, **known)
    return replace(value, doubts=tuple(dict.fromkeys((*value.doubts, *row.doubts)))) if row.doubts else value


def budget_in_wan(table: TargetTable) -> Decimal | None:
    """What 不超预算 refers to."""
    return None if table.budget.total is None else _in_wan(table.budget.total, table.amount_unit)


def _in_wan(number: Decimal, unit: str) -> Decimal | None:
    """The budget in 万元, as target values speak of it; unchanged where the table does so too."""
    return number if unit == "万元" or unit not in IN_YUAN else number * IN_YUAN[unit] / 10_000


def _of_line(line: _Line, every: Sequence[_Line]) -> Iterator[Remark]:
    for check in (_name_and_value, _words, _money):
        yield from (Remark(code, params) for code, (holds, params) in check(line).items() if holds)
    yield from (Remark(code) for code in line.value.doubts)
    yield from _against_sisters(line, every)


Checks = dict[str, tuple[bool, Mapping[str, object]]]


def _name_and_value(line: _Line) -> Checks:
    """The kind of value against what the name promises."""
    row, value = line.row, line.value
    heads = value.kind is Kind.COUNT and HEAD_COUNT.fullmatch(row.level3) is not None
    rate = RATE.fullmatch(row.level3) is not None
    execution = "执行率" in row.level3
    counted = value.kind in (Kind.COUNT, Kind.MONEY, Kind.MONEY_RATE)
    return {
        "percent_does_not_fit_name": (value.kind is Kind.PERCENT and COUNTED.fullmatch(row.level3) is not None, {}),
        "unit_does_not_fit_name": (rate and counted and not execution, {"unit": value.unit or "—"}),
        "rate_valued_by_amount": (execution and value.kind is Kind.MONEY, {}),
        "rate_valued_by_date": (
            value.kind is Kind.DEADLINE and RATE_OR_TIMELINESS.fullmatch(row.level3) is not None,
            {},
        ),
        "lower_bound_on_beneficiaries": (heads and value.operator in ("≥", ">"), {}),
        "upper_bound_on_beneficiaries": (heads and value.operator in ("≤", "<"), {}),
        "value_repeats_name": (row.value_text == row.level3, {}),
        "outcome_valued_by_percent": (row.level1.startswith("效益") and value.kind is Kind.PERCENT and not rate, {}),
    }


def _words(line: _Line) -> Checks:
    """The description against name and level."""
    row = line.row
    strange = (topic for topic, levels in TOPICS.items() if row.level2[:2] in levels)
    topic = next((topic for topic in strange if topic in row.description), None)
    generic = GENERIC.fullmatch(row.level3) and not YARDSTICK.search(row.description)
    return {
        "description_repeats_name": (row.description == row.level3, {}),
        "description_elsewhere": (topic is not None, {"topic": topic}),
        "description_is_slogan": (SLOGAN.fullmatch(row.description) is not None, {}),
        "satisfaction_ambiguous": (
            row.level1.startswith("满意度") and STAFF_SATISFIED.search(row.description) is not None,
            {},
        ),
        "timeliness_under_quality": (row.level2.startswith("质量") and TIMELY.search(row.level3) is not None, {}),
        "generic_completion_rate": (bool(generic), {}),
        "basis_unknown": (bool(row.basis) and row.basis not in BASES, {}),
    }


def _money(line: _Line) -> Checks:
    """A cost ceiling against the budget of its table."""
    value, budget = line.value, line.table.budget
    known = budget.total is not None
    cost = value.kind is Kind.MONEY and "成本" in line.row.level1 + line.row.level2
    shown = {"budget": f"{budget.total_text} {line.table.amount_unit}"}
    same = cost and _amount(value.number, value.unit) == _amount(budget.total, line.table.amount_unit)
    return {
        "saving_on_a_cap": ("节约" in line.row.description and cost and value.operator in ("≤", "<"), {}),
        "number_format_differs": (
            same and value.unit == line.table.amount_unit and value.number_text != budget.total_text,
            shown,
        ),
        "ceiling_differs_from_budget": (cost and known and not same, shown),
    }


def _amount(number: Decimal | None, unit: str | None) -> Decimal | None:
    return None if number is None else number * IN_YUAN.get(unit or "", Decimal("NaN"))


def _against_sisters(line: _Line, every: Sequence[_Line]) -> Iterator[Remark]:
    """What only shows when the tables of one document lie side by side."""
    others = {
        other.table.seq
        for other in every
        if other.row.level3 == line.row.level3 and other.value.kind is not line.value.kind
    }
    if others:
        yield Remark("same_name_other_kind", {"tables": ", ".join(map(str, sorted(others)))})
    targets = Counter(other.value.text for other in every if other.row.level1.startswith("满意度"))
    if line.row.level1.startswith("满意度"):
        usual, times = targets.most_common(1)[0]
        if times * 2 > targets.total() and usual != line.value.text:
            yield Remark("satisfaction_differs", {"usual": usual})


def _of_programme(table: TargetTable) -> Iterator[Remark]:
    code, budget = table.project_code, table.budget
    yield from (Remark(doubt) for doubt in table.doubts)
    if "code_missing" in table.doubts:
        pass
    elif not has_code_shape(code):
        yield Remark("code_malformed")
    elif not code_fits(code):
        yield Remark("code_check_failed", {"expected": check_character(code) or "?"})
    points = [point.cumulative_pct for point in table.funding_plan]
    if points != sorted(points):
        yield Remark("plan_not_rising")
    if points and points[-1] != 100:
        yield Remark("plan_not_to_100", {"last": table.funding_plan[-1].cumulative_pct_text})
    sources = (budget.fiscal_funds or Decimal(0)) + (budget.other_funds or Decimal(0))
    given = budget.fiscal_funds is not None or budget.other_funds is not None
    if budget.total is not None and given and sources != budget.total:
        yield Remark("sources_do_not_add_up", {"sum": f"{sources:f}", "total": budget.total_text})
    if not any(row.level1.startswith("满意度") for row in table.indicators):
        yield Remark("no_satisfaction")
