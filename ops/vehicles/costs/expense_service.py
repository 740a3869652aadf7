"""What a driver noted on the way enters the ledger, or is not accepted; each once."""

from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l

from ...core import audit, clock
from ...core.access import Actor
from ...core.db import db, hold
from ...core.errors import Rejected
from ..driving.models import ExpenseKind, TripExpense
from . import expense_queries, service
from .expense_models import ExpenseVerdict
from .models import CostKind, VehicleCost

KINDS = {
    ExpenseKind.TOLL: CostKind.TOLLS,
    ExpenseKind.PARKING: CostKind.PARKING,
    ExpenseKind.OTHER: CostKind.OTHER,
}


def enter(
    expense: TripExpense, payee: str, paper_no: str, by: Actor, is_full: bool = False, card_id: int | None = None,
    odometer_value: Decimal | None = None,
) -> VehicleCost:  # fmt: skip
    """A cost of the trip's car on the day it was paid, with the driver's photograph; fuel with its litres."""
    _hold(expense)
    trip = expense_queries.trip_of(expense)
    paid: dict[str, Any] = {"payee": payee, "paper_no": paper_no, "dispatch_id": trip.id}
    if expense.kind == ExpenseKind.FUEL:
        row = service.enter_fill(
            trip.vehicle_id, expense.at, expense.litres or Decimal(0), expense.amount, by, is_full=is_full,
            card_id=card_id, odometer_value=odometer_value, **paid,
        )  # fmt: skip
    else:
        kind = KINDS[ExpenseKind(expense.kind)]
        row = service.enter(trip.vehicle_id, kind, expense.at.date(), expense.amount, by, **paid)
    row.attachment_id = expense.photo_id
    _say(expense, by, cost_id=row.id)
    audit.record("vehicles.expense.entered", row, by)
    return row


def refuse(expense: TripExpense, reason_given: str, by: Actor) -> ExpenseVerdict:
    """It is not paid from public money, or was noted twice."""
    _hold(expense)
    row = _say(expense, by, reason=reason_given.strip())
    audit.record("vehicles.expense.refused", row, by)
    return row


def _hold(expense: TripExpense) -> None:
    hold(TripExpense, expense.id)
    if expense_queries.of_expense(expense.id):
        raise Rejected(_l("Somebody has decided on this already."))


def _say(expense: TripExpense, by: Actor, cost_id: int | None = None, reason: str | None = None) -> ExpenseVerdict:
    row = ExpenseVerdict(expense_id=expense.id, cost_id=cost_id, reason=reason, at=clock.now(), by=by.name)
    db.session.add(row)
    return row
