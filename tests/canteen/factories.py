"""Things of the canteens that tests need, committed."""

import io
import itertools
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from ops.canteen.models import Canteen, Diner, Meal, OpeningDay, Sitting, SubsidyGrant, Terminal
from ops.core import audit
from ops.core.access import system
from ops.core.db import db, transaction
from tests.factories import make_unit, saved

DAY = date(2023, 5, 9)
NOON = datetime(2023, 5, 9, 12, 3)
HEAD = "卡号,终端号,终端流水号,时间,金额"
numbers = itertools.count(1)


def canteen(code: str = "urban") -> Canteen:
    """One of the two that the reference data holds: urban or harbour."""
    return db.session.scalars(select(Canteen).where(Canteen.code == code)).one()


def make_diner(**values: Any) -> Diner:
    number = next(numbers)
    usual = {"number": f"N{number:04}", "name": f"就餐人员{number:04}", "card": f"7{number:06}"}
    return saved(Diner(**{**usual, "unit_id": values.pop("unit_id", None) or make_unit().id, **values}))


def make_meal(diner: Diner | None = None, at: datetime = NOON, **values: Any) -> Meal:
    usual = {"canteen_id": canteen().id, "sitting_id": lunch().id, "amount": Decimal(5)}
    return saved(Meal(**{**usual, "diner_id": (diner or make_diner()).id, "day": at.date(), "at": at, **values}))


def make_grant(diner: Diner, first: date = date(2023, 1, 1), last: date = date(2023, 12, 31)) -> SubsidyGrant:
    at = datetime(2023, 1, 1, 9)
    row = SubsidyGrant(diner_id=diner.id, canteen_id=canteen().id, from_on=first, to_on=last)
    row.granted_at, row.granted_by = at, "测试员"
    return saved(row)


def make_terminal(code: str = "C01", in_canteen: str = "urban") -> Terminal:
    return saved(Terminal(code=code, canteen_id=canteen(in_canteen).id))


def make_opening_day(day: date = DAY, in_canteen: str = "urban") -> OpeningDay:
    return saved(OpeningDay(day=day, canteen_id=canteen(in_canteen).id))


def lunch() -> Sitting:
    return db.session.scalars(select(Sitting).where(Sitting.code == "lunch")).one()


def serve_all_day() -> None:
    """Lunch is on whatever the clock says while the test runs."""
    with transaction():
        lunch().starts, lunch().ends = time.min, time.max
        audit.record("test.arranged", "sitting", system("test"))


def serve_at_midnight_only() -> None:
    """No sitting is on, whatever the clock says while the test runs."""
    with transaction():
        for sitting in db.session.scalars(select(Sitting)):
            sitting.starts, sitting.ends = time.min, time(0, 0, 0, 1)
        audit.record("test.arranged", "sitting", system("test"))


def upload(text: str | bytes, name: str = "swipes.csv") -> FileStorage:
    content = text.encode() if isinstance(text, str) else text
    return FileStorage(io.BytesIO(content), filename=name)


def form_file(text: str | bytes, name: str = "swipes.csv") -> tuple[io.BytesIO, str]:
    return io.BytesIO(text.encode() if isinstance(text, str) else text), name
