"""What surveys publish."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, select
from sqlalchemy.orm import InstrumentedAttribute

from ...core.db import db
from ...indicators.metric import Kind, Metric, Watch, counting
from ..permissions import Permission
from .models import Survey, SurveyEntry, SurveyQuestion, SurveyReversal


def _satisfied(scope: InstrumentedAttribute[int] = SurveyEntry.survey_id) -> Select[Any]:
    chosen = counting(
        record_id=SurveyEntry.id,
        day=SurveyEntry.answered_on,
        scope=scope,
        part=SurveyEntry.satisfied,
        whole=SurveyEntry.valid,
        label=SurveyEntry.note,
    )
    taken_back = select(SurveyReversal.entry_id)
    return chosen.where(SurveyEntry.valid > 0, SurveyEntry.id.not_in(taken_back))


def _by_question() -> Select[Any]:
    return _satisfied(SurveyEntry.question_id)


def questions() -> dict[int, str]:
    """Of the surveys that ask more than one; of the others the survey's own figure says the same."""
    asked = select(SurveyQuestion, Survey.title).join(Survey, Survey.id == SurveyQuestion.survey_id)
    several = select(SurveyQuestion.survey_id).where(SurveyQuestion.number > 1)
    rows = asked.where(SurveyQuestion.survey_id.in_(several)).order_by(SurveyQuestion.id)
    return {each.id: f"{title} {each.number}. {each.text}" for each, title in db.session.execute(rows)}


def titles() -> dict[int, str]:
    return {survey.id: survey.title for survey in db.session.scalars(select(Survey).order_by(Survey.id))}


METRICS = (
    Metric(
        name="programmes.survey_satisfied",
        label=_l("Satisfaction by survey"),
        definition=_l("Satisfied answers ÷ valid answers of a survey; invalid and voided answers do not count."),
        kind=Kind.RATIO,
        unit="%",
        select=_satisfied,
        watches=(Watch(SurveyEntry, ("answered_on",)), Watch(SurveyReversal, ("day",))),
        needs=Permission.FIGURE_READ,
        record="programmes.surveys.entry",
        scopes=titles,
    ),
    Metric(
        name="programmes.question_satisfied",
        label=_l("Satisfaction by question"),
        definition=_l("Satisfied answers ÷ valid answers to one question; invalid and voided answers do not count."),
        kind=Kind.RATIO,
        unit="%",
        select=_by_question,
        watches=(Watch(SurveyEntry, ("answered_on",)), Watch(SurveyReversal, ("day",))),
        needs=Permission.FIGURE_READ,
        record="programmes.surveys.entry",
        scopes=questions,
    ),
)
