"""The vehicle section's work: trips from the request to the return, and the cars themselves."""

from datetime import timedelta

from hypothesis import strategies as st
from sqlalchemy import select

from ops.core import audit
from ops.core.db import db
from ops.vehicles import service
from ops.vehicles.approvals.models import ApprovalRule
from ops.vehicles.models import Departure, Dispatch, Driver, TripRequest, TripReturn, Vehicle
from ops.vehicles.register import service as register_service
from tests.random_work.steps import BY, Deed, Draw, a_unit, arrange_units, changed, days, ids, moment, one_of, some

# asked about a dial that does not fit, most people say why
SAID = ("misread", "replaced", "trip_missed", "")
PLATES = tuple(f"冀B{number:05}" for number in range(1, 7))


def arrange() -> None:
    """Nobody has to be asked first (approvals have tests of their own), or next to nothing would be driven."""
    arrange_units()
    db.session.add_all([Driver(name="司机01"), Driver(name="司机02")])
    for rule in db.session.scalars(select(ApprovalRule)):
        rule.to_on = rule.valid_from + timedelta(days=1)
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
        request = service.ask(unit, "调研", "市区", 2, starts_at, ends_at, BY, "补录", again=True)
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


def extend(draw: Draw) -> Deed | None:
    """Due later: a return that would have been late is on time."""
    if not (dispatch := some(Dispatch, draw)):
        return None
    later = timedelta(hours=draw(st.integers(-1, 20)))
    return lambda: service.extend(dispatch, dispatch.due_at + later, "延时", by=BY, limits_reason="应急任务")


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
    *(book_car, book_car, book_car, cancel_dispatch, reassign, extend, start_trip, start_trip, end_trip, end_trip),
)
