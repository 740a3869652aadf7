"""What the meeting section's work comes to. All count on the day a meeting was held."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, case, exists, func, select

from ..indicators.metric import Kind, Metric, Watch, counting
from .checklist import ErrorWithdrawal, MeetingTask, Rating, ServiceError, TaskMark
from .models import Meeting, MeetingHeld, Venue
from .permissions import Permission
from .queries import held_days, meeting_of_error, meeting_of_task, venues

SATISFIED = 4


def _held(part: Any = 1) -> Select[Any]:
    """One row for each meeting held, in the scope of its venue; records made in error left out."""
    rows = counting(
        record_id=MeetingHeld.meeting_id, day=MeetingHeld.day, part=part, scope=MeetingHeld.venue_id,
        label=Meeting.title + " " + Venue.name,
    )  # fmt: skip
    rows = rows.select_from(MeetingHeld).join(Meeting, Meeting.id == MeetingHeld.meeting_id)
    return rows.join(Venue, Venue.id == MeetingHeld.venue_id).where(MeetingHeld.reversed_at.is_(None))


def held() -> Select[Any]:
    return _held()


def hours_used() -> Select[Any]:
    return _held(MeetingHeld.hours)


def error_free() -> Select[Any]:
    """A meeting without any error that still stands, whatever its grade."""
    made = select(ServiceError.id).outerjoin(ErrorWithdrawal)
    made = made.where(ServiceError.meeting_id == MeetingHeld.meeting_id, ErrorWithdrawal.error_id.is_(None))
    return _held(case((exists(made.correlate(MeetingHeld)), 0), else_=1))


def satisfaction() -> Select[Any]:
    """Only what was rated is in it: silence is neither praise nor blame."""
    rows = _held(case((Rating.score >= SATISFIED, 1), else_=0))
    return rows.join(Rating, Rating.meeting_id == MeetingHeld.meeting_id)


def checklists_complete() -> Select[Any]:
    """Every line is done: the steps of its marks add up to the number of lines."""
    mine = MeetingTask.meeting_id == MeetingHeld.meeting_id
    lines = select(func.count(MeetingTask.id)).where(mine).correlate(MeetingHeld).scalar_subquery()
    done = select(func.coalesce(func.sum(TaskMark.step), 0)).join(MeetingTask).where(mine)
    return _held(case((done.correlate(MeetingHeld).scalar_subquery() == lines, 1), else_=0))


def names_of_venues() -> dict[int, str]:
    return {venue.id: venue.name for venue in venues()}


def _days_of_error(row: ServiceError) -> Iterable[date]:
    return held_days(row.meeting_id)


def _days_of_withdrawal(row: ErrorWithdrawal) -> Iterable[date]:
    return held_days(meeting_of_error(row.error_id))


def _days_of_mark(row: TaskMark) -> Iterable[date]:
    return held_days(meeting_of_task(row.task_id))


def _days_of_rating(row: Rating) -> Iterable[date]:
    return held_days(row.meeting_id)


WHEN_HELD = Watch(MeetingHeld, ("day",))
METRICS = (
    Metric(
        name="meetings.held", kind=Kind.COUNT, unit=_l("meetings"),
        needs=Permission.FIGURE_READ, record="meetings.meeting", scopes=names_of_venues,
        label=_l("Meetings served"),
        definition=_l("Meetings marked held, each on the day it began. What was marked in error is left out."),
        select=held, watches=(WHEN_HELD,),
    ),
    Metric(
        name="meetings.hours_used", kind=Kind.AMOUNT, unit=_l("hours"),
        needs=Permission.FIGURE_READ, record="meetings.meeting", scopes=names_of_venues,
        label=_l("Hours of meetings"), places=2,
        definition=_l("From real start to real end of every meeting held, without setting up and clearing."),
        select=hours_used, watches=(WHEN_HELD,),
    ),
    Metric(
        name="meetings.error_free", kind=Kind.RATIO, unit="%",
        needs=Permission.FIGURE_READ, record="meetings.meeting", scopes=names_of_venues,
        label=_l("Meetings without error"),
        definition=_l("Meetings held without any service error ÷ meetings held. Withdrawn errors do not count."),
        select=error_free,
        watches=(WHEN_HELD, Watch(ServiceError, days=_days_of_error), Watch(ErrorWithdrawal, days=_days_of_withdrawal)),
    ),
    Metric(
        name="meetings.satisfaction", kind=Kind.RATIO, unit="%",
        needs=Permission.FIGURE_READ, record="meetings.meeting", scopes=names_of_venues,
        label=_l("Satisfaction with meetings"),
        definition=_l("Meetings rated 4 or 5 ÷ meetings rated. Not rated is not satisfied, and left out of both."),
        select=satisfaction, watches=(WHEN_HELD, Watch(Rating, days=_days_of_rating)),
    ),
    Metric(
        name="meetings.checklists_complete", kind=Kind.RATIO, unit="%",
        needs=Permission.FIGURE_READ, record="meetings.meeting", scopes=names_of_venues,
        label=_l("Checklists complete"),
        definition=_l("Meetings held with every line ticked, before, during and after ÷ meetings held."),
        select=checklists_complete, watches=(WHEN_HELD, Watch(TaskMark, days=_days_of_mark)),
    ),
)  # fmt: skip
