"""A trip that takes longer is not led past the table of rules: by mouth, and completed afterwards; and who is told."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from ops.core import clock
from ops.core.access import Actor
from ops.core.db import db, transaction
from ops.core.errors import Rejected
from ops.core.notify import Notice
from ops.people.roles import Role
from ops.vehicles import service
from ops.vehicles.approvals import queries as approvals
from ops.vehicles.approvals.models import ApprovalStep, Condition
from ops.vehicles.models import Dispatch, DispatchExtension, TripRequest
from ops.vehicles.sharing import service as sharing
from tests.app_fixtures import SignIn
from tests.factories import AT, make_trip_request, make_unit, make_user, make_vehicle
from tests.vehicles.factories import make_departure, make_dispatch

NIGHT = AT.replace(hour=23, minute=0)
NEXT_DAY = AT + timedelta(days=1)
SATURDAY = AT.replace(day=13)


def extend(dispatch: Dispatch, due_at: Any, by: Actor, **given: Any) -> DispatchExtension:
    with transaction():
        return service.extend(dispatch, due_at, "会议延长", by, limits_reason="应急任务", **given)


def mouth() -> dict[str, Any]:
    return {"oral_by": "张处", "oral_at": clock.now()}


def rules_of(request: TripRequest) -> list[str]:
    db.session.rollback()
    found = db.session.get_one(TripRequest, request.id)
    return [reason.rule.condition for step in found.steps for reason in step.reasons]


@pytest.mark.parametrize("until", [NIGHT, NEXT_DAY])
def test_into_the_night_it_is_refused_with_the_rule_and_the_way(app: Flask, by: Actor, until: Any) -> None:
    dispatch = make_dispatch()
    with pytest.raises(Rejected) as refusal:
        extend(dispatch, until, by)
    assert refusal.value.field == "oral_by"
    assert "口头批准人" in str(refusal.value)
    assert "22:00–6:00" in str(refusal.value)
    assert ("(1)" in str(refusal.value)) is (until == NEXT_DAY)  # longer than one day
    assert db.session.scalar(select(func.count()).select_from(DispatchExtension)) == 0


def test_within_the_day_nobody_is_asked(app: Flask, by: Actor) -> None:
    dispatch = make_dispatch()
    extend(dispatch, AT.replace(hour=20), by)
    assert rules_of(dispatch.request) == []


def test_by_mouth_it_goes_and_stands_in_the_lists_until_it_is_completed(app: Flask, sign_in: SignIn) -> None:
    unit = make_unit()
    dispatch = make_departure(make_dispatch(request={"unit_id": unit.id}))
    leader, dispatcher = sign_in(Role.UNIT_APPROVER, unit_id=unit.id), sign_in(Role.DISPATCHER)
    address, page = f"/vehicles/dispatches/{dispatch.id}/extension", f"/vehicles/requests/{dispatch.request_id}"
    typed = {"due_at": f"{NIGHT:%Y-%m-%dT%H:%M}", "reason_given": "会议延长", "limits_reason": "应急任务"}
    refused = dispatcher.post(address, data=typed)
    assert refused.status_code == 422
    assert "22:00–6:00" in refused.text
    assert dispatcher.post(address, data={**typed, "oral_by": "张处"}).status_code == 422
    said = {**typed, "oral_by": "张处", "oral_at": f"{clock.now():%Y-%m-%dT%H:%M}"}
    assert dispatcher.post(address, data=said).status_code == 303
    assert rules_of(dispatch.request) == [Condition.NIGHT]
    assert "张处" in dispatcher.get(page).text
    assert page in dispatcher.get("/vehicles/requests?show=complete").text
    assert page in leader.get("/vehicles/requests?show=mine").text
    assert leader.post(f"{page}/approval", data={"verdict": "yes", "words": "", "seen": ""}).status_code == 303
    assert page not in dispatcher.get("/vehicles/requests?show=complete").text
    assert page not in leader.get("/vehicles/requests?show=mine").text


def test_the_door_for_machines_asks_the_same(app: Flask, sign_in: SignIn) -> None:
    dispatch, client = make_dispatch(), sign_in(Role.DISPATCHER)
    address = f"/api/vehicles/dispatches/{dispatch.id}/extension"
    typed = {"due_at": f"{NIGHT:%Y-%m-%dT%H:%M}", "reason_given": "会议延长", "limits_reason": "应急任务"}
    answer = client.post(address, json=typed)
    assert answer.status_code == 422
    assert "22:00–6:00" in str(answer.json)
    said = {**typed, "oral_by": "张处", "oral_at": f"{clock.now():%Y-%m-%dT%H:%M}"}
    assert client.post(address, json=said).status_code == 201
    assert rules_of(dispatch.request) == [Condition.NIGHT]


def test_the_same_rule_is_not_asked_twice_and_a_new_one_is(app: Flask, by: Actor) -> None:
    dispatch = make_dispatch()
    extend(dispatch, NIGHT, by, **mouth())
    extend(dispatch, NIGHT + timedelta(minutes=30), by)
    assert rules_of(dispatch.request) == [Condition.NIGHT]
    with pytest.raises(Rejected):
        extend(dispatch, NEXT_DAY, by)
    extend(dispatch, NEXT_DAY, by, **mouth())
    assert rules_of(dispatch.request) == [Condition.NIGHT, Condition.DAYS_OVER]
    assert db.session.scalar(select(func.count()).select_from(approvals.to_complete().subquery())) == 1


def test_into_a_day_off_the_same_leader_may_speak_again(app: Flask, by: Actor, sign_in: SignIn) -> None:
    """Friday over midnight was approved; the Saturday after it is another matter for the same person."""
    unit, friday = make_unit(), SATURDAY - timedelta(days=1)
    with transaction():
        times = {"starts_at": friday - timedelta(days=1), "ends_at": friday}
        request = service.ask(unit.id, "调研", "市区", 2, by=by, afterwards="补录", **times)
    leader = sign_in(Role.UNIT_APPROVER, unit_id=unit.id)
    verdict = {"verdict": "yes", "words": "", "seen": ""}
    assert leader.post(f"/vehicles/requests/{request.id}/approval", data=verdict).status_code == 303
    donor = make_dispatch(friday + timedelta(days=30))
    with transaction():
        given = service.dispatch(
            db.session.get_one(TripRequest, request.id), make_vehicle().id, donor.driver_id, by, limits_reason="应急"
        )
    extend(given, SATURDAY, by, **mouth())
    assert rules_of(request)[-2:] == [Condition.HOLIDAY, Condition.HOLIDAY]
    assert leader.post(f"/vehicles/requests/{request.id}/approval", data=verdict).status_code == 303
    [left] = [step for step in db.session.get_one(TripRequest, request.id).steps if step.verdict is None]
    assert left.approver == "section"


def test_who_rides_along_is_asked_for_as_well(app: Flask, by: Actor) -> None:
    dispatch = make_dispatch(request={"destination": "市区"})
    rider = make_trip_request(destination="市区")
    with transaction():
        sharing.join(rider, dispatch, by, limits_reason="应急任务")
    extend(dispatch, NIGHT, by, **mouth())
    assert rules_of(dispatch.request) == rules_of(rider) == [Condition.NIGHT]


def test_a_refused_trip_is_not_extended_any_further(app: Flask, by: Actor, sign_in: SignIn) -> None:
    unit = make_unit()
    dispatch = make_dispatch(request={"unit_id": unit.id})
    extend(dispatch, NIGHT, by, **mouth())
    refusal = {"verdict": "no", "words": "不必要", "seen": ""}
    leader = sign_in(Role.UNIT_APPROVER, unit_id=unit.id)
    assert leader.post(f"/vehicles/requests/{dispatch.request_id}/approval", data=refusal).status_code == 303
    with pytest.raises(Rejected):
        extend(db.session.get_one(Dispatch, dispatch.id), NEXT_DAY, by, **mouth())
    assert db.session.scalar(select(func.count()).select_from(ApprovalStep)) == 1


def test_who_is_asked_now_finds_it_at_the_bell(app: Flask, by: Actor, sign_in: SignIn) -> None:
    unit, other = make_unit(), make_unit()
    mine = make_user(Role.UNIT_APPROVER, unit_id=unit.id)
    section = make_user(Role.FLEET_HEAD)
    make_user(Role.UNIT_APPROVER, unit_id=other.id)
    with transaction():
        request = service.ask(unit.id, "调研", "外地", 2, AT, AT + timedelta(hours=4), by, "补录",
                              out_of_district=True, one_way_km=80)  # fmt: skip
    assert db.session.scalars(select(Notice.user_id)).all() == [mine.id]
    leader = sign_in(Role.UNIT_APPROVER, unit_id=unit.id)
    verdict = {"verdict": "yes", "words": "", "seen": ""}
    assert leader.post(f"/vehicles/requests/{request.id}/approval", data=verdict).status_code == 303
    told = db.session.scalars(select(Notice.user_id).order_by(Notice.id)).all()
    assert told == [mine.id, section.id]
