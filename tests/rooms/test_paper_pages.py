"""Pages of office moves, returns and lettings."""

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from ops.core import clock
from ops.core.db import Base, db
from ops.people.roles import Role
from ops.rooms.models import Letting, OfficeMove, RoomReturn
from tests.app_fixtures import SignIn
from tests.factories import make_unit
from tests.rooms.factories import make_letting, make_move, make_return

MOVE = {
    "moved_on": "2022-03-01", "from_place": "一号楼", "to_place": "二号楼", "ground": "集中办公", "paper": "办发1号",
}  # fmt: skip
RETURN = {"year": "2022", "filed_on": "2022-08-01", "paper": "统1号"}
LETTING = {
    "property_name": "房产01", "appraised_on": "2021-12-01", "appraised_value": "1,000,000.00",
    "tenant_kind": "enterprise", "tenant_number": "承租方01", "from_on": "2022-01-04",
    "to_on": "2023-01-04", "rent": "50000",
}  # fmt: skip
PAPERS = [
    ("/rooms/moves", OfficeMove, MOVE, "moved_on"),
    ("/rooms/returns", RoomReturn, RETURN, "filed_on"),
    ("/rooms/lettings", Letting, LETTING, "appraised_on"),
]


def count(model: type[Base]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


@pytest.mark.parametrize(("address", "model", "typed", "day"), PAPERS)
def test_a_paper_is_recorded_shown_exported_and_made_void(
    app: Flask, sign_in: SignIn, address: str, model: Any, typed: dict[str, str], day: str
) -> None:
    client, unit = sign_in(Role.PROPERTY), make_unit()
    assert client.get(f"{address}/new").status_code == 200
    assert client.post(f"{address}/new", data={**typed, "unit_id": unit.id}).status_code == 303
    key = db.session.scalars(select(model)).one().id
    for seen in (address, f"{address}/{key}", f"{address}?year=2022", f"{address}/{key}/void"):
        assert client.get(seen).status_code == 200, seen
    assert client.get(f"{address}?format=xlsx").data.startswith(b"PK")
    silent = client.post(f"{address}/{key}/void", data={"reason_given": ""})
    assert silent.status_code == 422
    assert client.post(f"{address}/{key}/void", data={"reason_given": "登记有误"}).status_code == 303
    text = client.get(f"{address}/{key}").get_data(as_text=True)
    assert "已作废" in text
    assert "登记有误" in text
    assert client.post(f"{address}/{key}/void", data={"reason_given": "再次"}).status_code == 422


@pytest.mark.parametrize(("address", "model", "typed", "day"), PAPERS)
def test_a_paper_with_a_wrong_day_is_refused_and_what_was_typed_stays(
    app: Flask, sign_in: SignIn, address: str, model: Any, typed: dict[str, str], day: str
) -> None:
    client, unit = sign_in(Role.PROPERTY), make_unit()
    page = client.post(f"{address}/new", data={**typed, "unit_id": unit.id, day: "3月1日"})
    assert page.status_code == 422
    text = page.get_data(as_text=True)
    assert f'id="{day}-error"' in text
    assert re.search(r"办发1号|统1号|承租方01", text)
    assert count(model) == 0


@pytest.mark.parametrize(("address", "model", "typed", "day"), PAPERS)
def test_only_the_property_section_writes_papers(
    app: Flask, sign_in: SignIn, address: str, model: Any, typed: dict[str, str], day: str
) -> None:
    unit = make_unit()
    for role, reads in ((Role.LEADER, 200), (Role.AUDITOR, 200), (Role.LIAISON, 403), (Role.DRIVER, 403)):
        client = sign_in(role, unit_id=unit.id)
        assert client.get(address).status_code == reads
        assert client.post(f"{address}/new", data={**typed, "unit_id": unit.id}).status_code == 403
        assert client.post(f"{address}/1/void", data={"reason_given": "x"}).status_code == 403
    assert sign_in(Role.LEADER).get(f"{address}/999").status_code == 404
    assert count(model) == 0


def test_a_unit_files_once_for_a_year(app: Flask, sign_in: SignIn) -> None:
    filed = make_return()
    typed = {**RETURN, "unit_id": filed.unit_id}
    page = sign_in(Role.PROPERTY).post("/rooms/returns/new", data=typed)
    assert page.status_code == 422
    assert "当年度已上报" in page.get_data(as_text=True)
    assert count(RoomReturn) == 1


def test_a_return_is_not_filed_in_the_future(app: Flask, sign_in: SignIn) -> None:
    typed = {**RETURN, "unit_id": make_unit().id, "filed_on": "2098-01-01"}
    assert sign_in(Role.PROPERTY).post("/rooms/returns/new", data=typed).status_code == 422


def test_what_is_not_filed_stands_on_the_start_page_and_in_its_list(app: Flask, sign_in: SignIn) -> None:
    year = clock.today().year
    late, filed = make_unit(), make_unit()
    make_return(filed, year=year)
    client = sign_in(Role.PROPERTY)
    assert "信息未上报单位" in client.get("/").get_data(as_text=True)
    text = client.get("/rooms/returns/missing").get_data(as_text=True)
    assert late.name in text
    assert filed.name not in text
    assert f"unit_id={late.id}" in text
    make_return(late, year=year)
    assert "信息未上报单位" not in client.get("/").get_data(as_text=True)


def test_a_year_out_of_reach_has_no_list(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(Role.PROPERTY)
    assert client.get("/rooms/returns/missing?year=99999999999").status_code == 404
    assert client.get("/rooms/returns/missing?year=last").status_code == 200


def test_a_property_is_not_let_to_two_at_once(app: Flask, sign_in: SignIn) -> None:
    make_letting()
    typed = {**LETTING, "from_on": "2022-06-01", "to_on": "2024-01-01"}
    page = sign_in(Role.PROPERTY).post("/rooms/lettings/new", data=typed)
    assert page.status_code == 422
    assert 'id="property_name-error"' in page.get_data(as_text=True)
    next_one = {**LETTING, "from_on": "2023-01-04", "to_on": "2024-01-01"}
    assert sign_in(Role.PROPERTY).post("/rooms/lettings/new", data=next_one).status_code == 303


def test_the_evidence_of_a_figure_opens_its_records(app: Flask, sign_in: SignIn) -> None:
    move = make_move()
    make_return()
    make_letting()
    client = sign_in(Role.PERFORMANCE)
    for name, record in (
        ("units_moved", f"/rooms/moves/{move.id}"), ("returns_filed", "/rooms/returns/1"),
        ("properties_let", "/rooms/lettings/1"),
    ):  # fmt: skip
        text = client.get(f"/figures/rooms.{name}/evidence?period=2022").get_data(as_text=True)
        assert f'href="{record}"' in text
        assert client.get(record).status_code == 200
