"""Reads of hired vehicles."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal_column, select

from ...core.db import db
from ...people.models import Unit
from .models import Hire, HiredTrip, HireVoid

TRIPS: ColumnElement[int] = literal_column("trips")
COST: ColumnElement[int] = literal_column("cost")


def hires() -> Select[Any]:
    """(hire, unit's name, vehicle-trips, 元)."""
    sums = select(HiredTrip.hire_id, func.count().label("trips"), func.sum(HiredTrip.price).label("cost"))
    totals = sums.group_by(HiredTrip.hire_id).subquery()
    found = select(Hire, Unit.name, totals.c.trips, totals.c.cost).join(Unit, Unit.id == Hire.unit_id)
    return found.join(totals, totals.c.hire_id == Hire.id)


def units() -> Sequence[tuple[int, str]]:
    return [(key, name) for key, name in db.session.execute(select(Unit.id, Unit.name).order_by(Unit.name))]


def of_reason(reason_class: str) -> ColumnElement[bool]:
    return Hire.reason_class == reason_class


def standing_or_void(chosen: str) -> ColumnElement[bool]:
    """`standing`: counts, `void`: does not."""
    void = Hire.id.in_(select(HireVoid.hire_id))
    return void if chosen == "void" else ~void
