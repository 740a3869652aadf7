"""部门整体支出: what the year's projects come to, and the basic expenditure beside them. In yuan."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from . import queries
from .models import Programme, Spending


@dataclass(frozen=True)
class Spent:
    """None where nothing is known: what is not known is never counted as nought."""

    initial: Decimal | None
    budget: Decimal | None
    executed: Decimal | None


NOTHING = Spent(None, None, None)


def spending(department: Programme, paid: Decimal | None) -> dict[Spending | None, Spent]:
    """In all, basic, projects; `paid`: what was paid for all projects. Without basic expenditure there is no whole."""
    projects, basic = of_projects(queries.programmes(department.year), paid), of_basic(department)
    parts = [each for each in (basic, projects) if each != NOTHING]
    whole = NOTHING if basic == NOTHING else Spent(*(_sum(parts, field) for field in FIELDS))
    return {None: whole, Spending.BASIC: basic, Spending.PROJECTS: projects}


FIELDS: tuple[Callable[[Spent], Decimal | None], ...] = (
    lambda each: each.initial,
    lambda each: each.budget,
    lambda each: each.executed,
)


def of_projects(projects: Sequence[Programme], paid: Decimal | None) -> Spent:
    if not projects:
        return NOTHING
    initial = sum((each.initial() or Decimal(0) for each in projects), Decimal(0))
    return Spent(initial, sum(map(queries.full_budget, projects), Decimal(0)), paid)


def of_basic(department: Programme) -> Spent:
    newest = next(iter(queries.basic_expenditures(department)), None)
    return Spent(newest.initial, newest.budget, newest.executed) if newest else NOTHING


def _sum(parts: Sequence[Spent], field: Callable[[Spent], Decimal | None]) -> Decimal | None:
    """None as soon as one part is not known."""
    found = [field(each) for each in parts]
    return None if None in found else sum((each for each in found if each is not None), Decimal(0))
