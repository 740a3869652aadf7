"""Papers that come in late: a whole trip with its toll is entered in one go, in no order of time."""

from datetime import timedelta
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
    unit, driver, starts_at = a_unit(draw), one_of(Driver, draw), moment(draw)
    hours, late = draw(st.sampled_from([2, 11, 30])), draw(st.sampled_from([-1, 0, 1]))
    dial, driven, toll = draw(st.integers(0, 9000)), draw(st.integers(1, 600)), draw(st.booleans())
    said = draw(st.sampled_from(SAID))

    def deed() -> None:
        due = starts_at + timedelta(hours=hours)
        request = service.ask(unit, "调研", "市区", 2, starts_at, due, BY, "补录", again=True, **by_mouth(starts_at))
        made = service.dispatch(request, car.id, driver, by=BY, limits_reason="应急任务")
        db.session.flush()
        service.depart(made, starts_at, dial, by=BY, dial_reason=said)
        db.session.flush()
        db.session.expire(made)
        service.take_back(made, due + timedelta(minutes=30 * late), dial + driven, by=BY, dial_reason=said)
        if toll:
            costs.record(car.id, "tolls", due.date(), Decimal(driven), "高速公路", "", "", None, BY)

    return deed


def check_besides() -> None:
    """Days follow from moments, whatever was entered, moved, extended or taken back; a trip has its two readings."""
    for made in db.session.scalars(select(Dispatch)):
        assert made.day == made.starts_at.date()
        assert (made.released_at is None) == (made.cancellation is None)
        if made.extensions:
            assert made.due_at == made.extensions[-1].due_after
        if made.trip_return and made.departure:
            assert made.trip_return.day == made.trip_return.at.date()
            standing = [of_trip(made.id, source) for source in (Source.DEPARTURE, Source.RETURN)]
            shown = [(each.value, each.at) for each in standing if each]
            assert shown == [(made.departure.odometer, made.departure.at),
                             (made.trip_return.odometer, made.trip_return.at)]  # fmt: skip


STEPS = (enter_trip, enter_trip, enter_trip, enter_trip)
