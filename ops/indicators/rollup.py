"""Replacing stale days: the day is counted again from the metric's SELECT, whole."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, delete, func, insert, select
from sqlalchemy.orm import Session

from ..core.db import db, hold, transaction
from .catalogue import metrics
from .metric import Kind, Metric
from .models import CLOSING, ROLLUP, DayDigest, Reading, RollupTurn, StaleDay
from .stale import write_marks

BATCH_DAYS = 40
_SHARED = select(RollupTurn.id).where(RollupTurn.id == CLOSING).with_for_update(read=True)


def refresh(names: Iterable[str] | None = None, upto: date | None = None) -> int:
    """Count the stale days of the metrics again (all metrics, all days by default). Returns how many days it replaced.

    Opens a transaction only when something is stale, so a reader with nothing to do writes nothing.
    """
    wanted = set(names) if names is not None else set(metrics())
    if not db.session().info.get("open") and not _any_stale(wanted, upto):
        return 0
    with transaction() as session:
        share_closing(session)
        hold(RollupTurn, ROLLUP)
        write_marks(session)
        taken = _take_marks(wanted, upto)
        for name, days in taken.items():
            _replace(metrics()[name], sorted(days))
        return sum(len(days) for days in taken.values())


def recount(name: str, days: Iterable[date]) -> None:
    """Count these days again, stale or not, in the transaction that holds ROLLUP."""
    _replace(metrics()[name], sorted(days))


def share_closing(session: Session) -> None:
    """Writers share this row and a closing takes it alone: no write slips past a closing that is under way.

    It is always taken before ROLLUP: whoever took them the other way round could wait for a closing that waits for him.
    """
    session.connection().execute(_SHARED)


def counted(metric: Metric, first: date, last: date) -> Iterator[dict[str, Any]]:
    """The readings of the days first..last as the records give them now: one row per day and scope."""
    rows = metric.rows
    within = rows.c.day.between(first, last)
    sums = (func.sum(rows.c.part), func.sum(rows.c.whole), func.count())
    members = _member_sets(metric, first, last)
    for day, scope, part, whole, records in db.session.execute(
        select(rows.c.day, rows.c.scope, *sums).where(within).group_by(rows.c.day, rows.c.scope)
    ):
        found = {"metric": metric.name, "day": day, "scope": scope, "part": part, "whole": whole, "records": records}
        yield {**found, "members": members.get((day, scope))}


def _member_sets(metric: Metric, first: date, last: date) -> dict[tuple[date, int], bytes]:
    if metric.kind is not Kind.DISTINCT:
        return {}
    rows = metric.rows
    pairs = select(rows.c.day, rows.c.scope, rows.c.member).distinct().where(rows.c.day.between(first, last))
    sets: dict[tuple[date, int], int] = defaultdict(int)
    for day, scope, member in db.session.execute(pairs):
        sets[day, scope] |= 1 << member
    return {key: bits.to_bytes((bits.bit_length() + 7) // 8, "little") for key, bits in sets.items()}


def _which(names: set[str], upto: date | None) -> list[ColumnElement[bool]]:
    return [StaleDay.metric.in_(names), *([StaleDay.day <= upto] if upto else [])]


def _any_stale(names: set[str], upto: date | None) -> bool:
    return db.session.scalar(select(StaleDay.id).where(*_which(names, upto)).limit(1)) is not None


def _take_marks(names: set[str], upto: date | None) -> dict[str, set[date]]:
    """Take the marks away before counting: one that is committed later stays, and its day is counted once more."""
    taken: dict[str, set[date]] = defaultdict(set)
    statement = delete(StaleDay).where(*_which(names & set(metrics()), upto)).returning(StaleDay.metric, StaleDay.day)
    for name, day in db.session.execute(statement.execution_options(synchronize_session=False)):
        taken[name].add(day)
    return taken


def _replace(metric: Metric, days: list[date]) -> None:
    for first, last, batch in _batches(days):
        for model in (Reading, DayDigest):
            old = delete(model).where(model.metric == metric.name, model.day.in_(batch))
            db.session.execute(old.execution_options(synchronize_session=False))
        rows = [row for row in counted(metric, first, last) if row["day"] in batch]
        if rows:
            db.session.execute(insert(Reading), rows)


def _batches(days: list[date]) -> Iterator[tuple[date, date, set[date]]]:
    """Runs of days that lie close together, so that one SELECT serves many days and sparse ones do not scan years."""
    batch: list[date] = []
    for day in days:
        if batch and ((day - batch[-1]).days > 7 or len(batch) >= BATCH_DAYS):
            yield batch[0], batch[-1], set(batch)
            batch = []
        batch.append(day)
    if batch:
        yield batch[0], batch[-1], set(batch)
