"""The property section's work: rooms and their areas, who sits where, headcounts, moves, returns, lettings."""

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st
from sqlalchemy import select

from ops.core.db import db
from ops.people.models import Staff, Unit
from ops.people.ranks import Rank
from ops.places.models import Building, Campus, Room, RoomClass
from ops.rooms import papers, service
from ops.rooms.models import Letting, Occupancy, OfficeMove, RoomReturn, TenantKind
from tests.random_work.steps import BY, Deed, Draw, a_unit, arrange_units, days, ids, money, one_of, some

ranks, classes = st.sampled_from(Rank), st.sampled_from(RoomClass)


def arrange() -> None:
    arrange_units()
    campus = db.session.scalars(select(Campus.id).order_by(Campus.id)).first()
    service.add_building(campus or 0, "测试楼", BY)


def add_room(draw: Draw) -> Deed | None:
    building, number, kind = one_of(Building, draw), f"{len(ids(Room)) + 1}", draw(classes)
    area, day = money(draw, 99), draw(days)
    return lambda: service.add_room(building, Decimal(1), number, kind, area, day, BY)


def measure(draw: Draw) -> Deed | None:
    """Another area or class from a day on; the same day again corrects it."""
    if not (room := some(Room, draw)):
        return None
    kind, area, day = draw(classes), money(draw, 99), draw(days)
    return lambda: service.measure(room, kind, area, day, "", BY)


def take_on(draw: Draw) -> Deed | None:
    unit, code, rank, day = a_unit(draw), f"T{len(ids(Staff)) + 1}", draw(ranks), draw(days)
    return lambda: service.take_on(db.session.get_one(Unit, unit), code, f"工作人员{code}", rank, day, BY)


def let_go(draw: Draw) -> Deed | None:
    if not (staff := some(Staff, draw)):
        return None
    day = draw(days)
    return lambda: service.let_go(staff, day, BY)


def allot(draw: Draw) -> Deed | None:
    room, staff = some(Room, draw), some(Staff, draw)
    if not room or not staff:
        return None
    day, second = draw(days), draw(st.sampled_from(["", "兼任"]))
    return lambda: service.allot(room, staff.id, day, second, BY)


def vacate(draw: Draw) -> Deed | None:
    if not (seat := some(Occupancy, draw)):
        return None
    day = draw(days)
    return lambda: service.vacate(seat, day, BY)


def set_headcount(draw: Draw) -> Deed | None:
    unit, rank, day, posts = a_unit(draw), draw(ranks), draw(days), Decimal(draw(st.integers(0, 20)))
    return lambda: service.set_headcount(db.session.get_one(Unit, unit), rank, day, posts, posts, BY)


def record_move(draw: Draw) -> Deed | None:
    unit, day = a_unit(draw), draw(days)
    return lambda: papers.record_move(unit, day, "一号楼", "二号楼", "集中办公", "办发1号", BY)


def void_move(draw: Draw) -> Deed | None:
    move = some(OfficeMove, draw)
    return move and (lambda: papers.void_move(move, "误登", BY))


def file_return(draw: Draw) -> Deed | None:
    """One stands for each unit and year; a second is refused by the database."""
    unit, of, day = a_unit(draw), draw(st.integers(2021, 2023)), draw(days)
    return lambda: papers.file_return(unit, Decimal(of), day, "", BY)


def void_return(draw: Draw) -> Deed | None:
    filed = some(RoomReturn, draw)
    return filed and (lambda: papers.void_return(filed, "重复", BY))


def let(draw: Draw) -> Deed | None:
    name, span, rent = draw(st.sampled_from(["房产01", "房产02"])), sorted((draw(days), draw(days))), money(draw)
    return lambda: papers.let(
        name, date(2022, 1, 1), Decimal(1000000), TenantKind.ENTERPRISE, "承租方01", span[0], span[1], rent, BY
    )


def void_letting(draw: Draw) -> Deed | None:
    letting = some(Letting, draw)
    return letting and (lambda: papers.void_letting(letting, "误登", BY))


STEPS = (
    *(add_room, add_room, measure, measure, measure, take_on, let_go, allot, vacate, set_headcount),
    *(record_move, record_move, void_move, file_return, file_return, void_return, let, let, void_letting),
)
