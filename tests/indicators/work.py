"""Daily work as steps that a random machine can take; a feature adds its own to STEPS.

A step is a class with `plan(draw)`: it looks at what there is, draws what is open, and gives back the deed to be done
in one transaction, or None when there is nothing to do it with. It is tried without a reason first and then with one,
on rows that were loaded before the transaction, as a page does it.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any, Protocol

from hypothesis import strategies as st
from sqlalchemy import insert, select

from ops.core import audit
from ops.core.access import Actor
from ops.core.db import Base, db
from ops.indicators import stale
from ops.people.models import Unit
from ops.vehicles import service
from ops.vehicles.models import Departure, Dispatch, Driver, TripRequest, TripReturn, Vehicle
from tests.indicators.sample import Inspection, Serving, Stall

BY = Actor(None, "经办人", address="127.0.0.1")
FIRST, LAST = date(2022, 12, 20), date(2023, 4, 10)
days = st.dates(FIRST, LAST)
canteens = st.integers(1, 3)
Draw = Callable[[Any], Any]
Deed = Callable[[], object]


class Step(Protocol):
    def plan(self, draw: Draw) -> Deed | None: ...


def ids(model: type[Base]) -> list[int]:
    return list(db.session.scalars(select(model.__mapper__.primary_key[0])))


def recorded(action: str, row: Base) -> Base:
    db.session.add(row)
    audit.record(action, row, BY)
    return row


def changed(row: Base, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    audit.record("test.changed", row, BY)


def serving_values(draw: Draw) -> dict[str, Any]:
    return {
        "canteen": draw(canteens),
        "day": draw(days),
        "diner": draw(st.integers(0, 6)),
        "price": draw(st.decimals(0, 99, places=2)),
        "satisfied": draw(st.booleans()),
    }


class Serve:
    def plan(self, draw: Draw) -> Deed | None:
        values = serving_values(draw)
        return lambda: recorded("test.served", Serving(**values))


class ServeManyAtOnce:
    def plan(self, draw: Draw) -> Deed | None:
        rows = [serving_values(draw) for _ in range(draw(st.integers(1, 4)))]

        def deed() -> None:
            db.session.execute(insert(Serving), rows)
            stale.touch(Serving, {row["day"] for row in rows})
            audit.record("test.imported", "sample_serving", BY, rows=len(rows))

        return deed


class CorrectServing:
    def plan(self, draw: Draw) -> Deed | None:
        if not (known := ids(Serving)):
            return None
        row, values = db.session.get_one(Serving, draw(st.sampled_from(known))), serving_values(draw)
        kept = draw(st.sets(st.sampled_from(sorted(values)), min_size=1))
        return lambda: changed(row, {name: values[name] for name in kept})


class RemoveServing:
    def plan(self, draw: Draw) -> Deed | None:
        if not (known := ids(Serving)):
            return None
        row = db.session.get_one(Serving, draw(st.sampled_from(known)))

        def deed() -> None:
            db.session.delete(row)
            audit.record("test.removed", "sample_serving", BY)

        return deed


class OpenStall:
    def plan(self, draw: Draw) -> Deed | None:
        canteen, day = draw(canteens), draw(days)
        return lambda: recorded("test.opened", Stall(canteen=canteen, opened_on=day))


class EndStall:
    def plan(self, draw: Draw) -> Deed | None:
        if not (known := ids(Stall)):
            return None
        row, day = db.session.get_one(Stall, draw(st.sampled_from(known))), draw(st.none() | days)
        return lambda: changed(row, {"closed_on": day})


class Inspect:
    def plan(self, draw: Draw) -> Deed | None:
        canteen, day = draw(canteens), draw(days)
        return lambda: recorded("test.inspected", Inspection(canteen=canteen, day=day))


class RegisterCar:
    def plan(self, draw: Draw) -> Deed | None:
        day, number = draw(days), len(ids(Vehicle))
        plate = f"冀B{number:05}"
        return lambda: recorded("test.registered", Vehicle(plate=plate, model="轿车", seats=5, registered_on=day))


class TakeCarOff:
    """Take a car off the register, correct the day, or put it back."""

    def plan(self, draw: Draw) -> Deed | None:
        if not (known := ids(Vehicle)):
            return None
        row, day = db.session.get_one(Vehicle, draw(st.sampled_from(known))), draw(st.none() | days)
        return lambda: changed(row, {"deregistered_on": day})


class BookCar:
    """A unit asks and the dispatcher gives it a car, today or long afterwards."""

    def plan(self, draw: Draw) -> Deed | None:
        cars = ids(Vehicle)
        if not cars:
            return None
        car, day = draw(st.sampled_from(cars)), draw(days)
        starts_at = datetime.combine(day, time(draw(st.sampled_from([8, 14, 22]))))
        ends_at = starts_at + timedelta(hours=draw(st.sampled_from([3, 30])))

        def deed() -> None:
            unit, driver = _unit_and_driver()
            request = service.ask(unit, "调研", "市区", 2, starts_at, ends_at, by=BY)
            service.dispatch(request, car, driver, by=BY)

        return deed


def _unit_and_driver() -> tuple[int, int]:
    if not ids(Driver):
        db.session.add_all([Unit(code="U1", name="测试单位", kind="organ"), Driver(name="司机01")])
        audit.record("test.arranged", "driver", BY)
    return ids(Unit)[0], ids(Driver)[0]


class CancelDispatch:
    def plan(self, draw: Draw) -> Deed | None:
        if not (known := ids(Dispatch)):
            return None
        dispatch = db.session.get_one(Dispatch, draw(st.sampled_from(known)))
        return lambda: service.cancel(dispatch, "改期", by=BY)


class StartTrip:
    def plan(self, draw: Draw) -> Deed | None:
        waiting = sorted(set(ids(Dispatch)) - set(ids(Departure)))
        if not waiting:
            return None
        key, odometer = draw(st.sampled_from(waiting)), draw(st.integers(0, 9000))

        def deed() -> None:
            dispatch = db.session.get_one(Dispatch, key)
            service.depart(dispatch, dispatch.starts_at, odometer, by=BY)

        return deed


class EndTrip:
    def plan(self, draw: Draw) -> Deed | None:
        out = sorted(set(ids(Departure)) - set(ids(TripReturn)))
        if not out:
            return None
        key, hours, driven = draw(st.sampled_from(out)), draw(st.integers(-1, 60)), draw(st.integers(-1, 400))

        def deed() -> None:
            dispatch = db.session.get_one(Dispatch, key)
            assert dispatch.departure
            at = dispatch.starts_at + timedelta(hours=hours)
            service.take_back(dispatch, at, dispatch.departure.odometer + driven, by=BY)

        return deed


class AskForTrip:
    """A request alone counts nothing, whatever is closed."""

    def plan(self, draw: Draw) -> Deed | None:
        starts_at = datetime.combine(draw(days), time(8))

        def deed() -> TripRequest:
            unit, _driver = _unit_and_driver()
            return service.ask(unit, "调研", "市区", 2, starts_at, starts_at + timedelta(hours=2), by=BY)

        return deed


STEPS: list[type[Step]] = [
    *(Serve, ServeManyAtOnce, CorrectServing, RemoveServing, OpenStall, EndStall, Inspect),
    *(RegisterCar, TakeCarOff, AskForTrip, BookCar, CancelDispatch, StartTrip, EndTrip),
]
