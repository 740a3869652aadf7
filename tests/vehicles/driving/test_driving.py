"""The driver's phone: each deed once by its key, costs, photographs and confirmation; late returns remind."""

import io
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from ops.core import clock
from ops.core.access import Actor
from ops.core.db import db, transaction
from ops.core.notify import Notice
from ops.people.roles import Role
from ops.vehicles import service
from ops.vehicles.driving.models import DialPhoto, KilometreSignature, OverdueReminder, SentOnce, TripExpense
from ops.vehicles.driving.reminders import remind
from ops.vehicles.models import Departure, Dispatch, TripReturn
from tests.app_fixtures import SignIn
from tests.factories import AT, altered, make_driver, make_user
from tests.vehicles.factories import make_departure, make_dispatch

KEY = "0123456789abcdef"


@pytest.fixture
def driver(app: Flask) -> tuple[FlaskClient, Dispatch]:
    """A driver at his phone, with a trip of today."""
    user = make_user(Role.DRIVER)
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = str(user.id), True
    starts_at = clock.now().replace(second=0) - timedelta(hours=1)
    trip = make_dispatch(starts_at, driver_id=make_driver(user_id=user.id).id)
    return client, altered(trip, dispatched_at=starts_at - timedelta(hours=1))


def send(who: tuple[FlaskClient, Dispatch], kind: str, key: str = KEY, **fields: Any) -> Any:
    client, trip = who
    at = trip.starts_at + timedelta(minutes=10 if kind == "departure" else 50)
    typed = {"key": key, "kind": kind, "at": f"{at:%Y-%m-%dT%H:%M}", **fields}
    return client.post(f"/vehicles/driving/{trip.id}/deeds", data=typed, content_type="multipart/form-data")


def count(model: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_a_deed_sent_again_under_its_key_is_done_once(driver: tuple[FlaskClient, Dispatch]) -> None:
    answers = [send(driver, "departure", odometer="1000").status_code for _ in range(3)]
    assert answers == [200, 200, 200]
    assert (count(Departure), count(SentOnce)) == (1, 1)
    again = send(driver, "departure", "f" * 16, odometer="1000")
    assert again.status_code == 422
    assert "已" in again.get_json()["message"]


def test_every_kind_of_deed_answers_its_copies_alike_also_when_the_trip_has_gone_to_somebody_else(
    driver: tuple[FlaskClient, Dispatch],
) -> None:
    deeds = [
        ("departure", {"odometer": "1000"}),
        ("expense", {"expense": "fuel", "amount": "300", "litres": "40"}),
        ("expense", {"expense": "toll", "amount": "15"}),
        ("return", {"odometer": "1060"}),
        ("signature", {"name": "用车人", "phone_tail": "4321"}),
    ]
    for number, (kind, typed) in enumerate(deeds):
        assert [send(driver, kind, f"{number}" * 16, **typed).get_json() for _ in range(2)] == [{"done": True}] * 2
    altered(driver[1], driver_id=make_driver().id)
    for number, (kind, typed) in enumerate(deeds):
        assert send(driver, kind, f"{number}" * 16, **typed).get_json() == {"done": True}
    assert send(driver, "expense", "e" * 16, expense="toll", amount="15").status_code == 404
    assert (count(SentOnce), count(Departure), count(TripReturn)) == (5, 1, 1)
    assert (count(TripExpense), count(KilometreSignature)) == (2, 1)


def test_a_question_asked_twice_is_the_same_question_and_its_answer_under_the_key_is_taken_once(
    driver: tuple[FlaskClient, Dispatch],
) -> None:
    asked = [send(driver, "departure", odometer="") for _ in range(2)]
    assert [each.status_code for each in asked] == [422, 422]
    assert asked[0].get_json() == asked[1].get_json()
    assert [send(driver, "departure", odometer="1000").status_code for _ in range(2)] == [200, 200]
    assert (count(Departure), count(SentOnce)) == (1, 1)


def test_a_whole_trip_with_its_photographs_costs_and_confirmation(driver: tuple[FlaskClient, Dispatch]) -> None:
    client, trip = driver
    altered(trip.request, phone="0315-0001234")
    assert trip.vehicle.plate in client.get("/vehicles/driving/").text
    dial = (io.BytesIO(b"\xff\xd8 a picture"), "dial.jpg")
    assert send(driver, "departure", "a" * 16, odometer="1000", photo=dial).status_code == 200
    fuel = {"expense": "fuel", "amount": "300.50", "litres": "40.25"}
    assert send(driver, "expense", "b" * 16, **fuel).status_code == 200
    assert send(driver, "signature", "c" * 16, name="王", phone_tail="1234").status_code == 422
    assert " = " not in client.get("/vehicles/driving/").text
    assert send(driver, "return", "d" * 16, odometer="1040").status_code == 200
    signed_for = client.get("/vehicles/driving/").text
    assert signed_for.index("1,000 → 1,040 = 40 公里") < signed_for.index("用车人确认里程")
    assert send(driver, "signature", "c" * 16, name="王", phone_tail="1234").status_code == 200
    [paid] = db.session.scalars(select(TripExpense))
    assert (str(paid.amount), str(paid.litres)) == ("300.50", "40.25")
    assert db.session.scalars(select(KilometreSignature)).one().kilometres == 40
    assert (count(DialPhoto), count(TripReturn)) == (1, 1)
    assert "王已确认40公里" in client.get("/vehicles/driving/").text


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("departure", {"odometer": ""}),
        ("departure", {"odometer": "viel"}),
        ("departure", {"odometer": "1000", "photo": (io.BytesIO(b"text"), "note.txt")}),
        ("expense", {"expense": "toll", "amount": "10"}),
        ("somersault", {}),
    ],
)
def test_what_is_wrong_is_said_and_writes_nothing(
    driver: tuple[FlaskClient, Dispatch], kind: str, fields: dict[str, Any]
) -> None:
    answer = send(driver, kind, **fields)
    assert answer.status_code == 422
    assert answer.get_json()["message"]
    assert (count(SentOnce), count(Departure), count(TripExpense)) == (0, 0, 0)


def test_fuel_needs_its_litres_and_an_amount(driver: tuple[FlaskClient, Dispatch]) -> None:
    send(driver, "departure", odometer="1000")
    assert send(driver, "expense", "b" * 16, expense="fuel", amount="300").status_code == 422
    assert send(driver, "expense", "b" * 16, expense="toll", amount="0").status_code == 422
    assert count(TripExpense) == 0


def test_another_drivers_trip_is_not_there_and_a_liaison_may_not(
    app: Flask, driver: tuple[FlaskClient, Dispatch], sign_in: SignIn
) -> None:
    client, _trip = driver
    assert send((client, make_dispatch()), "departure", odometer="1").status_code == 404
    assert sign_in(Role.LIAISON).get("/vehicles/driving/").status_code == 403


def test_the_worker_comes_from_the_page_it_keeps(driver: tuple[FlaskClient, Dispatch]) -> None:
    answer = driver[0].get("/vehicles/driving/worker.js")
    assert answer.status_code == 200
    assert "javascript" in answer.content_type


def test_a_late_return_reminds_the_driver_then_the_dispatcher_each_once(app: Flask, by: Actor) -> None:
    user, dispatcher = make_user(Role.DRIVER), make_user(Role.DISPATCHER)
    trip = make_departure(make_dispatch(driver_id=make_driver(user_id=user.id).id))

    def told_after(minutes: int) -> list[str]:
        with transaction():
            return [row.whom for row in remind(trip.due_at + timedelta(minutes=minutes))]

    assert [told_after(minutes) for minutes in (9, 10, 29, 30, 60)] == [[], ["driver"], [], ["dispatcher"], []]
    told = {notice.user_id for notice in db.session.scalars(select(Notice))}
    assert {user.id, dispatcher.id} <= told
    with transaction():
        service.extend(trip, trip.due_at + timedelta(hours=1), "路上耽搁", by)
    assert told_after(10) == ["driver"]
    with transaction():
        service.take_back(trip, trip.due_at, 1100, by)
    assert told_after(60) == []
    assert count(OverdueReminder) == 3


def test_the_dispatch_order_names_everything_and_only_its_driver_and_the_dispatcher_see_it(
    app: Flask, sign_in: SignIn, driver: tuple[FlaskClient, Dispatch]
) -> None:
    client, trip = driver
    address = f"/vehicles/board/orders/{trip.id}"
    for who in (client, sign_in(Role.DISPATCHER)):
        text = who.get(address).text
        for said in (trip.order_no, trip.vehicle.plate, trip.driver.name, "调研", "用车人签字"):
            assert said in text
    assert sign_in(Role.DRIVER).get(address).status_code == 404
    assert make_dispatch(AT).order_no != trip.order_no


def test_a_day_without_trips_leads_the_driver_to_those_beside_it(driver: tuple[FlaskClient, Dispatch]) -> None:
    client, trip = driver
    earlier = make_dispatch(trip.starts_at - timedelta(days=9), driver_id=trip.driver_id)
    make_departure(earlier)
    with transaction():
        service.take_back(earlier, earlier.starts_at + timedelta(hours=1), 1010, Actor(None, "甲"))
    between = client.get(f"/vehicles/driving/?day={trip.day - timedelta(days=3)}").text
    assert f"?day={earlier.day}" in between
    assert f"?day={trip.day}" in between
    then = client.get(f"/vehicles/driving/?day={earlier.day}").text
    assert earlier.order_no in then
    assert trip.order_no not in then
    assert trip.order_no in client.get("/vehicles/driving/?day=nonsense").text


@pytest.mark.parametrize("eve", [False, True])
def test_every_day_that_the_page_leads_to_shows_the_trip(driver: tuple[FlaskClient, Dispatch], eve: bool) -> None:
    """Back after midnight, or all of it driven on the eve of the day it was planned for."""
    client, trip = driver
    start = (trip.starts_at - timedelta(days=9)).replace(hour=20, minute=0)
    night = make_dispatch(start, 6, driver_id=trip.driver_id)
    left = start - timedelta(days=eve)
    back = left + timedelta(hours=2 if eve else 6)
    with transaction():
        service.depart(night, left, 1000, Actor(None, "甲"), dial_reason="misread", early_reason="提前")
        service.take_back(night, back, 1010, Actor(None, "甲"))
    between = client.get(f"/vehicles/driving/?day={trip.day - timedelta(days=3)}").text
    assert f"?day={night.day}" in between
    assert night.order_no in client.get(f"/vehicles/driving/?day={night.day}").text
    assert night.order_no in client.get(f"/vehicles/driving/?day={max(night.day, back.date())}").text
    assert night.order_no not in client.get(f"/vehicles/driving/?day={night.day + timedelta(days=2)}").text
