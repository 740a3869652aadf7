"""Papers that come in late: a whole trip with its toll is entered in one go, in no order of time."""

from datetime import datetime, timedelta
from decimal import Decimal

from hypothesis import strategies as st
from sqlalchemy import select

from ops.core.db import db
from ops.vehicles import service
from ops.vehicles.costs import service as costs
from ops.vehicles.models import Dispatch, Driver, Vehicle
from ops.vehicles.odometer.models import Source
from ops.vehicles.odometer.queries import of_trip
from tests.random_work.steps import BY, Deed, Draw, a_unit, by_mouth, moment, one_of, some
from tests.random_work.vehicles_work import SAID


def arrange() -> None:
    """The cars, drivers and units of the trips are there."""


def enter_trip(draw: Draw) -> Deed | None:
    """From the request to the return, perhaps over the night into another month, quarter or year."""
    if not (car := some(Vehicle, draw)):
        return None
    starts_at, hours, late = moment(draw), draw(st.sampled_from([2, 11, 30])), draw(st.sampled_from([-1, 0, 1]))
    due = starts_at + timedelta(hours=hours)
    return enter_whole(draw, car, starts_at, due, due + timedelta(minutes=30 * late))


def enter_whole(draw: Draw, car: Vehicle, starts_at: datetime, due: datetime, back: datetime) -> Deed:
    unit, driver, said = a_unit(draw), one_of(Driver, draw), draw(st.sampled_from(SAID))
    dial, driven, toll = draw(st.integers(0, 9000)), draw(st.integers(1, 600)), draw(st.booleans())

    def deed() -> None:
        request = service.ask(unit, "调研", "市区", 2, starts_at, due, BY, "补录", again=True, **by_mouth(starts_at))
        made = service.dispatch(request, car.id, driver, by=BY, limits_reason="应急任务")
        db.session.flush()
        service.depart(made, starts_at, dial, by=BY, dial_reason=said)
        db.session.flush()
        db.session.expire(made)
        service.take_back(made, back, dial + driven, by=BY, dial_reason=said)
        if toll:
            costs.record(car.id, "tolls", due.date(), Decimal(driven), "高速公路", "", "", None, BY)

    return deed


def check_besides() -> None:
    """Days follow from moments, whatever was entered, moved, extended or taken back; a trip has its two readings."""
    for made in db.session.scalars(select(Dispatch)):
        assert made.day == made.starts_at.date()
        assert (made.released_at is None) == (made.cancellation is None)
        if made.extensions and not made.cancellation:  # who joined since may have to be brought back later still
            assert made.due_at == max(made.extensions[-1].due_after, *(each.ends_at for each in made.aboard))
        if made.trip_return and made.departure:
            assert made.trip_return.day == made.trip_return.at.date()
            standing = [of_trip(made.id, source) for source in (Source.DEPARTURE, Source.RETURN)]
            shown = [(each.value, each.at) for each in standing if each]
            assert shown == [(made.departure.odometer, made.departure.at),
                             (made.trip_return.odometer, made.trip_return.at)]  # fmt: skip


STEPS = (enter_trip, enter_trip, enter_trip, enter_trip)
