"""The verbs of a ticket: report, accept, (re)assign, attend, finish, confirm, rate, send back, void; a limit is set."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from werkzeug.datastructures import FileStorage

from ..core import audit, files
from ..core.access import Actor
from ..core.db import db, hold
from ..people.models import User
from ..places.models import Building
from . import limits, rules
from .models import LimitKind, RepairLimit, StepKind, Ticket, TicketStep


def report(
    unit_id: int, place: str, trade: str, urgency: str, description: str, contact: str, at: datetime, by: Actor,
    building_id: int | None = None, photo: FileStorage | None = None,
) -> Ticket:  # fmt: skip
    """A unit says what is broken (报修). The limits in force now set when each step is due."""
    known = limits.in_force(at.date())
    building = db.session.get(Building, building_id) if building_id else None
    ticket = Ticket(unit_id=unit_id, place=place, trade=trade, urgency=urgency, description=description)
    ticket.contact, ticket.day, ticket.reported_at, ticket.reported_by = contact, at.date(), at, by.name
    ticket.building_id, ticket.campus_id = building_id, building.campus_id if building else None
    ticket.accept_by = limits.due(known, LimitKind.RESPONSE, urgency, at)
    ticket.attend_by = limits.due_on_site(known, urgency, at)
    ticket.finish_by = limits.due(known, LimitKind.FINISH, urgency, at)
    if photo:
        kept = files.keep(photo, "photo", by)
        db.session.flush()
        ticket.photo_id = kept.id
    db.session.add(ticket)
    audit.record("repairs.ticket.reported", ticket, by)
    return ticket


def accept(ticket: Ticket, at: datetime, by: Actor) -> TicketStep:
    """The section takes it on (受理); this is the response that is timed."""
    return _take_step(ticket, StepKind.ACCEPTED, at, by)


def assign(ticket: Ticket, worker_id: int, at: datetime, by: Actor) -> TicketStep:
    """Give it to a worker (派单), at first or after a return."""
    [worker] = hold(User, worker_id)
    rules.check_worker(worker.is_active, worker.name)
    return _take_step(ticket, StepKind.ASSIGNED, at, by, worker_id=worker_id, worker=worker.name)


def reassign(ticket: Ticket, worker_id: int, note: str, at: datetime, by: Actor) -> TicketStep:
    """Another worker takes it over (改派), with the reason; the ticket stays where it is and its limits run on."""
    [worker] = hold(User, worker_id)
    [held] = hold(Ticket, ticket.id)
    rules.check_worker(worker.is_active, worker.name)
    rules.check_other_worker(held, worker_id)
    return _take_step(held, StepKind.REASSIGNED, at, by, note=note, worker_id=worker_id, worker=worker.name)


def attend(ticket: Ticket, at: datetime, by: Actor) -> TicketStep:
    """Someone is on site (到场)."""
    return _take_step(ticket, StepKind.ATTENDED, at, by)


def finish(ticket: Ticket, note: str, materials: str, cost: Decimal | None, at: datetime, by: Actor) -> TicketStep:
    """The work is done (完工). `note`: what was done; `cost` in yuan, if known."""
    return _take_step(ticket, StepKind.FINISHED, at, by, note=note, materials=materials or None, cost=cost)


def confirm(ticket: Ticket, note: str, at: datetime, by: Actor) -> TicketStep:
    """The reporter, or property staff after calling back, says that it is fixed (确认、回访)."""
    rules.check_call_back(by.unit_id == ticket.unit_id, note)
    until = limits.due(limits.in_force(at.date()), LimitKind.FIRST_FIX, None, at)
    return _take_step(ticket, StepKind.CONFIRMED, at, by, note=note, until=until)


def rate(ticket: Ticket, stars: int, note: str, at: datetime, by: Actor) -> TicketStep:
    """One to five (评价)."""
    return _take_step(ticket, StepKind.RATED, at, by, stars=stars, note=note)


def send_back(ticket: Ticket, note: str, at: datetime, by: Actor) -> TicketStep:
    """The reporter says that it is not fixed (返修): a new round begins, due within the usual time."""
    until = limits.due(limits.in_force(at.date()), LimitKind.FINISH, ticket.urgency, at)
    return _take_step(ticket, StepKind.RETURNED, at, by, note=note, until=until)


def void(ticket: Ticket, note: str, at: datetime, by: Actor) -> TicketStep:
    """Take it out of the count (作废), with the reason."""
    [held] = hold(Ticket, ticket.id)
    rules.check_withdrawal(by.unit_id is None, held.state)
    return _take_step(held, StepKind.VOIDED, at, by, note=note)


def set_limit(
    kind: str, urgency: str | None, minutes: Decimal, document: str, clause: str, source: str, valid_from: date,
    today: date, by: Actor,
) -> RepairLimit:  # fmt: skip
    """A limit from a day on; the one before it stays for the tickets reported under it."""
    rules.check_first_day(valid_from, today)
    limit = RepairLimit(kind=kind, urgency=urgency or None, minutes=int(minutes), document=document)
    limit.clause, limit.source, limit.valid_from = clause, source, valid_from
    db.session.add(limit)
    audit.record("repairs.limit.set", limit, by)
    return limit


def _take_step(ticket: Ticket, kind: StepKind, at: datetime, by: Actor, **details: Any) -> TicketStep:
    [held] = hold(Ticket, ticket.id)
    rules.check_step(held, kind, at)
    step = TicketStep(number=len(held.steps) + 1, round=held.round, kind=kind, by=by.name, **details)
    step.at, step.day, step.ticket = at, at.date(), held
    db.session.add(step)
    audit.record(f"repairs.ticket.{kind}", held, by)
    return step
