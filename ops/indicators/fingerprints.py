"""A metric that is new or counts otherwise than before: its days are marked, for the records of old have no reading."""

import hashlib
from collections.abc import Iterator
from datetime import date

from sqlalchemy import delete, insert, select

from ..core.access import system
from ..core.db import db, transaction
from . import closing
from .catalogue import metrics
from .metric import Metric
from .models import MetricFingerprint, Reading, StaleDay


def mark_changed() -> int:
    """Mark every day of the metrics whose SELECT has changed; gives how many days. Cheap when nothing has.

    Readings without a fingerprint are older than the fingerprints themselves and are believed. A figure that was
    reported in a closed period stays as it was: the difference becomes an adjustment that says why.
    """
    known = {row.metric: row.fingerprint for row in db.session.scalars(select(MetricFingerprint))}
    now = {metric.name: fingerprint(metric) for metric in metrics().values()}
    changed = [name for name, print_ in now.items() if known.get(name) != print_]
    if not changed:
        return 0
    with transaction():
        recount = [metrics()[name] for name in changed if name in known or not _is_read(name)]
        days = [(metric, list(_days(metric))) for metric in recount]
        marks = [{"metric": metric.name, "day": day} for metric, of_metric in days for day in of_metric]
        if marks:
            db.session.execute(insert(StaleDay), marks)
        db.session.execute(delete(MetricFingerprint).where(MetricFingerprint.metric.in_(changed)))
        db.session.execute(insert(MetricFingerprint), [{"metric": name, "fingerprint": now[name]} for name in changed])
        for metric, of_metric in days:
            closing.redefine(metric, of_metric, system("definition of the figure"))
    return len(marks)


def fingerprint(metric: Metric) -> str:
    """SHA-256 of the SELECT with its values, and of how its days add up."""
    compiled = metric.select().compile()
    values = sorted((name, repr(value)) for name, value in compiled.params.items())
    return hashlib.sha256(f"{metric.kind}\n{compiled}\n{values}".encode()).hexdigest()


def _is_read(name: str) -> bool:
    return db.session.scalar(select(Reading.day).where(Reading.metric == name).limit(1)) is not None


def _days(metric: Metric) -> Iterator[date]:
    """On which it counts now, and on which it did."""
    rows = metric.rows
    counts, did = select(rows.c.day).distinct(), select(Reading.day).where(Reading.metric == metric.name)
    yield from sorted({day for day in (*db.session.scalars(counts), *db.session.scalars(did)) if day is not None})
