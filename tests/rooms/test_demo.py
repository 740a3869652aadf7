"""The demo years come out with the published counts."""

from datetime import date

from flask import Flask
from sqlalchemy import func, select

from ops.core.db import db, transaction
from ops.core.demo import DemoYear
from ops.core.period import Period, year
from ops.core.workcalendar import working_days
from ops.indicators.readings import read
from ops.people import demo as people
from ops.people.models import Staff
from ops.people.ranks import Rank
from ops.places.models import Room
from ops.rooms import demo, over
from ops.rooms.models import Occupancy


def make_year(of: int) -> None:
    made = DemoYear(of, working_days(year(of)))
    for part in (people, demo):
        with transaction():
            part.make(made)


def counts(of: int) -> list[int]:
    return [int(read(f"rooms.{name}", year(of)).part) for name in ("units_moved", "returns_filed", "properties_let")]


def test_2022_has_the_published_counts_and_2023_its_own(app: Flask) -> None:
    make_year(2022)
    make_year(2023)
    assert counts(2022) == [12, 59, 5]
    assert counts(2023) == [7, 57, 3]


def test_places_and_people_are_made_once(app: Flask) -> None:
    make_year(2022)
    first = [db.session.scalar(select(func.count()).select_from(model)) for model in (Room, Staff, Occupancy)]
    make_year(2023)
    assert [db.session.scalar(select(func.count()).select_from(model)) for model in (Room, Staff, Occupancy)] == first


def test_everybody_has_a_seat_and_some_rooms_are_over(app: Flask) -> None:
    make_year(2022)
    day = date(2022, 12, 31)
    rooms, units = over.office_rooms(day), over.units(day)
    assert sum(len(room.seats) for room in rooms) == sum(unit.people.total() for unit in units)
    assert len(units) == 59
    assert 0 < len(over.rooms_over(day)) < len(rooms) / 3
    assert 0 < len(over.units_over(day)) < 59
    assert read("rooms.office_area", Period(day, day)).part == sum(room.area for room in rooms)


def test_every_rank_has_someone(app: Flask) -> None:
    make_year(2022)
    assert set(db.session.scalars(select(Staff.rank).distinct())) == set(Rank)
