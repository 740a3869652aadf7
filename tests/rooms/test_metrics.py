"""Records in, reading out; the evidence adds up to it."""

from datetime import date
from decimal import Decimal

from flask import Flask

from ops.core.access import Actor
from ops.core.db import transaction
from ops.core.period import year
from ops.indicators.catalogue import metrics
from ops.indicators.evidence import foot
from ops.indicators.readings import read
from ops.indicators.rollup import refresh
from ops.indicators.verification import drifts
from ops.places.models import RoomClass
from ops.rooms import papers, service
from tests.factories import make_unit
from tests.rooms.factories import make_letting, make_move, make_return, make_room


def value_of(name: str, of: int = 2022) -> Decimal | None:
    """The reading, after its evidence has been found to add up to it and nothing to have drifted."""
    figure = read(name, year(of))
    assert foot(metrics()[name], year(of), 0).part == figure.part
    refresh()
    assert list(drifts()) == []
    return figure.value


def test_a_unit_that_moves_twice_counts_once(app: Flask) -> None:
    unit = make_unit()
    make_move(unit)
    make_move(unit, date(2022, 9, 1))
    make_move()
    make_move(moved_on=date(2023, 1, 4))
    assert value_of("rooms.units_moved") == 2


def test_a_void_move_does_not_count(app: Flask, by: Actor) -> None:
    move = make_move()
    assert value_of("rooms.units_moved") == 1
    with transaction():
        papers.void_move(move, "重复登记", by)
    assert value_of("rooms.units_moved") is None


def test_a_return_counts_on_the_day_it_is_filed(app: Flask) -> None:
    make_return(year=2021, filed_on=date(2022, 1, 5))
    make_return(year=2022, filed_on=date(2023, 1, 5))
    assert value_of("rooms.returns_filed") == 1


def test_a_void_return_does_not_count_and_can_be_filed_anew(app: Flask, by: Actor) -> None:
    unit = make_unit()
    with transaction():
        papers.void_return(make_return(unit), "数据有误", by)
    assert value_of("rooms.returns_filed") is None
    make_return(unit)
    assert value_of("rooms.returns_filed") == 1


def test_a_property_let_twice_in_a_year_counts_once(app: Flask) -> None:
    make_letting(from_on=date(2022, 1, 4), to_on=date(2022, 6, 1))
    make_letting(from_on=date(2022, 6, 1), to_on=date(2023, 6, 1))
    make_letting("房产02")
    assert value_of("rooms.properties_let") == 2
    assert value_of("rooms.properties_let", 2023) is None


def test_a_void_letting_does_not_count(app: Flask, by: Actor) -> None:
    with transaction():
        papers.void_letting(make_letting(), "未签约", by)
    assert value_of("rooms.properties_let") is None


def test_office_area_is_as_of_the_last_day(app: Flask, by: Actor) -> None:
    room = make_room("20.00")
    make_room("60.00", RoomClass.SERVICE)
    with transaction():
        service.measure(room, RoomClass.OFFICE, Decimal("18.25"), date(2023, 3, 1), "复测", by)
    assert value_of("rooms.office_area") == Decimal("20.00")
    assert value_of("rooms.office_area", 2023) == Decimal("18.25")


def test_a_room_that_becomes_a_service_room_leaves_the_office_area(app: Flask, by: Actor) -> None:
    room = make_room("20.00")
    make_room("9.00")
    with transaction():
        service.measure(room, RoomClass.SERVICE, Decimal("20.00"), date(2022, 3, 1), "改作会议室", by)
    assert value_of("rooms.office_area") == Decimal("9.00")


def test_an_area_corrected_for_the_same_day_counts_as_corrected(app: Flask, by: Actor) -> None:
    room = make_room("20.00")
    assert value_of("rooms.office_area") == Decimal("20.00")
    with transaction():
        service.measure(room, RoomClass.OFFICE, Decimal("12.05"), date(2022, 1, 4), "录入有误", by)
    assert value_of("rooms.office_area") == Decimal("12.05")
