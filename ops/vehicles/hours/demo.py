"""Demo: the days of the year are over and count."""

from sqlalchemy import insert

from ...core.db import db
from ...core.demo import DemoYear
from ...core.period import year
from ...indicators import stale
from . import queries, service
from .models import FleetDay


def make(demo: DemoYear) -> None:
    """From the first dispatch of all on, as the night's work has it."""
    whole, first, hours = year(demo.year), queries.first_day(), queries.Timetable()
    if first is None:
        return
    begun = max(first, whole.first)
    days = service.days_of(begun, whole.last, queries.days_between(begun, whole.last))
    made = [service.opened(day, hours) for day in days]
    db.session.execute(insert(FleetDay), [_row(each) for each in made])
    stale.touch(FleetDay, {each.day for each in made})


def _row(day: FleetDay) -> dict[str, object]:
    return {name: getattr(day, name) for name in ("day", "weekday", "opens_at", "closes_at", "minutes")}
