"""Pages of complaints: the list, one complaint with its steps, its deeds."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import Blueprint, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from ...core import clock
from ...core.access import requires
from ...core.db import db
from ...core.forms import Form, choices
from ...core.listing import Column, Filter, listing
from ...core.page import done, page, turned_away
from ..models import Driver, Vehicle
from . import queries, rules, service
from .forms import ComplaintAnswerForm, ComplaintForm, ComplaintVoidForm, FindingForm
from .models import COMPLAINT_SOURCES, COMPLAINT_STATES, Complaint
from .permissions import Permission

bp = Blueprint("complaints", __name__, url_prefix="/complaints")
USUAL_TIME = timedelta(days=7)
COLUMNS = (
    Column("no", _l("Complaint"), Complaint.id),
    Column("received", _l("Came on"), Complaint.received_on),
    Column("source", _l("How it came"), Complaint.source),
    Column("car", _l("Car"), Vehicle.plate),
    Column("driver", _l("Driver"), Driver.name),
    Column("what", _l("What is complained of")),
    Column("answer_by", _l("Answer by"), Complaint.answer_by),
    Column("state", _l("State"), queries.LAST_KIND),
)


@bp.get("")
@requires(Permission.COMPLAINT_READ)
def complaints() -> tuple[str, int]:
    """What came in, newest first."""
    today = clock.today()
    to_do = [(queries.STILL_OPEN, _("to be answered")), (queries.OVERDUE, _("not answered in time"))]
    states = [*to_do, *((str(key), word) for key, (_colour, word) in COMPLAINT_STATES.items())]
    periods = [(each.key, each.label) for each in queries.years(today)]
    table = listing(
        queries.complaints(), COLUMNS, sort="no", descending=True,
        search=(Vehicle.plate, Driver.name, Complaint.what, Complaint.order_no),
        filters=[
            Filter("state", _l("State"), states, queries.in_state),
            Filter("source", _l("How it came"), list(COMPLAINT_SOURCES.items()), queries.of_source),
            Filter("vehicle", _l("Car"), queries.cars_complained_of(), queries.of_car),
            Filter("period", _l("Period"), periods, queries.of_period),
        ],
        empty_text=_l("Complaints about official cars and their drivers will stand here."),
    )  # fmt: skip
    return page(
        "vehicles/complaints/complaints.html", listing=table, sources=COMPLAINT_SOURCES, states=COMPLAINT_STATES,
        today=today, still_open=rules.OPEN,
    )  # fmt: skip


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.COMPLAINT_KEEP)
def new_complaint() -> Response | tuple[str, int]:
    """Enter what came in; from a car's page the car is known."""
    today = clock.today()
    form = ComplaintForm(
        received_on=today, answer_by=today + USUAL_TIME, vehicle_id=request.args.get("vehicle", type=int)
    )
    form.vehicle_id.choices = choices(queries.cars(), blank=_("not known"))
    form.driver_id.choices = choices(queries.drivers(), blank=_("not known"))
    if made := form.attempt(service.enter):
        return done(_("The complaint is entered."), ".complaint", id=made.id)
    return page("vehicles/complaints/new_complaint.html", form=form)


@bp.get("/<int:id>")
@requires(Permission.COMPLAINT_READ)
def complaint(id: int) -> tuple[str, int]:
    found = db.get_or_404(Complaint, id)
    return page(
        "vehicles/complaints/complaint.html", complaint=found, sources=COMPLAINT_SOURCES, states=COMPLAINT_STATES,
        history=queries.history(found), today=clock.today(), still_open=rules.OPEN,
    )  # fmt: skip


@bp.route("/<int:id>/finding", methods=["GET", "POST"])
@requires(Permission.COMPLAINT_KEEP)
def finding(id: int) -> Response | tuple[str, int]:
    found = db.get_or_404(Complaint, id)
    form = FindingForm(seen=found.mark, day=clock.today())
    return _deed(found, form, service.find, rules.check_open, _("What was found is entered."), _("Enter the finding"))


@bp.route("/<int:id>/answer", methods=["GET", "POST"])
@requires(Permission.COMPLAINT_KEEP)
def answer(id: int) -> Response | tuple[str, int]:
    found = db.get_or_404(Complaint, id)
    form = ComplaintAnswerForm(seen=found.mark, day=clock.today())
    return _deed(found, form, service.answer, rules.check_found, _("The answer is entered."), _("Enter the answer"))


@bp.route("/<int:id>/void", methods=["GET", "POST"])
@requires(Permission.COMPLAINT_KEEP)
def void(id: int) -> Response | tuple[str, int]:
    found = db.get_or_404(Complaint, id)
    form = ComplaintVoidForm(seen=found.mark)
    return _deed(found, form, service.void, rules.check_open, _("The complaint is void."), _("Void the complaint"))


def _deed(
    found: Complaint, form: Form, deed: Callable[..., object], check: Callable[[Any], object], told: str, title: str
) -> Response | tuple[str, int]:
    """One step of a complaint: entered and back to it, or its form with what was wrong."""
    if away := turned_away(lambda: check(found.state), "vehicles.complaints.complaint", id=found.id):
        return away
    if form.attempt(deed, complaint=found):
        return done(told, ".complaint", id=found.id)
    return page(
        "vehicles/complaints/deed.html", form=form, title=title, action=request.path, complaint=found,
        history=queries.history(found),
    )  # fmt: skip
