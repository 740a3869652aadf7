"""May a car be kept free, may that be lifted. Pure verdicts on values."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from flask_babel import lazy_gettext as _l

from ...core.errors import Rejected
from ...core.timeslot import Slot
from ..models import Dispatch
from .models import VehicleReservation

LONGEST_RESERVATION = timedelta(days=92)


def check_slot(slot: Slot, now: datetime) -> None:
    if slot.end <= now:
        raise Rejected(_l("This time is over."), "ends_at")
    if slot.end - slot.start > LONGEST_RESERVATION:
        raise Rejected(_l("A car is reserved for at most 92 days at a time."), "ends_at")


def check_untaken(trips: Sequence[Dispatch], others: Sequence[VehicleReservation]) -> None:
    for trip in trips:
        when = f"{trip.starts_at:%m-%d %H:%M} – {trip.ends_at:%m-%d %H:%M}"
        raise Rejected(_l("%(plate)s is out at that time: %(when)s.", plate=trip.vehicle.plate, when=when), "starts_at")
    for each in others:
        raise Rejected(said(each), "starts_at")


def check_standing(reservation: VehicleReservation) -> None:
    if reservation.lift:
        raise Rejected(_l("It is lifted already."))


def said(reservation: VehicleReservation) -> object:
    """Why the car cannot be given, in words."""
    when = f"{reservation.starts_at:%m-%d %H:%M} – {reservation.ends_at:%m-%d %H:%M}"
    return _l(
        "%(plate)s is reserved by %(name)s, %(when)s: %(reason)s", plate=reservation.vehicle.plate,
        name=reservation.by, when=when, reason=reservation.reason,
    )  # fmt: skip
