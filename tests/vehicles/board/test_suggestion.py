"""The best car with its reasons: pure rule, dated weights; and what the page offers."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask

from ops.people.roles import Role
from ops.vehicles.board.suggestion_queries import free_drivers, suggestions
from ops.vehicles.board.suggestion_rules import Candidate, Suggestion, suggest
from ops.vehicles.models import VehicleCategory
from ops.vehicles.settings.models import SettingName
from tests.app_fixtures import SignIn
from tests.factories import AT, make_driver, make_trip_request, make_vehicle
from tests.vehicles.factories import make_departure, make_dispatch

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
    found = suggestions(request, request.slot, request.people)
    offered = {each.candidate.vehicle_id for each in found}
    assert fit.id in offered
    assert not offered & {small.id, taken.vehicle_id}
    drivers = [each.id for each in free_drivers(request.slot)]
    assert drivers.index(fresh.id) < drivers.index(rested.id)
    assert taken.driver_id not in drivers


def test_a_car_that_goes_the_same_way_that_day_says_so(app: Flask) -> None:
    other = make_dispatch(AT + timedelta(hours=6), hours=2)
    request = make_trip_request()
    [same] = [each for each in suggestions(request, request.slot, 2) if each.candidate.vehicle_id == other.vehicle_id]
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
