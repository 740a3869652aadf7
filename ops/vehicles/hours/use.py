"""What each car's hours came to in a period, from the very SELECT that the figures are counted from."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy import case, func, select

from ...core.db import db
from ...core.period import Period
from .metrics import car_days, hours_of

CENT = Decimal("0.01")


@dataclass(frozen=True)
class CarHours:
    """One car's hours; days are working days on which it could be used, `idle_days` those on which nobody did."""

    id: int
    plate: str
    available: Decimal
    used: Decimal
    days: int
    idle_days: int
    sealed: Decimal

    @property
    def percent(self) -> Decimal | None:
        """In use of available; none when it never was available."""
        return share(self.used, self.available)


def share(used: Decimal, available: Decimal) -> Decimal | None:
    return (used * 100 / available).quantize(CENT, ROUND_HALF_UP) if available else None


def of_cars(period: Period) -> Sequence[CarHours]:
    """By plate; cars that were on the register on some day of the period that is over."""
    days = car_days().subquery()
    could, zero = days.c.working & ~days.c.sealed, Decimal(0)
    whole = hours_of(days.c.minutes * 60)
    out = case((days.c.used > days.c.minutes * 60, days.c.minutes * 60), else_=days.c.used)
    idle = could & (days.c.used == 0)
    sums: list[Any] = [
        func.sum(case((could, whole))), func.sum(case((could, hours_of(out)))),
        func.sum(case((could, 1), else_=0)), func.sum(case((idle, 1), else_=0)), func.sum(case((days.c.sealed, whole))),
    ]  # fmt: skip
    rows = select(days.c.id, days.c.plate, *sums).where(days.c.day.between(period.first, period.last))
    found = db.session.execute(rows.group_by(days.c.id, days.c.plate).order_by(days.c.plate))
    return [
        CarHours(key, plate, available or zero, used or zero, int(count), int(idle), closed or zero)
        for key, plate, available, used, count, idle, closed in found
    ]
