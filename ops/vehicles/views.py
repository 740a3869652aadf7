"""Pages of requests and trips."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from flask import Blueprint, url_for
from flask import request as flask_request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ..core import clock
from ..core.access import current_actor, requires
from ..core.db import db
from ..core.forms import choices
from ..core.listing import PER_PAGE
from ..core.page import done, is_posted, page, turned_away
from ..core.timeslot import Slot
from ..core.workbook import download
from ..people.models import Unit
from . import availability, queries, repeats, request_list, rules, service, trip_record
from .approvals import queries as approvals
from .approvals.models import APPROVERS, CONDITIONS
from .board import offering
from .complaints.models import COMPLAINT_STATES
from .complaints.showing import of_trip as complaints_of
from .forms import CallOffForm, DepartureForm, DialForm, DispatchForm, ExtendForm, MoveForm, ReassignForm, RequestForm
from .foureyes import is_own
from .history_queries import history
from .intake.permissions import DISPATCH_TAKE_IN
from .limits.queries import in_short, one_way, passed_by, rests_of
from .models import STATES, Dispatch, TripRequest, TripState
from .permissions import Permission
from .sealing import queries as sealing
from .settlement import kilometre_queries
from .violations.showing import filed_of
from .violations.subjects import SubjectKind

bp = Blueprint("vehicles", __name__, url_prefix="/vehicles")


@bp.get("/requests")
@requires(Permission.REQUEST_LIST)
def requests() -> Response | tuple[str, int]:
    """Requests and their trips, newest first; as a workbook with `?format=xlsx`."""
    actor, asked = current_actor(), flask_request.args.get("period", "")
    if flask_request.args.get("format") == "xlsx":
        found = request_list.found(actor, asked, request_list.MOST_ROWS)
        period = next(each.value for each in found.filters if each.name == "period")
        return download(request_list.sheet(found), f"requests-{period}" if period else "requests")
    query: dict[str, Any] = {name: value for name, value in flask_request.args.items() if name != "page"}
    excel = url_for("vehicles.requests", **{**query, "format": "xlsx"})
    return page(
        "vehicles/requests.html", listing=request_list.found(actor, asked, PER_PAGE), states=STATES, excel=excel
    )


@bp.route("/requests/new", methods=["GET", "POST"])
@requires(Permission.REQUEST_ASK)
def new_request() -> Response | tuple[str, int]:
    leaves = rules.usual_start(clock.now())
    usual: dict[str, Any] = {"starts_at": leaves, "ends_at": leaves + timedelta(hours=2), "people": 1}
    form = RequestForm(unit_id=current_actor().unit_id, **usual)
    if not current_actor().may(DISPATCH_TAKE_IN):
        form.without_paper()
    form.unit_id.choices = choices(queries.units_for(current_actor()))
    if request := form.attempt(service.ask):
        waits = request.state is TripState.IN_APPROVAL
        said = _("The request is asked of those who approve.") if waits else _("The request is with the dispatcher.")
        return done(said, "vehicles.trip", id=request.id)
    return page("vehicles/new_request.html", form=form, alike=_asked_before(form), states=STATES)


def _asked_before(form: RequestForm) -> Sequence[TripRequest]:
    """What the unit is shown before it sends the same once more."""
    if not (form.again.errors or form.again.data) or form.starts_at.data is None or form.ends_at.data is None:
        return []
    return repeats.alike(form.unit_id.data, form.destination.data or "", Slot(form.starts_at.data, form.ends_at.data))


@bp.get("/requests/<int:id>")
@requires(Permission.REQUEST_LIST)
def trip(id: int) -> tuple[str, int]:
    """One request with everything that has happened to it."""
    request, checks = queries.visible_request(id, current_actor()), kilometre_queries.checks_of(id)
    return page(
        "vehicles/trip.html",
        may_decide=approvals.may_decide(current_actor(), request),
        own=is_own(current_actor(), request.asked_by_id),
        checks=checks,
        contested=bool(checks) and not checks[-1].agreed and not checks[-1].answer,
        complaints=complaints_of(id, current_actor()),
        complaint_states=COMPLAINT_STATES,
        filings=filed_of(SubjectKind.TRIP, id, current_actor()),
        approvers=APPROVERS,
        conditions=CONDITIONS,
        request=request,
        unit=db.session.get(Unit, request.unit_id),
        rests=rests_of(request.carried_by),
        history=history(request),
        sealed=sealing.counted(request.slot),
        alike=repeats.alike(request.unit_id, request.destination, request.slot, besides=id),
        states=STATES,
        **trip_record.shown(request, current_actor()),
    )


@bp.route("/requests/<int:id>/dispatch", methods=["GET", "POST"])
@requires(Permission.TRIP_DISPATCH)
def dispatch(id: int) -> Response | tuple[str, int]:
    request = queries.visible_request(id, current_actor())
    if away := turned_away(lambda: rules.check_open(request.state), "vehicles.trip", id=id):
        return away
    recorded = bool(request.afterwards)  # read before the deed: after it the request would be read anew for this
    form = DispatchForm(seen="" if is_posted() else request.mark)
    if made := form.attempt(service.dispatch, request=request):
        passed = _("; ").join(map(in_short, passed_by(made))) if recorded else ""
        said = _("The car is assigned. Limits for drivers that the trip passed: %(what)s", what=passed)
        return done(said if passed else _("The car is assigned."), "vehicles.trip", id=id)
    over = rules.was_driven(request.afterwards, request.slot, clock.now())
    found = availability.survey(request.people, request.slot, km=one_way([request]), as_driven=over)
    form.offer(availability.to_choose(found.cars), availability.to_choose(found.drivers))
    return page("vehicles/dispatch.html", form=form, request=request, **offering.offer(request, found))


@bp.route("/requests/<int:id>/withdrawal", methods=["GET", "POST"])
@requires(Permission.REQUEST_ASK)
def withdrawal(id: int) -> Response | tuple[str, int]:
    request = queries.visible_request(id, current_actor())
    if away := turned_away(lambda: rules.check_withdrawal(request.state), "vehicles.trip", id=id):
        return away
    form = CallOffForm(seen=request.mark)
    if form.attempt(service.withdraw, request=request):
        return done(_("The request is withdrawn."), "vehicles.trip", id=id)
    return page("vehicles/withdrawal.html", form=form, request=request)


@bp.route("/dispatches/<int:id>/cancellation", methods=["GET", "POST"])
@requires(Permission.TRIP_DISPATCH)
def cancellation(id: int) -> Response | tuple[str, int]:
    dispatch = queries.visible_dispatch(id, current_actor())
    if away := _too_late(rules.check_departure, dispatch):
        return away
    form = CallOffForm(seen=dispatch.mark)
    if form.attempt(service.cancel, dispatch=dispatch):
        return done(_("The dispatch is cancelled; the request waits again."), "vehicles.trip", id=dispatch.request_id)
    return page("vehicles/cancellation.html", form=form, dispatch=dispatch)


def _too_late(check: Callable[[Dispatch], object], dispatch: Dispatch) -> Response | None:
    return turned_away(lambda: check(dispatch), "vehicles.trip", id=dispatch.request_id)


def _given(dispatch: Dispatch) -> dict[str, Any]:
    """The car and who drives it, as a form is prefilled with."""
    return {name: getattr(dispatch, name) for name in ("vehicle_id", "driver_id", "second_driver_id")}


@bp.route("/dispatches/<int:id>/reassignment", methods=["GET", "POST"])
@requires(Permission.TRIP_DISPATCH)
def reassignment(id: int) -> Response | tuple[str, int]:
    dispatch = queries.visible_dispatch(id, current_actor())
    if away := _too_late(rules.check_departure, dispatch):
        return away
    form = ReassignForm(seen=dispatch.mark, **_given(dispatch))
    found = availability.survey(dispatch.people, dispatch.slot, besides=id, km=one_way(dispatch.aboard))
    form.offer(availability.to_choose(found.cars), availability.to_choose(found.drivers))
    if form.attempt(service.reassign, dispatch=dispatch):
        return done(_("The trip has another car or driver."), "vehicles.trip", id=dispatch.request_id)
    return page("vehicles/reassignment.html", form=form, dispatch=dispatch)


@bp.route("/dispatches/<int:id>/move", methods=["GET", "POST"])
@requires(Permission.TRIP_DISPATCH)
def move(id: int) -> Response | tuple[str, int]:
    """Another time, and another car or driver if wanted. Who is free at the new time is judged when it is sent."""
    dispatch = queries.visible_dispatch(id, current_actor())
    if away := _too_late(rules.check_departure, dispatch):
        return away
    usual = {"starts_at": dispatch.starts_at, "ends_at": dispatch.due_at, "seen": dispatch.mark}
    form, day = MoveForm(**_given(dispatch), **usual), dispatch.starts_at.date()
    form.offer(availability.every_car(day), availability.every_driver(day))
    if form.attempt(service.move, dispatch=dispatch):
        return done(_("The trip is moved."), "vehicles.trip", id=dispatch.request_id)
    return page("vehicles/move.html", form=form, dispatch=dispatch)


@bp.route("/dispatches/<int:id>/extension", methods=["GET", "POST"])
@requires(Permission.TRIP_DISPATCH)
def extension(id: int) -> Response | tuple[str, int]:
    dispatch = queries.visible_dispatch(id, current_actor())
    if away := _too_late(rules.check_not_ended, dispatch):
        return away
    form = ExtendForm(seen=dispatch.mark, due_at=dispatch.due_at + timedelta(hours=1))
    if form.attempt(service.extend, dispatch=dispatch):
        return done(_("Car and driver are held longer."), "vehicles.trip", id=dispatch.request_id)
    return page("vehicles/extension.html", form=form, dispatch=dispatch)


@bp.route("/dispatches/<int:id>/departure", methods=["GET", "POST"])
@requires(Permission.TRIP_DRIVE)
def departure(id: int) -> Response | tuple[str, int]:
    dispatch = queries.visible_dispatch(id, current_actor())
    if away := _too_late(rules.check_departure, dispatch):
        return away
    form = DepartureForm(seen=dispatch.mark, at=clock.now(), odometer=queries.last_odometer(dispatch.vehicle_id))
    if form.attempt(service.depart, dispatch=dispatch):
        return done(_("The trip has started."), "vehicles.trip", id=dispatch.request_id)
    return page("vehicles/departure.html", form=form, dispatch=dispatch)


@bp.route("/dispatches/<int:id>/return", methods=["GET", "POST"])
@requires(Permission.TRIP_DRIVE)
def trip_return(id: int) -> Response | tuple[str, int]:
    dispatch = queries.visible_dispatch(id, current_actor())
    if away := _too_late(rules.check_out, dispatch):
        return away
    start = dispatch.departure.odometer if dispatch.departure else None
    form = DialForm(seen=dispatch.mark, at=clock.now(), odometer=start)
    if form.attempt(service.take_back, dispatch=dispatch):
        return done(_("The car is back."), "vehicles.trip", id=dispatch.request_id)
    return page("vehicles/trip_return.html", form=form, dispatch=dispatch)
