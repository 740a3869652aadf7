"""The verbs of the house: a day of the work calendar is set."""

from datetime import date

from ..core import audit
from ..core.access import Actor
from ..core.db import db
from ..core.workcalendar import CalendarDay


def set_day(day: date, working: bool, note: str, source: str, by: Actor) -> CalendarDay:
    """A day that differs from Monday-to-Friday, as the yearly notice sets it."""
    row = db.session.get(CalendarDay, day) or CalendarDay(day=day)
    row.working, row.note, row.source = working, note.strip(), source.strip()
    db.session.add(row)
    audit.record("admin.calendar.day_set", row, by)
    return row
