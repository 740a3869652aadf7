"""Whoever puts a dial right holds the trip before its car, as those do who give the trip anew."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import event

from ops.core.access import Actor
from ops.core.db import db, transaction
from ops.core.errors import Rejected
from ops.vehicles import service as trips
from ops.vehicles.models import Dispatch
from ops.vehicles.odometer import dial_queries, queries, replacing, service
from ops.vehicles.odometer.models import DialReplacement, OdometerReading, Source
from tests.factories import AT
from tests.vehicles.factories import make_departure, make_dispatch
from tests.vehicles.odometer.test_replacing import replaced_on_the_way

HELD = re.compile(r"FROM (dispatch|vehicle)\s+WHERE \1\.id IN")
ROUNDS = 12


@contextmanager
def holds() -> Iterator[list[str]]:
    """The tables whose rows are taken by their keys, in order."""
    seen: list[str] = []

    def listen(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.extend(HELD.findall(statement))

    event.listen(db.engine, "before_cursor_execute", listen)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", listen)


def _correct(trip: Dispatch, _change: DialReplacement, by: Actor) -> None:
    found = queries.of_trip(trip.id, Source.DEPARTURE)
    assert found
    service.correct(found, 99_960, "看错", by)


def _replace(trip: Dispatch, _change: DialReplacement, by: Actor) -> None:
    replacing.replace_dial(trip.vehicle_id, trip.starts_at + timedelta(hours=2), 20, 0, "维修单第8号", None, by)


def _amend(_trip: Dispatch, change: DialReplacement, by: Actor) -> None:
    replacing.correct_replacement(change, change.at, 99_980, 0, change.paper, "抄错", by)


def _reverse(_trip: Dispatch, change: DialReplacement, by: Actor) -> None:
    replacing.reverse_replacement(change, "未更换", by)


@pytest.mark.parametrize("deed", [_correct, _replace, _amend, _reverse])
def test_the_trip_is_held_before_the_car(
    app: Flask, by: Actor, deed: Callable[[Dispatch, DialReplacement, Actor], None]
) -> None:
    trip, change = replaced_on_the_way(by, back=None)
    with holds() as seen, transaction():
        deed(trip, change, by)
    assert "dispatch" in seen
    assert "vehicle" in seen
    assert seen.index("dispatch") < seen.index("vehicle")


def test_a_trip_that_left_meanwhile_asks_to_look_again(app: Flask, by: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    trip, _change = replaced_on_the_way(by, back=None)
    known = iter([[], [trip.id]])
    monkeypatch.setattr(dial_queries, "trips_out", lambda _car: next(known))
    with pytest.raises(Rejected), transaction():
        replacing.replace_dial(trip.vehicle_id, AT + timedelta(hours=2), 99_995, 0, "维修单第8号", None, by)


def test_nobody_waits_for_another_who_extends_the_trip(app: Flask, by: Actor) -> None:
    trip = make_departure(make_dispatch(), odometer=1_000)
    start, broken, done = Barrier(2), list[BaseException](), list[str]()

    def reading() -> OdometerReading:
        found = queries.of_trip(trip_id, Source.DEPARTURE)
        assert found
        return found

    def correct(number: int) -> None:
        service.correct(reading(), 1_001 + number, "看错", by)

    def extend(number: int) -> None:
        row = db.session.get_one(Dispatch, trip_id)
        trips.extend(row, row.due_at + timedelta(minutes=1 + number), "延误", by)

    def run(deed: Callable[[int], None]) -> None:
        with app.app_context():
            try:
                for number in range(ROUNDS):
                    start.wait(60)
                    with transaction():
                        deed(number)
                    done.append(deed.__name__)
            except BaseException as error:
                broken.append(error)
                start.abort()

    trip_id = trip.id
    db.session.rollback()
    threads = [Thread(target=run, args=(deed,)) for deed in (correct, extend)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert broken == []
    assert sorted(done) == ["correct"] * ROUNDS + ["extend"] * ROUNDS
