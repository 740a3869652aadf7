"""Demo: buildings, rooms and people once; moves, returns and lettings for each year. All by number, marked as demo."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import count, islice
from random import Random
from typing import Any

from sqlalchemy import insert, select

from ..core import audit
from ..core.db import Base, db
from ..core.demo import DemoYear
from ..indicators.stale import touch
from ..people.models import Headcount, Staff, Unit, UnitKind
from ..people.ranks import Rank
from ..places.models import Building, Campus, Room, RoomClass
from .models import Letting, Occupancy, OfficeMove, Property, RoomMeasurement, RoomReturn, TenantKind

SINCE = date(2021, 1, 4)
MARK = "（演示）"
# building, campus, units that sit there
PLACES = (
    ("政府大院", "主城区", 20), ("置业大厦", "主城区", 18), ("人大政协楼", "主城区", 8),
    ("信访局大院", "主城区", 5), ("临港商务区办公楼", "临港商务区", 8),
)  # fmt: skip
ROOMS_ON_A_FLOOR = 24
IDLE_ROOMS = 6
SINGLE = {  # areas in m² of rooms for one; the larger ones are over the standard
    Rank.COUNTY_HEAD: ("28.60", "29.80"), Rank.COUNTY_DEPUTY: ("22.40", "23.60", "25.20"),
    Rank.SECTION_HEAD: ("16.80", "17.50", "17.90", "18.00", "19.60"),
    Rank.SECTION_DEPUTY: ("11.20", "11.80", "12.00", "12.00", "13.40"),
}  # fmt: skip
SHARED = ("16.80", "17.60", "24.20", "25.90", "26.60", "28.40")
# published for 2022: 12 units moved, 59 returns, 5 properties let; the other years are made up
MOVED, FILED, LET = {2022: 12}, {2022: 59}, {2022: (1, 2, 3, 4, 5)}
GROUNDS = ("机构改革后集中办公", "办公用房调剂", "腾退闲置用房", "原址维修")


@dataclass
class Plan:
    """Rows to be inserted; a seat names its person and room by their place in the lists."""

    rooms: list[dict[str, Any]] = field(default_factory=list)
    staff: list[dict[str, Any]] = field(default_factory=list)
    posts: list[dict[str, Any]] = field(default_factory=list)
    seats: list[tuple[int, int]] = field(default_factory=list)

    def room(self, building_id: int, number: int, area: str, room_class: RoomClass = RoomClass.OFFICE) -> int:
        floor, at = divmod(number, ROOMS_ON_A_FLOOR)
        self.rooms.append(
            {"building_id": building_id, "floor": floor + 1, "number": f"{floor + 1}{at + 1:02}",
             "room_class": room_class, "area": Decimal(area)}
        )  # fmt: skip
        return len(self.rooms) - 1

    def person(self, unit: Unit, rank: Rank) -> int:
        number = len(self.staff) + 1
        self.staff.append(
            {
                "code": f"YS{number:04}",
                "name": f"工作人员{number:04}{MARK}",
                "unit_id": unit.id,
                "rank": rank,
                "joined_on": SINCE,
            }
        )
        return number - 1


def make(demo: DemoYear) -> None:
    """Places and people are the same for every demo year and made once."""
    organs = list(db.session.scalars(select(Unit).where(Unit.demo, Unit.kind == UnitKind.ORGAN).order_by(Unit.code)))
    if db.session.scalar(select(RoomMeasurement.id).limit(1)) is None:
        _house(organs, demo)
    _file(organs, demo)


def _house(organs: Sequence[Unit], demo: DemoYear) -> None:
    """Buildings, rooms, people, their posts and seats."""
    chance, plan, waiting = Random("rooms"), Plan(), iter(organs)
    for building_id, units in _buildings():
        numbers = count()
        for unit in islice(waiting, units):
            _settle(unit, building_id, numbers, plan, chance)
        for _n in range(IDLE_ROOMS):
            plan.room(building_id, next(numbers), "24.00")
        for area, room_class in (
            ("60.00", RoomClass.SERVICE),
            ("36.00", RoomClass.SERVICE),
            ("45.00", RoomClass.PLANT),
        ):
            plan.room(building_id, next(numbers), area, room_class)
    _write(plan, demo)
    audit.record("rooms.demo.housed", "room", demo.by, rooms=len(plan.rooms), staff=len(plan.staff))


def _buildings() -> Iterator[tuple[int, int]]:
    campuses = {name: key for key, name in db.session.execute(select(Campus.id, Campus.name))}
    for name, campus, units in PLACES:
        building = db.session.scalar(select(Building).where(Building.name == name + MARK))
        if building is None:
            building = Building(name=name + MARK, campus_id=campuses[campus])
            db.session.add(building)
            db.session.flush()
        yield building.id, units


def _settle(unit: Unit, building_id: int, numbers: Iterator[int], plan: Plan, chance: Random) -> None:
    """A unit's people: leaders in rooms of their own, the others two or three to a room."""
    county = unit.code in ("O001", "O002", "O003", "O004")
    posts = {
        Rank.COUNTY_HEAD: int(county), Rank.COUNTY_DEPUTY: 3 if county else 0, Rank.SECTION_HEAD: 1,
        Rank.SECTION_DEPUTY: chance.choice((2, 2, 3)), Rank.STAFF: chance.randint(6, 9),
    }  # fmt: skip
    for rank, number in posts.items():
        vacant = chance.choice((0, 0, 1)) if rank is Rank.STAFF else 0
        plan.posts.append(
            {"unit_id": unit.id, "rank": rank, "from_on": SINCE, "approved": number + vacant, "in_post": number}
        )
        if rank is not Rank.STAFF:
            for _n in range(number):
                plan.seats.append(
                    (plan.person(unit, rank), plan.room(building_id, next(numbers), chance.choice(SINGLE[rank])))
                )
    people = [plan.person(unit, Rank.STAFF) for _n in range(posts[Rank.STAFF])]
    while people:
        area = chance.choice(SHARED)
        here, people = people[: 3 if Decimal(area) > 18 else 2], people[3 if Decimal(area) > 18 else 2 :]
        room = plan.room(building_id, next(numbers), area if len(here) > 1 else "9.00")
        plan.seats += [(person, room) for person in here]


def _write(plan: Plan, demo: DemoYear) -> None:
    rooms, staff = _insert(Room, plan.rooms), _insert(Staff, plan.staff)
    db.session.execute(insert(Headcount), plan.posts)
    by = demo.by.name
    db.session.execute(
        insert(RoomMeasurement),
        [
            {"room_id": key, "from_on": SINCE, "room_class": row["room_class"], "area": row["area"],
             "note": f"实测{MARK}", "by": by}
            for key, row in zip(rooms, plan.rooms, strict=True)
        ],
    )  # fmt: skip
    seats = [
        {"staff_id": staff[person], "room_id": rooms[room], "from_on": SINCE, "allotted_by": by}
        for person, room in plan.seats
    ]
    db.session.execute(insert(Occupancy), seats)
    touch(RoomMeasurement, [SINCE])


def _insert(model: type[Base], rows: list[dict[str, Any]]) -> list[int]:
    """Insert in bulk; the new ids in the order of the rows."""
    key = model.__mapper__.primary_key[0]
    return list(db.session.scalars(insert(model).returning(key, sort_by_parameter_order=True), rows))


def _file(organs: Sequence[Unit], demo: DemoYear) -> None:
    """The year's papers."""
    if not organs:
        return
    chance = demo.chance("rooms")
    moves, returns, lettings = _moves(organs, demo, chance), _returns(organs, demo, chance), _lettings(demo, chance)
    for model, rows, day in (
        (OfficeMove, moves, "moved_on"),
        (RoomReturn, returns, "filed_on"),
        (Letting, lettings, "from_on"),
    ):
        if rows:
            db.session.execute(insert(model), rows)
            touch(model, {row[day] for row in rows})
    audit.record(
        "rooms.demo.filed", "office_move", demo.by, moves=len(moves), returns=len(returns), lettings=len(lettings)
    )


def _moves(organs: Sequence[Unit], demo: DemoYear, chance: Random) -> list[dict[str, Any]]:
    """So many different units; the first of them moves twice, out and back."""
    units = chance.sample(organs, min(len(organs), MOVED.get(demo.year, 7)))
    names = [name + MARK for name, _campus, _units in PLACES]
    moves = []
    for at, unit in enumerate([*units, units[0]]):
        start, end = chance.sample(names, 2)
        moves.append(
            {"unit_id": unit.id, "moved_on": chance.choice(demo.working_days), "from_place": start, "to_place": end,
             "ground": chance.choice(GROUNDS), "paper": f"演示办发〔{demo.year}〕{at + 1}号",
             "recorded_by": demo.by.name}
        )  # fmt: skip
    return moves


def _returns(organs: Sequence[Unit], demo: DemoYear, chance: Random) -> list[dict[str, Any]]:
    """The year's statistics come in from July to the middle of August."""
    days = [day for day in demo.working_days if date(demo.year, 7, 1) <= day <= date(demo.year, 8, 15)]
    return [
        {"unit_id": unit.id, "year": demo.year, "filed_on": chance.choice(days),
         "paper": f"演示统〔{demo.year}〕{at + 1}号", "recorded_by": demo.by.name}
        for at, unit in enumerate(organs[: FILED.get(demo.year, 57)])
    ]  # fmt: skip


def _lettings(demo: DemoYear, chance: Random) -> list[dict[str, Any]]:
    """Properties let for a year each; rent is about a twentieth of the appraised value."""
    rows = []
    for number in LET.get(demo.year, (1, 3, 6)):
        name = f"出租房产{number:02}{MARK}"
        found = db.session.scalar(select(Property).where(Property.name == name)) or Property(name=name)
        db.session.add(found)
        db.session.flush()
        from_on = date(demo.year, number, 10)
        value = Decimal(chance.randint(60, 400) * 10_000)
        rows.append(
            {"property_id": found.id, "appraised_on": from_on - timedelta(days=40), "appraised_value": value,
             "tenant_kind": TenantKind.ENTERPRISE, "tenant_number": f"承租方{number:02}", "from_on": from_on,
             "to_on": from_on.replace(year=demo.year + 1), "rent": value / 20, "recorded_by": demo.by.name}
        )  # fmt: skip
    return rows
