"""Reads of the expenses that drivers noted on the way."""

from typing import Any, cast

from sqlalchemy import ColumnElement, Select, func, select

from ...core.db import db
from ..driving.models import TripExpense
from ..models import Dispatch, Driver, Vehicle
from .expense_models import ExpenseVerdict


def expenses() -> Select[Any]:
    """(expense, car, driver, what became of it or None)."""
    rows = select(TripExpense, Vehicle, Driver, ExpenseVerdict, Dispatch.request_id)
    rows = rows.join(Dispatch, Dispatch.id == TripExpense.dispatch_id).join(Vehicle, Vehicle.id == Dispatch.vehicle_id)
    rows = rows.join(Driver, Driver.id == Dispatch.driver_id)
    return cast(Select[Any], rows.outerjoin(ExpenseVerdict, ExpenseVerdict.expense_id == TripExpense.id))


def one(expense_id: int) -> Any:
    """The row of the list, or None."""
    return db.session.execute(expenses().where(TripExpense.id == expense_id)).one_or_none()


def in_state(chosen: str) -> ColumnElement[bool]:
    conditions: dict[str, ColumnElement[bool]] = {
        "waiting": ExpenseVerdict.expense_id.is_(None),
        "entered": ExpenseVerdict.cost_id.is_not(None),
    }
    return conditions.get(chosen, ExpenseVerdict.reason.is_not(None))


def waiting() -> int:
    rows = select(func.count()).select_from(TripExpense).outerjoin(ExpenseVerdict)
    return db.session.scalar(rows.where(ExpenseVerdict.expense_id.is_(None))) or 0


def of_expense(expense_id: int) -> ExpenseVerdict | None:
    return db.session.get(ExpenseVerdict, expense_id)


def trip_of(expense: TripExpense) -> Dispatch:
    return db.session.get_one(Dispatch, expense.dispatch_id)
