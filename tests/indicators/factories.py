"""Records of the sample feature, committed."""

from datetime import date
from decimal import Decimal
from typing import Any

from ops.core import audit
from ops.core.access import Actor, system
from ops.core.db import Base, db, transaction
from ops.core.period import Period
from ops.indicators import closing
from ops.indicators.models import Closing
from tests.factories import saved
from tests.indicators.sample import Inspection, Serving, Stall

MAY = date(2023, 5, 9)


def make_serving(day: date = MAY, **values: Any) -> Serving:
    usual = {"canteen": 1, "diner": 1, "price": Decimal("12.50"), "satisfied": True}
    return saved(Serving(day=day, **{**usual, **values}))


def make_stall(opened_on: date = MAY, closed_on: date | None = None, canteen: int = 1) -> Stall:
    return saved(Stall(opened_on=opened_on, closed_on=closed_on, canteen=canteen))


def make_inspection(day: date = MAY, canteen: int = 1) -> Inspection:
    return saved(Inspection(day=day, canteen=canteen))


def change(row: Base, reason: str | None = None, by: Actor | None = None, **values: Any) -> None:
    """Change a row in a transaction of its own."""
    with transaction(reason):
        for name, value in values.items():
            setattr(row, name, value)
        audit.record("test.changed", row, by or system("test"))


def remove(row: Base, reason: str | None = None) -> None:
    with transaction(reason):
        db.session.delete(row)
        audit.record("test.removed", row.__tablename__, system("test"))


def close(period: Period) -> Closing:
    with transaction():
        return closing.close(period, system("test"))
