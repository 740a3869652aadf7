"""A write that is not committed yet when the night counts its day: whoever comes second sees the other."""

from collections.abc import Callable
from datetime import date, datetime, time
from threading import Event, Thread

from flask import Flask

from ops.core.access import Actor
from ops.core.db import db, transaction
from ops.indicators.rollup import refresh
from ops.indicators.verification import drifts
from ops.vehicles import service as trips
from ops.vehicles.hours import service
from ops.vehicles.hours.models import FleetDay
from tests.factories import make_vehicle
from tests.vehicles.factories import make_dispatch

DAY = date(2023, 5, 9)
LEFT = datetime(2023, 5, 9, 9)
A_MOMENT = 0.5  # seconds: long enough for a deed that waits for nobody


def meanwhile(app: Flask, open_deed: Callable[[], object], night: Callable[[], object]) -> None:
    """`night` runs while the transaction of `open_deed` is still open; if it gets through, somebody looks."""
    flushed, go_on, failed = Event(), Event(), list[BaseException]()

    def slow() -> None:
        with transaction():
            open_deed()
            db.session.flush()
            flushed.set()
            go_on.wait(10)

    def quick() -> None:
        with transaction():
            night()

    def in_thread(work: Callable[[], None]) -> Thread:
        def run() -> None:
            with app.app_context():
                try:
                    work()
                except BaseException as error:
                    failed.append(error)

        made = Thread(target=run)
        made.start()
        return made

    first = in_thread(slow)
    assert flushed.wait(10)
    second = in_thread(quick)
    second.join(A_MOMENT)
    if not second.is_alive():
        refresh()
    go_on.set()
    first.join(10)
    second.join(10)
    assert failed == []
    db.session.rollback()
    refresh()
    assert list(drifts()) == []


def test_a_trip_that_is_entered_while_its_day_is_counted_is_counted(app: Flask, by: Actor) -> None:
    made = make_dispatch(LEFT, vehicle_id=make_vehicle().id)
    key = made.id

    def depart() -> None:
        trips.depart(db.session.get_one(type(made), key), LEFT, 1000, by)

    meanwhile(app, depart, lambda: service.count_days(DAY, by))


def test_office_hours_that_are_set_while_a_day_is_counted_are_its_hours(app: Flask, by: Actor) -> None:
    make_dispatch(LEFT, vehicle_id=make_vehicle().id)
    meanwhile(app, lambda: service.set_hours(DAY, time(10), time(15), "通知", by), lambda: service.count_days(DAY, by))
    assert db.session.get_one(FleetDay, DAY).minutes == 5 * 60


def test_two_that_count_the_same_day_count_it_once(app: Flask, by: Actor) -> None:
    make_dispatch(LEFT, vehicle_id=make_vehicle().id)
    meanwhile(app, lambda: service.count_days(DAY, by), lambda: service.count_days(DAY, by))
