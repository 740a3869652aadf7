"""Rooms and units as they stand on a day: area, people, what they may have, and by how much they are over."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from ..core.db import db
from ..people.models import Headcount, Staff, Unit
from ..places.models import Room, RoomClass
from . import rules
from .models import Occupancy, RoomMeasurement
from .standards import caps, formula


@dataclass(frozen=True)
class Seat:
    """Someone in a room on a day, with his cap and his share in m²."""

    occupancy: Occupancy
    cap: Decimal
    share: Decimal


@dataclass(frozen=True)
class RoomStanding:
    """An office room on a day."""

    room: Room
    area: Decimal
    seats: list[Seat]

    @property
    def cap(self) -> Decimal:
        return sum((seat.cap for seat in self.seats), rules.NONE)

    @property
    def over(self) -> Decimal:
        return rules.over_by(self.area, [seat.cap for seat in self.seats])

    @property
    def ranks(self) -> Counter[str]:
        return Counter(seat.occupancy.staff.rank for seat in self.seats)

    @property
    def units(self) -> list[str]:
        return sorted({seat.occupancy.staff.unit.name for seat in self.seats})


@dataclass
class UnitStanding:
    """A unit on a day: `area` is the sum of its people's shares, `due` the sum of their caps, each person once.

    `people` and `posts` count by rank the people on its list and the approved posts of its headcount.
    """

    unit: Unit
    area: Decimal = rules.NONE
    rooms: dict[int, RoomStanding] = field(default_factory=dict)
    people: Counter[str] = field(default_factory=Counter)
    posts: Counter[str] = field(default_factory=Counter)
    in_post: int = 0
    due: Decimal = rules.NONE
    approved: rules.Approved | None = None

    @property
    def over(self) -> Decimal:
        return max(rules.NONE, self.area - self.due)

    @property
    def posts_total(self) -> int:
        return self.posts.total()


def in_force(day: date) -> ColumnElement[bool]:
    """Seats held on the day by people who are still in service."""
    held = and_(Occupancy.from_on <= day, or_(Occupancy.to_on.is_(None), Occupancy.to_on > day))
    return and_(held, or_(Staff.left_on.is_(None), Staff.left_on > day))


def measured(day: date) -> Select[int, date]:
    """For each room the day from which its area on `day` holds."""
    latest = select(RoomMeasurement.room_id, func.max(RoomMeasurement.from_on).label("from_on"))
    return latest.where(RoomMeasurement.from_on <= day).group_by(RoomMeasurement.room_id)


def office_rooms(day: date, room_ids: Iterable[int] | None = None) -> list[RoomStanding]:
    """Office rooms as of the day, occupied or idle; by building and number."""
    latest = measured(day).subquery()
    same = and_(latest.c.room_id == RoomMeasurement.room_id, latest.c.from_on == RoomMeasurement.from_on)
    found = select(RoomMeasurement).join(latest, same).join(Room, Room.id == RoomMeasurement.room_id)
    found = found.where(RoomMeasurement.room_class == RoomClass.OFFICE)
    if room_ids is not None:
        found = found.where(RoomMeasurement.room_id.in_(room_ids))
    rows = db.session.scalars(
        found.options(joinedload(RoomMeasurement.room).joinedload(Room.building)).order_by(
            Room.building_id, Room.number
        )
    )
    allowed, sitting = caps(day), _sitting(day)
    return [_standing(row, sitting.get(row.room_id, []), allowed) for row in rows]


def rooms_over(day: date) -> list[RoomStanding]:
    return [room for room in office_rooms(day) if room.over]


def units(day: date, only: int | None = None) -> list[UnitStanding]:
    """Every unit with people or posts as of the day, or the one that is asked for."""
    wanted = select(Unit).order_by(Unit.code)
    found = {
        unit.id: UnitStanding(unit)
        for unit in db.session.scalars(wanted if only is None else wanted.where(Unit.id == only))
    }
    for room in office_rooms(day):
        for seat in room.seats:
            if standing := found.get(seat.occupancy.staff.unit_id):
                standing.area += seat.share
                standing.rooms[room.room.id] = room
    _count_people(found, day)
    return [each for each in found.values() if each.people or each.posts or only is not None]


def units_over(day: date) -> list[UnitStanding]:
    return [unit for unit in units(day) if unit.over]


def headcounts(unit_ids: Iterable[int], day: date) -> Sequence[Headcount]:
    """The rows of the headcount in force on the day, one for each unit and rank."""
    mine = Headcount.unit_id.in_(list(unit_ids)), Headcount.from_on <= day
    latest = select(Headcount.unit_id, Headcount.rank, func.max(Headcount.from_on).label("from_on"))
    last = latest.where(*mine).group_by(Headcount.unit_id, Headcount.rank).subquery()
    same = and_(*(last.c[name] == getattr(Headcount, name) for name in ("unit_id", "rank", "from_on")))
    return db.session.scalars(select(Headcount).join(last, same)).all()


def _sitting(day: date) -> dict[int, list[Occupancy]]:
    found: dict[int, list[Occupancy]] = defaultdict(list)
    seats = select(Occupancy).join(Staff, Staff.id == Occupancy.staff_id).where(in_force(day))
    people = joinedload(Occupancy.staff).joinedload(Staff.unit)
    for row in db.session.scalars(seats.options(people).order_by(Occupancy.from_on, Occupancy.id)):
        found[row.room_id].append(row)
    return found


def _standing(row: RoomMeasurement, sitting: Sequence[Occupancy], allowed: dict[str, Decimal]) -> RoomStanding:
    mine = [allowed.get(each.staff.rank, rules.NONE) for each in sitting]
    seats = zip(sitting, mine, rules.shares(row.area, mine), strict=True)
    return RoomStanding(row.room, row.area, [Seat(each, cap, share) for each, cap, share in seats])


def _count_people(found: dict[int, UnitStanding], day: date) -> None:
    allowed, numbers = caps(day), formula(day)
    here = Staff.unit_id.in_(found), Staff.joined_on <= day, or_(Staff.left_on.is_(None), Staff.left_on > day)
    counted = select(Staff.unit_id, Staff.rank, func.count()).where(*here).group_by(Staff.unit_id, Staff.rank)
    for unit_id, rank, number in db.session.execute(counted):
        found[unit_id].people[rank] = number
        found[unit_id].due += allowed.get(rank, rules.NONE) * number
    for row in headcounts(found, day):
        found[row.unit_id].posts[row.rank] = row.approved
        found[row.unit_id].in_post += row.in_post
    for each in found.values():
        if numbers and each.posts and set(each.posts) <= set(allowed):
            each.approved = rules.approved(each.posts, allowed, numbers)
