"""A repair from the request to the invoice; a fine that public money never pays."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from ops.core.access import Actor
from ops.core.db import db, transaction
from ops.core.errors import Rejected
from ops.core.period import year
from ops.indicators.readings import read
from ops.people.roles import Role
from ops.vehicles.costs import repair_queries, repair_service, service, settings
from ops.vehicles.costs.models import VehicleCost
from ops.vehicles.costs.repair_models import RepairJob, RepairState, Violation
from tests.app_fixtures import SignIn
from tests.factories import AT, DAY, make_vehicle
from tests.vehicles.costs.factories import BY, CLERK, make_job

PERIOD = year(2023)


def quoted(*amounts: str, why: str = "", job: RepairJob | None = None) -> RepairJob:
    job = job or make_job()
    with transaction():
        repair_service.quote(job, [("项目", Decimal(amount)) for amount in amounts], why, BY)
    return job


def approved(*amounts: str, decision: str = "") -> RepairJob:
    job = quoted(*amounts)
    with transaction():
        repair_service.approve(job, job.quoted, decision, "", BY)
    return job


def finished(*amounts: str) -> RepairJob:
    job = approved(*amounts)
    with transaction():
        repair_service.finish(job, "已验收", BY)
    return job


def test_the_whole_way_and_the_invoice_is_the_cost(app: Flask) -> None:
    job = finished("300", "150.50")
    assert (job.state, job.approved) == (RepairState.FINISHED, Decimal("450.5"))
    with transaction():
        step = repair_service.invoice(job, DAY, Decimal("440"), "F1", None, BY)
    assert job.state is RepairState.INVOICED
    row = db.session.get_one(VehicleCost, step.cost_id)
    assert (row.kind, row.amount, row.payee) == ("maintenance", 440, "定点维修厂")
    assert read("vehicles.cost", PERIOD).value == 440


@pytest.mark.parametrize(("amount", "needs_paper"), [("2000", False), ("2000.01", True)])
def test_above_the_limit_in_force_the_paper_of_the_decision_is_named(
    app: Flask, amount: str, needs_paper: bool
) -> None:
    job = quoted(amount)
    if needs_paper:
        with pytest.raises(Rejected) as refused, transaction():
            repair_service.approve(job, Decimal(amount), "", "", BY)
        assert refused.value.field == "decision"
    with transaction():
        repair_service.approve(job, Decimal(amount), "纪要1号" if needs_paper else "", "", BY)
    assert job.state is RepairState.APPROVED


def test_repairs_that_wait_are_counted_by_the_state_they_stand_in_with_one_question(app: Flask) -> None:
    make_job()
    quoted("100")
    quoted("200")
    approved("100")
    finished("100")
    asked: list[str] = []

    def listen(*said: Any) -> None:
        asked.extend([said[2]] if "repair" in said[2] else [])

    db.session.rollback()
    event.listen(db.engine, "before_cursor_execute", listen)
    counts = repair_queries.waiting_counts([RepairState.QUOTED, RepairState.FINISHED, RepairState.INVOICED])
    event.remove(db.engine, "before_cursor_execute", listen)
    assert (counts, len(asked)) == ({"quoted": 2, "finished": 1, "invoiced": 0}, 1)


def test_the_start_page_counts_the_repairs_that_wait_for_its_reader(app: Flask, sign_in: SignIn) -> None:
    quoted("100")
    finished("100")
    page = sign_in(Role.FINANCE).get("/").text
    assert "/vehicles/repairs?state=finished" in page


def test_a_later_limit_holds_from_its_day_on(app: Flask) -> None:
    with transaction():
        settings.set_value("collective_repair", Decimal(500), DAY, "会议纪要", BY)
    assert settings.value_of("collective_repair", DAY - timedelta(days=1)) == 2000  # type: ignore[arg-type]
    with pytest.raises(Rejected):
        approved("600")
    with pytest.raises(Rejected) as refused, transaction():
        settings.set_value("collective_repair", Decimal(900), DAY, "再改", BY)
    assert refused.value.field == "valid_from"


def test_nobody_approves_what_he_asked_for(app: Flask) -> None:
    job = quoted("100")
    with pytest.raises(Rejected), transaction():
        repair_service.approve(job, Decimal(100), "", "", CLERK)
    assert job.state is RepairState.QUOTED


def test_an_invoice_above_the_approval_waits_for_another_quote_and_approval(app: Flask) -> None:
    job = finished("100")
    with pytest.raises(Rejected) as refused, transaction():
        repair_service.invoice(job, DAY, Decimal("100.01"), "F1", None, BY)
    assert refused.value.field == "amount"
    with pytest.raises(Rejected) as why, transaction():
        repair_service.quote(job, [("增项", Decimal(130))], "", BY)
    assert why.value.field == "why"
    quoted("130", why="拆检后发现", job=job)
    with transaction():
        repair_service.approve(job, Decimal(130), "", "", BY)
        repair_service.finish(job, "", BY)
        repair_service.invoice(job, DAY, Decimal(130), "F1", None, BY)
    assert job.approved == 130


def test_an_approval_of_what_a_stale_page_showed_is_refused(app: Flask) -> None:
    job = quoted("100")
    quoted("900", why="漏项", job=job)
    with pytest.raises(Rejected), transaction():
        repair_service.approve(job, Decimal(100), "", "", BY)
    with transaction():
        repair_service.approve(job, Decimal(900), "", "", BY)
    with pytest.raises(Rejected), transaction():
        repair_service.approve(job, Decimal(900), "", "", BY)


def test_a_wrong_invoice_is_taken_back_and_the_right_one_entered(app: Flask) -> None:
    job = finished("100")
    with transaction():
        step = repair_service.invoice(job, DAY, Decimal(90), "F1", None, BY)
    with transaction():
        service.reverse(db.session.get_one(VehicleCost, step.cost_id), "发票作废", BY)
    assert job.state is RepairState.FINISHED
    with transaction():
        repair_service.invoice(job, DAY, Decimal(95), "F2", None, BY)
    assert read("vehicles.cost", PERIOD).value == 95


@pytest.mark.parametrize("deed", ["approve", "finish", "invoice"])
def test_no_step_is_taken_out_of_its_turn(app: Flask, deed: str) -> None:
    job = make_job()
    given = {"approve": (Decimal(0), "", ""), "finish": ("",), "invoice": (DAY, Decimal(1), "F", None)}[deed]
    with pytest.raises(Rejected), transaction():
        getattr(repair_service, deed)(job, *given, BY)
    with transaction():
        repair_service.refuse(job, "不必修", BY)
    assert job.state is RepairState.REFUSED


def violation() -> Violation:
    with transaction():
        return repair_service.record_violation(
            make_vehicle().id, None, AT, "某路口", "闯红灯", Decimal(6), Decimal(200), BY
        )


def test_public_money_never_pays_a_fine(app: Flask) -> None:
    row = violation()
    with pytest.raises(Rejected) as refused, transaction():
        repair_service.pay_fine(row, DAY, "public", "", BY)
    assert refused.value.field == "payer"
    with transaction():
        repair_service.pay_fine(row, DAY, "driver", "R1", BY)
    assert row.payment
    assert read("vehicles.cost", PERIOD).value is None
    with pytest.raises(Rejected), transaction():
        repair_service.pay_fine(row, DAY, "driver", "R1", BY)


def test_a_void_violation_is_not_paid(app: Flask) -> None:
    row = violation()
    with transaction():
        repair_service.void_violation(row, "复议撤销", BY)
    for deed in (lambda: repair_service.pay_fine(row, DAY, "driver", "", BY),
                 lambda: repair_service.void_violation(row, "再作废", BY)):  # fmt: skip
        with pytest.raises(Rejected), transaction():
            deed()


def test_a_driver_asks_and_quotes_and_approves_nothing(app: Flask, sign_in: SignIn) -> None:
    driver, dispatcher = sign_in(Role.DRIVER), sign_in(Role.DISPATCHER)
    typed = {"vehicle_id": make_vehicle().id, "day": "2023-05-09", "problem": "异响", "workshop": "定点厂"}
    assert driver.post("/vehicles/repairs/new", data=typed).status_code == 303
    typed = {"items": "轴承 1,200.50\n工时费 300\n", "why": ""}
    assert driver.post("/vehicles/repairs/1/quotes/new", data=typed).status_code == 303
    assert driver.post("/vehicles/repairs/1/approval", data={"amount": "1500.50"}).status_code == 403
    assert dispatcher.get("/vehicles/repairs/1/approval").status_code == 200
    assert dispatcher.post("/vehicles/repairs/1/approval", data={"amount": "1500.50"}).status_code == 303
    assert "1,500.50" in driver.get("/vehicles/repairs/1").get_data(as_text=True)
    assert sign_in(Role.DRIVER).get("/vehicles/repairs/1").status_code == 404


@pytest.mark.parametrize("items", ["", "轴承", "轴承 很贵", "轴承 1.005", "轴承 NaN"])
def test_a_quote_that_cannot_be_read_is_kept_as_typed(app: Flask, sign_in: SignIn, items: str) -> None:
    job = make_job(by=Actor(None, "x"))
    answer = sign_in(Role.DISPATCHER).post(f"/vehicles/repairs/{job.id}/quotes/new", data={"items": items})
    assert answer.status_code == 422
    text = answer.get_data(as_text=True)
    assert 'id="items-error"' in text
    assert items in text


def test_an_approval_with_a_broken_amount_is_refused(app: Flask, sign_in: SignIn) -> None:
    job = quoted("100")
    answer = sign_in(Role.DISPATCHER).post(f"/vehicles/repairs/{job.id}/approval", data={"amount": "x"})
    assert answer.status_code == 422
