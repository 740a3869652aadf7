"""A request says rightly whether it goes out of the district and how far, and lies not too far ahead."""

from datetime import timedelta
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
from ops.vehicles import service as trips
from ops.vehicles.models import TripRequest
from ops.vehicles.outside import queries, service
from ops.vehicles.outside.rules import Place, check_way, named_in
from ops.vehicles.settings import service as settings
from tests.app_fixtures import SignIn
from tests.factories import make_unit
from tests.vehicles.factories import make_dispatch

NEW, PLACES = "/vehicles/requests/new", [Place("天津", 150), Place("天津滨海", 90), Place("上海")]


@pytest.mark.pure
@pytest.mark.parametrize(
    ("destination", "name"),
    [("天津市政务中心", "天津"), ("天津 滨海新区", "天津滨海"), ("新城片区", None), ("上海虹桥", "上海")],
)
def test_the_longest_name_in_the_destination_is_the_place(destination: str, name: str | None) -> None:
    found = named_in(destination, PLACES)
    assert (found.name if found else None) == name


@pytest.mark.pure
@pytest.mark.parametrize(
    ("place", "out", "km", "within", "field"),
    [(PLACES[0], False, None, False, "out_of_district"), (None, True, None, False, "one_way_km"),
     (PLACES[2], True, None, False, "one_way_km"), (PLACES[0], True, None, False, 150),
     (PLACES[0], True, 99, False, 99), (PLACES[0], False, None, True, None), (None, False, None, False, None)],
)  # fmt: skip
def test_what_is_asked_of_a_way(place: Place | None, out: bool, km: int | None, within: bool, field: Any) -> None:
    if not isinstance(field, str):
        assert check_way(place, out, km, within) == field
        return
    with pytest.raises(Rejected) as refusal:
        check_way(place, out, km, within)
    assert refusal.value.field == field


@pytest.fixture
def liaison(app: Flask, sign_in: SignIn) -> tuple[FlaskClient, int]:
    unit = make_unit()
    return sign_in(Role.LIAISON, unit_id=unit.id), unit.id


def typed(unit_id: int, days: int = 7, **values: Any) -> dict[str, Any]:
    begins = clock.now().replace(hour=8, minute=30) + timedelta(days=days)
    usual = {"unit_id": unit_id, "purpose": "调研", "destination": "天津市", "people": "2", "contact": "乘车人01",
             "phone": "0315-0000000", "starts_at": f"{begins:%Y-%m-%dT%H:%M}",
             "ends_at": f"{begins + timedelta(hours=5):%Y-%m-%dT%H:%M}"}  # fmt: skip
    return {**usual, **values}


def asked() -> list[TripRequest]:
    db.session.rollback()
    return list(db.session.scalars(select(TripRequest).order_by(TripRequest.id)))


def error(text: str, field: str) -> str:
    return text.split(f'id="{field}-error"')[1].split("</p>", maxsplit=1)[0]


def test_a_place_of_the_list_without_the_tick_is_asked_about_and_its_way_is_known(
    liaison: tuple[FlaskClient, int],
) -> None:
    client, unit = liaison
    assert 'name="in_district"' not in client.get(NEW).text
    refused = client.post(NEW, data=typed(unit))
    assert refused.status_code == 422
    assert "“天津”在本区以外" in error(refused.text, "out_of_district")
    assert 'name="in_district"' in refused.text
    assert 'value="天津市"' in refused.text
    assert asked() == []
    assert client.post(NEW, data=typed(unit, out_of_district="y")).status_code == 303
    within = typed(unit, destination="天津路社区", in_district="y", again="y")
    assert client.post(NEW, data=within).status_code == 303
    assert [(each.out_of_district, each.one_way_km) for each in asked()] == [(True, 150), (False, None)]


def test_a_way_out_to_where_nobody_knows_needs_its_kilometres(liaison: tuple[FlaskClient, int]) -> None:
    client, unit = liaison
    away = typed(unit, destination="外地", out_of_district="y")
    assert "单程公里数" in error(client.post(NEW, data=away).text, "one_way_km")
    assert client.post(NEW, data={**away, "one_way_km": "75"}).status_code == 303


def test_machines_are_asked_too(app: Flask, sign_in: SignIn) -> None:
    client, body = sign_in(Role.DISPATCHER), {**typed(make_unit().id), "people": 2}
    assert client.post("/api/vehicles/requests", json=body).json["field"] == "out_of_district"
    assert client.post("/api/vehicles/requests", json={**body, "out_of_district": True}).json["one_way_km"] == 150


def test_nobody_asks_or_moves_farther_ahead_than_the_dated_limit(
    liaison: tuple[FlaskClient, int], sign_in: SignIn, by: Actor
) -> None:
    client, unit = liaison
    far = client.post(NEW, data=typed(unit, 3650, destination="市区"))
    assert far.status_code == 422
    assert "最多提前180天" in error(far.text, "starts_at")
    with transaction():
        settings.set_value("ask_days_ahead", 30, clock.today(), "车队规定", by)
    assert "最多提前30天" in error(client.post(NEW, data=typed(unit, 31, destination="市区")).text, "starts_at")
    assert client.post(NEW, data=typed(unit, 30, destination="市区")).status_code == 303
    trip = make_dispatch(clock.now() + timedelta(days=2))
    with pytest.raises(Rejected) as refusal, transaction():
        starts_at = trip.starts_at + timedelta(days=90)
        trips.move(trip, trip.vehicle_id, trip.driver_id, starts_at, starts_at + timedelta(hours=1), "改期", by)
    assert refusal.value.field == "starts_at"


def test_a_place_is_put_on_the_list_from_a_day_on_and_taken_off_again(app: Flask, sign_in: SignIn, by: Actor) -> None:
    client, today = sign_in(Role.DISPATCHER), clock.today()
    row = {"name": "新地", "outside": "y", "km": "60", "valid_from": str(today), "source": "车队规定"}
    assert client.post("/vehicles/far-places/new", data=row).status_code == 303
    again = client.post("/vehicles/far-places/new", data=row)
    assert again.status_code == 422
    assert error(again.text, "valid_from")
    shown = client.get("/vehicles/far-places").text
    assert "新地" in shown
    assert "车队规定" in shown
    assert queries.in_force(today)["新地"].km == 60
    assert "新地" not in queries.in_force(today - timedelta(days=1))
    with transaction():
        service.set_place("新地", False, None, today + timedelta(days=1), "区划调整", True, by)
    assert "新地" not in queries.in_force(today + timedelta(days=1))
    assert 'href="/vehicles/far-places"' in client.get("/vehicles/dispatch-settings").text


def test_who_watches_reads_the_list_and_keeps_none(app: Flask, sign_in: SignIn) -> None:
    leader = sign_in(Role.LEADER)
    assert leader.get("/vehicles/far-places").status_code == 200
    assert leader.get("/vehicles/far-places/new").status_code == 403
    assert sign_in(Role.DRIVER).get("/vehicles/far-places").status_code == 403
