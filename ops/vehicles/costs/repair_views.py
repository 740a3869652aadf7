"""Pages of repairs, from the request to the invoice, and of traffic violations."""

from flask import Blueprint, abort
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement
from werkzeug.wrappers import Response

from ...core import clock
from ...core.access import current_actor, requires
from ...core.db import db
from ...core.forms import choices
from ...core.listing import Filter, listing
from ...core.page import done, page, turned_away
from ...core.period import parse
from ..models import Vehicle
from . import choosing, notice_queries, queries, repair_queries, rules, settings, tables
from . import repair_service as service
from .forms import ReasonForm
from .notice_queries import UNBOOKED
from .permissions import Permission
from .repair_forms import ApprovalForm, FineForm, FinishForm, InvoiceForm, QuoteForm, RepairForm, ViolationForm
from .repair_models import PAYER_LABELS, REPAIR_STATES, CostSettingName, RepairJob, RepairState, Violation
from .rules import needs_decision

bp = Blueprint("repairs", __name__, url_prefix="/repairs")


@bp.get("")
@requires(Permission.REPAIR_LIST)
def jobs() -> tuple[str, int]:
    """Repairs, newest first."""
    states = [(state, word) for state, (_colour, word) in REPAIR_STATES.items()]
    table = listing(
        repair_queries.jobs(current_actor()), tables.JOB_COLUMNS, sort="day", descending=True,
        search=(Vehicle.plate, RepairJob.problem, RepairJob.workshop), caption=_("Maintenance and repair"),
        filters=[
            Filter("state", _l("State"), [(UNBOOKED, _l("not invoiced yet")), *states], _in_state),
            Filter("period", _l("Month"), _months(), lambda key: notice_queries.asked_in(parse(key))),
            Filter("vehicle", _l("Car"), choosing.car_options(), lambda key: RepairJob.vehicle_id == int(key)),
        ],
        empty_text=_l("Requests for maintenance and repair will stand here."),
    )  # fmt: skip
    return page("vehicles/repairs/jobs.html", listing=table, states=REPAIR_STATES)


def _in_state(chosen: str) -> ColumnElement[bool]:
    return notice_queries.not_booked() if chosen == UNBOOKED else repair_queries.in_state(chosen)


def _months() -> list[tuple[str, str]]:
    return [(each.key, each.label) for each in repair_queries.months(clock.today())]


@bp.get("/<int:id>")
@requires(Permission.REPAIR_LIST)
def job(id: int) -> tuple[str, int]:
    """One repair with its quotes and every step."""
    found = _visible(id)
    limit = settings.in_force(found.day).get(CostSettingName.COLLECTIVE_REPAIR)
    own = service.own(found, current_actor())
    return page("vehicles/repairs/job.html", job=found, states=REPAIR_STATES, limit=limit, own=own)


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.REPAIR_ASK)
def new_job() -> Response | tuple[str, int]:
    form = RepairForm(day=clock.today(), vehicle_id=choosing.car_asked())
    form.vehicle_id.choices = choices(queries.cars(clock.today()))
    if made := form.attempt(service.ask):
        return done(_("The repair is asked for."), ".job", id=made.id)
    return page("vehicles/repairs/new_job.html", form=form)


@bp.route("/<int:id>/quotes/new", methods=["GET", "POST"])
@requires(Permission.REPAIR_ASK)
def quote(id: int) -> Response | tuple[str, int]:
    found = _visible(id)
    if away := _too_late(found, RepairState.QUOTED):
        return away
    form = QuoteForm()
    if form.attempt(service.quote, job=found):
        return done(_("The quote is entered."), ".job", id=id)
    return page("vehicles/repairs/quote.html", form=form, job=found)


@bp.route("/<int:id>/approval", methods=["GET", "POST"])
@requires(Permission.REPAIR_APPROVE)
def approval(id: int) -> Response | tuple[str, int]:
    found = _visible(id)
    if away := _too_late(found, RepairState.APPROVED):
        return away
    form = ApprovalForm(amount=found.quoted)
    limit = settings.in_force(found.day).get(CostSettingName.COLLECTIVE_REPAIR)
    if form.attempt(service.approve, job=found):
        return done(_("The repair is approved."), ".job", id=id)
    together = needs_decision(found.quoted, limit.value if limit else None)
    return page("vehicles/repairs/approval.html", form=form, job=found, limit=limit, together=together)


@bp.route("/<int:id>/refusal", methods=["GET", "POST"])
@requires(Permission.REPAIR_APPROVE)
def refusal(id: int) -> Response | tuple[str, int]:
    found = _visible(id)
    if away := _too_late(found, RepairState.REFUSED):
        return away
    form = ReasonForm()
    if form.attempt(service.refuse, job=found):
        return done(_("The repair is refused."), ".job", id=id)
    return page("vehicles/repairs/refusal.html", form=form, job=found)


@bp.route("/<int:id>/completion", methods=["GET", "POST"])
@requires(Permission.REPAIR_ASK)
def completion(id: int) -> Response | tuple[str, int]:
    found = _visible(id)
    if away := _too_late(found, RepairState.FINISHED):
        return away
    form = FinishForm()
    if form.attempt(service.finish, job=found):
        return done(_("The repair is done."), ".job", id=id)
    return page("vehicles/repairs/completion.html", form=form, job=found)


@bp.route("/<int:id>/invoice", methods=["GET", "POST"])
@requires(Permission.COST_RECORD)
def invoice(id: int) -> Response | tuple[str, int]:
    found = _visible(id)
    if away := _too_late(found, RepairState.INVOICED):
        return away
    form = InvoiceForm(day=clock.today(), amount=found.approved)
    if form.attempt(service.invoice, job=found):
        return done(_("The invoice is the car's cost now."), ".job", id=id)
    return page("vehicles/repairs/invoice.html", form=form, job=found)


def _visible(id: int) -> RepairJob:
    return repair_queries.visible_job(id, current_actor()) or abort(404)


def _too_late(job: RepairJob, to: RepairState) -> Response | None:
    return turned_away(lambda: service.check_next(job, to, current_actor()), ".job", id=job.id)


@bp.get("/violations")
@requires(Permission.COST_READ)
def violations() -> tuple[str, int]:
    states = [("open", _l("not paid")), ("paid", _l("paid")), ("void", _l("void"))]
    table = listing(
        repair_queries.violations(), tables.VIOLATION_COLUMNS, sort="at", descending=True,
        search=(Vehicle.plate, Violation.place, Violation.what), caption=_("Traffic violations"),
        filters=[Filter("state", _l("State"), states, repair_queries.paid_or_not)],
        empty_text=_l("Traffic violations of the cars will stand here."),
    )  # fmt: skip
    return page("vehicles/repairs/violations.html", listing=table, payers=PAYER_LABELS)


@bp.get("/violations/<int:id>")
@requires(Permission.COST_READ)
def violation(id: int) -> tuple[str, int]:
    return page("vehicles/repairs/violation.html", row=db.get_or_404(Violation, id), payers=PAYER_LABELS)


@bp.route("/violations/new", methods=["GET", "POST"])
@requires(Permission.COST_RECORD)
def new_violation() -> Response | tuple[str, int]:
    form = ViolationForm(vehicle_id=choosing.car_asked())
    form.vehicle_id.choices = choices(queries.cars(clock.today()))
    form.driver_id.choices = choices(repair_queries.drivers())
    if made := form.attempt(service.record_violation):
        return done(_("The violation is recorded."), ".violation", id=made.id)
    return page("vehicles/repairs/new_violation.html", form=form)


@bp.route("/violations/<int:id>/payment", methods=["GET", "POST"])
@requires(Permission.COST_RECORD)
def payment(id: int) -> Response | tuple[str, int]:
    row = db.get_or_404(Violation, id)
    if away := turned_away(lambda: rules.check_unpaid(row), ".violation", id=id):
        return away
    form = FineForm(paid_on=clock.today())
    if form.attempt(service.pay_fine, violation=row):
        return done(_("The fine is paid."), ".violation", id=id)
    return page("vehicles/repairs/payment.html", form=form, row=row)


@bp.route("/violations/<int:id>/void", methods=["GET", "POST"])
@requires(Permission.COST_RECORD)
def violation_void(id: int) -> Response | tuple[str, int]:
    row = db.get_or_404(Violation, id)
    if away := turned_away(lambda: rules.check_counts(row), ".violation", id=id):
        return away
    form = ReasonForm()
    if form.attempt(service.void_violation, violation=row):
        return done(_("The violation is void."), ".violation", id=id)
    return page("vehicles/repairs/violation_void.html", form=form, row=row)
