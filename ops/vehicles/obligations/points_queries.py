"""Reads of the points that the police gave drivers, as the violations of official cars record them."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from ...core.db import db
from ..costs.repair_models import Violation, ViolationVoid
from .rules import DriverFacts, in_force, scoring_period_of


def scored(driver_id: int, first: date, last: date) -> Sequence[tuple[date, int]]:
    """(day, points) of his violations in those days that are not void and cost points."""
    rows = select(Violation.day, Violation.points).outerjoin(ViolationVoid)
    rows = rows.where(Violation.driver_id == driver_id, Violation.day.between(first, last), Violation.points > 0)
    found = db.session.execute(rows.where(ViolationVoid.violation_id.is_(None)).order_by(Violation.day))
    return [(day, points) for day, points in found]


def is_full(driver_id: int, facts: DriverFacts, due_on: date) -> bool:
    """Some scoring period up to the day came to so many points that the licence is not simply renewed for longer."""
    periods: Counter[date] = Counter()
    for day, points in scored(driver_id, facts.first_licensed_on, due_on):
        periods[scoring_period_of(facts, day)] += points
    return any(points >= in_force("licence.terms", due_on)["points"] for points in periods.values())
