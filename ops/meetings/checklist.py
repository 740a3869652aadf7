"""What is worked off around a meeting: its checklist, the errors made, and what the host thought of it. Tables only."""

from datetime import date, datetime
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..core.db import Base


class Phase(StrEnum):
    """会前、会中、会后."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


class Grade(StrEnum):
    """差错等级: unnoticed and mended at once; noticed by those present; the meeting delayed, interrupted or harmed."""

    MINOR = "minor"
    SERIOUS = "serious"
    GRAVE = "grave"


class ChecklistItem(Base):
    """检查项目: one line of the template, for meetings booked from `from_on` until the day before `to_on`."""

    __tablename__ = "checklist_item"
    __table_args__ = (UniqueConstraint("phase", "position", "from_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    phase: Mapped[str]
    position: Mapped[int]
    text: Mapped[str]
    source: Mapped[str]
    from_on: Mapped[date]
    to_on: Mapped[date | None]


class MeetingTask(Base):
    """会议检查项: a line of one meeting's checklist, as the template read when it was booked."""

    __tablename__ = "meeting_task"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    phase: Mapped[str]
    position: Mapped[int]
    text: Mapped[str]
    marks: Mapped[list["TaskMark"]] = relationship(order_by="TaskMark.id", lazy="selectin", back_populates="task")

    @property
    def mark(self) -> "TaskMark | None":
        """Who did it last, and when; None while it is open."""
        return self.marks[-1] if self.marks and self.marks[-1].step > 0 else None


class TaskMark(Base):
    """勾选记录: a line ticked (step +1) or un-ticked (−1). The steps of a line add up to 1 when it is done."""

    __tablename__ = "task_mark"
    __table_args__ = (CheckConstraint("step IN (-1, 1)", name="step_known"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("meeting_task.id"), index=True)
    step: Mapped[int]
    at: Mapped[datetime]
    by: Mapped[str]
    task: Mapped[MeetingTask] = relationship(back_populates="marks")


class ServiceError(Base):
    """差错: what went wrong in serving a meeting, and what was done about it."""

    __tablename__ = "service_error"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    phase: Mapped[str]
    grade: Mapped[str]
    what: Mapped[str]
    remedy: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]
    withdrawal: Mapped["ErrorWithdrawal | None"] = relationship(lazy="selectin")


class ErrorWithdrawal(Base):
    """撤销差错记录: it was recorded wrongly."""

    __tablename__ = "error_withdrawal"

    error_id: Mapped[int] = mapped_column(ForeignKey("service_error.id"), primary_key=True)
    at: Mapped[datetime]
    by: Mapped[str]
    reason: Mapped[str]


class Rating(Base):
    """满意度评价: by the host unit, 1 to 5, once."""

    __tablename__ = "meeting_rating"
    __table_args__ = (CheckConstraint("score BETWEEN 1 AND 5", name="score_known"),)

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), primary_key=True)
    score: Mapped[int]
    remark: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]


PHASES = {
    Phase.BEFORE: _l("Before the meeting"),
    Phase.DURING: _l("During the meeting"),
    Phase.AFTER: _l("After the meeting"),
}
GRADES = {
    Grade.MINOR: _l("Minor: nobody present noticed, mended within 5 minutes"),
    Grade.SERIOUS: _l("Serious: those present noticed"),
    Grade.GRAVE: _l("Grave: the meeting was delayed, interrupted or harmed"),
}
SCORES = {
    5: _l("5 very satisfied"),
    4: _l("4 satisfied"),
    3: _l("3 fair"),
    2: _l("2 dissatisfied"),
    1: _l("1 very dissatisfied"),
}
