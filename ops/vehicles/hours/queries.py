"""Reads of office hours and of the days that count."""

from collections.abc import Sequence
from datetime import date, time

from sqlalchemy import func, select

from ...core.db import db, hold
from ..models import Dispatch
from .models import FleetDay, OfficeHours

Hours = tuple[time, time]


def all_hours() -> Sequence[OfficeHours]:
    """Newest first."""
    return db.session.scalars(select(OfficeHours).order_by(OfficeHours.valid_from.desc())).all()


class Timetable:
    """The office hours of any day; before the first ones those."""

    def __init__(self) -> None:
        self.rows = list(all_hours())

    def of(self, day: date) -> Hours:
        found = next((row for row in self.rows if row.valid_from <= day), self.rows[-1])
        return found.opens, found.closes


def first_day() -> date | None:
    """The day of the first dispatch: before it nothing was kept that could be counted."""
    return db.session.scalar(select(func.min(Dispatch.day)))


def last_day() -> date | None:
    """The last day that counts."""
    return db.session.scalar(select(func.max(FleetDay.day)))


def days_between(first: date, last: date | None = None) -> set[date]:
    """The days that count, from the first to the last, both included."""
    rows = select(FleetDay.day).where(FleetDay.day >= first)
    return set(db.session.scalars(rows.where(FleetDay.day <= last) if last else rows))


def days_touched(first: date, last: date | None = None) -> set[date]:
    """The same for a write that touches them; until it is committed no other day begins to count.

    The night that counts days holds the office hours (`hold_hours`): either it has waited for this write, or this
    write has waited for it and sees the days it counted.
    """
    db.session.execute(select(OfficeHours.id).with_for_update(read=True))
    return days_between(first, last)


def hold_hours() -> None:
    """Wait until every write to what was done on the days is committed, and let none in."""
    hold(OfficeHours, *db.session.scalars(select(OfficeHours.id)))


def days_from(first: date, before: date | None) -> Sequence[FleetDay]:
    rows = select(FleetDay).where(FleetDay.day >= first)
    return db.session.scalars(rows.where(FleetDay.day < before) if before else rows).all()
