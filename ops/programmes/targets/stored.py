"""The stored target tables as the values that they were read from, so that a file can be compared with them."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from decimal import Decimal

from ..models import FundingPoint, Indicator, Programme, Spending
from ..money import in_wan, in_yuan, wan
from ..spending import spending
from .notation import parse_value
from .numerals import amount
from .remarks import value_of
from .tables import Budget, Duty, IndicatorRow, PlanPoint, TargetTable
from .values import Kind, TargetValue


@dataclass(frozen=True)
class Difference:
    """One place where a file says something else than what is stored. `row` is 0 for the head of the table."""

    programme: str
    row: int
    field: str
    stored: str
    given: str


OF_THE_SOURCE = ("weight_text", "level_weight", "doubts")


def table_of(programme: Programme) -> TargetTable:
    return TargetTable(
        seq=programme.seq,
        table_title=programme.title,
        bookmark=programme.bookmark,
        part=programme.part,
        unit_line=programme.unit_line,
        amount_unit=programme.amount_unit,
        project_code=programme.code,
        project_name=programme.name,
        budget=_budget(programme),
        fund_use=programme.fund_use,
        funding_plan=tuple(_point(point) for point in programme.points),
        goals=tuple(programme.goals.split("\n")),
        indicators=tuple(_row(indicator) for indicator in programme.indicators),
        is_department=programme.is_department,
        duties=tuple(Duty(each.section, each.duty, each.goal) for each in programme.duties)
        if programme.is_department
        else (),
    )


def printed(programme: Programme) -> TargetTable:
    """As it is printed: the department's money is what its parts come to."""
    table = table_of(programme)
    if not programme.is_department:
        return table
    found = spending(programme, None)
    whole, basic, projects = (found[part].initial for part in (None, Spending.BASIC, Spending.PROJECTS))
    words = wan(whole), wan(basic), wan(projects)
    return replace(
        table, budget=Budget(*words, *(None if each is None else in_wan(each) for each in (whole, basic, projects)))
    )


def target_of(indicator: Indicator) -> TargetValue:
    """The target: as a person settled what its text says, else as it is read."""
    own = text_of(indicator)
    settled = next((each for each in reversed(indicator.settled) if each.of_text == own), None)
    return settled_value(settled.says, indicator) if settled else read_of(indicator)


def target_in(indicator: Indicator, row: IndicatorRow, table: TargetTable, year: int) -> TargetValue:
    """The target as a row of an earlier table gave it: as a person settled those words, else as they are read."""
    own = words_of(row)
    settled = next((each for each in reversed(indicator.settled) if each.of_text == own), None)
    return settled_value(settled.says, indicator) if settled else value_of(row, table, year=year)


def rows_in(
    programme: Programme, taken_out: Sequence[Indicator], table: TargetTable
) -> list[tuple[Indicator, IndicatorRow]]:
    """The rows of a table with their indicators; one that was taken out since is known by its words."""
    by_row = {each.row: each for each in programme.indicators}
    by_words = {(each.level1, each.level2, each.level3): each for each in taken_out}
    found = ((by_row.get(r.row) or by_words.get((r.level1, r.level2, r.level3)), r) for r in table.indicators)
    return [(indicator, row) for indicator, row in found if indicator is not None]


def read_of(indicator: Indicator) -> TargetValue:
    """As its text is read, whatever a person settled."""
    programme = indicator.programme
    return value_of(_row(indicator), table_of(programme), year=programme.year)


def text_of(indicator: Indicator) -> str:
    """What the form says: the value with the sign and the unit of cells of their own."""
    return " ".join(filter(None, (indicator.sign_text, indicator.value_text, indicator.unit_text)))


def words_of(row: IndicatorRow) -> str:
    """The same of a row of a file."""
    return " ".join(filter(None, (row.sign, row.value_text, row.unit)))


def settled_value(says: str, indicator: Indicator) -> TargetValue:
    """The value as a person wrote it plainly; its text stays that of the form."""
    programme = indicator.programme
    total = amount(programme.total_text)
    budget = None if total is None else in_wan(in_yuan(total, programme.amount_unit))
    value = parse_value(says, year=programme.year, budget=budget, name=indicator.level3)
    kept = value.doubts if value.kind is Kind.UNKNOWN else ()
    return replace(value, text=indicator.value_text, doubts=kept)


def differences(programme: Programme, given: TargetTable) -> list[Difference]:
    """Field by field what is stored against what a file says. The place in the file does not count."""
    return differences_between(programme.name, table_of(programme), given)


def differences_between(name: str, before: TargetTable, after: TargetTable) -> list[Difference]:
    """Field by field; a row that only one side has differs in its name."""
    found = [
        Difference(name, 0, field.name, _words(getattr(before, field.name)), _words(getattr(after, field.name)))
        for field in fields(TargetTable)
        if field.name not in ("indicators", "bookmark", "part", "seq", "year", "doubts", "is_department")
        and getattr(before, field.name) != getattr(after, field.name)
    ]
    return found + _row_differences(name, before.indicators, after.indicators)


def _row_differences(name: str, before: Sequence[IndicatorRow], after: Sequence[IndicatorRow]) -> list[Difference]:
    """Rows are compared by their numbers."""
    ours, theirs = {row.row: row for row in before}, {row.row: row for row in after}
    found = []
    for number in sorted(ours.keys() | theirs.keys()):
        old, new = ours.get(number), theirs.get(number)
        if old is None or new is None:
            found.append(Difference(name, number, "level3", old.level3 if old else "", new.level3 if new else ""))
            continue
        for field in fields(IndicatorRow):
            said, says = getattr(old, field.name), getattr(new, field.name)
            if field.name not in OF_THE_SOURCE and said != says:
                found.append(Difference(name, number, field.name, str(said), str(says)))
    return found


def _words(value: object) -> str:
    if isinstance(value, Budget):
        return " / ".join(text or "—" for text in (value.total_text, value.fiscal_funds_text, value.other_funds_text))
    if isinstance(value, tuple) and value and isinstance(value[0], Duty):
        return " ".join(f"{each.section} {each.goal}" for each in value)
    if isinstance(value, tuple):
        return " ".join(f"{p.label} {p.cumulative_pct_text}" if isinstance(p, PlanPoint) else str(p) for p in value)
    return str(value)


def _budget(programme: Programme) -> Budget:
    texts = programme.fiscal_text, programme.other_text
    numbers = [amount(text) if text else None for text in texts]
    return Budget(programme.total_text, *texts, amount(programme.total_text) or Decimal(0), *numbers)


def _point(point: FundingPoint) -> PlanPoint:
    return PlanPoint(point.label, point.percent_text, point.percent)


def _row(indicator: Indicator) -> IndicatorRow:
    return IndicatorRow(
        indicator.level1,
        indicator.level2,
        indicator.level3,
        indicator.description,
        indicator.value_text,
        indicator.basis,
        indicator.row,
        indicator.sign_text,
        indicator.unit_text,
        doubts=tuple(indicator.doubts.split()),
        duty=indicator.duty,
    )
