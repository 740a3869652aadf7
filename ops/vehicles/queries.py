"""Reads of trips: who clashes, what one may see."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from flask import abort
from sqlalchemy import ColumnElement, Select, bindparam, exists, or_, select
from sqlalchemy.orm import joinedload, lazyload
from sqlalchemy.orm.attributes import set_committed_value

from ..core import clock
from ..core.access import Actor
from ..core.db import db, hold_row
from ..core.timeslot import ASKED, Slot, overlapping
from ..people.models import Unit
from .approvals import queries as approvals
from .approvals.models import ApprovalStep
from .models import Departure, Dispatch, Driver, RequestWithdrawal, SharedRide, TripRequest, TripReturn, Vehicle
from .odometer import queries as dials
from .permissions import Permission


def holding(slot: Slot, besides: Any = 0) -> Select[Any]:
    """What holds a car and a driver somewhere in the slot, as plain columns; the trip `besides` does not count."""
    wanted: list[Any] = [Dispatch.vehicle_id, Dispatch.driver_id, Dispatch.second_driver_id]
    meets = overlapping(Dispatch.starts_at, Dispatch.ends_at, slot)
    found = select(*wanted, Dispatch.starts_at, Dispatch.ends_at)
    return found.where(Dispatch.released_at.is_(None), meets, Dispatch.id != besides)


def busy(around: Slot, vehicle_id: int, *driver_ids: int, besides: int | None = None) -> Sequence[Any]:
    """Trips that hold the car or one of the drivers, in either seat, somewhere in that time."""
    of = {"car": vehicle_id, "drivers": driver_ids, "start": around.start, "end": around.end, "besides": besides or 0}
    return db.session.connection().execute(_busy(), of).all()


@cache
def _busy() -> Select[Any]:
    """Put together once."""
    drivers: Any = bindparam("drivers", expanding=True)
    seats = (Dispatch.driver_id.in_(drivers), Dispatch.second_driver_id.in_(drivers))
    either = or_(Dispatch.vehicle_id == bindparam("car"), *seats)
    return holding(ASKED, bindparam("besides")).where(either).order_by(Dispatch.starts_at)


def visible_requests(actor: Actor) -> Select[TripRequest]:
    """A liaison sees the requests of his unit, a driver his own trips, the vehicle section and watchers all."""
    found = select(TripRequest)
    if actor.may(Permission.REQUEST_READ):
        return found
    if actor.may(Permission.TRIP_DRIVE):
        driven = select(Dispatch.request_id).where(driven_by_user(actor))
        ridden = select(SharedRide.request_id).join(Dispatch, Dispatch.id == SharedRide.dispatch_id)
        return found.where(or_(TripRequest.id.in_(driven), TripRequest.id.in_(ridden.where(driven_by_user(actor)))))
    return found.where(TripRequest.unit_id == actor.unit_id)


def visible_request(request_id: int, actor: Actor) -> TripRequest:
    """What hangs on it is read when it is asked for: a deed holds the row and reads it anew."""
    wanted = visible_requests(actor).where(TripRequest.id == request_id).options(lazyload("*"))
    found = db.session.scalar(wanted)
    return found if found else abort(404)


def hold_with_state(request: TripRequest) -> None:
    """Take the request; then read anew, and at once, what its state and its mark are made of."""
    hold_row(request)
    if db.session.scalar(has_a_state(), {"id": request.id}):
        db.session.scalars(with_its_state(), {"id": request.id}).unique().one()
        return
    set_committed_value(request, "steps", [])
    for name in ("dispatch", "ride", "withdrawal"):
        set_committed_value(request, name, None)


@cache
def has_a_state() -> Select[bool]:
    """Whether anything hangs on the request yet, in one question: mostly nothing does, and much is not read then."""
    hangs = (Dispatch, SharedRide, RequestWithdrawal, ApprovalStep)
    return select(or_(*(exists().where(each.request_id == bindparam("id")) for each in hangs)))


@cache
def with_its_state() -> Select[TripRequest]:
    """Takes `id` as a parameter; put together once."""
    said = joinedload(TripRequest.steps).options(joinedload(ApprovalStep.verdict), lazyload(ApprovalStep.reasons))
    along = (joinedload(TripRequest.dispatch), joinedload(TripRequest.ride), joinedload(TripRequest.withdrawal), said)
    found = select(TripRequest).where(TripRequest.id == bindparam("id")).options(*along)
    return found.execution_options(populate_existing=True)


def visible_dispatch(dispatch_id: int, actor: Actor) -> Dispatch:
    """The dispatch, for its driver and for the vehicle section."""
    statement = select(Dispatch).where(Dispatch.id == dispatch_id)
    if not actor.may(Permission.TRIP_DISPATCH):
        statement = statement.where(driven_by_user(actor))
    return db.session.scalar(statement) or abort(404)


def readable_dispatch(dispatch_id: int, actor: Actor) -> Dispatch:
    """The dispatch to be read: for those who read every trip, and for its driver."""
    if not actor.may(Permission.REQUEST_READ):
        return visible_dispatch(dispatch_id, actor)
    return db.session.get(Dispatch, dispatch_id) or abort(404)


def waiting() -> Select[TripRequest]:
    """Requests without a car that may get one: approved where they need it, and not withdrawn."""
    given = select(Dispatch.id).where(Dispatch.request_id == TripRequest.id, Dispatch.released_at.is_(None))
    riding = select(SharedRide.id).where(SharedRide.request_id == TripRequest.id, SharedRide.released_at.is_(None))
    gone = select(RequestWithdrawal.request_id).where(RequestWithdrawal.request_id == TripRequest.id)
    found = (each.correlate(TripRequest).exists() for each in (given, riding, gone))
    return select(TripRequest).where(*(~each for each in found), ~approvals.not_let_through())


def asked_between(found: Select[TripRequest], query: Any) -> Select[TripRequest]:
    """Narrow a list of requests: those that begin before `until` and end after `since`, of a unit, or without a car."""
    if query.since is not None:
        found = found.where(TripRequest.ends_at > query.since)
    if query.until is not None:
        found = found.where(TripRequest.starts_at < query.until)
    if query.unit_id is not None:
        found = found.where(TripRequest.unit_id == query.unit_id)
    if query.waiting:
        found = found.where(is_waiting(""))
    return found.order_by(TripRequest.starts_at, TripRequest.id)


def drives() -> Select[Dispatch]:
    """Trips that are not back yet."""
    return _not_back(select(Dispatch))


def drives_of(actor: Actor) -> Select[Dispatch]:
    """The actor's trips that are not back yet."""
    return drives().where(driven_by_user(actor)).order_by(Dispatch.starts_at)


def overdue(moment: datetime) -> Select[Dispatch]:
    """Out, and past the time they were to be back."""
    return _not_back(select(Dispatch).join(Departure)).where(Dispatch.due_at < moment)


def cars(day: date) -> Sequence[Vehicle]:
    on_register = (Vehicle.registered_on <= day, or_(Vehicle.deregistered_on.is_(None), Vehicle.deregistered_on > day))
    return db.session.scalars(select(Vehicle).where(*on_register).order_by(Vehicle.plate)).all()


def drivers(day: date) -> Sequence[Driver]:
    return db.session.scalars(
        select(Driver).where(or_(Driver.left_on.is_(None), Driver.left_on > day)).order_by(Driver.name)
    ).all()


def last_odometer(vehicle_id: int, before: datetime | None = None) -> int | None:
    """What the dial should show at the moment (now without one), to prefill a form."""
    return dials.latest(vehicle_id, before or clock.now())


def _not_back(statement: Select[Dispatch]) -> Select[Dispatch]:
    return statement.outerjoin(TripReturn).where(TripReturn.dispatch_id.is_(None), Dispatch.released_at.is_(None))


def driven_by_user(actor: Actor) -> ColumnElement[bool]:
    """The trips that the user drives, in either seat."""
    own = select(Driver.id).where(Driver.user_id == actor.user_id)
    return or_(Dispatch.driver_id.in_(own), Dispatch.second_driver_id.in_(own))


def is_waiting(_chosen: str) -> ColumnElement[bool]:
    return TripRequest.id.in_(waiting().with_only_columns(TripRequest.id))


def units_for(actor: Actor) -> Sequence[tuple[int, str]]:
    """A liaison asks for his own unit, and without one for none; the dispatcher for any."""
    found = select(Unit.id, Unit.name).order_by(Unit.name)
    if not actor.may(Permission.TRIP_DISPATCH):
        found = found.where(Unit.id == actor.unit_id)
    return [(key, name) for key, name in db.session.execute(found)]


def dispatches_of(vehicle_id: int) -> Sequence[Dispatch]:
    """The car's latest fifty trips."""
    found = select(Dispatch).options(joinedload(Dispatch.request)).where(Dispatch.vehicle_id == vehicle_id)
    return db.session.scalars(found.order_by(Dispatch.starts_at.desc()).limit(50)).all()
