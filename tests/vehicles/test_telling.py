"""A unit's liaison is told of her requests at the bell: what others did, once, in her language, with its page."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from ops.core import clock
from ops.core.access import Actor
from ops.core.db import db, transaction
from ops.core.notify import Notice
from ops.people.models import User
from ops.people.roles import Role
from ops.vehicles import service
from ops.vehicles.approvals import service as approvals
from ops.vehicles.approvals.permissions import APPROVES
from ops.vehicles.models import Dispatch, TripRequest
from ops.vehicles.odometer import queries as dials
from ops.vehicles.odometer import service as odometer
from ops.vehicles.odometer.models import Source
from ops.vehicles.settlement import service as settlement
from ops.vehicles.sharing import service as sharing
from tests.app_fixtures import SignIn
from tests.factories import AT, make_driver, make_trip_request, make_unit, make_user, make_vehicle
from tests.vehicles.factories import BY, make_departure, make_dispatch, newly_told


@pytest.fixture
def liaison(app: Flask) -> User:
    """Of a unit; another one of another unit, and the unit's approver, are told nothing."""
    make_user(Role.LIAISON, unit_id=make_unit().id)
    user = make_user(Role.LIAISON, unit_id=make_unit().id)
    make_user(Role.UNIT_APPROVER, unit_id=user.unit_id)
    return user


def told(user: User) -> list[str]:
    """What she was told since she was asked last; nobody else is told of her requests."""
    db.session.rollback()
    others = select(Notice.words).where(Notice.user_id != user.id, Notice.key.startswith("trip."))
    assert db.session.scalars(others).all() == []
    return newly_told(user)


def trip_of(user: User, starts_at: datetime = AT, **values: object) -> Dispatch:
    return make_dispatch(starts_at, request={"unit_id": user.unit_id, **values})


def test_a_car_its_change_and_its_return_are_told_with_car_driver_and_time(liaison: User, by: Actor) -> None:
    trip = trip_of(liaison)
    given = f"轿车 {trip.vehicle.plate} · {trip.driver.name} · 2023-05-09 08:30–12:30"
    assert told(liaison) == [f"已派车，前往市区：{given}"]
    car, driver = make_vehicle(), make_driver()
    with transaction():
        trip = service.reassign(trip, car.id, driver.id, "车辆送修", by)
    assert told(liaison) == [f"前往市区的行程有变更：轿车 {car.plate} · {driver.name} · 2023-05-09 08:30–12:30"]
    with transaction():
        starts_at = AT + timedelta(hours=1)
        trip = service.move(trip, car.id, driver.id, starts_at, starts_at + timedelta(hours=4), "改期", by)
    assert told(liaison) == [f"前往市区的行程有变更：轿车 {car.plate} · {driver.name} · 2023-05-09 09:30–13:30"]
    with transaction():
        service.extend(trip, trip.due_at + timedelta(hours=1), "路上耽搁", by)
    assert told(liaison)[0].endswith("2023-05-09 09:30–14:30")
    make_departure(trip)
    assert told(liaison) == []
    with transaction():
        service.take_back(trip, trip.starts_at + timedelta(hours=2), 1040, by)
    assert told(liaison) == ["2023-05-09 08:30 市区已收车，里程表计40公里，请确认里程并评价。"]
    reading = dials.of_trip(trip.id, Source.RETURN)
    assert reading
    with transaction():
        odometer.correct(reading, 1050, "看错", by)
    assert told(liaison) == ["2023-05-09 08:30 市区的里程已更正为50公里，请确认。"]
    with transaction():
        settlement.sign_on_the_spot(trip.request, "用车人", "1234", by)
        reading = dials.of_trip(trip.id, Source.RETURN)
        assert reading
        odometer.correct(reading, 1060, "又看错", by)
    assert told(liaison) == ["2023-05-09 08:30 市区的里程已更正为60公里（贵单位原确认50公里），如有异议请提出。"]


def test_a_car_that_is_taken_back_is_told_with_the_reason_and_a_withdrawal_by_others_too(
    liaison: User, by: Actor
) -> None:
    trip = trip_of(liaison)
    told(liaison)
    with transaction():
        service.cancel(trip, "车辆故障", by)
    assert told(liaison) == ["2023-05-09 08:30 市区的派车已取消，原因：车辆故障。用车申请重新待派。"]
    with transaction():
        service.withdraw(trip.request, "单位电话要求", by)
    assert told(liaison) == ["公务用车管理科已撤回用车申请：2023-05-09 08:30 市区。原因：单位电话要求"]
    own = make_trip_request(unit_id=liaison.unit_id)
    with transaction():
        service.withdraw(own, "改期", replace(by, unit_id=liaison.unit_id))
    assert told(liaison) == []


def asked_by(user: User) -> TripRequest:
    begins = clock.now() + timedelta(days=3)
    with transaction():
        return service.ask(
            user.unit_id or 0, "调研", "唐山", 2, begins, begins + timedelta(hours=3), BY,
            out_of_district=True, one_way_km=80,
        )  # fmt: skip


@pytest.mark.parametrize("agreed", [True, False])
def test_the_last_approval_is_told_and_a_refusal_with_its_reason(liaison: User, by: Actor, agreed: bool) -> None:
    request, number = asked_by(liaison), 0
    while request.state == "in_approval":
        speaker = replace(by, user_id=None, unit_id=request.unit_id, permissions=frozenset(APPROVES.values()))
        assert told(liaison) == []
        number += 1
        with transaction():
            approvals.decide(request, agreed, "" if agreed else "可乘公共交通", speaker)
    what = f"{request.starts_at:%Y-%m-%d %H:%M} 唐山"
    assert number == (len(request.steps) if agreed else 1)
    assert told(liaison) == [
        f"用车申请已批准：{what}，待派车。" if agreed else f"用车申请已退回：{what}。原因：可乘公共交通"
    ]


def test_who_rides_along_is_told_of_the_car_and_who_had_it_of_the_new_time(liaison: User, by: Actor) -> None:
    trip = trip_of(liaison)
    rider = make_trip_request(AT + timedelta(minutes=30), unit_id=liaison.unit_id)
    told(liaison)
    with transaction():
        sharing.join(rider, trip, by)
    assert [each[:2] for each in told(liaison)] == ["已派", "前往"]
    with transaction():
        sharing.part(rider, "另行安排", by)
    first, second = told(liaison)
    assert "派车已取消，原因：另行安排" in first
    assert second.endswith("08:30–12:30")


def test_one_car_for_several_requests_is_told_once_to_each(liaison: User, by: Actor) -> None:
    wishes = [make_trip_request(AT + timedelta(minutes=30 * each), unit_id=liaison.unit_id) for each in range(2)]
    with transaction():
        sharing.dispatch_together(wishes, make_vehicle().id, make_driver().id, by, limits_reason="应急任务")
    said = told(liaison)
    assert len(said) == 2
    assert all(each.startswith("已派车") and each.endswith("08:30–13:00") for each in said)


def client_of(app: Flask, user: User) -> FlaskClient:
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = str(user.id), True
    return client


def test_the_bell_speaks_the_readers_language_and_leads_to_the_request(app: Flask, liaison: User) -> None:
    trip, client = trip_of(liaison), client_of(app, liaison)
    assert "已派车，前往市区" in client.get("/notices").text
    notice = db.session.scalars(select(Notice).where(Notice.user_id == liaison.id)).one()
    answer = client.post(f"/notices/{notice.id}/reading")
    assert answer.location == f"/vehicles/requests/{trip.request_id}"
    assert trip.vehicle.plate in client.get(answer.location).text
    with client.session_transaction() as session:
        session["language"] = "en"
    assert "A car is assigned for 市区" in client.get("/notices").text


def test_a_deed_that_is_sent_twice_is_told_once(app: Flask, sign_in: SignIn, liaison: User) -> None:
    request, client = make_trip_request(unit_id=liaison.unit_id), sign_in(Role.DISPATCHER)
    given = {"vehicle_id": make_vehicle().id, "driver_id": make_driver().id}
    answers = [client.post(f"/vehicles/requests/{request.id}/dispatch", data=given).status_code for _ in range(2)]
    assert answers == [303, 422]
    assert len(told(liaison)) == 1
