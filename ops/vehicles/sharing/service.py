"""The verbs of a shared trip: join, part, dispatch together. The trip stays one dispatch, and counts once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from ...core.access import Actor
from ...core.db import hold
from ...core.timeslot import Slot
from .. import crew, rides, service, telling
from .. import rules as trip_rules
from ..approvals import service as approvals
from ..fitness import Override
from ..limits import service as limits
from ..models import Dispatch, RideParting, SharedRide, TripRequest
from ..settings.models import SettingName
from ..settings.queries import in_force
from . import rules


def join(
    request: TripRequest, dispatch: Dispatch, by: Actor, oral_by: str = "", oral_at: datetime | None = None,
    **given: str,
) -> SharedRide:  # fmt: skip
    """The request rides with the trip, which now lasts as long as both need. Seats must suffice for all.

    `oral_by`, `oral_at`: who allowed it by mouth and when, where the table of rules then asks for approvals.
    """
    aboard, before = list(dispatch.aboard), dispatch.slot
    ride = _board(request, dispatch, by, Override(**given), oral_by, oral_at)
    telling.assigned(dispatch, request)
    if dispatch.slot != before:
        telling.changed(dispatch, aboard)
    return ride


def _board(
    request: TripRequest, dispatch: Dispatch, by: Actor, override: Override, oral_by: str, oral_at: datetime | None
) -> SharedRide:
    rides.hold_aboard(dispatch, request)
    taken = crew.take_of(dispatch)
    trip_rules.check_open(request.state)
    trip_rules.check_departure(dispatch)
    rules.check_same_way(dispatch.request.destination, request.destination)
    minutes = in_force(dispatch.day)[SettingName.SHARE_MINUTES]
    rules.check_near(dispatch.slot, request.slot, minutes)
    both = rules.spanning((dispatch.slot, request.slot))
    beyond = crew.check(taken, both, (*dispatch.aboard, request), override, by, dispatch.id, "dispatch_id")
    limits.note(dispatch, beyond, override.limits_reason, by)
    approvals.allow_change([*rides.until_now(dispatch), (request, request.slot)], both, oral_by, oral_at, by)
    _lasts(dispatch, both)
    ride = rides.take_along(dispatch, request, by)
    ride.allowed_by, ride.allowed_at = oral_by.strip(), oral_at
    return ride


def part(request: TripRequest, reason_given: str, by: Actor) -> RideParting:
    """The request leaves the shared trip before it starts, and waits again."""
    hold(TripRequest, request.id)
    ride = rules.check_rides(request)
    hold(Dispatch, ride.dispatch_id)
    trip_rules.check_departure(ride.dispatch)
    trip, before = ride.dispatch, ride.dispatch.slot
    _lasts(trip, rules.without(before, trip.aboard, request))
    parting = rides.part(ride, reason_given, by)
    telling.called_off([request], reason_given)
    if trip.slot != before:
        telling.changed(trip, trip.aboard)
    return parting


def dispatch_together(
    requests: Sequence[TripRequest], vehicle_id: int, driver_id: int, by: Actor, oral_by: str = "",
    oral_at: datetime | None = None, second_driver_id: int | None = None, **override: str,
) -> Dispatch:  # fmt: skip
    """One car and its driver, or two, for several requests: the first one's dispatch, the others ride with it."""
    first, *others = requests
    hold(TripRequest, *(request.id for request in requests))
    crew.take(vehicle_id, driver_id, second_driver_id)
    given: dict[str, Any] = {**override, "second_driver_id": second_driver_id, "quietly": True}
    made = service.dispatch(first, vehicle_id, driver_id, by, **given)
    for request in others:
        _board(request, made, by, Override(**override), oral_by, oral_at)
    telling.assigned(made)
    return made


def _lasts(dispatch: Dispatch, slot: Slot) -> None:
    dispatch.day, dispatch.starts_at = slot.start.date(), slot.start
    dispatch.ends_at = dispatch.due_at = slot.end
