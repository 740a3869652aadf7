"""Everything that happened to a hire, oldest first."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ...core.page import Event
from ..approvals import history as approvals
from .models import Hire, HiredTrip
from .money_models import HireRating
from .states import HIRE_STATES, HireState


def history(hire: Hire, rating: HireRating | None) -> list[Event]:
    states = [Event(row.at, row.by, HIRE_STATES[HireState(row.kind)][1], _colour(row.kind), row.words)
              for row in hire.events]  # fmt: skip
    # of the same second the verdict stands before the state that it led to
    said = approvals.events(hire.oral, ((step.approver, step.verdict, "") for step in hire.steps))
    found = [*states[:1], *said, *states[1:]]
    found += [Event(row.at, row.by, _l("paper kept"), "progress", row.called) for row in hire.papers]
    found += [each for trip in hire.trips for each in _of_trip(trip)]
    if rating:
        found.append(
            Event(rating.at, rating.by, _l("rated by the unit"), "done", f"{'★' * rating.stars} {rating.words}")
        )
    return sorted(found, key=lambda event: event.at)


def _colour(kind: str) -> str:
    """What has happened waits no longer: its own colour only where it is good or bad news."""
    colour = HIRE_STATES[HireState(kind)][0]
    return "progress" if colour == "waiting" else colour


def _of_trip(trip: HiredTrip) -> list[Event]:
    called = f"{trip.vendor} {trip.plate or ''}".strip()
    found = []
    for row in trip.actuals:
        word = _l("driven") if row.number == 1 else _l("corrected")
        note = f"{row.plate or called} {row.kilometres:,} {_('km')} {row.fee:,} {row.words}"
        found.append(Event(row.at, row.by, word, "progress", note.strip()))
    if off := trip.cancellation:
        found.append(Event(off.at, off.by, _l("vehicle cancelled"), "closed", f"{called} {off.reason}"))
    return found
