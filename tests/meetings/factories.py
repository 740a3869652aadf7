"""Venues and meetings that tests need, committed."""

from datetime import date, datetime, timedelta
from typing import Any

from ops.core import audit
from ops.core.access import Actor, system
from ops.core.db import db, transaction
from ops.meetings import queries
from ops.meetings.checklist import MeetingTask
from ops.meetings.models import Meeting, MeetingHeld, Venue, VenueBooking
from ops.meetings.permissions import Permission
from ops.meetings.serving import mark_held
from tests.factories import make_unit, numbers, saved

DAY = date(2023, 5, 9)
PAST = datetime(2023, 5, 9, 9)
FUTURE = datetime(2050, 5, 9, 9)
STAFF = Actor(None, "会务员01", address="127.0.0.1", permissions=frozenset(Permission))


def make_venue(**values: Any) -> Venue:
    usual = {"name": f"第{next(numbers)}会议室", "place": "一层", "seats": 50, "from_on": date(2020, 1, 1)}
    return saved(Venue(**{**usual, **values}))


def make_meeting(venue: Venue | None = None, begins_at: datetime = FUTURE, hours: float = 2, **values: Any) -> Meeting:
    """A booked meeting with its checklist; long ago where the service would ask why."""
    venue_id = venue.id if venue else make_venue().id
    usual = {
        "title": f"会议{next(numbers)}",
        "people": 10,
        "contact": "联络员",
        "booked_at": PAST,
        "booked_by": "联络员",
    }
    unit_id = values.pop("unit_id", None) or make_unit().id
    finishes_at = begins_at + timedelta(hours=hours)
    held = queries.minutes_on(begins_at.date()).around(begins_at, finishes_at)
    with transaction():
        meeting = Meeting(**{**usual, "unit_id": unit_id, **values})
        booking = VenueBooking(venue_id=venue_id, begins_at=begins_at, finishes_at=finishes_at, at=PAST, by="联络员")
        booking.starts_at, booking.ends_at = held.start, held.end
        meeting.bookings.append(booking)
        db.session.add(meeting)
        db.session.flush()
        items = queries.checklist_items(begins_at.date())
        db.session.add_all(
            MeetingTask(meeting_id=meeting.id, phase=item.phase, position=item.position, text=item.text)
            for item in items
        )
        audit.record("test.arranged", meeting, system("test"))
    return meeting


def make_held(venue: Venue | None = None, begins_at: datetime = PAST, hours: float = 2, **values: Any) -> Meeting:
    """A meeting that was held as booked, nothing ticked before."""
    meeting = make_meeting(venue, begins_at, hours, **values)
    hold_it(meeting)
    return meeting


def hold_it(meeting: Meeting) -> MeetingHeld:
    with transaction():
        booked = meeting.booking
        return mark_held(meeting, booked.begins_at, booked.finishes_at, meeting.people, "临时召开", STAFF)


def booking_form(venue: Venue, begins_at: datetime = FUTURE, hours: float = 2, **values: Any) -> dict[str, Any]:
    """What the booking page sends."""
    unit_id = values.pop("unit_id", None) or make_unit().id
    usual = {"title": "专题会", "unit_id": unit_id, "level": "department", "people": "10", "venue_id": venue.id}
    times = {"begins_at": moment(begins_at), "finishes_at": moment(begins_at + timedelta(hours=hours))}
    return {**usual, **times, "layout": "theatre", "contact": "联络员", "needs": "", **values}


def moment(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M}"
