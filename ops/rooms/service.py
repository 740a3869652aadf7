"""The verbs of rooms: build, measure, allot, vacate; and of units: set a headcount, take someone on."""

from datetime import date
from decimal import Decimal

from ..core import audit, clock
from ..core.access import Actor
from ..core.db import db, hold
from ..people.models import Headcount, Staff, Unit
from ..places.models import Building, Room
from . import queries, rules
from .models import Occupancy, RoomMeasurement


def add_building(campus_id: int, name: str, by: Actor) -> Building:
    building = Building(campus_id=campus_id, name=name)
    db.session.add(building)
    audit.record("rooms.building.added", building, by)
    return building


def add_room(
    building_id: int, floor: Decimal, number: str, room_class: str, area: Decimal, from_on: date, by: Actor
) -> Room:
    """A new room with its first measured area, in m²."""
    rules.check_measurement(None, from_on, clock.today())
    room = Room(building_id=building_id, floor=int(floor), number=number, room_class=room_class, area=area)
    db.session.add(room)
    db.session.flush()
    row = RoomMeasurement(room_id=room.id, from_on=from_on, room_class=room_class, area=area, note="", by=by.name)
    db.session.add(row)
    audit.record("rooms.room.added", room, by)
    return room


def measure(room: Room, room_class: str, area: Decimal, from_on: date, note: str, by: Actor) -> RoomMeasurement:
    """Set area and class from a day on (面积核定). The same day again corrects that day's row; the trail keeps both."""
    hold(Room, room.id)
    last = queries.latest_measurement(room.id)
    rules.check_measurement(last.from_on if last else None, from_on, clock.today())
    row = last if last and last.from_on == from_on else RoomMeasurement(room_id=room.id, from_on=from_on)
    row.room_class, row.area, row.note, row.by = room_class, area, note, by.name
    room.room_class, room.area = room_class, area
    db.session.add(row)
    audit.record("rooms.room.measured", room, by)
    return row


def allot(room: Room, staff_id: int, from_on: date, second_post: str, by: Actor) -> Occupancy:
    """Give someone a seat in the room from a day on (配置)."""
    [staff], _room = hold(Staff, staff_id), hold(Room, room.id)
    rules.check_in_service(staff.joined_on, staff.left_on, from_on)
    held = queries.seats_of(staff_id, from_on)
    others = [seat.room.label for seat in held if seat.room_id != room.id]
    rules.check_seat(others, any(seat.room_id == room.id for seat in held), second_post)
    seat = Occupancy(room_id=room.id, staff_id=staff_id, from_on=from_on, allotted_by=by.name)
    seat.second_post = second_post or None
    db.session.add(seat)
    audit.record("rooms.seat.allotted", seat, by)
    return seat


def vacate(seat: Occupancy, to_on: date, by: Actor) -> Occupancy:
    """The seat is free from the day on (腾退)."""
    hold(Occupancy, seat.id)
    rules.check_vacating(seat.from_on, seat.to_on, to_on)
    seat.to_on, seat.vacated_by = to_on, by.name
    audit.record("rooms.seat.vacated", seat, by)
    return seat


def let_go(staff: Staff, left_on: date, by: Actor) -> Staff:
    """Someone leaves the unit (transfer or retirement). The seat stays to be vacated, and no longer covers the room."""
    hold(Staff, staff.id)
    rules.check_leaving(staff.joined_on, staff.left_on, left_on)
    staff.left_on = left_on
    audit.record("rooms.staff.left", staff, by)
    return staff


def set_headcount(unit: Unit, rank: str, from_on: date, approved: Decimal, in_post: Decimal, by: Actor) -> Headcount:
    """Approved posts and people in post of a rank from a day on; the same day again corrects that row."""
    hold(Unit, unit.id)
    row = queries.headcount(unit.id, rank, from_on) or Headcount(unit_id=unit.id, rank=rank, from_on=from_on)
    row.approved, row.in_post = int(approved), int(in_post)
    db.session.add(row)
    audit.record("rooms.headcount.set", row, by)
    return row


def take_on(unit: Unit, code: str, name: str, rank: str, joined_on: date, by: Actor) -> Staff:
    """Someone joins the unit and may be given a seat."""
    staff = Staff(unit_id=unit.id, code=code, name=name, rank=rank, joined_on=joined_on)
    db.session.add(staff)
    audit.record("rooms.staff.taken_on", staff, by)
    return staff
