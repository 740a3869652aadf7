"""Decisions that a closed form rests on: changed afterwards they need a reason, and are shown with the closing."""

from typing import Any

from flask_babel import lazy_gettext as _l

from ..core.db import db
from ..core.period import Period, year
from ..indicators.metric import Guard
from .evaluation.models import DeviationReason, Judgement, ScoringVersion, WeightRevision
from .models import BasicExpenditure, BudgetChange, Definition, Indicator, IndicatorBinding, Programme


def of_indicator(row: Any) -> Period:
    return db.session.get_one(Indicator, row.indicator_id).programme.period


def of_programme(row: Any) -> Period:
    return db.session.get_one(Programme, row.programme_id).period


def of_rule(row: ScoringVersion) -> Period:
    """The year from which a scoring rule is in force."""
    return year(row.valid_from.year)


GUARDS = (
    Guard(Programme, lambda row: row.period, _l("Target table")),
    Guard(Indicator, of_programme, _l("Target")),
    Guard(IndicatorBinding, of_indicator, _l("Where an actual comes from")),
    Guard(Definition, of_indicator, _l("Definition of an indicator")),
    Guard(Judgement, of_indicator, _l("Grade of an indicator")),
    Guard(WeightRevision, of_programme, _l("Weights")),
    Guard(DeviationReason, of_programme, _l("Cause and measure")),
    Guard(BudgetChange, of_programme, _l("Change of the budget")),
    Guard(BasicExpenditure, of_programme, _l("Basic expenditure")),
    Guard(ScoringVersion, of_rule, _l("Scoring rule")),
)
