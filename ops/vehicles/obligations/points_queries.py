"""Reads of the points that the police gave drivers, as the violations of official cars record them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from ...core.db import db
from ..costs.repair_models import Violation, ViolationVoid
from .models import Obligation, ObligationKind
from .rules import DriverFacts, in_force, scoring_period, scoring_period_of


def scored(driver_id: int, first: date, last: date) -> Sequence[tuple[date, int]]:
    """(day, points) of his violations in those days that are not void and cost points."""
    rows = select(Violation.day, Violation.points).outerjoin(ViolationVoid)
    rows = rows.where(Violation.driver_id == driver_id, Violation.day.between(first, last), Violation.points > 0)
    found = db.session.execute(rows.where(ViolationVoid.violation_id.is_(None)).order_by(Violation.day))
    return [(day, points) for day, points in found]


@dataclass(frozen=True)
class Unscored:
    """A review whose scoring period is over, the period, and that no points are recorded in it."""

    review: Obligation
    first: date
    last: date


def unscored(day: date) -> list[Unscored]:
    """Open reviews that the rule exempts by what is recorded, by the day they fall due."""
    rows = select(Obligation).where(Obligation.kind == ObligationKind.REVIEW, Obligation.closed_on.is_(None))
    found = [
        Unscored(each, *scoring_period(each.due_on))
        for each in db.session.scalars(rows.order_by(Obligation.due_on, Obligation.id))
    ]
    return [each for each in found if each.last < day and not points_of(each.review)]


def points_of(review: Obligation) -> int:
    """What is recorded in the scoring period that the review closes."""
    return sum(points for _day, points in scored(review.driver_id or 0, *scoring_period(review.due_on)))


def is_full(driver_id: int, facts: DriverFacts, due_on: date) -> bool:
    """Some scoring period up to the day came to so many points that the licence is not simply renewed for longer."""
    periods: Counter[date] = Counter()
    for day, points in scored(driver_id, facts.first_licensed_on, due_on):
        periods[scoring_period_of(facts, day)] += points
    return any(points >= in_force("licence.terms", due_on)["points"] for points in periods.values())
