"""Rooms, people and papers for tests."""

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from ops.core.access import system
from ops.core.db import db, transaction
from ops.people.models import Staff, Unit
from ops.people.ranks import Rank
from ops.places.models import Building, Campus, Room, RoomClass
from ops.rooms import papers, service
from ops.rooms.models import Letting, Occupancy, OfficeMove, RoomReturn, TenantKind
from tests.factories import make_unit, numbers, saved

SINCE = date(2022, 1, 4)
DAY = date(2022, 6, 30)
BY = system("test")


def make_building(**values: Any) -> Building:
    campus_id = db.session.scalar(select(Campus.id).order_by(Campus.id).limit(1))
    return saved(Building(**{"name": f"测试楼{next(numbers):02}", "campus_id": campus_id, **values}))


def make_room(area: str = "18.00", room_class: str = RoomClass.OFFICE, from_on: date = SINCE, **values: Any) -> Room:
    building_id = values.get("building_id") or make_building().id
    with transaction():
        return service.add_room(
            building_id, Decimal(1), values.get("number", f"{next(numbers)}"), room_class, Decimal(area), from_on, BY
        )


def make_staff(rank: str = Rank.STAFF, **values: Any) -> Staff:
    number = next(numbers)
    unit_id = values.pop("unit_id", None) or make_unit().id
    usual = {"code": f"T{number:04}", "name": f"工作人员{number:04}", "joined_on": date(2020, 1, 2)}
    return saved(Staff(**{**usual, "unit_id": unit_id, "rank": rank, **values}))


def make_seat(room: Room, *, staff: Staff | None = None, from_on: date = SINCE, rank: str = Rank.STAFF) -> Occupancy:
    staff = staff or make_staff(rank)
    with transaction():
        return service.allot(room, staff.id, from_on, "", BY)


def make_move(unit: Unit | None = None, moved_on: date = DAY) -> OfficeMove:
    unit = unit or make_unit()
    with transaction():
        return papers.record_move(unit.id, moved_on, "一号楼", "二号楼", "集中办公", "办发1号", BY)


def make_return(unit: Unit | None = None, year: int = 2022, filed_on: date = DAY) -> RoomReturn:
    unit = unit or make_unit()
    with transaction():
        return papers.file_return(unit.id, Decimal(year), filed_on, "", BY)


def make_letting(name: str = "房产01", from_on: date = SINCE, to_on: date = date(2023, 1, 4)) -> Letting:
    with transaction():
        return papers.let(
            name, date(2021, 12, 1), Decimal("1000000.00"), TenantKind.ENTERPRISE, "承租方01", from_on, to_on,
            Decimal("50000.00"), BY,
        )  # fmt: skip
