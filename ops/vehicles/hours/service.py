"""The verbs of hours: set the office hours from a day on, count the days that are over."""

import json
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from pathlib import Path

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from ...core import audit, clock
from ...core.access import Actor, system
from ...core.db import db
from ...core.errors import Rejected
from . import queries
from .models import FleetDay, OfficeHours

FIRST_HOURS = Path(__file__).parent / "data" / "hours.json"


def set_hours(valid_from: date, opens: time, closes: time, source: str, by: Actor) -> OfficeHours:
    """The hours from that day on, until later ones begin; days that are over are counted by them too."""
    if closes <= opens:
        raise Rejected(_l("The end must be later than the start."), "closes")
    queries.hold_hours()
    if db.session.scalar(select(OfficeHours.id).where(OfficeHours.valid_from == valid_from)):
        raise Rejected(_l("A value that begins on this day is entered already."), "valid_from")
    row = OfficeHours(valid_from=valid_from, opens=opens, closes=closes, source=source.strip())
    row.set_at, row.set_by = clock.now(), by.name
    later = [each.valid_from for each in queries.all_hours() if each.valid_from > valid_from]
    db.session.add(row)
    db.session.flush()
    for each in queries.days_from(valid_from, min(later, default=None)):
        _open(each, (opens, closes))
    audit.record("vehicles.office_hours.set", row, by)
    return row


def count_days(upto: date, by: Actor) -> int:
    """Days that are over and do not count yet, from the first dispatch to `upto`. Gives how many."""
    queries.hold_hours()
    first = queries.first_day()
    if first is None or first > upto:
        return 0
    hours = queries.Timetable()
    made = [opened(day, hours) for day in days_of(first, upto, queries.days_between(first, upto))]
    db.session.add_all(made)
    if made:
        audit.record("vehicles.days.counted", "fleet_day", by, days=len(made), upto=upto)
    return len(made)


def days_of(first: date, last: date, besides: set[date]) -> Iterable[date]:
    whole = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return (day for day in whole if day not in besides)


def opened(day: date, hours: queries.Timetable) -> FleetDay:
    row = FleetDay(day=day, weekday=day.weekday() < 5)
    _open(row, hours.of(day))
    return row


def _open(row: FleetDay, hours: queries.Hours) -> None:
    row.opens_at, row.closes_at = (datetime.combine(row.day, at) for at in hours)
    row.minutes = int((row.closes_at - row.opens_at).total_seconds()) // 60


def load_hours() -> None:
    """The first hours, when there are none; what the house has set since stays."""
    if db.session.scalar(select(OfficeHours.id).limit(1)):
        return
    by = system("reference data")
    for each in json.loads(FIRST_HOURS.read_text("utf-8")):
        row = OfficeHours(valid_from=date.fromisoformat(each["valid_from"]), source=each["source"])
        row.opens, row.closes = time.fromisoformat(each["opens"]), time.fromisoformat(each["closes"])
        row.set_at, row.set_by = clock.now(), by.name
        db.session.add(row)
    audit.record("vehicles.office_hours.loaded", "office_hours", by)
