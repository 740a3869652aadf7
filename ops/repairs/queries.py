"""Reads of tickets: whose they are, what waits, when it is due, what may be done next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import abort
from flask_babel import format_timedelta
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, Select, func, or_, select

from ..core.access import Actor
from ..core.db import db
from ..core.page import Event
from ..people.models import Unit, User, UserRole
from ..people.roles import Role
from ..places.models import Building
from . import limits, rules
from .models import LimitKind, RepairLimit, StepKind, Ticket, TicketStep
from .permissions import Permission
from .words import DEEDS, HAPPENED

OPEN = "open"
TO_DO = (None, StepKind.ACCEPTED, StepKind.ASSIGNED, StepKind.ATTENDED, StepKind.RETURNED)
IN_HAND = (StepKind.ASSIGNED, StepKind.ATTENDED)


@dataclass(frozen=True)
class Deadline:
    """One time limit of a ticket: until when, how it stands (`state` colours the word), and its source."""

    label: object
    due_at: datetime
    state: str
    word: object
    limit: RepairLimit | None


@dataclass(frozen=True)
class Deed:
    """A step that the actor may take next; `endpoint` is its page, `at_once` that it needs no form."""

    label: object
    endpoint: str
    at_once: bool = False
    stops: bool = False


DEED_OF = {
    StepKind.ACCEPTED: (Permission.TICKET_WORK, Deed(DEEDS[StepKind.ACCEPTED], "repairs.acceptance", at_once=True)),
    StepKind.ASSIGNED: (Permission.TICKET_WORK, Deed(DEEDS[StepKind.ASSIGNED], "repairs.assignment")),
    StepKind.REASSIGNED: (Permission.TICKET_WORK, Deed(DEEDS[StepKind.REASSIGNED], "repairs.reassignment")),
    StepKind.ATTENDED: (Permission.TICKET_WORK, Deed(DEEDS[StepKind.ATTENDED], "repairs.attendance", at_once=True)),
    StepKind.FINISHED: (Permission.TICKET_WORK, Deed(DEEDS[StepKind.FINISHED], "repairs.completion")),
    StepKind.CONFIRMED: (Permission.TICKET_CONFIRM, Deed(DEEDS[StepKind.CONFIRMED], "repairs.confirmation")),
    StepKind.RATED: (Permission.TICKET_RATE, Deed(DEEDS[StepKind.RATED], "repairs.rating")),
    StepKind.RETURNED: (Permission.TICKET_CONFIRM, Deed(DEEDS[StepKind.RETURNED], "repairs.rework", stops=True)),
    StepKind.VOIDED: (Permission.TICKET_REPORT, Deed(DEEDS[StepKind.VOIDED], "repairs.voiding", stops=True)),
}


def visible_tickets(actor: Actor) -> Select[Ticket]:
    """A liaison sees the tickets of his unit; the centre's people all."""
    found = select(Ticket)
    return found if actor.may(Permission.TICKET_READ) else found.where(Ticket.unit_id == actor.unit_id)


def visible_ticket(ticket_id: int, actor: Actor) -> Ticket:
    found = db.session.scalar(visible_tickets(actor).where(Ticket.id == ticket_id))
    return found if found else abort(404)


def in_state(*states: StepKind | None) -> ColumnElement[bool]:
    """Tickets whose last step that led on is one of these; None is a ticket without any."""
    leads = (TicketStep.ticket_id == Ticket.id, TicketStep.kind != StepKind.REASSIGNED)
    last = select(TicketStep.kind).where(*leads).order_by(TicketStep.number.desc()).limit(1)
    found = last.correlate(Ticket).scalar_subquery()
    none = [found.is_(None)] if None in states else []
    return or_(found.in_([state for state in states if state]), *none)


def is_in(chosen: str) -> ColumnElement[bool]:
    """The list's filter: a state by its name, `reported` for one without steps, `open` for all that is not finished."""
    if chosen == OPEN:
        return in_state(*TO_DO)
    return in_state(None if chosen == "reported" else StepKind(chosen))


def waiting(actor: Actor, *states: StepKind | None) -> list[Ticket]:
    """Visible tickets in these states, the one due first at the head."""
    found = db.session.scalars(visible_tickets(actor).where(in_state(*states))).all()
    return sorted(found, key=lambda ticket: (due_at(ticket) or ticket.reported_at, ticket.id))


def in_hand(actor: Actor) -> list[Ticket]:
    """The actor's own repairs: assigned to him in the present round and not finished."""
    given = ((ticket, ticket.assigned) for ticket in waiting(actor, *IN_HAND))
    return [ticket for ticket, step in given if step and step.worker_id == actor.user_id]


def due_at(ticket: Ticket) -> datetime | None:
    """When the next step is due; None when no one is waiting for the section."""
    if ticket.state not in TO_DO:
        return None
    if back := ticket.step(StepKind.RETURNED):
        return back.until
    if ticket.state is None:
        return ticket.accept_by
    return ticket.finish_by if ticket.state is StepKind.ATTENDED else ticket.attend_by or ticket.finish_by


def is_late(ticket: Ticket, now: datetime) -> bool:
    due = due_at(ticket)
    return due is not None and due < now


def deadlines(ticket: Ticket, now: datetime) -> list[Deadline]:
    """The limits of the ticket, with what became of each and where it comes from."""
    known = limits.in_force(ticket.day)
    asked = [
        (_l("Accept by"), LimitKind.RESPONSE, ticket.accept_by, ticket.step(StepKind.ACCEPTED, 1)),
        (_l("On site by"), LimitKind.ON_SITE, ticket.attend_by, ticket.step(StepKind.ATTENDED, 1)),
        (_l("Finish by"), LimitKind.FINISH, ticket.finish_by, ticket.step(StepKind.FINISHED, 1)),
    ]
    stopped = ticket.state is StepKind.VOIDED
    found = [
        Deadline(
            label, due, *_standing(due, step.at if step else None, now, stopped), known.get((kind, ticket.urgency))
        )
        for label, kind, due, step in asked
        if due
    ]
    if back := ticket.step(StepKind.RETURNED):
        again = ticket.step(StepKind.FINISHED, back.round + 1)
        assert back.until is not None
        standing = _standing(back.until, again.at if again else None, now, stopped)
        found.append(
            Deadline(_l("Fixed again by"), back.until, *standing, known.get((LimitKind.FINISH, ticket.urgency)))
        )
    return found


def deeds(ticket: Ticket, actor: Actor) -> list[Deed]:
    """What the actor may do with the ticket now, the usual next step first."""
    found = []
    for kind in rules.FOLLOWS[ticket.state]:
        permission, deed = DEED_OF[kind]
        theirs = kind is not StepKind.VOIDED or ticket.state is None or actor.may(Permission.TICKET_WORK)
        if actor.may(permission) and theirs and rules.may_follow(ticket, kind):
            found.append(deed)
    return found


def history(ticket: Ticket) -> list[Event]:
    """Everything that happened to the ticket, oldest first."""
    first = Event(ticket.reported_at, ticket.reported_by, _l("repair reported"), "waiting", ticket.description)
    return [first, *(_event(step) for step in ticket.steps)]


def units_for(actor: Actor) -> Sequence[tuple[int, str]]:
    """A liaison reports for his own unit, the centre's people for any."""
    found = select(Unit.id, Unit.name).order_by(Unit.name)
    if not actor.may(Permission.TICKET_READ):
        found = found.where(Unit.id == actor.unit_id)
    return [(key, name) for key, name in db.session.execute(found)]


def buildings() -> Sequence[tuple[int, str]]:
    return [(key, name) for key, name in db.session.execute(select(Building.id, Building.name).order_by(Building.name))]


def workers() -> Sequence[tuple[int, str]]:
    """Repair staff who are in service."""
    found = select(User.id, User.name).join(UserRole).where(UserRole.role == Role.REPAIR, User.disabled_at.is_(None))
    return [(key, name) for key, name in db.session.execute(found.order_by(User.name))]


def all_limits() -> Sequence[RepairLimit]:
    order = (RepairLimit.kind, func.coalesce(RepairLimit.urgency, ""), RepairLimit.valid_from.desc())
    return db.session.scalars(select(RepairLimit).order_by(*order)).all()


def _standing(due: datetime, met: datetime | None, now: datetime, stopped: bool) -> tuple[str, object]:
    if met is None and stopped:
        return "closed", _l("not needed")
    late = (met or now) - due
    if late.total_seconds() > 0:
        by = format_timedelta(late, granularity="minute")
        return "late", _l("late by %(time)s", time=by) if met else _l("overdue by %(time)s", time=by)
    return ("done", _l("in time")) if met else ("waiting", _l("within the limit"))


def _event(step: TicketStep) -> Event:
    colour, word = HAPPENED[StepKind(step.kind)]
    return Event(step.at, step.by, word, colour, " · ".join(_details(step)))


def _details(step: TicketStep) -> Iterable[str]:
    if step.worker:
        yield step.worker
    if step.stars:
        yield str(_l("%(stars)s of 5", stars=step.stars))
    if step.note:
        yield step.note
    if step.materials:
        yield str(_l("Materials: %(what)s", what=step.materials))
    if step.cost is not None:
        yield str(_l("%(cost)s yuan", cost=step.cost))
