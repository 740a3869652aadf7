"""Two requests in one car: one dispatch, seats for all, each request with its own state; and back again."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from ops.core import clock
from ops.core.access import Actor
from ops.core.db import db, transaction
from ops.core.errors import Rejected
from ops.core.period import year
from ops.indicators.readings import read
from ops.people.roles import Role
from ops.vehicles import queries, rides, service
from ops.vehicles.approvals import queries as approvals
from ops.vehicles.approvals.models import Condition
from ops.vehicles.history_queries import history
from ops.vehicles.models import STATES, Dispatch, SharedRide, TripRequest, TripState
from ops.vehicles.permissions import Permission
from ops.vehicles.sealing.models import Sealing, SealingHoliday
from ops.vehicles.sharing import service as sharing
from tests.app_fixtures import SignIn
from tests.factories import AT, make_driver, make_trip_request, make_unit, make_user, make_vehicle, saved
from tests.vehicles.factories import make_departure, make_dispatch


def join(request: TripRequest, dispatch: Dispatch, by: Actor, **given: Any) -> None:
    with transaction():
        sharing.join(request, dispatch, by, **given)


def waiting_ids() -> set[int]:
    return {request.id for request in db.session.scalars(queries.waiting())}


def test_a_request_rides_along_and_the_trip_counts_once_and_lasts_as_long_as_both_need(app: Flask, by: Actor) -> None:
    trip = make_dispatch()
    other = make_trip_request(AT + timedelta(minutes=30), hours=5)
    join(other, trip, by)
    assert (other.state, trip.request.state) == ("assigned", "assigned")
    assert (trip.people, trip.due_at) == (4, AT + timedelta(hours=5, minutes=30))
    assert waiting_ids() == set()
    assert read("vehicles.dispatches", year(2023)).value == 1
    make_departure(trip)
    assert other.state == "out"
    words = [str(event.word) for event in history(other)]
    assert {"并入其他行程", str(STATES[TripState.OUT][1])} < set(words)


def test_seats_must_suffice_for_all_and_a_refusal_writes_nothing(app: Flask, by: Actor) -> None:
    trip = make_dispatch()
    with pytest.raises(Rejected, match="5"):
        join(make_trip_request(people=3), trip, by)
    assert trip.people == 2
    assert len(waiting_ids()) == 1


@pytest.mark.parametrize(
    ("values", "says"),
    [({"destination": "天津市"}, "天津市"), ({"starts_at": AT + timedelta(minutes=61)}, "60")],
)
def test_another_way_or_another_time_is_refused(app: Flask, by: Actor, values: dict[str, Any], says: str) -> None:
    trip = make_dispatch()
    with pytest.raises(Rejected, match=says):
        join(make_trip_request(**values), trip, by)


def test_a_longer_trip_that_meets_the_next_one_of_the_car_is_refused(app: Flask, by: Actor) -> None:
    car = make_vehicle()
    trip = make_dispatch(vehicle_id=car.id)
    make_dispatch(AT + timedelta(hours=4), vehicle_id=car.id)
    with pytest.raises(Rejected, match=car.plate):
        join(make_trip_request(hours=6), trip, by)


def test_a_trip_that_has_left_takes_nobody_along(app: Flask, by: Actor) -> None:
    trip = make_departure(make_dispatch())
    with pytest.raises(Rejected):
        join(make_trip_request(), trip, by)


def test_parting_gives_the_trip_its_own_time_back_and_the_request_waits_again(app: Flask, by: Actor) -> None:
    trip = make_dispatch()
    other = make_trip_request(AT - timedelta(minutes=30), hours=6)
    join(other, trip, by)
    assert (trip.starts_at, trip.due_at) == (AT - timedelta(minutes=30), AT + timedelta(hours=5, minutes=30))
    with transaction():
        sharing.part(other, "改期", by)
    assert (trip.starts_at, trip.due_at, trip.people) == (AT, AT + timedelta(hours=4), 2)
    assert waiting_ids() == {other.id}
    join(other, trip, by)
    assert other.state == "assigned"


def test_a_cancelled_trip_lets_all_wait_again_and_a_reassigned_one_takes_all_along(app: Flask, by: Actor) -> None:
    trip = make_dispatch()
    other = make_trip_request()
    join(other, trip, by)
    with pytest.raises(Rejected, match="坐不下"), transaction():
        service.reassign(trip, make_vehicle(seats=4).id, trip.driver_id, "换车", by)
    with transaction():
        made = service.reassign(trip, make_vehicle(seats=7).id, make_driver().id, "换车", by)
    assert other.carried_by == made
    with transaction():
        service.cancel(made, "活动取消", by)
    assert waiting_ids() == {trip.request_id, other.id}
    assert read("vehicles.dispatches", year(2023)).records == 0


def test_several_waiting_requests_get_one_car_through_the_page(app: Flask, sign_in: SignIn) -> None:
    first, second = make_trip_request(), make_trip_request(AT + timedelta(minutes=20))
    far = make_trip_request(destination="天津市")
    car, driver = make_vehicle(seats=7), make_driver()
    dispatcher = sign_in(Role.DISPATCHER)
    address = f"/vehicles/requests/{first.id}/shared-dispatch"
    shown = dispatcher.get(address).text
    assert f'value="{second.id}"' in shown
    assert f'value="{far.id}"' not in shown.split("vehicle_id")[0]
    typed = {"companion_ids": [second.id], "vehicle_id": car.id, "driver_id": driver.id}
    assert dispatcher.post(address, data=typed).status_code == 303
    assert waiting_ids() == {far.id}
    assert read("vehicles.dispatches", year(2023)).value == 1


def test_the_page_offers_the_trip_joins_it_and_takes_it_back(app: Flask, sign_in: SignIn) -> None:
    trip, other = make_dispatch(), make_trip_request()
    dispatcher = sign_in(Role.DISPATCHER)
    address = f"/vehicles/requests/{other.id}/ride"
    assert trip.vehicle.plate in dispatcher.get(address).text
    assert dispatcher.post(address, data={"dispatch_id": trip.id}).status_code == 303
    assert trip.order_no in dispatcher.get(f"/vehicles/requests/{other.id}").text
    parting = f"{address}/parting"
    assert dispatcher.post(parting, data={"reason_given": ""}).status_code == 422
    assert dispatcher.post(parting, data={"reason_given": "改期"}).status_code == 303
    assert waiting_ids() == {other.id}
    assert dispatcher.post(parting, data={"reason_given": "再来"}).status_code == 422


def test_a_request_that_has_a_car_cannot_ride_as_well(app: Flask, by: Actor) -> None:
    trip, other = make_dispatch(), make_dispatch()
    with pytest.raises(Rejected):
        join(other.request, trip, by)


def test_a_driver_opens_the_requests_that_ride_with_him(app: Flask, by: Actor) -> None:
    user, stranger = make_user(Role.DRIVER), make_user(Role.DRIVER)
    trip, other = make_dispatch(driver_id=make_driver(user_id=user.id).id), make_trip_request()
    join(other, trip, by)
    drives = frozenset({Permission.TRIP_DRIVE})
    seen = db.session.scalars(queries.visible_requests(Actor(user.id, "", permissions=drives))).all()
    assert {request.id for request in seen} == {trip.request_id, other.id}
    assert db.session.scalars(queries.visible_requests(Actor(stranger.id, "", permissions=drives))).all() == []


def test_a_trip_that_would_last_into_a_sealing_takes_nobody_along(app: Flask, by: Actor) -> None:
    trip = make_dispatch()
    holiday = saved(
        SealingHoliday(name="假期（演示）", starts_at=trip.ends_at, ends_at=trip.ends_at + timedelta(days=3))
    )
    saved(Sealing(holiday_id=holiday.id, vehicle_id=trip.vehicle_id, at=AT, by=by.name))
    join(make_trip_request(), trip, by)
    with pytest.raises(Rejected, match=trip.vehicle.plate):
        join(make_trip_request(hours=6), trip, by)


def test_who_joined_between_reading_and_holding_is_not_led_along_unheld(
    app: Flask, by: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    trip, meanwhile, other = make_dispatch(), make_trip_request(people=1), make_trip_request(people=1)
    real = rides.hold

    def hold_late(model: Any, *ids: int) -> list[Any]:
        """Somebody else was first: his request is aboard once ours are held."""
        held = real(model, *ids)
        if model is TripRequest:
            db.session.add(SharedRide(dispatch_id=trip.id, request_id=meanwhile.id, at=AT, by="别人"))
            db.session.flush()
        return held

    assert len(trip.aboard) == 1
    monkeypatch.setattr(rides, "hold", hold_late)
    with pytest.raises(Rejected, match="已有变更"):
        join(other, trip, by)
    monkeypatch.undo()
    assert [request.id for request in trip.aboard] == [trip.request_id]


def mouth() -> dict[str, Any]:
    return {"oral_by": "张处", "oral_at": clock.now()}


def conditions(request: TripRequest) -> list[str]:
    return [reason.rule.condition for step in request.steps for reason in step.reasons]


def test_who_joins_does_not_lead_the_first_one_into_the_night_unasked(app: Flask, by: Actor) -> None:
    """The first was asked for an evening; with the second the car is back at eleven."""
    trip = make_dispatch(AT.replace(hour=19), hours=2)
    other = make_trip_request(AT.replace(hour=19), hours=4)
    with pytest.raises(Rejected, match="22:00–6:00") as refusal:
        join(other, trip, by)
    assert refusal.value.field == "oral_by"
    assert trip.due_at == AT.replace(hour=21)
    assert conditions(trip.request) == []
    join(other, trip, by, **mouth())
    assert conditions(trip.request) == [Condition.NIGHT]
    assert conditions(other) == []  # it asked for that night itself: by the table of the day it was asked on
    assert (other.state, trip.request.state) == ("assigned", "assigned")
    waiting = {request.id for request in db.session.scalars(approvals.to_complete())}
    assert waiting == {trip.request_id}
    [told] = [event.note for event in history(other) if str(event.word) == "并入其他行程"]
    assert "张处" in told


def test_what_the_second_was_approved_for_is_asked_of_the_first_alone(app: Flask, by: Actor) -> None:
    trip, night = make_dispatch(AT.replace(hour=19), hours=2), AT.replace(hour=19)
    with transaction():
        other = service.ask(
            make_unit().id, "调研", "市区", 2, night, night + timedelta(hours=4), by, "补录", again=True, **mouth()
        )
    assert conditions(other) == [Condition.NIGHT]
    join(other, trip, by, **mouth())
    assert conditions(other) == conditions(trip.request) == [Condition.NIGHT]


def test_the_first_goes_out_of_the_district_only_where_it_was_asked(app: Flask, by: Actor, sign_in: SignIn) -> None:
    trip = make_dispatch()
    other = make_trip_request(out_of_district=True)
    client, address = sign_in(Role.DISPATCHER), f"/vehicles/requests/{other.id}/ride"
    refused = client.post(address, data={"dispatch_id": trip.id})
    assert refused.status_code == 422
    assert "驶出本区" in refused.text.split('id="oral_by-error"')[1].split("</p>")[0]
    said = {"oral_by": "张处", "oral_at": f"{clock.now():%Y-%m-%dT%H:%M}"}
    assert client.post(address, data={"dispatch_id": trip.id, **said}).status_code == 303
    db.session.rollback()
    assert conditions(trip.request) == [Condition.OUT_OF_DISTRICT, Condition.OUT_OF_DISTRICT]


def test_one_car_for_several_is_asked_for_as_well(app: Flask, by: Actor, sign_in: SignIn) -> None:
    first = make_trip_request(AT.replace(hour=19), hours=2)
    other = make_trip_request(AT.replace(hour=19), hours=4)
    client, address = sign_in(Role.DISPATCHER), f"/vehicles/requests/{first.id}/shared-dispatch"
    typed = {"companion_ids": [other.id], "vehicle_id": make_vehicle().id, "driver_id": make_driver().id}
    refused = client.post(address, data=typed)
    assert refused.status_code == 422
    assert "oral_by-error" in refused.text
    assert db.session.query(Dispatch).count() == 0
    said = {"oral_by": "张处", "oral_at": f"{clock.now():%Y-%m-%dT%H:%M}"}
    assert client.post(address, data={**typed, **said}).status_code == 303
    db.session.rollback()
    assert conditions(first) == [Condition.NIGHT]


def test_what_is_offered_counts_both_drivers_and_is_taken(app: Flask, by: Actor, sign_in: SignIn) -> None:
    """Five seats: two drivers and two people leave one."""
    trip = make_dispatch(second_driver_id=make_driver().id)
    two, one = make_trip_request(people=2), make_trip_request(people=1)
    client = sign_in(Role.DISPATCHER)
    assert trip.vehicle.plate not in client.get(f"/vehicles/requests/{two.id}/ride").text
    assert "已乘4人" in client.get(f"/vehicles/requests/{one.id}/ride").text
    assert client.post(f"/vehicles/requests/{one.id}/ride", data={"dispatch_id": trip.id}).status_code == 303
