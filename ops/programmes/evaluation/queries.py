"""Reads of the self-evaluation: the grades, causes and measures that count."""

from collections.abc import Sequence

from sqlalchemy import select

from ...core.db import db
from ..models import Indicator, Programme
from .models import DeviationReason, Judgement


def judgements(programme: Programme) -> dict[int, Judgement]:
    """The newest grade of each indicator, by its id."""
    rows = select(Judgement).join(Indicator, Indicator.id == Judgement.indicator_id)
    rows = rows.where(Indicator.programme_id == programme.id).order_by(Judgement.id)
    return {each.indicator_id: each for each in db.session.scalars(rows)}


def judgements_of(indicator: Indicator) -> Sequence[Judgement]:
    """Every grade it was given, newest first."""
    rows = select(Judgement).where(Judgement.indicator_id == indicator.id).order_by(Judgement.id.desc())
    return db.session.scalars(rows).all()


def deviations(programme: Programme) -> dict[int, DeviationReason]:
    """The newest cause and measure of each row; row 0 is the execution."""
    rows = select(DeviationReason).where(DeviationReason.programme_id == programme.id).order_by(DeviationReason.id)
    return {each.row: each for each in db.session.scalars(rows)}
