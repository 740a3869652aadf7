"""The board's page: who stands where, told apart by words; and what its dialog offers."""

import re
from datetime import date, datetime, timedelta

import pytest
from flask import Flask

from ops.core.timeslot import Slot
from ops.people.roles import Role
from ops.vehicles.board.blocks import BlockKind
from ops.vehicles.board.contributors import blocks
from ops.vehicles.board.drawing import draw
from ops.vehicles.board.queries import cars, period_of, trips
from ops.vehicles.models import Dispatch
from tests.app_fixtures import SignIn
from tests.factories import AT, make_driver, make_trip_request, make_unit, make_vehicle
from tests.vehicles.factories import make_departure, make_dispatch

ADDRESS = "/vehicles/board?day=2023-05-09"


def bar_of(text: str, dispatch: Dispatch) -> str:
    found = re.search(rf'<li class="trip-bar[^>]*data-trip="{dispatch.id}".*?</li>', text)
    assert found
    return found[0]


def test_a_trip_stands_in_its_cars_row_with_its_time_and_state(app: Flask, sign_in: SignIn) -> None:
    trip, late = make_dispatch(), make_departure(make_dispatch())
    dispatcher = sign_in(Role.DISPATCHER)
    text = dispatcher.get(ADDRESS).text
    bar = bar_of(text, trip)
    assert 'data-s="510" data-e="750"' in bar
    assert "08:30–12:30" in bar
    assert trip.driver.name in bar
    assert "已派车" in bar
    assert "超时未收车" in bar_of(text, late)
    row = text.split(f'data-row="{trip.vehicle_id}"')[1].split("board-row")[0]
    assert bar in row
    assert trip.vehicle.plate in bar_of(dispatcher.get(f"{ADDRESS}&rows=drivers").text, trip)


def test_the_mark_on_the_bar_is_the_mark_of_the_trip(app: Flask, sign_in: SignIn) -> None:
    trips_made = [make_dispatch(), make_departure(make_dispatch())]
    text = sign_in(Role.DISPATCHER).get(ADDRESS).text
    assert [f'data-seen="{each.mark}"' in bar_of(text, each) for each in trips_made] == [True, True]


def test_the_week_begins_on_its_monday_and_a_trip_over_night_reaches_into_the_next_day(
    app: Flask, sign_in: SignIn
) -> None:
    trip = make_dispatch(datetime(2023, 5, 9, 20), hours=12)
    text = sign_in(Role.DISPATCHER).get(f"{ADDRESS}&span=week").text
    assert f'data-s="{1440 + 1200}" data-e="{2 * 1440 + 480}"' in bar_of(text, trip)
    assert 'data-start="2023-05-08T00:00:00"' in text
    assert "05-09 20:00–05-10 08:00" in bar_of(text, trip)


def test_waiting_requests_stand_above_and_go_when_a_car_is_given(app: Flask, sign_in: SignIn) -> None:
    request = make_trip_request()
    dispatcher = sign_in(Role.DISPATCHER)
    assert f'data-request="{request.id}"' in dispatcher.get(ADDRESS).text
    car, driver = make_vehicle(), make_driver()
    asked = dispatcher.get(f"/vehicles/board/assignment?request={request.id}&vehicle={car.id}").text
    assert re.search(rf'<option value="{car.id}" selected>', asked)
    assert f'value="{driver.id}"' in asked
    dispatcher.post(f"/vehicles/requests/{request.id}/dispatch", data={"vehicle_id": car.id, "driver_id": driver.id})
    assert f'data-request="{request.id}"' not in dispatcher.get(ADDRESS).text


def test_a_car_that_leaves_the_register_is_blocked_from_that_day_with_the_word_for_it(
    app: Flask, sign_in: SignIn
) -> None:
    car = make_vehicle(deregistered_on=date(2023, 5, 10))
    week = period_of(date(2023, 5, 8), 7)
    [block] = [each for each in blocks(week, cars(week)) if each.vehicle_id == car.id]
    assert (block.kind, block.starts_at) == (BlockKind.OFF_REGISTER, datetime(2023, 5, 10))
    assert block.meets(Slot(AT + timedelta(days=1), AT + timedelta(days=2)))
    assert "is-off_register" in sign_in(Role.DISPATCHER).get(f"{ADDRESS}&span=week").text


def test_the_table_says_the_same(app: Flask, sign_in: SignIn) -> None:
    trip, free = make_dispatch(), make_vehicle()
    text = sign_in(Role.DISPATCHER).get(f"{ADDRESS}&as=table").text
    assert "<td" in text
    for said in (trip.vehicle.plate, trip.driver.name, free.plate, "空闲", "已派车"):
        assert said in text


def test_those_who_watch_see_the_board_and_cannot_move(app: Flask, sign_in: SignIn) -> None:
    make_dispatch()
    leader = sign_in(Role.LEADER)
    text = leader.get(ADDRESS).text
    assert "data-trip=" in text
    assert "data-may-move" not in text
    assert leader.get("/vehicles/board/assignment?request=1").status_code == 403
    assert sign_in(Role.LIAISON, unit_id=make_unit().id).get(ADDRESS).status_code == 403


def test_an_odd_address_shows_today(app: Flask, sign_in: SignIn) -> None:
    dispatcher = sign_in(Role.DISPATCHER)
    for odd in ("day=morgen", "day=9999-12-31", "span=year", "rows=bikes", "day="):
        assert dispatcher.get(f"/vehicles/board?{odd}").status_code == 200
    assert dispatcher.get("/vehicles/board/assignment?request=x").status_code == 404


def test_a_destination_cannot_smuggle_markup_into_the_board(app: Flask, sign_in: SignIn) -> None:
    trip = make_dispatch(request={"destination": '<img src=x onerror="1">'})
    assert "&lt;img" in bar_of(sign_in(Role.DISPATCHER).get(ADDRESS).text, trip)


@pytest.mark.parametrize("hours", [(5, 23), (9, 10)])
def test_the_hours_stretch_to_what_is_outside_of_them(app: Flask, hours: tuple[int, int]) -> None:
    begin, end = hours
    make_dispatch(AT.replace(hour=begin, minute=0), hours=end - begin)
    period = period_of(AT.date(), 1)
    board = draw(period, [], "vehicle_id", trips(period, AT), {}, [], AT)
    assert (board.first, board.last) == (min(begin, 7), max(end, 20))


def test_an_empty_board_leads_to_the_nearest_days_before_and_after(app: Flask, sign_in: SignIn) -> None:
    dispatcher = sign_in(Role.DISPATCHER)
    first, last = make_dispatch(AT), make_dispatch(AT + timedelta(days=20))
    between, path = AT.date() + timedelta(days=9), "/vehicles/board"
    for more in ("", "&as=table", "&rows=drivers", "&span=week"):
        text = dispatcher.get(f"{path}?day={between}{more}").text
        for trip in (first, last):
            assert f"day={trip.day}" in text, more
    after = dispatcher.get(f"{path}?day={last.day + timedelta(days=400)}").text
    assert f"day={last.day}" in after
    assert f"day={first.day}" not in after
    assert "之后最近有行程" not in after
    assert "最近有行程" not in dispatcher.get(f"{path}?day={first.day}").text
