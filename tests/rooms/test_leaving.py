"""Someone leaves, and the room is recovered within a month."""

from datetime import timedelta

import pytest
from flask import Flask

from ops.core import clock
from ops.core.access import Actor
from ops.core.db import db, transaction
from ops.core.errors import Rejected
from ops.core.period import year
from ops.indicators import closing
from ops.indicators.closing import closing_of, known_now
from ops.people.models import Staff
from ops.people.roles import Role
from ops.rooms import papers
from tests.app_fixtures import SignIn
from tests.factories import make_unit
from tests.rooms.factories import SINCE, make_move, make_return, make_room, make_seat, make_staff


def test_a_seat_waits_until_it_is_vacated(app: Flask, sign_in: SignIn) -> None:
    client, seat = sign_in(Role.PROPERTY), make_seat(make_room())
    today = str(clock.today())
    assert client.get(f"/rooms/staff/{seat.staff_id}/leaving").status_code == 200
    assert client.post(f"/rooms/staff/{seat.staff_id}/leaving", data={"left_on": today}).status_code == 303
    assert "离岗待腾退" in client.get("/").get_data(as_text=True)
    assert seat.staff.name in client.get("/rooms/to-vacate").get_data(as_text=True)
    assert client.post(f"/rooms/seats/{seat.id}/vacating", data={"to_on": today}).status_code == 303
    assert seat.staff.name not in client.get("/rooms/to-vacate").get_data(as_text=True)


def test_after_a_month_it_is_late(app: Flask, sign_in: SignIn) -> None:
    room = make_room()
    make_seat(room, staff=make_staff(left_on=clock.today() - timedelta(days=31)), from_on=SINCE)
    text = sign_in(Role.PROPERTY).get("/").get_data(as_text=True)
    assert "离岗满一个月未腾退" in text
    assert "离岗待腾退" not in text


def test_someone_leaves_once_and_after_joining(app: Flask, sign_in: SignIn) -> None:
    client, staff = sign_in(Role.PROPERTY), make_staff()
    early = client.post(f"/rooms/staff/{staff.id}/leaving", data={"left_on": "2019-01-01"})
    assert early.status_code == 422
    assert db.session.get_one(Staff, staff.id).left_on is None
    client.post(f"/rooms/staff/{staff.id}/leaving", data={"left_on": "2022-06-01"})
    assert client.post(f"/rooms/staff/{staff.id}/leaving", data={"left_on": "2022-07-01"}).status_code == 422


def test_only_the_property_section_lets_someone_go(app: Flask, sign_in: SignIn) -> None:
    staff = make_staff()
    assert sign_in(Role.LEADER).post(f"/rooms/staff/{staff.id}/leaving", data={}).status_code == 403
    assert sign_in(Role.LIAISON, unit_id=staff.unit_id).get("/rooms/to-vacate").status_code == 403
    assert sign_in(Role.PROPERTY).get("/rooms/staff/999/leaving").status_code == 404


def test_a_record_of_a_closed_year_is_made_void_only_with_a_reason_for_the_adjustment(app: Flask, by: Actor) -> None:
    unit = make_unit()
    make_return(unit)
    move = make_move(unit)
    with transaction():
        closing.close(year(2022), by)
    with pytest.raises(Rejected) as refusal, transaction():
        papers.void_move(move, "重复登记", by)
    assert refusal.value.field == "reason"
    with transaction("审计发现重复"):
        papers.void_move(move, "重复登记", by)
    closed = closing_of(year(2022))
    assert closed is not None
    assert known_now(closed, "rooms.units_moved")[0] == 0
    assert known_now(closed, "rooms.returns_filed")[0] == 1
