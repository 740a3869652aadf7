"""Things that tests need: `make_x(**what matters)` gives one that is otherwise usual, committed."""

import itertools
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from ops.core import audit
from ops.core.access import system
from ops.core.db import Base, db, transaction
from ops.people.models import Unit, UnitKind, User, UserRole
from ops.people.roles import Role
from ops.vehicles.models import Driver, TripRequest, Vehicle

DAY = date(2023, 5, 9)
AT = datetime(2023, 5, 9, 8, 30)
numbers = itertools.count(1)
Row = TypeVar("Row", bound=Base)


def saved(row: Row) -> Row:
    """Commit a row as the test's own doing."""
    with transaction():
        db.session.add(row)
        audit.record("test.arranged", row, system("test"))
    return row


def altered(row: Row, **values: Any) -> Row:
    """The row with other values, as the test's own doing."""
    with transaction():
        for name, value in values.items():
            setattr(row, name, value)
        audit.record("test.arranged", row, system("test"))
    return row


def make_user(*roles: Role, unit_id: int | None = None) -> User:
    number = next(numbers)
    user = User(username=f"user{number}", name=f"用户{number:02}", unit_id=unit_id)
    user.roles = [UserRole(role=role) for role in roles]
    return saved(user)


def make_unit(**values: Any) -> Unit:
    number = next(numbers)
    return saved(Unit(**{"code": f"U{number:03}", "name": f"测试单位{number:02}", "kind": UnitKind.ORGAN, **values}))


def make_vehicle(**values: Any) -> Vehicle:
    plate = f"冀B{next(numbers):05}"
    return saved(Vehicle(**{"plate": plate, "model": "轿车", "seats": 5, "registered_on": date(2020, 1, 1), **values}))


def make_driver(**values: Any) -> Driver:
    return saved(Driver(**{"name": f"司机{next(numbers):02}", **values}))


def make_trip_request(starts_at: datetime = AT, hours: float = 4, **values: Any) -> TripRequest:
    unit_id = values.pop("unit_id", None) or make_unit().id
    usual = {"purpose": "调研", "destination": "市区", "people": 2, "asked_at": starts_at, "asked_by": "联络员"}
    ends_at = starts_at + timedelta(hours=hours)
    return saved(TripRequest(**{**usual, "unit_id": unit_id, "starts_at": starts_at, "ends_at": ends_at, **values}))
