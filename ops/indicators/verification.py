"""Counting everything again from the records: a reading that differs is a drift, and there must be none."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import select

from ..core.db import db
from .catalogue import metrics
from .metric import Metric
from .models import Reading
from .rollup import counted

EVER = (date(1, 1, 1), date(9999, 12, 31))


def drifts() -> Iterator[str]:
    """Every reading that is not what the records say now, in words. Call after refresh."""
    for metric in metrics().values():
        kept = {_key(row): _values(row) for row in _readings(metric)}
        truth = {_key(row): _values(row) for row in counted(metric, *EVER)}
        for key in sorted(kept.keys() | truth.keys()):
            if kept.get(key) != truth.get(key):
                yield f"{metric.name} {key[0]} scope {key[1]}: reading {kept.get(key)}, records {truth.get(key)}"


def _readings(metric: Metric) -> Iterator[dict[str, Any]]:
    columns = (Reading.day, Reading.scope, Reading.part, Reading.whole, Reading.records, Reading.members)
    return (dict(row._mapping) for row in db.session.execute(select(*columns).where(Reading.metric == metric.name)))


def _key(row: dict[str, Any]) -> tuple[date, int]:
    return row["day"], row["scope"]


def _values(row: dict[str, Any]) -> tuple[Any, ...]:
    return row["part"], row["whole"], row["records"], row["members"]
