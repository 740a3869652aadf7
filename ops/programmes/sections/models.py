"""Key tasks with milestones, and the figures that a section answers for."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ...core.db import Base, Fixed
from ...core.files import Attachment
from ...people.models import Section


class KeyTask(Base):
    """重点工作 of a year, owned by a section; `safeguard` is the published one (1 to 3) that it proves, if any."""

    __tablename__ = "key_task"

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(index=True)
    section_id: Mapped[int] = mapped_column(ForeignKey("section.id"), index=True)
    title: Mapped[str]
    goal: Mapped[str] = mapped_column(Text)
    safeguard: Mapped[int | None]
    at: Mapped[datetime]
    by: Mapped[str]
    section: Mapped[Section] = relationship(lazy="joined")
    milestones: Mapped[list["Milestone"]] = relationship(order_by="Milestone.due_on", back_populates="task")
    notes: Mapped[list["TaskNote"]] = relationship(order_by="TaskNote.id")


class Milestone(Base):
    """节点: what is to be there by a day, that day included. `section_id` is its task's."""

    __tablename__ = "milestone"

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("key_task.id"), index=True)
    section_id: Mapped[int] = mapped_column(ForeignKey("section.id"))
    title: Mapped[str]
    due_on: Mapped[date] = mapped_column(index=True)
    task: Mapped[KeyTask] = relationship(back_populates="milestones")
    completion: Mapped["MilestoneCompletion | None"] = relationship(lazy="selectin")
    waiver: Mapped["MilestoneWaiver | None"] = relationship(lazy="selectin")

    def state(self, day: date) -> str:
        """done, late_done, waived, late or waiting, as seen on a day."""
        if self.waiver:
            return "waived"
        if self.completion:
            return "done" if self.completion.done_on <= self.due_on else "late_done"
        return "late" if self.due_on < day else "waiting"


class MilestoneCompletion(Base):
    """节点完成, with its proof. `due_on` is the milestone's day, which its figure counts on."""

    __tablename__ = "milestone_completion"

    milestone_id: Mapped[int] = mapped_column(ForeignKey("milestone.id"), primary_key=True)
    due_on: Mapped[date]
    done_on: Mapped[date]
    note: Mapped[str] = mapped_column(Text)
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachment.id"))
    at: Mapped[datetime]
    by: Mapped[str]
    attachment: Mapped[Attachment] = relationship(lazy="joined")


class MilestoneWaiver(Base):
    """节点免做: no longer to be done, and why. It counts neither as due nor as done."""

    __tablename__ = "milestone_waiver"

    milestone_id: Mapped[int] = mapped_column(ForeignKey("milestone.id"), primary_key=True)
    due_on: Mapped[date]
    because: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    by: Mapped[str]


class TaskNote(Base):
    """进展: what was reported of a task on the way."""

    __tablename__ = "task_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("key_task.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    by: Mapped[str]


class SectionMeasure(Base):
    """科室计分指标: a figure that a section answers for from `from_year` on; the newest of a figure counts.

    `sign` is ≥ or ≤, empty where the figure is shown without a target; a weight of 0 shows it without scoring it.
    """

    __tablename__ = "section_measure"

    id: Mapped[int] = mapped_column(primary_key=True)
    section_id: Mapped[int] = mapped_column(ForeignKey("section.id"), index=True)
    metric: Mapped[str]
    sign: Mapped[str]
    target: Mapped[Decimal | None] = mapped_column(Fixed(4))
    weight: Mapped[Decimal] = mapped_column(Fixed(2))
    from_year: Mapped[int]
    source: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    by: Mapped[str]
    section: Mapped[Section] = relationship(lazy="joined")
