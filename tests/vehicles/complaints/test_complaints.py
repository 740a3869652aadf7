"""A complaint about a car: entered, looked into, answered; on the car, the trip and in the platform's export."""

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import func, select

from ops.core import clock
from ops.core.access import Actor
from ops.core.audit import AuditEntry
from ops.core.db import db, transaction
from ops.core.demo import DemoYear
from ops.core.errors import Rejected
from ops.core.period import year
from ops.core.workcalendar import working_days
from ops.people.roles import Role
from ops.vehicles import service as trips
from ops.vehicles.complaints import demo, queries, service
from ops.vehicles.complaints.models import Complaint, ComplaintState
from ops.vehicles.complaints.rules import OPEN
from ops.vehicles.exchange import platform
from ops.vehicles.models import Dispatch
from tests.app_fixtures import SignIn
from tests.factories import AT, make_driver, make_vehicle
from tests.vehicles.factories import BY, make_departure, make_dispatch

TODAY = clock.today()
PAGE = "/vehicles/complaints"
GIVEN = {
    "source": "hotline", "order_no": "TS2023-1", "received_on": "2023-05-10", "happened_at": "2023-05-09T09:00",
    "vehicle_id": "", "driver_id": "", "what": "在非停车位停放", "complainant": "赵先生", "phone": "0315-7654321",
    "answer_by": "2023-05-17",
}  # fmt: skip


def driven() -> Dispatch:
    trip = make_departure(make_dispatch(AT.replace(hour=8)))
    with transaction():
        trips.take_back(trip, trip.starts_at + timedelta(hours=3), 1080, BY)
    return trip


def received(**values: Any) -> Complaint:
    usual: dict[str, Any] = {**GIVEN, "received_on": TODAY, "answer_by": TODAY, "happened_at": datetime(2023, 5, 9, 9)}
    usual |= {"vehicle_id": values.get("vehicle_id") or make_vehicle().id, "driver_id": None, "order_no": ""}
    with transaction():
        return service.enter(by=BY, **{**usual, **values})


def state(complaint: Complaint) -> ComplaintState:
    db.session.expire_all()
    return complaint.state


def test_from_the_car_to_the_answer(app: Flask, sign_in: SignIn) -> None:
    trip, section = driven(), sign_in(Role.DISPATCHER)
    answer = section.post(f"{PAGE}/new", data={**GIVEN, "vehicle_id": str(trip.vehicle_id)})
    assert answer.status_code == 303, answer.text
    found = db.session.scalars(select(Complaint)).unique().one()
    assert (found.request_id, found.driver_id) == (trip.request_id, trip.driver_id), "the trip of that moment"
    page = f"{PAGE}/{found.id}"
    shown = section.get(page).text
    for said in ("在非停车位停放", "赵先生", "0315-7654321", f"/vehicles/requests/{trip.request_id}", trip.driver.name):
        assert said in shown
    for place in (f"/vehicles/cars/{trip.vehicle_id}", f"/vehicles/requests/{trip.request_id}"):
        assert PAGE in section.get(place).text
    assert f'{page}"' in section.get(f"{PAGE}?vehicle={trip.vehicle_id}").text
    assert section.get(f"{page}/answer").location == page, "nobody is answered before it was looked into"
    assert "请先登记核实情况" in section.get(page).text
    finding = {"finding": "partly", "words": "等候时临时停靠", "day": str(TODAY)}
    assert section.post(f"{page}/finding", data={**finding, "words": " "}).status_code == 422
    assert section.post(f"{page}/finding", data={**finding, "day": "2023-05-01"}).status_code == 422
    assert section.post(f"{page}/finding", data=finding).status_code == 303
    told = {"words": "已电话答复", "day": str(TODAY)}
    assert section.post(f"{page}/answer", data={**told, "seen": "received-0"}).status_code == 422, "a stale page"
    assert section.post(f"{page}/answer", data=told).status_code == 303
    assert section.post(f"{page}/answer", data=told).status_code == 422
    for deed in ("finding", "answer", "void"):
        assert section.get(f"{page}/{deed}").location == page, deed
    assert state(found) is ComplaintState.ANSWERED
    assert all(words in section.get(page).text for words in ("部分属实", "等候时临时停靠", "已电话答复"))


@pytest.mark.parametrize(("wrong", "field"), [
    ({}, "vehicle_id"), ({"driver_id": "999"}, "driver_id"), ({"received_on": "2099-01-01"}, "received_on"),
    ({"happened_at": "2023-05-11T09:00"}, "happened_at"), ({"answer_by": "2023-05-09"}, "answer_by"),
    ({"what": " "}, "what"), ({"source": "rumour"}, "source"), ({"phone": "没有"}, "phone"),
])  # fmt: skip
def test_what_makes_no_sense_is_refused_beside_its_field(
    app: Flask, sign_in: SignIn, wrong: dict[str, str], field: str
) -> None:
    about = {"driver_id": str(make_driver().id)} if wrong else {}
    answer = sign_in(Role.FLEET_HEAD).post(f"{PAGE}/new", data={**GIVEN, **about, **wrong})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert "在非停车位停放" in answer.text or field == "what"
    assert db.session.scalar(select(func.count()).select_from(Complaint)) == 0


def test_an_order_of_the_hotline_is_entered_once_unless_it_was_a_mistake(app: Flask, sign_in: SignIn) -> None:
    client, given = sign_in(Role.DISPATCHER), {**GIVEN, "vehicle_id": str(make_vehicle().id)}
    assert client.post(f"{PAGE}/new", data=given).status_code == 303
    again = client.post(f"{PAGE}/new", data=given)
    assert (again.status_code, "该工单编号已登记过" in again.text) == (422, True)
    [key] = db.session.scalars(select(Complaint.id))
    assert client.post(f"{PAGE}/{key}/void", data={"words": ""}).status_code == 422
    assert client.post(f"{PAGE}/{key}/void", data={"words": "登记错车辆"}).status_code == 303
    assert client.post(f"{PAGE}/new", data=given).status_code == 303


def test_the_trip_is_that_of_the_moment_of_car_or_driver_or_none(app: Flask) -> None:
    trip = driven()
    at = trip.starts_at + timedelta(hours=1)
    assert [queries.trip_at(at, *about) for about in ((trip.vehicle_id, None), (None, trip.driver_id))] == [trip, trip]
    assert queries.trip_at(at, make_vehicle().id, None) is None
    assert queries.trip_at(at + timedelta(hours=3), trip.vehicle_id, None) is None, "it was back"
    out = make_departure(make_dispatch(AT + timedelta(days=5)))
    assert queries.trip_at(out.starts_at + timedelta(days=2), out.vehicle_id, None) == out, "it is not back yet"
    assert received(vehicle_id=trip.vehicle_id, happened_at=at + timedelta(days=1)).request_id is None


def test_who_complained_is_read_by_those_who_deal_with_it_and_by_discipline(app: Flask, sign_in: SignIn) -> None:
    page = f"{PAGE}/{received().id}"
    for role, reads in ((Role.DISPATCHER, True), (Role.DISCIPLINE, True), (Role.AUDITOR, False), (Role.FINANCE, False)):
        shown = sign_in(role).get(page)
        assert shown.status_code == 200
        assert ("赵先生" in shown.text) == reads, role
    for role in (Role.AUDITOR, Role.DISCIPLINE, Role.FINANCE):
        assert [sign_in(role).get(f"{page}{deed}").status_code for deed in ("/finding", "/answer", "/void")] == [
            403
        ] * 3
    assert sign_in(Role.LIAISON).get(page).status_code == 403
    entered = db.session.scalars(select(AuditEntry.changes).where(AuditEntry.action == "vehicles.complaint.received"))
    told = entered.all()
    assert told
    assert not any("赵先生" in each for each in told), "who reads the trail need not know him"


def test_a_complaint_is_of_what_has_happened_and_is_answered_once_it_is_looked_into(app: Flask) -> None:
    with pytest.raises(Rejected) as refused:
        received(happened_at=clock.now() + timedelta(minutes=1))
    assert refused.value.field == "happened_at"
    complaint = received(received_on=TODAY - timedelta(days=5))
    with transaction():
        service.find(complaint, "true", "属实", TODAY - timedelta(days=1), BY)
    with pytest.raises(Rejected) as refused, transaction():
        service.answer(complaint, "已答复", TODAY - timedelta(days=2), BY)
    assert refused.value.field == "day"
    assert state(complaint) is ComplaintState.TRUE


def test_discipline_files_a_complaint_under_a_violation(app: Flask, sign_in: SignIn) -> None:
    trip, client = driven(), sign_in(Role.DISCIPLINE)
    on_trip = received(vehicle_id=trip.vehicle_id, happened_at=trip.starts_at + timedelta(hours=1))
    of_car = received()
    for complaint, kind, key in ((on_trip, "trip", trip.request_id), (of_car, "car", of_car.vehicle_id)):
        address = f"/vehicles/filed-violations/new/{kind}/{key}"
        assert address in client.get(f"{PAGE}/{complaint.id}").text
        assert client.get(address).status_code == 200
    assert PAGE in client.get("/vehicles/filed-violations").text


def test_the_start_page_counts_what_is_to_be_answered(app: Flask, sign_in: SignIn) -> None:
    received()
    start = sign_in(Role.FLEET_HEAD).get("/").text
    assert "待答复的车辆投诉" in start
    assert f"{PAGE}?state=open" in start
    late = received(received_on=TODAY - timedelta(days=9), answer_by=TODAY - timedelta(days=1))
    head = sign_in(Role.FLEET_HEAD)
    assert f"{PAGE}?state=overdue" in head.get("/").text
    assert head.get(f"{PAGE}?state=overdue").text.count(f'{PAGE}/{late.id}"') == 1
    assert head.get(f"{PAGE}?state=overdue").text.count(f'href="{PAGE}/') == 2, "that one, and the way to enter one"
    assert head.get(f"{PAGE}?state=open").text.count(f'href="{PAGE}/') == 3
    assert "待答复的车辆投诉" not in sign_in(Role.AUDITOR).get("/").text


def test_the_list_is_narrowed_and_sorted(app: Flask, sign_in: SignIn) -> None:
    mine, other = received(what="未减速"), received(source="letter")
    with transaction():
        service.void(other, "重复", BY)
    client = sign_in(Role.AUDITOR)
    for finds, hides in (("state=received", "state=void"), ("source=hotline", "source=letter"), ("q=未减速", "q=别的"),
                         (f"vehicle={mine.vehicle_id}", f"vehicle={other.vehicle_id}"),
                         (f"period={TODAY.year}", f"period={TODAY.year}&state=true")):  # fmt: skip
        assert f'{PAGE}/{mine.id}"' in client.get(f"{PAGE}?{finds}").text, finds
        assert f'{PAGE}/{mine.id}"' not in client.get(f"{PAGE}?{hides}").text, hides
    for sort in ("no", "received", "source", "car", "driver", "answer_by", "state"):
        assert client.get(f"{PAGE}?sort={sort}&down=1").status_code == 200


def test_the_platform_gets_each_that_stands_with_its_finding_and_answer_and_no_name(app: Flask, by: Actor) -> None:
    found, gone = received(order_no="TS-7", what="未减速"), received(what="登记错的")
    with transaction():
        service.void(gone, "重复", BY)
        service.find(found, "untrue", "按限速行驶", TODAY, BY)
        service.answer(found, "已答复", TODAY, BY)
    with db.session.no_autoflush, app.test_request_context():
        book = load_workbook(BytesIO(platform.workbook(year(TODAY.year))))
    [name] = [each for each in book.sheetnames if each.startswith("7.16")]
    head, *rows = [list(row) for row in book[name].values]
    [row] = rows
    told = dict(zip(head, row, strict=True))
    assert (told["工单编号"], told["投诉内容"], told["核实结论"], told["核实情况"]) == (
        "TS-7",
        "未减速",
        "不属实",
        "按限速行驶",
    )
    assert (told["答复内容"], told["答复日期"].date(), told["状态"]) == ("已答复", TODAY, "已答复投诉人")
    assert "赵先生" not in str(row)


def test_of_the_demo_years_only_the_newest_leaves_one_open(app: Flask) -> None:
    for of in (2022, 2023):
        for number in range(6):
            make_departure(make_dispatch(datetime(of, number + 1, 10, 8)))
        with transaction():
            demo.make(DemoYear(of, working_days(year(of))))
    found = db.session.scalars(select(Complaint)).unique().all()
    assert {each.received_on.year for each in found if each.state in OPEN} == {2023}
    assert len([each for each in found if each.state in OPEN]) == 1
    for each in found:
        assert each.happened_at.date() <= each.received_on <= each.answer_by
        assert all(each.received_on <= step.day <= each.answer_by for step in each.steps)
        assert "（演示）" in each.what
