"""Doubts settled and versions of targets. Rows are only ever added."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ...core.db import Base


class SettledTarget(Base):
    """指标值认定: what a doubtful value says, as a person settled it.

    `says` is the value written plainly (≥95%); it holds as long as the form says `of_text` (value, sign and unit).
    """

    __tablename__ = "settled_target"

    id: Mapped[int] = mapped_column(primary_key=True)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"), index=True)
    of_text: Mapped[str]
    says: Mapped[str]
    because: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    by: Mapped[str]


class EarlySettlement(Base):
    """预览认定: what a doubtful value of a file says, settled before the file is stored; `table_number` from 1."""

    __tablename__ = "early_settlement"

    id: Mapped[int] = mapped_column(primary_key=True)
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachment.id"), index=True)
    table_number: Mapped[int]
    row: Mapped[int]
    of_text: Mapped[str]
    says: Mapped[str]
    because: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    by: Mapped[str]


class TargetVersion(Base):
    """绩效目标版本: the whole table as it stood from `in_force_on`, as JSON; `because` says why it was made."""

    __tablename__ = "target_version"
    __table_args__ = (UniqueConstraint("programme_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    number: Mapped[int]
    in_force_on: Mapped[date]
    content: Mapped[str] = mapped_column(Text)
    because: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    by: Mapped[str]


class DutyGoal(Base):
    """分项绩效目标: what the department wants of one duty (职责) in the year; the duty as it was worded then."""

    __tablename__ = "duty_goal"
    __table_args__ = (UniqueConstraint("programme_id", "section"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    position: Mapped[int]
    section: Mapped[str]
    duty: Mapped[str] = mapped_column(Text)
    goal: Mapped[str] = mapped_column(Text)
