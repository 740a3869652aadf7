"""Reads of the self-evaluation: the settings, weights, grades, causes, measures and signatures that count."""

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from sqlalchemy import select

from ...core.db import db
from ...core.once import remembered
from ..models import Indicator, Programme
from .models import (
    DeviationReason,
    FormSignature,
    Judgement,
    KeptReport,
    ScoringVersion,
    WeightRevision,
)
from .scoring_settings import settings_on
from .scoring_values import ScoringSettings, Setting
from .setting_specs import SPECS


def judgements(programme: Programme) -> dict[int, Judgement]:
    """The newest grade of each indicator, by its id."""
    return remembered(("judgements", programme.id), lambda: judgements_by_table([programme.id])[programme.id])


def judgements_by_table(ids: Sequence[int]) -> dict[int, dict[int, Judgement]]:
    rows = select(Indicator.programme_id, Judgement).join(Indicator, Indicator.id == Judgement.indicator_id)
    found: dict[int, dict[int, Judgement]] = {each: {} for each in ids}
    for programme, row in db.session.execute(rows.where(Indicator.programme_id.in_(ids)).order_by(Judgement.id)):
        found[programme][row.indicator_id] = row
    return found


def judgements_of(indicator: Indicator) -> Sequence[Judgement]:
    """Every grade it was given, newest first."""
    rows = select(Judgement).where(Judgement.indicator_id == indicator.id).order_by(Judgement.id.desc())
    return db.session.scalars(rows).all()


def deviations(programme: Programme) -> dict[int, DeviationReason]:
    """The newest cause and measure of each row; row 0 is the execution."""
    return {each.row: each for each in _of(DeviationReason, programme)}


def settings_for(day: date) -> ScoringSettings:
    """The scoring settings in force on the day: of each name the latest version, else the proposal."""
    rows = select(ScoringVersion).where(ScoringVersion.valid_from <= day).order_by(ScoringVersion.id)
    return remembered(
        ("scoring", day), lambda: settings_on(day, [setting_of(each) for each in db.session.scalars(rows)])
    )


def setting_of(row: ScoringVersion) -> Setting[Any]:
    value = SPECS[row.name].value(json.loads(row.value))
    return Setting(row.name, value, row.document, row.clause, row.confirmed, row.valid_from, row.source, row.value)


def versions(name: str) -> Sequence[ScoringVersion]:
    """Every version of a setting that somebody recorded, newest first."""
    rows = select(ScoringVersion).where(ScoringVersion.name == name)
    return db.session.scalars(rows.order_by(ScoringVersion.valid_from.desc(), ScoringVersion.id.desc())).all()


def weight_revisions(programme: Programme) -> Sequence[WeightRevision]:
    """Newest first."""
    return _of(WeightRevision, programme)[::-1]


def weights(programme: Programme) -> dict[int, Decimal]:
    """The weight of each indicator by its id: of the newest revision, else as the target table was stored."""
    revised = next((each.weights for each in weight_revisions(programme)[:1]), [])
    stored = {each.id: each.weight for each in programme.indicators}
    return stored | {each.indicator_id: each.weight for each in revised if each.indicator_id in stored}


def signatures(programme: Programme) -> Sequence[FormSignature]:
    """Every signature, withdrawn ones too, oldest first."""
    return _of(FormSignature, programme)


Owned = TypeVar("Owned", DeviationReason, WeightRevision, FormSignature)


def _of(model: type[Owned], programme: Programme) -> list[Owned]:
    return remembered((model, programme.id), lambda: by_table(model, [programme.id])[programme.id])


def by_table(model: type[Owned], ids: Sequence[int]) -> dict[int, list[Owned]]:
    """The rows of several tables, oldest first."""
    found: dict[int, list[Owned]] = {each: [] for each in ids}
    for row in db.session.scalars(select(model).where(model.programme_id.in_(ids)).order_by(model.id)):
        found[row.programme_id].append(row)
    return found


def kept_reports(programme: Programme) -> Sequence[KeptReport]:
    rows = select(KeptReport).where(KeptReport.programme_id == programme.id)
    return db.session.scalars(rows.order_by(KeptReport.id)).all()
