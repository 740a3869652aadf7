"""The page of a car: its latest trips, with both drivers and the kilometres over a replaced dial."""

from datetime import timedelta

from flask import Flask

from ops.core.access import Actor
from ops.people.roles import Role
from tests.app_fixtures import SignIn
from tests.factories import make_driver
from tests.vehicles.factories import make_departure, make_dispatch
from tests.vehicles.odometer.test_replacing import replaced_on_the_way


def test_kilometres_go_on_over_a_replaced_dial(app: Flask, by: Actor, sign_in: SignIn) -> None:
    trip, _change = replaced_on_the_way(by)
    make_departure(make_dispatch(trip.starts_at + timedelta(days=2), vehicle_id=trip.vehicle_id), odometer=45)
    shown = sign_in(Role.DISPATCHER).get(f"/vehicles/cars/{trip.vehicle_id}").text
    cells = [each.split("</td>")[0] for each in shown.split('data-label="行驶里程" data-align="end">')[1:]]
    assert cells == ["", "85"]


def test_both_drivers_are_named(app: Flask, by: Actor, sign_in: SignIn) -> None:
    second = make_driver()
    trip = make_dispatch(second_driver_id=second.id)
    shown = sign_in(Role.DISPATCHER).get(f"/vehicles/cars/{trip.vehicle_id}").text
    assert trip.driver.name in shown
    assert second.name in shown
