"""Surveys with their questions and answers; an entry is taken back by a row, never deleted."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ...core.db import Base
from ...core.files import Attachment

NUMBERED = text("code <> ''")


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
    questions: Mapped[list["SurveyQuestion"]] = relationship(order_by="SurveyQuestion.number", lazy="selectin")


class SurveyQuestion(Base):
    """问卷题目: what is asked, numbered from 1; the first is the survey's own."""

    __tablename__ = "survey_question"
    __table_args__ = (UniqueConstraint("survey_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)


class SurveyEntry(Base):
    """问卷答卷 to one question: one answer given online, one paper, or counted papers; `grade5` … `grade1` chose each.

    `code` is the number of the paper, where it has one: a paper is entered once. What corrects a voided one bears its
    number as the next `edition`.
    """

    __tablename__ = "survey_entry"
    __table_args__ = (
        CheckConstraint("grade5 + grade4 + grade3 + grade2 + grade1 + invalid > 0", name="some"),
        CheckConstraint("satisfied <= valid", name="share"),
        Index(
            "uq_survey_entry_paper", "survey_id", "question_id", "code", "edition",
            unique=True, sqlite_where=NUMBERED, postgresql_where=NUMBERED,
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), index=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("survey_question.id"))
    code: Mapped[str] = mapped_column(default="", server_default="")
    edition: Mapped[int] = mapped_column(default=1, server_default="1")
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
    question: Mapped[SurveyQuestion] = relationship(lazy="joined")
    reversal: Mapped["SurveyReversal | None"] = relationship(lazy="selectin")


class SurveyReversal(Base):
    """答卷作废: the entry no longer counts. `day` is the day that it counted on."""

    __tablename__ = "survey_reversal"

    entry_id: Mapped[int] = mapped_column(ForeignKey("survey_entry.id"), primary_key=True)
    day: Mapped[date]
    because: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    by: Mapped[str]


class AnswerFile(Base):
    """纸质答卷文件: a file of papers that was taken in, and what became of its rows."""

    __tablename__ = "answer_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), index=True)
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachment.id"))
    added: Mapped[int]
    already: Mapped[int]
    faulty: Mapped[int]
    at: Mapped[datetime]
    by: Mapped[str]
    survey: Mapped[Survey] = relationship(lazy="joined")
    attachment: Mapped[Attachment] = relationship(lazy="joined")
    faults: Mapped[list["AnswerFault"]] = relationship(order_by="AnswerFault.line", lazy="selectin")


class AnswerFault(Base):
    """退回行: a paper that did not land, by its line number in the file, and why."""

    __tablename__ = "answer_fault"

    file_id: Mapped[int] = mapped_column(ForeignKey("answer_file.id"), primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True)
    reason: Mapped[str] = mapped_column(Text)
