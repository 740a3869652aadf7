"""Positions come in by push and poll, once; alarms are settled by a person; every look is noted."""

import re
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from ops.core import clock
from ops.core.access import Actor
from ops.core.audit import AuditEntry
from ops.core.db import db, transaction
from ops.core.errors import Rejected
from ops.core.period import Period
from ops.indicators.readings import read
from ops.people import tokens
from ops.people.roles import Role
from ops.vehicles.models import Vehicle
from ops.vehicles.positions import judge_service, server_service, service
from ops.vehicles.positions.models import Alarm, AlarmKind, Position, TrackLook
from ops.vehicles.positions.traccar import Traccar
from tests.app_fixtures import SignIn
from tests.factories import make_user, make_vehicle
from tests.vehicles.positions.traccar_server import DEVICE, TOKEN, fix, forwarded, recorded_day, serving

ROOT = Path(__file__).parents[3]
AT = datetime(2023, 5, 9, 9)
DAY = AT.date()
NAMED = {Role.DISPATCHER, Role.FLEET_HEAD, Role.DISCIPLINE, Role.AUDITOR}  # who may see where a car was
UNIQUE = str(DEVICE["uniqueId"])


def make_tracker(by: Actor, from_on: date = date(2023, 1, 1), device: str = UNIQUE) -> Vehicle:
    car = make_vehicle()
    with transaction():
        service.bind(car.id, device, from_on, by)
    return car


@pytest.fixture
def bearer(app: Flask, by: Actor) -> dict[str, str]:
    user = make_user(Role.POSITIONING)
    with transaction():
        _row, secret = tokens.make_token(user.id, "定位服务器", None, by)
    return {"Authorization": f"Bearer {secret}"}


def push(client: FlaskClient, bearer: dict[str, str], body: Any) -> Any:
    return client.post("/api/vehicles/positions", json=body, headers=bearer)


def how_many(model: type[Any] = Position) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_a_forwarded_position_is_kept_once_in_our_units(client: FlaskClient, bearer: dict[str, str], by: Actor) -> None:
    car = make_tracker(by)
    entries = how_many(AuditEntry)
    body = forwarded(fix(AT, knots=20.5, total=1234.6))
    assert push(client, bearer, body).json == {"taken": 1, "repeated": 0, "unknown": []}
    assert push(client, bearer, [body, body]).json == {"taken": 0, "repeated": 2, "unknown": []}
    kept = db.session.scalars(select(Position)).one()
    assert (kept.vehicle_id, kept.fixed_at, str(kept.speed), kept.metres) == (car.id, AT, "38.0", 1234)
    assert how_many(AuditEntry) == entries, "positions do not flood the trail"
    in_milliseconds = {**fix(AT), "fixTime": 1683595800000}
    assert push(client, bearer, forwarded(in_milliseconds)).json["taken"] == 1
    assert db.session.scalar(select(func.max(Position.fixed_at))) == AT + timedelta(minutes=30)


def test_a_device_is_of_a_car_by_the_day(client: FlaskClient, bearer: dict[str, str], by: Actor) -> None:
    make_tracker(by, from_on=DAY)
    early = push(client, bearer, forwarded(fix(AT - timedelta(days=1))))
    assert early.json == {"taken": 0, "repeated": 0, "unknown": [UNIQUE]}
    assert push(client, bearer, forwarded(fix(AT), uniqueId="other")).json["unknown"] == ["other"]
    with transaction(), pytest.raises(Rejected):
        service.bind(make_vehicle().id, UNIQUE, DAY, by)


@pytest.mark.parametrize(
    ("body", "field"),
    [({}, "position"), ([], "position"), ({"position": fix(AT)}, "device"), (forwarded({}), "position.fixTime"),
     (forwarded({**fix(AT), "latitude": 91}), "position.latitude"), (forwarded(fix(AT), uniqueId=7), "device.uniqueId"),
     (forwarded({**fix(AT), "longitude": "118"}), "position.longitude"),
     (forwarded({**fix(AT), "speed": -1}), "position.speed"), (forwarded({**fix(AT), "speed": None}), "position.speed"),
     (forwarded({**fix(AT), "fixTime": "2023-05-09T09:00:00"}), "position.fixTime"),
     (forwarded({**fix(AT), "fixTime": 10**30}), "position.fixTime"),
     (forwarded({**fix(AT), "fixTime": "2098-05-09T09:00:00Z"}), "position.fixTime"),
     (forwarded({**fix(AT), "latitude": float("nan")}), "position.latitude"),
     (forwarded({**fix(AT), "speed": float("inf")}), "position.speed"),
     (forwarded({**fix(AT), "latitude": 10**3000}), "position.latitude"),
     (forwarded({**fix(AT), "attributes": {"totalDistance": "12"}}), "position.attributes.totalDistance"),
     (forwarded(fix(AT), uniqueId="\ud800"), "device.uniqueId"),
     (forwarded(fix(AT), uniqueId="a\0"), "device.uniqueId"),
     (forwarded(fix(clock.now() + timedelta(hours=8))), "position.fixTime"),
     ([forwarded(fix(AT)), forwarded({**fix(AT), "latitude": 91})], "1.position.latitude"),
     ([forwarded(fix(AT)), None], "1.position"), ("text", "position")],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_words(
    client: FlaskClient, bearer: dict[str, str], by: Actor, body: Any, field: str
) -> None:
    make_tracker(by)
    answer = push(client, bearer, body)
    assert (answer.status_code, answer.json["field"]) == (422, field)
    assert answer.json["message"]
    assert how_many() == 0


@pytest.mark.parametrize(
    "body", [b"[" * 100_000, b"{" * 9, b'{"a":' * 50_000 + b"1" + b"}" * 50_000, b"9" * 5000, b"\xff\xfe{}", b""]
)
def test_what_no_json_is_is_unreadable_and_no_fault_of_ours(
    client: FlaskClient, bearer: dict[str, str], body: bytes
) -> None:
    answer = client.post("/api/vehicles/positions", data=body, headers=bearer, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json["message"]


def test_only_the_positioning_server_hands_in(client: FlaskClient, bearer: dict[str, str], sign_in: SignIn) -> None:
    address = "/api/vehicles/positions"
    unread = client.post(address, data="{", headers=bearer, content_type="application/json")
    assert unread.status_code == 400
    assert client.post(address, json=[]).status_code == 401
    assert sign_in(Role.DISPATCHER).post(address, json=[]).status_code == 403
    assert client.get("/vehicles/positions/alarms", headers=bearer).status_code in (302, 403)


def test_the_poll_fills_what_the_push_lost_and_the_day_is_judged_once(
    client: FlaskClient, bearer: dict[str, str], by: Actor
) -> None:
    """A recorded day is replayed: every third position gets lost, some come twice; then the server is asked."""
    car, day = make_tracker(by), recorded_day(AT, minutes=80, km_north=6)
    for number, each in enumerate(day):
        if number % 3:
            push(client, bearer, forwarded(each))
    assert how_many() == 53
    with serving(day) as address:
        server = Traccar(address, TOKEN)
        counts = server_service.fill(server, DAY, by)
        assert counts == {"taken": 27, "repeated": 53, "unknown": []}
        assert server_service.fill(server, DAY, by)["repeated"] == 80
        with pytest.raises(Rejected):
            server_service.fill(Traccar(address, "wrong"), DAY, by)
    with pytest.raises(Rejected):
        server_service.fill(Traccar("file:///etc", ""), DAY, by)
    named = db.session.scalars(select(AuditEntry).filter_by(action="vehicles.positions.filled")).first()
    assert named is not None
    assert '"taken": 27' in named.changes
    for _again in range(2):
        judge_service.judge_whole(DAY, by)
    found = {row.kind: row for row in db.session.scalars(select(Alarm))}
    assert set(found) == {AlarmKind.MOVEMENT, AlarmKind.OFFLINE}
    moved = found[AlarmKind.MOVEMENT]
    assert (moved.vehicle_id, moved.at) == (car.id, AT + timedelta(minutes=10))
    assert moved.value == pytest.approx(12_000, abs=100)
    assert how_many(Alarm) == 2


def make_alarm(by: Actor, client: FlaskClient, bearer: dict[str, str]) -> Alarm:
    make_tracker(by)
    push(client, bearer, [forwarded(each) for each in recorded_day(AT, minutes=80, km_north=6)])
    judge_service.judge_whole(DAY, by)
    return db.session.scalars(select(Alarm).filter_by(kind=AlarmKind.MOVEMENT)).one()


def test_an_alarm_is_settled_once_with_a_reason_and_counts(
    client: FlaskClient, bearer: dict[str, str], by: Actor, sign_in: SignIn
) -> None:
    alarm = make_alarm(by, client, bearer)
    on = alarm.raised_on
    figure = read("vehicles.alarms_settled", Period(on, on))
    assert (figure.part, figure.whole) == (0, 2)
    address = f"/vehicles/positions/alarms/{alarm.id}/settlement"
    dispatcher = sign_in(Role.DISPATCHER)
    assert dispatcher.post(address, data={"reason_given": " "}).status_code == 422
    assert dispatcher.post(address, data={"reason_given": "临时移车"}).status_code == 303
    assert dispatcher.post(address, data={"reason_given": "再次"}).status_code == 422
    assert "临时移车" in dispatcher.get(f"/vehicles/positions/alarms/{alarm.id}").text
    assert read("vehicles.alarms_settled", Period(on, on)).part == 1
    judge_service.judge_whole(DAY, by)
    assert how_many(Alarm) == 2
    settled = dispatcher.get("/vehicles/positions/alarms?state=settled&kind=movement").text
    assert "临时移车" in settled
    assert sign_in(Role.AUDITOR).get(address).status_code == 403


def test_every_look_at_a_track_is_noted_and_strangers_see_none(
    client: FlaskClient, bearer: dict[str, str], by: Actor, sign_in: SignIn
) -> None:
    alarm = make_alarm(by, client, bearer)
    address = f"/vehicles/positions/cars/{alarm.vehicle_id}?day=2023-05-09"
    shown = sign_in(Role.DISCIPLINE).get(address).text
    assert "<polyline" in shown
    assert "118.46" in shown
    for role in set(Role) - NAMED:
        assert sign_in(role).get(address).status_code == 403, role
    head = sign_in(Role.FLEET_HEAD)
    assert head.get(f"/vehicles/positions/cars/{alarm.vehicle_id}?day=2022-01-01").status_code == 200
    assert head.get(f"/vehicles/positions/cars/{alarm.vehicle_id}?day=gestern").status_code == 404
    assert [row.day for row in db.session.scalars(select(TrackLook).order_by(TrackLook.id))] == [DAY, date(2022, 1, 1)]
    assert "2022-01-01" in head.get("/vehicles/positions/looks").text
    assert sign_in(Role.DISPATCHER).get("/vehicles/positions/looks").status_code == 403
    noted = db.session.scalars(select(TrackLook.role).order_by(TrackLook.id)).all()
    assert noted == [Role.DISCIPLINE, Role.FLEET_HEAD], "roles are noted as such, and told in the reader's language"
    with head.session_transaction() as session:
        session["language"] = "en"
    assert "Discipline inspection" in head.get("/vehicles/positions/looks").text


def test_no_other_page_tells_where_a_car_was(
    client: FlaskClient, bearer: dict[str, str], by: Actor, sign_in: SignIn
) -> None:
    """Each role walks its menu, the alarm, the car, the evidence and the trail: no place stands anywhere."""
    alarm = make_alarm(by, client, bearer)
    place = re.compile(r"39\.[23]\d{2,}|118\.46\d*|<polyline")
    more = [f"/vehicles/positions/alarms/{alarm.id}", f"/vehicles/cars/{alarm.vehicle_id}", "/vehicles/platform.xlsx",
            "/vehicles/positions/devices", "/vehicles/board?day=2023-05-09", f"/admin/audit/{newest_entry()}",
            "/figures/vehicles.alarms_settled/evidence?period=2023"]  # fmt: skip
    for role in Role:
        browser = sign_in(role)
        start = browser.get("/").text
        menu = [each for each in re.findall(r'href="(/[^"#]*)"', start) if "static" not in each]
        for address in dict.fromkeys([*menu, *more]):
            answer = browser.get(address)
            assert answer.status_code in (200, 302, 403, 404), (role, address)
            if address != "/vehicles/positions/settings":
                assert not place.search(text_of(answer)), (role, address)
    assert how_many(TrackLook) == 0


def newest_entry() -> int:
    return db.session.scalar(select(func.max(AuditEntry.id))) or 0


def text_of(answer: TestResponse) -> str:
    """A page's words, or everything that stands in the cells of a workbook."""
    if "spreadsheet" not in answer.content_type:
        return answer.get_data(as_text=True)
    sheets = load_workbook(BytesIO(answer.data)).worksheets
    return " ".join(str(cell) for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row)


def test_devices_and_limits_are_kept_with_dates(app: Flask, by: Actor, sign_in: SignIn) -> None:
    car, client = make_vehicle(), sign_in(Role.DISPATCHER)
    typed = {"vehicle_id": str(car.id), "device": "D1", "from_on": "2023-01-01"}
    assert client.post("/vehicles/positions/devices/new", data={**typed, "device": ""}).status_code == 422
    assert client.post("/vehicles/positions/devices/new", data=typed).status_code == 303
    assert client.post("/vehicles/positions/devices/new", data=typed).status_code == 422
    [key] = db.session.scalars(select(service.Tracker.id))
    end = f"/vehicles/positions/devices/{key}/end"
    assert client.post(end, data={"to_on": "2022-12-31"}).status_code == 422
    assert client.post(end, data={"to_on": "2023-02-01"}).status_code == 303
    assert client.post(end, data={"to_on": "2023-02-02"}).status_code == 422
    bound = {**typed, "from_on": "2023-01-31"}
    assert client.post("/vehicles/positions/devices/new", data=bound).status_code == 422
    assert client.post("/vehicles/positions/devices/new", data={**bound, "from_on": "2023-02-01"}).status_code == 303
    assert "D1" in client.get("/vehicles/positions/devices?state=bound").text
    value = {"name": "movement_metres", "value": "80", "valid_from": "2023-03-01", "source": "车队会议纪要"}
    assert client.post("/vehicles/positions/settings/new", data=value).status_code == 303
    assert client.post("/vehicles/positions/settings/new", data=value).status_code == 422
    assert service.queries.limits(date(2023, 2, 28)).movement_metres == 50
    assert service.queries.limits(date(2023, 3, 1)).movement_metres == 80
    assert "车队会议纪要" in client.get("/vehicles/positions/settings").text


def test_an_alarm_shows_the_limit_of_its_day_with_its_source_and_whether_it_is_confirmed(
    client: FlaskClient, bearer: dict[str, str], by: Actor, sign_in: SignIn
) -> None:
    """The first value is another place's practice; a value of the house that begins later does not touch this day."""
    alarm = make_alarm(by, client, bearer)
    dispatcher = sign_in(Role.DISPATCHER)
    address = f"/vehicles/positions/alarms/{alarm.id}"
    shown = dispatcher.get(address).text
    for said in ("无单移动：起报距离", "50 米", "印江县公务用车管理平台", "移动超过50米即报警", "未核实"):
        assert said in shown
    assert "离线" not in shown.partition("判定依据")[2], "no limit of another rule"
    later = {"name": "movement_metres", "value": "80", "valid_from": f"{DAY + timedelta(days=1)}", "confirmed": "y"}
    paper = {"document": "公务用车管理细则", "clause": "第九条", "source": "办公会纪要"}
    assert dispatcher.post("/vehicles/positions/settings/new", data={**later, **paper}).status_code == 303
    assert "公务用车管理细则" not in dispatcher.get(address).text
    of_day = {**later, **paper, "value": "60", "valid_from": str(DAY)}
    assert dispatcher.post("/vehicles/positions/settings/new", data=of_day).status_code == 303
    shown = dispatcher.get(address).text.partition("判定依据")[2]
    assert "60 米" in shown
    assert "公务用车管理细则 第九条" in shown
    assert "未核实" not in shown


@pytest.mark.parametrize(
    ("name", "words"),
    [("README.md", "only the auditor sees where cars were"), ("README.zh.md", "行车轨迹仅审计人员可看")],
)
def test_the_readme_does_not_promise_the_leader_where_cars_were(name: str, words: str) -> None:
    row = next(line for line in (ROOT / name).read_text("utf-8").splitlines() if "领导" in line and "审计人员" in line)
    assert words in row
    assert Role.LEADER not in NAMED
