"""May this be recorded about an obligation. Pure verdicts on values."""

from datetime import date, datetime, time, timedelta

from flask_babel import lazy_gettext as _l

from ...core.errors import Rejected
from ..odometer.rules import check_past
from .models import INSPECTIONS, INSURANCE, Obligation, ObligationKind
from .rules import in_force, opens_on

EARLIEST = timedelta(days=183)
LONGEST_LEAVE = timedelta(days=30)
NEEDS_VALIDITY = (*INSURANCE, ObligationKind.LICENCE)


def check_open(obligation: Obligation) -> None:
    if obligation.closed_on:
        raise Rejected(
            _l("This is not owed any more: it was done or waived on %(day)s.", day=str(obligation.closed_on))
        )


def check_done(obligation: Obligation, done_on: date, today: date) -> None:
    if done_on > today:
        raise Rejected(_l("What is done lies in the past: enter the day it was done."), "done_on")
    if obligation.due_on - done_on > EARLIEST and obligation.kind != ObligationKind.MAINTENANCE:
        message = _l("It is due on %(day)s: that is more than half a year later.", day=str(obligation.due_on))
        raise Rejected(message, "done_on")
    opens = opens_on(obligation.kind, obligation.due_on)
    if opens and done_on < opens and obligation.kind in INSPECTIONS:
        message = _l("It is due on %(day)s and can be done from %(opens)s on (%(document)s, %(clause)s).",
                     day=str(obligation.due_on), opens=str(opens), **_named("inspection.window", opens))  # fmt: skip
        raise Rejected(message, "done_on")


def _named(rule: str, day: date) -> dict[str, str]:
    found = in_force(rule, day)
    return {"document": found["document"], "clause": found["clause"]}


def check_paper(kind: str, done_on: date, valid_until: date | None, for_life: bool) -> None:
    """A new paper has a last day; only a licence can be for life."""
    if for_life and kind != ObligationKind.LICENCE:
        raise Rejected(_l("Only a driver's licence is given for life."), "for_life")
    if for_life and valid_until is not None:
        raise Rejected(_l("Either it is for life or it has a last day."), "valid_until")
    if valid_until is None and kind == ObligationKind.LICENCE and not for_life:
        raise Rejected(_l("Enter until when the new licence is valid, or tick that it is for life."), "valid_until")
    if valid_until is None and kind in NEEDS_VALIDITY and not for_life:
        raise Rejected(_l("Enter until when the new paper is valid."), "valid_until")
    if valid_until is not None and valid_until <= done_on:
        raise Rejected(_l("The new paper is valid beyond the day it was made."), "valid_until")


def check_cost(kind: str) -> None:
    if kind in INSURANCE:
        raise Rejected(
            _l("The premium comes into the ledger with its policy: enter the policy, and this is met."), "cost"
        )


def moment_of_reading(done_on: date, read_at: time | None, now: datetime) -> datetime:
    """When the dial was read: at that time of the day it was done; now, when that is today."""
    if read_at is None and done_on != now.date():
        raise Rejected(_l("Enter at what time of that day the dial was read."), "read_at")
    at = now if read_at is None else datetime.combine(done_on, read_at)
    check_past(at, now, "read_at")
    return at


def check_exempt(last: date, points: int, today: date) -> None:
    """`last`: the last day of the scoring period."""
    if last >= today:
        raise Rejected(_l("The scoring period lasts until %(day)s.", day=str(last)))
    if points:
        raise Rejected(_l("%(points)s points are recorded in the scoring period: the review is owed.", points=points))


def check_leave(first_on: date, last_on: date) -> None:
    if last_on < first_on:
        raise Rejected(_l("The last day is not before the first."), "last_on")
    if last_on - first_on > LONGEST_LEAVE:
        raise Rejected(_l("Leave is given for at most 30 days at a time."), "last_on")
