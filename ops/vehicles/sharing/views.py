"""Pages of a shared trip."""

from typing import Any

from flask import Blueprint
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ...core.access import Actor, current_actor, requires
from ...core.page import done, page, turned_away
from .. import availability
from .. import queries as trips
from .. import rules as trip_rules
from ..limits.queries import one_way
from ..models import Dispatch, SharedRide, TripRequest
from ..settings.queries import in_force
from . import queries, rules, service
from .forms import JoinForm, PartForm, TogetherForm
from .permissions import SHARE

bp = Blueprint("sharing", __name__)


@bp.route("/requests/<int:id>/ride", methods=["GET", "POST"])
@requires(SHARE)
def ride(id: int) -> Response | tuple[str, int]:
    """The request joins a trip that goes the same way."""
    request = trips.visible_request(id, current_actor())
    if away := turned_away(lambda: trip_rules.check_open(request.state), "vehicles.trip", id=id):
        return away
    offered = queries.trips_to_join(request, in_force(request.starts_at.date()))
    form = JoinForm(dispatch_id=offered[0].id if offered else None)
    form.dispatch_id.choices = [(str(each.id), _called(each)) for each in offered]
    if form.attempt(_join, request=request):
        return done(_("The request shares the trip."), "vehicles.trip", id=id)
    return page("vehicles/sharing/ride.html", form=form, request=request)


def _join(dispatch_id: int, request: TripRequest, by: Actor, **allowed: Any) -> SharedRide:
    return service.join(request, trips.visible_dispatch(dispatch_id, by), by, **allowed)


@bp.route("/requests/<int:id>/ride/parting", methods=["GET", "POST"])
@requires(SHARE)
def parting(id: int) -> Response | tuple[str, int]:
    """The request leaves the shared trip and waits again."""
    request = trips.visible_request(id, current_actor())
    if away := turned_away(lambda: _check_parting(request), "vehicles.trip", id=id):
        return away
    form = PartForm()
    if form.attempt(service.part, request=request):
        return done(_("The request no longer shares the trip; it waits again."), "vehicles.trip", id=id)
    return page("vehicles/sharing/parting.html", form=form, request=request)


def _check_parting(request: TripRequest) -> None:
    trip_rules.check_departure(rules.check_rides(request).dispatch)


@bp.route("/requests/<int:id>/shared-dispatch", methods=["GET", "POST"])
@requires(SHARE)
def shared_dispatch(id: int) -> Response | tuple[str, int]:
    """One car for this request and others that go the same way."""
    request = trips.visible_request(id, current_actor())
    if away := turned_away(lambda: trip_rules.check_open(request.state), "vehicles.trip", id=id):
        return away
    others = queries.companions(request, in_force(request.starts_at.date()))
    form = TogetherForm(companion_ids=[each.id for each in others])
    form.companion_ids.choices = [(each.id, _asked(each)) for each in others]
    slot = rules.spanning(each.slot for each in (request, *others))
    found = availability.survey(request.people, slot, km=one_way([request, *others]))
    form.offer(availability.to_choose(found.cars), availability.to_choose(found.drivers))
    if form.attempt(_dispatch_together, first=request, others=others):
        return done(_("One car is assigned to all of them."), "vehicles.trip", id=id)
    return page("vehicles/sharing/shared_dispatch.html", form=form, request=request)


def _dispatch_together(
    first: TripRequest, others: list[TripRequest], companion_ids: list[int], by: Actor, **chosen: Any
) -> Dispatch:
    along = [each for each in others if each.id in companion_ids]
    return service.dispatch_together([first, *along], by=by, **chosen)


def _called(dispatch: Dispatch) -> str:
    return str(
        _(
            "%(when)s %(plate)s %(driver)s, %(people)s aboard of %(seats)s seats",
            when=f"{dispatch.starts_at:%m-%d %H:%M}–{dispatch.ends_at:%H:%M}",
            plate=dispatch.vehicle.plate,
            driver=dispatch.driver_names,
            people=dispatch.people + len(dispatch.drivers),
            seats=dispatch.vehicle.seats,
        )
    )


def _asked(request: TripRequest) -> str:
    when = f"{request.starts_at:%m-%d %H:%M}–{request.ends_at:%H:%M}"
    return str(_("%(when)s %(purpose)s, %(people)s people", when=when, purpose=request.purpose, people=request.people))
