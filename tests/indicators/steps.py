"""What a step of the random machine is, and the small deeds that many of them do."""

from collections.abc import Callable
from datetime import date
from typing import Any, Protocol

from hypothesis import strategies as st
from sqlalchemy import select

from ops.core import audit
from ops.core.access import Actor
from ops.core.db import Base, db

BY = Actor(None, "经办人", address="127.0.0.1")
FIRST, LAST = date(2022, 12, 20), date(2023, 4, 10)
days = st.dates(FIRST, LAST)
canteens = st.integers(1, 3)
Draw = Callable[[Any], Any]
Deed = Callable[[], object]


class Step(Protocol):
    def plan(self, draw: Draw) -> Deed | None: ...


def ids(model: type[Base]) -> list[int]:
    return list(db.session.scalars(select(model.__mapper__.primary_key[0])))


def recorded(action: str, row: Base) -> Base:
    db.session.add(row)
    audit.record(action, row, BY)
    return row


def changed(row: Base, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    audit.record("test.changed", row, BY)
