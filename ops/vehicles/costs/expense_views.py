"""Pages of the expenses that drivers noted on the way."""

from typing import Any

from flask import Blueprint, abort, send_file
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from ...core.access import requires
from ...core.db import db
from ...core.files import Attachment
from ...core.forms import choices
from ...core.listing import Column, Filter, listing
from ...core.page import done, page
from ..driving.models import EXPENSES, ExpenseKind, TripExpense
from ..models import Driver, Vehicle
from . import expense_queries, expense_service, queries
from .forms import ExpenseForm, ReasonForm
from .permissions import Permission

bp = Blueprint("expenses", __name__, url_prefix="/costs/expenses")
COLUMNS = (
    Column("at", _l("Time"), TripExpense.at),
    Column("car", _l("Car"), Vehicle.plate),
    Column("driver", _l("Driver"), Driver.name),
    Column("kind", _l("Kind of expense"), TripExpense.kind),
    Column("state", _l("State")),
    Column("amount", _l("Amount"), TripExpense.amount, "end", _l("yuan")),
)
STATES = [("waiting", _l("to be entered")), ("entered", _l("in the ledger")), ("refused", _l("not accepted"))]


@bp.get("")
@requires(Permission.COST_READ)
def expenses() -> tuple[str, int]:
    """Newest first; those that nobody has decided on can be entered or refused."""
    table = listing(
        expense_queries.expenses(), COLUMNS, sort="at", descending=True, search=(Vehicle.plate, Driver.name),
        filters=[Filter("state", _l("State"), STATES, expense_queries.in_state)],
        empty_text=_l("What drivers note on their phones will stand here."),
    )  # fmt: skip
    return page("vehicles/expenses/expenses.html", listing=table, kinds=EXPENSES)


@bp.get("/<int:id>/photograph")
@requires(Permission.COST_READ)
def photograph(id: int) -> Response:
    kept = db.get_or_404(Attachment, db.get_or_404(TripExpense, id).photo_id or abort(404))
    return send_file(kept.path, mimetype=kept.media_type, download_name=kept.name)


@bp.route("/<int:id>/entry", methods=["GET", "POST"])
@requires(Permission.COST_RECORD)
def entry(id: int) -> Response | tuple[str, int]:
    row: Any = expense_queries.one(id) or abort(404)
    expense, form = row[0], ExpenseForm()
    form.card_id.choices = choices(queries.cards_to_choose())
    if expense.kind != ExpenseKind.FUEL:
        del form.is_full, form.card_id, form.odometer_value
    if made := form.attempt(expense_service.enter, expense=expense):
        return done(_("The expense stands in the ledger."), "vehicles.costs.entry", id=made.id)
    return page("vehicles/expenses/entry.html", form=form, row=row, kinds=EXPENSES)


@bp.route("/<int:id>/refusal", methods=["GET", "POST"])
@requires(Permission.COST_RECORD)
def refusal(id: int) -> Response | tuple[str, int]:
    row: Any = expense_queries.one(id) or abort(404)
    form = ReasonForm()
    if form.attempt(expense_service.refuse, expense=row[0]):
        return done(_("The expense is not accepted."), ".expenses", state="waiting")
    return page("vehicles/expenses/refusal.html", form=form, row=row, kinds=EXPENSES)
