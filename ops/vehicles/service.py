"""The verbs of a trip: ask, withdraw, dispatch, cancel, depart, take back."""

from datetime import datetime

from ..core import audit, clock
from ..core.access import Actor
from ..core.db import db, hold
from . import queries, rules
from .models import (
    Departure,
    Dispatch,
    DispatchCancellation,
    Driver,
    RequestWithdrawal,
    TripRequest,
    TripReturn,
    Vehicle,
)


def ask(
    unit_id: int, purpose: str, destination: str, people: int, starts_at: datetime, ends_at: datetime, by: Actor
) -> TripRequest:
    """A unit asks for a car (用车申请)."""
    rules.check_request(starts_at, ends_at)
    request = TripRequest(unit_id=unit_id, purpose=purpose, destination=destination, people=int(people))
    request.starts_at, request.ends_at, request.asked_at, request.asked_by = starts_at, ends_at, clock.now(), by.name
    db.session.add(request)
    audit.record("vehicles.request.asked", request, by)
    return request


def withdraw(request: TripRequest, reason_given: str, by: Actor) -> RequestWithdrawal:
    """The unit no longer needs the car."""
    hold(TripRequest, request.id)
    rules.check_open(request.state)
    row = RequestWithdrawal(request_id=request.id, at=clock.now(), by=by.name, reason=reason_given)
    db.session.add(row)
    audit.record("vehicles.request.withdrawn", request, by)
    return row


def dispatch(request: TripRequest, vehicle_id: int, driver_id: int, by: Actor) -> Dispatch:
    """Give the request a car and a driver (派车). Nobody else can take either for that time."""
    hold(TripRequest, request.id)
    [vehicle], [driver] = hold(Vehicle, vehicle_id), hold(Driver, driver_id)
    rules.check_open(request.state)
    rules.check_assignable(vehicle, driver, request.people, request.starts_at.date())
    rules.check_free(queries.clashes(request.slot, vehicle_id, driver_id), vehicle, driver)
    made = Dispatch(request_id=request.id, vehicle_id=vehicle_id, driver_id=driver_id, day=request.starts_at.date())
    made.starts_at, made.ends_at, made.due_at = request.starts_at, request.ends_at, request.ends_at
    made.dispatched_at, made.dispatched_by = clock.now(), by.name
    db.session.add(made)
    audit.record("vehicles.dispatch.made", made, by)
    return made


def cancel(dispatch: Dispatch, reason_given: str, by: Actor) -> DispatchCancellation:
    """Take the car and driver back before they left; the request waits again."""
    hold(Dispatch, dispatch.id)
    rules.check_departure(dispatch)
    row = DispatchCancellation(dispatch_id=dispatch.id, day=dispatch.day, at=clock.now(), by=by.name, reason=reason_given)
    dispatch.released_at = row.at
    db.session.add(row)
    audit.record("vehicles.dispatch.cancelled", dispatch, by)
    return row


def depart(dispatch: Dispatch, at: datetime, odometer: int, by: Actor) -> Departure:
    """The driver leaves (出车). `odometer` in whole kilometres."""
    hold(Dispatch, dispatch.id)
    rules.check_departure(dispatch)
    row = Departure(dispatch_id=dispatch.id, at=at, odometer=int(odometer), by=by.name)
    db.session.add(row)
    audit.record("vehicles.dispatch.departed", dispatch, by)
    return row


def take_back(dispatch: Dispatch, at: datetime, odometer: int, by: Actor) -> TripReturn:
    """The car is back (收车): the kilometres count on the day of return, and car and driver are free again."""
    hold(Dispatch, dispatch.id)
    rules.check_return(dispatch, at, int(odometer))
    row = TripReturn(dispatch_id=dispatch.id, day=at.date(), at=at, odometer=int(odometer), by=by.name)
    if dispatch.starts_at < at < dispatch.ends_at:
        dispatch.ends_at = at
    db.session.add(row)
    audit.record("vehicles.dispatch.returned", dispatch, by)
    return row


