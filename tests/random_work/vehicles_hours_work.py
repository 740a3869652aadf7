"""The hours of cars: days that are over, the work calendar put right, office hours, sealed cars and leave."""

from datetime import datetime, time, timedelta

from hypothesis import strategies as st
from sqlalchemy import select

from ops.admin import service as admin
from ops.core import audit
from ops.core.db import db
from ops.vehicles.hours import service
from ops.vehicles.models import Vehicle
from ops.vehicles.sealing import service as sealing
from ops.vehicles.sealing.models import Sealing, SealingHoliday, SealLeave
from tests.random_work.steps import BY, LAST, Deed, Draw, days, moment, one_of, some


def arrange() -> None:
    service.load_hours()
    for day in (2, 20):
        begins = datetime(2023, 1, day, 17, 30)
        db.session.add(SealingHoliday(name="节假日", starts_at=begins, ends_at=begins + timedelta(days=5)))
    audit.record("test.arranged", "sealing_holiday", BY)


def count_days(draw: Draw) -> Deed | None:
    upto = draw(days | st.just(LAST))
    return lambda: service.count_days(upto, BY)


def set_day(draw: Draw) -> Deed | None:
    day, working = draw(days), draw(st.booleans())
    return lambda: admin.set_day(day, working, "调整", "通知", BY)


def set_hours(draw: Draw) -> Deed | None:
    day, opens = draw(days), draw(st.integers(7, 10))
    return lambda: service.set_hours(day, time(opens), time(opens + 8, 30), "通知", BY)


def seal_car(draw: Draw) -> Deed | None:
    if not (holiday := some(SealingHoliday, draw)) or not some(Vehicle, draw):
        return None
    car, exempt = one_of(Vehicle, draw), draw(st.sampled_from(["", "", "duty"]))
    return lambda: sealing.seal(holiday, [car], exempt, "值班", "大院", "值班员", None, None, BY)


def allow_use(draw: Draw) -> Deed | None:
    if not (seal := some(Sealing, draw)):
        return None
    begins, hours = seal.holiday.starts_at + timedelta(hours=draw(st.integers(0, 90))), draw(st.integers(1, 40))
    return lambda: sealing.allow(seal, begins, begins + timedelta(hours=hours), "负责人", "抢修", BY)


def seal_again(draw: Draw) -> Deed | None:
    found = db.session.scalars(select(SealLeave).order_by(SealLeave.id)).all()
    if not found:
        return None
    leave, at = draw(st.sampled_from(found)), moment(draw)

    def deed() -> None:
        sealing.seal_again(leave, None, BY).at = at

    return deed


STEPS = (count_days, count_days, set_day, set_hours, seal_car, seal_car, allow_use, seal_again)
