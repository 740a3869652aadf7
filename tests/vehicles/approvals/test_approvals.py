"""A request passes its steps: in order, once each, by those who may; or is let through by mouth and completed later."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from ops.core import clock
from ops.core.access import Actor
from ops.core.db import db, transaction
from ops.core.errors import Rejected
from ops.people.models import Unit
from ops.people.roles import Role
from ops.vehicles import queries, service
from ops.vehicles.approvals.models import ApprovalRule, ApprovalStep, ApprovalVerdict
from ops.vehicles.approvals.queries import in_force
from ops.vehicles.models import TripRequest
from ops.vehicles.sharing import service as sharing
from tests.app_fixtures import SignIn
from tests.factories import AT, make_driver, make_unit, make_vehicle


@pytest.fixture
def unit(app: Flask) -> Unit:
    return make_unit()


def ask(unit: Unit, by: Actor, **values: Any) -> TripRequest:
    usual: dict[str, Any] = {
        "purpose": "调研", "destination": "市区", "people": 2, "starts_at": AT, "ends_at": AT + timedelta(hours=4),
        "afterwards": "补录", "again": True, "unit_id": unit.id, "by": by, "one_way_km": 80,
    }  # fmt: skip
    with transaction():
        return service.ask(**{**usual, **values})


def say(client: FlaskClient, request: TripRequest, verdict: str = "yes", words: str = "", seen: str = "") -> int:
    form = {"verdict": verdict, "words": words, "seen": seen}
    return client.post(f"/vehicles/requests/{request.id}/approval", data=form).status_code


def state(request: TripRequest) -> str:
    db.session.rollback()
    return str(db.session.get_one(TripRequest, request.id).state)


def test_one_day_within_the_district_needs_nobody(unit: Unit, by: Actor) -> None:
    request = ask(unit, by)
    assert (request.steps, state(request)) == ([], "requested")


def test_a_journey_out_of_the_district_is_asked_of_the_unit_then_of_the_section(
    unit: Unit, by: Actor, sign_in: SignIn
) -> None:
    request = ask(unit, by, out_of_district=True)
    leader, section = sign_in(Role.UNIT_APPROVER, unit_id=unit.id), sign_in(Role.FLEET_HEAD)
    dispatcher = sign_in(Role.DISPATCHER)
    car = {"vehicle_id": make_vehicle().id, "driver_id": make_driver().id}
    assert state(request) == "in_approval"
    assert request not in db.session.scalars(queries.waiting()).all()
    assert dispatcher.post(f"/vehicles/requests/{request.id}/dispatch", data=car).status_code == 422
    assert say(section, request) == 422
    assert f"/vehicles/requests/{request.id}" in leader.get("/vehicles/requests?show=mine").text
    assert f"/vehicles/requests/{request.id}" not in section.get("/vehicles/requests?show=mine").text
    deciding = leader.get(f"/vehicles/requests/{request.id}/approval")
    assert deciding.status_code == 200
    assert [word in deciding.text for word in ("单程公里数", "不再审批")] == [True, False]
    assert say(leader, request) == 303
    assert say(leader, request) == 422
    assert state(request) == "in_approval"
    assert say(section, request, words="同意") == 303
    assert state(request) == "approved"
    assert dispatcher.post(f"/vehicles/requests/{request.id}/dispatch", data=car).status_code == 303
    assert db.session.scalar(select(func.count()).select_from(ApprovalVerdict)) == 2
    assert "同意" in dispatcher.get(f"/vehicles/requests/{request.id}").text


def test_a_refusal_says_why_and_ends_it(unit: Unit, by: Actor, sign_in: SignIn) -> None:
    request = ask(unit, by, hired=True)
    section, director = sign_in(Role.FLEET_HEAD), sign_in(Role.DIRECTOR)
    assert say(section, request, "no") == 422
    assert say(section, request, "no", "本单位有车可用") == 303
    assert state(request) == "refused"
    assert say(director, request) == 422
    page = director.get(f"/vehicles/requests/{request.id}").text
    assert [word in page for word in ("不再审批", "待审批")] == [True, False]
    with pytest.raises(Rejected, match="退回"), transaction():
        service.dispatch(request, make_vehicle().id, make_driver().id, by)


def test_the_leader_of_another_unit_has_no_say(unit: Unit, by: Actor, sign_in: SignIn) -> None:
    request = ask(unit, by, out_of_district=True)
    other = sign_in(Role.UNIT_APPROVER, unit_id=make_unit().id)
    assert other.get(f"/vehicles/requests/{request.id}/approval").status_code == 404
    assert say(other, request) == 404
    assert say(sign_in(Role.UNIT_APPROVER, Role.DISPATCHER), request) == 422


def test_nobody_speaks_twice_even_with_two_roles(unit: Unit, by: Actor, sign_in: SignIn) -> None:
    request = ask(unit, by, out_of_district=True)
    both = sign_in(Role.UNIT_APPROVER, Role.FLEET_HEAD, unit_id=unit.id)
    assert say(both, request) == 303
    assert say(both, request) == 422
    assert f"/vehicles/requests/{request.id}" not in both.get("/vehicles/requests?show=mine").text


def test_a_verdict_on_a_stale_page_is_refused(unit: Unit, by: Actor, sign_in: SignIn) -> None:
    request = ask(unit, by, out_of_district=True)
    seen = request.mark
    assert say(sign_in(Role.UNIT_APPROVER, unit_id=unit.id), request, seen=seen) == 303
    section = sign_in(Role.FLEET_HEAD)
    assert say(section, request, seen=seen) == 422
    answer = section.post(f"/api/vehicles/requests/{request.id}/approval", json={"approved": True, "seen": seen})
    assert answer.status_code == 422
    assert say(section, request, seen=db.session.get_one(TripRequest, request.id).mark) == 303


def test_a_withdrawn_request_is_not_approved_any_more(unit: Unit, by: Actor, sign_in: SignIn) -> None:
    request = ask(unit, by, out_of_district=True)
    with transaction():
        service.withdraw(request, "改期", by)
    leader = sign_in(Role.UNIT_APPROVER, unit_id=unit.id)
    assert say(leader, request) == 422
    assert f"/vehicles/requests/{request.id}" not in leader.get("/vehicles/requests?show=mine").text


def test_an_emergency_goes_ahead_by_mouth_and_stays_open_until_it_is_completed(
    unit: Unit, by: Actor, sign_in: SignIn
) -> None:
    said = {"oral_by": "值班领导", "oral_at": clock.now() - timedelta(minutes=5)}
    request = ask(unit, by, out_of_district=True, **said)
    dispatcher, leader = sign_in(Role.DISPATCHER), sign_in(Role.UNIT_APPROVER, unit_id=unit.id)
    assert state(request) == "approved"
    with transaction():
        service.dispatch(request, make_vehicle().id, make_driver().id, by)
    assert "show=complete" in dispatcher.get("/").text
    assert f"/vehicles/requests/{request.id}" in dispatcher.get("/vehicles/requests?show=complete").text
    assert say(leader, request) == 303
    assert "show=complete" in dispatcher.get("/").text
    assert say(sign_in(Role.FLEET_HEAD), request) == 303
    assert "show=complete" not in dispatcher.get("/").text
    assert state(request) == "assigned"


def test_by_mouth_needs_who_and_when_and_no_future(unit: Unit, by: Actor) -> None:
    for wrong, field in (
        ({"oral_by": "值班领导"}, "oral_at"),
        ({"oral_at": AT}, "oral_by"),
        ({"oral_by": "值班领导", "oral_at": clock.now() + timedelta(hours=1)}, "oral_at"),
    ):
        with pytest.raises(Rejected) as refusal:
            ask(unit, by, **wrong)
        assert refusal.value.field == field
    assert db.session.scalar(select(func.count()).select_from(TripRequest)) == 0


@pytest.mark.parametrize(
    ("day", "needed"),
    [(date(2023, 4, 29), True), (date(2023, 5, 6), False), (date(2023, 5, 7), True), (date(2023, 5, 9), False)],
)
def test_the_work_calendar_says_what_a_day_off_is(unit: Unit, by: Actor, day: date, needed: bool) -> None:
    """29 April 2023 begins a holiday; Saturday 6 May was worked for it; 7 May was an ordinary Sunday."""
    starts_at = AT.replace(month=day.month, day=day.day)
    request = ask(unit, by, starts_at=starts_at, ends_at=starts_at + timedelta(hours=4))
    assert bool(request.steps) is needed


def test_a_trip_is_not_moved_to_a_time_that_others_have_to_approve(unit: Unit, by: Actor) -> None:
    request, car, driver = ask(unit, by), make_vehicle(), make_driver()
    with transaction():
        made = service.dispatch(request, car.id, driver.id, by)
    sunday = AT - timedelta(days=2)
    with pytest.raises(Rejected) as refusal, transaction():
        service.move(made, car.id, driver.id, sunday, sunday + timedelta(hours=2), "提前", by)
    assert refusal.value.field == "starts_at"
    assert state(request) == "assigned"


def test_what_is_approved_for_a_night_is_moved_within_it_alone_and_not_with_a_rider_who_was_not_asked(
    unit: Unit, by: Actor
) -> None:
    said = {"oral_by": "张处", "oral_at": AT}
    night = AT.replace(hour=21)
    first = ask(unit, by, starts_at=night, ends_at=night + timedelta(hours=2), **said)
    with transaction():
        made = service.dispatch(first, make_vehicle().id, make_driver().id, by)
    noon = AT.replace(hour=12)
    with transaction():
        made = service.move(made, made.vehicle_id, made.driver_id, noon, noon + timedelta(hours=2), "提前", by)
    rider = ask(make_unit(), by, starts_at=noon, ends_at=noon + timedelta(hours=2))
    with transaction():
        sharing.join(rider, made, by)
    back = (made.vehicle_id, made.driver_id, night, night + timedelta(hours=2), "推迟", by)
    with pytest.raises(Rejected, match="22:00–6:00"), transaction():
        service.move(made, *back)
    with transaction():
        sharing.part(rider, "另行安排", by)
    with transaction():
        service.move(made, *back)


def test_the_table_is_kept_by_the_section_and_each_rule_holds_its_days(unit: Unit, by: Actor, sign_in: SignIn) -> None:
    head = sign_in(Role.FLEET_HEAD)
    before = len(in_force(AT.date()))
    typed = {"condition": "days_over", "threshold": "0", "approver": "unit_leader", "valid_from": "2023-05-01"}
    assert head.post("/vehicles/approval-rules/new", data={**typed, "source": ""}).status_code == 422
    assert head.post("/vehicles/approval-rules/new", data={**typed, "source": "内部制度"}).status_code == 303
    assert head.post("/vehicles/approval-rules/new", data={**typed, "source": "内部制度"}).status_code == 422
    assert head.get("/vehicles/approval-rules").status_code == 200
    assert len(in_force(AT.date())) == before + 1
    rule = db.session.scalars(select(ApprovalRule).order_by(ApprovalRule.id.desc())).first()
    assert rule
    asked = ask(unit, by)
    assert [step.approver for step in asked.steps] == ["unit_leader"]
    address = f"/vehicles/approval-rules/{rule.id}/end"
    assert head.post(address, data={"to_on": "2023-05-01"}).status_code == 422
    assert head.post(address, data={"to_on": "2023-05-09"}).status_code == 303
    assert head.post(address, data={"to_on": "2023-05-10"}).status_code == 422
    assert len(in_force(AT.date())) == before
    assert len(in_force(date(2023, 5, 8))) == before + 1
    assert sign_in(Role.DISPATCHER).get("/vehicles/approval-rules/new").status_code == 403
    assert db.session.scalar(select(func.count()).select_from(ApprovalStep)) == 1


def test_a_liaison_fills_the_whole_form_and_reads_who_is_asked(unit: Unit, sign_in: SignIn) -> None:
    typed = {
        "unit_id": unit.id, "purpose": "调研", "destination": "天津市", "people": "3", "contact": "乘车人01",
        "phone": "不是电话", "route": "区政府—天津", "starts_at": "2023-05-09T08:00", "ends_at": "2023-05-12T18:00",
        "out_of_district": "y", "one_way_km": "80", "afterwards": "补录", "oral_by": "", "oral_at": "",
    }  # fmt: skip
    client = sign_in(Role.LIAISON, unit_id=unit.id)
    assert client.post("/vehicles/requests/new", data=typed).status_code == 422
    answer = client.post("/vehicles/requests/new", data={**typed, "phone": "0315-0000000"})
    assert answer.status_code == 303
    text = client.get(answer.location).text
    for word in ("用车单位负责人", "公务用车管理科", "分管领导", "样例，未确认", "驶出本区", "超过天数"):
        assert word in text, word
