"""Trips through the JSON door: the same verbs, the same words, and nothing done on a stale view."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from ops.core.db import db
from ops.core.period import month
from ops.indicators.readings import read
from ops.people.roles import Role
from ops.vehicles.models import Dispatch, TripRequest
from tests.app_fixtures import SignIn
from tests.factories import AT, make_driver, make_trip_request, make_vehicle
from tests.vehicles.factories import make_departure, make_dispatch


def test_a_trip_from_dispatch_to_return(app: Flask, sign_in: SignIn) -> None:
    request, car, driver = make_trip_request(), make_vehicle(), make_driver()
    client = sign_in(Role.DISPATCHER)
    given = client.post(
        f"/api/vehicles/requests/{request.id}/dispatch", json={"vehicle_id": car.id, "driver_id": driver.id}
    ).json
    address = f"/api/vehicles/dispatches/{given['dispatch']['id']}"
    later = {"due_at": "2023-05-09T14:00", "reason_given": "会议延长"}
    assert client.post(f"{address}/extension", json=later).json["dispatch"]["due_at"] == "2023-05-09T14:00:00"
    left = client.post(f"{address}/departure", json={"at": "2023-05-09T08:35", "odometer": 1000})
    assert (left.status_code, left.json["state"]) == (201, "out")
    back = {"at": "2023-05-09T13:30", "odometer": 999}
    assert client.post(f"{address}/return", json=back).json["field"] == "odometer"
    assert client.post(f"{address}/return", json={**back, "odometer": 1085}).json["state"] == "returned"
    assert read("vehicles.kilometres", month(2023, 5)).value == 85


def test_a_move_takes_another_time_car_and_driver_in_one_go(app: Flask, sign_in: SignIn) -> None:
    dispatch, car, driver = make_dispatch(), make_vehicle(), make_driver()
    wanted = {
        "vehicle_id": car.id, "driver_id": driver.id, "starts_at": "2023-05-10T08:30", "ends_at": "2023-05-10T10:30",
        "reason_given": "改到次日",
    }  # fmt: skip
    moved = sign_in(Role.DISPATCHER).post(f"/api/vehicles/dispatches/{dispatch.id}/move", json=wanted)
    assert moved.status_code == 201
    given = moved.json["dispatch"]
    assert (given["vehicle_id"], given["driver_id"]) == (car.id, driver.id)
    assert (given["starts_at"], given["due_at"]) == ("2023-05-10T08:30:00", "2023-05-10T10:30:00")
    assert read("vehicles.dispatches", month(2023, 5)).value == 1
    assert db.session.get_one(Dispatch, dispatch.id).cancellation is not None


def test_a_move_that_meets_another_trip_leaves_everything_as_it_was(app: Flask, sign_in: SignIn) -> None:
    dispatch = make_dispatch()
    other = make_dispatch(AT + timedelta(days=1))
    wanted = {
        "vehicle_id": other.vehicle_id, "driver_id": dispatch.driver_id, "starts_at": "2023-05-10T11:30",
        "ends_at": "2023-05-10T13:30", "reason_given": "改到次日",
    }  # fmt: skip
    client, address = sign_in(Role.DISPATCHER), f"/api/vehicles/dispatches/{dispatch.id}/move"
    answer = client.post(address, json=wanted)
    assert (answer.status_code, answer.json["field"]) == (422, "vehicle_id")
    assert client.post(address, json={**wanted, "vehicle_id": 999}).json["field"] == "vehicle_id"
    assert client.post(address, json={**wanted, "ends_at": "2023-05-10T11:30"}).json["field"] == "ends_at"
    kept = db.session.scalars(select(Dispatch).where(Dispatch.released_at.is_(None)).order_by(Dispatch.id)).all()
    assert [(each.id, each.starts_at) for each in kept] == [(dispatch.id, AT), (other.id, AT + timedelta(days=1))]


def test_a_trip_is_moved_on_its_page_too(app: Flask, sign_in: SignIn) -> None:
    dispatch = make_dispatch()
    client, address = sign_in(Role.DISPATCHER), f"/vehicles/dispatches/{dispatch.id}/move"
    assert client.get(address).status_code == 200
    typed = {
        "vehicle_id": dispatch.vehicle_id, "driver_id": dispatch.driver_id, "starts_at": "2023-05-09T09:30",
        "ends_at": "2023-05-09T13:30", "reason_given": "",
    }  # fmt: skip
    assert client.post(address, data=typed).status_code == 422
    assert client.post(address, data={**typed, "reason_given": "推迟一小时"}).status_code == 303
    request = db.session.get_one(TripRequest, dispatch.request_id)
    assert request.dispatch
    assert request.dispatch.starts_at == AT + timedelta(hours=1)


def test_nobody_acts_on_what_has_changed_since_he_looked(app: Flask, sign_in: SignIn) -> None:
    request, cars, driver = make_trip_request(), [make_vehicle(), make_vehicle()], make_driver()
    client = sign_in(Role.DISPATCHER)
    address = f"/api/vehicles/requests/{request.id}"
    seen = client.get(address).json["mark"]
    given = client.post(
        f"{address}/dispatch", json={"vehicle_id": cars[0].id, "driver_id": driver.id, "seen": seen}
    ).json
    dispatch = f"/api/vehicles/dispatches/{given['dispatch']['id']}"
    client.post(f"{dispatch}/cancellation", json={"reason_given": "改期", "seen": given["mark"]})
    again = client.post(
        f"{address}/dispatch", json={"vehicle_id": cars[1].id, "driver_id": driver.id, "seen": given["mark"]}
    )
    assert (again.status_code, again.json["field"]) == (422, None)
    assert client.get(address).json["state"] == "requested"


def test_every_form_of_a_state_change_carries_what_it_was_made_on(app: Flask, sign_in: SignIn) -> None:
    client, waiting = sign_in(Role.DISPATCHER), make_trip_request()
    for what in ("dispatch", "withdrawal"):
        text = client.get(f"/vehicles/requests/{waiting.id}/{what}").text
        assert f'name="seen" type="hidden" value="{waiting.mark}"' in text, what
    dispatch, out = make_dispatch(), make_departure(make_dispatch())
    deeds = [(dispatch, what) for what in ("cancellation", "reassignment", "move", "extension", "departure")]
    for trip, what in (*deeds, (out, "return")):
        text = client.get(f"/vehicles/dispatches/{trip.id}/{what}").text
        assert f'name="seen" type="hidden" value="{trip.mark}"' in text, what
    stale = {"reason_given": "改期", "seen": "assigned-1-200001010000"}
    assert client.post(f"/vehicles/dispatches/{dispatch.id}/cancellation", data=stale).status_code == 422
    assert db.session.get_one(Dispatch, dispatch.id).cancellation is None
