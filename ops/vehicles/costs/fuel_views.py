"""Pages of fuel: a refuelling, cards, statements, and what a person should look at."""

from collections.abc import Sequence
from io import BytesIO

from flask import Blueprint, abort, request, send_file
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from ...core import clock
from ...core.access import requires
from ...core.db import db
from ...core.forms import choices
from ...core.listing import listing
from ...core.page import done, page, turned_away
from ..driving import queries as driving
from ..driving.models import DialPhoto
from ..models import Vehicle
from ..odometer import service as odometer
from . import choosing, findings, queries, service, statement_service, tables
from .forms import CardForm, FillForm, ReasonForm, StatementForm, TopUpForm
from .models import CardEntry, FuelCard
from .permissions import Permission
from .repair_models import FuelIntake

bp = Blueprint("fuel", __name__, url_prefix="/fuel")


@bp.route("/fills/new", methods=["GET", "POST"])
@requires(Permission.COST_RECORD)
def new_fill() -> Response | tuple[str, int]:
    form = FillForm(at=clock.now().replace(second=0), vehicle_id=choosing.car_asked())
    form.vehicle_id.choices = choices(queries.cars(clock.today()))
    form.card_id.choices = choices(queries.cards_to_choose())
    if made := form.attempt(service.fill):
        return done(_("The refuelling is recorded."), "vehicles.costs.entry", id=made.id)
    return page("vehicles/fuel/new_fill.html", form=form)


@bp.get("/cards")
@requires(Permission.COST_READ)
def cards() -> tuple[str, int]:
    table = listing(
        queries.cards(), tables.CARD_COLUMNS, sort="number", search=(FuelCard.number, Vehicle.plate),
        empty_text=_l("Fuel cards will stand here with what is on them."), caption=_("Fuel cards"),
    )  # fmt: skip
    return page("vehicles/fuel/cards.html", listing=table)


@bp.get("/cards/<int:id>")
@requires(Permission.COST_READ)
def card(id: int) -> tuple[str, int]:
    """What came on a card and what was spent from it, each with the balance after it."""
    entries = queries.card_entries(id)
    turned = {entry.reverses_id for entry, _balance in entries}
    return page("vehicles/fuel/card.html", card=db.get_or_404(FuelCard, id), entries=entries, turned=turned)


@bp.route("/cards/new", methods=["GET", "POST"])
@requires(Permission.COST_RECORD)
def new_card() -> Response | tuple[str, int]:
    form = CardForm(opened_on=clock.today())
    form.vehicle_id.choices = choices(queries.cars(clock.today()))
    if made := form.attempt(service.open_card):
        return done(_("The card is registered."), ".card", id=made.id)
    return page("vehicles/fuel/new_card.html", form=form)


@bp.route("/cards/<int:id>/top-up", methods=["GET", "POST"])
@requires(Permission.COST_RECORD)
def top_up(id: int) -> Response | tuple[str, int]:
    found, form = db.get_or_404(FuelCard, id), TopUpForm(day=clock.today())
    if form.attempt(service.top_up, card=found):
        return done(_("The money is on the card."), ".card", id=id)
    return page("vehicles/fuel/top_up.html", form=form, card=found)


@bp.route("/card-entries/<int:id>/reversal", methods=["GET", "POST"])
@requires(Permission.COST_RECORD)
def top_up_reversal(id: int) -> Response | tuple[str, int]:
    entry = db.get_or_404(CardEntry, id)
    if away := turned_away(lambda: service.check_top_up(entry), ".card", id=entry.card_id):
        return away
    form = ReasonForm()
    if form.attempt(service.reverse_top_up, entry=entry):
        return done(_("The row is taken back; both stay to be read."), ".card", id=entry.card_id)
    return page("vehicles/fuel/top_up_reversal.html", form=form, entry=entry)


@bp.route("/statements/new", methods=["GET", "POST"])
@requires(Permission.COST_RECORD)
def new_statement() -> Response | tuple[str, int]:
    form = StatementForm()
    if made := form.attempt(statement_service.take_in):
        return done(_("The statement is taken in."), ".statement", id=made.id)
    return page("vehicles/fuel/new_statement.html", form=form)


@bp.get("/statements/<int:id>")
@requires(Permission.COST_READ)
def statement(id: int) -> tuple[str, int]:
    """What became of a statement's rows."""
    return page("vehicles/fuel/statement.html", intake=db.get_or_404(FuelIntake, id))


@bp.get("/statements/<int:id>/faults")
@requires(Permission.COST_READ)
def statement_faults(id: int) -> Response:
    """The rows that could not land, to be mended and handed in again."""
    content = statement_service.handed_back(db.get_or_404(FuelIntake, id))
    return send_file(BytesIO(content), mimetype="text/csv", as_attachment=True, download_name=f"statement-{id}.csv")


@bp.get("/findings")
@requires(Permission.COST_READ)
def finding_list() -> tuple[str, int]:
    """Gaps of the dial and fills that do not fit: of a period, open ones first; without one, whatever is open."""
    period = choosing.period_asked() if request.args.get("period") else None
    found = findings.of_period(period) if period else findings.open_ones()
    return page(
        "vehicles/fuel/findings.html", findings=found, photos=_photos(found), period=period,
        options=[("", _("Not settled, of all years")), *choosing.finding_periods(period)],
        waiting=sum(each.settlement is None for each in found),
    )  # fmt: skip


@bp.route("/findings/<int:id>/<key>/settlement", methods=["GET", "POST"])
@requires(Permission.COST_RECORD)
def settlement(id: int, key: str) -> Response | tuple[str, int]:
    """Say what a finding was; it must still be one."""
    found = findings.one(id, key) or abort(404)
    if away := turned_away(lambda: odometer.check_unsettled(key), ".finding_list"):
        return away
    form = ReasonForm()
    if form.attempt(odometer.settle, key=key, vehicle_id=id):
        return done(_("The finding is settled."), ".finding_list")
    return page("vehicles/fuel/settlement.html", form=form, finding=found, photos=_photos([found]))


def _photos(found: Sequence[findings.Found]) -> dict[driving.Occasion, list[DialPhoto]]:
    """The dials that a finding compares, as far as drivers photographed them."""
    return driving.photos_of({trip for each in found for trip, _source in each.dials if trip})
