"""The meeting section's work: venues, bookings and their changes, serving, errors, ratings."""

from datetime import timedelta

from hypothesis import strategies as st
from sqlalchemy import select

from ops.core.db import db
from ops.meetings import service, serving
from ops.meetings.checklist import ErrorWithdrawal, MeetingTask, Phase, ServiceError, TaskMark
from ops.meetings.models import Meeting, MeetingHeld, Venue
from tests.meetings.factories import STAFF
from tests.random_work.steps import BY, FIRST, Deed, Draw, a_unit, arrange_units, days, ids, moment, one_of, some

lengths = st.sampled_from([20, 45, 95, 241, 0])


def arrange() -> None:
    arrange_units()
    for number in (1, 2):
        service.open_venue(f"第{number}会议室", "一层", 50, FIRST, BY)


def open_venue(draw: Draw) -> Deed | None:
    number, day = len(ids(Venue)) + 1, draw(days)
    return lambda: service.open_venue(f"第{number}会议室", "二层", 20, day, BY)


def close_venue(draw: Draw) -> Deed | None:
    if not (venue := some(Venue, draw)):
        return None
    day = draw(days)
    return lambda: service.close_venue(venue, day, BY)


def book(draw: Draw) -> Deed | None:
    """Long past, as the section enters what came in by telephone."""
    unit, venue, begins_at = a_unit(draw), one_of(Venue, draw), moment(draw)
    finishes_at = begins_at + timedelta(minutes=draw(lengths))
    return lambda: service.book(
        "专题会", unit, "department", 10, venue, begins_at, finishes_at, "theatre", "联络员", "", True, "补登", STAFF
    )


def move(draw: Draw) -> Deed | None:
    if not (meeting := some(Meeting, draw)):
        return None
    venue, begins_at = one_of(Venue, draw), moment(draw)
    finishes_at = begins_at + timedelta(minutes=draw(lengths))
    return lambda: service.move(meeting, venue, begins_at, finishes_at, "冲突", True, "补登", STAFF)


def extend(draw: Draw) -> Deed | None:
    if not (meeting := some(Meeting, draw)):
        return None
    longer = timedelta(minutes=draw(lengths))
    return lambda: service.extend(meeting, meeting.booking.finishes_at + longer, "未议完", STAFF)


def cancel(draw: Draw) -> Deed | None:
    meeting = some(Meeting, draw)
    return meeting and (lambda: service.cancel(meeting, "议题取消", STAFF))


def mark_held(draw: Draw) -> Deed | None:
    """A little early or late, perhaps into the next day."""
    if not (meeting := some(Meeting, draw)):
        return None
    shift, length = timedelta(minutes=draw(st.integers(-90, 150))), timedelta(minutes=draw(lengths))
    began_at = meeting.booking.begins_at + shift
    return lambda: serving.mark_held(meeting, began_at, began_at + length, 10, "已口头布置", STAFF)


def book_and_hold(draw: Draw) -> Deed | None:
    """Entered afterwards in one go."""
    unit, venue, begins_at = a_unit(draw), one_of(Venue, draw), moment(draw)
    finishes_at = begins_at + timedelta(minutes=draw(lengths))

    def deed() -> None:
        meeting = service.book(
            "例会", unit, "internal", 5, venue, begins_at, finishes_at, "theatre", "联络员", "", True, "补登", STAFF
        )
        serving.mark_held(meeting, begins_at, finishes_at, 5, "已口头布置", STAFF)

    return deed


def reverse_held(draw: Draw) -> Deed | None:
    held = some(MeetingHeld, draw)
    if not held:
        return None
    meeting = db.session.get_one(Meeting, held.meeting_id)
    return lambda: serving.reverse_held(meeting, "误登", STAFF)


def tick(draw: Draw) -> Deed | None:
    task = some(MeetingTask, draw)
    return task and (lambda: serving.tick(task, STAFF))


def untick(draw: Draw) -> Deed | None:
    ticked = sorted(set(db.session.scalars(select(TaskMark.task_id))))
    if not ticked:
        return None
    task = db.session.get_one(MeetingTask, draw(st.sampled_from(ticked)))
    return lambda: serving.untick(task, STAFF)


def tick_all(draw: Draw) -> Deed | None:
    """Every open line of the meeting, so that some checklists are complete."""
    held = some(MeetingHeld, draw)
    meeting = some(Meeting, draw) if held is None else db.session.get_one(Meeting, held.meeting_id)
    if not meeting:
        return None

    def deed() -> None:
        for phase in Phase:
            serving.tick_phase(meeting, phase, STAFF)

    return deed


def record_error(draw: Draw) -> Deed | None:
    held = some(MeetingHeld, draw)
    meeting = some(Meeting, draw) if held is None else db.session.get_one(Meeting, held.meeting_id)
    return meeting and (lambda: serving.record_error(meeting, "during", "serious", "话筒无声", "更换", STAFF))


def withdraw_error(draw: Draw) -> Deed | None:
    standing = sorted(set(ids(ServiceError)) - set(ids(ErrorWithdrawal)))
    if not standing:
        return None
    error = db.session.get_one(ServiceError, draw(st.sampled_from(standing)))
    return lambda: serving.withdraw_error(error, "误记", STAFF)


def rate(draw: Draw) -> Deed | None:
    held = some(MeetingHeld, draw)
    if not held:
        return None
    meeting, score = db.session.get_one(Meeting, held.meeting_id), draw(st.integers(1, 5))
    return lambda: serving.rate(meeting, score, "", STAFF)


STEPS = (
    *(open_venue, close_venue, book, book, book_and_hold, book_and_hold, move, extend, cancel, mark_held, reverse_held),
    *(tick, untick, untick, tick_all, tick_all, rate, rate),
    *(record_error, record_error, withdraw_error, withdraw_error),
)
