"""Reads of surveys: their answers so far."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Select, func, select
from sqlalchemy.orm import InstrumentedAttribute

from ...core.db import db
from .models import AnswerFile, Survey, SurveyEntry, SurveyQuestion, SurveyReversal

VOIDED = select(SurveyReversal.entry_id)


@dataclass(frozen=True)
class Standing:
    """A survey with what was answered so far; `rate` in percent, None without a valid answer."""

    survey: Survey
    counts: tuple[int, ...]
    invalid: int
    satisfied: int
    valid: int

    @property
    def rate(self) -> Decimal | None:
        return Decimal(self.satisfied * 100) / self.valid if self.valid else None


COLUMNS = (
    *(getattr(SurveyEntry, f"grade{n}") for n in (5, 4, 3, 2, 1)),
    *(SurveyEntry.invalid, SurveyEntry.satisfied, SurveyEntry.valid),
)


def surveys() -> list[Standing]:
    """Every survey, the newest first; counted in one question for all."""
    rows = db.session.scalars(select(Survey).order_by(Survey.opens_on.desc(), Survey.id)).all()
    sums = _sums(SurveyEntry.survey_id)
    return [_standing(each, sums.get(each.id)) for each in rows]


def standing(survey: Survey) -> Standing:
    """Over all its questions."""
    return _standing(survey, _sums(SurveyEntry.survey_id, survey).get(survey.id))


def by_question(survey: Survey) -> list[tuple[SurveyQuestion, Standing]]:
    sums = _sums(SurveyEntry.question_id, survey)
    return [(each, _standing(survey, sums.get(each.id))) for each in survey.questions]


def _sums(of: InstrumentedAttribute[int], survey: Survey | None = None) -> dict[int, Sequence[int]]:
    rows = select(of, *(func.sum(column) for column in COLUMNS)).where(SurveyEntry.id.not_in(VOIDED)).group_by(of)
    rows = rows.where(SurveyEntry.survey_id == survey.id) if survey else rows
    return {key: [int(number or 0) for number in sums] for key, *sums in db.session.execute(rows)}


def _standing(survey: Survey, sums: Sequence[int] | None) -> Standing:
    *counts, invalid, satisfied, valid = sums or [0] * len(COLUMNS)
    return Standing(survey, tuple(counts), invalid, satisfied, valid)


def answer_files(survey: Survey) -> Sequence[AnswerFile]:
    """Newest first."""
    rows = select(AnswerFile).where(AnswerFile.survey_id == survey.id).order_by(AnswerFile.id.desc())
    return db.session.scalars(rows).all()


def entries(survey: Survey) -> Select[SurveyEntry]:
    return select(SurveyEntry).where(SurveyEntry.survey_id == survey.id)


def by_token(token: str) -> Survey | None:
    return db.session.scalar(select(Survey).where(Survey.token == token))
