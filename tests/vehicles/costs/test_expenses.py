"""What drivers paid on the way: into the ledger once, with the receipt; or not, and why."""

import io
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from ops.core.access import Actor
from ops.core.db import db, transaction
from ops.core.errors import Rejected
from ops.core.period import year
from ops.indicators.readings import read
from ops.people.roles import Role
from ops.vehicles.costs import account, expense_queries, expense_service, service
from ops.vehicles.costs.models import FuelFill, VehicleCost
from ops.vehicles.driving import service as driving
from ops.vehicles.driving.models import TripExpense
from ops.vehicles.models import Dispatch
from tests.app_fixtures import SignIn
from tests.factories import AT
from tests.vehicles.costs.factories import make_driven, make_fill


def noted(trip: Dispatch, by: Actor, kind: str = "toll", amount: str = "35.50", **values: Any) -> TripExpense:
    """As the driver's phone sends it."""
    typed: dict[str, Any] = {"expense": kind, "amount": Decimal(amount), "litres": None, "photo": None, **values}
    key = f"{trip.id:08x}{db.session.query(TripExpense).count():08x}"
    with transaction():
        driving.receive(trip, key, "expense", by, at=AT + timedelta(hours=1), **typed)
    return db.session.scalars(select(TripExpense).order_by(TripExpense.id.desc())).first()  # type: ignore[return-value]


def take(expense: TripExpense, by: Actor, **values: Any) -> None:
    usual = {"payee": "", "paper_no": "", "is_full": False, "besides": False}
    with transaction():
        expense_service.take_over(expense, **{**usual, **values}, by=by)


def test_taken_over_it_counts_once_with_its_trip_and_receipt(app: Flask, by: Actor, sign_in: SignIn) -> None:
    trip, receipt = make_driven(1000, 1100), FileStorage(io.BytesIO(b"\xff\xd8 a receipt"), "receipt.jpg")
    expense = noted(trip, by, photo=receipt)
    assert account.of_car(trip.vehicle_id, year(2023)).total is None
    take(expense, by)
    with pytest.raises(Rejected):
        take(expense, by)
    [cost] = db.session.scalars(select(VehicleCost))
    assert (cost.kind, cost.amount, cost.dispatch_id) == ("tolls", Decimal("35.50"), trip.id)
    assert cost.attachment_id == expense.photo_id is not None
    assert account.of_car(trip.vehicle_id, year(2023)).total == Decimal("35.50")
    assert read("vehicles.cost_per_km", year(2023), trip.vehicle_id).value == Decimal("0.355")
    finance = sign_in(Role.FINANCE)
    assert finance.get(f"/vehicles/costs/proofs/{cost.attachment_id}").data == b"\xff\xd8 a receipt"
    assert finance.get(f"/vehicles/costs/expenses/{expense.id}/photograph").data == b"\xff\xd8 a receipt"


def test_a_reversed_row_opens_the_expense_again(app: Flask, by: Actor) -> None:
    expense = noted(make_driven(), by)
    take(expense, by)
    with transaction():
        service.reverse(db.session.scalars(select(VehicleCost)).one(), "记错", by)
    assert expense_queries.waiting_count() == 1
    take(expense, by)
    assert expense_queries.waiting_count() == 0
    assert db.session.query(VehicleCost).count() == 3


def test_fuel_becomes_a_fill_but_not_when_the_card_has_it(app: Flask, by: Actor) -> None:
    trip = make_driven()
    fuel = noted(trip, by, "fuel", "300.00", litres=Decimal("40.25"))
    make_fill(AT + timedelta(hours=1), "40.25", "300.00", vehicle_id=trip.vehicle_id)
    with pytest.raises(Rejected) as refusal:
        take(fuel, by)
    assert refusal.value.field == "besides"
    with transaction():
        expense_service.turn_down(fuel, "油卡对账单已有", by)
    with pytest.raises(Rejected):
        take(fuel, by, besides=True)
    assert db.session.query(FuelFill).count() == 1
    second = noted(trip, by, "fuel", "300.00", litres=Decimal("40.25"))
    take(second, by, besides=True, is_full=True)
    assert {each.is_full for each in db.session.scalars(select(FuelFill))} == {True}
    assert db.session.query(FuelFill).count() == 2


def test_the_pages_list_take_over_and_turn_down_and_keep_what_was_typed(app: Flask, by: Actor, sign_in: SignIn) -> None:
    trip = make_driven()
    toll, parking, same = noted(trip, by), noted(trip, by, "parking", "10"), noted(trip, by)
    dispatcher, list_page = sign_in(Role.DISPATCHER), "/vehicles/costs/expenses"
    assert "待入账的途中费用" in dispatcher.get("/").text
    shown = dispatcher.get(list_page).text
    assert trip.vehicle.plate in shown
    assert f"{list_page}/{toll.id}/taking-over" in shown
    assert dispatcher.post(f"{list_page}/{toll.id}/taking-over", data={"payee": "高速公路"}).status_code == 303
    assert dispatcher.post(f"{list_page}/{same.id}/taking-over", data={"payee": "高速公路"}).status_code == 303
    again = dispatcher.post(f"{list_page}/{toll.id}/taking-over", data={"payee": "高速公路"})
    assert again.status_code == 422
    assert "该项费用已入账" in again.text
    assert 'value="高速公路"' in again.text
    assert dispatcher.post(f"{list_page}/{parking.id}/turning-down", data={}).status_code == 422
    said = {"reason_given": "没有票据"}
    assert dispatcher.post(f"{list_page}/{parking.id}/turning-down", data=said).status_code == 303
    assert "没有票据" in dispatcher.get(f"{list_page}?state=refused").text
    assert dispatcher.get(f"{list_page}/99/photograph").status_code == 404
    order = dispatcher.get(f"/vehicles/board/orders/{trip.id}").text
    assert "过路过桥费 35.50" in order
    assert "停车费 10" not in order
    assert sign_in(Role.DRIVER).get(list_page).status_code == 403
    assert sign_in(Role.AUDITOR).post(f"{list_page}/{toll.id}/taking-over", data={}).status_code == 403
