"""Limits for drivers where a driver is given time: on the pages, over the JSON door, by an extension and a move."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask
from flask_babel import force_locale
from sqlalchemy import delete, select, update

from ops.core import audit, clock
from ops.core.access import Actor
from ops.core.db import db, transaction
from ops.core.errors import Rejected
from ops.people.roles import Role
from ops.vehicles import service
from ops.vehicles.intake.rows import Row
from ops.vehicles.intake.service import take_row
from ops.vehicles.limits.models import DriverLimit, LimitName, LimitOverride, in_words
from ops.vehicles.limits.queries import in_force, one_way
from ops.vehicles.limits.rules import Excess
from ops.vehicles.limits.service import load_limits
from ops.vehicles.models import Dispatch, TripRequest
from ops.vehicles.odometer import replacing
from tests.app_fixtures import SignIn
from tests.factories import AT, make_driver, make_trip_request, make_unit, make_vehicle
from tests.vehicles.factories import make_departure, make_dispatch

REASON = "分管领导01同意，抢险任务"
TYPED = {
    "name": "day", "amount": "600", "valid_from": "2024-01-01", "document": "车队管理办法", "clause": "",
    "source": "办公会纪要",
}  # fmt: skip


def overrides() -> list[tuple[str, int, int, str]]:
    db.session.rollback()
    rows = db.session.scalars(select(LimitOverride).order_by(LimitOverride.id))
    return [(row.name, row.amount, row.most, row.reason) for row in rows]


def test_a_second_trip_that_leaves_no_rest_is_refused_and_another_driver_may_go(app: Flask, sign_in: SignIn) -> None:
    driver, dispatcher = make_driver(), sign_in(Role.DISPATCHER)
    make_dispatch(hours=3, driver_id=driver.id)
    request = make_trip_request(AT + timedelta(hours=3, minutes=10), 2)
    address, car = f"/vehicles/requests/{request.id}/dispatch", make_vehicle()
    shown = dispatcher.get(address).text
    assert "中间休息不足20分钟" in shown
    typed = {"vehicle_id": car.id, "driver_id": driver.id, "limits_reason": REASON}
    answer = dispatcher.post(address, data=typed)
    assert answer.status_code == 422
    assert "道路交通安全法实施条例" in answer.text
    assert len(db.session.scalars(select(Dispatch)).all()) == 1
    assert dispatcher.post(address, data={**typed, "driver_id": make_driver().id}).status_code == 303
    assert overrides() == []


def test_what_passes_a_limit_needs_a_reason_which_stays_with_the_trip(app: Flask, sign_in: SignIn) -> None:
    dispatcher, request = sign_in(Role.DISPATCHER), make_trip_request(AT, 9)
    address = f"/vehicles/requests/{request.id}/dispatch"
    typed = {"vehicle_id": make_vehicle().id, "driver_id": make_driver().id}
    assert "24小时内累计9小时，不超过8小时" in dispatcher.get(address).text
    refused = dispatcher.post(address, data={**typed, "limits_reason": "  "})
    assert refused.status_code == 422
    assert "超出驾驶时限：24小时内累计9小时" in refused.text
    assert db.session.scalars(select(Dispatch)).all() == []
    assert dispatcher.post(address, data={**typed, "limits_reason": REASON}).status_code == 303
    assert overrides() == [("day", 540, 480, REASON)]
    trip = dispatcher.get(f"/vehicles/requests/{request.id}").text
    assert REASON in trip
    assert "计划停车休息" in trip
    assert "11:16–11:36" in trip


def test_the_json_door_refuses_in_words_and_takes_the_reason(app: Flask, sign_in: SignIn) -> None:
    dispatcher, request = sign_in(Role.DISPATCHER), make_trip_request(AT, 9)
    address = f"/api/vehicles/requests/{request.id}/dispatch"
    body: dict[str, object] = {"vehicle_id": make_vehicle().id, "driver_id": make_driver().id}
    refused = dispatcher.post(address, json=body)
    assert refused.status_code == 422
    assert "超出驾驶时限" in str(refused.json)
    assert dispatcher.post(address, json={**body, "limits_reason": REASON}).status_code == 201
    assert overrides() == [("day", 540, 480, REASON)]


def test_an_extension_and_a_move_are_judged_as_well(app: Flask, by: Actor) -> None:
    trip = make_dispatch(hours=4)
    with pytest.raises(Rejected) as refusal, transaction():
        service.extend(trip, AT + timedelta(hours=9), "会议延长", by)
    assert refusal.value.field == "limits_reason"
    with transaction():
        service.extend(trip, AT + timedelta(hours=9), "会议延长", by, limits_reason=REASON)
    next_day = AT + timedelta(days=1)
    later = next_day + timedelta(hours=9)
    car, driver = trip.vehicle_id, trip.driver_id
    with pytest.raises(Rejected), transaction():
        service.move(trip, car, driver, next_day, later, "改期", by)
    with transaction():
        service.move(trip, car, driver, next_day, later, "改期", by, limits_reason=REASON)
    assert [(name, minutes) for name, minutes, _most, _reason in overrides()] == [("day", 540), ("day", 540)]


def test_an_extension_into_the_next_trip_s_rest_is_refused_beside_its_time(app: Flask, by: Actor) -> None:
    trip = make_dispatch(hours=3)
    make_dispatch(AT + timedelta(hours=3, minutes=30), 2, driver_id=trip.driver_id)
    with transaction():
        service.extend(trip, AT + timedelta(hours=3, minutes=10), "会议延长", by)
    with pytest.raises(Rejected) as refusal, transaction():
        service.extend(trip, AT + timedelta(hours=3, minutes=11), "会议延长", by)
    assert refusal.value.field == "due_at"


def test_a_row_of_another_ledger_that_passes_a_limit_is_refused_while_it_lies_ahead(app: Flask, by: Actor) -> None:
    unit, car, driver = make_unit(), make_vehicle(), make_driver()
    begins = clock.now() + timedelta(days=1)
    row = Row("001", unit.name, "调研", "市区", 2, begins, begins + timedelta(hours=9), car.plate, driver.name)
    with pytest.raises(Rejected) as refusal, transaction():
        take_row(replace(row, oral_by="张处", oral_at=AT), by)
    assert "24小时内累计" in str(refusal.value.message)


def test_a_row_that_was_driven_beyond_every_limit_lands_and_says_so(app: Flask, by: Actor, sign_in: SignIn) -> None:
    unit, car, driver = make_unit(), make_vehicle(), make_driver()
    first = Row("001", unit.name, "调研", "市区", 2, AT, AT + timedelta(hours=3), car.plate, driver.name)
    begins = AT + timedelta(hours=3, minutes=5)
    second = replace(first, number="002", starts_at=begins, ends_at=AT + timedelta(hours=9))
    with transaction():
        take_row(first, by)
    with transaction():
        made = take_row(second, by)
    assert made
    passed = overrides()
    assert [name for name, *_rest in passed] == ["continuous", "day"]
    assert all(amount > most and not reason for _name, amount, most, reason in passed)
    shown = sign_in(Role.DISPATCHER).get(f"/vehicles/requests/{made.request_id}").text
    assert "照实记载" in shown
    assert "原单号002" in shown


def test_a_trip_recorded_afterwards_stands_with_what_it_passed_and_one_ahead_does_not(
    app: Flask, sign_in: SignIn
) -> None:
    dispatcher, given = sign_in(Role.DISPATCHER), {"vehicle_id": make_vehicle().id, "driver_id": make_driver().id}
    request = make_trip_request(AT, 9, afterwards="抢险，未及申请")
    address = f"/vehicles/requests/{request.id}/dispatch"
    assert "24小时内累计9小时" in dispatcher.get(address).text
    assert dispatcher.post(address, data=given).status_code == 303
    assert "超出驾驶时限，已如实记载" in dispatcher.get(f"/vehicles/requests/{request.id}").text
    assert overrides() == [("day", 540, 480, "")]
    ahead = make_trip_request(clock.now() + timedelta(days=1), 9, afterwards="抢险，未及申请")
    given = {"vehicle_id": make_vehicle().id, "driver_id": make_driver().id}
    assert dispatcher.post(f"/vehicles/requests/{ahead.id}/dispatch", data=given).status_code == 422


def test_a_value_holds_from_its_day_on_and_only_dispatchers_set_it(app: Flask, sign_in: SignIn) -> None:
    dispatcher, leader = sign_in(Role.DISPATCHER), sign_in(Role.LEADER)
    assert dispatcher.post("/vehicles/driver-limits/new", data=TYPED).status_code == 303
    assert dispatcher.post("/vehicles/driver-limits/new", data=TYPED).status_code == 422
    law = {**TYPED, "name": "continuous", "amount": "300"}
    refused = dispatcher.post("/vehicles/driver-limits/new", data=law)
    assert refused.status_code == 422
    assert "法规对所有驾驶人均有约束力" in refused.text
    assert 'value="300"' in refused.text
    assert [in_force(day)[LimitName.DAY].amount for day in (date(2023, 12, 31), date(2024, 1, 1))] == [480, 600]
    shown = leader.get("/vehicles/driver-limits").text
    assert "车队管理办法" in shown
    assert "对公务用车无强制约束" in shown
    assert leader.get("/vehicles/driver-limits/new").status_code == 403


FAR = "石家庄市"
SECOND = "第二驾驶员：乙司机"


def test_a_way_over_four_hundred_kilometres_needs_a_second_driver_or_a_reason(
    app: Flask, sign_in: SignIn, by: Actor
) -> None:
    """From the form of the request to the trip's own page; four hundred to the kilometre is within the limit."""
    dispatcher, unit = sign_in(Role.DISPATCHER), make_unit()
    typed = {
        "unit_id": unit.id, "purpose": "调研", "destination": FAR, "people": "2", "contact": "联系人",
        "phone": "0315-0000000", "starts_at": "2023-05-09T08:00", "ends_at": "2023-05-09T15:00", "one_way_km": "401",
        "afterwards": "补录", "in_district": "y",
    }  # fmt: skip
    refused = dispatcher.post("/vehicles/requests/new", data={**typed, "one_way_km": "0"})
    assert refused.status_code == 422
    assert dispatcher.post("/vehicles/requests/new", data=typed).status_code == 303
    request = db.session.scalars(select(TripRequest)).one()
    assert request.one_way_km == 401
    with transaction():  # as if it had been asked for beforehand
        audit.record("test.arranged", request, by)
        request.afterwards = ""
    address = f"/vehicles/requests/{request.id}/dispatch"
    given = {"vehicle_id": make_vehicle().id, "driver_id": make_driver().id}
    assert "单名驾驶员单程401公里，不超过400公里" in dispatcher.get(address).text
    refused = dispatcher.post(address, data=given)
    assert refused.status_code == 422
    assert "请注明第二驾驶员" in refused.text
    assert db.session.scalars(select(Dispatch)).all() == []
    assert dispatcher.post(address, data={**given, "limits_reason": SECOND}).status_code == 303
    assert overrides() == [("distance", 401, 400, SECOND)]
    shown = dispatcher.get(f"/vehicles/requests/{request.id}").text
    assert "401 公里 &gt; 400 公里" in shown
    assert SECOND in shown
    within = make_trip_request(AT + timedelta(days=2), one_way_km=400)
    given = {"vehicle_id": make_vehicle().id, "driver_id": make_driver().id}
    assert dispatcher.post(f"/vehicles/requests/{within.id}/dispatch", data=given).status_code == 303
    limits = dispatcher.get("/vehicles/driver-limits").text
    assert "单程运行里程超过400公里" in limits
    assert "400 公里" in limits


def test_where_the_unit_says_no_kilometres_the_last_trip_to_there_counts(app: Flask, by: Actor) -> None:
    away = {"destination": FAR, "out_of_district": True}
    assert one_way([make_trip_request(AT - timedelta(days=9), **away)]) == 0, "nobody knows"
    trip = make_departure(make_dispatch(AT - timedelta(days=3), 30, request=away), odometer=1000)
    with transaction():
        service.take_back(trip, trip.due_at, 1860, by)
    known, said = make_trip_request(AT, **away), make_trip_request(AT, **away, one_way_km=390)
    near = make_trip_request(AT, destination=FAR)
    assert [one_way([each]) for each in (known, said, near)] == [430, 390, 0]
    assert one_way([near, said, known]) == 430
    with pytest.raises(Rejected) as refusal, transaction():
        service.dispatch(known, make_vehicle().id, make_driver().id, by)
    assert refusal.value.field == "limits_reason"


def test_a_dial_replaced_on_the_way_does_not_shorten_it(app: Flask, by: Actor) -> None:
    away = {"destination": FAR, "out_of_district": True}
    trip = make_departure(make_dispatch(AT - timedelta(days=3), 30, request=away), odometer=90_000)
    with transaction():
        replacing.replace_dial(trip.vehicle_id, trip.starts_at + timedelta(hours=9), 90_500, 0, "维修单", None, by)
    with transaction():
        service.take_back(trip, trip.due_at, 360, by)
    assert one_way([make_trip_request(AT, **away)]) == 430


def test_the_house_sets_the_kilometres_from_a_day_on(app: Flask, sign_in: SignIn, by: Actor) -> None:
    dispatcher = sign_in(Role.DISPATCHER)
    typed = {**TYPED, "name": "distance", "amount": "300", "valid_from": f"{AT:%Y-%m-%d}"}
    assert dispatcher.post("/vehicles/driver-limits/new", data=typed).status_code == 303
    for starts_at, is_let in ((AT - timedelta(days=1), True), (AT, False)):
        request = make_trip_request(starts_at, one_way_km=350)
        address = f"/api/vehicles/requests/{request.id}/dispatch"
        body = {"vehicle_id": make_vehicle().id, "driver_id": make_driver().id}
        assert (dispatcher.post(address, json=body).status_code == 201) is is_let


def test_a_limit_that_came_later_is_added_to_those_the_house_has_and_nothing_else(app: Flask, by: Actor) -> None:
    with transaction():
        db.session.execute(delete(DriverLimit).where(DriverLimit.name == LimitName.DISTANCE))
        db.session.execute(update(DriverLimit).where(DriverLimit.name == LimitName.DAY).values(amount=600))
        audit.record("test.limits_prepared", "driver_limit", by)
    for _again in range(2):
        with transaction():
            load_limits()
    found = in_force(AT.date())
    assert (found[LimitName.DISTANCE].amount, found[LimitName.DAY].amount) == (400, 600)
    assert len(db.session.scalars(select(DriverLimit)).all()) == len(LimitName)


@pytest.mark.parametrize(
    ("minutes", "chinese", "english"),
    [
        (0, "0分钟", "0 minutes"), (1, "1分钟", "1 minute"), (20, "20分钟", "20 minutes"), (60, "1小时", "1 hour"),
        (90, "1小时30分钟", "1 hour 30 minutes"), (2640, "44小时", "44 hours"),
    ],
)  # fmt: skip
def test_a_time_is_said_as_people_say_it(app: Flask, minutes: int, chinese: str, english: str) -> None:
    assert in_words(LimitName.DAY, minutes) == chinese
    with force_locale("en"):
        assert in_words(LimitName.DAY, minutes) == english
        assert str(Excess(LimitName.DAY, minutes, 480)) == f"Within 24 hours {english}, at most 8 hours"
    assert in_words(LimitName.DISTANCE, 401) == "401 公里"


def test_the_page_of_limits_shows_hours_and_minutes(app: Flask, sign_in: SignIn) -> None:
    shown = sign_in(Role.DISPATCHER).get("/vehicles/driver-limits").text
    assert "44小时" in shown
    assert "20分钟" in shown
    assert "2640" not in shown


def test_a_car_is_not_offered_in_one_click_where_every_driver_would_pass_a_limit(app: Flask, sign_in: SignIn) -> None:
    make_vehicle()
    make_driver()
    client = sign_in(Role.DISPATCHER)
    short, long = make_trip_request(AT), make_trip_request(AT, hours=12)
    offered = client.get(f"/vehicles/requests/{short.id}/dispatch").text
    refused = client.get(f"/vehicles/requests/{long.id}/dispatch").text
    assert offered.count('name="driver_id" value=') == 1
    assert "空闲驾驶员均会超出驾驶时限" not in offered
    assert 'name="driver_id" value=' not in refused
    assert "空闲驾驶员均会超出驾驶时限" in refused


def test_a_car_is_suggested_for_a_far_trip_only_where_the_second_driver_has_a_seat(app: Flask, sign_in: SignIn) -> None:
    small, large = make_vehicle(seats=5), make_vehicle(seats=7)
    make_driver()
    client, far = sign_in(Role.DISPATCHER), {"out_of_district": True, "people": 4}
    for km, plates in ((480, {large.plate}), (100, {small.plate, large.plate})):
        trip = make_trip_request(AT, one_way_km=km, **far)
        shown = client.get(f"/vehicles/requests/{trip.id}/dispatch").text
        assert {car.plate for car in (small, large) if f"<b>{car.plate}</b>" in shown} == plates
