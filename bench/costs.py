"""A year's cost table of all cars, counted from a hundred thousand rows of the ledger, through the real server."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from sqlalchemy import func, insert, select

from ops.core import audit
from ops.core.access import system
from ops.core.db import db, transaction
from ops.indicators import rollup, stale
from ops.vehicles.costs.models import CostKind, VehicleCost
from ops.vehicles.models import Vehicle

from .measuring import Line
from .pages import against_empty, visitor

ROWS, YEAR, MOST = 100_000, 2023, 5.0


def fill_the_year() -> None:
    """So many rows that the year has 100,000; with their readings counted, as every night."""
    days = VehicleCost.day.between(date(YEAR, 1, 1), date(YEAR, 12, 31))
    there = db.session.scalar(select(func.count()).where(days)) or 0
    cars = db.session.scalars(select(Vehicle.id)).all()
    chance, at = Random("bench"), datetime(YEAR, 12, 31)
    noted = {"payee": "收款单位", "paper_no": "", "note": "", "recorded_at": at, "recorded_by": "测速"}
    rows = [{**_row(chance, cars), **noted} for _row_number in range(ROWS - there)]
    with transaction():
        db.session.execute(insert(VehicleCost), rows)
        stale.touch(VehicleCost, {row["day"] for row in rows})
        audit.record("bench.filled", "vehicle_cost", system("bench"), rows=len(rows))
    rollup.refresh()


def _row(chance: Random, cars: Sequence[int]) -> dict[str, Any]:
    day, amount = date(YEAR, 1, 1) + timedelta(days=chance.randrange(365)), Decimal(chance.randint(100, 90_000)) / 100
    return {"vehicle_id": chance.choice(cars), "kind": chance.choice(list(CostKind)), "day": day, "amount": amount}


def year_table(base: str) -> Iterator[Line]:
    ratio = against_empty(visitor(base, "leader"), f"/vehicles/costs?period={YEAR}")
    yield Line(f"a year's cost table from {ROWS:,} rows ÷ empty page", ratio, MOST)
