"""Pages of drivers' expenses: the list, the photograph, taking over and turning down."""

from flask import Blueprint, abort, send_file
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import BooleanField

from ...core import clock
from ...core.access import requires
from ...core.db import db
from ...core.files import Attachment
from ...core.forms import Form
from ...core.listing import Column, Filter, listing
from ...core.page import done, page, turned_away
from ...core.period import parse
from ..driving.models import EXPENSES, TripExpense
from ..models import Dispatch, Driver, Vehicle
from ..odometer.forms import Words
from . import choosing, notice_queries
from . import expense_queries as queries
from . import expense_service as service
from .expense_models import EXPENSE_STATES
from .forms import SHORT, ReasonForm
from .permissions import Permission
from .tables import YUAN

bp = Blueprint("expenses", __name__, url_prefix="/costs/expenses")
COLUMNS = (
    Column("at", _l("Paid at"), TripExpense.at),
    Column("car", _l("Car"), Vehicle.plate),
    Column("driver", _l("Driver"), Driver.name),
    Column("kind", _l("Kind of expense"), TripExpense.kind),
    Column("photo", _l("Receipt")),
    Column("state", _l("State")),
    Column("amount", _l("Amount"), TripExpense.amount, "end", YUAN),
)


class TakeOverForm(Form):
    payee = Words(_l("Payee of the cost"), SHORT)
    paper_no = Words(_l("Number of the receipt"), SHORT)
    is_full = BooleanField(_l("Filled to the top"), description=_l("Consumption is worked out between two full tanks."))
    besides = BooleanField(_l("Both were paid: the ledger's row with the same amount is another one"))


@bp.get("")
@requires(Permission.COST_READ)
def expenses() -> tuple[str, int]:
    """What drivers paid on the way, newest first; at first those that still wait."""
    states = [(state, word) for state, (_colour, word) in EXPENSE_STATES.items()]
    table = listing(
        queries.expenses(), COLUMNS, sort="at", descending=True, search=(Vehicle.plate, Driver.name),
        filters=[
            Filter("state", _l("State"), states, queries.in_state),
            Filter("period", _l("Month"), _months(), lambda key: notice_queries.noted_in(parse(key))),
            Filter("vehicle", _l("Car"), choosing.car_options(), lambda key: Dispatch.vehicle_id == int(key)),
        ],
        caption=_("Expenses of drivers"),
        empty_text=_l("What drivers note as paid on the way will stand here."),
    )  # fmt: skip
    return page("vehicles/costs/expenses.html", listing=table, kinds=EXPENSES, states=EXPENSE_STATES)


def _months() -> list[tuple[str, str]]:
    return [(each.key, each.label) for each in notice_queries.months(clock.today())]


@bp.get("/<int:id>/photograph")
@requires(Permission.COST_READ)
def photograph(id: int) -> Response:
    """The receipt as the driver sent it."""
    expense = db.get_or_404(TripExpense, id)
    kept = db.session.get(Attachment, expense.photo_id or 0) or abort(404)
    return send_file(kept.path, mimetype=kept.media_type, download_name=kept.name)


@bp.route("/<int:id>/taking-over", methods=["GET", "POST"])
@requires(Permission.COST_RECORD)
def taking_over(id: int) -> Response | tuple[str, int]:
    expense, plate = _expense(id)
    if away := turned_away(lambda: service.check_open(expense), ".expenses", state="open"):
        return away
    form = TakeOverForm()
    if form.attempt(service.take_over, expense=expense):
        return done(_("The expense stands in the ledger of the car."), ".expenses", state="open")
    return page("vehicles/costs/taking_over.html", form=form, expense=expense, plate=plate, kinds=EXPENSES)


@bp.route("/<int:id>/turning-down", methods=["GET", "POST"])
@requires(Permission.COST_RECORD)
def turning_down(id: int) -> Response | tuple[str, int]:
    expense, plate = _expense(id)
    if away := turned_away(lambda: service.check_open(expense), ".expenses", state="open"):
        return away
    form = ReasonForm()
    if form.attempt(service.turn_down, expense=expense):
        return done(_("The expense is not taken over; the reason is kept."), ".expenses", state="open")
    return page("vehicles/costs/turning_down.html", form=form, expense=expense, plate=plate, kinds=EXPENSES)


def _expense(id: int) -> tuple[TripExpense, str]:
    found = queries.expense(id) or abort(404)
    return found[0], found[2]
