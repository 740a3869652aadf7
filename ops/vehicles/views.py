"""Pages of cars and trips."""

from flask import Blueprint
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from ..core import clock
from ..core.access import current_actor, requires
from ..core.db import db
from ..core.forms import choices
from ..core.listing import Column, Filter, listing
from ..core.page import done, page
from ..people.models import Unit
from . import queries, service
from .forms import CancelForm, DialForm, DispatchForm, RequestForm
from .models import STATES, TripRequest, Vehicle
from .permissions import Permission

bp = Blueprint("vehicles", __name__, url_prefix="/vehicles")
REQUEST_COLUMNS = (
    Column("starts", _l("Leaves at"), TripRequest.starts_at),
    Column("ends", _l("Back by"), TripRequest.ends_at),
    Column("unit", _l("Unit"), Unit.name),
    Column("destination", _l("Destination"), TripRequest.destination),
    Column("people", _l("People"), TripRequest.people, "end"),
    Column("car", _l("Car and driver")),
    Column("state", _l("State")),
)


@bp.get("/requests")
@requires(Permission.REQUEST_LIST)
def requests() -> tuple[str, int]:
    """Requests and their trips, newest first."""
    found = queries.visible_requests(current_actor()).join(Unit, Unit.id == TripRequest.unit_id).add_columns(Unit.name)
    waiting = Filter("show", _l("Show"), [("waiting", _l("waiting for a car"))], queries.is_waiting)
    table = listing(
        found, REQUEST_COLUMNS, sort="starts", descending=True, filters=[waiting],
        search=(TripRequest.destination, TripRequest.purpose, Unit.name),
        empty_text=_l("Requests for cars will stand here."),
    )  # fmt: skip
    return page("vehicles/requests.html", listing=table, states=STATES)


@bp.route("/requests/new", methods=["GET", "POST"])
@requires(Permission.REQUEST_ASK)
def new_request() -> Response | tuple[str, int]:
    form = RequestForm()
    form.unit_id.choices = choices(queries.units_for(current_actor()))
    if form.unit_id.data is None:
        form.unit_id.data = current_actor().unit_id
    if request := form.attempt(service.ask):
        return done(_("The request is with the dispatcher."), "vehicles.trip", id=request.id)
    return page("vehicles/new_request.html", form=form)


@bp.get("/requests/<int:id>")
@requires(Permission.REQUEST_LIST)
def trip(id: int) -> tuple[str, int]:
    """One request with everything that has happened to it."""
    request = queries.visible_request(id, current_actor())
    return page("vehicles/trip.html", request=request, unit=db.session.get(Unit, request.unit_id), history=queries.history(request), states=STATES)


@bp.route("/requests/<int:id>/dispatch", methods=["GET", "POST"])
@requires(Permission.TRIP_DISPATCH)
def dispatch(id: int) -> Response | tuple[str, int]:
    request = queries.visible_request(id, current_actor())
    form = DispatchForm()
    day = request.starts_at.date()
    form.vehicle_id.choices = choices((car.id, f"{car.plate} {car.model}") for car in queries.cars(day))
    form.driver_id.choices = choices((driver.id, driver.name) for driver in queries.drivers(day))
    if form.attempt(service.dispatch, request=request):
        return done(_("The car is assigned."), "vehicles.trip", id=id)
    return page("vehicles/dispatch.html", form=form, request=request)


@bp.route("/requests/<int:id>/withdrawal", methods=["GET", "POST"])
@requires(Permission.REQUEST_ASK)
def withdrawal(id: int) -> Response | tuple[str, int]:
    request = queries.visible_request(id, current_actor())
    form = CancelForm()
    if form.attempt(service.withdraw, request=request):
        return done(_("The request is withdrawn."), "vehicles.trip", id=id)
    return page("vehicles/withdrawal.html", form=form, request=request)


@bp.route("/dispatches/<int:id>/cancellation", methods=["GET", "POST"])
@requires(Permission.TRIP_DISPATCH)
def cancellation(id: int) -> Response | tuple[str, int]:
    dispatch = queries.visible_dispatch(id, current_actor())
    form = CancelForm()
    if form.attempt(service.cancel, dispatch=dispatch):
        return done(_("The dispatch is cancelled; the request waits again."), "vehicles.trip", id=dispatch.request_id)
    return page("vehicles/cancellation.html", form=form, dispatch=dispatch)


@bp.route("/dispatches/<int:id>/departure", methods=["GET", "POST"])
@requires(Permission.TRIP_DRIVE)
def departure(id: int) -> Response | tuple[str, int]:
    dispatch = queries.visible_dispatch(id, current_actor())
    form = DialForm(at=clock.now(), odometer=queries.last_odometer(dispatch.vehicle_id))
    if form.attempt(service.depart, dispatch=dispatch):
        return done(_("The trip has started."), "vehicles.trip", id=dispatch.request_id)
    return page("vehicles/departure.html", form=form, dispatch=dispatch)


@bp.route("/dispatches/<int:id>/return", methods=["GET", "POST"])
@requires(Permission.TRIP_DRIVE)
def trip_return(id: int) -> Response | tuple[str, int]:
    dispatch = queries.visible_dispatch(id, current_actor())
    form = DialForm(at=clock.now())
    if form.attempt(service.take_back, dispatch=dispatch):
        return done(_("The car is back."), "vehicles.trip", id=dispatch.request_id)
    return page("vehicles/trip_return.html", form=form, dispatch=dispatch)


@bp.get("/cars/<int:id>")
@requires(Permission.REQUEST_READ)
def car(id: int) -> tuple[str, int]:
    vehicle = db.get_or_404(Vehicle, id)
    return page("vehicles/car.html", vehicle=vehicle, dispatches=queries.dispatches_of(vehicle.id))


