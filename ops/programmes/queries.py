"""Reads of programmes: what people decided last, what is paid, what one may see."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TypeVar

from flask import abort
from sqlalchemy import Select, func, select

from ..core.db import db
from ..core.once import remembered
from .models import (
    BasicExpenditure,
    BudgetChange,
    Definition,
    Indicator,
    IndicatorBinding,
    Payment,
    Programme,
    Source,
    TableKind,
)

Decision = TypeVar("Decision", IndicatorBinding, Definition)


def years() -> Sequence[int]:
    """The budget years that have targets of projects, newest first."""
    rows = select(Programme.year).where(Programme.kind == TableKind.PROJECT)
    ask = rows.distinct().order_by(Programme.year.desc())
    return remembered("programme years", lambda: db.session.scalars(ask).all())


def table_years() -> Sequence[int]:
    """The years that have any table, the department's too, newest first."""
    return db.session.scalars(select(Programme.year).distinct().order_by(Programme.year.desc())).all()


def programmes(year: int) -> Sequence[Programme]:
    """The projects of the year."""
    return [each for each in _of_year(year) if not each.is_department]


def department(year: int) -> Programme | None:
    """The department's own table of the year."""
    return next((each for each in _of_year(year) if each.is_department), None)


def _of_year(year: int) -> Sequence[Programme]:
    rows = select(Programme).where(Programme.year == year).order_by(Programme.seq, Programme.id)
    return remembered(("tables", year), lambda: db.session.scalars(rows).all())


def tables(year: int) -> list[Programme]:
    """Every table of the year that is reported: the projects, then the department."""
    return [*programmes(year), *filter(None, [department(year)])]


def alongside(programme: Programme) -> Sequence[Programme]:
    """The tables of one document, which are compared with each other; the department's stands alone."""
    return [programme] if programme.is_department else programmes(programme.year)


def project_or_404(id: int) -> Programme:
    """For pages of money: the department has none of its own."""
    found = db.get_or_404(Programme, id)
    return abort(404) if found.is_department else found


def basic_expenditures(programme: Programme) -> Sequence[BasicExpenditure]:
    """Every entry, newest first; the newest counts."""
    rows = select(BasicExpenditure).where(BasicExpenditure.programme_id == programme.id)
    ask = rows.order_by(BasicExpenditure.id.desc())
    return remembered(("basic", programme.id), lambda: db.session.scalars(ask).all())


def bindings(programme: Programme) -> dict[int, IndicatorBinding]:
    return remembered(("bindings", programme.id), lambda: newest(IndicatorBinding, [programme.id])[programme.id])


def definitions(programme: Programme) -> dict[int, Definition]:
    return remembered(("definitions", programme.id), lambda: newest(Definition, [programme.id])[programme.id])


def history(model: type[Decision], indicator: Indicator) -> Sequence[Decision]:
    """Every decision on the indicator, newest first."""
    rows = select(model).where(model.indicator_id == indicator.id).order_by(model.id.desc())
    return db.session.scalars(rows).all()


def budget_changes(programme: Programme) -> Mapping[Source | None, Decimal]:
    """What was added to each source, and under None in all; a source without a change is left out."""
    return remembered(("budget changes", programme.id), lambda: changes_by_source([programme.id])[programme.id])


def changes_by_source(ids: Sequence[int]) -> dict[int, Mapping[Source | None, Decimal]]:
    """Of several programmes at once."""
    sums = select(BudgetChange.programme_id, BudgetChange.source, func.sum(BudgetChange.amount))
    sums = sums.where(BudgetChange.programme_id.in_(ids)).group_by(BudgetChange.programme_id, BudgetChange.source)
    found: dict[int, dict[Source | None, Decimal]] = {each: {} for each in ids}
    for programme, source, amount in db.session.execute(sums):
        found[programme][Source(source)] = amount
    return {each: by | ({None: sum(by.values(), Decimal(0))} if by else {}) for each, by in found.items()}


def changes_of(programme: Programme) -> Sequence[BudgetChange]:
    rows = select(BudgetChange).where(BudgetChange.programme_id == programme.id)
    return db.session.scalars(rows.order_by(BudgetChange.decided_on, BudgetChange.id)).all()


def full_budget(programme: Programme) -> Decimal:
    """全年预算数 in yuan."""
    return (programme.initial() or Decimal(0)) + budget_changes(programme).get(None, Decimal(0))


def payments(programme: Programme) -> Select[Payment]:
    return select(Payment).where(Payment.programme_id == programme.id)


def newest(model: type[Decision], ids: Sequence[int]) -> dict[int, dict[int, Decision]]:
    """By programme the newest decision on each of its indicators."""
    rows = select(Indicator.programme_id, model).join(Indicator, Indicator.id == model.indicator_id)
    found: dict[int, dict[int, Decision]] = {each: {} for each in ids}
    for programme, row in db.session.execute(rows.where(Indicator.programme_id.in_(ids)).order_by(model.id)):
        found[programme][row.indicator_id] = row
    return found
