"""A request of a day that is past, and the same request twice: told, never lost, never made by accident."""

from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from ops.core import clock
from ops.core.access import Actor
from ops.core.db import db, transaction
from ops.core.errors import Rejected
from ops.core.timeslot import Slot
from ops.people.roles import Role
from ops.vehicles import rules, service
from ops.vehicles.approvals import service as approvals
from ops.vehicles.approvals.permissions import APPROVES
from ops.vehicles.models import Dispatch, TripRequest
from tests.app_fixtures import SignIn
from tests.factories import AT, make_driver, make_unit, make_vehicle
from tests.vehicles.factories import make_dispatch

NEW = "/vehicles/requests/new"


def working_morning(days: int = 7) -> datetime:
    """Some weeks from now, or before, at half past eight."""
    return clock.now().replace(hour=8, minute=30, second=0) + timedelta(days=days)


def typed(unit_id: int, starts_at: datetime, **values: Any) -> dict[str, Any]:
    usual = {
        "unit_id": unit_id, "purpose": "调研", "destination": "市区", "people": "2", "contact": "乘车人01",
        "phone": "0315-0000000", "starts_at": f"{starts_at:%Y-%m-%dT%H:%M}",
        "ends_at": f"{starts_at + timedelta(hours=2):%Y-%m-%dT%H:%M}",
    }  # fmt: skip
    return {**usual, **values}


def asked() -> list[TripRequest]:
    db.session.rollback()
    return list(db.session.scalars(select(TripRequest).order_by(TripRequest.id)))


@pytest.fixture
def liaison(app: Flask, sign_in: SignIn) -> tuple[FlaskClient, int]:
    unit = make_unit()
    return sign_in(Role.LIAISON, unit_id=unit.id), unit.id


def test_yesterday_is_refused_beside_the_time_and_taken_with_the_reason(liaison: tuple[FlaskClient, int]) -> None:
    client, unit = liaison
    yesterday = typed(unit, working_morning(-1))
    refused = client.post(NEW, data=yesterday)
    assert refused.status_code == 422
    assert "补单原因" in refused.text.split('id="starts_at-error"')[1].split("</p>")[0]
    assert asked() == []
    taken = client.post(NEW, data={**yesterday, "afterwards": "夜间抢修，来不及申请"})
    assert taken.status_code == 303
    page = client.get(taken.location).text
    assert "夜间抢修" in page
    assert [each.afterwards for each in asked()] == ["夜间抢修，来不及申请"]
    assert f"/vehicles/requests/{asked()[0].id}" in client.get("/vehicles/requests?show=afterwards").text


def test_what_lies_ahead_is_not_recorded_afterwards(liaison: tuple[FlaskClient, int]) -> None:
    client, unit = liaison
    answer = client.post(NEW, data=typed(unit, working_morning(), afterwards="补单"))
    assert answer.status_code == 422
    assert "afterwards-error" in answer.text
    assert client.get("/vehicles/requests?show=afterwards").text.count("/vehicles/requests/1") == 0


@pytest.mark.pure
@pytest.mark.parametrize(
    ("starts", "ends", "past"),
    [("05-09 08:00", "05-09 11:00", False), ("05-09 08:00", "05-09 10:00", True), ("05-09 10:00", "05-09 10:01", False),
     ("05-08 23:00", "05-09 12:00", True), ("05-10 08:00", "05-10 09:00", False)],
)  # fmt: skip
def test_a_trip_is_past_when_it_is_over_or_began_on_an_earlier_day(starts: str, ends: str, past: bool) -> None:
    slot = Slot(datetime.fromisoformat(f"2023-{starts}"), datetime.fromisoformat(f"2023-{ends}"))
    assert rules.is_past(slot, datetime(2023, 5, 9, 10)) is past


def test_the_dispatcher_records_a_trip_of_yesterday_to_its_end(app: Flask, sign_in: SignIn) -> None:
    client, unit = sign_in(Role.DISPATCHER), make_unit()
    answer = client.post(NEW, data=typed(unit.id, AT, afterwards="临时任务"))
    given = {"vehicle_id": make_vehicle().id, "driver_id": make_driver().id}
    assert client.post(f"{answer.location}/dispatch", data=given).status_code == 303
    assert asked()[0].state == "assigned"


def test_the_same_once_more_shows_the_first_and_asks_to_confirm(liaison: tuple[FlaskClient, int]) -> None:
    client, unit = liaison
    begins = working_morning()
    first = client.post(NEW, data=typed(unit, begins)).location
    refused = client.post(NEW, data=typed(unit, begins + timedelta(hours=1), destination=" 市 区"))
    assert refused.status_code == 422
    assert f'href="{first}"' in refused.text
    assert "仍要提交" in refused.text
    assert len(asked()) == 1
    again = client.post(NEW, data=typed(unit, begins + timedelta(hours=1), again="y"))
    assert again.status_code == 303
    assert f'href="{first}"' in client.get(again.location).text  # each page names the other


def test_another_time_another_way_another_unit_and_a_withdrawn_one_are_no_repeats(
    liaison: tuple[FlaskClient, int], by: Actor
) -> None:
    client, unit = liaison
    begins = working_morning()
    for values in ({}, {"destination": "临港商务区"}):
        assert client.post(NEW, data=typed(unit, begins, **values)).status_code == 303
    assert client.post(NEW, data=typed(unit, begins + timedelta(hours=2))).status_code == 303
    with transaction():
        service.ask(make_unit().id, "调研", "市区", 2, begins, begins + timedelta(hours=2), by)
    with transaction():
        service.withdraw(asked()[0], "改期", by)
    assert client.post(NEW, data=typed(unit, begins)).status_code == 303
    assert len(asked()) == 5


def test_the_very_same_form_pressed_twice_is_one_request(liaison: tuple[FlaskClient, int]) -> None:
    client, unit = liaison
    page = client.get(NEW).text
    key = page.split('name="sent_key"')[1].split('value="')[1].split('"')[0]
    form = typed(unit, working_morning(), sent_key=key)
    first, second = (client.post(NEW, data=form) for _press in range(2))
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.location == second.location
    assert len(asked()) == 1
    changed = client.post(NEW, data={**form, "purpose": "会议"})  # by the back button, with another purpose
    assert changed.status_code == 422
    assert client.post(NEW, data={**form, "purpose": "会议", "again": "y"}).status_code == 303
    assert len(asked()) == 2


@pytest.mark.parametrize("gone", ["撤回", "退回"])
def test_a_form_sent_again_after_its_request_is_gone_says_so(
    liaison: tuple[FlaskClient, int], by: Actor, gone: str
) -> None:
    client, unit = liaison
    form = typed(unit, working_morning(), sent_key="b1", out_of_district="y", one_way_km="80")
    assert client.post(NEW, data=form).status_code == 303
    leader = replace(by, unit_id=unit, permissions=frozenset(APPROVES.values()))
    with transaction():
        if gone == "撤回":
            service.withdraw(asked()[0], "改期", by)
        else:
            approvals.decide(asked()[0], False, "不必要", leader)
    answer = client.post(NEW, data=form)
    assert answer.status_code == 422
    assert gone in answer.text.split("此前已提交")[1][:30]
    assert len(asked()) == 1
    assert client.post(NEW, data={**form, "sent_key": "b2"}).status_code == 303


def test_machines_are_asked_the_same(app: Flask, sign_in: SignIn) -> None:
    client, unit, begins = sign_in(Role.DISPATCHER), make_unit(), working_morning()
    body = {**typed(unit.id, begins), "people": 2}
    address = "/api/vehicles/requests"
    past = {"starts_at": f"{begins - timedelta(days=30):%Y-%m-%dT%H:%M}", "ends_at": body["starts_at"]}
    assert client.post(address, json={**body, **past}).json["field"] == "starts_at"
    first = client.post(address, json={**body, "sent_key": "a1"})
    assert client.post(address, json={**body, "sent_key": "a1"}).json["id"] == first.json["id"]
    assert client.post(address, json={**body, "sent_key": "a2"}).json["field"] == "again"
    assert client.post(address, json={**body, "again": True}).status_code == 201
    assert len(asked()) == 2


def test_more_people_than_any_own_car_seats_need_a_hired_one_without_the_tick(
    liaison: tuple[FlaskClient, int], sign_in: SignIn
) -> None:
    client, unit = liaison
    make_vehicle(seats=19)
    assert client.post(NEW, data=typed(unit, working_morning(), people="18")).status_code == 303
    bus = client.post(NEW, data=typed(unit, working_morning(), people="19", destination="港口"))
    assert [each.hired for each in asked()] == [False, True]
    assert "hired" in {reason.rule.condition for step in asked()[1].steps for reason in step.reasons}
    assert "租赁" in sign_in(Role.DISPATCHER).get(bus.location).text


def test_what_lies_ahead_is_not_moved_into_the_past_and_what_was_is_put_right(app: Flask, by: Actor) -> None:
    begins = working_morning()
    ahead, past = make_dispatch(begins), make_dispatch()
    for given, refused in ((ahead, True), (past, False)):
        to = (given.vehicle_id, given.driver_id, AT.replace(hour=14), AT.replace(hour=16), "改期", by)
        with pytest.raises(Rejected) if refused else nullcontext() as refusal, transaction():
            service.move(given, *to)
        assert not refused or (refusal and refusal.value.field == "starts_at")
    held = select(Dispatch.starts_at).where(Dispatch.released_at.is_(None)).order_by(Dispatch.starts_at)
    assert db.session.scalars(held).all() == [AT.replace(hour=14), begins]


def test_an_end_before_the_start_is_told_together_with_what_else_is_wrong(liaison: tuple[FlaskClient, int]) -> None:
    client, unit = liaison
    begins = working_morning()
    wrong = {"ends_at": f"{begins - timedelta(hours=1):%Y-%m-%dT%H:%M}", "people": "99", "purpose": "长" * 500}
    text = client.post(NEW, data=typed(unit, begins, **wrong)).text
    for field in ("ends_at", "people", "purpose"):
        assert f'id="{field}-error"' in text
    assert "长" * 500 in text
    assert asked() == []
