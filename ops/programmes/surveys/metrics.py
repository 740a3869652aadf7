"""What surveys publish."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, select

from ...core.db import db
from ...indicators.metric import Kind, Metric, Watch, counting
from ..permissions import Permission
from .models import Survey, SurveyEntry, SurveyReversal


def _satisfied() -> Select[Any]:
    chosen = counting(
        record_id=SurveyEntry.id,
        day=SurveyEntry.answered_on,
        scope=SurveyEntry.survey_id,
        part=SurveyEntry.satisfied,
        whole=SurveyEntry.valid,
        label=SurveyEntry.note,
    )
    taken_back = select(SurveyReversal.entry_id)
    return chosen.where(SurveyEntry.valid > 0, SurveyEntry.id.not_in(taken_back))


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
)
