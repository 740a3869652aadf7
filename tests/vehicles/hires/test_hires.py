"""Hires recorded from paper, the list, and who may do what."""

import re
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import func, select

from ops.core.db import db, transaction
from ops.core.period import month
from ops.indicators.readings import read
from ops.people.roles import Role
from ops.vehicles.hires import money_service
from ops.vehicles.hires.models import Hire, HiredTrip
from tests.app_fixtures import SignIn
from tests.factories import DAY, make_unit
from tests.vehicles.factories import BY, approve_hire, make_asked_hire, make_hire, make_vendor, order_hire

MAY = month(2023, 5)


def typed(**values: Any) -> dict[str, Any]:
    usual = {
        "activity": "业务培训", "day": "2023-05-09", "reason_class": "training", "paper_no": "租审1号",
        "vehicle_class": "coach", "how_many": "3", "price": "1,200.50", "plates": "冀b1 冀B2",
    }  # fmt: skip
    return {**usual, **values}


def figures() -> list[Decimal | None]:
    return [read(name, MAY).value for name in ("vehicles.hired_activities", "vehicles.hired_trips")]


def test_an_activity_is_recorded_from_paper_with_its_vehicle_trips(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(Role.DISPATCHER)
    assert client.get("/vehicles/hires/record").status_code == 200
    given = typed(unit_id=make_unit().id, vendor_id=make_vendor().id)
    answer = client.post("/vehicles/hires/record", data=given)
    assert answer.status_code == 303
    assert figures() == [1, 3]
    assert read("vehicles.hired_cost", MAY).value == Decimal("3601.50")
    plates = db.session.scalars(select(HiredTrip.plate).order_by(HiredTrip.id)).all()
    assert plates == ["冀B1", "冀B2", None]
    assert "3,601.50" in client.get(answer.location).get_data(as_text=True)


@pytest.mark.parametrize(
    "wrong",
    [{"plates": "A B C D"}, {"how_many": "0"}, {"price": "-1"}, {"price": "1.005"}, {"price": "viel"},
     {"reason_class": "holiday"}, {"day": "09.05.2023"}, {"activity": ""}, {"unit_id": "999"}, {"vendor_id": "999"},
     {"day": "2019-05-09"}],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_nothing_is_written(app: Flask, sign_in: SignIn, wrong: dict[str, str]) -> None:
    given = typed(**{"unit_id": make_unit().id, "vendor_id": make_vendor().id, **wrong})
    answer = sign_in(Role.DISPATCHER).post("/vehicles/hires/record", data=given)
    assert answer.status_code == 422
    assert "租审1号" in answer.get_data(as_text=True)
    assert db.session.scalar(select(func.count()).select_from(Hire)) == 0
    assert figures() == [None, None]


def test_more_vehicles_are_added_to_the_activity(app: Flask, sign_in: SignIn) -> None:
    hire = make_hire()
    client, address = sign_in(Role.DISPATCHER), f"/vehicles/hires/{hire.id}/trips/new"
    assert client.get(address).status_code == 200
    given = {"vendor_id": make_vendor().id, "vehicle_class": "sedan", "how_many": "1", "price": "300"}
    assert client.post(address, data=given).status_code == 422, "no contract price, no reason"
    assert client.post(address, data={**given, "off_list_reason": "就近"}).status_code == 303
    assert client.post(address, data={**given, "vendor_id": ""}).status_code == 422
    assert figures() == [1, 3]
    assert '<p class="quiet">就近</p></div></td>' in client.get(f"/vehicles/hires/{hire.id}").text


def test_a_void_activity_stays_to_be_read_and_does_not_count(app: Flask, sign_in: SignIn) -> None:
    hire, other = make_hire(), make_hire()
    client, address = sign_in(Role.DISPATCHER), f"/vehicles/hires/{hire.id}/void"
    assert figures() == [2, 4]
    assert client.get(address).status_code == 200
    assert client.post(address, data={"reason_given": " "}).status_code == 422
    assert client.post(address, data={"reason_given": "重复登记"}).status_code == 303
    assert client.post(address, data={"reason_given": "重复登记"}).status_code == 422
    assert figures() == [1, 2]
    assert "重复登记" in client.get(f"/vehicles/hires/{hire.id}").get_data(as_text=True)
    voided = client.get("/vehicles/hires?state=void&reason=training&sort=cost").get_data(as_text=True)
    assert f'/vehicles/hires/{hire.id}"' in voided
    assert f'/vehicles/hires/{other.id}"' not in voided


def test_the_list_is_narrowed_sorted_and_goes_to_excel(app: Flask, sign_in: SignIn) -> None:
    mine, other = make_hire(activity="春季培训"), make_hire(reason_class="event", activity="运动会", how_many=1)
    client, vendor = sign_in(Role.AUDITOR), mine.trips[0].vendor_id
    for finds in ("reason=training", f"unit={mine.unit_id}", f"vendor={vendor}", "q=春季"):
        shown = client.get(f"/vehicles/hires?{finds}").get_data(as_text=True)
        assert "春季培训" in shown, finds
        assert "运动会" not in shown, finds
    assert "春季培训" not in client.get("/vehicles/hires?period=2023-06").get_data(as_text=True)
    for sort in ("day", "activity", "unit", "reason", "paper", "trips", "cost", "state"):
        assert client.get(f"/vehicles/hires?sort={sort}&down=1&period=2023").status_code == 200
    book = load_workbook(BytesIO(client.get("/vehicles/hires?reason=event&format=xlsx").data)).active
    rows = [list(row) for row in book.values]
    [only, total] = rows[3:]
    assert (only[2], only[8], only[9]) == ("运动会", 1, 1200.5)
    assert (total[0], total[8], total[9]) == ("合计", "=SUM(I4:I4)", "=SUM(J4:J4)")
    assert other.no in str(only)


DEEDS = ("approval", "papers/new", "trips/new", "calling-off", "void", "submission", "answer", "payment", "rating")


def test_those_who_watch_read_and_write_nothing(app: Flask, sign_in: SignIn) -> None:
    hire = make_hire()
    for role in (Role.LEADER, Role.AUDITOR, Role.DISCIPLINE):
        watcher = sign_in(role)
        assert watcher.get(f"/vehicles/hires/{hire.id}").status_code == 200
        assert watcher.get("/vehicles/hires/99").status_code == 404
        for deed in DEEDS:
            assert watcher.post(f"/vehicles/hires/{hire.id}/{deed}").status_code == 403, (role, deed)
    assert sign_in(Role.DRIVER).get("/vehicles/hires").status_code == 403


def test_a_unit_sees_its_own_hires_only(app: Flask, sign_in: SignIn) -> None:
    mine, other = make_hire(), make_hire()
    liaison = sign_in(Role.LIAISON, unit_id=mine.unit_id)
    shown = liaison.get("/vehicles/hires").get_data(as_text=True)
    assert f'/vehicles/hires/{mine.id}"' in shown
    assert f'/vehicles/hires/{other.id}"' not in shown
    assert liaison.get(f"/vehicles/hires/{mine.id}").status_code == 200
    assert liaison.get(f"/vehicles/hires/{other.id}").status_code == 404
    assert liaison.post(f"/vehicles/hires/{other.id}/calling-off", data={"reason_given": "x"}).status_code == 404


def test_the_order_page_offers_what_was_approved_at_the_prices_of_the_day(app: Flask, sign_in: SignIn) -> None:
    wanted = {"coach": 1, "minibus": 2}
    hire = approve_hire(make_asked_hire(people=86, wanted=wanted, estimate=Decimal(3600)))
    vendor, poor = make_vendor({"coach": 1400, "sedan": 300}), make_vendor({"minibus": 800}, seat_cover=Decimal(10))
    client, address = sign_in(Role.DISPATCHER), f"/vehicles/hires/{hire.id}/trips/new"
    shown = client.get(address).text
    assert 'value="sedan"' not in shown
    assert shown.rindex(poor.name) < shown.index("保额不足") < shown.index("1,400.00"), "the smallest class first"
    assert "300.00" not in shown
    order_hire(hire, vendor)
    shown = client.get(address).text
    assert 'selected value="minibus"' in shown
    assert "已预订1,400.00元，预算金额3,600.00元" in shown
    assert re.search(r'<input[^>]*name="how_many"[^>]*value="2"', shown), "both are still to be ordered"


def test_a_budget_leads_to_the_hires_that_took_it(app: Flask, sign_in: SignIn) -> None:
    hire = approve_hire(make_asked_hire(activity="春季培训"))
    make_asked_hire(unit_id=hire.unit_id, activity="中心活动", money_from="centre")
    with transaction():
        money_service.set_budget(hire.unit_id, DAY.year, Decimal(9000), "预算批复", BY)
    client = sign_in(Role.FINANCE)
    shown = client.get("/vehicles/hire-budgets?year=2023").text
    assert "1,500.00" in shown
    assert "合计" in shown
    address = f"/vehicles/hires?unit={hire.unit_id}&paid=unit&period=2023&state=standing"
    assert address.replace("&", "&amp;") in shown
    listed = client.get(address).text
    assert "春季培训" in listed
    assert "中心活动" not in listed
