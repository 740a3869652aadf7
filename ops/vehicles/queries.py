"""Reads of trips: who clashes, what one may see."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from flask import abort
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, Select, bindparam, exists, or_, select
from sqlalchemy.orm import joinedload, lazyload
from sqlalchemy.orm.attributes import set_committed_value

from ..core import clock
from ..core.access import Actor
from ..core.db import db, hold_row
from ..core.page import Event
from ..core.timeslot import ASKED, Slot, overlapping
from ..people.models import Unit
from .approvals import queries as approvals
from .approvals.models import APPROVERS, ApprovalStep, Approver
from .driving.models import KilometreSignature
from .limits import queries as limits
from .models import Departure, Dispatch, Driver, RequestWithdrawal, SharedRide, TripRequest, TripReturn, Vehicle
from .obligations.models import OBLIGATION_LABELS, FitnessLeave, Obligation, ObligationKind
from .odometer import queries as dials
from .permissions import Permission
from .settlement.models import KilometreCheck


def holding(slot: Slot, besides: Any = 0) -> Select[Any]:
    """What holds a car and a driver somewhere in the slot, as plain columns; the trip `besides` does not count."""
    wanted: list[Any] = [Dispatch.vehicle_id, Dispatch.driver_id, Dispatch.second_driver_id]
    meets = overlapping(Dispatch.starts_at, Dispatch.ends_at, slot)
    found = select(*wanted, Dispatch.starts_at, Dispatch.ends_at)
    return found.where(Dispatch.released_at.is_(None), meets, Dispatch.id != besides)


def clashes(slot: Slot, vehicle_id: int, *driver_ids: int, besides: int | None = None) -> Sequence[Any]:
    """Trips that hold the car or one of the drivers, in either seat, somewhere in the slot."""
    of = {"car": vehicle_id, "drivers": driver_ids, "start": slot.start, "end": slot.end, "besides": besides or 0}
    return db.session.execute(_clashing(), of).all()


@cache
def _clashing() -> Select[Any]:
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
    if db.session.scalar(_has_a_state(), {"id": request.id}):
        db.session.scalars(with_its_state(), {"id": request.id}).unique().one()
        return
    for name, nothing in {"dispatch": None, "ride": None, "withdrawal": None, "steps": []}.items():
        set_committed_value(request, name, nothing)


@cache
def _has_a_state() -> Select[bool]:
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


def history(request: TripRequest) -> list[Event]:
    """Everything that happened to a request, oldest first."""
    happened = [Event(request.asked_at, request.asked_by, _l("car asked for"), "waiting", request.purpose)]
    for each in db.session.scalars(select(Dispatch).where(Dispatch.request_id == request.id)):
        happened += _trip_events(each)
    for ride in db.session.scalars(select(SharedRide).where(SharedRide.request_id == request.id)):
        happened += _ride_events(ride)
    happened += _approval_events(request) + _words_of_the_unit(request)
    if request.withdrawal:
        happened.append(
            Event(request.withdrawal.at, request.withdrawal.by, _l("withdrawn"), "closed", request.withdrawal.reason)
        )
    return sorted(happened, key=lambda event: event.at)


def _ride_events(ride: SharedRide) -> list[Event]:
    """Riding with another's trip, and what happened to that trip unless they parted."""
    shared = f"{ride.dispatch.order_no} {ride.dispatch.vehicle.plate} {ride.dispatch.driver_names}"
    if ride.allowed_at:
        shared += f" · {_l('approved by mouth')} {ride.allowed_by} {ride.allowed_at:%m-%d %H:%M}"
    found = [Event(ride.at, ride.by, _l("joined another trip"), "progress", shared)]
    if off := ride.parting:
        return [*found, Event(off.at, off.by, _l("no longer shares the trip"), "closed", off.reason)]
    return found + _trip_events(ride.dispatch)


def _approval_events(request: TripRequest) -> list[Event]:
    found = []
    if request.oral:
        when = f"{request.oral.approved_by} {request.oral.approved_at:%m-%d %H:%M}"
        found.append(Event(request.oral.at, request.oral.by, _l("approved by mouth"), "waiting", when))
    for step in request.steps:
        if said := step.verdict:
            word, state = (_l("approved"), "done") if said.approved else (_l("refused"), "closed")
            word = _l("approved on paper") if said.noted_by else word
            told = f"{APPROVERS[Approver(step.approver)]} {said.words}{said.noted_by and _noted(said.noted_by)}"
            found.append(Event(said.at, said.by, word, state, told))
    return found


def _noted(by: str) -> str:
    return str(_l("taken over by %(name)s", name=by))


def _words_of_the_unit(request: TripRequest) -> list[Event]:
    """Whoever holds the driver's phone can sign there: it is told apart from what the unit's own account confirmed."""
    signed = _signatures(request)
    found = [
        Event(
            row.at,
            row.by,
            _l("confirmed on the driver's phone"),
            "progress",
            f"{row.kilometres} {_l('km')} {row.words}",
        )
        for row in signed
    ]
    checks = select(KilometreCheck).where(KilometreCheck.request_id == request.id).order_by(KilometreCheck.number)
    for check in db.session.scalars(checks):
        if is_signed(check, signed):
            continue
        agreed = (_l("kilometres confirmed by the unit's account"), "done")
        word, state = agreed if check.agreed else (_l("kilometres contested"), "late")
        found.append(Event(check.at, check.by, word, state, f"{check.kilometres} {_l('km')} {check.words}"))
    if rated := request.rating:
        found.append(Event(rated.at, rated.by, _l("rated by the unit"), "done", f"{'★' * rated.stars} {rated.words}"))
    if settled := request.settlement:
        found.append(Event(settled.at, settled.by, _l("settled with the unit"), "done"))
    return found


def _lapsed_events(dispatch: Dispatch) -> list[Event]:
    """Who allowed its car or driver to go with something lapsed."""
    rows = select(FitnessLeave, Obligation).join(Obligation, Obligation.id == FitnessLeave.obligation_id)
    driven = Obligation.driver_id.in_([each.id for each in dispatch.drivers])
    its = or_(Obligation.vehicle_id == dispatch.vehicle_id, driven)
    then = FitnessLeave.first_on <= dispatch.due_at.date(), FitnessLeave.last_on >= dispatch.starts_at.date()
    word = _l("goes with something lapsed")
    return [
        Event(
            leave.at, leave.by, word, "late",
            f"{OBLIGATION_LABELS[ObligationKind(owed.kind)]} · {leave.allowed_by} {leave.reason}",
        )
        for leave, owed in db.session.execute(rows.where(its, *then).order_by(FitnessLeave.id))
    ]  # fmt: skip


def _signatures(request: TripRequest) -> Sequence[KilometreSignature]:
    """On the phone the trip's own request is signed for, not those that ride with it."""
    rows = select(KilometreSignature).join(Dispatch, Dispatch.id == KilometreSignature.dispatch_id)
    return db.session.scalars(rows.where(Dispatch.request_id == request.id)).all()


def is_signed(check: KilometreCheck, signed: Sequence[KilometreSignature]) -> bool:
    """The check was noted for a signature on the driver's phone."""
    return any((check.by, check.words) == (row.by, row.words) for row in signed)


def signed_on_phone(request: TripRequest, check: KilometreCheck | None) -> bool:
    return check is not None and is_signed(check, _signatures(request))


def _trip_events(dispatch: Dispatch) -> list[Event]:
    given = f"{dispatch.vehicle.plate} {dispatch.driver_names}"
    found = [Event(dispatch.dispatched_at, dispatch.dispatched_by, _l("car assigned"), "progress", given)]
    for longer in dispatch.extensions:
        until = f"{longer.due_before:%m-%d %H:%M} → {longer.due_after:%m-%d %H:%M} {longer.reason}"
        if longer.allowed_at:
            until += f" · {_l('approved by mouth')} {longer.allowed_by} {longer.allowed_at:%m-%d %H:%M}"
        found.append(Event(longer.at, longer.by, _l("extended"), "progress", until))
    found += limits.events(dispatch) + _lapsed_events(dispatch)
    if off := dispatch.cancellation:
        found.append(Event(off.at, off.by, _l("dispatch cancelled"), "closed", off.reason))
    if left := dispatch.departure:
        found.append(Event(left.at, left.by, _l("on the road"), "progress", f"{left.odometer:,} {_l('km')}"))
    if back := dispatch.trip_return:
        found.append(Event(back.at, back.by, _l("car back"), "done", f"{back.odometer:,} {_l('km')}"))
    return found
