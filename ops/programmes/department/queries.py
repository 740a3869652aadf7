"""Reads of the department's tables."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from ...core.db import db
from ..evaluation.evaluation import Evaluation, Line
from ..models import Programme, TableKind
from ..targets.models import DutyGoal


@dataclass(frozen=True)
class OfDuty:
    """A duty with its goal and the indicators that belong to it; None is what belongs to no duty."""

    duty: DutyGoal | None
    lines: tuple[Line, ...]


def years() -> Sequence[int]:
    """The years that have any target table, newest first."""
    return db.session.scalars(select(Programme.year).distinct().order_by(Programme.year.desc())).all()


def newest_year() -> int | None:
    """Of the department's own tables."""
    rows = select(Programme.year).where(Programme.kind == TableKind.DEPARTMENT)
    return db.session.scalars(rows.order_by(Programme.year.desc()).limit(1)).first()


def by_duty(evaluation: Evaluation) -> list[OfDuty]:
    """Every duty in its order, then what belongs to none."""
    duties = evaluation.programme.duties
    named = {each.section for each in duties}
    found = [OfDuty(each, tuple(x for x in evaluation.lines if x.indicator.duty == each.section)) for each in duties]
    rest = tuple(line for line in evaluation.lines if line.indicator.duty not in named)
    return [*found, OfDuty(None, rest)] if rest else found
