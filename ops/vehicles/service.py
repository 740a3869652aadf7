"""The verbs of a trip: ask, withdraw, dispatch, cancel, reassign, move, extend, depart, take back.

`seen` is the mark of what the deed was decided on (`TripRequest.mark`): a stale page does nothing.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from ..core import audit, clock
from ..core.access import Actor
from ..core.db import db, hold, hold_row
from ..core.timeslot import Slot
from ..people.models import Unit
from . import crew, queries, repeats, rides, rules, telling
from .approvals import service as approvals
from .approvals.rules import check_paper_needed, said_on_paper
from .crew_models import AS_BEFORE
from .fitness import Override
from .limits import service as limits
from .models import (
    Departure,
    Dispatch,
    DispatchCancellation,
    DispatchExtension,
    RequestWithdrawal,
    TripRequest,
    TripReturn,
)
from .odometer import service as odometer_service
from .odometer import trips as dials
from .odometer.models import Source
from .outside import service as outside
from .register import queries as register
from .settings.models import SettingName
from .settings.queries import in_force

A_MINUTE = timedelta(minutes=1)


def ask(
    unit_id: int, purpose: str, destination: str, people: int, starts_at: datetime, ends_at: datetime, by: Actor,
    afterwards: str = "", again: bool = False, sent_key: str = "", in_district: bool = False, paper_by: str = "",
    paper_at: datetime | None = None, **more: Any,
) -> TripRequest:  # fmt: skip
    """A unit asks for a car (用车申请); the table of rules says who has to agree first. `more`: as `enter` takes it.

    Where no own car has the seats, a hired one is needed, whether the unit says so or not.
    `afterwards`: why a trip that was made already is recorded only now (补单). `again`: it is meant, though the unit
    asked for the same before. `sent_key`: of the form; the very same form sent again is the request it made.
    `in_district`: a place within is meant, though it is called like one outside. `paper_by`, `paper_at`: who approved
    on paper, and when, a trip that is recorded afterwards.
    """
    slot = Slot(starts_at, ends_at)
    facts: dict[str, Any] = {"purpose": purpose, "destination": destination, "people": int(people)}
    rules.check_request(starts_at, ends_at)
    rules.check_ahead(slot, clock.now(), afterwards)
    rules.check_not_too_far(slot, clock.now(), in_force(clock.today())[SettingName.ASK_DAYS_AHEAD])
    goes_out, km = more.get("out_of_district", False), more.get("one_way_km")
    more["one_way_km"] = outside.way(destination, goes_out, km, in_district, slot.start.date())
    driven = rules.was_driven(afterwards, slot, clock.now())
    more |= said_on_paper(paper_by, paper_at, slot, driven, more.get("oral_at"))
    hold(Unit, unit_id)
    key = repeats.key_of(sent_key, unit_id, slot, by, facts | more)
    if sent := repeats.sent_before(key):
        return sent
    if not again:
        rules.check_first(repeats.alike(unit_id, destination, slot))
    more["hired"] = more.get("hired", False) or register.none_seats(int(people), slot)
    when: dict[str, Any] = {"starts_at": starts_at, "ends_at": ends_at, "afterwards": afterwards}
    request = enter(unit_id, by=by, key=key, **when, **facts, **more)
    if paper_at is not None:
        check_paper_needed(request.steps)
    return request


def enter(
    unit_id: int,
    purpose: str,
    destination: str,
    people: int,
    starts_at: datetime,
    ends_at: datetime,
    by: Actor,
    contact: str = "",
    phone: str = "",
    route: str = "",
    out_of_district: bool = False,
    sealed_car: bool = False,
    hired: bool = False,
    oral_by: str = "",
    oral_at: datetime | None = None,
    afterwards: str = "",
    one_way_km: int | None = None,
    key: str | None = None,
    on_paper: bool = False,
) -> TripRequest:
    """The request as it is, of any day: one that was asked here, or that another ledger has.

    `oral_by`, `oral_at`: in an emergency, who said yes by mouth and when; the steps are completed afterwards.
    `on_paper`: they said so on the paper of another ledger, which is their verdict.
    """
    rules.check_request(starts_at, ends_at)
    request = TripRequest(unit_id=unit_id, purpose=purpose, destination=destination, people=int(people))
    request.contact, request.phone, request.route = contact.strip(), phone.strip(), route.strip()
    request.out_of_district, request.sealed_car, request.hired = out_of_district, sealed_car, hired
    request.starts_at, request.ends_at, request.asked_at, request.asked_by = starts_at, ends_at, clock.now(), by.name
    request.afterwards, request.sent_key, request.asked_by_id = afterwards.strip(), key, by.user_id
    request.one_way_km = int(one_way_km) if one_way_km else None
    db.session.add(request)
    db.session.flush()
    approvals.plan(request, oral_by, oral_at, by, on_paper)
    audit.record("vehicles.request.asked", request, by)
    return request


def withdraw(request: TripRequest, reason_given: str, by: Actor, seen: str = "") -> RequestWithdrawal:
    """The unit no longer needs the car."""
    queries.hold_with_state(request)
    rules.check_seen(request.mark, seen)
    rules.check_withdrawal(request.state)
    row = RequestWithdrawal(request_id=request.id, at=clock.now(), by=by.name, reason=reason_given)
    db.session.add(row)
    telling.withdrawn(request, reason_given, by)
    audit.record("vehicles.request.withdrawn", request, by)
    return row


def dispatch(
    request: TripRequest, vehicle_id: int, driver_id: int, by: Actor, seen: str = "",
    second_driver_id: int | None = None, quietly: bool = False, **override: str,
) -> Dispatch:  # fmt: skip
    """Give the request a car and a driver, or two (派车). Nobody else can take any of them for that time.

    `override`: who allows it, and why, where the trip passes a limit for drivers (`limits_reason`) or where something
    has lapsed (`leave_by`, `leave_reason`). `quietly`: the deed that this is part of tells the units.
    """
    queries.hold_with_state(request)
    rules.check_seen(request.mark, seen)
    made = _assign(request, request.slot, (vehicle_id, driver_id, second_driver_id), by, Override(**override))
    if not quietly:
        telling.assigned(made, request)
    return made


def _assign(
    request: TripRequest,
    slot: Slot,
    wanted: tuple[int, int, int | None],
    by: Actor,
    override: Override,
    riders: Sequence[TripRequest] = (),
) -> Dispatch:
    """The request is held. `wanted`: the car and who drives; `riders`: requests that will ride and need seats too."""
    taken = crew.take(*wanted)
    rules.check_open(request.state)
    over = rules.was_driven(request.afterwards, slot, clock.now())
    beyond = crew.check(taken, slot, (request, *riders), override, by, as_driven=over)
    made = Dispatch(request_id=request.id, day=slot.start.date())
    made.vehicle, [made.driver, *seconds] = taken
    made.second_driver = seconds[0] if seconds else None
    made.starts_at, made.ends_at, made.due_at = slot.start, slot.end, slot.end
    made.dispatched_at, made.dispatched_by = clock.now(), by.name
    db.session.add(made)
    limits.note(made, beyond, override.limits_reason, by)
    audit.record("vehicles.dispatch.made", made, by)
    return made


def cancel(dispatch: Dispatch, reason_given: str, by: Actor, seen: str = "") -> DispatchCancellation:
    """Take the car and driver back before they left; the request waits again, and so do those that rode with it."""
    hold_row(dispatch)
    aboard = dispatch.aboard
    row = _take_away(dispatch, reason_given, by, seen)
    telling.called_off(aboard, reason_given)
    telling.freed(dispatch, reason_given)
    return row


def _take_away(dispatch: Dispatch, reason_given: str, by: Actor, seen: str) -> DispatchCancellation:
    rules.check_seen(dispatch.mark, seen)
    rules.check_departure(dispatch)
    for ride in list(dispatch.rides):
        rides.part(ride, reason_given, by)
    row = DispatchCancellation(
        dispatch_id=dispatch.id, day=dispatch.day, at=clock.now(), by=by.name, reason=reason_given
    )
    dispatch.released_at = row.at
    db.session.add(row)
    audit.record("vehicles.dispatch.cancelled", dispatch, by)
    return row


def reassign(
    dispatch: Dispatch, vehicle_id: int, driver_id: int, reason_given: str, by: Actor, seen: str = "",
    second_driver_id: int | None = AS_BEFORE, **override: str,
) -> Dispatch:  # fmt: skip
    """Another car or driver for the trip, in one go: without a free one the trip keeps what it has."""
    wanted = (vehicle_id, driver_id, second_driver_id)
    return _replace(dispatch, None, wanted, reason_given, by, seen, Override(**override))


def move(
    dispatch: Dispatch, vehicle_id: int, driver_id: int, starts_at: datetime, ends_at: datetime, reason_given: str,
    by: Actor, seen: str = "", second_driver_id: int | None = AS_BEFORE, **override: str,
) -> Dispatch:  # fmt: skip
    """Another time for the trip, and another car or driver if wanted, in one go (改期): all of it or nothing."""
    rules.check_request(starts_at, ends_at)
    slot = Slot(starts_at, ends_at)
    rides.hold_aboard(dispatch)
    rules.check_seen(dispatch.mark, seen)
    rules.check_moved_ahead(dispatch.slot, slot, clock.now())
    rules.check_not_too_far(slot, clock.now(), in_force(clock.today())[SettingName.ASK_DAYS_AHEAD])
    approvals.check_covered(rides.until_now(dispatch), slot)
    wanted = (vehicle_id, driver_id, second_driver_id)
    return _replace(dispatch, slot, wanted, reason_given, by, seen, Override(**override))


def _replace(
    dispatch: Dispatch, slot: Slot | None, wanted: tuple[int, int, int | None], reason_given: str, by: Actor,
    seen: str, override: Override,
) -> Dispatch:  # fmt: skip
    """Those who ride with it come along; who they are is read once the trip and all requests aboard are held."""
    rides.hold_aboard(dispatch)
    riders, same = dispatch.aboard[1:], dispatch.slot
    car, driver, second = wanted
    wanted = (car, driver, crew.second_of(dispatch, driver, second))
    _take_away(dispatch, reason_given, by, seen)
    db.session.expire(dispatch.request, ["dispatch"])
    made = _assign(dispatch.request, slot or same, wanted, by, override, riders)
    for request in riders:
        rides.take_along(made, request, by)
    telling.changed(made, (dispatch.request, *riders), instead=dispatch, why=reason_given)
    return made


def extend(
    dispatch: Dispatch, due_at: datetime, reason_given: str, by: Actor, seen: str = "", oral_by: str = "",
    oral_at: datetime | None = None, **given: str,
) -> DispatchExtension:  # fmt: skip
    """The trip takes longer: car and driver are held until then, if nobody else has them.

    `oral_by`, `oral_at`: who allowed it by mouth and when, where the table of rules then asks for approvals.
    """
    override = Override(**given)
    rides.hold_aboard(dispatch)
    taken = crew.take_of(dispatch)
    rules.check_seen(dispatch.mark, seen)
    longer = Slot(dispatch.starts_at, due_at)
    rules.check_extension(dispatch, due_at)
    beyond = crew.check(taken, longer, dispatch.aboard, override, by, dispatch.id, "due_at")
    limits.note(dispatch, beyond, override.limits_reason, by)
    approvals.allow_change(rides.until_now(dispatch), longer, oral_by, oral_at, by)
    row = DispatchExtension(dispatch_id=dispatch.id, due_before=dispatch.due_at, due_after=due_at)
    row.allowed_by, row.allowed_at = oral_by.strip(), oral_at
    row.at, row.by, row.reason = clock.now(), by.name, reason_given
    dispatch.ends_at = dispatch.due_at = due_at
    db.session.add(row)
    telling.changed(dispatch, dispatch.aboard)
    audit.record("vehicles.dispatch.extended", dispatch, by)
    return row


def depart(
    dispatch: Dispatch, at: datetime, odometer: int, by: Actor, seen: str = "", dial_reason: str = "",
    early_reason: str = "",
) -> Departure:  # fmt: skip
    """The driver leaves (出车). `odometer` in whole kilometres; `dial_reason`: why it does not fit the last reading;
    `early_reason`: why the car left before it was assigned, or long before it was planned to.
    """
    hold_row(dispatch)
    rules.check_seen(dispatch.mark, seen)
    rules.check_departure(dispatch)
    rules.check_after_assignment(dispatch, at, early_reason)
    rules.check_not_too_early(dispatch, at, in_force(at.date())[SettingName.EARLY_MINUTES], early_reason)
    row = Departure(dispatch_id=dispatch.id, at=at, by=by.name, early_reason=early_reason.strip())
    db.session.add(row)
    odometer_service.note_of_trip(dispatch, odometer, at, Source.DEPARTURE, dial_reason, by)
    audit.record("vehicles.dispatch.departed", dispatch, by)
    return row


def take_back(
    dispatch: Dispatch, at: datetime, odometer: int, by: Actor, seen: str = "", dial_reason: str = ""
) -> TripReturn:
    """The car is back (收车): the kilometres count on the day of return, and car and driver are free again."""
    hold_row(dispatch)
    rules.check_seen(dispatch.mark, seen)
    kilometres = rules.check_return(dispatch, at, int(odometer), dials.hidden(dispatch, at))
    row = TripReturn(dispatch_id=dispatch.id, day=at.date(), at=at, by=by.name)
    odometer_service.note_of_trip(dispatch, odometer, at, Source.RETURN, dial_reason, by)
    dispatch.ends_at = min(dispatch.ends_at, max(at, dispatch.starts_at + A_MINUTE))  # whoever is back early is free
    db.session.add(row)
    telling.back(dispatch, kilometres)
    audit.record("vehicles.dispatch.returned", dispatch, by)
    return row
