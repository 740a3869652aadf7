"""Reads of surveys: their answers so far."""

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Select, func, select

from ...core.db import db
from .models import Survey, SurveyEntry, SurveyReversal

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


def surveys() -> list[Standing]:
    """Every survey, the newest first."""
    return [standing(each) for each in db.session.scalars(select(Survey).order_by(Survey.opens_on.desc(), Survey.id))]


def standing(survey: Survey) -> Standing:
    columns = (*(getattr(SurveyEntry, f"grade{n}") for n in (5, 4, 3, 2, 1)), SurveyEntry.invalid)
    sums = select(*(func.sum(column) for column in (*columns, SurveyEntry.satisfied, SurveyEntry.valid)))
    rows = sums.where(SurveyEntry.survey_id == survey.id, SurveyEntry.id.not_in(VOIDED))
    *counts, invalid, satisfied, valid = (int(number or 0) for number in db.session.execute(rows).one())
    return Standing(survey, tuple(counts), invalid, satisfied, valid)


def entries(survey: Survey) -> Select[SurveyEntry]:
    return select(SurveyEntry).where(SurveyEntry.survey_id == survey.id)


def by_token(token: str) -> Survey | None:
    return db.session.scalar(select(Survey).where(Survey.token == token))
