"""Demo: what drivers paid on the way comes into the ledger on the evening of that day; the last of a year wait."""

from collections.abc import Callable
from datetime import datetime, time
from typing import Any

from sqlalchemy import insert, select

from ...core.db import db
from ..driving.models import ExpenseKind, TripExpense
from ..models import Dispatch
from .expense_models import COST_OF, ExpenseTaking

STILL_OPEN = 2
Row = dict[str, Any]


def make(year: int, cost: Callable[..., Row]) -> list[Row]:
    """`cost`: makes a row of the ledger."""
    rows = select(TripExpense, Dispatch.vehicle_id).join(Dispatch, Dispatch.id == TripExpense.dispatch_id)
    rows = rows.where(TripExpense.at >= datetime(year, 1, 1), TripExpense.at < datetime(year + 1, 1, 1))
    noted = db.session.execute(rows.order_by(TripExpense.at, TripExpense.id)).all()[:-STILL_OPEN]
    return [
        {**cost(car, COST_OF[ExpenseKind(each.kind)], each.at.date(), each.amount, "", each.dispatch_id),
         "expense_id": each.id}
        for each, car in noted
    ]  # fmt: skip


def link(costs: list[Row]) -> None:
    """Once the ledger's rows have their keys."""
    taken = [
        {"expense_id": row["expense_id"], "cost_id": row["id"], "reason": "", "by": row["recorded_by"],
         "at": datetime.combine(row["day"], time(18))}
        for row in costs
        if "expense_id" in row
    ]  # fmt: skip
    if taken:
        db.session.execute(insert(ExpenseTaking), taken)
