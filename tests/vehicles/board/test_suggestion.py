"""The best car with its reasons: pure rule, dated weights; and what the page offers."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from ops.core.access import Actor
from ops.core.db import transaction
from ops.people.roles import Role
from ops.vehicles import service as trips
from ops.vehicles.availability import survey
from ops.vehicles.board.suggestion_queries import free_drivers, suggestions
from ops.vehicles.board.suggestion_rules import Candidate, Suggestion, suggest
from ops.vehicles.models import TripRequest, VehicleCategory
from ops.vehicles.obligations import service as obligations
from ops.vehicles.register.file_models import CarFile
from ops.vehicles.sealing.models import SealingHoliday
from ops.vehicles.settings.models import SettingName
from ops.vehicles.settings.queries import in_force
from tests.app_fixtures import SignIn
from tests.factories import AT, make_driver, make_trip_request, make_unit, make_vehicle, saved
from tests.vehicles.factories import make_departure, make_dispatch
from tests.vehicles.sealing.test_sealing import seal

DAY = date(2023, 5, 9)
WEIGHTS = {**dict.fromkeys(SettingName, 0), SettingName.WEIGHT_SEATS: 30}
CAR = Candidate(1, "冀B1", 5, VehicleCategory.OTHER)


def best(weight: SettingName, one: Candidate, other: Candidate) -> Suggestion:
    """The better of two under one weight alone, whatever their order."""
    weights = {**dict.fromkeys(SettingName, 0), weight: 30}
    first = suggest(2, DAY, [one, other], weights)[0]
    assert suggest(2, DAY, [other, one], weights)[0] == first
    return first


@pytest.mark.parametrize(
    ("weight", "better"),
    [
        (SettingName.WEIGHT_SEATS, replace(CAR, vehicle_id=2, plate="冀B2", seats=4)),
        (SettingName.WEIGHT_CATEGORY, replace(CAR, vehicle_id=2, plate="冀B2", category=VehicleCategory.OTHER)),
        (SettingName.WEIGHT_PLACE, replace(CAR, vehicle_id=2, plate="冀B2", stands_near=True)),
        (SettingName.WEIGHT_EVEN_USE, replace(CAR, vehicle_id=2, plate="冀B2", km=10)),
        (SettingName.WEIGHT_INSPECTED, replace(CAR, vehicle_id=2, plate="冀B2", inspected_until=date(2024, 5, 1))),
        (SettingName.WEIGHT_SAME_WAY, replace(CAR, vehicle_id=2, plate="冀B2", same_way=True)),
    ],
)
def test_each_weight_alone_prefers_the_car_it_is_about_and_says_why(
    app: Flask, weight: SettingName, better: Candidate
) -> None:
    worse = replace(CAR, seats=9, km=1000, category=VehicleCategory.CONFIDENTIAL)
    found = best(weight, worse, better)
    assert found.candidate == better
    assert found.points == 30 if weight != SettingName.WEIGHT_EVEN_USE else found.points > 25
    assert len(found.reasons) == 1


def offered(request: TripRequest) -> list[Suggestion]:
    return suggestions(request, survey(request.people, request.slot), in_force(request.starts_at.date()))


def test_equal_cars_stand_by_their_plates_and_no_more_than_three_are_named(app: Flask) -> None:
    cars = [replace(CAR, vehicle_id=number, plate=f"冀B{number}") for number in (4, 2, 3, 1)]
    assert [each.candidate.plate for each in suggest(2, DAY, cars, WEIGHTS)] == ["冀B1", "冀B2", "冀B3"]
    assert suggest(2, DAY, [], WEIGHTS) == []


def test_only_free_cars_that_are_large_enough_are_suggested_and_the_least_driven_driver(app: Flask) -> None:
    taken = make_departure(make_dispatch())
    small, fit = make_vehicle(seats=3), make_vehicle(seats=5)
    rested = make_driver()
    make_dispatch(AT - timedelta(days=2), driver_id=rested.id)
    fresh = make_driver()
    request = make_trip_request(people=3)
    judged = survey(request.people, request.slot)
    found = suggestions(request, judged, in_force(request.starts_at.date()))
    cars = {each.candidate.vehicle_id for each in found}
    assert fit.id in cars
    assert not cars & {small.id, taken.vehicle_id}
    drivers = [each.key for each in free_drivers(judged)]
    assert drivers.index(fresh.id) < drivers.index(rested.id)
    assert taken.driver_id not in drivers


def test_a_car_that_goes_the_same_way_that_day_says_so(app: Flask) -> None:
    other = make_dispatch(AT + timedelta(hours=6), hours=2)
    request = make_trip_request()
    [same] = [each for each in offered(request) if each.candidate.vehicle_id == other.vehicle_id]
    assert "当日同去一地" in same.reasons


def test_the_form_shows_the_reasons_and_one_click_assigns(app: Flask, sign_in: SignIn) -> None:
    car, driver, request = make_vehicle(), make_driver(), make_trip_request()
    dispatcher = sign_in(Role.DISPATCHER)
    address = f"/vehicles/requests/{request.id}/dispatch"
    shown = dispatcher.get(address).text
    assert "核载5人，连驾驶员乘坐3人" in shown
    assert f'name="vehicle_id" value="{car.id}"' in shown
    answer = dispatcher.post(address, data={"vehicle_id": car.id, "driver_id": driver.id})
    assert answer.status_code == 303
    assert "核载5人" not in dispatcher.get(address).text


def test_what_assigning_refuses_is_not_suggested_and_the_list_says_why(app: Flask, by: Actor) -> None:
    sealed, lapsed, fit = make_vehicle(), make_vehicle(), make_vehicle()
    worn_out, rested = make_driver(name="甲司机"), make_driver(name="乙司机")
    make_dispatch(AT - timedelta(hours=3, minutes=5), hours=3, driver_id=worn_out.id)
    holiday = saved(SealingHoliday(name="劳动节", starts_at=AT - timedelta(days=1), ends_at=AT + timedelta(days=1)))
    seal(holiday, [sealed.id], by)
    with transaction():
        obligations.owe(lapsed.id, "inspection_test", AT.date() - timedelta(days=1), None, by)
    request = make_trip_request()
    found = survey(request.people, request.slot)
    assert {sealed.id, lapsed.id} & {
        each.candidate.vehicle_id for each in suggestions(request, found, in_force(request.starts_at.date()))
    } == set()
    said = {each.key: each for each in found.cars}
    assert "劳动节" in (said[sealed.id].why or "")
    assert not said[sealed.id].leave
    assert said[lapsed.id].leave
    assert said[fit.id].why is None
    free = [each.key for each in free_drivers(found)]
    assert rested.id in free
    assert worn_out.id not in free


def test_a_car_the_unit_uses_and_one_inspected_for_long_say_so(app: Flask, by: Actor) -> None:
    near, inspected, request = make_vehicle(), make_vehicle(), make_trip_request()
    saved(CarFile(vehicle_id=near.id, using_unit_id=request.unit_id, kept_at=AT, kept_by="测试员"))
    with transaction():
        obligations.owe(inspected.id, "inspection_mark", AT.date() + timedelta(days=200), None, by)
    reasons = {each.candidate.vehicle_id: each.reasons for each in offered(request)}
    assert "停放地点即出发地" in reasons[near.id]
    assert "停放地点即出发地" not in reasons[inspected.id]
    assert f"年检有效期至{AT.date() + timedelta(days=200)}" in reasons[inspected.id]


def test_an_emergency_prefers_the_cars_kept_for_one_and_ordinary_business_the_others(app: Flask, by: Actor) -> None:
    """What was approved by mouth is an emergency: the very same hour and people, another car first."""
    ordinary, kept = make_vehicle(), make_vehicle(category=VehicleCategory.EMERGENCY)
    unit, ends = make_unit(), AT + timedelta(hours=4)
    seen: dict[str, Any] = {"afterwards": "补录", "again": True}
    away = {**seen, "out_of_district": True, "one_way_km": 80, "oral_by": "主任", "oral_at": AT}
    with transaction():
        usual = trips.ask(unit.id, "调研", "市区", 2, AT, ends, by, **seen)
        urgent = trips.ask(unit.id, "抢险", "外地", 2, AT, ends, by, **away)
    first, second = offered(usual)
    assert (first.candidate.vehicle_id, second.candidate.vehicle_id) == (ordinary.id, kept.id)
    assert "类别适合一般公务" in first.reasons
    assert "类别适合一般公务" not in second.reasons
    first, second = offered(urgent)
    assert (first.candidate.vehicle_id, second.candidate.vehicle_id) == (kept.id, ordinary.id)
    assert "应急保障用车，用于本次应急" in first.reasons
    assert "类别适合一般公务" not in second.reasons
