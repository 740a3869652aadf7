"""May a car leave the register, a unit enter the vehicle reform. Pure verdicts on values."""

import re
from collections.abc import Sequence
from datetime import date

from flask_babel import lazy_gettext as _l

from ...core.errors import Rejected
from ..models import Dispatch, Vehicle
from .models import ReformKind, ReformUnit

# GA 36-2018: province, letter of the issuing office, five characters, or six on new-energy plates
PLATE = re.compile(r"[\u4e00-\u9fff][A-Z][A-Z0-9]{4,5}[A-Z0-9\u4e00-\u9fff]")


def plain_plate(typed: str) -> str:
    """Without blanks and dots, in capitals; refused when it cannot be a plate."""
    plate = re.sub(r"[\s·.]", "", typed).upper()
    if not PLATE.fullmatch(plate):
        message = _l("Write the plate with its province, letter and number, like %(example)s.", example="冀B12345")
        raise Rejected(message, "plate")
    return plate


def check_happened(day: date | None, today: date, field: str) -> None:
    """What is recorded has taken place."""
    if day and day > today:
        raise Rejected(_l("This day lies in the future."), field)


def check_held(day: date, known_from: date, deregistered_on: date | None) -> None:
    """A car passes on when it is there: not before it was bought, registered or came on the register, nor after it
    left.
    """
    if deregistered_on and day > deregistered_on:
        message = _l("It left the register on %(day)s: enter no later day.", day=str(deregistered_on))
        raise Rejected(message, "day")
    if day < known_from:
        message = _l("The car is known since %(day)s: enter no earlier day.", day=str(known_from))
        raise Rejected(message, "day")


def check_deregistration(vehicle: Vehicle, day: date, last_change: date | None, last_transfer: date | None) -> None:
    """A car leaves as what it is: after it came, after its category changed and it passed on for the last time."""
    if vehicle.deregistered_on:
        raise Rejected(_l("%(plate)s is off the register already.", plate=vehicle.plate))
    if day <= vehicle.registered_on:
        message = _l("It came on the register on %(day)s: enter a later day.", day=str(vehicle.registered_on))
        raise Rejected(message, "deregistered_on")
    if last_change and day <= last_change:
        message = _l("Its category changed on %(day)s already: enter a later day.", day=str(last_change))
        raise Rejected(message, "deregistered_on")
    if last_transfer and day < last_transfer:
        message = _l("It passed to another holder on %(day)s: enter no earlier day.", day=str(last_transfer))
        raise Rejected(message, "deregistered_on")


def check_registered(
    registered_on: date, deregistered_on: date | None, first_trip: date | None, first_change: date | None
) -> None:
    """It came before all that is recorded of it."""
    if deregistered_on and registered_on >= deregistered_on:
        message = _l("It left the register on %(day)s: enter an earlier day.", day=str(deregistered_on))
        raise Rejected(message, "registered_on")
    if first_trip and registered_on > first_trip:
        message = _l("It was dispatched on %(day)s already: enter no later day.", day=str(first_trip))
        raise Rejected(message, "registered_on")
    if first_change and registered_on >= first_change:
        message = _l("Its category changed on %(day)s already: enter an earlier day.", day=str(first_change))
        raise Rejected(message, "registered_on")


def check_category_change(vehicle: Vehicle, category: str, day: date, today: date, last: date | None) -> None:
    """A car changes to another category while it is on the register, and one change follows the other."""
    if category == vehicle.category:
        raise Rejected(_l("The car is of this category already."), "category")
    if day > today:
        raise Rejected(_l("Enter it when the day has come."), "day")
    if day <= vehicle.registered_on or (vehicle.deregistered_on and day >= vehicle.deregistered_on):
        raise Rejected(
            _l("On that day it was not on the register, or had just come: correct the entry instead."), "day"
        )
    if last and day <= last:
        raise Rejected(_l("Its category changed on %(day)s already: enter a later day.", day=str(last)), "day")


def check_category_correction(before: str, after: str, changed_on: date | None) -> None:
    if changed_on and before != after:
        message = _l("Its category changed on %(day)s: void that change, or enter another one.", day=str(changed_on))
        raise Rejected(message, "category")


def check_nothing_ahead(vehicle: Vehicle, ahead: Sequence[Dispatch]) -> None:
    for trip in ahead:
        message = _l(
            "%(plate)s is given to the trip of %(when)s. Reassign that trip first.",
            plate=vehicle.plate, when=f"{trip.starts_at:%Y-%m-%d %H:%M}",
        )  # fmt: skip
        raise Rejected(message, "deregistered_on")


def check_reformable(kind: str) -> None:
    if kind not in list(ReformKind):
        raise Rejected(_l("Only public institutions and enterprises are under this reform."), "unit_id")


def check_leaving(membership: ReformUnit, day: date) -> None:
    if membership.to_on:
        raise Rejected(_l("This unit has left the reform already."))
    if day <= membership.from_on:
        message = _l("It came under the reform on %(day)s: enter a later day.", day=str(membership.from_on))
        raise Rejected(message, "to_on")
