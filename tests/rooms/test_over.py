"""Rooms and units as they stand on a day."""

from datetime import date
from decimal import Decimal

from flask import Flask

from ops.core.access import Actor
from ops.core.db import transaction
from ops.people.ranks import Rank
from ops.places.models import RoomClass
from ops.rooms import over, service
from tests.factories import make_unit
from tests.rooms.factories import DAY, make_room, make_seat, make_staff


def test_a_room_is_over_by_its_area_less_the_caps_of_those_in_it(app: Flask) -> None:
    room = make_room("20.00")
    make_seat(room)
    make_seat(room)
    [found] = over.rooms_over(DAY)
    assert (found.room.id, found.cap, found.over) == (room.id, Decimal(18), Decimal("2.00"))
    assert [seat.share for seat in found.seats] == [Decimal("10.00"), Decimal("10.00")]


def test_a_room_turns_over_when_someone_leaves_and_not_before(app: Flask, by: Actor) -> None:
    room = make_room("18.00")
    make_seat(room)
    seat = make_seat(room)
    assert over.rooms_over(DAY) == []
    with transaction():
        service.vacate(seat, date(2022, 7, 1), by)
    assert over.rooms_over(DAY) == []
    assert [found.over for found in over.rooms_over(date(2022, 7, 1))] == [Decimal("9.00")]


def test_the_area_of_the_day_judges_not_the_latest(app: Flask, by: Actor) -> None:
    room = make_room("20.00")
    make_seat(room, rank=Rank.SECTION_HEAD)
    with transaction():
        service.measure(room, RoomClass.OFFICE, Decimal("17.80"), date(2022, 9, 1), "隔断改造", by)
    assert [found.over for found in over.rooms_over(date(2022, 8, 31))] == [Decimal("2.00")]
    assert over.rooms_over(date(2022, 9, 1)) == []


def test_an_idle_room_and_a_service_room_are_not_over(app: Flask) -> None:
    make_room("60.00")
    make_seat(make_room("60.00", RoomClass.SERVICE))
    assert over.rooms_over(DAY) == []


def test_a_unit_is_over_when_its_shares_exceed_what_its_people_may_have(app: Flask) -> None:
    unit = make_unit()
    head, junior = make_staff(Rank.SECTION_HEAD, unit_id=unit.id), make_staff(unit_id=unit.id)
    make_seat(make_room("20.00"), staff=head)
    make_seat(make_room("9.00"), staff=junior)
    [found] = over.units_over(DAY)
    assert (found.unit.id, found.area, found.due, found.over) == (unit.id, Decimal(29), Decimal(27), Decimal(2))


def test_a_room_shared_by_two_units_is_divided_between_them(app: Flask) -> None:
    one, other = make_unit(), make_unit()
    room = make_room("27.00")
    make_seat(room, staff=make_staff(Rank.SECTION_HEAD, unit_id=one.id))
    make_seat(room, staff=make_staff(unit_id=other.id))
    areas = {standing.unit.id: standing.area for standing in over.units(DAY)}
    assert areas == {one.id: Decimal(18), other.id: Decimal(9)}


def test_someone_who_has_left_no_longer_covers_his_room(app: Flask) -> None:
    room = make_room("18.00")
    make_seat(room)
    make_seat(room, staff=make_staff(left_on=date(2022, 5, 1)), from_on=date(2022, 1, 5))
    assert [found.over for found in over.rooms_over(DAY)] == [Decimal("9.00")]


def test_what_a_unit_may_have_by_its_posts_follows_the_headcount_of_the_day(app: Flask, by: Actor) -> None:
    unit = make_unit()
    with transaction():
        for rank, posts in ((Rank.SECTION_HEAD, 1), (Rank.SECTION_DEPUTY, 3), (Rank.STAFF, 20)):
            service.set_headcount(unit, rank, date(2022, 1, 1), Decimal(posts), Decimal(posts), by)
        service.set_headcount(unit, Rank.STAFF, date(2023, 1, 1), Decimal(10), Decimal(9), by)
    [now], [later] = over.units(DAY, unit.id), over.units(date(2023, 1, 1), unit.id)
    assert now.approved is not None
    assert (now.approved.office, now.approved.basic) == (Decimal(234), Decimal("464.34"))
    assert (later.posts_total, later.in_post) == (14, 13)
