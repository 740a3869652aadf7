"""The verbs of the self-evaluation: revise a setting, weigh, judge, explain."""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from flask_babel import lazy_gettext as _l

from ...core import audit, clock
from ...core.access import Actor
from ...core.db import db, hold
from ...core.errors import Rejected
from ..models import Indicator, Programme
from . import queries, rules
from .models import DeviationReason, IndicatorWeight, Judgement, ScoringVersion, WeightRevision
from .scoring_values import Grade
from .setting_specs import SPECS
from .weights import execution_weight


def revise(
    name: str,
    given: Mapping[str, str] | None,
    valid_from: date,
    document: str,
    clause: str,
    source: str,
    confirmed: bool,
    by: Actor,
) -> ScoringVersion:
    """Record a version of a scoring setting (计分规则), in force from a day; `given` None switches it off."""
    spec = SPECS[name]
    if given is None and not spec.optional:
        raise Rejected(_l("This rule cannot be switched off."), "valid_from")
    spec.value(given)
    row = ScoringVersion(name=name, value=json.dumps(given, ensure_ascii=False), valid_from=valid_from)
    row.document, row.clause, row.source, row.confirmed = document.strip(), clause.strip(), source.strip(), confirmed
    row.at, row.by = clock.now(), by.name
    db.session.add(row)
    audit.record("programmes.scoring_setting.revised", row, by)
    return row


def weigh(programme: Programme, weights: Mapping[int, Decimal], because: str, by: Actor) -> WeightRevision:
    """Give the indicators (by id) new weights, all at once, with the reason (调整分值)."""
    hold(Programme, programme.id)
    rules.check_because(because)
    settings = queries.settings_for(programme.period.last)
    execution = execution_weight([each.level1 for each in programme.indicators], settings)
    levels = [(each.level1, each.level2) for each in programme.indicators]
    rules.check_weights(levels, [weights[each.id] for each in programme.indicators], execution)
    if weights == queries.weights(programme):
        raise Rejected(_l("These weights are in force already."), "weight1")
    row = WeightRevision(programme_id=programme.id, because=because.strip(), at=clock.now(), by=by.name)
    row.weights = [IndicatorWeight(indicator_id=key, weight=weight) for key, weight in weights.items()]
    db.session.add(row)
    audit.record("programmes.weights.revised", row, by)
    return row


def judge(indicator: Indicator, grade: str, points: Decimal, by: Actor) -> Judgement:
    """Grade a target in words, or a late one, with points in the grade's band."""
    hold(Programme, indicator.programme_id)
    settings = queries.settings_for(indicator.programme.period.last)
    rules.check_points(Grade(grade), points, queries.weights(indicator.programme)[indicator.id], settings)
    row = Judgement(indicator_id=indicator.id, grade=Grade(grade), points=points, at=clock.now(), by=by.name)
    db.session.add(row)
    audit.record("programmes.indicator.judged", row, by)
    return row


def explain(programme: Programme, row_number: int, cause: str, measure: str, by: Actor) -> DeviationReason:
    """Give the cause of a deviation and the measure against it; row 0 is the execution of the budget."""
    rules.check_explained(cause, measure)
    row = DeviationReason(programme_id=programme.id, row=row_number, cause=cause.strip(), measure=measure.strip())
    row.at, row.by = clock.now(), by.name
    db.session.add(row)
    audit.record("programmes.deviation.explained", row, by)
    return row
