"""Surveys and their answers; an entry is taken back by a row, never deleted."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ...core.db import Base


class Survey(Base):
    """问卷. `satisfied_from`: this grade (5 best) and better count as satisfied. `token` is the secret of its link."""

    __tablename__ = "survey"
    __table_args__ = (UniqueConstraint("year", "title"), UniqueConstraint("token"))

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    title: Mapped[str]
    question: Mapped[str] = mapped_column(Text)
    audience: Mapped[str]
    satisfied_from: Mapped[int]
    opens_on: Mapped[date]
    closes_on: Mapped[date]
    token: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]


class SurveyEntry(Base):
    """问卷答卷: one answer given online, or counted paper answers; `grade5` … `grade1` are how many chose each."""

    __tablename__ = "survey_entry"
    __table_args__ = (
        CheckConstraint("grade5 + grade4 + grade3 + grade2 + grade1 + invalid > 0", name="some"),
        CheckConstraint("satisfied <= valid", name="share"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), index=True)
    answered_on: Mapped[date]
    grade5: Mapped[int]
    grade4: Mapped[int]
    grade3: Mapped[int]
    grade2: Mapped[int]
    grade1: Mapped[int]
    invalid: Mapped[int]
    satisfied: Mapped[int]
    valid: Mapped[int]
    origin: Mapped[str]
    note: Mapped[str] = mapped_column(Text)
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"))
    at: Mapped[datetime]
    by: Mapped[str]
    survey: Mapped[Survey] = relationship(lazy="joined")
    reversal: Mapped["SurveyReversal | None"] = relationship(lazy="selectin")


class SurveyReversal(Base):
    """答卷作废: the entry no longer counts. `day` is the day that it counted on."""

    __tablename__ = "survey_reversal"

    entry_id: Mapped[int] = mapped_column(ForeignKey("survey_entry.id"), primary_key=True)
    day: Mapped[date]
    because: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    by: Mapped[str]
