"""Reads of the money: budgets on a day, files of payments, payments that are held."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy import Select, func, select

from ...core.db import db
from ..models import BudgetChange, Programme, Source, TableKind
from .models import HeldDecision, HeldPayment, PaymentFault, PaymentFile

Sums = Mapping[Source | None, Decimal]


def programme_ids() -> Sequence[int]:
    return db.session.scalars(select(Programme.id).order_by(Programme.id)).all()


def all_programmes() -> Sequence[Programme]:
    rows = select(Programme).where(Programme.kind == TableKind.PROJECT)
    return db.session.scalars(rows.order_by(Programme.year.desc(), Programme.seq)).all()


def changes_until(ids: Sequence[int], day: date) -> dict[int, Sums]:
    """What was decided up to the day, by programme and source; under None in all."""
    sums = select(BudgetChange.programme_id, BudgetChange.source, func.sum(BudgetChange.amount))
    sums = sums.where(BudgetChange.programme_id.in_(ids), BudgetChange.decided_on <= day)
    found: dict[int, dict[Source | None, Decimal]] = {each: {} for each in ids}
    for programme, source, amount in db.session.execute(sums.group_by(BudgetChange.programme_id, BudgetChange.source)):
        found[programme][Source(source)] = amount
    return {each: by | ({None: sum(by.values(), Decimal(0))} if by else {}) for each, by in found.items()}


def in_force(programme: Programme, changes: Sums, source: Source | None = None) -> Decimal | None:
    """The budget in yuan with the changes; None where neither the form nor a change gives the source anything."""
    initial, change = programme.initial(source), changes.get(source)
    return None if initial is None and change is None else (initial or Decimal(0)) + (change or Decimal(0))


def budget_on(programme: Programme, day: date) -> Decimal:
    """全年预算数 in force on the day, in yuan."""
    return in_force(programme, changes_until([programme.id], day)[programme.id]) or Decimal(0)


def payment_files() -> Select[PaymentFile]:
    return select(PaymentFile)


def faults(file: PaymentFile) -> Sequence[PaymentFault]:
    rows = select(PaymentFault).where(PaymentFault.file_id == file.id).order_by(PaymentFault.line)
    return db.session.scalars(rows).all()


def held_payments() -> Select[HeldPayment]:
    return select(HeldPayment).outerjoin(HeldDecision, HeldDecision.held_id == HeldPayment.id)


def waiting() -> int:
    """How many held payments nobody has decided about."""
    rows = held_payments().where(HeldDecision.held_id.is_(None))
    return db.session.scalar(select(func.count()).select_from(rows.subquery())) or 0
