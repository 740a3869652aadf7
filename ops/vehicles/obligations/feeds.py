"""What is due as an iCalendar feed and as the weeks of a month."""

import calendar
from collections.abc import Sequence
from datetime import date, timedelta

from icalendar import Calendar, Event

from .models import OBLIGATION_LABELS, Obligation, ObligationKind

Weeks = list[list[tuple[date, list[Obligation]]]]


def as_ical(obligations: Sequence[Obligation], now: object) -> bytes:
    """One all-day event for each."""
    feed = Calendar()
    feed.add("prodid", "-//One Ledger//vehicles//ZH")
    feed.add("version", "2.0")
    for each in obligations:
        event = Event()
        event.add("uid", f"obligation-{each.id}@ledger")
        event.add("summary", f"{each.subject} {OBLIGATION_LABELS[ObligationKind(each.kind)]}")
        event.add("dtstart", each.due_on)
        event.add("dtend", each.due_on + timedelta(days=1))
        event.add("dtstamp", now)
        feed.add_component(event)
    made: bytes = feed.to_ical()
    return made


def weeks_of(first: date, obligations: Sequence[Obligation]) -> Weeks:
    """The month as weeks from Monday on; days of the months beside it stand empty."""
    by_day: dict[date, list[Obligation]] = {}
    for each in obligations:
        by_day.setdefault(each.due_on, []).append(each)
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    return [[(day, by_day.get(day, []) if day.month == first.month else []) for day in week] for week in weeks]
