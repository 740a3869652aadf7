"""The same for what is owed, sealed and on the register: the last day, the last kilometre, when the office opens."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from hypothesis import strategies as st
from sqlalchemy import select

from ops.core.db import db
from ops.indicators import rollup
from ops.vehicles.hours import service as hours
from ops.vehicles.models import Departure, Dispatch, TripReturn, Vehicle
from ops.vehicles.obligations import service as obligations
from ops.vehicles.obligations.models import Obligation
from ops.vehicles.odometer import replacing
from ops.vehicles.odometer import service as odometer
from ops.vehicles.odometer.models import OdometerReading, ReadingReversal
from ops.vehicles.register import service as register
from ops.vehicles.register.models import CategoryChange
from ops.vehicles.sealing import service as sealing
from ops.vehicles.sealing.models import Sealing, SealingHoliday
from tests.random_work.steps import BY, Deed, Draw, days, ids, moment, some
from tests.random_work.vehicles_care_work import AFTERWARDS, OWED
from tests.random_work.vehicles_edges_work import A_MINUTE, BESIDE, CLOSES, OPENS, a_driven_car, moments

CATEGORIES = ("confidential", "emergency", "enforcement", "special", "other")


def arrange() -> None:
    """The cars of the trips are there."""


def owe_by_the_dial(draw: Draw) -> Deed | None:
    """Due at the kilometres that a dial showed, or one beside them; on that day or a little later."""
    readings = db.session.scalars(select(OdometerReading).order_by(OdometerReading.id)).all()
    cars = [row for row in readings if row.vehicle_id % 2 == 0]
    if not cars:
        return None
    read, kind = draw(st.sampled_from(cars)), draw(st.sampled_from(OWED))
    due_on = read.at.date() + timedelta(days=draw(st.sampled_from([0, 1, 30])))
    km = Decimal(max(1, read.value + draw(st.sampled_from([-1, 0, 1, 300, 9000, 9000]))))
    return lambda: obligations.owe(read.vehicle_id, kind, due_on, km, BY)


def do_what_is_open(draw: Draw) -> Deed | None:
    """On its last day or the one after; with the dial at its kilometres or one beyond."""
    still = db.session.scalars(select(Obligation).where(Obligation.closed_on.is_(None)).order_by(Obligation.id)).all()
    if not still:
        return None
    owed = draw(st.sampled_from(still))
    done_on = owed.due_on + timedelta(days=draw(st.sampled_from([0, 0, -1, 1])))
    beside, read_at = draw(st.sampled_from([None, 0, 1, 1])), time(draw(st.sampled_from([0, 9])))
    km = None if beside is None else Decimal(max(0, (owed.due_km or 4000) + beside))
    until = done_on + timedelta(days=draw(st.sampled_from([90, 365])))
    return lambda: obligations.record_done(
        owed, done_on, "合格", until, km, None, None, AFTERWARDS, BY, read_at=read_at, dial_reason="misread"
    )


def owe_and_do(draw: Draw) -> Deed | None:
    """Due by kilometres that no dial showed yet, and done on its day or a little before; nobody read the dial then."""
    cars = [key for key in ids(Vehicle) if key % 2 == 0]
    if not cars:
        return None
    car, kind, due_on, km = draw(st.sampled_from(cars)), draw(st.sampled_from(OWED)), draw(days), Decimal(9500)
    done_on = due_on - timedelta(days=draw(st.sampled_from([0, 0, 3])))

    def deed() -> None:
        owed = obligations.owe(car, kind, due_on, km, BY)
        db.session.flush()
        until = done_on + timedelta(days=365)
        obligations.record_done(owed, done_on, "合格", until, None, None, None, AFTERWARDS, BY)

    return deed


def read_beyond(draw: Draw) -> Deed | None:
    """A paper shows afterwards what the dial stood at when the day began on which it was done, or just before."""
    by_km = select(Obligation).where(Obligation.closed_as == "done", Obligation.due_km.is_not(None))
    done = db.session.scalars(by_km.order_by(Obligation.id)).all()
    if not done:
        return None
    owed = draw(st.sampled_from(done))
    at = datetime.combine(owed.closed_on or owed.due_on, time(0)) - draw(
        st.sampled_from([A_MINUTE, A_MINUTE, 0 * A_MINUTE])
    )
    value = (owed.due_km or 0) + draw(st.sampled_from([0, 1, 1]))
    return lambda: odometer.record(owed.vehicle_id or 0, value, at, "manual", "", BY, "misread")


def last_beyond(owed: Obligation) -> tuple[int, datetime, int] | None:
    """(car, when, what it showed) of the last reading beyond the kilometres before the day on which it was done; none
    where the one that came with it is beyond them too.
    """
    rows = select(OdometerReading).where(OdometerReading.vehicle_id == owed.vehicle_id)
    rows = rows.where(
        OdometerReading.value > owed.due_km, OdometerReading.id.not_in(select(ReadingReversal.reading_id))
    )
    beyond, done_on = db.session.scalars(rows).all(), owed.closed_on or owed.due_on
    before = [(read.at, read.value) for read in beyond if read.at.date() < done_on]
    with_it = [read for read in beyond if read.done_id and read.at.date() == done_on]
    return (owed.vehicle_id or 0, *max(before)) if before and not with_it else None


def is_out(car: int, at: datetime) -> bool:
    """So many kilometres cannot be hidden on the way of a trip that is back."""
    rows = select(Departure.at, TripReturn.at).join(Dispatch, Dispatch.id == Departure.dispatch_id)
    rows = rows.join(TripReturn, TripReturn.dispatch_id == Dispatch.id).where(Dispatch.vehicle_id == car)
    return any(left <= at <= back for left, back in db.session.execute(rows))


def replace_after_beyond(draw: Draw) -> Deed | None:
    """The last dial that showed too many kilometres was not in the car any more when it was done by its day: that was
    in time then. Somebody looked at the figure just before.
    """
    by_km = select(Obligation).where(Obligation.closed_as == "done", Obligation.due_km.is_not(None))
    by_km = by_km.where(Obligation.closed_on <= Obligation.due_on).order_by(Obligation.id)
    known = [last for owed in db.session.scalars(by_km) if (last := last_beyond(owed))]
    beyond = [(car, at, value) for car, at, value in known if not is_out(car, at + A_MINUTE)]
    if not beyond:
        return None
    car, at, value = draw(st.sampled_from(sorted(set(beyond))))
    rollup.refresh()
    old = value + draw(st.sampled_from([0, 5]))
    new = draw(st.sampled_from([0, 0, 0, max(0, old - 40)]))
    return lambda: replacing.replace_dial(car, at + A_MINUTE, old, new, "维修单3号", None, BY, "misread")


def seal_over_days(draw: Draw) -> Deed | None:
    """A car that stands still, over a holiday whose days count."""
    holiday, car = some(SealingHoliday, draw), some(Vehicle, draw)
    if not holiday or not car:
        return None
    key = car.id

    def deed() -> None:
        sealing.seal(holiday, [key], "", "", "院内", "保管员", None, None, BY)
        hours.count_days(holiday.ends_at.date(), BY)

    return deed


def leave_and_seal_again(draw: Draw) -> Deed | None:
    """Leave over two days; sealed again when the office opens or closes on one of them, or a minute beside it."""
    listed = db.session.scalars(select(Sealing).where(Sealing.exempt.is_(None)).order_by(Sealing.id)).all()
    if not listed:
        return None
    sealed = draw(st.sampled_from(listed))
    most = max(1, (sealed.holiday.ends_at.date() - sealed.holiday.starts_at.date()).days - 1)
    opens = sealed.holiday.starts_at.date() + timedelta(days=draw(st.integers(1, most)))
    begins = datetime.combine(opens, draw(st.sampled_from([time(0), OPENS, CLOSES])))
    ends = begins + timedelta(days=draw(st.sampled_from([0, 1, 2, 2])), minutes=draw(st.sampled_from([15, 60])))
    days_later, at = draw(st.sampled_from([0, 1, 1, 2])), draw(st.sampled_from([OPENS, OPENS, CLOSES]))
    back = datetime.combine(opens + timedelta(days=days_later), at)
    back, again = back + draw(BESIDE), draw(st.sampled_from([True, True, False]))

    def deed() -> None:
        leave = sealing.allow(sealed, begins, ends, "负责人", "抢修", BY)
        db.session.flush()
        if again:
            sealing.seal_again(leave, None, BY).at = back
        hours.count_days(sealed.holiday.ends_at.date(), BY)

    return deed


def count_to_a_day(draw: Draw) -> Deed | None:
    """To the day on which a car left, came back, or a day beside it."""
    car = a_driven_car(draw)
    days_known = [at.date() for at in moments(car.id)] if car else []
    upto: date = draw(st.sampled_from(days_known or [draw(days)])) + timedelta(days=draw(st.integers(-1, 1)))
    return lambda: hours.count_days(upto, BY)


def change_category(draw: Draw) -> Deed | None:
    if not (car := some(Vehicle, draw)):
        return None
    category, day = draw(st.sampled_from(CATEGORIES)), draw(days)
    return lambda: register.change_category(car, category, day, "批复1号", BY)


def void_category(draw: Draw) -> Deed | None:
    change = some(CategoryChange, draw)
    return change and (lambda: register.void_category_change(change, "误登", BY))


def gone_on_a_day_that_counts(draw: Draw) -> Deed | None:
    """A car leaves the register on the day after its last trip, or on a day of it, which is refused."""
    if not (car := some(Vehicle, draw)) or car.deregistered_on:
        return None
    last = max(moments(car.id), default=moment(draw)).date()
    day = last + timedelta(days=draw(st.sampled_from([0, 1, 1])))
    return lambda: register.deregister(car, day, BY)


STEPS = (
    *(owe_by_the_dial, owe_by_the_dial, owe_and_do, owe_and_do, *(read_beyond, replace_after_beyond) * 3),
    *(do_what_is_open, do_what_is_open, do_what_is_open, do_what_is_open),
    *(seal_over_days, seal_over_days, leave_and_seal_again, leave_and_seal_again, count_to_a_day),
    *(change_category, void_category, gone_on_a_day_that_counts),
)
