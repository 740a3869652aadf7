"""A trip with two drivers: each is held and judged like the only one, in either seat and through every door."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from random import Random
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from ops.core import audit, clock
from ops.core.access import Actor
from ops.core.db import db, transaction
from ops.core.errors import Rejected
from ops.core.notify import Notice
from ops.core.timeslot import Slot
from ops.people.roles import Role
from ops.vehicles import availability, service
from ops.vehicles.driving.reminders import remind
from ops.vehicles.history_queries import history
from ops.vehicles.limits.models import LimitOverride
from ops.vehicles.models import Departure, Dispatch, Driver, Vehicle
from ops.vehicles.obligations.models import Obligation, ObligationKind
from ops.vehicles.sharing import service as sharing
from tests.app_fixtures import SignIn
from tests.factories import AT, make_driver, make_trip_request, make_unit, make_user, make_vehicle, saved
from tests.vehicles.factories import make_departure, make_dispatch
from tests.vehicles.test_query_counts import counted

HOUR = timedelta(hours=1)


@pytest.fixture
def two(app: Flask) -> tuple[int, int]:
    return make_driver().id, make_driver().id


def fields() -> list[tuple[int, int | None]]:
    db.session.rollback()
    standing = select(Dispatch.driver_id, Dispatch.second_driver_id).where(Dispatch.released_at.is_(None))
    return [(first, second) for first, second in db.session.execute(standing.order_by(Dispatch.starts_at))]


def test_both_stand_wherever_the_trip_is_shown(two: tuple[int, int], sign_in: SignIn) -> None:
    dispatcher, request = sign_in(Role.DISPATCHER), make_trip_request(AT, one_way_km=500)
    names = [db.session.get_one(Driver, key).name for key in two]
    given = {"vehicle_id": make_vehicle().id, "driver_id": two[0], "second_driver_id": two[1]}
    answer = dispatcher.post(f"/vehicles/requests/{request.id}/dispatch", data=given)
    assert answer.status_code == 303, "a way of 500 km needs no reason with two drivers"
    assert db.session.scalars(select(LimitOverride)).all() == []
    trip = db.session.scalars(select(Dispatch)).one()
    both = "/".join(names)
    pages = (f"requests/{request.id}", f"board/orders/{trip.id}", f"board?day={AT:%Y-%m-%d}", "requests")
    for address in (*pages, f"board?day={AT:%Y-%m-%d}&as=table", f"dispatches/{trip.id}/extension"):
        assert both in dispatcher.get(f"/vehicles/{address}").text, address
    drivers = dispatcher.get(f"/vehicles/board?day={AT:%Y-%m-%d}&rows=drivers").text
    assert drivers.count(f'data-trip="{trip.id}"') == 2
    assert drivers.count('data-seat="second_driver_id"') == 1
    shown = dispatcher.get(f"/api/vehicles/requests/{request.id}").json["dispatch"]
    assert (shown["driver"], shown["second_driver"]) == tuple(names)
    form = dispatcher.get(f"/vehicles/dispatches/{trip.id}/reassignment").text
    assert f'<option selected value="{two[1]}">' in form
    assert "驾驶时限均按全程时间计算" in form
    assert list(audit.verify()) == []


def beside(trip: Dispatch, taken: int, by: Actor) -> dict[str, Callable[[str], object]]:
    """Every verb that gives a driver time, wanting `taken` in the seat; `trip` is another's, of the same hour."""
    car, other = make_vehicle().id, make_driver().id

    def crew(seat: str) -> dict[str, Any]:
        return {"driver_id": other, "second_driver_id": None, "vehicle_id": car, seat: taken}

    def crew_of_two(seat: str) -> dict[str, Any]:
        return crew("second_driver_id") if seat == "second_driver_id" else crew(seat)

    request, later = make_trip_request(trip.starts_at), make_dispatch(AT + timedelta(days=3))
    alone = {"dispatch": later, "reason_given": "换人", "by": by}
    there = {"starts_at": trip.starts_at, "ends_at": trip.ends_at}
    first, along = make_trip_request(trip.starts_at), make_trip_request(trip.starts_at)
    return {
        "dispatch": lambda seat: service.dispatch(request, by=by, **crew(seat)),
        "move": lambda seat: service.move(**alone, **there, **crew_of_two(seat)),
        "together": lambda seat: sharing.dispatch_together([first, along], by=by, **crew(seat)),
    }


@pytest.mark.parametrize("seat", ["driver_id", "second_driver_id"])
@pytest.mark.parametrize("held", [0, 1])
def test_whoever_drives_in_either_seat_is_taken_for_both(two: tuple[int, int], by: Actor, seat: str, held: int) -> None:
    trip = make_dispatch(driver_id=two[0], second_driver_id=two[1])
    before = fields()
    for name, door in beside(trip, two[held], by).items():
        with pytest.raises(Rejected) as refusal, transaction():
            door(seat)
        assert refusal.value.field == seat, name
    standing = fields()
    assert before[0] in standing
    assert sum(two[held] in pair for pair in standing) == 1


@pytest.mark.parametrize("second", [False, True])
def test_an_extension_and_a_ride_are_refused_where_the_second_is_taken(
    two: tuple[int, int], by: Actor, second: bool
) -> None:
    trip = make_dispatch(hours=2, driver_id=two[0], second_driver_id=two[1], request={"people": 1})
    seats = {"second_driver_id": two[1]} if second else {"driver_id": two[1]}
    make_dispatch(AT + 3 * HOUR, 2, **seats)
    with pytest.raises(Rejected) as refusal, transaction():
        service.extend(trip, AT + 4 * HOUR, "延长", by)
    assert refusal.value.field == "due_at"
    longer = make_trip_request(AT, 4, people=1)
    with pytest.raises(Rejected) as refusal, transaction():
        sharing.join(longer, trip, by)
    assert refusal.value.field == "dispatch_id"
    db.session.rollback()
    assert trip.due_at == AT + 2 * HOUR


def test_a_row_of_another_ledger_takes_both_and_never_one_who_drives(two: tuple[int, int], sign_in: SignIn) -> None:
    first, second = (db.session.get_one(Driver, key).name for key in two)
    unit, cars, spare = make_unit().name, [make_vehicle().plate for _ in range(3)], make_driver().name
    head = "单号,用车单位,事由,目的地,人数,出车时间,返回时间,车牌号,驾驶员,第二驾驶员"
    when = "2023-05-09 08:30,2023-05-09 12:30"
    rows = [
        f"1,{unit},调研,市区,2,{when},{cars[0]},{first},{second}",
        f"2,{unit},调研,市区,2,{when},{cars[1]},{second},",
        f"3,{unit},调研,市区,2,{when},{cars[1]},{spare},{first}",
        f"4,{unit},调研,市区,2,{when},{cars[2]},{spare},{spare}",
        f"5,{unit},调研,市区,2,{when},{cars[2]},{spare},无此人",
    ]
    sent = {"file": (BytesIO("\n".join([head, *rows]).encode()), "台账.csv")}
    text = sign_in(Role.DISPATCHER).post("/vehicles/dispatch-intake", data=sent).text
    for line in (3, 4, 5, 6):
        assert f">{line}</td>" in text
    assert fields() == [two]
    book = sign_in(Role.DISPATCHER).get("/vehicles/requests?format=xlsx")
    assert book.status_code == 200


def test_over_the_json_door_the_second_stays_unless_it_is_said(two: tuple[int, int], sign_in: SignIn) -> None:
    trip, dispatcher = make_dispatch(driver_id=two[0], second_driver_id=two[1]), sign_in(Role.DISPATCHER)
    third = make_driver().id

    def change(key: int, **more: Any) -> Any:
        body = {"vehicle_id": trip.vehicle_id, "driver_id": third, "reason_given": "换人", **more}
        answer = dispatcher.post(f"/api/vehicles/dispatches/{key}/reassignment", json=body)
        return answer.status_code, answer.json

    _status, said = change(trip.id)
    assert fields() == [(third, two[1])]
    _status, said = change(said["dispatch"]["id"], driver_id=two[1])
    assert fields() == [(two[1], third)], "the second became the first, who takes the other seat"
    status, refused = change(said["dispatch"]["id"], second_driver_id=third)
    assert (status, refused["field"]) == (422, "second_driver_id")
    status, refused = change(said["dispatch"]["id"], second_driver_id=9999)
    assert (status, refused["field"]) == (422, "second_driver_id")
    assert change(said["dispatch"]["id"], second_driver_id=None)[0] == 201
    assert fields() == [(third, None)]


@pytest.mark.parametrize("deed", ["CarChanged", "TripMoved"])
def test_the_document_of_the_json_door_says_what_is_not_said(client: FlaskClient, deed: str) -> None:
    """It publishes no default that the door itself would refuse."""
    shown = client.get("/api/openapi.json").json["components"]["schemas"][deed]["properties"]["second_driver_id"]
    assert "default" not in shown
    assert "whoever it was" in shown["description"]


def test_each_of_two_is_bound_by_the_limits_for_the_whole_trip(two: tuple[int, int], by: Actor) -> None:
    make_dispatch(AT, 3, driver_id=two[1])
    request, car = make_trip_request(AT + 3 * HOUR + timedelta(minutes=10), 2), make_vehicle().id
    with pytest.raises(Rejected) as refusal, transaction():
        service.dispatch(request, car, two[0], by, second_driver_id=two[1])
    assert refusal.value.field == "second_driver_id"
    long = make_trip_request(AT + timedelta(days=2), 9)
    with pytest.raises(Rejected) as refusal, transaction():
        service.dispatch(long, car, two[0], by, second_driver_id=two[1])
    assert refusal.value.field == "limits_reason"
    with transaction():
        service.dispatch(long, car, two[0], by, second_driver_id=two[1], limits_reason="领导同意")
    assert [(row.name, row.amount) for row in db.session.scalars(select(LimitOverride))] == [("day", 540)]


def test_the_second_needs_a_seat_a_licence_and_to_be_in_service(two: tuple[int, int], by: Actor) -> None:
    car, day = make_vehicle().id, AT.date()
    seats = db.session.get_one(Vehicle, car).seats
    full = make_trip_request(AT, people=seats - 1)
    with pytest.raises(Rejected) as refusal, transaction():
        service.dispatch(full, car, two[0], by, second_driver_id=two[1])
    assert refusal.value.field == "vehicle_id"
    saved(Obligation(driver_id=two[1], kind=ObligationKind.LICENCE, rule="证", due_on=day - timedelta(days=1)))
    gone, request = make_driver(left_on=day).id, make_trip_request(AT)
    for second, field in ((two[1], "leave_by"), (gone, "second_driver_id")):
        with pytest.raises(Rejected) as refusal, transaction():
            service.dispatch(request, car, two[0], by, second_driver_id=second)
        assert refusal.value.field == field
    leave = {"leave_by": "分管领导01", "leave_reason": "应急"}
    with transaction():
        made = service.dispatch(request, car, two[0], by, second_driver_id=two[1], **leave)
    assert "分管领导01" in str(history(made.request))


def test_who_is_free_and_whose_turn_it_is_counts_both_seats(two: tuple[int, int]) -> None:
    make_dispatch(driver_id=two[0], second_driver_id=two[1])
    found = availability.survey(2, Slot(AT, AT + HOUR))
    assert {each.key for each in found.drivers if each.why} == set(two)


def test_the_second_driver_sees_the_trip_on_his_phone_and_either_records(app: Flask) -> None:
    users = [make_user(Role.DRIVER), make_user(Role.DRIVER)]
    drivers = [make_driver(user_id=user.id) for user in users]
    start = clock.now().replace(second=0) - HOUR
    trip = make_dispatch(start, 0.5, driver_id=drivers[0].id, second_driver_id=drivers[1].id)
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = str(users[1].id), True
    assert "/".join(each.name for each in drivers) in client.get("/vehicles/driving/").text
    typed = {"key": "a" * 16, "kind": "departure", "at": f"{start:%Y-%m-%dT%H:%M}", "odometer": "1000"}
    assert client.post(f"/vehicles/driving/{trip.id}/deeds", data=typed).status_code == 200
    assert db.session.scalars(select(Departure.dispatch_id)).all() == [trip.id]
    assert client.get(f"/vehicles/requests/{trip.request_id}").status_code == 200
    with transaction():
        remind(clock.now())
    told = set(db.session.scalars(select(Notice.user_id).where(Notice.link == "/vehicles/driving/")))
    assert told == {user.id for user in users}


def test_the_database_itself_holds_a_driver_once_in_either_seat(two: tuple[int, int], by: Actor) -> None:
    trip = make_dispatch(driver_id=two[0], second_driver_id=two[1])
    spare = make_driver().id
    row = {"request_id": trip.request_id, "day": trip.day, "starts_at": trip.starts_at, "ends_at": trip.ends_at}
    row |= {"due_at": trip.due_at, "dispatched_at": AT, "dispatched_by": "甲"}
    pairs = [(two[1], None), (spare, two[0]), (spare, two[1]), (two[0], spare)]
    for first, second in pairs:
        car = make_vehicle().id
        with pytest.raises(IntegrityError, match="no_overlap_dispatch"), transaction():
            audit.record("test.arranged", "dispatch", by)
            db.session.execute(
                insert(Dispatch), {**row, "vehicle_id": car, "driver_id": first, "second_driver_id": second}
            )
    assert fields() == [two]


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_done_nobody_is_ever_in_two_trips_at_one_time(app: Flask, by: Actor, seed: int) -> None:
    chance, cars = Random(seed), [make_vehicle().id for _ in range(4)]
    drivers = [make_driver().id for _ in range(4)]
    done = 0
    for _deed in range(40):
        start = AT + chance.randint(0, 6) * HOUR
        first, second = chance.sample(drivers, 2)
        crew = {"vehicle_id": chance.choice(cars), "driver_id": first}
        crew["second_driver_id"] = chance.choice([second, second, None])  # type: ignore[assignment]
        trips = db.session.scalars(select(Dispatch).where(Dispatch.released_at.is_(None))).unique().all()
        trip = chance.choice(trips) if trips else None
        deed = chance.choice(["dispatch", "dispatch", "move", "reassign", "extend", "join", "cancel"])
        request = None if trip and deed not in ("dispatch", "join") else make_trip_request(start, 2)
        try:
            with transaction():
                _do(deed, trip, request, crew, start, by)
            done += 1
        except Rejected:
            pass
        assert_held_once()
    assert done > 5


def _do(deed: str, trip: Dispatch | None, request: Any, crew: dict[str, Any], start: Any, by: Actor) -> None:
    reason = {"limits_reason": "应急任务"}
    if trip is None or deed == "dispatch":
        service.dispatch(request, by=by, **crew, **reason)
    elif deed == "move":
        service.move(trip, starts_at=start, ends_at=start + 2 * HOUR, reason_given="改", by=by, **crew, **reason)
    elif deed == "reassign":
        service.reassign(trip, reason_given="换", by=by, **crew, **reason)
    elif deed == "extend":
        service.extend(trip, trip.due_at + HOUR, "延长", by, **reason)
    elif deed == "join":
        sharing.join(request, trip, by, **reason)
    else:
        service.cancel(trip, "取消", by)


def assert_held_once() -> None:
    db.session.rollback()
    trips = db.session.scalars(select(Dispatch).where(Dispatch.released_at.is_(None))).unique().all()
    for number, one in enumerate(trips):
        for other in trips[number + 1 :]:
            if one.slot.overlaps(other.slot):
                shared = {each.id for each in one.drivers} & {each.id for each in other.drivers}
                assert not shared, (one.slot, other.slot)
                assert one.vehicle_id != other.vehicle_id


def test_a_trip_without_a_second_driver_asks_nothing_more(app: Flask, by: Actor) -> None:
    """The same number of statements whether others have second drivers or not, and more only with two."""
    counts = []
    for second in (False, False, True):
        request, car, driver = make_trip_request(AT), make_vehicle().id, make_driver().id
        other = make_driver().id if second else None
        db.session.rollback()
        with counted() as asked, transaction():
            service.dispatch(request, car, driver, by, second_driver_id=other)
        counts.append(len(asked))
    assert counts[1] < counts[2] <= counts[1] + 4


def test_a_departed_trip_keeps_its_drivers(two: tuple[int, int], by: Actor) -> None:
    trip = make_departure(make_dispatch(driver_id=two[0], second_driver_id=two[1]))
    with pytest.raises(Rejected), transaction():
        service.reassign(trip, trip.vehicle_id, two[0], "换人", by, second_driver_id=None)
    assert fields() == [two]
