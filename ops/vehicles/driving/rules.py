"""When a deed of the phone was done, and whose telephone was entered. Pure."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal

from flask_babel import lazy_gettext as _l

from ...core.errors import Rejected

LONGEST_WAIT = timedelta(days=31)
TAIL = 4


def moment_of(typed: datetime | None, pressed_at: Decimal | None, phone_now: Decimal | None, now: datetime) -> datetime:
    """As it was typed by hand; or else now less what went by on the phone since the press.

    `pressed_at`, `phone_now`: milliseconds of the phone's clock. What time that clock shows, and in which zone, is not
    believed; only how long the deed waited for a connection is taken from it.
    """
    if typed is not None:
        return typed
    if pressed_at is None or phone_now is None:
        raise Rejected(_l("Enter date and time."), "at")
    waited = timedelta(milliseconds=int(phone_now - pressed_at))
    if not timedelta(0) <= waited <= LONGEST_WAIT:
        raise Rejected(_l("The clock of this phone was changed meanwhile. Enter the time yourself."), "at")
    return (now - waited).replace(second=0, microsecond=0)


def tail_of(phone: str) -> str:
    """The last four digits of a number; empty where it has fewer."""
    digits = "".join(filter(str.isdecimal, phone))
    return digits[-TAIL:] if len(digits) >= TAIL else ""


def check_tail(entered: str, phones: Iterable[str]) -> bool:
    """Whether the digits were checked: they are those of one who travels; no number known, nothing to check."""
    known = {tail for phone in phones if (tail := tail_of(phone))}
    if known and entered not in known:
        message = _l(
            "These are not the last digits of the telephone in the request. Enter those of the user of the car; the "
            "unit can also confirm on its own page."
        )
        raise Rejected(message, "phone_tail")
    return bool(known)
