"""A unit asks for a car, reads what became of it, and withdraws."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from ops.core.db import db
from ops.people.roles import Role
from ops.vehicles import rules
from ops.vehicles.models import RequestWithdrawal, TripRequest
from tests.app_fixtures import SignIn
from tests.factories import make_trip_request, make_unit
from tests.vehicles.factories import make_dispatch


def typed(**values: Any) -> dict[str, Any]:
    usual = {
        "purpose": "调研", "destination": "市区", "people": "2", "contact": "乘车人01", "phone": "0315-0000000",
        "starts_at": "2023-05-09T08:30", "ends_at": "2023-05-09T12:30", "afterwards": "补录",
    }  # fmt: skip
    return {**usual, **values}


def count_requests() -> int:
    return db.session.scalar(select(func.count()).select_from(TripRequest)) or 0


def test_the_form_knows_the_liaisons_unit_and_the_next_full_hour(app: Flask, sign_in: SignIn) -> None:
    unit = make_unit()
    text = sign_in(Role.LIAISON, unit_id=unit.id).get("/vehicles/requests/new").get_data(as_text=True)
    assert f'<option selected value="{unit.id}">' in text
    assert ':00"' in text.split('name="starts_at"')[1].split(">")[0]


@pytest.mark.parametrize(
    ("now", "opens_with"),
    [("09:20", "2023-05-09 10:00"), ("05:10", "2023-05-09 08:00"), ("18:01", "2023-05-10 08:00"),
     ("23:48", "2023-05-10 08:00"), ("00:10", "2023-05-09 08:00")],
)  # fmt: skip
def test_at_night_the_form_opens_with_the_next_morning(now: str, opens_with: str) -> None:
    assert rules.usual_start(datetime.fromisoformat(f"2023-05-09 {now}")) == datetime.fromisoformat(opens_with)


def test_a_request_without_a_car_says_so(app: Flask, sign_in: SignIn) -> None:
    request = make_trip_request()
    shown = sign_in(Role.DISPATCHER).get(f"/vehicles/requests/{request.id}").get_data(as_text=True)
    assert "<dd>尚未派车</dd>" in shown


def test_a_liaison_asks_for_his_own_unit(app: Flask, sign_in: SignIn) -> None:
    unit = make_unit()
    answer = sign_in(Role.LIAISON, unit_id=unit.id).post("/vehicles/requests/new", data=typed(unit_id=unit.id))
    assert answer.status_code == 303
    assert db.session.scalars(select(TripRequest.unit_id)).all() == [unit.id]


def test_a_liaison_cannot_ask_for_another_unit(app: Flask, sign_in: SignIn) -> None:
    other = make_unit()
    client = sign_in(Role.LIAISON, unit_id=make_unit().id)
    assert client.post("/vehicles/requests/new", data=typed(unit_id=other.id)).status_code == 422
    assert count_requests() == 0


def test_what_makes_no_sense_is_refused_and_kept(app: Flask, sign_in: SignIn) -> None:
    unit = make_unit()
    client = sign_in(Role.LIAISON, unit_id=unit.id)
    for wrong in (
        {"ends_at": "2023-05-09T08:30"},
        {"ends_at": "2023-07-09T08:30"},
        {"people": "0"},
        {"people": "-1"},
        {"people": "1e9"},
        {"starts_at": "0001-01-01T00:00"},
        {"starts_at": "morgen"},
        {"purpose": "   "},
        {"destination": "x" * 201},
    ):
        answer = client.post("/vehicles/requests/new", data=typed(unit_id=unit.id, **wrong))
        assert answer.status_code == 422, wrong
        assert "2023-05-09T" in answer.get_data(as_text=True), wrong
    assert count_requests() == 0


def test_a_liaison_sees_the_requests_of_his_unit_only(app: Flask, sign_in: SignIn) -> None:
    unit = make_unit()
    mine, other = make_trip_request(unit_id=unit.id), make_trip_request()
    client = sign_in(Role.LIAISON, unit_id=unit.id)
    assert client.get(f"/vehicles/requests/{mine.id}").status_code == 200
    assert client.get(f"/vehicles/requests/{other.id}").status_code == 404
    assert client.get("/vehicles/requests/999").status_code == 404


def test_a_withdrawn_request_is_given_no_car(app: Flask, sign_in: SignIn) -> None:
    unit = make_unit()
    request = make_trip_request(unit_id=unit.id)
    client = sign_in(Role.LIAISON, unit_id=unit.id)
    address = f"/vehicles/requests/{request.id}/withdrawal"
    assert client.get(address).status_code == 200
    assert client.post(address, data={"reason_given": ""}).status_code == 422
    assert client.post(address, data={"reason_given": "改期"}).status_code == 303
    assert client.post(address, data={"reason_given": "改期"}).status_code == 422
    assert db.session.scalar(select(func.count()).select_from(RequestWithdrawal)) == 1
    assert db.session.get_one(TripRequest, request.id).state == "withdrawn"


def test_a_request_with_a_car_is_not_withdrawn(app: Flask, sign_in: SignIn) -> None:
    unit = make_unit()
    dispatch = make_dispatch(request={"unit_id": unit.id})
    client: FlaskClient = sign_in(Role.LIAISON, unit_id=unit.id)
    address = f"/vehicles/requests/{dispatch.request_id}/withdrawal"
    assert client.post(address, data={"reason_given": "改期"}).status_code == 422


def test_strangers_sign_in_first_and_kitchen_staff_stay_out(app: Flask, client: FlaskClient, sign_in: SignIn) -> None:
    assert client.get("/vehicles/requests/new").status_code == 302
    assert sign_in(Role.CANTEEN).get("/vehicles/requests/new").status_code == 403


def test_the_list_finds_sorts_and_filters(app: Flask, sign_in: SignIn) -> None:
    first = make_trip_request(destination="港口")
    make_dispatch(first.starts_at + timedelta(days=1))
    client = sign_in(Role.DISPATCHER)
    text = client.get("/vehicles/requests?q=港口&sort=ends&show=waiting").get_data(as_text=True)
    assert f"/vehicles/requests/{first.id}" in text
    assert "市区" not in text


def test_a_liaison_without_a_unit_is_told_so_and_asks_for_nothing(app: Flask, sign_in: SignIn) -> None:
    words = "您的账号未关联单位"
    unit, homeless = make_unit(), sign_in(Role.LIAISON)
    assert words in homeless.get("/vehicles/requests/new").text
    refused = homeless.post("/vehicles/requests/new", data=typed(unit_id=unit.id))
    assert refused.status_code == 422
    assert words in refused.text
    assert count_requests() == 0
    assert words not in sign_in(Role.LIAISON, unit_id=unit.id).get("/vehicles/requests/new").text
