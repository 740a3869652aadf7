"""The Chinese work calendar: public holidays and the make-up days (调休) that the yearly State Council notice sets."""

from collections.abc import Iterable
from datetime import date

import holidays
from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from . import audit
from .access import system
from .db import Base, db
from .period import Period
from .period import year as whole_year

SEEDED = range(2020, 2027)
SOURCE = "国务院办公厅关于部分节假日安排的通知"


class CalendarDay(Base):
    """工作日历: a day that differs from Monday-to-Friday; `working` says which way."""

    __tablename__ = "calendar_day"

    day: Mapped[date] = mapped_column(primary_key=True)
    working: Mapped[bool]
    note: Mapped[str]
    source: Mapped[str]


def working_days(within: Period) -> list[date]:
    """The working days of the period, make-up days included."""
    rows = select(CalendarDay.day, CalendarDay.working).where(CalendarDay.day.between(within.first, within.last))
    special = {row.day: row.working for row in db.session.execute(rows)}
    return [day for day in within.each_day() if special.get(day, day.weekday() < 5)]


def load_calendar() -> None:
    """Seed the years whose notices are out; days that the office has edited stay."""
    known = set(db.session.scalars(select(CalendarDay.day)))
    seeded = {day.year for day in known}
    missing = [row for year in SEEDED if year not in seeded for row in _published(year)]
    db.session.add_all(missing)
    if missing:
        audit.record("core.calendar.loaded", "calendar_day", system("reference data"))


def _published(year: int) -> Iterable[CalendarDay]:
    china = holidays.country_holidays("CN", years=year, language="zh_CN")
    for day in whole_year(year).each_day():
        working = china.is_working_day(day)
        if working != (day.weekday() < 5):
            yield CalendarDay(day=day, working=working, note=china.get(day, "调休上班"), source=f"{SOURCE}（{year}年）")
