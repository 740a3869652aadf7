"""Reads of programmes: what people decided last, what is paid, what one may see."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TypeVar

from flask import abort
from sqlalchemy import Select, func, select

from ..core.db import db
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
    return db.session.scalars(rows.distinct().order_by(Programme.year.desc())).all()


def programmes(year: int) -> Sequence[Programme]:
    """The projects of the year."""
    rows = select(Programme).where(Programme.year == year, Programme.kind == TableKind.PROJECT)
    return db.session.scalars(rows.order_by(Programme.seq)).all()


def department(year: int) -> Programme | None:
    """The department's own table of the year."""
    rows = select(Programme).where(Programme.year == year, Programme.kind == TableKind.DEPARTMENT)
    return db.session.scalars(rows.order_by(Programme.id)).first()


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
    return db.session.scalars(rows.order_by(BasicExpenditure.id.desc())).all()


def bindings(programme: Programme) -> dict[int, IndicatorBinding]:
    return _newest(IndicatorBinding, programme)


def definitions(programme: Programme) -> dict[int, Definition]:
    return _newest(Definition, programme)


def history(model: type[Decision], indicator: Indicator) -> Sequence[Decision]:
    """Every decision on the indicator, newest first."""
    rows = select(model).where(model.indicator_id == indicator.id).order_by(model.id.desc())
    return db.session.scalars(rows).all()


def budget_changes(programme: Programme) -> Mapping[Source | None, Decimal]:
    """What was added to each source, and under None in all; a source without a change is left out."""
    sums = select(BudgetChange.source, func.sum(BudgetChange.amount)).group_by(BudgetChange.source)
    rows = db.session.execute(sums.where(BudgetChange.programme_id == programme.id)).all()
    found: dict[Source | None, Decimal] = {Source(source): amount for source, amount in rows}
    return found | ({None: sum(found.values(), Decimal(0))} if found else {})


def changes_of(programme: Programme) -> Sequence[BudgetChange]:
    rows = select(BudgetChange).where(BudgetChange.programme_id == programme.id)
    return db.session.scalars(rows.order_by(BudgetChange.decided_on, BudgetChange.id)).all()


def full_budget(programme: Programme) -> Decimal:
    """全年预算数 in yuan."""
    return (programme.initial() or Decimal(0)) + budget_changes(programme).get(None, Decimal(0))


def payments(programme: Programme) -> Select[Payment]:
    return select(Payment).where(Payment.programme_id == programme.id)


def _newest(model: type[Decision], programme: Programme) -> dict[int, Decision]:
    rows = select(model).join(Indicator, Indicator.id == model.indicator_id)
    rows = rows.where(Indicator.programme_id == programme.id).order_by(model.id)
    return {each.indicator_id: each for each in db.session.scalars(rows)}
