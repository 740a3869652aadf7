"""Reads of venues and meetings: who clashes, what one may see, what is still open."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from flask import abort
from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from ..core.access import Actor
from ..core.db import db
from ..core.timeslot import Slot, overlapping
from ..people.models import Unit
from .checklist import ChecklistItem, MeetingTask, Phase, Rating, ServiceError, TaskMark
from .models import Meeting, MeetingCancellation, MeetingHeld, MeetingRule, Venue, VenueBooking
from .permissions import Permission
from .rules import Minutes

RATING_WINDOW = timedelta(days=30)


def clashes(slot: Slot, venue_id: int, besides: int | None = None) -> Sequence[VenueBooking]:
    """Bookings that hold the venue somewhere in the slot, those of the meeting `besides` left out."""
    held = (VenueBooking.released_at.is_(None), VenueBooking.venue_id == venue_id)
    found = select(VenueBooking).where(
        *held,
        overlapping(VenueBooking.starts_at, VenueBooking.ends_at, slot),
        VenueBooking.meeting_id != (besides or 0),
    )
    return db.session.scalars(found.order_by(VenueBooking.starts_at)).all()


def minutes_on(day: date) -> Minutes:
    """The dated settings as they hold on that day."""
    rows = db.session.scalars(select(MeetingRule).where(MeetingRule.from_on <= day).order_by(MeetingRule.from_on))
    latest = {row.name: row for row in rows}
    lead = latest["lead"]
    return Minutes(lead.minutes, latest["setup"].minutes, latest["teardown"].minutes, lead.source)


def checklist_items(day: date) -> Sequence[ChecklistItem]:
    in_force = (ChecklistItem.from_on <= day, or_(ChecklistItem.to_on.is_(None), ChecklistItem.to_on > day))
    return db.session.scalars(select(ChecklistItem).where(*in_force).order_by(ChecklistItem.id)).all()


def last_booked(venue_id: int) -> datetime | None:
    """Until when the venue is held."""
    held = (VenueBooking.venue_id == venue_id, VenueBooking.released_at.is_(None))
    return db.session.scalar(select(func.max(VenueBooking.ends_at)).where(*held))


def latest_bookings() -> Select[int]:
    """Ids of the booking that counts for each meeting: its last."""
    return select(func.max(VenueBooking.id)).group_by(VenueBooking.meeting_id)


def visible_meetings(actor: Actor) -> Select[Meeting]:
    """A liaison sees the meetings of his unit, the meeting section and watchers all."""
    found = select(Meeting)
    return found if actor.may(Permission.MEETING_READ) else found.where(Meeting.unit_id == actor.unit_id)


def visible_meeting(meeting_id: int, actor: Actor) -> Meeting:
    return db.session.scalar(visible_meetings(actor).where(Meeting.id == meeting_id)) or abort(404)


def may_open(meeting: Meeting, actor: Actor) -> bool:
    return actor.may(Permission.MEETING_READ) or meeting.unit_id == actor.unit_id


def task(task_id: int) -> MeetingTask:
    return db.get_or_404(MeetingTask, task_id)


def tasks(meeting_id: int) -> Sequence[MeetingTask]:
    return db.session.scalars(
        select(MeetingTask).where(MeetingTask.meeting_id == meeting_id).order_by(MeetingTask.id)
    ).all()


def open_lines(meeting_id: int, phase: Phase) -> int:
    """How many lines of the phase are not done."""
    lines = select(MeetingTask.id).where(MeetingTask.meeting_id == meeting_id, MeetingTask.phase == phase)
    done = select(func.coalesce(func.sum(TaskMark.step), 0)).join(MeetingTask)
    done = done.where(MeetingTask.meeting_id == meeting_id, MeetingTask.phase == phase)
    return (db.session.scalar(select(func.count()).select_from(lines.subquery())) or 0) - (db.session.scalar(done) or 0)


def progress(meeting_ids: Iterable[int]) -> Mapping[int, tuple[int, int]]:
    """Meeting → (lines done, lines)."""
    ids = list(meeting_ids)
    lines = select(MeetingTask.meeting_id, func.count()).where(MeetingTask.meeting_id.in_(ids))
    done = select(MeetingTask.meeting_id, func.sum(TaskMark.step)).join(TaskMark).where(MeetingTask.meeting_id.in_(ids))
    ticked = dict(db.session.execute(done.group_by(MeetingTask.meeting_id)).all())
    counts = db.session.execute(lines.group_by(MeetingTask.meeting_id))
    return {key: (int(ticked.get(key, 0)), count) for key, count in counts}


def errors(meeting_id: int) -> Sequence[ServiceError]:
    return db.session.scalars(
        select(ServiceError).where(ServiceError.meeting_id == meeting_id).order_by(ServiceError.id)
    ).all()


def error(error_id: int) -> ServiceError:
    return db.get_or_404(ServiceError, error_id)


def rating_of(meeting_id: int) -> Rating | None:
    return db.session.get(Rating, meeting_id)


def select_held(meeting_id: int) -> Select[MeetingHeld]:
    """Every word that the meeting was held, those recorded in error too."""
    return select(MeetingHeld).where(MeetingHeld.meeting_id == meeting_id).order_by(MeetingHeld.id)


def held_days(meeting_id: int) -> list[date]:
    """The days that the meeting counts on, or counted on."""
    return list(db.session.scalars(select(MeetingHeld.day).where(MeetingHeld.meeting_id == meeting_id)))


def meeting_of_task(task_id: int) -> int:
    return db.session.scalars(select(MeetingTask.meeting_id).where(MeetingTask.id == task_id)).one()


def meeting_of_error(error_id: int) -> int:
    return db.session.scalars(select(ServiceError.meeting_id).where(ServiceError.id == error_id)).one()


def open_meetings() -> Select[Meeting]:
    """Booked, neither called off nor held, with their booking joined."""
    held = select(MeetingHeld.meeting_id).where(MeetingHeld.reversed_at.is_(None))
    joined = select(Meeting).join(VenueBooking).where(VenueBooking.released_at.is_(None))
    return joined.where(Meeting.id.not_in(held))


def on_day(day: date) -> ColumnElement[bool]:
    """Bookings whose meeting touches the day."""
    begin = datetime.combine(day, time.min)
    return and_(VenueBooking.begins_at < begin + timedelta(days=1), VenueBooking.finishes_at > begin)


def not_marked_held(moment: datetime) -> Select[Meeting]:
    """Past their end, and nobody has said whether they took place."""
    return open_meetings().where(VenueBooking.finishes_at < moment)


def unprepared(day: date) -> Select[Meeting]:
    """Meetings of the day and the next whose checklist before the meeting is not complete."""
    before = MeetingTask.phase == Phase.BEFORE
    done = select(TaskMark.task_id).group_by(TaskMark.task_id).having(func.sum(TaskMark.step) == 1)
    open_ones = select(MeetingTask.meeting_id).where(before, MeetingTask.id.not_in(done))
    soon = or_(on_day(day), on_day(day + timedelta(days=1)))
    return open_meetings().where(soon, Meeting.id.in_(open_ones))


def unrated(unit_id: int | None, day: date) -> Select[Meeting]:
    """The unit's meetings of the last 30 days that it has not rated."""
    held = (MeetingHeld.reversed_at.is_(None), MeetingHeld.day > day - RATING_WINDOW)
    found = select(Meeting).join(MeetingHeld, MeetingHeld.meeting_id == Meeting.id).where(*held)
    return found.where(Meeting.unit_id == unit_id, Meeting.id.not_in(select(Rating.meeting_id)))


def in_state(chosen: str, moment: datetime, unit_id: int | None) -> ColumnElement[bool]:
    """Meetings in a state of the list's filter, `VenueBooking` being joined; `unit_id` is the unit that is to rate."""
    if chosen == "unprepared":
        return Meeting.id.in_(unprepared(moment.date()).with_only_columns(Meeting.id))
    if chosen == "unrated":
        return Meeting.id.in_(unrated(unit_id, moment.date()).with_only_columns(Meeting.id))
    held = Meeting.id.in_(select(MeetingHeld.meeting_id).where(MeetingHeld.reversed_at.is_(None)))
    off = Meeting.id.in_(select(MeetingCancellation.meeting_id))
    if chosen == "held":
        return held
    if chosen == "cancelled":
        return off
    late = VenueBooking.finishes_at < moment
    return and_(~held, ~off, late if chosen == "late" else ~late)


def bookings_of_day(day: date) -> Sequence[VenueBooking]:
    """What holds the venues on the day, by time."""
    standing = VenueBooking.released_at.is_(None)
    begin = datetime.combine(day, time.min)
    whole = overlapping(VenueBooking.starts_at, VenueBooking.ends_at, Slot(begin, begin + timedelta(days=1)))
    found = select(VenueBooking).options(joinedload(VenueBooking.meeting)).where(standing, whole)
    return db.session.scalars(found.order_by(VenueBooking.begins_at, VenueBooking.venue_id)).all()


def venues(day: date | None = None) -> Sequence[Venue]:
    """Venues by name; with a day, those in use then."""
    found = select(Venue).order_by(Venue.name)
    return db.session.scalars(found.where(in_use(day)) if day else found).all()


def in_use(day: date) -> ColumnElement[bool]:
    return and_(Venue.from_on <= day, or_(Venue.to_on.is_(None), Venue.to_on > day))


def units_for(actor: Actor) -> Sequence[tuple[int, str]]:
    """A liaison books for his own unit, the meeting section for any."""
    found = select(Unit.id, Unit.name).order_by(Unit.name)
    if not actor.may(Permission.MEETING_SERVE):
        found = found.where(Unit.id == actor.unit_id)
    return [(key, name) for key, name in db.session.execute(found)]


def unit_names(ids: Iterable[int]) -> dict[int, str]:
    return dict(db.session.execute(select(Unit.id, Unit.name).where(Unit.id.in_(set(ids)))).all())


def every_venue() -> Select[Venue]:
    return select(Venue)
