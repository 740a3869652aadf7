"""The vehicle section's work: trips from the request to the return, and the cars themselves."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import strategies as st

from ops.core import audit
from ops.core.db import db
from ops.vehicles import queries, service
from ops.vehicles.approvals import service as approvals
from ops.vehicles.approvals.permissions import APPROVES
from ops.vehicles.models import Departure, Dispatch, Driver, TripRequest, TripReturn, Vehicle
from ops.vehicles.register import service as register_service
from ops.vehicles.sharing import service as sharing
from tests.random_work.steps import (
    BY,
    Deed,
    Draw,
    a_unit,
    arrange_units,
    by_mouth,
    changed,
    days,
    ids,
    moment,
    one_of,
    some,
)

# asked about a dial that does not fit, most people say why
SAID = ("misread", "replaced", "trip_missed", "")
PLATES = tuple(f"冀B{number:05}" for number in range(1, 7))


def arrange() -> None:
    """The table of rules is in force: what is driven over a night or a day off was allowed by mouth."""
    arrange_units()
    db.session.add_all([Driver(name="司机01"), Driver(name="司机02")])
    audit.record("test.arranged", "driver", BY)


def register_car(draw: Draw) -> Deed | None:
    plate, day = draw(st.sampled_from(PLATES)), draw(days)
    return lambda: register_service.register(plate, "emergency", "轿车", 5, day, BY)


def deregister_car(draw: Draw) -> Deed | None:
    if not (car := some(Vehicle, draw)):
        return None
    day = draw(days)
    return lambda: register_service.deregister(car, day, BY)


def correct_register(draw: Draw) -> Deed | None:
    """A day of the register was entered wrongly: put right, or the car put back."""
    if not (car := some(Vehicle, draw)):
        return None
    day = draw(st.none() | days)
    return lambda: changed(car, {"deregistered_on": day})


def book_car(draw: Draw) -> Deed | None:
    """A unit asks and the dispatcher gives it a car, today or long afterwards."""
    if not (car := some(Vehicle, draw)):
        return None
    unit, driver = a_unit(draw), one_of(Driver, draw)
    starts_at = moment(draw)
    ends_at = starts_at + timedelta(hours=draw(st.sampled_from([3, 30])))

    def deed() -> None:
        request = service.ask(
            unit, "调研", "市区", 2, starts_at, ends_at, BY, "补录", again=True, **by_mouth(starts_at)
        )
        service.dispatch(request, car.id, driver, by=BY, limits_reason="应急任务")

    return deed


def ask_for_trip(draw: Draw) -> Deed | None:
    """A request alone counts nothing, whatever is closed."""
    unit, starts_at = a_unit(draw), moment(draw)
    return lambda: service.ask(unit, "调研", "市区", 2, starts_at, starts_at + timedelta(hours=2), BY, "补录")


def withdraw_request(draw: Draw) -> Deed | None:
    request = some(TripRequest, draw)
    return request and (lambda: service.withdraw(request, "不用车了", by=BY))


def cancel_dispatch(draw: Draw) -> Deed | None:
    dispatch = some(Dispatch, draw)
    return dispatch and (lambda: service.cancel(dispatch, "改期", by=BY))


def reassign(draw: Draw) -> Deed | None:
    dispatch = some(Dispatch, draw)
    if not dispatch:
        return None
    car, driver = one_of(Vehicle, draw), one_of(Driver, draw)
    return lambda: service.reassign(dispatch, car, driver, "换车", by=BY, limits_reason="应急任务")


def _not_back() -> list[int]:
    return sorted(db.session.scalars(queries.drives().with_only_columns(Dispatch.id)))


def extend(draw: Draw) -> Deed | None:
    """Due later: a return that would have been late is on time. By an hour or by days, with and without a name."""
    if not (standing := _not_back() or ids(Dispatch)):
        return None
    dispatch = db.session.get_one(Dispatch, draw(st.sampled_from(standing)))
    later = timedelta(hours=draw(st.integers(-1, 20) | st.sampled_from([30, 60])))
    allowed = by_mouth(dispatch.due_at) if draw(st.sampled_from([True, True, False])) else {}
    due = dispatch.due_at + later
    return lambda: service.extend(dispatch, due, "延时", by=BY, limits_reason="应急任务", **allowed)


def join_trip(draw: Draw) -> Deed | None:
    """Another unit rides with a trip, which then may begin earlier, perhaps on another day, and last longer."""
    if not (standing := _not_back() or ids(Dispatch)):
        return None
    dispatch, unit = db.session.get_one(Dispatch, draw(st.sampled_from(standing))), a_unit(draw)
    starts_at = dispatch.starts_at + timedelta(minutes=draw(st.sampled_from([-60, -30, 0, 30, 90])))
    ends_at = dispatch.due_at + timedelta(hours=draw(st.sampled_from([0, 1, 9, 30])))
    allowed = by_mouth(starts_at) if draw(st.sampled_from([True, True, False])) else {}

    def deed() -> None:
        request = service.ask(
            unit, "调研", "市区", 1, starts_at, ends_at, BY, "补录", again=True, **by_mouth(starts_at)
        )
        sharing.join(request, dispatch, BY, limits_reason="应急任务", **allowed)

    return deed


def decide(draw: Draw) -> Deed | None:
    """Who is asked now speaks on the request: before the trip, or to complete what was allowed by mouth."""
    if not (request := some(TripRequest, draw)):
        return None
    leader = replace(BY, unit_id=request.unit_id, permissions=frozenset(APPROVES.values()))
    approved = draw(st.sampled_from([True, True, True, False]))
    return lambda: approvals.decide(request, approved, "不必要", leader)


def start_trip(draw: Draw) -> Deed | None:
    waiting = sorted(set(ids(Dispatch)) - set(ids(Departure)))
    if not waiting:
        return None
    dispatch = db.session.get_one(Dispatch, draw(st.sampled_from(waiting)))
    odometer, said = draw(st.integers(0, 9000)), draw(st.sampled_from(SAID))
    return lambda: service.depart(dispatch, dispatch.starts_at, odometer, by=BY, dial_reason=said)


def end_trip(draw: Draw) -> Deed | None:
    out = sorted(set(ids(Departure)) - set(ids(TripReturn)))
    if not out:
        return None
    dispatch = db.session.get_one(Dispatch, draw(st.sampled_from(out)))
    hours, driven, said = draw(st.integers(-1, 60)), draw(st.integers(-1, 400)), draw(st.sampled_from(SAID))

    def deed() -> None:
        assert dispatch.departure
        at = dispatch.starts_at + timedelta(hours=hours)
        service.take_back(dispatch, at, dispatch.departure.odometer + driven, by=BY, dial_reason=said)

    return deed


STEPS = (
    *(register_car, register_car, register_car, deregister_car, correct_register, ask_for_trip, withdraw_request),
    *(book_car, book_car, book_car, cancel_dispatch, reassign, extend, extend, extend, join_trip, join_trip, decide),
    *(start_trip, start_trip, end_trip, end_trip),
)
