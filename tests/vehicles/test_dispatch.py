"""Dispatching a car."""

import pytest
from flask import Flask

from ops.core.access import Actor
from ops.core.db import transaction
from ops.core.errors import Rejected
from ops.core.period import month
from ops.indicators.readings import read
from ops.people.roles import Role
from ops.vehicles import service
from tests.app_fixtures import SignIn
from tests.factories import make_driver, make_trip_request, make_unit, make_vehicle


def test_a_dispatch_counts_on_the_day_its_trip_begins(app: Flask, by: Actor) -> None:
    request, car, driver = make_trip_request(), make_vehicle(), make_driver()
    with transaction():
        service.dispatch(request, car.id, driver.id, by)
    figure = read("vehicles.dispatches", month(2023, 5))
    assert (figure.value, figure.records) == (1, 1)
    assert read("vehicles.dispatches", month(2023, 4)).value is None


def test_a_cancelled_dispatch_does_not_count(app: Flask, by: Actor) -> None:
    request, car, driver = make_trip_request(), make_vehicle(), make_driver()
    with transaction():
        made = service.dispatch(request, car.id, driver.id, by)
    assert read("vehicles.dispatches", month(2023, 5)).value == 1
    with transaction():
        service.cancel(made, "改期", by)
    assert read("vehicles.dispatches", month(2023, 5)).value is None


def test_a_car_cannot_be_booked_twice_for_the_same_hour(app: Flask, by: Actor) -> None:
    car = make_vehicle()
    with transaction():
        service.dispatch(make_trip_request(), car.id, make_driver().id, by)
    with pytest.raises(Rejected) as refusal, transaction():
        service.dispatch(make_trip_request(), car.id, make_driver().id, by)
    assert refusal.value.field == "vehicle_id"


def test_the_page_keeps_what_was_typed_when_it_refuses(app: Flask, sign_in: SignIn) -> None:
    unit = make_unit()
    client = sign_in(Role.LIAISON, unit_id=unit.id)
    typed = {
        "unit_id": unit.id,
        "purpose": "调研",
        "destination": "",
        "people": "两",
        "starts_at": "2023-05-09T08:30",
        "ends_at": "2023-05-09T07:30",
    }
    page = client.post("/vehicles/requests/new", data=typed)
    assert page.status_code == 422
    text = page.get_data(as_text=True)
    assert "调研" in text
    assert "两" in text


def test_the_whole_trip_through_its_pages(app: Flask, sign_in: SignIn) -> None:
    unit, car, driver = make_unit(), make_vehicle(), make_driver()
    liaison = sign_in(Role.LIAISON, unit_id=unit.id)
    dispatcher = sign_in(Role.DISPATCHER)
    typed = {
        "unit_id": unit.id,
        "purpose": "调研",
        "destination": "市区",
        "people": "2",
        "contact": "乘车人01",
        "phone": "0315-0000000",
        "starts_at": "2023-05-09T08:30",
        "ends_at": "2023-05-09T12:30",
        "afterwards": "补录",
    }
    assert liaison.post("/vehicles/requests/new", data=typed).status_code == 303
    assert dispatcher.get("/").status_code == 200
    assert dispatcher.get("/vehicles/requests?show=waiting").status_code == 200
    assert (
        dispatcher.post(
            "/vehicles/requests/1/dispatch", data={"vehicle_id": car.id, "driver_id": driver.id}
        ).status_code
        == 303
    )
    assert (
        dispatcher.post(
            "/vehicles/dispatches/1/departure", data={"at": "2023-05-09T08:35", "odometer": "1000"}
        ).status_code
        == 303
    )
    assert (
        dispatcher.post(
            "/vehicles/dispatches/1/return", data={"at": "2023-05-09T12:30", "odometer": "1085"}
        ).status_code
        == 303
    )
    assert read("vehicles.kilometres", month(2023, 5)).value == 85
    assert read("vehicles.returns_on_time", month(2023, 5)).value == 100
    watcher = sign_in(Role.PERFORMANCE)
    for address in (
        "/figures?period=2023",
        "/figures/vehicles.kilometres?period=2023",
        "/figures/vehicles.kilometres/evidence?period=2023",
        "/closings",
        "/vehicles/requests/1",
        "/vehicles/cars/1",
    ):
        assert watcher.get(address).status_code == 200, address
