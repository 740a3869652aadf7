"""What one asked for, entered or drove, another approves; who is asked is never who asked."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select

from ops.core import audit, clock
from ops.core.access import Actor
from ops.core.db import Base, db, transaction
from ops.core.errors import Rejected
from ops.core.notify import Notice
from ops.core.period import month
from ops.people.models import User
from ops.people.roles import Role
from ops.vehicles import service as trips
from ops.vehicles.approvals import service as approvals
from ops.vehicles.costs import expense_service, repair_service
from ops.vehicles.costs.repair_models import RepairJob, RepairState
from ops.vehicles.hires import money_service
from ops.vehicles.hires import service as hires
from ops.vehicles.models import TripRequest
from ops.vehicles.settlement import service as settlement
from tests.app_fixtures import SignIn
from tests.factories import AT, DAY, make_driver, make_unit, make_user
from tests.vehicles.costs.factories import BY, make_driven, make_job
from tests.vehicles.costs.test_expenses import noted
from tests.vehicles.factories import approve_hire, drive_hire, invoice_hire, make_asked_hire, order_hire

LINES = [("项目", Decimal(300))]


def user(app: Flask, *roles: Role, unit_id: int | None = None) -> Actor:
    made: User = make_user(*roles, unit_id=unit_id)
    may = frozenset().union(*(app.extensions["ledger"].grants[role] for role in roles))
    return Actor(made.id, made.name, unit_id=unit_id, permissions=may)


def refused(deed: Callable[[], object], words: str) -> None:
    with pytest.raises(Rejected, match=words), transaction():
        deed()


def made_by(row: Base, **key: int | None) -> None:
    with transaction():
        for name, value in key.items():
            setattr(row, name, value)
        audit.record("test.arranged", row, BY)


def quoted(by: Actor) -> RepairJob:
    job = make_job(by=Actor(None, "司机"))
    with transaction():
        repair_service.quote(job, LINES, "", by)
    return job


def test_who_quotes_a_repair_does_not_approve_it_and_who_approves_does_not_invoice(app: Flask) -> None:
    clerk, head = user(app, Role.DISPATCHER), user(app, Role.FLEET_HEAD)
    job = quoted(clerk)
    refused(lambda: repair_service.approve(job, Decimal(300), "", "", clerk), "报价由您本人录入")
    assert job.state is RepairState.QUOTED
    with transaction():
        repair_service.approve(job, Decimal(300), "", "", head)
        repair_service.finish(job, "", clerk)
    refused(lambda: repair_service.invoice(job, DAY, Decimal(300), "F1", None, head), "由您本人审批")
    with transaction():
        step = repair_service.invoice(job, DAY, Decimal(300), "F1", None, clerk)
    assert [each.by_id for each in job.steps] == [clerk.user_id, head.user_id, clerk.user_id, clerk.user_id]
    assert step.cost_id


def test_only_the_quote_that_stands_counts(app: Flask) -> None:
    """Whoever quoted before and another has quoted anew may approve the new one."""
    first, second = user(app, Role.DISPATCHER), user(app, Role.DISPATCHER)
    job = quoted(first)
    with transaction():
        repair_service.quote(job, LINES, "工时减少", second)
    refused(lambda: repair_service.approve(job, Decimal(300), "", "", second), "报价由您本人录入")
    with transaction():
        repair_service.approve(job, Decimal(300), "", "", first)
    assert job.approved_by_id == first.user_id


def test_the_page_says_why_and_offers_no_approval_of_ones_own_quote(app: Flask, sign_in: SignIn) -> None:
    job, clerk, head = make_job(by=Actor(None, "司机")), sign_in(Role.DISPATCHER), sign_in(Role.FLEET_HEAD)
    page = f"/vehicles/repairs/{job.id}"
    assert clerk.post(f"{page}/quotes/new", data={"items": "机油 300", "why": ""}).status_code == 303
    shown = clerk.get(page).text
    assert "该报价由您本人录入，应由他人审批" in shown
    assert f"{page}/approval" not in shown
    answer = clerk.post(f"{page}/approval", data={"amount": "300"})
    assert answer.status_code == 422
    assert "该报价由您本人录入，应由他人审批" in answer.text
    assert f"{page}/refusal" in shown, "he may take it back"
    assert f"{page}/approval" in head.get(page).text
    assert head.post(f"{page}/approval", data={"amount": "300"}).status_code == 303


def test_who_asks_for_a_car_is_not_asked_to_approve_it(app: Flask, sign_in: SignIn) -> None:
    unit = make_unit()
    both, other = (user(app, Role.LIAISON, Role.UNIT_APPROVER, unit_id=unit.id) for _n in range(2))
    slot = {"starts_at": AT, "ends_at": AT + timedelta(hours=4)}
    with transaction():
        away = {"out_of_district": True, "one_way_km": 80}
        request = trips.ask(unit.id, "调研", "外地", 2, by=both, afterwards="补录", **slot, **away)
    told = set(db.session.scalars(select(Notice.user_id)))
    assert (both.user_id in told, other.user_id in told) == (False, True)
    client = sign_in(Role.LIAISON, Role.UNIT_APPROVER, unit_id=unit.id)
    with client.session_transaction() as session:
        session["_user_id"] = str(both.user_id)
    assert f"/vehicles/requests/{request.id}" not in client.get("/vehicles/requests?show=mine").text
    shown = client.get(f"/vehicles/requests/{request.id}").text
    assert "此申请由您本人提出" in shown
    assert f"/vehicles/requests/{request.id}/approval" not in shown
    refused(lambda: approvals.decide(request, True, "", both), "由您本人申请")
    with transaction():
        approvals.decide(request, True, "", other)
    assert db.session.get_one(TripRequest, request.id).asked_by_id == both.user_id


def test_who_asks_for_a_hire_sends_it_or_takes_its_invoice_does_not_say_yes_to_it(app: Flask) -> None:
    unit = make_unit()
    both = user(app, Role.LIAISON, Role.DISPATCHER, Role.FLEET_HEAD, Role.FINANCE, unit_id=unit.id)
    hire = make_asked_hire(unit_id=unit.id)
    made_by(hire, asked_by_id=both.user_id)
    refused(lambda: hires.decide(hire, True, "", both), "该租赁由您本人申请")
    refused(lambda: hires.decide(hire, False, "不租", both), "该租赁由您本人申请")
    drive_hire(order_hire(approve_hire(hire)))
    invoice = invoice_hire(hire)
    with transaction():
        money_service.submit(hire, "", both)
    refused(lambda: money_service.answer(hire, True, "", both), "由您本人报送")
    with transaction():
        money_service.answer(hire, True, "", user(app, Role.LIAISON, unit_id=unit.id))
    made_by(invoice, by_id=both.user_id)
    refused(lambda: money_service.pay(hire, "凭证", both), "发票由您本人录入")
    with transaction():
        money_service.pay(hire, "凭证", user(app, Role.FINANCE))


def test_who_asked_for_a_hire_keeps_his_key(app: Flask) -> None:
    unit = make_unit()
    liaison = user(app, Role.LIAISON, unit_id=unit.id)
    start = datetime.combine(clock.today() + timedelta(days=5), datetime.min.time()).replace(hour=8)
    asked = hires.Asked(unit.id, "业务培训", "emergency", start, start + timedelta(hours=8), 40, {"coach": 1},
                        "座位不足", Decimal(1500))  # fmt: skip
    with transaction():
        hire = hires.ask(asked, hires.Oral(), None, liaison)
    assert hire.asked_by_id == liaison.user_id
    assert hire.events[0].by_id == liaison.user_id


def test_a_statement_is_answered_by_another_than_issued_it(app: Flask) -> None:
    unit = make_unit()
    both = user(app, Role.DISPATCHER, Role.LIAISON, unit_id=unit.id)
    make_driven(1000, 1080, request={"unit_id": unit.id})
    with transaction():
        statement = settlement.issue(unit.id, month(2023, 5), both)
    refused(lambda: settlement.answer(statement, True, "", both), "由您本人开具")
    with transaction():
        settlement.answer(statement, True, "", user(app, Role.LIAISON, unit_id=unit.id))


@pytest.mark.parametrize("seat", ["driver_id", "second_driver_id"])
def test_who_drove_neither_confirms_nor_rates_nor_books_his_own_trip(app: Flask, seat: str) -> None:
    driver = user(app, Role.DRIVER, Role.LIAISON, Role.FINANCE)
    trip = make_driven(1000, 1080, **{seat: make_driver(user_id=driver.user_id).id})
    request, expense = trip.request, noted(trip, BY)
    refused(lambda: settlement.check_kilometres(request, True, "", driver), "由您本人驾驶")
    refused(lambda: settlement.rate(request, 5, "", driver), "由您本人驾驶")
    refused(lambda: expense_service.take_over(expense, "", "", False, False, driver), "由您本人驾驶")
    other = user(app, Role.FINANCE)
    with transaction():
        expense_service.take_over(expense, "", "", False, False, other)
        settlement.rate(request, 5, "", other)


def test_a_job_of_an_earlier_year_has_nobody_by_key(app: Flask) -> None:
    """What was recorded before users were kept stops nobody."""
    job = quoted(Actor(None, "演示"))
    assert job.quoted_by_id is None
    with transaction():
        repair_service.approve(job, Decimal(300), "", "", user(app, Role.DISPATCHER))
    assert job.state is RepairState.APPROVED
