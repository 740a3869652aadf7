"""Pages of vehicles hired for activities."""

from flask import Blueprint
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from ...core import clock
from ...core.access import requires
from ...core.db import db
from ...core.forms import choices
from ...core.listing import Column, Filter, listing
from ...core.page import done, page
from ...people.models import Unit
from ..forms import CancelForm
from . import queries, service
from .forms import HiredTripForm, HireForm
from .models import CLASS_LABELS, REASON_LABELS, Hire
from .permissions import Permission

bp = Blueprint("hires", __name__, url_prefix="/hires")
COLUMNS = (
    Column("day", _l("Day"), Hire.day),
    Column("activity", _l("Activity"), Hire.activity),
    Column("unit", _l("Unit"), Unit.name),
    Column("reason", _l("Kind of activity"), Hire.reason_class),
    Column("paper", _l("Number of the approval")),
    Column("trips", _l("Vehicle-trips"), queries.TRIPS, "end"),
    Column("cost", _l("Cost"), queries.COST, "end", _l("yuan")),
    Column("state", _l("State")),
)
STANDING = [("standing", _l("counts")), ("void", _l("void"))]


@bp.get("")
@requires(Permission.HIRE_READ)
def hires() -> tuple[str, int]:
    """Activities with hired vehicles, newest first."""
    reason = Filter("reason", _l("Kind of activity"), list(REASON_LABELS.items()), queries.of_reason)
    table = listing(
        queries.hires(), COLUMNS, sort="day", descending=True, search=(Hire.activity, Unit.name, Hire.paper_no),
        filters=[reason, Filter("state", _l("State"), STANDING, queries.standing_or_void)],
        empty_text=_l("Activities with hired vehicles will stand here."),
    )  # fmt: skip
    return page("vehicles/hires/hires.html", listing=table, reasons=REASON_LABELS)


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.HIRE_RECORD)
def new_hire() -> Response | tuple[str, int]:
    form = HireForm(day=clock.today())
    form.unit_id.choices = choices(queries.units())
    if made := form.attempt(service.record):
        return done(_("The activity is recorded."), "vehicles.hires.hire", id=made.id)
    return page("vehicles/hires/new_hire.html", form=form)


@bp.get("/<int:id>")
@requires(Permission.HIRE_READ)
def hire(id: int) -> tuple[str, int]:
    """One activity with its vehicle-trips."""
    found = db.get_or_404(Hire, id)
    unit = db.session.get_one(Unit, found.unit_id)
    return page("vehicles/hires/hire.html", hire=found, unit=unit, reasons=REASON_LABELS, classes=CLASS_LABELS)


@bp.route("/<int:id>/trips/new", methods=["GET", "POST"])
@requires(Permission.HIRE_RECORD)
def new_trips(id: int) -> Response | tuple[str, int]:
    found = db.get_or_404(Hire, id)
    form = HiredTripForm()
    if form.attempt(service.add_trips, hire=found):
        return done(_("The vehicle-trips are added."), "vehicles.hires.hire", id=id)
    return page("vehicles/hires/new_trips.html", form=form, hire=found)


@bp.route("/<int:id>/void", methods=["GET", "POST"])
@requires(Permission.HIRE_RECORD)
def void(id: int) -> Response | tuple[str, int]:
    found = db.get_or_404(Hire, id)
    form = CancelForm()
    if form.attempt(service.void, hire=found):
        return done(_("The record is void."), "vehicles.hires.hire", id=id)
    return page("vehicles/hires/void.html", form=form, hire=found)
