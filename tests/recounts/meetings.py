"""The meetings' figures, counted by hand."""

from collections import Counter, defaultdict
from decimal import ROUND_HALF_UP, Decimal

from ops.meetings.checklist import ErrorWithdrawal, MeetingTask, Rating, ServiceError, TaskMark
from ops.meetings.models import HeldReversal, MeetingHeld
from tests.recounts.counted import Counted, rows


def held() -> list[Counted]:
    return [Counted(row.day, scope=row.venue_id) for row in _held()]


def hours_used() -> list[Counted]:
    return [Counted(row.day, _hours(row), scope=row.venue_id) for row in _held()]


def error_free() -> list[Counted]:
    withdrawn = {row.error_id for row in rows(ErrorWithdrawal)}
    faulty = {row.meeting_id for row in rows(ServiceError) if row.id not in withdrawn}
    return [Counted(row.day, int(row.meeting_id not in faulty), scope=row.venue_id) for row in _held()]


def satisfaction() -> list[Counted]:
    scores = {row.meeting_id: row.score for row in rows(Rating)}
    rated = [row for row in _held() if row.meeting_id in scores]
    return [Counted(row.day, int(scores[row.meeting_id] >= 4), scope=row.venue_id) for row in rated]


def checklists_complete() -> list[Counted]:
    steps = Counter[int]()
    for mark in rows(TaskMark):
        steps[mark.task_id] += mark.step
    lines = defaultdict(list)
    for task in rows(MeetingTask):
        lines[task.meeting_id].append(steps[task.id] == 1)
    return [Counted(row.day, int(all(lines[row.meeting_id])), scope=row.venue_id) for row in _held()]


def _held() -> list[MeetingHeld]:
    gone = {row.held_id for row in rows(HeldReversal)}
    return [row for row in rows(MeetingHeld) if row.id not in gone]


def _hours(row: MeetingHeld) -> Decimal:
    """From the times themselves, not from what the row says."""
    seconds = Decimal((row.ended_at - row.began_at).total_seconds())
    return (seconds / 3600).quantize(Decimal("0.01"), ROUND_HALF_UP)
