"""What has happened to a meeting, oldest first, for the timeline of its page."""

from flask_babel import lazy_gettext as _l

from ..core.db import db
from ..core.page import Event
from .checklist import GRADES, Grade
from .models import BookingCause, Meeting, MeetingHeld, VenueBooking
from .queries import errors, rating_of, select_held

CAUSES = {
    BookingCause.BOOKED: _l("booked"),
    BookingCause.MOVED: _l("moved"),
    BookingCause.EXTENDED: _l("extended"),
}


def history(meeting: Meeting) -> list[Event]:
    happened = [_booked(each) for each in meeting.bookings]
    if off := meeting.cancellation:
        happened.append(Event(off.at, off.by, _l("called off"), "closed", off.reason))
    for held in db.session.scalars(select_held(meeting.id)):
        happened += _held(held)
    for error in errors(meeting.id):
        happened.append(
            Event(error.at, error.by, _l("service error"), "late", f"{GRADES[Grade(error.grade)]} · {error.what}")
        )
        if gone := error.withdrawal:
            happened.append(Event(gone.at, gone.by, _l("error withdrawn"), "closed", gone.reason))
    if rating := rating_of(meeting.id):
        happened.append(Event(rating.at, rating.by, _l("rated"), "done", f"{rating.score} · {rating.remark}"))
    return sorted(happened, key=lambda event: event.at)


def _booked(booking: VenueBooking) -> Event:
    when = f"{booking.venue.name} · {booking.begins_at:%Y-%m-%d %H:%M} – {booking.finishes_at:%m-%d %H:%M}"
    why = " · ".join(filter(None, (booking.reason, booking.urgent_reason)))
    return Event(booking.at, booking.by, CAUSES[BookingCause(booking.cause)], "progress", f"{when} · {why}".strip())


def _held(held: MeetingHeld) -> list[Event]:
    note = f"{held.began_at:%Y-%m-%d %H:%M} – {held.ended_at:%m-%d %H:%M} · {held.reason}".strip()
    found = [Event(held.at, held.by, _l("held"), "done", note)]
    if gone := held.reversal:
        found.append(Event(gone.at, gone.by, _l("held, recorded in error"), "closed", gone.reason))
    return found
