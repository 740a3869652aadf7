"""The repair section's work: reports, and whatever may come next to a ticket, at times that matter to its limits."""

from collections.abc import Callable
from datetime import datetime, timedelta

from hypothesis import strategies as st
from sqlalchemy import select

from ops.core import audit
from ops.core.db import db
from ops.people.models import User
from ops.places.models import Building, Campus
from ops.repairs import rules, service
from ops.repairs.models import StepKind, Ticket, Urgency
from tests.random_work.steps import BY, Deed, Draw, a_unit, arrange_units, moment, one_of, some

MINUTES = st.sampled_from([0, 5, 29, 30, 31, 120, 121, 1440, 1441, 15 * 1440, 15 * 1440 + 1])
WAY = (StepKind.ACCEPTED, StepKind.ASSIGNED, StepKind.ATTENDED, StepKind.FINISHED, StepKind.CONFIRMED, StepKind.RATED)


def arrange() -> None:
    """A building on a campus, and two workers."""
    arrange_units()
    campus = db.session.scalars(select(Campus).order_by(Campus.id)).first() or Campus(name="院区")
    db.session.add(campus)
    db.session.flush()
    db.session.add_all([Building(campus_id=campus.id, name="测试楼")])
    db.session.add_all(User(username=f"worker{number}", name=f"维修工{number:02}") for number in (1, 2))
    audit.record("test.arranged", "user", BY)


def report(draw: Draw) -> Deed | None:
    unit, at, urgency = a_unit(draw), moment(draw), draw(st.sampled_from(Urgency))
    building = draw(st.sampled_from([None, one_of(Building, draw)]))
    return lambda: _report(unit, at, urgency, building)


def usual_way(draw: Draw) -> Deed | None:
    """From the report some way towards the rating in one deed, and perhaps back again and through a second round."""
    unit, at, urgency = a_unit(draw), moment(draw), draw(st.sampled_from(Urgency))
    stars, kinds = draw(st.integers(1, 5)), WAY[: draw(st.integers(2, 6))]
    if len(kinds) > 4 and draw(st.booleans()):
        kinds += (StepKind.RETURNED, *WAY[1:])[: draw(st.integers(1, 6))]
    distances = [draw(MINUTES) for _ in kinds]

    def deed() -> None:
        ticket, now, worker = _report(unit, at, urgency, None), at, _a_worker()
        for kind, minutes in zip(kinds, distances, strict=True):
            now += timedelta(minutes=minutes)
            _verbs(ticket, now, stars, worker)[kind]()

    return deed


def step(draw: Draw) -> Deed | None:
    """What may come next, or now and then what may not; on what was perhaps finished long ago."""
    if not (ticket := some(Ticket, draw)):
        return None
    ways = [kind for kind in StepKind if rules.may_follow(ticket, kind)]
    kind = draw(st.sampled_from([*ways, *ways, *ways, *ways, StepKind.RETURNED]))
    last = ticket.steps[-1].at if ticket.steps else ticket.reported_at
    at, stars = last + timedelta(minutes=draw(MINUTES)), draw(st.integers(1, 5))
    return _verbs(ticket, at, stars, one_of(User, draw))[kind]


def send_back(draw: Draw) -> Deed | None:
    """What was confirmed, and counted so, was not fixed after all."""
    done = (StepKind.FINISHED, StepKind.CONFIRMED, StepKind.RATED)
    ended = [ticket.id for ticket in db.session.scalars(select(Ticket).order_by(Ticket.id)) if ticket.state in done]
    if not ended:
        return None
    ticket = db.session.get_one(Ticket, draw(st.sampled_from(ended)))
    at = ticket.steps[-1].at + timedelta(minutes=draw(MINUTES))
    return lambda: service.send_back(ticket, "仍漏水", at, BY)


def void(draw: Draw) -> Deed | None:
    """What was reported and perhaps begun is taken out of the count."""
    tickets = db.session.scalars(select(Ticket).order_by(Ticket.id))
    begun = [ticket.id for ticket in tickets if rules.may_follow(ticket, StepKind.VOIDED)]
    if not begun:
        return None
    ticket = db.session.get_one(Ticket, draw(st.sampled_from(begun)))
    at = (ticket.steps[-1].at if ticket.steps else ticket.reported_at) + timedelta(minutes=draw(MINUTES))
    return lambda: service.void(ticket, "重复", at, BY)


def reassign(draw: Draw) -> Deed | None:
    """Somebody else takes over; no figure may notice."""
    given = [ticket.id for ticket in db.session.scalars(select(Ticket).order_by(Ticket.id)) if ticket.assigned]
    if not given:
        return None
    ticket, worker = db.session.get_one(Ticket, draw(st.sampled_from(given))), one_of(User, draw)
    return lambda: service.reassign(ticket, worker, "改派", ticket.steps[-1].at, BY)


def _a_worker() -> int:
    return db.session.scalars(select(User.id).order_by(User.id)).first() or 0


def _report(unit: int, at: datetime, urgency: Urgency, building: int | None) -> Ticket:
    ticket = service.report(unit, "主楼 203室", "water", urgency, "水龙头漏水", "联络员", at, BY, building)
    db.session.flush()
    return ticket


def _verbs(ticket: Ticket, at: datetime, stars: int, worker: int) -> dict[StepKind, Callable[[], object]]:
    return {
        StepKind.ACCEPTED: lambda: service.accept(ticket, at, BY),
        StepKind.ASSIGNED: lambda: service.assign(ticket, worker, at, BY),
        StepKind.REASSIGNED: lambda: service.reassign(ticket, worker, "改派", at, BY),
        StepKind.ATTENDED: lambda: service.attend(ticket, at, BY),
        StepKind.FINISHED: lambda: service.finish(ticket, "换阀芯", "", None, at, BY),
        StepKind.CONFIRMED: lambda: service.confirm(ticket, "电话回访", at, BY),
        StepKind.RATED: lambda: service.rate(ticket, stars, "", at, BY),
        StepKind.RETURNED: lambda: service.send_back(ticket, "仍漏水", at, BY),
        StepKind.VOIDED: lambda: service.void(ticket, "重复", at, BY),
    }


STEPS = (report, usual_way, usual_way, send_back, void, reassign, step, step, step)
