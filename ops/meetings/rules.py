"""May this meeting stand in this venue at this time; may it be marked held. Pure verdicts on values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from flask_babel import lazy_gettext as _l

from ..core.errors import Rejected
from ..core.timeslot import Slot
from .checklist import MeetingTask, Rating, ServiceError
from .models import Meeting, MeetingHeld, MeetingState, Venue, VenueBooking

LONGEST_MEETING = timedelta(days=7)
FARTHEST_FROM_BOOKING = timedelta(days=1)
SECONDS_AN_HOUR = 3600


@dataclass(frozen=True)
class Minutes:
    """会务参数 as they hold on a day: booking ahead, setting up, clearing. `lead_source`: what the first rests on."""

    lead: int
    setup: int
    teardown: int
    lead_source: str

    def around(self, begins_at: datetime, finishes_at: datetime) -> Slot:
        """The venue is held for setting up and clearing too."""
        return Slot(begins_at - timedelta(minutes=self.setup), finishes_at + timedelta(minutes=self.teardown))


def check_times(begins_at: datetime, finishes_at: datetime) -> None:
    if finishes_at <= begins_at:
        raise Rejected(_l("The end must be later than the start."), "finishes_at")
    if finishes_at - begins_at > LONGEST_MEETING:
        raise Rejected(_l("A booking covers at most 7 days."), "finishes_at")


def check_lead(begins_at: datetime, now: datetime, minutes: Minutes, urgent: bool, urgent_reason: str) -> None:
    """Booked early enough, or urgent with a reason."""
    if urgent and not urgent_reason:
        raise Rejected(_l("Say why it is urgent."), "urgent_reason")
    if not urgent and begins_at - now < timedelta(minutes=minutes.lead):
        hours = f"{Decimal(minutes.lead) / 60:f}"
        words = _l(
            "Book at least %(hours)s hours ahead (%(source)s), or tick urgent and say why.",
            hours=hours,
            source=minutes.lead_source,
        )
        raise Rejected(words, "begins_at")


def check_not_past(begins_at: datetime, now: datetime, may_enter_late: bool) -> None:
    """Only the meeting section enters afterwards what came in by telephone."""
    if begins_at < now and not may_enter_late:
        raise Rejected(_l("This time has passed already."), "begins_at")


def check_venue(venue: Venue, first: date, last: date, people: int) -> None:
    """The venue is in use on those days and seats the people."""
    if venue.from_on > first or (venue.to_on and venue.to_on <= last):
        raise Rejected(_l("%(venue)s is not in use on that day.", venue=venue.name), "venue_id")
    if people > venue.seats:
        known = {"venue": venue.name, "seats": venue.seats, "people": people}
        raise Rejected(_l("%(venue)s has %(seats)s seats; %(people)s people are expected.", **known), "venue_id")


def check_free(clashes: Sequence[VenueBooking], venue: Venue) -> None:
    """No double booking: says when the venue is held, setting up and clearing included."""
    for clash in clashes:
        when = f"{clash.starts_at:%m-%d %H:%M} – {clash.ends_at:%m-%d %H:%M}"
        words = _l(
            "%(venue)s is held at that time, setting up and clearing included: %(when)s.", venue=venue.name, when=when
        )
        raise Rejected(words, "venue_id")


def check_open(state: MeetingState) -> None:
    """A meeting that was held or called off is moved no more."""
    if state is MeetingState.CANCELLED:
        raise Rejected(_l("This meeting has been called off."))
    if state is MeetingState.HELD:
        raise Rejected(_l("This meeting has been held already."))


def check_later(finishes_at: datetime, booking: VenueBooking) -> None:
    if finishes_at <= booking.finishes_at:
        raise Rejected(
            _l("It ends at %(at)s now; give a later time.", at=f"{booking.finishes_at:%m-%d %H:%M}"), "finishes_at"
        )


def check_held(meeting: Meeting, began_at: datetime, ended_at: datetime, now: datetime) -> None:
    """It has ended, and near the time it was booked for."""
    if ended_at <= began_at:
        raise Rejected(_l("The end must be later than the start."), "ended_at")
    if ended_at - began_at > LONGEST_MEETING:
        raise Rejected(_l("A booking covers at most 7 days."), "ended_at")
    if ended_at > now:
        raise Rejected(_l("This time has not come yet."), "ended_at")
    if abs(began_at - meeting.booking.begins_at) > FARTHEST_FROM_BOOKING:
        booked = f"{meeting.booking.begins_at:%Y-%m-%d %H:%M}"
        raise Rejected(
            _l("It was booked for %(at)s. Move the booking first, or correct the time.", at=booked), "began_at"
        )


def check_prepared(open_before: int, reason_given: str) -> None:
    """Held only with the checklist before it complete, or with the reason why not."""
    if open_before and not reason_given:
        words = _l("%(count)s lines to do before it are open. Tick them, or say why it was held.", count=open_before)
        raise Rejected(words, "reason_given")


def check_was_held(meeting: Meeting) -> MeetingHeld:
    if meeting.held is None:
        raise Rejected(_l("This meeting is not marked held."))
    return meeting.held


def check_unrated(rating: Rating | None) -> None:
    if rating:
        raise Rejected(_l("This meeting has been rated: %(score)s.", score=rating.score))


def check_not_cancelled(state: MeetingState) -> None:
    if state is MeetingState.CANCELLED:
        raise Rejected(_l("This meeting has been called off."))


def check_tick(task: MeetingTask) -> None:
    if task.mark:
        raise Rejected(_l("%(by)s has ticked this line at %(at)s.", by=task.mark.by, at=f"{task.mark.at:%m-%d %H:%M}"))


def check_untick(task: MeetingTask) -> None:
    if task.mark is None:
        raise Rejected(_l("This line is not ticked."))


def check_some_open(lines: Sequence[MeetingTask]) -> None:
    if not lines:
        raise Rejected(_l("Every line of this part is ticked already."))


def check_standing(error: ServiceError) -> None:
    if error.withdrawal:
        raise Rejected(_l("This error has been withdrawn already."))


def check_closes(to_on: date, venue: Venue, last_booked: datetime | None) -> None:
    """A venue goes out of use once, after everything booked in it."""
    if venue.to_on:
        raise Rejected(_l("%(venue)s is out of use since %(day)s.", venue=venue.name, day=str(venue.to_on)), "to_on")
    if to_on <= venue.from_on:
        raise Rejected(_l("The venue is in use only from %(day)s on.", day=str(venue.from_on)), "to_on")
    if last_booked and last_booked.date() >= to_on:
        raise Rejected(
            _l("It is booked until %(at)s. Move those meetings first.", at=f"{last_booked:%Y-%m-%d %H:%M}"), "to_on"
        )


def hours_between(began_at: datetime, ended_at: datetime) -> Decimal:
    """Hours with two decimals, rounded half up."""
    seconds = Decimal(int((ended_at - began_at).total_seconds()))
    return (seconds / SECONDS_AN_HOUR).quantize(Decimal("0.01"), ROUND_HALF_UP)
