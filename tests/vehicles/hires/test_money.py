"""Vendors and contracts, orders, what was driven, invoices, the unit's answer, payment, rating and the notice."""

import re
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import select

from ops.core import clock
from ops.core.db import db, transaction
from ops.core.errors import Rejected
from ops.core.period import month
from ops.indicators.readings import read
from ops.indicators.rollup import refresh
from ops.indicators.verification import drifts
from ops.people.roles import Role
from ops.vehicles.hires import money_service, service, vendor_queries
from ops.vehicles.hires.models import Hire
from ops.vehicles.hires.money_models import HireInvoice
from ops.vehicles.hires.service import Order
from ops.vehicles.hires.states import HireState
from ops.vehicles.hires.vendor_models import HireContract, HireVendor
from tests.app_fixtures import SignIn
from tests.factories import DAY, make_unit
from tests.vehicles.factories import (
    BY,
    approve_hire,
    drive_hire,
    invoice_hire,
    make_asked_hire,
    make_hire,
    make_vendor,
    order_hire,
)

MAY = month(2023, 5)


def figure(name: str) -> Decimal | None:
    return read(f"vehicles.{name}", MAY).value


def ordered(**values: Any) -> Hire:
    return order_hire(approve_hire(make_asked_hire(**values)))


def test_a_vendor_gets_a_contract_and_prices_that_hold_from_their_day(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(Role.DISPATCHER)
    given = {"name": "顺达租赁（演示）", "credit_code": "", "contact": "张", "phone": "1"}
    answer = client.post("/vehicles/hire-vendors/new", data=given)
    assert answer.status_code == 303
    assert client.post("/vehicles/hire-vendors/new", data=given).status_code == 422, "not twice"
    contract = {
        "number": "租2号", "valid_from": "2023-01-01", "valid_to": "2023-12-31", "liability": "150", "seat_cover": "40",
        "scan": (BytesIO(b"%PDF-1"), "合同.pdf"),
    }  # fmt: skip
    address = f"{answer.location}/contracts/new"
    assert client.post(address, data={**contract, "valid_to": "2022-01-01"}).status_code == 422
    contract["scan"] = (BytesIO(b"%PDF-1"), "合同.pdf")
    assert client.post(address, data=contract).status_code == 303
    contract["scan"] = ""
    assert client.post(address, data=contract).status_code == 422, "one number, one contract"
    key = db.session.scalars(select(HireContract.id)).one()
    prices = f"/vehicles/hire-vendors/contracts/{key}/prices/new"
    price = {
        "vehicle_class": "coach", "method": "by_day", "price": "1400", "base_km": "100", "base_hours": "9",
        "km_price": "2", "hour_price": "30", "valid_from": "2023-01-01",
    }  # fmt: skip
    assert client.post(prices, data={**price, "price": "0"}).status_code == 422
    assert client.post(prices, data={**price, "valid_from": "2024-01-01"}).status_code == 422
    assert client.post(prices, data=price).status_code == 303
    assert client.post(prices, data=price).status_code == 422
    assert client.post(prices, data={**price, "price": "1500", "valid_from": "2023-06-01"}).status_code == 303
    vendor = db.session.scalars(select(HireVendor)).one()
    found = [
        vendor_queries.contract_price(vendor.id, "coach", day) for day in (DAY, date(2023, 6, 1), date(2024, 1, 1))
    ]
    assert [each.price if each else None for each in found] == [1400, 1500, None]
    shown = client.get(answer.location).get_data(as_text=True)
    assert "要求不低于50" in shown, "the cover of a seat is too small"
    assert client.get(f"/vehicles/hire-vendors/contracts/{key}/scan").data == b"%PDF-1"
    end = f"/vehicles/hire-vendors/contracts/{key}/end"
    assert client.post(end, data={"from_on": "2025-01-01", "reason_given": "x"}).status_code == 422
    assert client.post(end, data={"from_on": "2023-05-01", "reason_given": "服务差"}).status_code == 303
    assert client.post(end, data={"from_on": "2023-05-01", "reason_given": "服务差"}).status_code == 422
    db.session.expire_all()
    assert vendor_queries.contract_price(vendor.id, "coach", DAY) is None
    for page in (address, prices, end, "/vehicles/hire-vendors/new", "/vehicles/hire-vendors?contract=none&sort=cost"):
        assert client.get(page).status_code == 200


def test_vehicles_are_ordered_at_the_contract_price_and_no_more_than_approved(app: Flask) -> None:
    hire = approve_hire(make_asked_hire())
    order_hire(hire)
    assert (hire.trips[0].price, hire.trips[0].price_id is None) == (Decimal(1400), False)
    with pytest.raises(Rejected):
        order_hire(hire)
    assert (figure("hired_activities"), figure("hired_trips"), figure("hired_cost")) == (1, 1, 1400)


def test_a_vendor_without_enough_insurance_is_refused(app: Flask) -> None:
    hire = approve_hire(make_asked_hire())
    poor = make_vendor({"coach": 1000}, seat_cover=Decimal(10))
    with transaction(), pytest.raises(Rejected):
        service.order(hire, Order(poor.id, "coach", 1), BY)


def test_what_was_driven_makes_the_fee_and_a_correction_says_why(app: Flask, sign_in: SignIn) -> None:
    hire = ordered()
    client, trip = sign_in(Role.DISPATCHER), hire.trips[0]
    address = f"/vehicles/hires/trips/{trip.id}/actual"
    assert client.get(address).status_code == 200
    given = {"left_at": "2023-05-09T08:00", "back_at": "2023-05-09T18:00", "kilometres": "150", "extra": "15.50"}
    assert client.post(address, data={**given, "back_at": "2023-05-09T07:00"}).status_code == 422
    assert client.post(address, data={**given, "back_at": "2099-05-09T07:00"}).status_code == 422
    assert client.post(address, data=given).status_code == 303
    db.session.expire_all()
    assert hire.state is HireState.CARRIED_OUT
    assert figure("hired_cost") == Decimal("1545.50"), "1400, 50 km at 2, an hour at 30, tolls"
    assert client.post(address, data={**given, "kilometres": "100"}).status_code == 422
    assert client.post(address, data={**given, "kilometres": "100", "words": "抄错"}).status_code == 303
    assert figure("hired_cost") == Decimal("1445.50")
    assert "抄错" in client.get(f"/vehicles/hires/{hire.id}").get_data(as_text=True)
    refresh()
    assert list(drifts()) == []


def test_a_vehicle_that_did_not_come_does_not_count(app: Flask, sign_in: SignIn) -> None:
    hire = make_hire(how_many=2)
    client, address = sign_in(Role.DISPATCHER), f"/vehicles/hires/trips/{hire.trips[0].id}/cancellation"
    assert figure("hired_trips") == 2
    assert client.get(address).status_code == 200
    assert client.post(address, data={"reason_given": "人数减少"}).status_code == 303
    assert client.post(address, data={"reason_given": "人数减少"}).status_code == 422
    assert (figure("hired_activities"), figure("hired_trips"), figure("hired_cost")) == (1, 1, Decimal("1200.50"))
    with transaction():
        service.cancel_trip(hire.trips[1], "全部取消", BY)
    assert (figure("hired_activities"), figure("hired_trips")) == (None, None)


def test_an_invoice_is_taken_once(app: Flask, sign_in: SignIn) -> None:
    hire = drive_hire(ordered())
    client, vendor = sign_in(Role.FINANCE), hire.trips[0].vendor_id
    address = f"/vehicles/hire-vendors/{vendor}/invoices/new"
    assert "业务培训" in client.get(address).get_data(as_text=True)
    given = {"number": "fp-1", "day": "2023-05-20", "amount": "1440", "trip_ids": [str(hire.trips[0].id)]}
    assert client.post(address, data={**given, "amount": "1500"}).status_code == 422, "the difference is explained"
    assert client.post(address, data={**given, "trip_ids": []}).status_code == 422
    assert client.post(address, data={**given, "trip_ids": ["999"]}).status_code == 422
    answer = client.post(address, data={**given, "scan": (BytesIO(b"%PDF-1"), "发票.pdf")})
    assert answer.status_code == 303
    assert client.get(f"{answer.location}/scan").data == b"%PDF-1"
    db.session.expire_all()
    assert hire.state is HireState.INVOICED
    assert client.post(address, data=given).status_code == 422
    assert client.get(answer.location).status_code == 200
    with transaction(), pytest.raises(Rejected):
        service.void(hire, "x", BY)
    back = f"{answer.location}/return"
    assert client.get(back).status_code == 200
    assert client.post(back, data={"reason_given": "抬头错误"}).status_code == 303
    assert client.post(back, data={"reason_given": "抬头错误"}).status_code == 422
    db.session.expire_all()
    assert hire.state is HireState.CARRIED_OUT
    again = client.post(address, data=given)
    assert again.status_code == 422, "the number stays taken"
    assert "已登记过" in again.get_data(as_text=True)
    assert client.post(address, data={**given, "number": "FP-2"}).status_code == 303
    other = drive_hire(ordered())
    invoice_hire(other, "FP-1")
    shown = client.get(f"/vehicles/hire-invoices?vendor={vendor}&state=back&sort=amount").get_data(as_text=True)
    assert "FP-1" in shown
    assert "FP-2" not in shown


def test_one_invoice_covers_several_activities_of_a_vendor(app: Flask) -> None:
    vendor = make_vendor({"coach": 1400})
    hires = [drive_hire(order_hire(approve_hire(make_asked_hire()), vendor)) for _number in range(2)]
    keys, amount = [hire.trips[0].id for hire in hires], sum(hire.cost for hire in hires)
    with transaction():
        money_service.take_invoice(vendor, "1", DAY, Decimal(amount), keys, "", None, BY)
    assert {hire.state for hire in hires} == {HireState.INVOICED}


def test_the_unit_objects_is_answered_agrees_and_finance_pays(app: Flask, sign_in: SignIn) -> None:
    hire = drive_hire(ordered())
    invoice_hire(hire)
    address = f"/vehicles/hires/{hire.id}"
    office, liaison = sign_in(Role.DISPATCHER), sign_in(Role.LIAISON, unit_id=hire.unit_id)
    finance = sign_in(Role.FINANCE)
    assert liaison.post(f"{address}/answer", data={"verdict": "yes"}).status_code == 422, "not sent yet"
    assert office.get(f"{address}/submission").status_code == 200
    assert office.post(f"{address}/submission", data={"words": ""}).status_code == 303
    assert liaison.get(f"{address}/answer").status_code == 200
    assert "?state=submitted" in liaison.get("/").get_data(as_text=True)
    assert liaison.post(f"{address}/answer", data={"verdict": "no", "words": ""}).status_code == 422
    assert liaison.post(f"{address}/answer", data={"verdict": "no", "words": "少坐一辆"}).status_code == 303
    assert finance.post(f"{address}/payment", data={"words": "1"}).status_code == 422
    assert office.post(f"{address}/submission", data={"words": ""}).status_code == 422, "the objection is answered"
    assert office.post(f"{address}/submission", data={"words": "已核对派车"}).status_code == 303
    assert liaison.post(f"{address}/answer", data={"verdict": "yes"}).status_code == 303
    assert finance.get(f"{address}/payment").status_code == 200
    assert "?state=agreed" in finance.get("/").get_data(as_text=True)
    assert finance.post(f"{address}/payment", data={"words": ""}).status_code == 422
    assert finance.post(f"{address}/payment", data={"words": "支付凭证12号"}).status_code == 303
    assert finance.post(f"{address}/payment", data={"words": "支付凭证12号"}).status_code == 422
    shown = liaison.get(address).get_data(as_text=True)
    assert all(words in shown for words in ("少坐一辆", "已核对派车", "支付凭证12号"))
    with transaction(), pytest.raises(Rejected):
        money_service.give_back(db.session.scalars(select(HireInvoice)).one(), "晚了", BY)
    assert liaison.get(f"{address}/rating").status_code == 200


def test_the_unit_rates_a_hire_once_and_the_vendor_shows_the_mean(app: Flask, sign_in: SignIn) -> None:
    hire = drive_hire(ordered())
    liaison = sign_in(Role.LIAISON, unit_id=hire.unit_id)
    address = f"/vehicles/hires/{hire.id}/rating"
    assert liaison.post(address, data={"stars": "6"}).status_code == 422
    assert liaison.post(address, data={"stars": "4", "words": "准时"}).status_code == 303
    assert liaison.post(address, data={"stars": "5"}).status_code == 422
    assert "4.0" in sign_in(Role.DISPATCHER).get("/vehicles/hire-vendors").get_data(as_text=True)


def test_nobody_acts_on_a_stale_page(app: Flask, sign_in: SignIn) -> None:
    hire = drive_hire(ordered())
    seen = hire.mark
    invoice_hire(hire)
    answer = sign_in(Role.DISPATCHER).post(f"/vehicles/hires/{hire.id}/submission", data={"words": "", "seen": seen})
    assert answer.status_code == 422


def test_the_month_is_made_public_and_a_later_change_is_told(app: Flask, sign_in: SignIn) -> None:
    hire = make_hire(activity="全区大会")
    make_hire(day=date(2023, 6, 1), activity="六月活动")
    client = sign_in(Role.DISPATCHER)
    shown = client.get("/vehicles/hire-notice?period=2023-05").get_data(as_text=True)
    assert "全区大会" in shown
    assert "六月活动" not in shown
    assert "2,401.00" in shown
    assert client.post("/vehicles/hire-notice/2023-05/publication").status_code == 303
    assert "公示后有变动" not in client.get("/vehicles/hire-notice?period=2023-05").get_data(as_text=True)
    with transaction():
        service.cancel_trip(hire.trips[0], "减少", BY)
    assert "公示后有变动" in client.get("/vehicles/hire-notice?period=2023-05").get_data(as_text=True)
    book = load_workbook(BytesIO(client.get("/vehicles/hire-notice?period=2023-05&format=xlsx").data)).active
    rows = [list(row) for row in book.values]
    assert (rows[3][2], rows[3][7], rows[3][8]) == ("全区大会", 1, 1200.5)
    month_now = f"{clock.today():%Y-%m}"
    client.post(f"/vehicles/hire-notice/{month_now}/publication")
    assert f" selected>{month_now} · 草稿" in client.get(f"/vehicles/hire-notice?period={month_now}").text
    months = re.findall(r'<option value="(\d{4}-\d\d)"[^>]*>([^<]+)<', client.get("/vehicles/hire-notice").text)
    assert months == [("2023-06", "2023-06 · 草稿"), ("2023-05", "2023-05 · 已公示")]
    assert client.get("/vehicles/hire-notice").status_code == 200
    assert sign_in(Role.AUDITOR).post("/vehicles/hire-notice/2023-05/publication").status_code == 403


def test_a_contract_that_runs_out_is_told_of(app: Flask, sign_in: SignIn) -> None:
    today = clock.today()
    make_vendor(valid_from=today - timedelta(days=300), valid_to=today + timedelta(days=20))
    assert vendor_queries.running_out(today) == 1
    assert "/vehicles/hire-vendors" in sign_in(Role.FLEET_HEAD).get("/").get_data(as_text=True)


def test_money_is_asked_and_recorded_by_machines_too(app: Flask, sign_in: SignIn) -> None:
    client, door = sign_in(Role.DISPATCHER), "/api/vehicles/hires"
    vendor, hire = make_vendor({"coach": 1400}), make_hire()
    body = {
        "unit_id": hire.unit_id, "activity": "应急", "reason_class": "emergency", "starts_at": "2023-05-09T08:00",
        "ends_at": "2023-05-09T17:00", "people": 40, "wanted": {"coach": 1}, "own_cars_why": "不足", "route": "市区",
        "estimate": "1500", "oral_by": "局长", "oral_at": "2023-05-09T07:00", "afterwards": "补录",
    }  # fmt: skip
    refused = client.post(door, json={**body, "people": 60})
    assert (refused.status_code, refused.json["field"]) == (422, "people")
    made = client.post(door, json=body)
    assert (made.status_code, made.json["state"]) == (201, "asked")
    key = made.json["id"]
    order = {"vendor_id": vendor.id, "vehicle_class": "coach", "how_many": 1, "seen": made.json["mark"]}
    done = client.post(f"{door}/{key}/trips", json=order)
    assert (done.status_code, done.json["trips"][0]["price"]) == (201, "1400.00")
    assert client.post(f"{door}/{key}/trips", json=order).status_code == 422, "the page is stale"
    trip = done.json["trips"][0]["id"]
    driven = {"left_at": "2023-05-09T08:00", "back_at": "2023-05-09T17:00", "kilometres": 110}
    answer = client.post(f"/api/vehicles/hired-trips/{trip}/actual", json=driven)
    assert (answer.status_code, answer.json["cost"], answer.json["state"]) == (201, "1420.00", "carried_out")
    listed = client.get(door).json
    assert (listed["total"], {row["id"] for row in listed["rows"]}) == (2, {key, hire.id})
    liaison = sign_in(Role.LIAISON, unit_id=make_unit().id)
    assert liaison.get(f"{door}/{key}").status_code == 404
    assert sign_in(Role.AUDITOR).post(door, json=body).status_code == 403


def test_the_unit_answers_with_the_vehicles_and_their_cost_before_its_eyes(app: Flask, sign_in: SignIn) -> None:
    hire = drive_hire(ordered(), 150)
    invoice_hire(hire, "FP-9")
    liaison, address = sign_in(Role.LIAISON, unit_id=hire.unit_id), f"/vehicles/hires/{hire.id}"
    finance = sign_in(Role.FINANCE)
    assert finance.post(f"{address}/submission", data={}).status_code == 303
    answered = liaison.get(f"{address}/answer").text
    assert "单位意见" in answered
    assert liaison.post(f"{address}/answer", data={"verdict": "yes"}).status_code == 303
    for shown in (answered, finance.get(f"{address}/payment").text):
        assert all(words in shown for words in ("费用明细", "FP-9", "1,400.00", "100.00", "1,500.00"))
    assert "超出费用100.00" in liaison.get(address).text


def test_the_workbooks_add_up_their_columns(app: Flask, sign_in: SignIn) -> None:
    make_hire(activity="全区大会", how_many=3)
    make_hire(activity="培训班")
    client = sign_in(Role.DISPATCHER)
    for address, cost in (("hires?", "J"), ("hire-notice?period=2023-05&", "I")):
        book = load_workbook(BytesIO(client.get(f"/vehicles/{address}format=xlsx").data)).active
        last = book.max_row
        assert (book.cell(last, 1).value, book[f"{cost}{last}"].value) == ("合计", f"=SUM({cost}4:{cost}{last - 1})")
        values = load_workbook(BytesIO(client.get(f"/vehicles/{address}format=xlsx").data), data_only=True).active
        assert values[f"{cost}{last}"].value == pytest.approx(5 * 1200.5)
        assert values[f"{cost}{last}"].number_format == "#,##0.00"
        assert "租赁社会车辆" in book.title


def test_vehicles_are_offered_to_order_until_all_of_them_are(app: Flask, sign_in: SignIn) -> None:
    hire, client = approve_hire(make_asked_hire()), sign_in(Role.DISPATCHER)
    page, order = f"/vehicles/hires/{hire.id}", f"/vehicles/hires/{hire.id}/trips/new"
    assert order in client.get(page).text
    order_hire(hire)
    assert order not in client.get(page).text
    answer = client.get(order)
    assert (answer.status_code, answer.location) == (303, page)
    assert "申请的车辆已全部预订" in client.get(page).text
    with transaction():
        service.cancel_trip(hire.trips[0], "车辆故障", BY)
    assert order in client.get(page).text, "one is missing again"
