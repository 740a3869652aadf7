"""What happened to a request and to the trips that carried it, for the history on its page."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from sqlalchemy import or_, select

from ..core.db import db
from ..core.page import Event
from .approvals import history as approvals
from .driving.models import KilometreSignature
from .limits import queries as limits
from .models import Dispatch, SharedRide, TripRequest
from .obligations.models import OBLIGATION_LABELS, FitnessLeave, Obligation, ObligationKind
from .settlement.models import KilometreCheck


def history(request: TripRequest) -> list[Event]:
    """Everything that happened to a request, oldest first."""
    happened = [Event(request.asked_at, request.asked_by, _l("car asked for"), "waiting", request.purpose)]
    for each in db.session.scalars(select(Dispatch).where(Dispatch.request_id == request.id)):
        happened += _trip_events(each)
    for ride in db.session.scalars(select(SharedRide).where(SharedRide.request_id == request.id)):
        happened += _ride_events(ride)
    steps = ((step.approver, step.verdict, step.verdict.noted_by if step.verdict else "") for step in request.steps)
    happened += approvals.events(request.oral, steps) + _words_of_the_unit(request)
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


def _words_of_the_unit(request: TripRequest) -> list[Event]:
    """Whoever holds the driver's phone can sign there: it is told apart from what the unit's own account confirmed."""
    signed = _signatures(request)
    found = [
        Event(
            row.at,
            row.by,
            _l("confirmed on the driver's phone"),
            "progress",
            " · ".join(filter(None, [f"{row.kilometres} {_l('km')} {row.words}", str(row.remark)])),
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
        if told := check.answer:
            note = f"{told.kilometres} {_l('km')} {told.words}"
            found.append(Event(told.at, told.by, _l("objection to the kilometres answered"), "progress", note))
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


def signature_of(request: TripRequest, check: KilometreCheck | None) -> KilometreSignature | None:
    """What was signed on the driver's phone, where the check was noted for it."""
    return next((row for row in _signatures(request) if check and is_signed(check, [row])), None)


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
        shown = f"{left.odometer:,} {_l('km')}"
        if left.early_reason:
            shown += f" · {_l('Left earlier than planned, because')} {left.early_reason}"
        found.append(Event(left.at, left.by, _l("on the road"), "progress", shown))
    if back := dispatch.trip_return:
        found.append(Event(back.at, back.by, _l("car back"), "done", f"{back.odometer:,} {_l('km')}"))
    return found
