"""The verbs of a booking: book, move, extend, call off; venues come and go. Every door leads through `_place`."""

from datetime import date, datetime

from ..core import audit, clock
from ..core.access import Actor
from ..core.db import db, hold
from . import queries, rules
from .checklist import MeetingTask
from .models import BookingCause, Meeting, MeetingCancellation, Venue, VenueBooking
from .permissions import Permission


def open_venue(name: str, place: str, seats: int, from_on: date, by: Actor) -> Venue:
    """A venue comes into use."""
    venue = Venue(name=name, place=place, seats=int(seats), from_on=from_on)
    db.session.add(venue)
    audit.record("meetings.venue.opened", venue, by)
    return venue


def close_venue(venue: Venue, to_on: date, by: Actor) -> Venue:
    """A venue goes out of use from `to_on` on."""
    hold(Venue, venue.id)
    rules.check_closes(to_on, venue, queries.last_booked(venue.id))
    venue.to_on = to_on
    audit.record("meetings.venue.closed", venue, by)
    return venue


def book(
    title: str, unit_id: int, level: str, people: int, venue_id: int, begins_at: datetime, finishes_at: datetime,
    layout: str, contact: str, needs: str, urgent: bool, urgent_reason: str, by: Actor,
) -> Meeting:  # fmt: skip
    """Book a meeting into a venue (会议预订), with its checklist. Nobody else can take the venue for that time."""
    now = clock.now()
    meeting = Meeting(title=title, unit_id=unit_id, level=level, people=int(people), layout=layout, contact=contact)
    meeting.needs, meeting.booked_at, meeting.booked_by = needs, now, by.name
    booking = VenueBooking(venue_id=venue_id, begins_at=begins_at, finishes_at=finishes_at, at=now, by=by.name)
    booking.cause, booking.urgent_reason, booking.reason = BookingCause.BOOKED, urgent_reason if urgent else "", ""
    _check_start(booking, urgent, by)
    _place(meeting, booking)
    items = queries.checklist_items(begins_at.date())
    db.session.add_all(
        MeetingTask(meeting_id=meeting.id, phase=item.phase, position=item.position, text=item.text) for item in items
    )
    audit.record("meetings.meeting.booked", meeting, by)
    return meeting


def move(
    meeting: Meeting, venue_id: int, begins_at: datetime, finishes_at: datetime, reason_given: str,
    urgent: bool, urgent_reason: str, by: Actor,
) -> VenueBooking:  # fmt: skip
    """Another time or venue (变更): a new booking; the earlier one gives its venue back."""
    hold(Meeting, meeting.id)
    rules.check_open(meeting.state)
    earlier = meeting.booking.begins_at
    booking = VenueBooking(venue_id=venue_id, begins_at=begins_at, finishes_at=finishes_at, at=clock.now(), by=by.name)
    booking.cause, booking.urgent_reason = BookingCause.MOVED, urgent_reason if urgent else ""
    booking.reason = reason_given
    if begins_at != earlier:
        _check_start(booking, urgent, by)
    _place(meeting, booking)
    audit.record("meetings.meeting.moved", meeting, by)
    return booking


def extend(meeting: Meeting, finishes_at: datetime, reason_given: str, by: Actor) -> VenueBooking:
    """It takes longer (延时): the same venue for longer, if nobody comes after."""
    hold(Meeting, meeting.id)
    rules.check_open(meeting.state)
    now = meeting.booking
    rules.check_later(finishes_at, now)
    booking = VenueBooking(venue_id=now.venue_id, begins_at=now.begins_at, finishes_at=finishes_at, by=by.name)
    booking.at, booking.cause, booking.reason = clock.now(), BookingCause.EXTENDED, reason_given
    booking.urgent_reason = ""
    _place(meeting, booking)
    audit.record("meetings.meeting.extended", meeting, by)
    return booking


def cancel(meeting: Meeting, reason_given: str, by: Actor) -> MeetingCancellation:
    """Call the meeting off (取消); the venue is free again."""
    hold(Meeting, meeting.id)
    rules.check_open(meeting.state)
    row = MeetingCancellation(meeting_id=meeting.id, at=clock.now(), by=by.name, reason=reason_given)
    meeting.booking.released_at = row.at
    db.session.add(row)
    audit.record("meetings.meeting.cancelled", meeting, by)
    return row


def _check_start(booking: VenueBooking, urgent: bool, by: Actor) -> None:
    rules.check_not_past(booking.begins_at, booking.at, by.may(Permission.MEETING_SERVE))
    minutes = queries.minutes_on(booking.begins_at.date())
    rules.check_lead(booking.begins_at, booking.at, minutes, urgent, booking.urgent_reason)


def _place(meeting: Meeting, booking: VenueBooking) -> None:
    """Hold the venue, look for clashes, ask the rules, give back the earlier booking, write the new one."""
    [venue] = hold(Venue, booking.venue_id)
    rules.check_times(booking.begins_at, booking.finishes_at)
    first, last = booking.begins_at.date(), booking.finishes_at.date()
    rules.check_venue(venue, first, last, meeting.people)
    held = queries.minutes_on(first).around(booking.begins_at, booking.finishes_at)
    booking.starts_at, booking.ends_at = held.start, held.end
    rules.check_free(queries.clashes(held, venue.id, meeting.id), venue)
    if meeting.id:
        meeting.booking.released_at = booking.at
    db.session.add(meeting)
    db.session.flush()  # the database's own fence must see the earlier booking given back first
    meeting.bookings.append(booking)
    db.session.flush()
