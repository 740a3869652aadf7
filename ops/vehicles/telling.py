"""What a unit's liaison is told of its requests at the bell, approved, refused, given a car, changed, taken back; and a
driver of the trips that are given to him.

Each deed of somebody else tells once; the words stand in the reader's language and lead to the request.
"""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l

from ..core import clock, notify
from ..core.access import Actor
from ..core.db import db
from ..people.roles import Role
from .models import Dispatch, Driver, TripRequest
from .settlement.kilometre_queries import last_check


def approved(request: TripRequest) -> None:
    """The last one who had to be asked agrees; it has a car already where it was let through by mouth, or extended."""
    words = _l("Approved: %(what)s. A car is assigned next.", what=_what(request))
    if request.carried_by:
        words = _l("The approval of %(what)s is complete.", what=_what(request))
    _tell(request, "approved", words)


def refused(request: TripRequest, why: str) -> None:
    _tell(request, "refused", _l("Refused: %(what)s. Reason: %(why)s", what=_what(request), why=why.strip()))


def assigned(dispatch: Dispatch, *requests: TripRequest) -> None:
    """Everybody aboard, or those of them who are new on the trip, have a car."""
    db.session.flush()
    for request in requests or dispatch.aboard:
        words = _l("A car is assigned for %(what)s: %(given)s", what=request.destination, given=_given(dispatch))
        _tell(request, f"assigned.{dispatch.id}", words)
    _give(dispatch, dispatch.drivers)


def changed(
    dispatch: Dispatch, requests: Iterable[TripRequest], instead: Dispatch | None = None, why: str = ""
) -> None:
    """Another car, another driver or another time. `instead`: the trip whose place it takes; `why`: as its drivers are
    told who drive no more.
    """
    db.session.flush()
    before = instead.drivers if instead else dispatch.drivers
    words = _l(
        "Your trip to %(what)s has changed: %(given)s", what=dispatch.request.destination, given=_given(dispatch)
    )
    _tell_drivers(dispatch, [each for each in dispatch.drivers if each in before], f"changed.{_second()}", words)
    _give(dispatch, [each for each in dispatch.drivers if each not in before])
    _free(instead or dispatch, [each for each in before if each not in dispatch.drivers], why)
    for request in requests:
        words = _l("The trip to %(what)s has changed: %(given)s", what=request.destination, given=_given(dispatch))
        _tell(request, f"changed.{dispatch.mark}", words)


def called_off(requests: Iterable[TripRequest], why: str) -> None:
    """The car is taken back; the requests wait for another one."""
    for request in requests:
        words = _l(
            "The car for %(what)s is taken back. Reason: %(why)s. The request waits for another one.",
            what=_what(request), why=why.strip(),
        )  # fmt: skip
        _tell(request, "called_off", words)


def freed(dispatch: Dispatch, why: str) -> None:
    """The trip is called off: nobody drives it."""
    _free(dispatch, dispatch.drivers, why)


def withdrawn(request: TripRequest, why: str, by: Actor) -> None:
    """Somebody else took the request back for the unit; what it did itself it knows."""
    if by.unit_id != request.unit_id:
        words = _l("Withdrawn by the vehicle section: %(what)s. Reason: %(why)s", what=_what(request), why=why.strip())
        _tell(request, "withdrawn", words)


def back(dispatch: Dispatch, kilometres: int) -> None:
    """The unit is asked for its word."""
    for request in dispatch.aboard:
        words = _l(
            "Back from %(what)s with %(km)s km by the dial: please confirm the kilometres and rate the trip.",
            what=_what(request), km=kilometres,
        )  # fmt: skip
        _tell(request, f"back.{dispatch.id}", words)


def corrected(dispatch: Dispatch, kilometres: int) -> None:
    """A dial was put right after the trip: what the unit confirms is another number."""
    for request in dispatch.aboard:
        if request.settlement:
            continue
        facts = {"what": _what(request), "km": kilometres}
        words = _l("The kilometres of %(what)s are now %(km)s by the dial: please confirm them.", **facts)
        if (said := last_check(request.id)) and said.agreed:
            words = _l(
                "The kilometres of %(what)s are now %(km)s by the dial; you confirmed %(before)s. Object where they "
                "are wrong.", before=said.kilometres, **facts,
            )  # fmt: skip
        _tell(request, f"corrected.{dispatch.id}.{kilometres}", words)


def _tell(request: TripRequest, deed: str, words: Any) -> None:
    """A deed tells a liaison once, however often it is sent."""
    key = f"trip.{request.id}.{deed}.{_second()}"
    notify.send_to_role(Role.LIAISON, words, f"/vehicles/requests/{request.id}", key, request.unit_id)


def _give(dispatch: Dispatch, drivers: Iterable[Driver]) -> None:
    words = _l("You are to drive to %(what)s: %(given)s", what=dispatch.request.destination, given=_given(dispatch))
    _tell_drivers(dispatch, drivers, "assigned", words)


def _free(dispatch: Dispatch, drivers: Iterable[Driver], why: str) -> None:
    words = _l("You no longer drive: %(what)s. Reason: %(why)s", what=_what(dispatch.request), why=why.strip())
    _tell_drivers(dispatch, drivers, f"freed.{_second()}", words)


def _tell_drivers(dispatch: Dispatch, drivers: Iterable[Driver], deed: str, words: Any) -> None:
    """Those who sign in here, all at once; of what is over already nobody is told that he is to drive it."""
    users = [each.user_id for each in drivers if each.user_id]
    if users and dispatch.due_at > clock.now():
        link = f"/vehicles/driving/?day={dispatch.starts_at:%Y-%m-%d}"
        notify.send(users, words, link, f"drive.{dispatch.id}.{deed}")


def _second() -> str:
    return f"{clock.now():%Y%m%d%H%M%S}"


def _what(request: TripRequest) -> str:
    return f"{request.starts_at:%Y-%m-%d %H:%M} {request.destination}"


def _given(dispatch: Dispatch) -> str:
    """Car, plate, driver and time."""
    last = "%H:%M" if dispatch.due_at.date() == dispatch.starts_at.date() else "%m-%d %H:%M"
    when = f"{dispatch.starts_at:%Y-%m-%d %H:%M}–{dispatch.due_at.strftime(last)}"
    return f"{dispatch.vehicle.model} {dispatch.vehicle.plate} · {dispatch.driver_names} · {when}"
