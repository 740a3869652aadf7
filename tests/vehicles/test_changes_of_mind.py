"""A dispatcher gives a car, takes it back, gives another, and lets a trip take longer."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from ops.core.access import Actor
from ops.core.db import db, transaction
from ops.core.errors import Rejected
from ops.core.period import month
from ops.indicators.readings import read
from ops.people.roles import Role
from ops.vehicles import service
from ops.vehicles.models import Dispatch, DispatchExtension
from tests.app_fixtures import SignIn
from tests.factories import AT, make_driver, make_trip_request, make_vehicle
from tests.vehicles.factories import make_departure, make_dispatch

MAY = month(2023, 5)


def test_the_choice_says_who_is_out_and_where(app: Flask, sign_in: SignIn) -> None:
    taken, free, small = make_dispatch(request={"destination": "港口"}), make_vehicle(), make_vehicle(seats=2)
    request = make_trip_request(AT + timedelta(hours=1), people=3)
    text = sign_in(Role.DISPATCHER).get(f"/vehicles/requests/{request.id}/dispatch").get_data(as_text=True)
    options = {line.split('value="')[1].split('"')[0]: line for line in text.split("<option")[1:] if 'value="' in line}
    assert "港口" in options[str(taken.vehicle_id)]
    assert "disabled" in options[str(taken.vehicle_id)]
    assert "disabled" in options[str(small.id)]
    assert "disabled" not in options[str(free.id)]


def test_a_taken_car_is_refused_beside_its_field(app: Flask, sign_in: SignIn) -> None:
    taken = make_dispatch()
    request, driver = make_trip_request(), make_driver()
    typed = {"vehicle_id": taken.vehicle_id, "driver_id": driver.id}
    answer = sign_in(Role.DISPATCHER).post(f"/vehicles/requests/{request.id}/dispatch", data=typed)
    assert answer.status_code == 422
    assert taken.vehicle.plate in answer.get_data(as_text=True)
    assert db.session.scalars(select(Dispatch.id)).all() == [taken.id]


def test_a_liaison_gives_out_no_cars(app: Flask, sign_in: SignIn) -> None:
    dispatch = make_dispatch()
    client = sign_in(Role.LIAISON, unit_id=dispatch.request.unit_id)
    for address in (f"requests/{dispatch.request_id}/dispatch", f"dispatches/{dispatch.id}/extension",
                    f"dispatches/{dispatch.id}/reassignment", f"dispatches/{dispatch.id}/cancellation"):  # fmt: skip
        assert client.get(f"/vehicles/{address}").status_code == 403
        assert client.post(f"/vehicles/{address}").status_code == 403


def test_pages_of_no_dispatch_are_not_found(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(Role.DISPATCHER)
    for noun in ("extension", "reassignment", "cancellation", "departure", "return"):
        assert client.get(f"/vehicles/dispatches/77/{noun}").status_code == 404


def test_a_cancelled_dispatch_frees_the_car_and_the_request_waits_again(app: Flask, sign_in: SignIn) -> None:
    dispatch = make_dispatch()
    client = sign_in(Role.DISPATCHER)
    address = f"/vehicles/dispatches/{dispatch.id}/cancellation"
    assert client.get(address).status_code == 200
    assert client.post(address, data={"reason_given": "车辆故障"}).status_code == 303
    again = {"vehicle_id": dispatch.vehicle_id, "driver_id": dispatch.driver_id}
    assert client.post(f"/vehicles/requests/{dispatch.request_id}/dispatch", data=again).status_code == 303
    assert read("vehicles.dispatches", MAY).value == 1


def test_a_reassigned_trip_counts_once_and_keeps_its_time(app: Flask, sign_in: SignIn) -> None:
    dispatch, other = make_dispatch(), make_vehicle()
    client = sign_in(Role.DISPATCHER)
    address = f"/vehicles/dispatches/{dispatch.id}/reassignment"
    assert client.get(address).status_code == 200
    typed = {"vehicle_id": other.id, "driver_id": dispatch.driver_id, "reason_given": "车辆故障"}
    assert client.post(address, data=typed).status_code == 303
    db.session.expire_all()
    standing = db.session.scalars(select(Dispatch).where(Dispatch.released_at.is_(None))).all()
    assert [(each.vehicle_id, each.slot) for each in standing] == [(other.id, dispatch.slot)]
    assert read("vehicles.dispatches", MAY).value == 1


def test_a_reassignment_to_a_taken_car_leaves_everything_as_it_was(app: Flask, by: Actor) -> None:
    dispatch, taken = make_dispatch(), make_dispatch()
    with pytest.raises(Rejected) as refusal, transaction():
        service.reassign(dispatch, taken.vehicle_id, dispatch.driver_id, "换车", by)
    assert refusal.value.field == "vehicle_id"
    assert db.session.get_one(Dispatch, dispatch.id).state == "assigned"


def test_an_extension_holds_the_car_longer(app: Flask, sign_in: SignIn) -> None:
    dispatch = make_dispatch()
    client = sign_in(Role.DISPATCHER)
    address = f"/vehicles/dispatches/{dispatch.id}/extension"
    assert client.get(address).status_code == 200
    typed = {"due_at": "2023-05-09T15:30", "reason_given": "会议延长"}
    assert client.post(address, data=typed).status_code == 303
    assert client.post(address, data=typed).status_code == 422  # not later than it already is
    page = client.get(f"/vehicles/requests/{dispatch.request_id}").get_data(as_text=True)
    assert "会议延长" in page
    request = make_trip_request(AT + timedelta(hours=5), hours=1)
    typed = {"vehicle_id": dispatch.vehicle_id, "driver_id": make_driver().id}
    assert client.post(f"/vehicles/requests/{request.id}/dispatch", data=typed).status_code == 422


def test_an_extension_does_not_run_into_the_next_trip(app: Flask, by: Actor) -> None:
    dispatch = make_dispatch()
    make_dispatch(AT + timedelta(hours=5), hours=1, vehicle_id=dispatch.vehicle_id)
    with pytest.raises(Rejected) as refusal, transaction():
        service.extend(dispatch, AT + timedelta(hours=6), "会议延长", by)
    assert refusal.value.field == "due_at"
    with transaction():
        service.extend(dispatch, AT + timedelta(hours=5), "会议延长", by)  # to the very minute
    assert len(db.session.scalars(select(DispatchExtension.id)).all()) == 1


def test_an_extended_trip_is_on_time_by_its_new_time(app: Flask, by: Actor) -> None:
    dispatch = make_departure(make_dispatch())
    with transaction():
        service.extend(dispatch, AT + timedelta(hours=6), "会议延长", by)
    with transaction():
        service.take_back(dispatch, AT + timedelta(hours=6), 1100, by)
    assert read("vehicles.returns_on_time", MAY).value == 100
    with pytest.raises(Rejected), transaction():
        service.extend(dispatch, AT + timedelta(hours=8), "会议延长", by)
