"""Tickets for tests: reported, and taken through the steps that matter, at minutes after the report."""

from datetime import datetime, timedelta
from typing import Any

from ops.core import audit
from ops.core.access import Actor
from ops.core.db import db, transaction
from ops.people.models import User
from ops.people.roles import Role
from ops.places.models import Building, Campus
from ops.repairs import service
from ops.repairs.models import StepKind, Ticket, Urgency
from tests.factories import AT, make_unit, make_user, numbers, saved

WORKER = Actor(None, "维修工01", address="127.0.0.1")
WAY = (
    StepKind.ACCEPTED, StepKind.ASSIGNED, StepKind.ATTENDED, StepKind.FINISHED, StepKind.CONFIRMED, StepKind.RATED,
)  # fmt: skip


def make_building() -> Building:
    number = next(numbers)
    campus = saved(Campus(name=f"院区{number}"))
    return saved(Building(campus_id=campus.id, name=f"楼{number}"))


def make_ticket(at: datetime = AT, **values: Any) -> Ticket:
    """Reported and nothing more."""
    unit_id = values.pop("unit_id", None) or make_unit().id
    usual = {"place": "主楼 203室", "trade": "water", "urgency": Urgency.NORMAL, "description": "水龙头漏水"}
    with transaction():
        return service.report(**{**usual, "contact": "联络员", "unit_id": unit_id, "at": at, "by": WORKER, **values})


def take(ticket: Ticket, kind: StepKind, at: datetime, by: Actor = WORKER, stars: int = 5) -> None:
    """One step in a transaction of its own."""
    with transaction():
        match kind:
            case StepKind.ACCEPTED:
                service.accept(ticket, at, by)
            case StepKind.ASSIGNED:
                service.assign(ticket, worker().id, at, by)
            case StepKind.REASSIGNED:
                service.reassign(ticket, another_worker(ticket).id, "改派", at, by)
            case StepKind.ATTENDED:
                service.attend(ticket, at, by)
            case StepKind.FINISHED:
                service.finish(ticket, "换阀芯", "阀芯", None, at, by)
            case StepKind.CONFIRMED:
                service.confirm(ticket, "已修好", at, by)
            case StepKind.RATED:
                service.rate(ticket, stars, "", at, by)
            case StepKind.RETURNED:
                service.send_back(ticket, "仍漏水", at, by)
            case StepKind.VOIDED:
                service.void(ticket, "重复", at, by)


def make_ticket_upto(last: StepKind, at: datetime = AT, minutes: int = 5, **values: Any) -> Ticket:
    """Taken the usual way to the step `last`, each step `minutes` after the one before."""
    ticket = make_ticket(at, **values)
    for number, kind in enumerate(WAY[: WAY.index(last) + 1], start=1):
        take(ticket, kind, at + timedelta(minutes=minutes * number))
    return ticket


def worker() -> User:
    """The one worker of the test; made when first asked for. Call it inside a transaction or before one."""
    found = db.session.query(User).filter_by(username="worker").one_or_none()
    return found or make_worker()


def another_worker(ticket: Ticket) -> User:
    """Who does not have the ticket, of the two there are; call `worker` and `make_worker("worker2")` before."""
    has = ticket.assigned.worker_id if ticket.assigned else None
    return db.session.query(User).filter(User.username.like("worker%"), User.id != has).order_by(User.id.desc())[0]


def make_worker(username: str = "worker") -> User:
    user = make_user(Role.REPAIR)
    with transaction():
        user.username = username
        audit.record("test.named", user, WORKER)
    return user
