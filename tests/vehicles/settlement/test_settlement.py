"""From the return to the settled trip: kilometres, rating, statement, objection, correction, confirmation."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from sqlalchemy import event, func, select

from ops.core.access import Actor
from ops.core.db import db, transaction
from ops.core.errors import Rejected
from ops.core.period import month
from ops.indicators.readings import read
from ops.people.models import Unit
from ops.people.roles import Role
from ops.vehicles import service as trips
from ops.vehicles.driving import service as driving
from ops.vehicles.models import Dispatch, TripRequest
from ops.vehicles.odometer import queries as odometer_queries
from ops.vehicles.odometer import replacing
from ops.vehicles.odometer import service as odometer
from ops.vehicles.odometer import trips as dials
from ops.vehicles.odometer.models import OdometerReading
from ops.vehicles.settlement import queries, service
from ops.vehicles.settlement.models import KilometreCheck, Statement, StatementLine, Tariff
from ops.vehicles.sharing import service as sharing
from tests.app_fixtures import SignIn
from tests.factories import AT, make_trip_request, make_unit
from tests.vehicles.factories import BY, make_departure, make_dispatch

MAY = month(2023, 5)


@pytest.fixture
def unit(app: Flask) -> Unit:
    return make_unit()


def back(unit: Unit, day: int = 0, km: int = 100) -> Dispatch:
    """A trip of the unit that is back."""
    dispatch = make_departure(make_dispatch(AT + timedelta(days=day), request={"unit_id": unit.id}))
    with transaction():
        trips.take_back(dispatch, dispatch.starts_at + timedelta(hours=3), 1000 + km, BY)
    return dispatch


def state(dispatch: Dispatch) -> str:
    db.session.rollback()
    return str(db.session.get_one(TripRequest, dispatch.request_id).state)


def issue(client: FlaskClient, unit: Unit, period: str = "2023-05") -> int:
    return client.post("/vehicles/statements/new", data={"unit_id": unit.id, "month": period}).status_code


def test_the_unit_confirms_rates_and_settles(unit: Unit, sign_in: SignIn) -> None:
    trip = back(unit)
    liaison, finance = sign_in(Role.LIAISON, unit_id=unit.id), sign_in(Role.FINANCE)
    address = f"/vehicles/requests/{trip.request_id}"
    assert liaison.get(f"{address}/kilometres").status_code == 200
    assert liaison.post(f"{address}/kilometres", data={"verdict": "yes"}).status_code == 303
    assert liaison.post(f"{address}/rating", data={"stars": "6"}).status_code == 422
    assert liaison.post(f"{address}/rating", data={"stars": "4", "words": "准时"}).status_code == 303
    assert liaison.post(f"{address}/rating", data={"stars": "5"}).status_code == 422
    assert state(trip) == "rated"
    assert read("vehicles.satisfaction", MAY).value == 100
    assert issue(finance, unit) == 303
    statement = db.session.scalars(select(Statement)).one()
    assert (statement.total, [line.request_id for line in statement.lines]) == (Decimal("170.00"), [trip.request_id])
    page = liaison.get(f"/vehicles/statements/{statement.id}").text
    assert f'href="{address}"' in page
    assert "50公里×1.80元 + 50公里×1.60元 = 170.00元" in page
    assert "某高校用车收费标准" in page
    assert "样例" in page
    book = CalamineWorkbook.from_filelike(BytesIO(finance.get(f"/vehicles/statements/{statement.id}/workbook").data))
    sheet = book.get_sheet_by_index(0).to_python()
    assert any("50公里×1.80元 + 50公里×1.60元 = 170.00元" in row and "某高校" in str(row) for row in sheet)
    assert liaison.post(f"/vehicles/statements/{statement.id}/answer", data={"verdict": "yes"}).status_code == 303
    assert state(trip) == "settled"
    assert liaison.post(f"/vehicles/statements/{statement.id}/answer", data={"verdict": "yes"}).status_code == 422
    assert liaison.post(f"{address}/kilometres", data={"verdict": "yes"}).status_code == 422
    for word in ("里程已确认（单位账号）", "★★★★", "已与单位结算"):
        assert word in liaison.get(address).text


def test_a_trip_whose_kilometres_are_contested_waits_until_they_are_agreed(unit: Unit, sign_in: SignIn) -> None:
    trip, other = back(unit), back(unit, day=1)
    liaison, finance = sign_in(Role.LIAISON, unit_id=unit.id), sign_in(Role.FINANCE)
    address = f"/vehicles/requests/{trip.request_id}/kilometres"
    assert liaison.post(address, data={"verdict": "no"}).status_code == 422
    assert liaison.post(address, data={"verdict": "no", "words": "多记10公里"}).status_code == 303
    assert issue(finance, unit) == 303
    assert db.session.scalars(select(StatementLine.request_id)).all() == [other.request_id]
    assert issue(finance, unit) == 422
    assert liaison.post(address, data={"verdict": "yes"}).status_code == 303
    assert issue(finance, unit) == 303
    assert db.session.scalars(select(KilometreCheck.number).order_by(KilometreCheck.id)).all() == [1, 2]


def test_an_objection_is_answered_by_a_correction_row(unit: Unit, sign_in: SignIn) -> None:
    back(unit)
    liaison, head = sign_in(Role.LIAISON, unit_id=unit.id), sign_in(Role.FLEET_HEAD)
    assert issue(head, unit) == 303
    statement = db.session.scalars(select(Statement)).one()
    address, line = f"/vehicles/statements/{statement.id}", statement.lines[0].id
    correction = {"line_id": line, "amount": "-16.00", "words": "经核对多计10公里"}
    assert head.post(f"{address}/correction", data=correction).status_code == 422
    assert liaison.post(f"{address}/answer", data={"verdict": "no", "words": ""}).status_code == 422
    assert liaison.post(f"{address}/answer", data={"verdict": "no", "words": "里程有误"}).status_code == 303
    assert liaison.post(f"{address}/answer", data={"verdict": "yes"}).status_code == 422
    assert head.get(f"{address}/correction").status_code == 200
    assert head.post(f"{address}/correction", data={**correction, "amount": "1.005"}).status_code == 422
    too_much = head.post(f"{address}/correction", data={**correction, "amount": "-100000"})
    assert too_much.status_code == 422
    assert "最多只能减到零" in too_much.text
    assert head.post(f"{address}/correction", data=correction).status_code == 303
    db.session.rollback()
    statement = db.session.get_one(Statement, statement.id)
    assert (statement.total, statement.lines[0].amount) == (Decimal("154.00"), Decimal("170.00"))
    assert liaison.post(f"{address}/answer", data={"verdict": "yes"}).status_code == 303
    assert state(db.session.get_one(Dispatch, statement.lines[0].dispatch_id)) == "settled"


def test_a_statement_stays_as_it_was_issued_and_the_next_takes_what_came_late(
    unit: Unit, by: Actor, sign_in: SignIn
) -> None:
    first = back(unit)
    finance = sign_in(Role.FINANCE)
    assert issue(finance, unit) == 303
    late = back(unit, day=2)
    with transaction():
        service.set_tariff(
            "sedan", "by_km", Decimal(0), 0, 0, Decimal("9"), Decimal(0), 0, Decimal(0), 0, date(2023, 5, 1),
            "内部制度", True, by,
        )  # fmt: skip
    assert issue(finance, unit, "2023-06") == 303
    lines = db.session.scalars(select(StatementLine).order_by(StatementLine.id)).all()
    assert [(line.dispatch_id, line.amount) for line in lines] == [
        (first.id, Decimal("170.00")),
        (late.id, Decimal("900.00")),
    ]


def test_a_shared_trip_is_paid_by_those_who_rode(unit: Unit, by: Actor) -> None:
    other = make_unit()
    dispatch = make_dispatch(request={"unit_id": unit.id, "people": 1})
    rider = make_trip_request(unit_id=other.id, people=2)
    with transaction():
        sharing.join(rider, dispatch, by)
    make_departure(dispatch)
    with transaction():
        trips.take_back(dispatch, AT + timedelta(hours=3), 1100, by)
    with transaction():
        mine, theirs = service.issue(unit.id, MAY, by), service.issue(other.id, MAY, by)
    assert (mine.total, theirs.total) == (Decimal("56.67"), Decimal("113.33"))
    assert [line.share for line in (*mine.lines, *theirs.lines)] == ["1/3", "2/3"]


def test_what_makes_no_sense_is_refused(unit: Unit, by: Actor, sign_in: SignIn) -> None:
    back(unit)
    finance = sign_in(Role.FINANCE)
    for period in ("2023", "2023-05-01", "mai", "2099-01", ""):
        assert issue(finance, unit, period) == 422, period
    told = finance.post("/vehicles/statements/new", data={"unit_id": unit.id, "month": "2023年5月"}).text
    assert 'id="month-error"' in told
    assert "2023年5月" in told, "what was typed stays"
    with pytest.raises(Rejected):
        service.issue(make_unit().id, MAY, by)
    tariff = {
        "car_class": "van", "method": "day_hire", "day_price": "0", "base_km": "100", "base_hours": "8",
        "km_price": "1.5", "hour_price": "20", "far_from": "0", "far_price": "0", "least_km": "0",
        "valid_from": "2023-05-01", "source": "内部制度",
    }  # fmt: skip
    assert finance.get("/vehicles/tariffs/new").status_code == 200
    for wrong in ({}, {"method": "by_km", "km_price": "0"}, {"day_price": "1", "far_from": "5"}, {"day_price": "-1"}):
        assert finance.post("/vehicles/tariffs/new", data={**tariff, **wrong}).status_code == 422, wrong
    assert finance.post("/vehicles/tariffs/new", data={**tariff, "day_price": "300"}).status_code == 303
    assert finance.post("/vehicles/tariffs/new", data={**tariff, "day_price": "300"}).status_code == 422
    assert db.session.scalar(select(func.count()).select_from(Tariff)) == 5
    assert "内部制度" in finance.get("/vehicles/tariffs").text


def test_each_unit_reads_and_answers_its_own(unit: Unit, sign_in: SignIn) -> None:
    back(unit)
    issue(sign_in(Role.DISPATCHER), unit)
    statement = db.session.scalars(select(Statement.id)).one()
    other, auditor = sign_in(Role.LIAISON, unit_id=make_unit().id), sign_in(Role.AUDITOR)
    assert other.get(f"/vehicles/statements/{statement}").status_code == 404
    assert other.post(f"/vehicles/statements/{statement}/answer", data={"verdict": "yes"}).status_code == 404
    assert auditor.get(f"/vehicles/statements/{statement}").status_code == 200
    assert auditor.post(f"/vehicles/statements/{statement}/answer", data={"verdict": "yes"}).status_code == 403
    assert sign_in(Role.CANTEEN).get("/vehicles/statements").status_code == 403
    liaison = sign_in(Role.LIAISON, unit_id=unit.id)
    assert "/vehicles/statements" in liaison.get("/").text
    assert f"/vehicles/statements/{statement}" in liaison.get("/vehicles/statements").text


def test_the_workbook_says_what_the_page_says(unit: Unit, sign_in: SignIn) -> None:
    trip = back(unit, km=164)
    finance = sign_in(Role.FINANCE)
    issue(finance, unit)
    answer = finance.get("/vehicles/statements/1/workbook")
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.data)).get_sheet_by_index(0).to_python()
    assert rows[3][1] == trip.vehicle.plate
    assert [row[6] for row in rows[3:]] == [272.4, 272.4]


def test_two_units_that_shared_a_trip_are_both_offered_until_each_has_its_own_statement(unit: Unit) -> None:
    rider = make_unit()
    dispatch = make_dispatch(request={"unit_id": unit.id})
    with transaction():
        sharing.join(make_trip_request(unit_id=rider.id), dispatch, BY)
    make_departure(dispatch)
    with transaction():
        trips.take_back(dispatch, dispatch.starts_at + timedelta(hours=3), 1100, BY)
    assert [key for key, _name, _trips in queries.units_with_trips(MAY.last)] == [unit.id, rider.id]
    with transaction():
        service.issue(rider.id, MAY, BY)
    assert [key for key, _name, _trips in queries.units_with_trips(MAY.last)] == [unit.id]


def test_who_signs_on_the_spot_confirms_for_the_unit_a_replaced_dial_and_corrections_included(
    unit: Unit, by: Actor, sign_in: SignIn
) -> None:
    trip = make_departure(make_dispatch(AT, request={"unit_id": unit.id}), odometer=90_000)
    with transaction():
        replacing.replace_dial(trip.vehicle_id, AT + timedelta(hours=1), 90_040, 10, "换表单", None, by)
        trips.take_back(trip, AT + timedelta(hours=3), 70, BY)
    with transaction():
        typed = {"name": "王", "phone_tail": "1234"}
        driving.receive(trip, "5" * 16, "signature", by, at=AT + timedelta(hours=3), **typed)
    [check] = db.session.scalars(select(KilometreCheck))
    assert (check.agreed, check.kilometres, check.words, check.by) == (True, 100, "王 ****1234", by.name)
    assert dials.of_trip(trip) == read("vehicles.kilometres", MAY).value == 100
    liaison = sign_in(Role.LIAISON, unit_id=unit.id)
    address = f"/vehicles/requests/{trip.request_id}"
    assert "王 ****1234" in liaison.get(address).text
    assert "已确认100公里" in liaison.get(f"{address}/kilometres").text
    with transaction():
        odometer.correct(dials_reading(trip), 80, "看错", by)
    assert "请重新核对" in liaison.get(f"{address}/kilometres").text
    assert [charge.use.kilometres for charge in queries.charges(unit.id, MAY.last)] == [110]


def dials_reading(trip: Dispatch) -> OdometerReading:
    found = odometer_queries.of_trip(trip.id, "return")
    assert found
    return found


def test_the_json_door_confirms_rates_issues_and_answers_by_the_same_services(unit: Unit, sign_in: SignIn) -> None:
    trip = back(unit)
    liaison, finance, other = (
        sign_in(Role.LIAISON, unit_id=unit.id), sign_in(Role.FINANCE), sign_in(Role.LIAISON, unit_id=make_unit().id),
    )  # fmt: skip
    address = f"/api/vehicles/requests/{trip.request_id}"
    unsaid = liaison.post(f"{address}/kilometres", json={"agreed": False})
    assert (unsaid.status_code, unsaid.json["field"]) == (422, "words")
    assert liaison.post(f"{address}/kilometres", json={"agreed": True}).json["state"] == "returned"
    assert other.post(f"{address}/kilometres", json={"agreed": True}).status_code == 404
    assert liaison.post(f"{address}/rating", json={"stars": 6}).status_code == 422
    assert liaison.post(f"{address}/rating", json={"stars": 5, "words": "准时"}).json["state"] == "rated"
    assert finance.post("/api/vehicles/statements", json={"unit_id": unit.id, "month": "May"}).status_code == 422
    made = finance.post("/api/vehicles/statements", json={"unit_id": unit.id, "month": "2023-05"}).json
    assert (made["total"], made["state"], made["lines"][0]["request_id"]) == ("170.00", "issued", trip.request_id)
    assert other.get("/api/vehicles/statements").json["total"] == 0
    assert [row["id"] for row in liaison.get("/api/vehicles/statements").json["rows"]] == [made["id"]]
    own = f"/api/vehicles/statements/{made['id']}"
    assert other.get(own).status_code == 404
    stale = liaison.post(f"{own}/answer", json={"agreed": True, "seen": "objected-1-1"})
    assert stale.status_code == 422
    answered = liaison.post(f"{own}/answer", json={"agreed": True, "seen": made["mark"]})
    assert (answered.status_code, answered.json["state"]) == (201, "confirmed")
    assert state(trip) == "settled"
    assert finance.post(f"{own}/answer", json={"agreed": True}).status_code == 403


def test_the_trips_of_a_month_are_charged_in_as_many_statements_as_one_trip(unit: Unit) -> None:
    def statements() -> int:
        seen: list[str] = []
        note = lambda _connection, _cursor, statement, *_rest: seen.append(statement)  # noqa: E731
        db.session.rollback()
        db.session.expire_all()
        key = unit.id
        event.listen(db.engine, "before_cursor_execute", note)
        queries.charges(key, MAY.last)
        event.remove(db.engine, "before_cursor_execute", note)
        return len(seen)

    back(unit)
    alone = statements()
    for day in range(1, 4):
        back(unit, day)
    assert len(queries.charges(unit.id, MAY.last)) == 4
    assert statements() == alone


def test_the_unit_and_finance_answer_with_the_trips_before_their_eyes(unit: Unit, sign_in: SignIn) -> None:
    finance, liaison = sign_in(Role.FINANCE), sign_in(Role.LIAISON, unit_id=unit.id)
    assert "没有待结算的行程" in finance.get("/vehicles/statements/new").text
    trip = back(unit)
    issue(finance, unit)
    address = f"/vehicles/statements/{db.session.scalars(select(Statement.id)).one()}"
    shown = liaison.get(f"{address}/answer").text
    assert f"/vehicles/requests/{trip.request_id}" in shown
    assert "单位提出异议" in shown
    liaison.post(f"{address}/answer", data={"verdict": "no", "words": "少于100公里"})
    shown = finance.get(f"{address}/correction").text
    assert "少于100公里" in shown
    assert f"/vehicles/requests/{trip.request_id}" in shown


def test_a_tariff_says_whether_it_holds(unit: Unit, sign_in: SignIn) -> None:
    finance = sign_in(Role.FINANCE)
    given = {"car_class": "sedan", "method": "day_hire", "day_price": "300", "km_price": "2", "source": "价目表"}
    zeros = dict.fromkeys(("base_km", "base_hours", "hour_price", "far_from", "far_price", "least_km"), "0")
    for day in ("2023-01-01", "2099-01-01"):
        assert finance.post("/vehicles/tariffs/new", data={**given, **zeros, "valid_from": day}).status_code == 303
    shown = finance.get("/vehicles/tariffs").text
    assert (shown.count("有效"), shown.count("尚未生效"), shown.count("已停用")) == (4, 1, 1)
