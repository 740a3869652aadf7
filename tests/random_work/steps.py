"""What a step of random work is, and the small deeds that many of them do.

A step looks at what there is, draws what is open, and gives back the deed to be done in one transaction, or None when
there is nothing to do it with. The deed is tried without a reason first and then with one, on rows that were loaded
before the transaction, as a page does it.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from typing import Any, TypeVar

from hypothesis import strategies as st
from sqlalchemy import select

from ops.core import audit
from ops.core.access import Actor
from ops.core.db import Base, db
from ops.people.models import Unit

BY = Actor(None, "经办人", address="127.0.0.1")
FIRST, LAST = date(2022, 12, 20), date(2023, 4, 10)
# few days, at the edges of months and years, so that deeds meet on them
DAYS = [
    date(2022, 12, 20),
    date(2022, 12, 31),
    date(2023, 1, 1),
    date(2023, 1, 31),
    date(2023, 2, 1),
    date(2023, 4, 10),
]
calendar = {"days": st.sampled_from(DAYS)}  # a machine over other days puts its own here while it runs
days = st.none().flatmap(lambda _none: calendar["days"])
Draw = Callable[[Any], Any]
Deed = Callable[[], object]
Step = Callable[[Draw], Deed | None]
Row = TypeVar("Row", bound=Base)


def ids(model: type[Base]) -> list[int]:
    return list(db.session.scalars(select(model.__mapper__.primary_key[0])))


def some(model: type[Row], draw: Draw) -> Row | None:
    """One of the rows there are."""
    known = sorted(ids(model))
    return db.session.get_one(model, draw(st.sampled_from(known))) if known else None


def one_of(model: type[Base], draw: Draw) -> int:
    """The key of one of the rows that were arranged."""
    key: int = draw(st.sampled_from(sorted(ids(model))))
    return key


def a_unit(draw: Draw) -> int:
    return one_of(Unit, draw)


def by_mouth(at: datetime) -> dict[str, Any]:
    """Who allowed it, where the table of rules asks for an approval."""
    return {"oral_by": "值班领导", "oral_at": at}


def moment(draw: Draw, hours: Sequence[int] = (8, 14, 22)) -> datetime:
    return datetime.combine(draw(days), time(draw(st.sampled_from(hours))))


def money(draw: Draw, most: int = 9999) -> Any:
    return draw(st.decimals("0.01", most, places=2))


def recorded(action: str, row: Base) -> Base:
    db.session.add(row)
    audit.record(action, row, BY)
    return row


def changed(row: Base, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    audit.record("test.changed", row, BY)


def arrange_units() -> None:
    """Three units, one of each kind, when there are none."""
    if not ids(Unit):
        kinds = ("organ", "institution", "enterprise")
        db.session.add_all(Unit(code=f"U{n}", name=f"测试单位{n}", kind=kind) for n, kind in enumerate(kinds))
        audit.record("test.arranged", "unit", BY)
