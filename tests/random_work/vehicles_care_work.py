"""What is owed and done, holiday sealing and leave to use a car, ratings of trips, alarms and their settling."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from hypothesis import strategies as st
from sqlalchemy import select

from ops.core.db import db
from ops.vehicles.models import Dispatch, TripRequest, Vehicle
from ops.vehicles.obligations import reminding
from ops.vehicles.obligations import service as obligations
from ops.vehicles.obligations.models import INSURANCE, Obligation, ObligationDone, ObligationKind
from ops.vehicles.positions import service as positions
from ops.vehicles.positions.models import KIND_LABELS, Alarm
from ops.vehicles.sealing import service as sealing
from ops.vehicles.sealing.models import Sealing, SealingHoliday, SealLeave
from ops.vehicles.settlement import service as settlement
from tests.random_work.steps import BY, Deed, Draw, days, moment, recorded, some

OWED = (ObligationKind.COMPULSORY, ObligationKind.COMMERCIAL, ObligationKind.MAINTENANCE)
AFTERWARDS = date(2024, 6, 1)


def arrange() -> None:
    """The cars of the trips are there."""


def owe(draw: Draw) -> Deed | None:
    """By every second car: what lapses stops a car, and the others have to go on driving."""
    if not (car := some(Vehicle, draw)) or car.id % 2:
        return None
    kind, due_on, km = draw(st.sampled_from(OWED)), draw(days), draw(st.none() | st.integers(1, 9000))
    return lambda: obligations.owe(car.id, kind, due_on, None if km is None else Decimal(km), BY)


def do_it(draw: Draw) -> Deed | None:
    """A little before its day, on it, or late; the next one follows."""
    if not (owed := some(Obligation, draw)):
        return None
    done_on = owed.due_on + timedelta(days=draw(st.sampled_from([-20, 0, 1, 9])))
    until, dial = done_on + timedelta(days=draw(st.sampled_from([90, 365]))), draw(st.none() | st.just(Decimal(5000)))
    paid = draw(st.none() | st.just(Decimal("170.00"))) if owed.kind not in INSURANCE else None
    read_at = time(draw(st.sampled_from([0, 9, 23])))
    return lambda: obligations.record_done(
        owed, done_on, "合格", until, dial, paid, None, AFTERWARDS, BY, read_at=read_at, dial_reason="misread"
    )


def undo_it(draw: Draw) -> Deed | None:
    done = some(ObligationDone, draw)
    return done and (lambda: obligations.reverse_done(done, "误登", BY))


def waive(draw: Draw) -> Deed | None:
    owed = some(Obligation, draw)
    return owed and (lambda: obligations.waive(owed, "车辆停用", BY))


def note_lapses(draw: Draw) -> Deed | None:
    day = draw(days)
    return lambda: reminding.note_lapses(day)


def let_go(draw: Draw) -> Deed | None:
    """Leave for a car with something overdue: its trips of that time become possible."""
    owed, first = some(Obligation, draw), draw(days)
    return owed and (lambda: obligations.allow(owed, first, first + timedelta(days=9), "分管领导", "急用", BY))


def plan_holidays(draw: Draw) -> Deed | None:
    del draw
    return lambda: sealing.plan_year(Decimal(2023), BY)


def seal(draw: Draw) -> Deed | None:
    holiday, car = some(SealingHoliday, draw), some(Vehicle, draw)
    exempt = draw(st.sampled_from(["", "", "duty"]))
    if not holiday or not car:
        return None
    return lambda: sealing.seal(holiday, [car.id], exempt, "值班" if exempt else "", "院内", "保管员", None, None, BY)


def allow_sealed(draw: Draw) -> Deed | None:
    if not (sealed := some(Sealing, draw)):
        return None
    start = sealed.holiday.starts_at + timedelta(hours=draw(st.integers(-5, 30)))
    return lambda: sealing.allow(sealed, start, start + timedelta(hours=8), "主要负责人", "抢修", BY)


def seal_again(draw: Draw) -> Deed | None:
    leave = some(SealLeave, draw)
    return leave and (lambda: sealing.seal_again(leave, None, BY))


def rate(draw: Draw) -> Deed | None:
    """Most often of a trip that is back; otherwise it is refused."""
    back = db.session.scalars(select(Dispatch.request_id).where(Dispatch.trip_return.has()).order_by(Dispatch.id)).all()
    request = db.session.get_one(TripRequest, draw(st.sampled_from(back))) if back else some(TripRequest, draw)
    stars = draw(st.sampled_from([1, 3, 4, 4, 5]))
    return request and (lambda: settlement.rate(request, stars, "", BY))


def raise_alarm(draw: Draw) -> Deed | None:
    """As the night's judging writes it."""
    if not (car := some(Vehicle, draw)):
        return None
    kind, at = draw(st.sampled_from(sorted(KIND_LABELS))), moment(draw)
    raised_at = datetime.combine(draw(days), time(0, 10))
    row = {
        "vehicle_id": car.id,
        "kind": kind,
        "day": at.date(),
        "at": at,
        "until": at + timedelta(hours=1),
        "value": 60,
    }
    return lambda: recorded("test.alarm", Alarm(**row, raised_at=raised_at, raised_on=raised_at.date()))


def settle_alarm(draw: Draw) -> Deed | None:
    alarm = some(Alarm, draw)
    return alarm and (lambda: positions.settle(alarm, "道路施工绕行", BY))


STEPS = (
    *(owe, owe, do_it, do_it, undo_it, waive, note_lapses, let_go, plan_holidays, seal, seal, allow_sealed, seal_again),
    *(rate, rate, raise_alarm, raise_alarm, settle_alarm),
)
