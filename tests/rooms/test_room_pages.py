"""Pages of buildings and rooms."""

from datetime import date
from decimal import Decimal

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from ops.core.audit import AuditEntry
from ops.core.db import db
from ops.people.roles import Role
from ops.places.models import Building, Room
from ops.rooms.models import RoomMeasurement
from tests.app_fixtures import SignIn
from tests.rooms.factories import make_building, make_room, make_seat, make_staff


def typed_room(building: Building, **changes: object) -> dict[str, object]:
    usual = {"building_id": building.id, "floor": 3, "number": "301", "room_class": "office", "area": "17.55"}
    return {**usual, "from_on": "2022-03-01", **changes}


def rooms() -> int:
    return db.session.scalar(select(func.count()).select_from(Room)) or 0


def test_a_building_is_added_once(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(Role.PROPERTY)
    assert client.get("/rooms/buildings/new").status_code == 200
    typed = {"campus_id": 1, "name": "三号楼"}
    assert client.post("/rooms/buildings/new", data=typed).status_code == 303
    again = client.post("/rooms/buildings/new", data=typed)
    assert again.status_code == 422
    assert "已有同名楼栋" in again.get_data(as_text=True)
    assert "三号楼" in client.get("/rooms/buildings").get_data(as_text=True)


def test_a_room_is_added_with_its_first_area(app: Flask, sign_in: SignIn) -> None:
    client, building = sign_in(Role.PROPERTY), make_building()
    assert client.post("/rooms/new", data=typed_room(building)).status_code == 303
    room = db.session.scalars(select(Room)).one()
    measured = db.session.scalars(select(RoomMeasurement)).one()
    assert (room.area, measured.area, measured.from_on) == (Decimal("17.55"), Decimal("17.55"), date(2022, 3, 1))
    assert "17.55 m²" in client.get(f"/rooms/{room.id}").get_data(as_text=True)


def test_a_wrong_area_is_refused_beside_its_field_and_nothing_is_written(app: Flask, sign_in: SignIn) -> None:
    client, building = sign_in(Role.PROPERTY), make_building()
    for wrong in ("17.555", "很大", "0", "-3", ""):
        page = client.post("/rooms/new", data=typed_room(building, area=wrong))
        assert page.status_code == 422
        text = page.get_data(as_text=True)
        assert 'id="area-error"' in text
        assert 'value="301"' in text
    assert rooms() == 0


def test_a_day_that_cannot_be_read_or_lies_in_the_future_is_refused(app: Flask, sign_in: SignIn) -> None:
    client, building = sign_in(Role.PROPERTY), make_building()
    for wrong in ("31.12.2022", "2099-01-01", "1999-01-01"):
        page = client.post("/rooms/new", data=typed_room(building, from_on=wrong))
        assert page.status_code == 422
        assert 'id="from_on-error"' in page.get_data(as_text=True)
    assert rooms() == 0


def test_a_number_is_given_once_in_a_building(app: Flask, sign_in: SignIn) -> None:
    client, building = sign_in(Role.PROPERTY), make_building()
    client.post("/rooms/new", data=typed_room(building))
    page = client.post("/rooms/new", data=typed_room(building))
    assert page.status_code == 422
    assert "已有此房间号" in page.get_data(as_text=True)
    assert rooms() == 1


def test_a_new_area_is_a_named_deed_with_before_and_after(app: Flask, sign_in: SignIn) -> None:
    client, room = sign_in(Role.PROPERTY), make_room("20.00")
    typed = {"room_class": "office", "area": "18.20", "from_on": "2022-09-01", "note": "复测"}
    assert client.get(f"/rooms/{room.id}/measurements/new").status_code == 200
    assert client.post(f"/rooms/{room.id}/measurements/new", data=typed).status_code == 303
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "rooms.room.measured")).one()
    assert entry.subject == f"room:{room.id}"
    assert "20.00" in entry.changes
    assert "18.20" in entry.changes


def test_an_area_is_not_put_before_the_latest(app: Flask, sign_in: SignIn) -> None:
    client, room = sign_in(Role.PROPERTY), make_room("20.00")
    typed = {"room_class": "office", "area": "18.20", "from_on": "2021-09-01", "note": "复测"}
    page = client.post(f"/rooms/{room.id}/measurements/new", data=typed)
    assert page.status_code == 422
    assert "2022-01-04" in page.get_data(as_text=True)
    assert db.session.get_one(Room, room.id).area == Decimal("20.00")


def test_the_list_is_found_filtered_and_sorted(app: Flask, sign_in: SignIn) -> None:
    client, taken = sign_in(Role.LEADER), make_room("20.00", number="A77")
    make_room("30.00", number="B88")
    make_seat(taken)
    assert numbers_in(client, "/rooms/?seats=idle") == ["B88"]
    assert numbers_in(client, "/rooms/?seats=taken") == ["A77"]
    assert numbers_in(client, "/rooms/?q=B8") == ["B88"]
    assert numbers_in(client, "/rooms/?sort=area&down=1") == ["B88", "A77"]


def numbers_in(client: FlaskClient, address: str) -> list[str]:
    text = client.get(address).get_data(as_text=True)
    return sorted(
        (number for number in ("A77", "B88") if f">{number}<" in text), key=lambda each: text.index(f">{each}<")
    )


def test_a_reader_changes_nothing(app: Flask, sign_in: SignIn) -> None:
    room = make_room()
    for role in (Role.LEADER, Role.AUDITOR, Role.LIAISON):
        client = sign_in(role)
        for address in ("/rooms/new", "/rooms/buildings/new", f"/rooms/{room.id}/measurements/new"):
            assert client.post(address, data={}).status_code == 403, (role, address)


def test_a_liaison_sees_the_rooms_of_the_own_unit_only(app: Flask, sign_in: SignIn) -> None:
    staff = make_staff()
    own, other = make_room(number="A77"), make_room(number="B88")
    make_seat(own, staff=staff)
    make_seat(other)
    client = sign_in(Role.LIAISON, unit_id=staff.unit_id)
    assert numbers_in(client, "/rooms/") == ["A77"]
    assert client.get(f"/rooms/{own.id}").status_code == 200
    assert client.get(f"/rooms/{other.id}").status_code == 404
    assert staff.name in client.get("/rooms/own-unit").get_data(as_text=True)
    assert client.get("/rooms/over").status_code == 403


def test_a_driver_sees_no_rooms_and_a_stranger_signs_in_first(app: Flask, sign_in: SignIn, client: FlaskClient) -> None:
    assert sign_in(Role.DRIVER).get("/rooms/").status_code == 403
    assert client.get("/rooms/").status_code == 302


def test_a_room_that_is_none_is_not_found(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(Role.PROPERTY)
    for address in ("/rooms/999", "/rooms/999/measurements/new", "/rooms/999/seats/new", "/rooms/seats/999/vacating"):
        assert client.get(address).status_code == 404, address
