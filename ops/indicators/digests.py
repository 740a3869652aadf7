"""Hashes of evidence. A day's digest is over its records, a period's over its days'; anybody can count them again.

The published method (docs/evidence-pack.md): a record is one line `record⇥day⇥scope⇥part⇥whole⇥member` ending in a
line feed, a day is SHA-256 over its lines in order of record, part and scope, a period is SHA-256 over one line
`day⇥digest` for each day that has records.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, insert, or_, select

from ..core.db import db, hold, transaction
from ..core.period import Period
from .catalogue import metrics
from .metric import ALL, Kind, Metric
from .models import ROLLUP, DayDigest, Reading, RollupTurn
from .rollup import recount, refresh

EVER = date(1, 1, 1)
BATCH_RECORDS = 30_000
Hashes = defaultdict[int, str]
NOTHING = hashlib.sha256().hexdigest()


@dataclass(frozen=True)
class Progress:
    """How many of the records behind a period's figures are hashed."""

    done: int
    total: int

    @property
    def percent(self) -> int:
        return 100 if self.done >= self.total else self.done * 100 // self.total


def stored(metric: Metric, period: Period) -> Hashes:
    """The hashes by scope (0: all of them) from the digests of the days, which must all be there (`prepare`).

    A scope without records has that of nothing.
    """
    columns = (DayDigest.day, DayDigest.scope, DayDigest.digest)
    within = (DayDigest.metric == metric.name, DayDigest.day.between(_first(metric, period), period.last))
    found = db.session.execute(select(*columns).where(*within).order_by(DayDigest.day))
    return _combined((day, scope, digest) for day, scope, digest in found)


def progress(period: Period) -> Progress:
    total = select(func.coalesce(func.sum(Reading.records), 0)).where(_within(period))
    missing = select(func.coalesce(func.sum(_missing(period).subquery().c.records), 0))
    whole, left = db.session.scalar(total) or 0, db.session.scalar(missing) or 0
    return Progress(int(whole - left), int(whole))


def prepare(period: Period, most_records: int | None = None) -> None:
    """Hash the days that lack it, in short transactions; all of them, or until some `most_records` are read."""
    refresh(upto=period.last)
    read = 0
    while most_records is None or read < most_records:
        with transaction() as session:
            hold(RollupTurn, ROLLUP)
            batch = _next_batch(period)
            if not batch:
                return
            name, days, records = batch
            wanted = set(days)
            found = [each for each in _days(metrics()[name], days[0], days[-1]) if each[0] in wanted]
            rows = [{"metric": name, "day": day, "scope": scope, "digest": digest} for day, scope, digest in found]
            if rows:
                session.execute(insert(DayDigest), rows)
            if gone := wanted - {day for day, _scope, _digest in found}:
                recount(name, gone)  # their records went after the reading was made
            read += records


def _next_batch(period: Period) -> tuple[str, list[date], int] | None:
    """The next days of one metric that lack their digest, and how many records they hold."""
    ordered = _missing(period).order_by(Reading.metric, Reading.day).limit(400)
    name, records = "", 0
    days: list[date] = []
    for metric, day, count in db.session.execute(ordered):
        if days and (metric != name or records + count > BATCH_RECORDS):
            break
        name, records = metric, records + int(count)
        days.append(day)
    return (name, days, records) if days else None


def _missing(period: Period) -> Select[Any]:
    same = and_(DayDigest.metric == Reading.metric, DayDigest.day == Reading.day, DayDigest.scope == ALL)
    columns: list[Any] = [Reading.metric, Reading.day, func.sum(Reading.records).label("records")]
    rows: Select[Any] = select(*columns).outerjoin(DayDigest, same)
    return rows.where(_within(period), DayDigest.metric.is_(None)).group_by(Reading.metric, Reading.day)


def _within(period: Period) -> ColumnElement[bool]:
    levels = [metric.name for metric in metrics().values() if metric.kind is Kind.LEVEL]
    others = [metric.name for metric in metrics().values() if metric.kind is not Kind.LEVEL]
    return and_(
        Reading.day <= period.last,
        or_(Reading.metric.in_(levels), and_(Reading.metric.in_(others), Reading.day >= period.first)),
    )


def _first(metric: Metric, period: Period) -> date:
    """A level looks back to the beginning."""
    return EVER if metric.kind is Kind.LEVEL else period.first


def _days(metric: Metric, first: date, last: date) -> Iterator[tuple[date, int, str]]:
    """(day, scope, digest) of each day that has records: of all scopes together and of each."""
    for day, rows in groupby(_rows(metric, first, last), key=itemgetter(1)):
        made: defaultdict[int, Any] = defaultdict(hashlib.sha256)
        for row in rows:
            text = line(*row)
            made[ALL].update(text)
            if row[2] != ALL:
                made[row[2]].update(text)
        yield from ((day, scope, each.hexdigest()) for scope, each in made.items())


def _rows(metric: Metric, first: date, last: date) -> Iterable[Any]:
    rows = metric.rows
    return _ordered(rows, _hashed(rows), rows.c.day.between(first, last))


def records(metric: Metric, period: Period, scope: int = ALL) -> Iterable[Any]:
    """Every record behind a figure in the order they are hashed in, with its label behind the six hashed columns."""
    rows = metric.rows
    within: list[ColumnElement[bool]] = [rows.c.day.between(_first(metric, period), period.last)]
    if scope != ALL:
        within.append(rows.c.scope == scope)
    return _ordered(rows, (*_hashed(rows), rows.c.label), *within)


def _hashed(rows: Any) -> tuple[Any, ...]:
    return rows.c.record_id, rows.c.day, rows.c.scope, rows.c.part, rows.c.whole, rows.c.member


def _ordered(rows: Any, columns: tuple[Any, ...], *within: ColumnElement[bool]) -> Iterable[Any]:
    order = (rows.c.day, rows.c.record_id, rows.c.part, rows.c.scope)
    return db.session.execute(select(*columns).where(*within).order_by(*order).execution_options(yield_per=5000))


def line(record_id: int, day: date, scope: int, part: Decimal | int, whole: Decimal | int, member: int | None) -> bytes:
    """One record as it is hashed."""
    return f"{record_id}\t{day}\t{scope}\t{exact(part)}\t{exact(whole)}\t{member or ''}\n".encode()


def exact(value: Decimal | int) -> str:
    return str(value) if isinstance(value, int) else f"{value:f}"


def _combined(days: Iterable[tuple[date, int, str]]) -> Hashes:
    made: defaultdict[int, Any] = defaultdict(hashlib.sha256)
    for day, scope, digest in days:
        made[scope].update(f"{day}\t{digest}\n".encode())
    return defaultdict(lambda: NOTHING, {scope: each.hexdigest() for scope, each in made.items()})
