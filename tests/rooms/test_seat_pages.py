"""Allotting and vacating seats."""

from datetime import date

from flask import Flask
from sqlalchemy import func, select

from ops.core.db import db
from ops.people.roles import Role
from ops.rooms.models import Occupancy
from tests.app_fixtures import SignIn
from tests.rooms.factories import make_room, make_seat, make_staff


def seats() -> int:
    return db.session.scalar(select(func.count()).select_from(Occupancy)) or 0


def test_a_seat_is_allotted_and_vacated(app: Flask, sign_in: SignIn) -> None:
    client, room, staff = sign_in(Role.PROPERTY), make_room(), make_staff()
    assert staff.name in client.get(f"/rooms/{room.id}/seats/new").get_data(as_text=True)
    typed = {"staff_id": staff.id, "from_on": "2022-03-01", "second_post": ""}
    assert client.post(f"/rooms/{room.id}/seats/new", data=typed).status_code == 303
    seat = db.session.scalars(select(Occupancy)).one()
    assert client.post(f"/rooms/seats/{seat.id}/vacating", data={"to_on": "2022-05-01"}).status_code == 303
    assert db.session.get_one(Occupancy, seat.id).to_on == date(2022, 5, 1)
    text = client.get(f"/rooms/{room.id}").get_data(as_text=True)
    assert "无人使用" in text
    assert "2022-05-01" in text


def test_a_second_room_is_refused_with_the_article_and_allowed_for_a_second_post(app: Flask, sign_in: SignIn) -> None:
    client, first, second, staff = sign_in(Role.PROPERTY), make_room(), make_room(), make_staff()
    make_seat(first, staff=staff)
    typed = {"staff_id": staff.id, "from_on": "2022-03-01", "second_post": ""}
    page = client.post(f"/rooms/{second.id}/seats/new", data=typed)
    assert page.status_code == 422
    text = page.get_data(as_text=True)
    assert "第十九条" in text
    assert first.label in text
    assert 'value="2022-03-01"' in text
    assert seats() == 1
    typed["second_post"] = "兼任职务，批准文件1号"
    assert client.post(f"/rooms/{second.id}/seats/new", data=typed).status_code == 303


def test_nobody_sits_twice_in_one_room(app: Flask, sign_in: SignIn) -> None:
    client, room, staff = sign_in(Role.PROPERTY), make_room(), make_staff()
    make_seat(room, staff=staff)
    typed = {"staff_id": staff.id, "from_on": "2022-03-01", "second_post": "兼任"}
    assert client.post(f"/rooms/{room.id}/seats/new", data=typed).status_code == 422
    assert seats() == 1


def test_a_seat_that_would_be_back_dated_into_another_is_refused(app: Flask, sign_in: SignIn) -> None:
    client, staff = sign_in(Role.PROPERTY), make_staff()
    make_seat(make_room(), staff=staff, from_on=date(2022, 6, 1))
    typed = {"staff_id": staff.id, "from_on": "2022-01-05", "second_post": ""}
    assert client.post(f"/rooms/{make_room().id}/seats/new", data=typed).status_code == 422
    assert seats() == 1


def test_someone_who_has_not_joined_gets_no_seat(app: Flask, sign_in: SignIn) -> None:
    client, room, staff = sign_in(Role.PROPERTY), make_room(), make_staff(joined_on=date(2022, 4, 1))
    typed = {"staff_id": staff.id, "from_on": "2022-03-01", "second_post": ""}
    page = client.post(f"/rooms/{room.id}/seats/new", data=typed)
    assert page.status_code == 422
    assert 'id="from_on-error"' in page.get_data(as_text=True)


def test_a_seat_is_vacated_once_and_not_before_it_was_taken(app: Flask, sign_in: SignIn) -> None:
    client, seat = sign_in(Role.PROPERTY), make_seat(make_room())
    early = client.post(f"/rooms/seats/{seat.id}/vacating", data={"to_on": "2022-01-04"})
    assert early.status_code == 422
    assert client.post(f"/rooms/seats/{seat.id}/vacating", data={"to_on": "2022-02-01"}).status_code == 303
    assert client.post(f"/rooms/seats/{seat.id}/vacating", data={"to_on": "2022-03-01"}).status_code == 422
    assert db.session.get_one(Occupancy, seat.id).to_on == date(2022, 2, 1)


def test_a_reader_neither_allots_nor_vacates(app: Flask, sign_in: SignIn) -> None:
    seat = make_seat(make_room())
    for role in (Role.LEADER, Role.LIAISON):
        client = sign_in(role, unit_id=seat.staff.unit_id)
        assert client.post(f"/rooms/{seat.room_id}/seats/new", data={}).status_code == 403
        assert client.post(f"/rooms/seats/{seat.id}/vacating", data={}).status_code == 403
