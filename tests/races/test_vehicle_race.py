"""Sixteen dispatchers press the same button in the same moment, again and again, against the server that is shipped."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, insert, select

from ops.core import audit
from ops.core.access import Actor, system
from ops.core.db import db, transaction
from ops.core.period import Period
from ops.indicators.readings import read
from ops.people import service as people
from ops.people.roles import Role
from ops.vehicles.models import Dispatch, DispatchExtension, Driver, TripRequest, Vehicle
from tests.factories import make_driver, make_unit, make_vehicle
from tests.server import Visitor, at_once, serving
from tests.vehicles.factories import make_dispatch

RACERS, ROUNDS, TWO_DOOR_ROUNDS = 16, 100, 20
FIRST = datetime(2023, 1, 1, 8)
PASSWORD = "a long password"


@pytest.fixture
def racers(app: Flask, by: Actor) -> Iterator[list[Visitor]]:
    with transaction():
        people.add_user("dispatcher", "派车员", PASSWORD, [Role.DISPATCHER], by)
    with serving(app.config["SQLALCHEMY_DATABASE_URI"]) as url:
        visitors = [Visitor(url).sign_in("dispatcher", PASSWORD) for _racer in range(RACERS)]
        yield visitors
        for visitor in visitors:
            visitor.close()


def ask_sixteen_times_a_day() -> dict[tuple[int, int], int]:
    """(round, racer) → a request of that racer for the same hours of the round's own day."""
    usual = {"unit_id": make_unit().id, "purpose": "调研", "destination": "市区", "people": 2, "asked_by": "联络员"}
    starts = [FIRST + timedelta(days=number) for number in range(ROUNDS)]
    rows = [
        {**usual, "starts_at": at, "ends_at": at + timedelta(hours=4), "asked_at": at}
        for at in starts
        for _racer in range(RACERS)
    ]
    with transaction():
        keys = db.session.scalars(insert(TripRequest).returning(TripRequest.id, sort_by_parameter_order=True), rows)
        numbered = {divmod(place, RACERS): key for place, key in enumerate(keys)}
        audit.record("test.arranged", "trip_request", system("test"))
    return numbered


def race(racers: list[Visitor], cars: list[Vehicle], drivers: list[Driver]) -> list[Counter[int]]:
    """The statuses of each round. Every racer has a request of his own; too few cars or drivers are shared."""
    requests = ask_sixteen_times_a_day()
    wanted = [
        {"vehicle_id": cars[racer % len(cars)].id, "driver_id": drivers[racer % len(drivers)].id}
        for racer in range(RACERS)
    ]

    def press(number: int, racer: int) -> int:
        return racers[racer].post(f"/vehicles/requests/{requests[number, racer]}/dispatch", wanted[racer]).status

    return [Counter(statuses) for statuses in at_once(RACERS, ROUNDS, press)]


def assert_one_winner_each_round(rounds: list[Counter[int]]) -> None:
    """One is led on, fifteen read why not; the ledger holds what was won and not half a row more."""
    assert rounds == [Counter({303: 1, 422: RACERS - 1})] * ROUNDS
    db.session.rollback()
    days = db.session.scalars(select(Dispatch.day).order_by(Dispatch.day)).all()
    assert days == [(FIRST + timedelta(days=number)).date() for number in range(ROUNDS)]
    deeds = select(func.count()).where(audit.AuditEntry.action == "vehicles.dispatch.made")
    assert db.session.scalar(deeds) == ROUNDS
    assert list(audit.verify()) == []
    assert read("vehicles.dispatches", Period(days[0], days[-1])).value == ROUNDS


def test_one_car_goes_to_exactly_one_of_sixteen_who_ask_at_once(app: Flask, racers: list[Visitor]) -> None:
    cars, drivers = [make_vehicle()], [make_driver() for _racer in range(RACERS)]
    assert_one_winner_each_round(race(racers, cars, drivers))


def test_an_hour_is_given_once_by_an_extension_or_by_a_dispatch(app: Flask, racers: list[Visitor]) -> None:
    """Every second racer extends the morning's trip into the hours that the others give to a trip of their own."""
    car, drivers, requests = make_vehicle(), [make_driver() for _racer in range(RACERS)], ask_sixteen_times_a_day()
    starts = [FIRST + timedelta(days=number) for number in range(TWO_DOOR_ROUNDS)]
    mornings = [
        make_dispatch(at - timedelta(hours=2), hours=2, vehicle_id=car.id, driver_id=make_driver().id) for at in starts
    ]
    pages = [f"/vehicles/dispatches/{morning.id}/extension" for morning in mornings]

    def press(number: int, racer: int) -> int:
        if racer % 2:
            later = {"due_at": f"{starts[number] + timedelta(hours=1):%Y-%m-%dT%H:%M}", "reason_given": "会议延长"}
            return racers[racer].post(pages[number], later).status
        wanted = {"vehicle_id": car.id, "driver_id": drivers[racer].id}
        return racers[racer].post(f"/vehicles/requests/{requests[number, racer]}/dispatch", wanted).status

    rounds = [Counter(statuses) for statuses in at_once(RACERS, TWO_DOOR_ROUNDS, press)]
    assert rounds == [Counter({303: 1, 422: RACERS - 1})] * TWO_DOOR_ROUNDS
    db.session.rollback()
    doors = [db.session.scalar(select(func.count()).select_from(model)) or 0 for model in (Dispatch, DispatchExtension)]
    assert sum(doors) == 2 * TWO_DOOR_ROUNDS
    assert list(audit.verify()) == []


def test_one_driver_goes_to_exactly_one_of_sixteen_who_ask_at_once(app: Flask, racers: list[Visitor]) -> None:
    cars, drivers = [make_vehicle() for _racer in range(RACERS)], [make_driver()]
    assert_one_winner_each_round(race(racers, cars, drivers))
