"""The verbs of drivers' expenses: take over into the ledger, or not, with the reason. Each counts once."""

from typing import Any

from flask_babel import lazy_gettext as _l

from ...core import audit, clock
from ...core.access import Actor
from ...core.db import db, hold
from ...core.errors import Rejected
from ..driving.models import ExpenseKind, TripExpense
from ..foureyes import check_other
from ..models import Dispatch
from . import expense_queries as queries
from . import ledger, service
from .expense_models import COST_OF, ExpenseTaking
from .models import VehicleCost

OWN_EXPENSE = _l("You drove this trip yourself: somebody else takes over what was paid on it.")


def take_over(
    expense: TripExpense, payee: str, paper_no: str, is_full: bool, besides: bool, by: Actor
) -> ExpenseTaking:
    """The expense becomes a row of the car's ledger, with the trip and the photograph that the driver sent.

    `besides`: it is a second one, though a row with the same car, kind, day and amount stands there already.
    """
    hold(TripExpense, expense.id)
    check_open(expense)
    trip = db.session.get_one(Dispatch, expense.dispatch_id)
    check_other(by, OWN_EXPENSE, *(driver.user_id for driver in trip.drivers))
    kind = COST_OF[ExpenseKind(expense.kind)]
    if not besides and (same := queries.the_same(trip.vehicle_id, kind, expense)):
        message = _l(
            "The ledger has the same amount for this car on that day already (row %(number)s). Do not take it over, "
            "or say that both were paid.", number=same[0].id,
        )  # fmt: skip
        raise Rejected(message, "besides")
    given: dict[str, Any] = {"payee": payee, "paper_no": paper_no, "dispatch_id": trip.id}
    day = expense.at.date()
    if expense.litres is not None:
        cost = service.enter_fill(
            trip.vehicle_id, expense.at, expense.litres, expense.amount, by, is_full=is_full, **given
        )
    else:
        cost = ledger.enter(trip.vehicle_id, kind, day, expense.amount, by, **given)
    cost.attachment_id = expense.photo_id
    return _say(expense, cost, "", by)


def turn_down(expense: TripExpense, reason_given: str, by: Actor) -> ExpenseTaking:
    """It does not come into the ledger: the fuel card's statement has it, it was private, the receipt is missing."""
    hold(TripExpense, expense.id)
    check_open(expense)
    return _say(expense, None, reason_given.strip(), by)


def check_open(expense: TripExpense) -> None:
    said = queries.standing_taking(expense.id)
    if said is not None and said.cost_id is not None:
        raise Rejected(_l("This expense stands in the ledger already."))
    if said is not None:
        raise Rejected(_l("This expense was turned down already."))


def _say(expense: TripExpense, cost: VehicleCost | None, reason: str, by: Actor) -> ExpenseTaking:
    row = ExpenseTaking(expense_id=expense.id, cost_id=cost.id if cost else None, reason=reason)
    row.at, row.by = clock.now(), by.name
    db.session.add(row)
    audit.record("vehicles.expense.taken_over" if cost else "vehicles.expense.turned_down", row, by)
    return row
