"""The life of a ticket: each step once and in order."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from ops.core import audit
from ops.core.access import Actor
from ops.core.db import db, transaction
from ops.core.errors import Rejected
from ops.repairs import limits, queries, service
from ops.repairs.models import LimitKind, StepKind, TicketStep, Urgency
from ops.repairs.permissions import Permission
from ops.repairs.words import HAPPENED
from tests.factories import AT, make_unit
from tests.repairs.factories import WORKER, make_building, make_ticket, make_ticket_upto, make_worker, take, worker


def _steps() -> int:
    return db.session.scalar(select(func.count()).select_from(TicketStep)) or 0


def _reader(user_id: int) -> Actor:
    return Actor(user_id, "维修工", permissions=frozenset({Permission.TICKET_READ}))


def test_a_ticket_is_due_by_the_limits_of_its_urgency(app: Flask) -> None:
    urgent = make_ticket(urgency=Urgency.URGENT)
    assert urgent.accept_by == urgent.attend_by == AT + timedelta(minutes=30)
    normal = make_ticket()
    assert (normal.accept_by, normal.attend_by) == (AT + timedelta(hours=2), None)
    assert normal.finish_by == AT + timedelta(hours=24)


def test_a_ticket_takes_the_campus_of_its_building(app: Flask) -> None:
    building = make_building()
    assert make_ticket(building_id=building.id).campus_id == building.campus_id


def test_the_same_step_twice_is_refused_with_who_did_it_when(app: Flask) -> None:
    ticket = make_ticket_upto(StepKind.ACCEPTED)
    with pytest.raises(Rejected) as refusal:
        take(ticket, StepKind.ACCEPTED, AT + timedelta(minutes=9))
    assert "2023-05-09 08:35" in str(refusal.value.message)
    assert WORKER.name in str(refusal.value.message)
    assert _steps() == 1


@pytest.mark.parametrize("kind", [kind for kind in StepKind if kind not in (StepKind.ACCEPTED, StepKind.VOIDED)])
def test_a_new_ticket_can_only_be_accepted_or_voided(app: Flask, kind: StepKind) -> None:
    worker(), make_worker("worker2")
    ticket = make_ticket()
    with pytest.raises(Rejected):
        take(ticket, kind, AT + timedelta(minutes=9))
    assert _steps() == 0


def test_a_step_cannot_be_earlier_than_the_one_before(app: Flask) -> None:
    ticket = make_ticket()
    with pytest.raises(Rejected):
        take(ticket, StepKind.ACCEPTED, AT - timedelta(minutes=1))


def test_a_return_opens_a_second_round_that_ends_like_the_first(app: Flask) -> None:
    ticket = make_ticket_upto(StepKind.RATED)
    at = AT + timedelta(days=2)
    take(ticket, StepKind.RETURNED, at)
    assert (ticket.state, ticket.round) == (StepKind.RETURNED, 2)
    assert queries.due_at(ticket) == at + timedelta(hours=24)
    for kind in (StepKind.ASSIGNED, StepKind.ATTENDED, StepKind.FINISHED, StepKind.CONFIRMED, StepKind.RATED):
        take(ticket, kind, at + timedelta(hours=1))
    assert ticket.state is StepKind.RATED


@pytest.mark.parametrize("last", [StepKind.ASSIGNED, StepKind.ATTENDED])
def test_a_ticket_goes_to_another_worker_again_and_again_and_stays_where_it_is(app: Flask, last: StepKind) -> None:
    first, second = worker(), make_worker("worker2")
    ticket = make_ticket_upto(last)
    due = queries.due_at(ticket)
    for taker in (second, first, second):
        with transaction():
            service.reassign(ticket, taker.id, "原维修工请假", AT + timedelta(hours=1), WORKER)
        assert ticket.assigned
        assert (ticket.state, ticket.assigned.worker_id, queries.due_at(ticket)) == (last, taker.id, due)
    mine = [queries.in_hand(_reader(who.id)) for who in (first, second)]
    assert mine == [[], [ticket]]
    entry = db.session.scalars(select(audit.AuditEntry).order_by(audit.AuditEntry.id.desc())).first()
    assert entry
    assert entry.action == "repairs.ticket.reassigned"
    rest = (StepKind.ATTENDED, StepKind.FINISHED)
    for kind in rest[last is StepKind.ATTENDED :]:
        take(ticket, kind, AT + timedelta(hours=2))
    with pytest.raises(Rejected):
        take(ticket, StepKind.REASSIGNED, AT + timedelta(hours=2))
    assert [each.word for each in queries.history(ticket)].count(HAPPENED[StepKind.REASSIGNED][1]) == 3


def test_a_reassignment_is_to_another_worker_who_is_in_service(app: Flask) -> None:
    ticket, gone = make_ticket_upto(StepKind.ASSIGNED), make_worker("worker2")
    with transaction():
        gone.disabled_at = AT
        audit.record("test.left", gone, WORKER)
    for who in (worker(), gone):
        with pytest.raises(Rejected) as refusal, transaction():
            service.reassign(ticket, who.id, "改派", AT + timedelta(hours=1), WORKER)
        assert refusal.value.field == "worker_id"
    assert _steps() == 2


def test_of_a_returned_ticket_only_the_present_round_is_reassigned(app: Flask) -> None:
    first, second = worker(), make_worker("worker2")
    ticket = make_ticket_upto(StepKind.ASSIGNED)
    take(ticket, StepKind.REASSIGNED, AT + timedelta(hours=1))
    for kind in (StepKind.ATTENDED, StepKind.FINISHED, StepKind.RETURNED):
        take(ticket, kind, AT + timedelta(hours=2))
    assert ticket.assigned is None
    take(ticket, StepKind.ASSIGNED, AT + timedelta(hours=3))
    take(ticket, StepKind.REASSIGNED, AT + timedelta(hours=4))
    assert ticket.assigned is not None
    assert ticket.assigned.worker_id in (first.id, second.id)
    assert [step.worker for step in ticket.steps if step.worker][-2:] == [first.name, second.name]


def test_what_was_finished_once_cannot_be_voided(app: Flask) -> None:
    ticket = make_ticket_upto(StepKind.FINISHED)
    take(ticket, StepKind.RETURNED, AT + timedelta(days=1))
    take(ticket, StepKind.ASSIGNED, AT + timedelta(days=1))
    with pytest.raises(Rejected):
        take(ticket, StepKind.VOIDED, AT + timedelta(days=1))


def test_a_call_back_must_say_what_was_answered_but_the_unit_itself_need_not(app: Flask) -> None:
    unit = make_unit()
    ticket = make_ticket_upto(StepKind.FINISHED, unit_id=unit.id)
    with pytest.raises(Rejected) as refusal, transaction():
        service.confirm(ticket, " ", AT + timedelta(hours=1), WORKER)
    assert refusal.value.field == "note"
    with transaction():
        service.confirm(ticket, "", AT + timedelta(hours=1), Actor(None, "联络员", unit_id=unit.id))
    assert ticket.state is StepKind.CONFIRMED


def test_a_unit_takes_its_report_back_only_until_it_is_accepted(app: Flask) -> None:
    unit = make_unit()
    liaison = Actor(None, "联络员", unit_id=unit.id)
    take(make_ticket(unit_id=unit.id), StepKind.VOIDED, AT, by=liaison)
    accepted = make_ticket_upto(StepKind.ACCEPTED, unit_id=unit.id)
    with pytest.raises(Rejected):
        take(accepted, StepKind.VOIDED, AT + timedelta(hours=1), by=liaison)


def test_what_is_late_by_the_minute_is_late(app: Flask) -> None:
    ticket = make_ticket(urgency=Urgency.URGENT)
    assert not queries.is_late(ticket, AT + timedelta(minutes=30))
    assert queries.is_late(ticket, AT + timedelta(minutes=31))
    assert [each.state for each in queries.deadlines(ticket, AT + timedelta(minutes=31))] == ["late", "late", "waiting"]


def test_a_new_limit_holds_for_tickets_reported_from_its_day_on(app: Flask) -> None:
    day = AT.date()
    with transaction():
        service.set_limit("response", "normal", 60, "本中心口径", "受理", "本中心", day, day, WORKER)
    assert make_ticket().accept_by == AT + timedelta(minutes=60)
    assert make_ticket(AT - timedelta(days=1)).accept_by == AT - timedelta(days=1) + timedelta(minutes=120)
    assert limits.in_force(day)[LimitKind.RESPONSE, "normal"].minutes == 60


def test_a_new_limit_does_not_reach_back(app: Flask) -> None:
    day = AT.date()
    with pytest.raises(Rejected) as refusal, transaction():
        service.set_limit("response", "normal", 60, "甲", "乙", "丙", day - timedelta(days=1), day, WORKER)
    assert refusal.value.field == "valid_from"


def test_no_ticket_without_a_limit(app: Flask) -> None:
    with pytest.raises(Rejected):
        make_ticket(AT.replace(year=2019))
