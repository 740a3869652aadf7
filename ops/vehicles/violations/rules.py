"""Who may take a filing where: verdicts on values."""

from collections.abc import Collection
from datetime import date

from flask_babel import lazy_gettext as _l

from ...core.errors import Rejected
from .models import FilingState

OPEN = (FilingState.FILED, FilingState.EXPLAINED, FilingState.ASKED_AGAIN)
TO_EXPLAIN = (FilingState.FILED, FilingState.ASKED_AGAIN)
OUTCOMES = (FilingState.ESTABLISHED, FilingState.NOT_ESTABLISHED)


def check_new(day: date, explain_by: date, today: date, listed: bool, same: Collection[FilingState]) -> None:
    """It has happened, can be explained in time, is on the list of its day, and is not under way already."""
    if day > today:
        raise Rejected(_l("What is filed has happened: the day cannot lie in the future."), "day")
    check_time(explain_by, today)
    if not listed:
        raise Rejected(_l("On that day this violation was not on the list."), "violation")
    if any(state in OPEN for state in same):
        raise Rejected(_l("It is filed under this violation already, and not yet decided."), "violation")


def check_time(explain_by: date, today: date) -> None:
    if explain_by < today:
        raise Rejected(_l("Leave time for the explanation: today at the earliest."), "explain_by")


def check_seen(mark: str, seen: str) -> None:
    if seen and seen != mark:
        raise Rejected(_l("Somebody else has acted on this filing since you opened the page. Open it again and look."))


def check_explains(state: FilingState, is_theirs: bool) -> None:
    if not is_theirs:
        raise Rejected(_l("Somebody else is asked to explain this."))
    if state not in TO_EXPLAIN:
        raise Rejected(_l("No explanation is asked for now."))


def check_answered(state: FilingState) -> None:
    if state is not FilingState.EXPLAINED:
        raise Rejected(_l("One asks again after an explanation."))


def check_question(state: FilingState, explain_by: date, today: date) -> None:
    """After an explanation, and with time to answer: what is overdue is decided on without."""
    check_answered(state)
    check_time(explain_by, today)


def check_heard(state: FilingState) -> None:
    check_open(state)
    if state is not FilingState.EXPLAINED:
        raise Rejected(_l("Hear the explanation first."))


def heard_by(state: FilingState, explain_by: date, today: date) -> FilingState:
    """Who did not explain in time counts as heard."""
    return FilingState.EXPLAINED if state in TO_EXPLAIN and explain_by < today else state


def check_outcome(state: FilingState, outcome: FilingState, measure: str) -> None:
    """Decided after an explanation was heard, once; what is established says what follows from it."""
    check_heard(state)
    if outcome is FilingState.ESTABLISHED and not measure.strip():
        raise Rejected(_l("Say what follows from it."), "measure")


def check_overdue(state: FilingState, outcome: FilingState, measure: str, explain_by: date, today: date) -> None:
    """Who did not explain in time is decided on without."""
    check_outcome(heard_by(state, explain_by, today), outcome, measure)


def check_open(state: FilingState) -> None:
    if state not in OPEN:
        raise Rejected(_l("This filing is closed already."))
