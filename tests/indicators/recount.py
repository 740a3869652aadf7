"""What a figure must be, counted from the rows in plain Python: no SQL adds, groups or compares here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from ops.core.db import db
from ops.core.period import Period
from ops.indicators.metric import ALL, Kind
from ops.vehicles.models import Departure, Dispatch, DispatchCancellation, TripReturn, Vehicle
from tests.indicators.sample import Inspection, Serving, Stall


@dataclass(frozen=True)
class Counted:
    """One record as a metric counts it."""

    day: date
    part: Decimal | int = 1
    whole: int = 1
    scope: int = ALL
    member: int | None = None


Truth = Callable[[], Iterable[Counted]]
Sums = tuple[Decimal, Decimal, int]


def recount(kind: Kind, counted: Iterable[Counted], period: Period, scope: int = ALL) -> Sums:
    """(part, whole, records) of a figure, as `readings.read` gives them."""
    begun = date.min if kind is Kind.LEVEL else period.first
    rows = [row for row in counted if begun <= row.day <= period.last and scope in (ALL, row.scope)]
    part = Decimal(sum(row.part for row in rows))
    if kind is Kind.DISTINCT:
        part = Decimal(len({row.member for row in rows}))
    if kind is Kind.LATEST:
        part = Decimal(max((row.day.toordinal() for row in rows), default=0))
    return part, Decimal(sum(row.whole for row in rows)), len(rows)


def _servings() -> list[Serving]:
    return list(db.session.scalars(select(Serving)))


def meals() -> list[Counted]:
    return [Counted(row.day, scope=row.canteen) for row in _servings()]


def takings() -> list[Counted]:
    return [Counted(row.day, row.price, scope=row.canteen) for row in _servings()]


def diners() -> list[Counted]:
    return [Counted(row.day, scope=row.canteen, member=row.diner) for row in _servings()]


def satisfaction() -> list[Counted]:
    return [Counted(row.day, int(row.satisfied), scope=row.canteen) for row in _servings()]


def stalls() -> list[Counted]:
    rows = list(db.session.scalars(select(Stall)))
    opened = [Counted(row.opened_on, scope=row.canteen) for row in rows]
    return opened + [Counted(row.closed_on, -1, scope=row.canteen) for row in rows if row.closed_on]


def inspected() -> list[Counted]:
    return [Counted(row.day, scope=row.canteen) for row in db.session.scalars(select(Inspection))]


def dispatches() -> list[Counted]:
    cancelled = set(db.session.scalars(select(DispatchCancellation.dispatch_id)))
    return [Counted(row.day) for row in db.session.scalars(select(Dispatch)) if row.id not in cancelled]


def kilometres() -> list[Counted]:
    started = {row.dispatch_id: row.odometer for row in db.session.scalars(select(Departure))}
    returns = db.session.scalars(select(TripReturn))
    return [Counted(row.day, row.odometer - started[row.dispatch_id]) for row in returns]


def returns_on_time() -> list[Counted]:
    due = {row.id: row.due_at for row in db.session.scalars(select(Dispatch))}
    return [Counted(row.day, int(row.at <= due[row.dispatch_id])) for row in db.session.scalars(select(TripReturn))]


def on_register() -> list[Counted]:
    rows = list(db.session.scalars(select(Vehicle)))
    gone = [Counted(row.deregistered_on, -1) for row in rows if row.deregistered_on]
    return [Counted(row.registered_on) for row in rows] + gone


TRUTHS: dict[str, Truth] = {
    **{f"sample.{each.__name__}": each for each in (meals, takings, diners, satisfaction, stalls, inspected)},
    **{f"vehicles.{each.__name__}": each for each in (dispatches, kilometres, returns_on_time, on_register)},
}
