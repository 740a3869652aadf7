"""Which step may follow which, and what each needs. Pure verdicts on values."""

from collections.abc import Mapping
from datetime import date, datetime

from flask_babel import lazy_gettext as _l

from ..core.errors import Rejected
from .models import StepKind, Ticket
from .words import DEEDS, STATES

FOLLOWS: Mapping[StepKind | None, tuple[StepKind, ...]] = {
    None: (StepKind.ACCEPTED, StepKind.VOIDED),
    StepKind.ACCEPTED: (StepKind.ASSIGNED, StepKind.VOIDED),
    StepKind.ASSIGNED: (StepKind.ATTENDED, StepKind.REASSIGNED, StepKind.VOIDED),
    StepKind.ATTENDED: (StepKind.FINISHED, StepKind.REASSIGNED, StepKind.VOIDED),
    StepKind.FINISHED: (StepKind.CONFIRMED, StepKind.RETURNED),
    StepKind.CONFIRMED: (StepKind.RATED, StepKind.RETURNED),
    StepKind.RATED: (StepKind.RETURNED,),
    StepKind.RETURNED: (StepKind.ASSIGNED,),
    StepKind.VOIDED: (),
}


def may_follow(ticket: Ticket, kind: StepKind) -> bool:
    """What was finished once cannot be voided: it has been counted as work done."""
    return kind in FOLLOWS[ticket.state] and not (kind is StepKind.VOIDED and ticket.round > 1)


def check_step(ticket: Ticket, kind: StepKind, at: datetime) -> None:
    """Each step in order: the page may be older than what another has done meanwhile."""
    if not may_follow(ticket, kind):
        raise Rejected(_refusal(ticket, kind))
    before = ticket.steps[-1].at if ticket.steps else ticket.reported_at
    if at < before:
        raise Rejected(_l("The step before it was at %(at)s.", at=f"{before:%Y-%m-%d %H:%M}"))


def _refusal(ticket: Ticket, kind: StepKind) -> object:
    state = STATES[ticket.state][1]
    if not ticket.steps:
        return _l("Not possible yet: “%(deed)s”. The ticket is %(state)s.", deed=DEEDS[kind], state=state)
    last = ticket.step(ticket.state) if ticket.state else ticket.steps[-1]
    assert last
    when = f"{last.at:%Y-%m-%d %H:%M}"
    return _l(
        "Not possible now: “%(deed)s”. Since %(when)s the ticket is %(state)s, recorded by %(by)s.",
        deed=DEEDS[kind], when=when, state=state, by=last.by,
    )  # fmt: skip


def check_worker(active: bool, name: str) -> None:
    if not active:
        raise Rejected(_l("%(name)s no longer works here.", name=name), "worker_id")


def check_other_worker(ticket: Ticket, worker_id: int) -> None:
    """To another than who has it: a page pressed twice, or older than what another has done."""
    if ticket.assigned and ticket.assigned.worker_id == worker_id:
        raise Rejected(_l("%(name)s has this ticket already.", name=ticket.assigned.worker), "worker_id")


def check_call_back(own_unit: bool, note: str) -> None:
    """The reporter's own word is enough; anybody else writes down what he was told on the call-back (回访)."""
    if not own_unit and not note.strip():
        raise Rejected(_l("Write down whom you called back and what was said."), "note")


def check_withdrawal(own_people: bool, state: StepKind | None) -> None:
    """A unit may take its report back until it is accepted; after that the section decides."""
    if not own_people and state is not None:
        raise Rejected(_l("The ticket has been accepted. Ask the repair section to void it."))


def check_first_day(valid_from: date, today: date) -> None:
    """A limit does not reach back: tickets were promised what held when they were reported."""
    if valid_from < today:
        raise Rejected(_l("A new limit begins today at the earliest."), "valid_from")
