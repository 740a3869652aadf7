"""What drivers note on the way enters the ledger once, or is not accepted with a reason."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from ops.core.access import Actor
from ops.core.audit import AuditEntry
from ops.core.db import db, transaction
from ops.core.errors import Rejected
from ops.core.period import Period
from ops.indicators.readings import read
from ops.people.roles import Role
from ops.vehicles.costs import expense_queries, expense_service
from ops.vehicles.costs.expense_models import ExpenseVerdict
from ops.vehicles.costs.models import VehicleCost
from ops.vehicles.driving import service as driving
from ops.vehicles.driving.models import TripExpense
from tests.app_fixtures import SignIn
from tests.factories import AT
from tests.vehicles.factories import make_departure, make_dispatch

DAY = Period(AT.date(), AT.date())
LIST = "/vehicles/costs/expenses"


def make_expense(by: Actor, kind: str = "toll", amount: str = "35.00", litres: str | None = None) -> TripExpense:
    """As the driver's phone sends it."""
    made = make_departure(make_dispatch())
    typed: dict[str, Any] = {"at": AT + timedelta(hours=1), "expense": kind, "amount": Decimal(amount), "photo": None}
    with transaction():
        driving.receive(
            made, f"{made.id:032x}", "expense", by, litres=Decimal(litres) if litres else None, odometer=None, **typed
        )
    return db.session.scalars(select(TripExpense).order_by(TripExpense.id.desc())).first() or pytest.fail("none")


@pytest.mark.parametrize(("noted", "entered"), [("toll", "tolls"), ("parking", "parking"), ("other", "other")])
def test_an_expense_becomes_a_cost_of_the_trips_car(app: Flask, by: Actor, noted: str, entered: str) -> None:
    expense = make_expense(by, noted)
    assert read("vehicles.cost", DAY).value is None, "noted is not yet spent"
    with transaction():
        cost = expense_service.enter(expense, "收费站", "A1", by)
    trip = expense_queries.trip_of(expense)
    assert (cost.vehicle_id, cost.dispatch_id, cost.kind, cost.day) == (trip.vehicle_id, trip.id, entered, AT.date())
    assert read("vehicles.cost", DAY).value == 35
    assert expense_queries.waiting() == 0
    assert db.session.scalar(select(AuditEntry.action).order_by(AuditEntry.id.desc())) == "vehicles.expense.entered"


def test_fuel_on_the_way_brings_its_litres_and_the_dial(app: Flask, by: Actor) -> None:
    expense = make_expense(by, "fuel", "300.00", "40")
    with transaction():
        cost = expense_service.enter(expense, "加油站", "", by, is_full=True, odometer_value=Decimal(1040))
    assert cost.fill
    assert (cost.fill.litres, cost.fill.is_full, cost.fill.odometer) == (40, True, 1040)
    assert cost.kind == "energy"


def test_it_is_decided_on_once(app: Flask, by: Actor) -> None:
    expense = make_expense(by)
    with transaction():
        expense_service.refuse(expense, "重复登记", by)
    for again in (lambda: expense_service.enter(expense, "", "", by), lambda: expense_service.refuse(expense, "x", by)):
        with transaction(), pytest.raises(Rejected):
            again()
    assert db.session.scalars(select(VehicleCost)).all() == []
    assert db.session.scalars(select(ExpenseVerdict.reason)).all() == ["重复登记"]


def test_the_section_enters_it_from_its_list_and_those_who_watch_only_read(
    app: Flask, by: Actor, sign_in: SignIn
) -> None:
    toll, fuel = make_expense(by), make_expense(by, "fuel", "200.00", "25")
    clerk, watcher, driver = sign_in(Role.DISPATCHER), sign_in(Role.AUDITOR), sign_in(Role.DRIVER)
    assert LIST in clerk.get("/").text
    assert "35.00" in watcher.get(LIST).text
    assert driver.get(LIST).status_code == 403
    assert watcher.post(f"{LIST}/{toll.id}/entry", data={}).status_code == 403
    assert "card_id" not in clerk.get(f"{LIST}/{toll.id}/entry").text
    assert "card_id" in clerk.get(f"{LIST}/{fuel.id}/entry").text
    assert clerk.post(f"{LIST}/{toll.id}/refusal", data={"reason_given": ""}).status_code == 422
    assert clerk.post(f"{LIST}/{toll.id}/entry", data={"payee": "收费站", "paper_no": "1"}).status_code == 303
    assert clerk.post(f"{LIST}/{toll.id}/entry", data={"payee": "收费站", "paper_no": "1"}).status_code == 422
    assert clerk.post(f"{LIST}/{fuel.id}/refusal", data={"reason_given": "已用油卡支付"}).status_code == 303
    assert "已用油卡支付" in clerk.get(f"{LIST}?state=refused").text
    assert clerk.get(f"{LIST}/999/entry").status_code == 404
    assert clerk.get(f"{LIST}/{toll.id}/photograph").status_code == 404
