"""The verbs of serving a meeting: tick, un-tick, mark held, reverse, record an error, withdraw it, rate.

Each holds the meeting first, so that what counts on its day is never counted between two of them.
"""

from collections.abc import Sequence
from datetime import datetime

from ..core import audit, clock
from ..core.access import Actor
from ..core.db import db, hold
from . import queries, rules
from .checklist import ErrorWithdrawal, MeetingTask, Phase, Rating, ServiceError, TaskMark
from .models import HeldReversal, Meeting, MeetingHeld


def tick(task: MeetingTask, by: Actor) -> TaskMark:
    """A line of the checklist is done."""
    _open_meeting(task.meeting_id)
    db.session.refresh(task, ["marks"])
    rules.check_tick(task)
    mark = _mark(task, 1, by)
    audit.record("meetings.task.ticked", task, by)
    return mark


def untick(task: MeetingTask, by: Actor) -> TaskMark:
    """It was not done after all."""
    _open_meeting(task.meeting_id)
    db.session.refresh(task, ["marks"])
    rules.check_untick(task)
    mark = _mark(task, -1, by)
    audit.record("meetings.task.unticked", task, by)
    return mark


def tick_phase(meeting: Meeting, phase: str, by: Actor) -> Sequence[TaskMark]:
    """Every open line of a phase is done."""
    _open_meeting(meeting.id)
    lines = [task for task in queries.tasks(meeting.id) if task.phase == phase and not task.mark]
    rules.check_some_open(lines)
    made = [_mark(task, 1, by) for task in lines]
    audit.record("meetings.phase.ticked", meeting, by)
    return made


def mark_held(
    meeting: Meeting, began_at: datetime, ended_at: datetime, people: int, reason_given: str, by: Actor
) -> MeetingHeld:
    """It took place (会议召开): counts on the day it began."""
    hold(Meeting, meeting.id)
    now = clock.now()
    rules.check_open(meeting.state)
    rules.check_held(meeting, began_at, ended_at, now)
    rules.check_prepared(queries.open_lines(meeting.id, Phase.BEFORE), reason_given)
    row = MeetingHeld(meeting_id=meeting.id, venue_id=meeting.booking.venue_id, day=began_at.date(), people=int(people))
    row.began_at, row.ended_at, row.hours = began_at, ended_at, rules.hours_between(began_at, ended_at)
    row.reason, row.at, row.by = reason_given, now, by.name
    db.session.add(row)
    audit.record("meetings.meeting.held", row, by)
    return row


def reverse_held(meeting: Meeting, reason_given: str, by: Actor) -> HeldReversal:
    """It was marked held in error (撤销); it can be marked again."""
    hold(Meeting, meeting.id)
    held = rules.check_was_held(meeting)
    row = HeldReversal(held_id=held.id, at=clock.now(), by=by.name, reason=reason_given)
    held.reversed_at = row.at
    db.session.add(row)
    audit.record("meetings.meeting.held_reversed", held, by)
    return row


def record_error(meeting: Meeting, phase: str, grade: str, what: str, remedy: str, by: Actor) -> ServiceError:
    """Something went wrong (差错)."""
    _open_meeting(meeting.id)
    row = ServiceError(meeting_id=meeting.id, phase=phase, grade=grade, what=what, remedy=remedy)
    row.at, row.by = clock.now(), by.name
    db.session.add(row)
    audit.record("meetings.error.recorded", row, by)
    return row


def withdraw_error(error: ServiceError, reason_given: str, by: Actor) -> ErrorWithdrawal:
    """The error was recorded wrongly; the row stays and counts no more."""
    _open_meeting(error.meeting_id)
    db.session.refresh(error)
    rules.check_standing(error)
    row = ErrorWithdrawal(error_id=error.id, at=clock.now(), by=by.name, reason=reason_given)
    db.session.add(row)
    audit.record("meetings.error.withdrawn", error, by)
    return row


def rate(meeting: Meeting, score: int, remark: str, by: Actor) -> Rating:
    """The host's word on how it was served (满意度评价), once."""
    hold(Meeting, meeting.id)
    rules.check_was_held(meeting)
    rules.check_unrated(queries.rating_of(meeting.id))
    row = Rating(meeting_id=meeting.id, score=score, remark=remark, at=clock.now(), by=by.name)
    db.session.add(row)
    audit.record("meetings.meeting.rated", meeting, by)
    return row


def _open_meeting(meeting_id: int) -> None:
    [meeting] = hold(Meeting, meeting_id)
    rules.check_not_cancelled(meeting.state)


def _mark(task: MeetingTask, step: int, by: Actor) -> TaskMark:
    mark = TaskMark(step=step, at=clock.now(), by=by.name)
    task.marks.append(mark)
    db.session.flush()
    return mark
