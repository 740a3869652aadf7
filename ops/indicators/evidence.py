"""Evidence: the rows of the very SELECT that is counted; what is shown adds up to the figure."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, distinct, func, select

from ..core.db import db
from ..core.period import Period
from .metric import ALL, Kind, Metric

PER_PAGE = 50


@dataclass(frozen=True)
class Row:
    """One record behind a figure (for distinct: one member, with the first of its records)."""

    record_id: int
    day: date
    label: str
    part: Decimal
    whole: Decimal
    records: int = 1


@dataclass(frozen=True)
class Foot:
    """What the whole list adds up to; `rows` is its length."""

    part: Decimal
    whole: Decimal
    records: int
    rows: int


def page(metric: Metric, period: Period, scope: int, number: int, per_page: int = PER_PAGE) -> list[Row]:
    """One page of the list, in order of day and record."""
    statement = _listed(metric, period, scope).limit(per_page).offset((number - 1) * per_page)
    return [Row(*row) for row in db.session.execute(statement)]


def foot(metric: Metric, period: Period, scope: int) -> Foot:
    """The sums of the whole list, counted from the records themselves and not from readings."""
    rows = _within(metric, period, scope).subquery()
    count = distinct(rows.c.member) if metric.kind is Kind.DISTINCT else rows.c.record_id
    sums = select(func.sum(rows.c.part), func.sum(rows.c.whole), func.count(), func.count(count), func.max(rows.c.day))
    part, whole, records, listed, last = db.session.execute(sums).one()
    if metric.kind is Kind.DISTINCT:
        part = listed
    elif metric.kind is Kind.LATEST:
        part = last.toordinal() if last else 0
    elif metric.kind is Kind.LEVEL:
        listed = _count(_listed(metric, period, scope))
    return Foot(Decimal(part or 0), Decimal(whole or 0), records, listed)


def digests(metric: Metric, period: Period) -> defaultdict[int, str]:
    """SHA-256 over the rows in order, of all scopes together and of each: {scope: hash}, in one pass.

    A row is one line: record, day, scope, part, whole, member. A scope without rows has the hash of nothing.
    """
    rows = _within(metric, period, ALL).subquery()
    columns = (rows.c.record_id, rows.c.day, rows.c.scope, rows.c.part, rows.c.whole, rows.c.member)
    ordered = select(*columns).order_by(rows.c.day, rows.c.record_id, rows.c.part, rows.c.scope)
    made: defaultdict[int, Any] = defaultdict(hashlib.sha256)
    for row in db.session.execute(ordered.execution_options(yield_per=5000)):
        line = _line(*row)
        made[ALL].update(line)
        if row.scope != ALL:
            made[row.scope].update(line)
    nothing = hashlib.sha256().hexdigest()
    return defaultdict(lambda: nothing, {scope: each.hexdigest() for scope, each in made.items()})


def _line(
    record_id: int, day: date, scope: int, part: Decimal | int, whole: Decimal | int, member: int | None
) -> bytes:
    return f"{record_id}\t{day}\t{scope}\t{_exact(part)}\t{_exact(whole)}\t{member or ''}\n".encode()


def _exact(value: Decimal | int) -> str:
    return str(value) if isinstance(value, int) else f"{value:f}"


def _within(metric: Metric, period: Period, scope: int) -> Select[Any]:
    rows = metric.select().subquery()
    statement = select(rows).where(rows.c.day <= period.last)
    if metric.kind is not Kind.LEVEL:
        statement = statement.where(rows.c.day >= period.first)
    return statement if scope == ALL else statement.where(rows.c.scope == scope)


def _listed(metric: Metric, period: Period, scope: int) -> Select[Any]:
    """What a reader sees: members once each for distinct, what still stands for a level, every row otherwise."""
    rows = _within(metric, period, scope).subquery()
    plain = (rows.c.record_id, rows.c.day, rows.c.label, rows.c.part, rows.c.whole)
    if metric.kind is Kind.DISTINCT:
        first = (func.min(rows.c.record_id), func.min(rows.c.day).label("day"), func.min(rows.c.label))
        return select(*first, 1, 1, func.count()).group_by(rows.c.member).order_by("day", rows.c.member)
    if metric.kind is Kind.LEVEL:
        standing = (
            rows.c.record_id,
            func.min(rows.c.day).label("day"),
            func.min(rows.c.label),
            func.sum(rows.c.part),
            func.sum(rows.c.whole),
        )
        kept = select(*standing).group_by(rows.c.record_id).having(func.sum(rows.c.part) != 0)
        return kept.order_by("day", rows.c.record_id)
    if metric.kind is Kind.LATEST:
        return select(*plain).order_by(rows.c.day.desc(), rows.c.record_id)
    return select(*plain).order_by(rows.c.day, rows.c.record_id)


def _count(statement: Select[Any]) -> int:
    return db.session.scalar(select(func.count()).select_from(statement.subquery())) or 0
