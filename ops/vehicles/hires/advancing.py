"""How a hire comes to its next state: by an event, or of itself when nothing of it is left to drive or to invoice."""

from ...core import clock
from ...core.access import Actor
from . import money_queries
from .models import Hire, HireEvent
from .states import DRIVEN, HireState


def event(hire: Hire, kind: HireState, by: Actor, words: str = "") -> HireEvent:
    """The hire is in its next state: a row that says who, when and why."""
    row = HireEvent(number=len(hire.events) + 1, kind=kind, words=words.strip(), at=clock.now(), by=by.name)
    row.by_id = by.user_id
    hire.events.append(row)
    return row


def advance(hire: Hire, by: Actor, words: str = "") -> None:
    """Carried out when every vehicle-trip that stands was driven; invoiced when each of them is on an invoice."""
    if not hire.standing:
        return
    if hire.state is HireState.ORDERED and all(each.actual for each in hire.standing):
        event(hire, HireState.CARRIED_OUT, by)
    on = money_queries.invoiced_trips(trip.id for trip in hire.standing)
    if hire.state in DRIVEN and len(on) == len(hire.standing):
        event(hire, HireState.INVOICED, by, words)
