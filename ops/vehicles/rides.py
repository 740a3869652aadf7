"""The rows of a shared trip; who may share is decided by sharing/service.py before."""

from ..core import audit, clock
from ..core.access import Actor
from ..core.db import db, hold, hold_row
from ..core.timeslot import Slot
from . import rules
from .models import Dispatch, RideParting, SharedRide, TripRequest


def hold_aboard(dispatch: Dispatch, *besides: TripRequest) -> None:
    """The requests first and then the trip; who joined meanwhile is not held: look again.

    `besides`: the requests that are to join it.
    """
    aboard = [request.id for request in dispatch.aboard]
    hold(TripRequest, *aboard, *(request.id for request in besides))
    hold_row(dispatch)
    db.session.expire(dispatch, ["rides"])
    rules.check_same_aboard(aboard, [request.id for request in dispatch.aboard])


def until_now(dispatch: Dispatch) -> list[tuple[TripRequest, Slot]]:
    """Each request aboard with the time that the trip takes so far."""
    return [(request, Slot(dispatch.starts_at, dispatch.due_at)) for request in dispatch.aboard]


def take_along(dispatch: Dispatch, request: TripRequest, by: Actor) -> SharedRide:
    """The request rides with the trip from now on."""
    ride = SharedRide(dispatch_id=dispatch.id, request_id=request.id, at=clock.now(), by=by.name)
    db.session.add(ride)
    audit.record("vehicles.ride.joined", ride, by)
    _look_again(dispatch, request)
    return ride


def part(ride: SharedRide, reason_given: str, by: Actor) -> RideParting:
    """The request no longer rides with the trip; it waits again."""
    row = RideParting(ride_id=ride.id, at=clock.now(), by=by.name, reason=reason_given)
    ride.released_at = row.at
    db.session.add(row)
    audit.record("vehicles.ride.parted", ride, by)
    _look_again(ride.dispatch, ride.request)
    return row


def _look_again(dispatch: Dispatch, request: TripRequest) -> None:
    """What was read of both before says no longer what is so."""
    db.session.expire(dispatch, ["rides"])
    db.session.expire(request, ["ride"])
