"""When a deed of the phone was done, however wrong its clock; and whose telephone confirmed the kilometres."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from ops.core import clock
from ops.core.access import Actor
from ops.core.db import db, transaction
from ops.core.errors import Rejected
from ops.people.roles import Role
from ops.vehicles import service
from ops.vehicles.driving import rules
from ops.vehicles.driving.models import KilometreSignature
from ops.vehicles.models import Departure, Dispatch, TripReturn
from ops.vehicles.settings import service as settings
from tests.app_fixtures import SignIn
from tests.factories import altered, make_driver, make_user
from tests.vehicles.factories import make_dispatch

NOW, MINUTE = datetime(2023, 5, 9, 10, 0, 40), 60_000
PHONE_NOW = Decimal(1_683_597_640_000)


@pytest.mark.pure
@pytest.mark.parametrize("hours_off", [-13, 0, 8])
@pytest.mark.parametrize(("waited", "then"), [(0, "10:00"), (41_000, "09:59"), (25 * MINUTE, "09:35")])
def test_only_how_long_it_waited_is_taken_from_the_phone(hours_off: int, waited: int, then: str) -> None:
    phone = PHONE_NOW + hours_off * 60 * MINUTE
    assert f"{rules.moment_of(None, phone - waited, phone, NOW):%H:%M}" == then


@pytest.mark.pure
def test_what_was_typed_by_hand_is_taken_as_typed() -> None:
    typed = NOW - timedelta(hours=3)
    assert rules.moment_of(typed, PHONE_NOW, PHONE_NOW, NOW) == typed


@pytest.mark.pure
@pytest.mark.parametrize("waited", [-1, 32 * 24 * 60 * MINUTE, None])
def test_a_clock_that_was_put_back_or_far_ahead_is_asked_about(waited: int | None) -> None:
    pressed = None if waited is None else PHONE_NOW - waited
    with pytest.raises(Rejected) as refusal:
        rules.moment_of(None, pressed, PHONE_NOW, NOW)
    assert refusal.value.field == "at"


@pytest.mark.pure
@pytest.mark.parametrize(
    ("phone", "tail"), [("0315-1234567", "4567"), ("138 0013 8000", "8000"), ("分机 12", ""), ("", "")]
)
def test_the_last_digits_of_a_number(phone: str, tail: str) -> None:
    assert rules.tail_of(phone) == tail


Phone = tuple[FlaskClient, Dispatch]


@pytest.fixture
def phone(app: Flask) -> Phone:
    """A driver, and a trip that was assigned half an hour ago and begins soon."""
    user = make_user(Role.DRIVER)
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = str(user.id), True
    starts_at = clock.now().replace(second=0) + timedelta(minutes=20)
    trip = make_dispatch(starts_at, driver_id=make_driver(user_id=user.id).id, request={"phone": "0315-0001234"})
    return client, altered(trip, dispatched_at=clock.now() - timedelta(minutes=30))


def send(phone: Phone, kind: str, waited: int = 0, **fields: Any) -> Any:
    """By a phone whose clock stands eight hours back; `waited`: minutes without a connection."""
    client, trip = phone
    now = int(PHONE_NOW)
    clocks = {"pressed_at": now - waited * MINUTE, "phone_now": now}
    key = f"{kind:0>16}".encode().hex()[:32]
    return client.post(f"/vehicles/driving/{trip.id}/deeds", data={"key": key, "kind": kind, **clocks, **fields})


def moment(ago: timedelta) -> str:
    return f"{clock.now() - ago:%Y-%m-%dT%H:%M}"


def left() -> datetime:
    db.session.rollback()
    return db.session.scalars(select(Departure.at)).one()


def test_a_phone_in_another_zone_leaves_when_it_was_pressed_and_a_late_entry_keeps_its_time(phone: Phone) -> None:
    before = clock.now()
    assert send(phone, "departure", waited=25, odometer="1000").status_code == 200
    assert abs(left() - (before - timedelta(minutes=25))) <= timedelta(minutes=1)
    assert send(phone, "return", waited=5, odometer="1010").status_code == 200
    back = db.session.scalars(select(TripReturn.at)).one()
    assert back - left() == timedelta(minutes=20)


def test_a_start_before_the_assignment_is_asked_about_and_taken_with_the_reason(phone: Phone, sign_in: SignIn) -> None:
    client, trip = phone
    asked = send(phone, "departure", waited=45, odometer="1000")
    assert (asked.status_code, asked.get_json()["field"]) == (422, "early_reason")
    assert f"{trip.dispatched_at:%m-%d %H:%M}" in asked.get_json()["message"]
    assert not db.session.scalars(select(Departure)).all()
    taken = send(phone, "departure", waited=45, odometer="1000", early_reason="调度电话派车")
    assert taken.status_code == 200
    assert left() < trip.dispatched_at
    assert "调度电话派车" in sign_in(Role.DISPATCHER).get(f"/vehicles/requests/{trip.request_id}").text
    assert client.get("/vehicles/driving/").status_code == 200


def test_a_time_typed_by_hand_is_judged_too(phone: Phone) -> None:
    ahead = send(phone, "departure", odometer="1000", at=moment(timedelta(hours=-1)))
    assert (ahead.status_code, ahead.get_json()["field"]) == (422, "at")
    early = send(phone, "departure", odometer="1000", at=moment(timedelta(hours=5)))
    assert early.get_json()["field"] == "early_reason"
    assert send(phone, "departure", odometer="1000", at=moment(timedelta(minutes=12))).status_code == 200
    before_start = send(phone, "return", odometer="1010", at=moment(timedelta(minutes=20)))
    assert (before_start.status_code, before_start.get_json()["field"]) == (422, "at")
    assert send(phone, "return", odometer="1010", at=moment(timedelta(minutes=2))).status_code == 200
    paid = send(phone, "expense", expense="toll", amount="10", at=moment(timedelta(hours=-2)))
    assert paid.get_json()["field"] == "at"


def test_the_page_asks_beside_the_time_and_keeps_what_was_typed(phone: Phone, sign_in: SignIn) -> None:
    client, address = sign_in(Role.DISPATCHER), f"/vehicles/dispatches/{phone[1].id}/departure"
    assert 'name="early_reason"' not in client.get(address).text
    typed = {"at": moment(timedelta(hours=9)), "odometer": "1000"}
    asked = client.post(address, data=typed)
    assert asked.status_code == 422
    assert "早于派车" in asked.text.split('id="early_reason-error"')[1].split("</p>")[0]
    assert f'value="{typed["at"]}"' in asked.text
    assert client.post(address, data={**typed, "early_reason": "电话派车"}).status_code == 303
    assert db.session.scalars(select(Departure.early_reason)).all() == ["电话派车"]


def test_tomorrows_trip_is_not_started_today_unasked_through_either_door(phone: Phone, sign_in: SignIn) -> None:
    trip = phone[1]
    altered(trip, starts_at=trip.starts_at + timedelta(days=1), ends_at=trip.ends_at + timedelta(days=1))
    assert send(phone, "departure", odometer="1000").get_json()["field"] == "early_reason"
    client, address = sign_in(Role.DISPATCHER), f"/vehicles/dispatches/{trip.id}/departure"
    typed = {"at": moment(timedelta(minutes=2)), "odometer": "1000"}
    asked = client.post(address, data=typed)
    assert asked.status_code == 422
    assert "提前超过60分钟" in asked.text.split('id="early_reason-error"')[1].split("</p>")[0]
    assert db.session.scalars(select(Departure)).all() == []
    assert client.post(address, data={**typed, "early_reason": "提前一晚入住"}).status_code == 303
    assert "提前出车的原因 提前一晚入住" in client.get(f"/vehicles/requests/{trip.request_id}").text


def test_how_early_is_asked_about_is_set_by_the_office(phone: Phone, by: Actor) -> None:
    trip = altered(phone[1], starts_at=phone[1].starts_at + timedelta(minutes=30))
    with transaction():
        settings.set_value("early_minutes", 40, clock.today(), "车队规定", by)
    with pytest.raises(Rejected, match="40") as refusal, transaction():
        service.depart(trip, clock.now().replace(second=0), 1000, by)
    assert refusal.value.field == "early_reason"
    with transaction():
        settings.set_value("early_minutes", 60, clock.today() + timedelta(days=1), "车队规定", by)
        service.depart(trip, clock.now().replace(second=0), 1000, by, early_reason="提前集合")


def test_a_trip_that_was_assigned_when_it_was_over_is_recorded_without_a_question(app: Flask, by: Actor) -> None:
    trip = make_dispatch()
    with transaction():
        service.depart(trip, trip.starts_at - timedelta(hours=1), 1000, by)
    assert trip.departure


def signed() -> KilometreSignature | None:
    db.session.rollback()
    return db.session.scalar(select(KilometreSignature))


@pytest.mark.parametrize(("number", "checked"), [("0315-0001234", True), ("", False)])
def test_digits_are_held_against_the_request_and_marked_where_it_has_none(
    phone: Phone, sign_in: SignIn, number: str, checked: bool
) -> None:
    client, trip = phone
    altered(trip.request, phone=number)
    send(phone, "departure", waited=20, odometer="1000")
    send(phone, "return", odometer="1010")
    wrong = send(phone, "signature", name="王", phone_tail="9999")
    assert wrong.status_code == (422 if checked else 200)
    if checked:
        assert wrong.get_json()["field"] == "phone_tail"
        assert "1234" not in wrong.get_json()["message"]
        assert signed() is None
        assert send(phone, "signature", name="王", phone_tail="1234").status_code == 200
    row = signed()
    assert row
    assert row.is_checked is checked
    dispatcher, liaison = sign_in(Role.DISPATCHER), sign_in(Role.LIAISON, unit_id=trip.request.unit_id)
    for page in (
        client.get("/vehicles/driving/"), dispatcher.get(f"/vehicles/requests/{trip.request_id}"),
        dispatcher.get(f"/vehicles/board/orders/{trip.id}"),
        liaison.get(f"/vehicles/requests/{trip.request_id}/kilometres"),
    ):  # fmt: skip
        assert ("电话未核实" in page.text) is not checked
    listed = dispatcher.get("/vehicles/requests?show=unchecked").text
    assert (f'href="/vehicles/requests/{trip.request_id}"' in listed) is not checked
