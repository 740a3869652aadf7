"""A unit contests the kilometres of its trip, the section answers, the unit looks again; each finds it in his lists."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import func, select

from ops.core.audit import AuditEntry
from ops.core.db import db, hold, transaction
from ops.core.errors import Rejected
from ops.core.notify import Notice
from ops.people.models import Unit
from ops.people.roles import Role
from ops.vehicles import request_list
from ops.vehicles import service as trips
from ops.vehicles.models import TripRequest
from ops.vehicles.settlement import kilometre_queries, queries, service
from ops.vehicles.settlement.models import KilometreAnswer, Statement, StatementLine
from tests.app_fixtures import SignIn
from tests.factories import AT, make_trip_request, make_unit, make_user, make_vehicle
from tests.vehicles.factories import BY, make_departure, make_dispatch
from tests.vehicles.settlement.test_settlement import MAY, back, issue


@pytest.fixture
def unit(app: Flask) -> Unit:
    return make_unit()


def listed(show: str) -> Sequence[int]:
    return db.session.scalars(
        select(TripRequest.id).where(request_list.in_state(show, BY)).order_by(TripRequest.id)
    ).all()


def told(user_id: int) -> list[str]:
    return list(db.session.scalars(select(Notice.link).where(Notice.user_id == user_id).order_by(Notice.id)))


def test_an_objection_is_answered_and_the_unit_looks_again(unit: Unit, sign_in: SignIn) -> None:
    trip = back(unit)
    theirs, dispatcher = make_user(Role.LIAISON, unit_id=unit.id), make_user(Role.DISPATCHER)
    liaison, section = sign_in(Role.LIAISON, unit_id=unit.id), sign_in(Role.DISPATCHER)
    page = f"/vehicles/requests/{trip.request_id}"
    answer, words = f"{page}/kilometres/answer", {"words": "已核对照片，读数无误"}
    assert section.post(answer, data=words).status_code == 422, "nothing is contested"
    assert listed("to_confirm") == [trip.request_id]
    assert "待确认里程的行程" in liaison.get("/").text
    assert liaison.post(f"{page}/kilometres", data={"verdict": "no", "words": "多记10公里"}).status_code == 303
    assert (listed("to_confirm"), listed("contested")) == ([], [trip.request_id])
    assert told(dispatcher.id) == [page]
    assert "单位有异议的里程" in section.get("/").text
    assert answer in section.get(page).text
    assert "多记10公里" in section.get(answer).text
    assert section.post(answer, data={"words": " "}).status_code == 422
    assert section.post(answer, data=words).status_code == 303
    assert section.post(answer, data=words).status_code == 422, "once"
    assert (listed("to_confirm"), listed("contested")) == ([trip.request_id], [])
    assert told(theirs.id) == [page]
    for shown in (liaison.get(page).text, liaison.get(f"{page}/kilometres").text):
        assert "已核对照片，读数无误" in shown
    assert answer not in section.get(page).text
    assert queries.charges(unit.id, MAY.last) == [], "it is not charged until the unit agrees"
    assert liaison.post(f"{page}/kilometres", data={"verdict": "yes"}).status_code == 303
    assert (listed("to_confirm"), listed("contested")) == ([], [])
    assert [each.request.id for each in queries.charges(unit.id, MAY.last)] == [trip.request_id]
    made = db.session.scalars(select(AuditEntry.action).where(AuditEntry.action.like("vehicles.kilometres.%"))).all()
    assert sorted(made) == [f"vehicles.kilometres.{deed}" for deed in ("agreed", "answered", "contested")]


def test_the_json_door_answers_by_the_same_service(unit: Unit, sign_in: SignIn) -> None:
    trip = back(unit)
    with transaction():
        service.check_kilometres(trip.request, False, "多记10公里", BY)
    address = f"/api/vehicles/requests/{trip.request_id}/kilometres/answer"
    finance, liaison = sign_in(Role.FINANCE), sign_in(Role.LIAISON, unit_id=unit.id)
    assert liaison.post(address, json={"words": "我答"}).status_code == 403
    assert finance.post(address, json={}).status_code == 422
    assert finance.post(address, json={"words": "读数无误"}).status_code == 201
    assert finance.post(address, json={"words": "读数无误"}).status_code == 422
    assert db.session.scalars(select(KilometreAnswer.words)).all() == ["读数无误"]


def test_only_trips_that_are_back_and_unsettled_are_to_be_confirmed_by_their_own_unit(unit: Unit, app: Flask) -> None:
    mine, other, out = back(unit), back(make_unit(), day=1), make_departure(make_dispatch(request={"unit_id": unit.id}))
    make_trip_request(unit_id=unit.id)
    assert listed("to_confirm") == [mine.request_id, other.request_id]
    assert out.request_id not in listed("to_confirm")
    found = select(TripRequest.id).where(kilometre_queries.is_to_confirm(unit.id))
    assert db.session.scalars(found).all() == [mine.request_id]
    with transaction():
        statement = service.issue(unit.id, MAY, BY)
        service.answer(statement, True, "", BY)
    assert listed("to_confirm") == [other.request_id], "a settled trip asks for nothing more"


def test_a_late_car_stands_in_the_list_that_the_start_page_leads_to(unit: Unit, sign_in: SignIn) -> None:
    late = make_departure(make_dispatch(request={"unit_id": unit.id}))
    home = back(unit, day=1)
    client = sign_in(Role.DISPATCHER)
    assert "/vehicles/requests?show=overdue" in client.get("/").text
    shown = client.get("/vehicles/requests?show=overdue").text
    assert f"/vehicles/requests/{late.request_id}" in shown
    assert f"/vehicles/requests/{home.request_id}" not in shown


def test_statements_of_every_unit_are_issued_at_once_and_each_liaison_is_told(unit: Unit, sign_in: SignIn) -> None:
    other, third, finance = make_unit(), make_unit(), sign_in(Role.FINANCE)
    theirs = make_user(Role.LIAISON, unit_id=other.id)
    back(unit), back(other, day=1)
    contested = back(third, day=2)
    with transaction():
        service.check_kilometres(contested.request, False, "多记10公里", BY)
    offered = finance.get("/vehicles/statements/new").text
    assert "以下全部单位" in offered
    assert f"{unit.name} · 1次行程" in offered
    assert third.name not in offered, "what it contests is not charged"
    assert issue(finance, unit, "2023-04") == 422
    assert finance.post("/vehicles/statements/new", data={"unit_id": "", "month": "2023-05"}).status_code == 303
    made = db.session.scalars(select(Statement).order_by(Statement.unit_id)).all()
    assert [each.unit_id for each in made] == sorted([unit.id, other.id])
    sheets = [link for link in told(theirs.id) if link.startswith("/vehicles/statements")]
    assert sheets == [f"/vehicles/statements/{each.id}" for each in made if each.unit_id == other.id]
    assert finance.post("/vehicles/statements/new", data={"unit_id": "", "month": "2023-05"}).status_code == 422


def test_a_unit_whose_statement_a_colleague_issued_meanwhile_is_left_out(
    unit: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = make_unit()
    back(unit), back(other, day=1)

    def late(model: type[Unit], *keys: int) -> list[Unit]:
        """Meanwhile the colleague has issued that of one unit."""
        monkeypatch.setattr(service, "hold", hold)
        service.issue_month(unit.id, "2023-05", BY)
        return hold(model, *keys)

    monkeypatch.setattr(service, "hold", late)
    with transaction():
        made = service.issue_chosen(None, "2023-05", BY)
    assert [each.unit_id for each in made] == [other.id]
    with pytest.raises(Rejected, match="没有单位的行程待结算"), transaction():
        service.issue_chosen(None, "2023-05", BY)


def test_where_one_trip_has_no_tariff_no_statement_is_issued_and_it_is_named(unit: Unit, sign_in: SignIn) -> None:
    back(unit)
    early = make_departure(
        make_dispatch(
            AT.replace(year=2019),
            vehicle_id=make_vehicle(registered_on=date(2018, 1, 2)).id,
            request={"unit_id": make_unit().id, "destination": "玉田"},
        )
    )
    with transaction():
        trips.take_back(early, early.starts_at.replace(hour=12), 1100, BY)
    with pytest.raises(Rejected, match="玉田"), transaction():
        service.issue_chosen(None, "2023-05", BY)
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(StatementLine)) == 0


def test_each_turn_of_a_statement_is_told_to_whom_it_waits_for(unit: Unit, sign_in: SignIn) -> None:
    back(unit)
    liaison, head = make_user(Role.LIAISON, unit_id=unit.id), make_user(Role.FLEET_HEAD)
    with transaction():
        statement = service.issue(unit.id, MAY, BY)
    page = f"/vehicles/statements/{statement.id}"
    assert (told(liaison.id), told(head.id)) == ([page], [])
    with transaction():
        service.answer(statement, False, "里程有误", BY)
    assert (told(liaison.id), told(head.id)) == ([page], [page])
    with transaction():
        service.correct(statement, Decimal(0), "核对无误", BY)
    assert (told(liaison.id), told(head.id)) == ([page, page], [page])
    with transaction():
        service.answer(statement, True, "", BY)
    assert (told(liaison.id), told(head.id)) == ([page, page], [page])


def test_the_leader_of_a_unit_reads_its_statements_and_answers_none(unit: Unit, sign_in: SignIn) -> None:
    trip = back(unit)
    with transaction():
        statement = service.issue(unit.id, MAY, BY)
    page = f"/vehicles/statements/{statement.id}"
    leader, stranger = sign_in(Role.UNIT_APPROVER, unit_id=unit.id), sign_in(Role.UNIT_APPROVER, unit_id=make_unit().id)
    assert f"/vehicles/requests/{trip.request_id}" in leader.get(page).text
    assert leader.get(f"{page}/answer").status_code == 403
    assert stranger.get(page).status_code == 404
    for line in ("制单人", "审核人", "用车单位经办人", "单位负责人"):
        assert line in leader.get(page).text.partition('class="signatures')[2]


def test_each_state_lists_the_statements_that_stand_in_it(app: Flask, sign_in: SignIn) -> None:
    """Said twice and answered once is objected to again; the to-do list leads to what it counts."""
    turns = {"issued": "", "objected": "n", "corrected": "nc", "confirmed": "ncy", "again": "ncn", "agreed": "y"}
    made = {}
    for number, (name, deeds) in enumerate(turns.items()):
        trip = back(make_unit(name=f"单位{number}"), day=number)
        with transaction():
            made[name] = service.issue(trip.request.unit_id, MAY, BY)
        for deed in deeds:
            with transaction():
                if deed == "c":
                    service.correct(made[name], Decimal(0), "核对无误", BY)
                else:
                    service.answer(made[name], deed == "y", "里程有误", BY)
    told: dict[str, set[int]] = {}
    for each in made.values():
        told.setdefault(each.state.value, set()).add(each.id)
    told["waiting"] = told["issued"] | told["corrected"]
    found = {name: set(db.session.scalars(select(Statement.id).where(queries.in_state(name)))) for name in told}
    assert found == told
    assert len(told["objected"]) == 2
    finance = sign_in(Role.FINANCE)
    start = finance.get("/").text
    assert "/vehicles/statements?state=objected" in start
    objected = finance.get("/vehicles/statements?state=objected").text
    assert {name for name, each in made.items() if f'/vehicles/statements/{each.id}"' in objected} == {
        "objected",
        "again",
    }
    unit = made["corrected"].unit_id
    assert "单位2" in finance.get(f"/vehicles/statements?unit={unit}&period=2023-05").text
    assert (
        f'/vehicles/statements/{made["corrected"].id}"' not in finance.get("/vehicles/statements?period=2023-06").text
    )
    liaison = sign_in(Role.LIAISON, unit_id=unit)
    assert "/vehicles/statements?state=waiting" in liaison.get("/").text
    assert f'/vehicles/statements/{made["corrected"].id}"' in liaison.get("/vehicles/statements?state=waiting").text
    assert 'name="unit"' not in liaison.get("/vehicles/statements").text
