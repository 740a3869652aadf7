"""Reads of rooms: what one may see, who sat where, what one may choose."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import abort
from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload

from ..core.access import Actor
from ..core.db import db
from ..people.models import Headcount, Staff, Unit, UnitKind
from ..places.models import Building, Campus, Room, RoomClass
from .models import Letting, LettingVoid, Occupancy, OfficeMove, Property, RoomMeasurement, RoomReturn
from .over import in_force
from .permissions import Permission


def visible_rooms(actor: Actor, day: date) -> Select[Room]:
    """A liaison sees the rooms in which the own unit's people sit today; everybody else who may, all."""
    found = select(Room)
    if actor.may(Permission.ROOM_READ):
        return found
    own = select(Occupancy.room_id).join(Staff, Staff.id == Occupancy.staff_id)
    return found.where(Room.id.in_(own.where(Staff.unit_id == actor.unit_id, in_force(day))))


def visible_room(room_id: int, actor: Actor, day: date) -> Room:
    found: Room | None = db.session.scalar(visible_rooms(actor, day).where(Room.id == room_id))
    return found if found else abort(404)


def visible_unit(unit_id: int, actor: Actor) -> Unit:
    """A liaison's own unit; for the rest any."""
    if not actor.may(Permission.ROOM_READ) and unit_id != actor.unit_id:
        abort(404)
    return db.get_or_404(Unit, unit_id)


def room_listing(actor: Actor, day: date) -> Select[Any]:
    """Rooms with building, campus and how many sit there on the day."""
    sitting = select(Occupancy.room_id, func.count().label("people")).join(Staff, Staff.id == Occupancy.staff_id)
    seats = sitting.where(in_force(day)).group_by(Occupancy.room_id).subquery()
    found = visible_rooms(actor, day).join(Building, Building.id == Room.building_id)
    found = found.join(Campus, Campus.id == Building.campus_id).outerjoin(seats, seats.c.room_id == Room.id)
    return found.add_columns(
        Building.name, Campus.name.label("campus"), func.coalesce(seats.c.people, 0).label("people")
    )


def building_listing() -> Select[Any]:
    """Buildings with campus, number of rooms, and usable area of their office rooms."""
    office = func.sum(Room.area).filter(Room.room_class == RoomClass.OFFICE)
    rooms = (
        select(Room.building_id, func.count().label("rooms"), office.label("area"))
        .group_by(Room.building_id)
        .subquery()
    )
    found = (
        select(Building)
        .join(Campus, Campus.id == Building.campus_id)
        .outerjoin(rooms, rooms.c.building_id == Building.id)
    )
    return found.add_columns(Campus.name.label("campus"), func.coalesce(rooms.c.rooms, 0).label("rooms"), rooms.c.area)


def history(room_id: int) -> Sequence[Occupancy]:
    """Everybody who sat in the room, the latest first."""
    found = select(Occupancy).where(Occupancy.room_id == room_id)
    people = joinedload(Occupancy.staff).joinedload(Staff.unit)
    return db.session.scalars(found.options(people).order_by(Occupancy.from_on.desc(), Occupancy.id.desc())).all()


def measurements(room_id: int) -> Sequence[RoomMeasurement]:
    found = select(RoomMeasurement).where(RoomMeasurement.room_id == room_id)
    return db.session.scalars(found.order_by(RoomMeasurement.from_on.desc())).all()


def latest_measurement(room_id: int) -> RoomMeasurement | None:
    found = select(RoomMeasurement).where(RoomMeasurement.room_id == room_id)
    return db.session.scalar(found.order_by(RoomMeasurement.from_on.desc()).limit(1))


def seats_of(staff_id: int, day: date) -> Sequence[Occupancy]:
    """The person's seats that are held on the day or later."""
    held = Occupancy.staff_id == staff_id, or_(Occupancy.to_on.is_(None), Occupancy.to_on > day)
    return db.session.scalars(select(Occupancy).options(joinedload(Occupancy.room)).where(*held)).all()


def to_vacate(day: date) -> Select[Occupancy]:
    """Seats still held on the day by people who have left."""
    held = or_(Occupancy.to_on.is_(None), Occupancy.to_on > day)
    return select(Occupancy).join(Staff, Staff.id == Occupancy.staff_id).where(held, Staff.left_on <= day)


def seats_to_vacate(day: date) -> Sequence[Occupancy]:
    """The same seats, the longest overdue first."""
    return db.session.scalars(to_vacate(day).order_by(Staff.left_on)).all()


def staff_choices(day: date) -> list[tuple[int, str]]:
    """People in service, by unit and number."""
    found = select(Staff.id, Staff.name, Unit.name).join(Unit).where(or_(Staff.left_on.is_(None), Staff.left_on > day))
    return [(key, f"{name}（{unit}）") for key, name, unit in db.session.execute(found.order_by(Unit.code, Staff.code))]


def staff_of(unit_id: int, day: date) -> list[tuple[Staff, Occupancy | None]]:
    """The unit's people in service on the day, each with the room he has."""
    people = select(Staff).where(
        Staff.unit_id == unit_id, Staff.joined_on <= day, or_(Staff.left_on.is_(None), Staff.left_on > day)
    )
    seats = select(Occupancy).join(Staff, Staff.id == Occupancy.staff_id).where(Staff.unit_id == unit_id, in_force(day))
    rooms = joinedload(Occupancy.room).joinedload(Room.building)
    of = {seat.staff_id: seat for seat in db.session.scalars(seats.options(rooms).order_by(Occupancy.id.desc()))}
    return [(each, of.get(each.id)) for each in db.session.scalars(people.order_by(Staff.code))]


def headcount_rows(unit_id: int) -> Sequence[Headcount]:
    found = select(Headcount).where(Headcount.unit_id == unit_id)
    return db.session.scalars(found.order_by(Headcount.from_on.desc(), Headcount.id)).all()


def headcount(unit_id: int, rank: str, from_on: date) -> Headcount | None:
    same = Headcount.unit_id == unit_id, Headcount.rank == rank, Headcount.from_on == from_on
    return db.session.scalar(select(Headcount).where(*same))


def building_choices() -> list[tuple[int, str]]:
    found = select(Building.id, Building.name).order_by(Building.name)
    return [(key, name) for key, name in db.session.execute(found)]


def campus_choices() -> list[tuple[int, str]]:
    return [(key, name) for key, name in db.session.execute(select(Campus.id, Campus.name).order_by(Campus.id))]


def unit_choices() -> list[tuple[int, str]]:
    return [(key, name) for key, name in db.session.execute(select(Unit.id, Unit.name).order_by(Unit.code))]


def property_named(name: str) -> Property | None:
    return db.session.scalar(select(Property).where(Property.name == name))


def letting_clash(property_id: int, from_on: date, to_on: date) -> tuple[date, date] | None:
    """The span of a standing letting of the property that meets [from_on, to_on)."""
    standing = Letting.property_id == property_id, Letting.from_on < to_on, Letting.to_on > from_on
    found = select(Letting.from_on, Letting.to_on).where(*standing, Letting.id.not_in(select(LettingVoid.record_id)))
    row = db.session.execute(found.order_by(Letting.from_on).limit(1)).first()
    return (row[0], row[1]) if row else None


def not_returned(year: int) -> Select[Unit]:
    """Party and government bodies whose return of the year has not been filed."""
    filed = select(RoomReturn.unit_id).where(RoomReturn.year == year, RoomReturn.voided_at.is_(None))
    return select(Unit).where(Unit.kind == UnitKind.ORGAN, Unit.id.not_in(filed))


def moves() -> Select[Any]:
    return select(OfficeMove).join(Unit).add_columns(Unit.name)


def returns() -> Select[Any]:
    return select(RoomReturn).join(Unit).add_columns(Unit.name)


def lettings() -> Select[Any]:
    return select(Letting).join(Property).add_columns(Property.name)
