"""Which days that count a write touches. A day to come counts nothing yet, and is never touched."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import inspect, select

from ...core.db import db
from ...core.workcalendar import CalendarDay
from ...indicators.metric import Watch
from ..models import Departure, TripReturn, Vehicle
from ..sealing.models import Resealing, Sealing, SealingHoliday, SealLeave
from .models import FleetDay
from .queries import days_touched


def of_calendar(row: CalendarDay) -> set[date]:
    return days_touched(row.day, row.day)


def of_car(row: Vehicle) -> set[date]:
    """The days on which it is on the register now and was not, or the other way round."""
    before = _on_register(_was(row, "registered_on"), _was(row, "deregistered_on"))
    return before ^ _on_register(row.registered_on, row.deregistered_on)


def _was(row: Any, name: str) -> Any:
    """The value before the write; None for a row that is new."""
    history = inspect(row).attrs[name].history
    return next(iter((*history.deleted, *history.unchanged)), None)


def _on_register(first: date | None, gone: date | None) -> set[date]:
    return days_touched(first, gone - timedelta(days=1) if gone else None) if first else set()


def of_departure(row: Departure) -> set[date]:
    """From the day it left to the last that counts: until it is back it is out on all of them."""
    return _from(row.at, _was(row, "at"))


def of_return(row: TripReturn) -> set[date]:
    left = db.session.scalar(select(Departure.at).where(Departure.dispatch_id == row.dispatch_id))
    return _from(row.at, _was(row, "at"), left)


def _from(*moments: datetime | None) -> set[date]:
    return days_touched(min(moment for moment in moments if moment).date())


def of_holiday(row: SealingHoliday) -> set[date]:
    starts = [each for each in (row.starts_at, _was(row, "starts_at")) if each]
    ends = [each for each in (row.ends_at, _was(row, "ends_at")) if each]
    return _within(min(starts), max(ends))


def of_sealing(row: Sealing) -> set[date]:
    return of_holiday(db.session.get_one(SealingHoliday, row.holiday_id))


def of_leave(row: SealLeave) -> set[date]:
    return _within(row.starts_at, row.ends_at)


def of_resealing(row: Resealing) -> set[date]:
    return of_leave(db.session.get_one(SealLeave, row.leave_id))


def _within(first: datetime, last: datetime) -> set[date]:
    return days_touched(first.date(), last.date())


CALENDAR = (Watch(FleetDay, ("day",)), Watch(CalendarDay, days=of_calendar), Watch(Vehicle, days=of_car))
SEALED = (
    Watch(SealingHoliday, days=of_holiday),
    Watch(Sealing, days=of_sealing),
    Watch(SealLeave, days=of_leave),
    Watch(Resealing, days=of_resealing),
)
OUT = (Watch(Departure, days=of_departure), Watch(TripReturn, days=of_return))
