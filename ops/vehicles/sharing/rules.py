"""May these requests travel together. Pure verdicts on values."""

from collections.abc import Iterable
from datetime import timedelta

from flask_babel import lazy_gettext as _l

from ...core.errors import Rejected
from ...core.timeslot import Slot
from ..models import SharedRide, TripRequest


def same_way(one: str, other: str) -> bool:
    """One destination, however it was spaced."""
    return "".join(one.split()).casefold() == "".join(other.split()).casefold()


def check_rides(request: TripRequest) -> SharedRide:
    if request.ride is None:
        raise Rejected(_l("This request does not share a trip."))
    return request.ride


def check_same_way(going: str, wished: str) -> None:
    if not same_way(going, wished):
        message = _l("That trip goes to %(going)s, this request to %(wished)s.", going=going, wished=wished)
        raise Rejected(message, "dispatch_id")


def check_near(trip: Slot, wished: Slot, minutes: int) -> None:
    """The starts may differ by so many minutes."""
    if abs(trip.start - wished.start) > timedelta(minutes=minutes):
        message = _l(
            "That trip leaves at %(trip)s, this request at %(wished)s: more than %(minutes)s minutes apart.",
            trip=f"{trip.start:%m-%d %H:%M}",
            wished=f"{wished.start:%m-%d %H:%M}",
            minutes=minutes,
        )
        raise Rejected(message, "dispatch_id")


def spanning(slots: Iterable[Slot]) -> Slot:
    """From the first start to the last end."""
    found = list(slots)
    return Slot(min(each.start for each in found), max(each.end for each in found))


def without(trip: Slot, aboard: Iterable[TripRequest], leaving: TripRequest) -> Slot:
    """The trip when one request leaves it: what the others need, unless it was moved or extended meanwhile."""
    everybody = list(aboard)
    if trip != spanning(request.slot for request in everybody):
        return trip
    return spanning(request.slot for request in everybody if request.id != leaving.id)
