"""May this car and driver go; may they come back. Pure verdicts on values."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l

from ..core.errors import Rejected
from ..core.timeslot import Slot
from .models import WAITS_FOR_A_CAR, Departure, Dispatch, Driver, TripRequest, TripState, Vehicle

LONGEST_TRIP = timedelta(days=31)
MOST_KILOMETRES = 5000
MOST_PEOPLE = 60
SEATS = ("driver_id", "second_driver_id")


DAY_BEGINS, DAY_ENDS = 8, 18  # the hours between which most trips begin


def usual_start(now: datetime) -> datetime:
    """What a form for a trip opens with: the next full hour of the day, at night that of the morning after."""
    full_hour = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    if full_hour.hour > DAY_ENDS:
        full_hour = full_hour.replace(hour=0) + timedelta(days=1)
    return max(full_hour, full_hour.replace(hour=DAY_BEGINS))


def check_request(starts_at: datetime, ends_at: datetime, field: str = "ends_at") -> None:
    if ends_at <= starts_at:
        raise Rejected(_l("The return must be later than the start."), field)
    if ends_at - starts_at > LONGEST_TRIP:
        raise Rejected(_l("A request covers at most 31 days."), field)


def is_past(slot: Slot, now: datetime) -> bool:
    """It is over, or began on a day before today."""
    return slot.end <= now or slot.start.date() < now.date()


def was_driven(afterwards: str, slot: Slot, now: datetime) -> bool:
    """The trip is recorded afterwards and is over: what it passed is a fact that is noted, not a plan to refuse."""
    return bool(afterwards.strip()) and slot.end <= now


def check_ahead(slot: Slot, now: datetime, afterwards: str) -> None:
    """A car is asked for beforehand; a trip that was made already says why it is recorded only afterwards (补单)."""
    if is_past(slot, now) and not afterwards.strip():
        message = _l(
            "This time is past. Put it right; or, if the trip was made already, say under “Recorded afterwards, "
            "because” why it was not asked for before."
        )
        raise Rejected(message, "starts_at")
    if afterwards.strip() and slot.start > now:
        raise Rejected(_l("The trip has not begun yet: it is asked for beforehand. Leave this empty."), "afterwards")


def check_not_too_far(slot: Slot, now: datetime, days: int) -> None:
    """A car is asked for so many days ahead at most; no limit where none is set."""
    last = now.date() + timedelta(days=days)
    if days and slot.start.date() > last:
        message = _l(
            "A car is asked for at most %(days)s days ahead, until %(last)s. Look at the year; or ask again later.",
            days=days, last=last.isoformat(),
        )  # fmt: skip
        raise Rejected(message, "starts_at")


def check_moved_ahead(before: Slot, after: Slot, now: datetime) -> None:
    """What lies ahead is not moved to where nobody could go any more; a trip of a day that is past is put right."""
    if is_past(after, now) and not is_past(before, now):
        message = _l("This time is past. If the trip was made then, withdraw this one and record that one afterwards.")
        raise Rejected(message, "starts_at")


def check_first(alike: Sequence[TripRequest]) -> None:
    """The unit has not asked for the same way at that time yet."""
    if alike:
        asked = f"{alike[0].starts_at:%m-%d %H:%M} – {alike[0].ends_at:%m-%d %H:%M} {alike[0].purpose}"
        message = _l(
            "The unit has asked for a car to there at that time already: %(asked)s. Tick this only if one more is "
            "needed.",
            asked=asked,
        )
        raise Rejected(message, "again")


def check_still_asked(state: TripState) -> None:
    """A form sent again answers with the request it made, not with one that is no longer asked for."""
    if state is TripState.WITHDRAWN:
        raise Rejected(_l("This form was sent before, and that request was withdrawn. Open a new request."))
    if state is TripState.REFUSED:
        raise Rejected(_l("This form was sent before, and that request was refused. Open a new request."))


CHANGED = _l("This trip has changed since you opened the page. Open it again and look before you act.")


def check_seen(mark: str, seen: str) -> None:
    """Compare and set: `seen` is the mark of the page that the deed was done on; empty when nobody looked at one."""
    if seen and seen != mark:
        raise Rejected(CHANGED)


def check_same_aboard(known: Sequence[int], now: Sequence[int]) -> None:
    """Nobody joined or left a shared trip between reading and holding it."""
    if known != now:
        raise Rejected(CHANGED)


def check_not_withdrawn(state: TripState) -> None:
    if state is TripState.WITHDRAWN:
        raise Rejected(_l("The unit has withdrawn this request."))


def check_open(state: TripState) -> None:
    """A request can be given a car once; a withdrawn or refused one never, and none before it is approved."""
    check_not_withdrawn(state)
    if state is TripState.REFUSED:
        raise Rejected(_l("This request was refused."))
    if state is TripState.IN_APPROVAL:
        raise Rejected(_l("This request is not approved yet."))
    if state not in WAITS_FOR_A_CAR:
        raise Rejected(_l("This request has been given a car already."))


def check_withdrawal(state: TripState) -> None:
    """A unit takes its request back before it has a car, approved or not."""
    if state is not TripState.IN_APPROVAL:
        check_open(state)


def check_two(driver_id: int, second_driver_id: int | None) -> None:
    if driver_id == second_driver_id:
        raise Rejected(_l("The second driver is somebody else than the first."), "second_driver_id")


def check_known(cars: Sequence[Vehicle], drivers: Sequence[Driver], wanted: Sequence[int]) -> None:
    """`wanted`: the ids of the first driver and of the second, if there is to be one."""
    if not cars:
        raise Rejected(_l("There is no such car."), "vehicle_id")
    found = {each.id for each in drivers}
    for seat, key in zip(SEATS, wanted, strict=False):
        if key not in found:
            raise Rejected(_l("There is no such driver."), seat)


def check_assignable(vehicle: Vehicle, drivers: Sequence[Driver], people: int, slot: Slot) -> None:
    """The car is on the register all the time and has seats for the people and the drivers, who are in service."""
    if not on_register(vehicle, slot):
        raise Rejected(_l("%(plate)s is not on the register on that day.", plate=vehicle.plate), "vehicle_id")
    if not has_seats(vehicle.seats, people, len(drivers)):
        message = _l(
            "%(plate)s has %(seats)s seats with the driver's; %(people)s people and %(drivers)s drivers travel.",
            plate=vehicle.plate,
            seats=vehicle.seats,
            people=people,
            drivers=len(drivers),
        )
        raise Rejected(message, "vehicle_id")
    for seat, driver in zip(SEATS, drivers, strict=False):
        if driver.left_on and driver.left_on <= slot.end.date():
            raise Rejected(_l("%(name)s is no longer in service.", name=driver.name), seat)


def on_register(vehicle: Vehicle, slot: Slot) -> bool:
    gone = vehicle.deregistered_on
    return vehicle.registered_on <= slot.start.date() and (gone is None or gone > slot.end.date())


def has_seats(seats: int, people: int, drivers: int = 1) -> bool:
    """Each driver takes one."""
    return people + drivers <= seats


def check_free(
    slot: Slot, held: Sequence[Any], vehicle: Vehicle, drivers: Sequence[Driver], field: str | None = None
) -> None:
    """No double booking: says which trip stands in the way, beside `field` or beside the car or the driver.

    `held`: rows with vehicle_id, driver_id, second_driver_id, starts_at and ends_at; only those in the slot count.
    """
    for clash in held:
        if not slot.overlaps(Slot(clash.starts_at, clash.ends_at)):
            continue
        when = f"{clash.starts_at:%m-%d %H:%M} – {clash.ends_at:%m-%d %H:%M}"
        if clash.vehicle_id == vehicle.id:
            message = _l("%(plate)s is out at that time: %(when)s.", plate=vehicle.plate, when=when)
            raise Rejected(message, field or "vehicle_id")
        for seat, driver in zip(SEATS, drivers, strict=False):
            if driver.id in (clash.driver_id, clash.second_driver_id):
                message = _l("%(name)s is driving at that time: %(when)s.", name=driver.name, when=when)
                raise Rejected(message, field or seat)


def check_extension(dispatch: Dispatch, due_at: datetime) -> None:
    """Only a trip that is not back can take longer; a shorter one ends by its return."""
    check_not_ended(dispatch)
    if due_at <= dispatch.due_at:
        at = f"{dispatch.due_at:%m-%d %H:%M}"
        raise Rejected(_l("It is to be back by %(at)s: enter a later time.", at=at), "due_at")
    check_request(dispatch.starts_at, due_at, "due_at")


def check_not_ended(dispatch: Dispatch) -> None:
    if dispatch.state not in (TripState.ASSIGNED, TripState.OUT):
        raise Rejected(_l("This trip has ended already."))


def check_departure(dispatch: Dispatch) -> None:
    if dispatch.state is not TripState.ASSIGNED:
        raise Rejected(_l("This trip has started or ended already."))


def check_after_assignment(dispatch: Dispatch, at: datetime, why: str) -> None:
    """A car leaves after it was given. One that was given by telephone and entered later says so; what was assigned
    when the trip was over is recorded afterwards anyhow.
    """
    given = dispatch.dispatched_at.replace(second=0)
    if at < given < dispatch.due_at and not why.strip():
        message = _l(
            "The car was assigned only at %(given)s; a start at %(at)s is before that. Put the time right, or say why "
            "it left earlier.",
            given=f"{given:%m-%d %H:%M}", at=f"{at:%m-%d %H:%M}",
        )  # fmt: skip
        raise Rejected(message, "early_reason")


def check_not_too_early(dispatch: Dispatch, at: datetime, minutes: int, why: str) -> None:
    """Tomorrow's trip is not started today by mistake; no question where no `minutes` are set."""
    if minutes and at < dispatch.starts_at - timedelta(minutes=minutes) and not why.strip():
        message = _l(
            "The trip is planned for %(planned)s; a start at %(at)s is more than %(minutes)s minutes before that. Put "
            "the time right or move the trip; or say why it left earlier.",
            planned=f"{dispatch.starts_at:%m-%d %H:%M}", at=f"{at:%m-%d %H:%M}", minutes=minutes,
        )  # fmt: skip
        raise Rejected(message, "early_reason")


def check_out(dispatch: Dispatch) -> Departure:
    """It has left and is not back; with the departure."""
    if dispatch.departure is None or dispatch.trip_return or dispatch.cancellation:
        raise Rejected(_l("This trip is not out."))
    return dispatch.departure


def check_return(dispatch: Dispatch, at: datetime, odometer: int, lost: int = 0) -> int:
    """The dial does not run backwards, nor a trip end before it began. `lost`: km hidden by a dial replaced on it.

    Returns the kilometres driven.
    """
    departure = check_out(dispatch)
    if at <= departure.at:
        raise Rejected(_l("The return must be later than the start at %(at)s.", at=f"{departure.at:%m-%d %H:%M}"), "at")
    driven = odometer - departure.odometer + lost
    if driven < 0:
        raise Rejected(_l("The dial stood at %(km)s km at the start.", km=departure.odometer), "odometer")
    if driven > MOST_KILOMETRES:
        raise Rejected(_l("That would be %(km)s km on one trip. Read the dial again.", km=driven), "odometer")
    return driven
