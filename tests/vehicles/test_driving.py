"""A driver starts his trip and brings the car back."""

from datetime import timedelta

import pytest
from flask import Flask

from ops.core import clock
from ops.core.access import Actor
from ops.core.db import transaction
from ops.core.errors import Rejected
from ops.core.period import month
from ops.indicators.readings import read
from ops.people.roles import Role
from ops.vehicles import service
from tests.app_fixtures import SignIn
from tests.factories import AT, altered, make_driver, make_user
from tests.vehicles.factories import make_departure, make_dispatch

MAY = month(2023, 5)


def test_a_driver_sees_and_drives_his_own_trips_only(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(Role.DRIVER)
    with client.session_transaction() as session:
        user_id = int(session["_user_id"])
    mine = make_dispatch(driver_id=make_driver(user_id=user_id).id)
    other = make_dispatch(driver_id=make_driver(user_id=make_user(Role.DRIVER).id).id)
    assert f"/vehicles/requests/{mine.request_id}" in client.get("/").get_data(as_text=True)
    assert client.get(f"/vehicles/requests/{other.request_id}").status_code == 404
    assert client.get(f"/vehicles/dispatches/{other.id}/departure").status_code == 404
    assert client.post(f"/vehicles/dispatches/{other.id}/departure").status_code == 404
    typed = {"at": "2023-05-09T08:30", "odometer": "1000"}
    assert client.post(f"/vehicles/dispatches/{mine.id}/departure", data=typed).status_code == 303
    assert client.get(f"/vehicles/dispatches/{mine.id}/extension").status_code == 403


def test_the_dial_is_prefilled_on_leaving_and_on_coming_back(app: Flask, sign_in: SignIn, by: Actor) -> None:
    earlier = make_departure(make_dispatch(), odometer=52_000)
    with transaction():
        service.take_back(earlier, AT + timedelta(hours=2), 52_119, by)
    later = make_dispatch(AT + timedelta(days=1), vehicle_id=earlier.vehicle_id)
    client = sign_in(Role.DISPATCHER)
    assert 'value="52119"' in client.get(f"/vehicles/dispatches/{later.id}/departure").get_data(as_text=True)
    make_departure(later, odometer=52_120)
    assert 'value="52120"' in client.get(f"/vehicles/dispatches/{later.id}/return").get_data(as_text=True)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"odometer": "999"}, "odometer"), ({"odometer": "6001"}, "odometer"), ({"at": "2023-05-09T08:30"}, "at"),
     ({"odometer": "十"}, "odometer"), ({"odometer": "1000.5"}, "odometer"), ({"at": ""}, "at")],
)  # fmt: skip
def test_a_wrong_dial_or_time_is_refused_beside_its_field(
    app: Flask, sign_in: SignIn, wrong: dict[str, str], field: str
) -> None:
    dispatch = make_departure(make_dispatch())
    typed = {"at": "2023-05-09T11:00", "odometer": "1080", **wrong}
    answer = sign_in(Role.DISPATCHER).post(f"/vehicles/dispatches/{dispatch.id}/return", data=typed)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.get_data(as_text=True)
    assert read("vehicles.kilometres", MAY).value is None


def test_what_is_still_to_come_is_not_recorded(app: Flask, sign_in: SignIn) -> None:
    client, now = sign_in(Role.DISPATCHER), clock.now()
    dispatch = make_dispatch(now, 4)
    altered(dispatch, dispatched_at=now - timedelta(hours=1))
    for deed, dial in (("departure", "1000"), ("return", "1001")):
        address = f"/vehicles/dispatches/{dispatch.id}/{deed}"
        ahead = {"at": f"{now + timedelta(minutes=2):%Y-%m-%dT%H:%M}", "odometer": dial}
        answer = client.post(address, data=ahead)
        assert answer.status_code == 422
        assert "尚未到来" in answer.text.split('id="at-error"')[1].split("</p>")[0]
        at = now - timedelta(minutes=30 if deed == "departure" else 5)
        assert client.post(address, data={**ahead, "at": f"{at:%Y-%m-%dT%H:%M}"}).status_code == 303


def test_a_trip_starts_and_ends_once(app: Flask, by: Actor) -> None:
    dispatch = make_dispatch()
    with pytest.raises(Rejected), transaction():
        service.take_back(dispatch, AT + timedelta(hours=1), 1001, by)
    make_departure(dispatch)
    with pytest.raises(Rejected), transaction():
        service.depart(dispatch, AT, 1000, by)
    with transaction():
        service.take_back(dispatch, AT + timedelta(hours=1), 1001, by)
    with pytest.raises(Rejected), transaction():
        service.take_back(dispatch, AT + timedelta(hours=1), 1001, by)
    assert read("vehicles.kilometres", MAY).value == 1


def test_a_return_before_the_trip_was_to_begin_frees_them_too(app: Flask, by: Actor) -> None:
    trip = make_dispatch()
    with transaction():
        service.depart(trip, trip.starts_at - timedelta(minutes=50), 1000, by, early_reason="提前出车")
        service.take_back(trip, trip.starts_at - timedelta(minutes=20), 1010, by)
    begins, driven = AT + timedelta(minutes=1), {"vehicle_id": trip.vehicle_id, "driver_id": trip.driver_id}
    assert make_dispatch(begins, 3, **driven).starts_at == begins


def test_an_early_return_frees_car_and_driver(app: Flask, by: Actor) -> None:
    dispatch = make_departure(make_dispatch())
    with transaction():
        service.take_back(dispatch, AT + timedelta(hours=1), 1030, by)
    make_dispatch(AT + timedelta(hours=1), 3, vehicle_id=dispatch.vehicle_id, driver_id=dispatch.driver_id)
    assert read("vehicles.dispatches", MAY).value == 2


def test_a_late_return_lowers_the_rate(app: Flask, by: Actor) -> None:
    for number, minutes in enumerate((0, 1, -30)):
        dispatch = make_departure(make_dispatch(AT + timedelta(days=number)))
        with transaction():
            service.take_back(dispatch, dispatch.due_at + timedelta(minutes=minutes), 1030, by)
    assert read("vehicles.returns_on_time", MAY).text == "66.67"
