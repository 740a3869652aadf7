"""What may be entered of a complaint, and when: verdicts on values."""

from datetime import date, datetime

from flask_babel import lazy_gettext as _l

from ...core.errors import Rejected
from .models import FINDINGS, ComplaintState

OPEN = (ComplaintState.RECEIVED, *FINDINGS)


def check_new(happened_at: datetime, received_on: date, answer_by: date, now: datetime) -> None:
    if received_on > now.date():
        raise Rejected(_l("It cannot have come in the future."), "received_on")
    if happened_at > now or happened_at.date() > received_on:
        raise Rejected(_l("What is complained of happened before the complaint came, and before now."), "happened_at")
    if answer_by < received_on:
        raise Rejected(_l("The answer is due after the complaint came."), "answer_by")


def check_about(vehicle_id: int | None, driver_id: int | None) -> None:
    if vehicle_id is None and driver_id is None:
        raise Rejected(_l("Say which car or which driver it is about."), "vehicle_id")


def check_first(known: bool) -> None:
    """The hotline's order was not entered before."""
    if known:
        raise Rejected(_l("A complaint with this order number is entered already."), "order_no")


def check_open(state: ComplaintState) -> None:
    if state not in OPEN:
        raise Rejected(_l("This complaint is closed already."))


def check_found(state: ComplaintState) -> None:
    """Nobody is answered before it was looked into."""
    check_open(state)
    if state not in FINDINGS:
        raise Rejected(_l("Find out first what is true of it."))


def check_day(day: date, received_on: date, today: date, found_on: date | None = None) -> None:
    """`found_on`: for an answer, when it was found out what is true."""
    if not received_on <= day <= today:
        raise Rejected(_l("The day lies between the complaint and today."), "day")
    if found_on and day < found_on:
        raise Rejected(_l("It was found out on %(day)s: the answer cannot be earlier.", day=found_on), "day")


def check_seen(mark: str, seen: str) -> None:
    if seen and seen != mark:
        raise Rejected(
            _l("Somebody else has acted on this complaint since you opened the page. Open it again and look.")
        )
