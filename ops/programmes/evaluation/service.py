"""The verbs of the self-evaluation: judge, explain."""

from decimal import Decimal

from ...core import audit, clock
from ...core.access import Actor
from ...core.db import db
from ..models import Indicator, Programme
from . import rules
from .models import DeviationReason, Judgement
from .scoring_settings import Grade, settings_on


def judge(indicator: Indicator, grade: str, points: Decimal, by: Actor) -> Judgement:
    """Grade a target in words, or a late one, with points in the grade's band."""
    settings = settings_on(indicator.programme.period.last, ())
    rules.check_points(Grade(grade), points, indicator.weight, settings)
    row = Judgement(indicator_id=indicator.id, grade=Grade(grade), points=points, at=clock.now(), by=by.name)
    db.session.add(row)
    audit.record("programmes.indicator.judged", row, by)
    return row


def explain(programme: Programme, row_number: int, cause: str, measure: str, by: Actor) -> DeviationReason:
    """Give the cause of a deviation and the measure against it; row 0 is the execution of the budget."""
    row = DeviationReason(programme_id=programme.id, row=row_number, cause=cause.strip(), measure=measure.strip())
    row.at, row.by = clock.now(), by.name
    db.session.add(row)
    audit.record("programmes.deviation.explained", row, by)
    return row
