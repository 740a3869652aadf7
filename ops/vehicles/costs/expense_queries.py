"""Reads of drivers' expenses: which still wait to be taken over, and what stands in the ledger for a trip."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import aliased

from ...core.db import db
from ..driving.models import TripExpense
from ..models import Dispatch, Driver, Vehicle
from .expense_models import ExpenseTaking
from .models import CostKind, VehicleCost


def expenses() -> Select[Any]:
    """(expense, request, plate, driver, the cost it stands in, why it was not taken over)."""
    taking = _standing().subquery()
    one = aliased(ExpenseTaking, taking)
    columns: list[Any] = [TripExpense, Dispatch.request_id, Vehicle.plate, Driver.name, one.cost_id, one.reason]
    rows = select(*columns).join(Dispatch, Dispatch.id == TripExpense.dispatch_id)
    rows = rows.join(Vehicle, Vehicle.id == Dispatch.vehicle_id).join(Driver, Driver.id == Dispatch.driver_id)
    return rows.outerjoin(taking, taking.c.expense_id == TripExpense.id)


def of_trip(dispatch_id: int) -> Sequence[Any]:
    """The same rows of one trip, in order of time."""
    rows = expenses().where(TripExpense.dispatch_id == dispatch_id)
    return db.session.execute(rows.order_by(TripExpense.at, TripExpense.id)).all()


def expense(expense_id: int) -> Any:
    return db.session.execute(expenses().where(TripExpense.id == expense_id)).first()


def _standing() -> Select[Any]:
    """Takings that stand: not taken over with a reason, or in a cost that nobody reversed; one an expense at most."""
    turned = aliased(VehicleCost)
    gone = exists().where(turned.reverses_id == ExpenseTaking.cost_id)
    return select(ExpenseTaking).where(~gone)


def in_state(state: str) -> ColumnElement[bool]:
    said = _standing().with_only_columns(ExpenseTaking.expense_id)
    if state == "taken":
        return TripExpense.id.in_(said.where(ExpenseTaking.cost_id.is_not(None)))
    if state == "refused":
        return TripExpense.id.in_(said.where(ExpenseTaking.cost_id.is_(None)))
    return TripExpense.id.not_in(said)


def waiting_count() -> int:
    return db.session.scalar(select(func.count()).select_from(TripExpense).where(in_state("open"))) or 0


def standing_taking(expense_id: int) -> ExpenseTaking | None:
    found: ExpenseTaking | None = db.session.scalar(_standing().where(ExpenseTaking.expense_id == expense_id))
    return found


def the_same(vehicle_id: int, kind: CostKind, expense: TripExpense) -> Sequence[VehicleCost]:
    """Rows of the ledger that say the same already: the car, the kind, the day and the amount; a card's, by hand."""
    turned = aliased(VehicleCost)
    rows = select(VehicleCost).where(
        VehicleCost.vehicle_id == vehicle_id, VehicleCost.kind == kind, VehicleCost.day == expense.at.date(),
        VehicleCost.amount == expense.amount, ~exists().where(turned.reverses_id == VehicleCost.id),
        ~exists().where(ExpenseTaking.cost_id == VehicleCost.id),
    )  # fmt: skip
    return db.session.scalars(rows).all()


def noted_on(dispatch_id: int) -> Sequence[TripExpense]:
    """What the driver paid on the trip, but for what the vehicle section did not take over."""
    rows = select(TripExpense).where(TripExpense.dispatch_id == dispatch_id, ~in_state("refused"))
    return db.session.scalars(rows.order_by(TripExpense.at, TripExpense.id)).all()
