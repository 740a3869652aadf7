"""Deeds at the very moments of other deeds, and a minute beside them: where "after", "until" and "by" meet."""

from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from decimal import Decimal

from hypothesis import strategies as st
from sqlalchemy import select

from ops.core.db import db
from ops.core.errors import Rejected
from ops.vehicles import service
from ops.vehicles.costs import service as costs
from ops.vehicles.hours import service as hours
from ops.vehicles.models import Departure, Dispatch, Driver, TripReturn, Vehicle
from ops.vehicles.odometer import replacing
from ops.vehicles.odometer import service as odometer
from ops.vehicles.odometer.models import DialReplacement, OdometerReading, ReplacementReversal
from tests.random_work.steps import BY, Deed, Draw, a_unit, by_mouth, days, ids, moment, one_of, some
from tests.random_work.vehicles_late_work import enter_whole
from tests.random_work.vehicles_odometer_work import hidden

A_MINUTE, A_MONTH = timedelta(minutes=1), timedelta(days=30)
BESIDE = st.sampled_from([timedelta(0), timedelta(0), timedelta(0), A_MINUTE, -A_MINUTE])
OPENS, CLOSES = time(8, 30), time(17, 30)  # office hours, as long as nobody has set others


def arrange() -> None:
    """The cars of the trips are there."""


def moments(car_id: int) -> list[datetime]:
    """When the car left or came back, and when its dial was replaced or read."""
    found = [
        select(Departure.at).join(Dispatch).where(Dispatch.vehicle_id == car_id),
        select(TripReturn.at).join(Dispatch).where(Dispatch.vehicle_id == car_id),
        select(DialReplacement.at).where(DialReplacement.vehicle_id == car_id),
    ]
    return sorted({at for each in found for at in db.session.scalars(each)})


def a_driven_car(draw: Draw) -> Vehicle | None:
    """One that has trips, if any has."""
    driven = sorted(set(db.session.scalars(select(Dispatch.vehicle_id).join(Departure))))
    return db.session.get_one(Vehicle, draw(st.sampled_from(driven))) if driven else some(Vehicle, draw)


def at_a_moment_of(car: Vehicle, draw: Draw) -> datetime:
    at: datetime = draw(st.sampled_from(moments(car.id) or [moment(draw)])) + draw(BESIDE)
    return at


def replace_dial_then(draw: Draw) -> Deed | None:
    """In the minute in which a trip begins, ends, or the dial was replaced before. The new dial shows nearly the same
    most often: what is back already has to stay a trip.
    """
    if not (car := a_driven_car(draw)):
        return None
    at = at_a_moment_of(car, draw)
    before = select(OdometerReading.value).where(OdometerReading.vehicle_id == car.id, OdometerReading.at <= at)
    shown = db.session.scalars(before.order_by(OdometerReading.at.desc(), OdometerReading.id.desc())).first()
    old = (shown or 100) + draw(st.sampled_from([0, 5, 40]))
    new = max(0, old - draw(st.integers(-20, 300) | st.just(9000)))
    return lambda: replacing.replace_dial(car.id, at, old, new, "维修单2号", None, BY, "misread")


def correct_replacement(draw: Draw) -> Deed | None:
    """It was another minute, or another number."""
    gone = set(ids(ReplacementReversal))
    stands = [key for key in sorted(ids(DialReplacement)) if key not in gone]
    if not stands:
        return None
    record = db.session.get_one(DialReplacement, draw(st.sampled_from(stands)))
    at = at_a_moment_of(db.session.get_one(Vehicle, record.vehicle_id), draw)
    old = max(0, record.old_last + draw(st.sampled_from([0, 7, -7])))
    return lambda: replacing.correct_replacement(record, at, old, record.new_first, "维修单4号", "时间登错", BY)


def read_dial_then(draw: Draw) -> Deed | None:
    if not (car := a_driven_car(draw)):
        return None
    at, value = at_a_moment_of(car, draw), draw(st.integers(0, 9000))
    return lambda: odometer.record(car.id, value, at, "manual", "", BY, "misread")


def fill_up_then(draw: Draw) -> Deed | None:
    """To the top and with the dial: from one to the next is a stretch."""
    if not (car := a_driven_car(draw)):
        return None
    at, dial = at_a_moment_of(car, draw), Decimal(draw(st.integers(0, 9000)))
    litres = Decimal(draw(st.integers(100, 9000))) / 100
    return lambda: costs.fill(car.id, at, litres, litres * 8, True, dial, None, "加油站", "", None, BY, "misread")


def enter_trip_then(draw: Draw) -> Deed | None:
    """It begins where another ended, where the office opens or closes, where a dial was replaced; and ends so."""
    if not (car := some(Vehicle, draw)):
        return None
    day = draw(days)
    begins = draw(st.sampled_from([*moments(car.id), *(datetime.combine(day, at) for at in (OPENS, CLOSES))]))
    of_office = [
        datetime.combine(begins.date() + timedelta(days=more), at) for more in (0, 1) for at in (OPENS, CLOSES)
    ]
    ends = draw(st.sampled_from([at for at in (*moments(car.id), *of_office) if A_MINUTE < at - begins < A_MONTH]))
    return enter_whole(draw, car, begins, ends, ends + draw(BESIDE))


def depart_then(draw: Draw) -> Deed | None:
    """A trip for a day on which something was done, and out at once: most of what follows happens to it."""
    if not (car := some(Vehicle, draw)):
        return None
    unit, driver = a_unit(draw), one_of(Driver, draw)
    starts_at = draw(st.sampled_from([*moments(car.id), datetime.combine(draw(days), OPENS), moment(draw)]))
    ends_at, dial = starts_at + timedelta(hours=draw(st.sampled_from([3, 30]))), draw(st.integers(0, 9000))

    def deed() -> None:
        request = service.ask(
            unit, "调研", "市区", 2, starts_at, ends_at, BY, "补录", again=True, **by_mouth(starts_at)
        )
        made = service.dispatch(request, car.id, driver, by=BY, limits_reason="应急任务")
        db.session.flush()
        service.depart(made, starts_at, dial, by=BY, dial_reason="misread")

    return deed


def drive_while_out(draw: Draw) -> Deed | None:
    """A car that nobody took back on paper drives again over a whole day that counts; it came back in the middle."""
    out = sorted(set(ids(Departure)) - set(ids(TripReturn)))
    if not out:
        return None
    trip = db.session.get_one(Dispatch, draw(st.sampled_from(out)))
    day = trip.due_at.date() + timedelta(days=draw(st.integers(1, 4)))
    begins, ends = datetime.combine(day, OPENS), datetime.combine(day, CLOSES)
    enter, back, driven = (
        enter_whole(draw, trip.vehicle, begins, ends, ends),
        draw(st.booleans()),
        draw(st.integers(1, 90)),
    )

    def deed() -> None:
        enter()
        db.session.flush()
        if back and trip.departure:
            noon = datetime.combine(day, time(12))
            service.take_back(trip, noon, trip.departure.odometer + driven, by=BY, dial_reason="misread")
        hours.count_days(day, BY)

    return deed


def end_trip_when_due(draw: Draw) -> Deed | None:
    """At the minute it was due, or by the dial that was put in on the way. Only kilometres that cannot be are refused:
    the way is told from the rows of the dials, and not by what the verb makes of them.
    """
    out = sorted(set(ids(Departure)) - set(ids(TripReturn)))
    if not out:
        return None
    trip = db.session.get_one(Dispatch, draw(st.sampled_from(out)))
    assert trip.departure
    replaced = [at for at in moments(trip.vehicle_id) if trip.departure.at < at]
    at = draw(st.sampled_from([trip.due_at, trip.due_at, *replaced])) + draw(BESIDE)
    driven = draw(st.sampled_from([0, 0, 5000, 5001, -1]) | st.integers(1, 600))
    dial = trip.departure.odometer + driven - hidden(trip.vehicle_id, trip.departure.at, at)

    def deed() -> None:
        refused = None
        try:
            service.take_back(trip, at, dial, by=BY, dial_reason="misread")
        except Rejected as refusal:
            refused = refusal
        possible = 0 <= driven <= 5000 and dial >= 0
        assert not possible if refused and refused.field == "odometer" else possible or refused
        if refused:
            raise refused

    return deed


ON_THE_WAY: Sequence[Callable[[Draw], Deed | None]] = (
    *(enter_trip_then, depart_then, end_trip_when_due, replace_dial_then, fill_up_then),
)
STEPS = (
    *(*ON_THE_WAY, *ON_THE_WAY, *ON_THE_WAY),
    *(read_dial_then, correct_replacement, correct_replacement, drive_while_out, drive_while_out),
)
