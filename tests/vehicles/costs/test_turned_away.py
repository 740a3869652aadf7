"""A form whose deed can be done no more, or not by him, leads back to its page and says why."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from flask import Flask

from ops.core.access import Actor
from ops.core.db import transaction
from ops.core.period import year
from ops.people.roles import Role
from ops.vehicles.costs import expense_service, findings, repair_service, service
from ops.vehicles.costs.repair_models import RepairJob
from ops.vehicles.odometer import replacing
from ops.vehicles.odometer import service as odometer
from ops.vehicles.odometer.models import Source
from tests.app_fixtures import SignIn
from tests.factories import AT, DAY, make_driver, make_vehicle
from tests.vehicles.costs.factories import BY, make_card, make_cost, make_driven, make_job
from tests.vehicles.costs.test_expenses import noted


def refused_job() -> RepairJob:
    job = make_job(by=Actor(None, "司机"))
    with transaction():
        repair_service.refuse(job, "不必修", BY)
    return job


def reversed_cost() -> str:
    cost = make_cost()
    with transaction():
        service.reverse(cost, "记错", BY)
    return f"/vehicles/costs/entries/{cost.id}/reversal"


def booked_expense() -> str:
    expense = noted(make_driven(), BY)
    with transaction():
        expense_service.turn_down(expense, "无票据", BY)
    return f"/vehicles/costs/expenses/{expense.id}/taking-over"


def reversed_top_up() -> str:
    card = make_card()
    with transaction():
        entry = service.top_up(card, DAY, Decimal(100), "", BY)
    with transaction():
        service.reverse_top_up(entry, "记错", BY)
    return f"/vehicles/fuel/card-entries/{entry.id}/reversal"


def settled_finding() -> str:
    trip = make_driven(1000, 1080)
    make_driven(1200, 1280, AT + timedelta(days=1), vehicle_id=trip.vehicle_id)
    [found] = findings.of_period(year(2023))
    with transaction():
        odometer.settle(found.key, trip.vehicle_id, "送检", BY)
    return f"/vehicles/fuel/findings/{trip.vehicle_id}/{found.key}/settlement"


def void_violation() -> str:
    with transaction():
        row = repair_service.record_violation(
            make_vehicle().id, make_driver().id, AT, "路口", "超速", Decimal(0), Decimal(100), BY
        )
    with transaction():
        repair_service.void_violation(row, "撤销", BY)
    return f"/vehicles/repairs/violations/{row.id}/payment"


def reversed_reading() -> str:
    with transaction():
        reading = odometer.record(make_vehicle().id, 1000, AT, Source.MANUAL, "", BY)
    with transaction():
        odometer.reverse(reading, "记错", BY)
    return f"/vehicles/odometer/readings/{reading.id}/correction"


def reversed_dial() -> str:
    with transaction():
        dial = replacing.replace_dial(make_vehicle().id, AT, 1000, 0, "单据", None, BY)
    with transaction():
        replacing.reverse_replacement(dial, "未换", BY)
    return f"/vehicles/odometer/replacements/{dial.id}/reversal"


@pytest.mark.parametrize(
    ("made", "says"),
    [
        (lambda: f"/vehicles/repairs/{refused_job().id}/approval", "请重新查看"), (reversed_cost, "已冲销"),
        (booked_expense, "不入账"), (reversed_top_up, "已冲销"), (settled_finding, "处理"), (void_violation, "作废"),
        (reversed_reading, "已冲销"), (reversed_dial, "已冲销"),
    ],
)  # fmt: skip
def test_it_leads_back_and_says_why(app: Flask, sign_in: SignIn, made: Callable[[], str], says: str) -> None:
    address, client = made(), sign_in(Role.DISPATCHER)
    answer = client.get(address)
    assert answer.status_code == 303
    assert address not in answer.location
    shown = client.get(answer.location).text
    assert 'role="alert"' in shown
    assert says in shown[shown.index('role="alert"') :][:400]


def test_ones_own_quote_opens_no_approval(app: Flask, sign_in: SignIn) -> None:
    job, clerk = make_job(by=Actor(None, "司机")), sign_in(Role.DISPATCHER)
    page = f"/vehicles/repairs/{job.id}"
    assert clerk.post(f"{page}/quotes/new", data={"items": "机油 300", "why": ""}).status_code == 303
    assert clerk.get(f"{page}/approval").status_code == 303
    assert sign_in(Role.FLEET_HEAD).get(f"{page}/approval").status_code == 200
