"""Pages of units, of what is over, and their workbooks."""

from datetime import date
from io import BytesIO

import python_calamine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from ops.core.db import db
from ops.people.models import Headcount, Staff
from ops.people.ranks import Rank
from ops.people.roles import Role
from tests.app_fixtures import SignIn
from tests.factories import make_unit
from tests.rooms.factories import make_room, make_seat, make_staff


def sheet_of(client: FlaskClient, address: str) -> list[list[object]]:
    answer = client.get(address)
    assert answer.status_code == 200
    return python_calamine.CalamineWorkbook.from_filelike(BytesIO(answer.data)).get_sheet_by_index(0).to_python()


def test_a_headcount_holds_from_its_day_and_is_corrected_on_it(app: Flask, sign_in: SignIn) -> None:
    client, unit = sign_in(Role.PROPERTY), make_unit()
    typed = {"rank": "staff", "from_on": "2022-01-01", "approved": "12", "in_post": "11"}
    assert client.get(f"/rooms/units/{unit.id}/headcounts/new").status_code == 200
    for approved in ("12", "13"):
        typed["approved"] = approved
        assert client.post(f"/rooms/units/{unit.id}/headcounts/new", data=typed).status_code == 303
    row = db.session.scalars(select(Headcount)).one()
    assert (row.approved, row.in_post, row.from_on) == (13, 11, date(2022, 1, 1))
    assert client.get(f"/rooms/units/{unit.id}").status_code == 200


def test_a_headcount_that_is_no_number_is_refused(app: Flask, sign_in: SignIn) -> None:
    client, unit = sign_in(Role.PROPERTY), make_unit()
    typed = {"rank": "staff", "from_on": "2022-01-01", "approved": "一打", "in_post": "1.5"}
    page = client.post(f"/rooms/units/{unit.id}/headcounts/new", data=typed)
    assert page.status_code == 422
    assert "一打" in page.get_data(as_text=True)
    assert db.session.scalar(select(func.count()).select_from(Headcount)) == 0


def test_a_person_is_added_with_a_number_of_his_own(app: Flask, sign_in: SignIn) -> None:
    client, unit = sign_in(Role.PROPERTY), make_unit()
    typed = {"code": "K1", "name": "工作人员01", "rank": "section_head", "joined_on": "2022-01-01"}
    assert client.post(f"/rooms/units/{unit.id}/staff/new", data=typed).status_code == 303
    again = client.post(f"/rooms/units/{unit.id}/staff/new", data=typed)
    assert again.status_code == 422
    assert "编号已被使用" in again.get_data(as_text=True)
    assert db.session.scalars(select(Staff)).one().rank == Rank.SECTION_HEAD


def test_the_list_of_rooms_over_names_day_document_and_clause_status(app: Flask, sign_in: SignIn) -> None:
    room = make_room("20.00")
    make_seat(room)
    text = sign_in(Role.LEADER).get("/rooms/over?day=2022-06-30").get_data(as_text=True)
    for expected in ("2022-06-30", "2674号", "条款号未核实", room.label, "11.00"):
        assert expected in text
    assert room.label not in sign_in(Role.LEADER).get("/rooms/over?day=2021-12-31").get_data(as_text=True)


def test_the_order_keeps_the_day(app: Flask, sign_in: SignIn) -> None:
    make_seat(make_room("20.00"))
    text = sign_in(Role.LEADER).get("/rooms/over?day=2022-06-30&sort=area").get_data(as_text=True)
    assert "day=2022-06-30&amp;sort=cap" in text or "sort=cap&amp;day=2022-06-30" in text


def test_the_workbook_holds_the_rows_of_the_page_as_numbers(app: Flask, sign_in: SignIn) -> None:
    room = make_room("20.50")
    make_seat(room, rank=Rank.SECTION_HEAD)
    title, note, head, line = sheet_of(sign_in(Role.AUDITOR), "/rooms/over?day=2022-06-30&format=xlsx")
    assert title[0] == "超标办公室清单"
    assert "2022-06-30" in str(note[0])
    assert head[-1] == "超标面积（m²）"
    assert (line[0], line[3:]) == (room.label, ["正科级 1", 20.5, 18.0, 2.5])


def test_text_that_looks_like_a_formula_stays_text(app: Flask, sign_in: SignIn) -> None:
    unit = make_unit(name="=1+1")
    make_seat(make_room("60.00"), staff=make_staff(unit_id=unit.id))
    for address in ("/rooms/over", "/rooms/over/units", "/rooms/units"):
        answer = sign_in(Role.LEADER).get(f"{address}?format=xlsx")
        rows = python_calamine.CalamineWorkbook.from_filelike(BytesIO(answer.data)).get_sheet_by_index(0).to_python()
        assert "=1+1" in rows[3], address


def test_the_units_workbook_has_the_posts_by_rank(app: Flask, sign_in: SignIn) -> None:
    client, unit = sign_in(Role.PROPERTY), make_unit()
    typed = {"rank": "section_head", "from_on": "2022-01-01", "approved": "1", "in_post": "1"}
    client.post(f"/rooms/units/{unit.id}/headcounts/new", data=typed)
    _title, _note, head, line = sheet_of(client, "/rooms/units?format=xlsx")
    by_head = dict(zip(head, line, strict=True))
    assert (by_head["单位"], by_head["正科级"], by_head["科级以下"], by_head["编制数"]) == (unit.name, 1, 0, 1)


def test_every_room_is_in_the_workbook_not_only_a_page(app: Flask, sign_in: SignIn) -> None:
    for _n in range(52):
        make_room()
    assert len(sheet_of(sign_in(Role.LEADER), "/rooms/?format=xlsx")) == 3 + 52


def test_a_liaison_sees_no_other_unit(app: Flask, sign_in: SignIn) -> None:
    own, other = make_unit(), make_unit()
    client = sign_in(Role.LIAISON, unit_id=own.id)
    assert client.get(f"/rooms/units/{own.id}").status_code == 200
    assert client.get(f"/rooms/units/{other.id}").status_code == 404
    assert client.get("/rooms/units").status_code == 403
    assert client.post(f"/rooms/units/{own.id}/staff/new", data={}).status_code == 403


def test_a_unit_that_is_none_is_not_found(app: Flask, sign_in: SignIn) -> None:
    assert sign_in(Role.PROPERTY).get("/rooms/units/999").status_code == 404
