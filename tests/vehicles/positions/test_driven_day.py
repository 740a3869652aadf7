"""A whole driven day comes in over real HTTP as Traccar forwards it; what is kept and told equals a recount of the day.

The recount knows nothing of the product's rules: it goes by the day's own timetable and by a distance of its own.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from math import acos, cos, radians, sin
from random import Random
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from ops.core.access import Actor
from ops.core.audit import AuditEntry
from ops.core.clock import SITE_ZONE
from ops.core.db import db, transaction
from ops.people import tokens
from ops.people.roles import Role
from ops.vehicles import service as trips
from ops.vehicles.models import Dispatch
from ops.vehicles.positions import server_service
from ops.vehicles.positions import service as positions
from ops.vehicles.positions.models import Alarm, Position
from tests.app_fixtures import SignIn
from tests.factories import make_user, make_vehicle
from tests.server import serving
from tests.vehicles.factories import make_departure, make_dispatch
from tests.vehicles.positions import traccar_server
from tests.vehicles.positions.driven_day import DAY, at, driven_day
from tests.vehicles.positions.forwarder import Forwarder, in_milliseconds

Raw = dict[str, Any]
CENTRE, RADIUS_KM = (39.27, 118.46), 45  # the first values of the limits
LOST = (at("14:10"), at("15:10"))


@pytest.fixture
def car(app: Flask, by: Actor) -> int:
    """It carries the device of the day."""
    made = make_vehicle()
    with transaction():
        positions.bind(made.id, str(traccar_server.DEVICE["uniqueId"]), DAY, by)
    return made.id


@pytest.fixture
def two_trips(car: int, by: Actor) -> list[Dispatch]:
    """The dial of the first moved 56 km where 40 were driven; the second was due an hour before it came back."""
    made = []
    for begins, hours, back, start, end in (("07:40", 3.25, "10:42", 1000, 1056), ("14:00", 3, "18:06", 1058, 1162)):
        trip = make_departure(make_dispatch(at(begins), hours, vehicle_id=car), odometer=start)
        with transaction():
            trips.take_back(trip, at(back), end, by)
        made.append(trip)
    return made


def wall(raw: Raw) -> datetime:
    return datetime.fromisoformat(raw["fixTime"]).astimezone(SITE_ZONE).replace(tzinfo=None)


def km_between(one: tuple[float, float], other: tuple[float, float]) -> float:
    """By the law of cosines on the sphere."""
    (north, east), (north_too, east_too) = [tuple(map(radians, each)) for each in (one, other)]
    along = sin(north) * sin(north_too) + cos(north) * cos(north_too) * cos(east_too - east)
    return 6371.0 * acos(min(1.0, along))


def place(raw: Raw) -> tuple[float, float]:
    return raw["latitude"], raw["longitude"]


def rounded(value: float, places: str) -> str:
    return str(Decimal(repr(value)).quantize(Decimal(places), ROUND_HALF_UP))


def kept_of(day: list[Raw]) -> set[tuple[Any, ...]]:
    """What must stand in the table: each fix once, in our time and units."""
    return {
        (wall(raw), rounded(raw["latitude"], "0.000001"), rounded(raw["longitude"], "0.000001"),
         rounded(raw["speed"] * 1.852, "0.1"), int(raw["attributes"]["totalDistance"]))
        for raw in day
    }  # fmt: skip


def in_table(source: str = "%") -> set[tuple[Any, ...]]:
    db.session.rollback()
    rows = select(Position).where(Position.source.like(source))
    return {
        (row.fixed_at, str(row.latitude), str(row.longitude), str(row.speed), row.metres)
        for row in db.session.scalars(rows)
    }


def told_of(day: list[Raw], first: Dispatch, second: Dispatch) -> dict[tuple[str, int | None], tuple[Any, ...]]:
    """(kind, trip) → (from, until, extent), by the timetable; 51 km out is beyond the area of 45."""
    outside = [raw for raw in day if km_between(CENTRE, place(raw)) > RADIUS_KM]
    farthest = round(max(km_between(CENTRE, place(raw)) for raw in outside))
    return {
        ("movement", None): (at("12:10"), at("12:14"), 1200),
        ("area", second.id): (wall(outside[0]), wall(outside[-1]), farthest),
        ("late", second.id): (at("17:00"), at("18:06"), 66),
        ("dial", first.id): (at("07:40"), at("10:42"), 56 - 40),
    }


@pytest.fixture
def server(app: Flask, by: Actor) -> Iterator[tuple[str, str]]:
    """(where positions are pushed, the line of `forward.header`)."""
    user = make_user(Role.POSITIONING)
    with transaction():
        _row, secret = tokens.make_token(user.id, "定位服务器", None, by)
    with serving(app.config["SQLALCHEMY_DATABASE_URI"]) as url:
        yield f"{url}/api/vehicles/positions", f"Authorization: Bearer {secret}"


def replay(forwarder: Forwarder, day: list[Raw], written: Callable[[Raw], Raw]) -> None:
    """The morning as it happens; no signal on the way back, then all of it in a burst and out of order; the rest.

    The hour that gets lost is not handed over at all.
    """
    burst = [raw for raw in day if at("10:00") < wall(raw) <= at("10:40")]
    rest = [raw for raw in day if wall(raw) > at("10:40") and not LOST[0] <= wall(raw) < LOST[1]]
    forwarder.forward(map(written, (raw for raw in day if wall(raw) <= at("10:00"))))
    Random(7).shuffle(burst)
    forwarder.forward(map(written, burst), at_once=16)
    forwarder.forward(map(written, rest))


@pytest.mark.parametrize("written", [dict, in_milliseconds], ids=["iso", "milliseconds"])
def test_a_driven_day_is_kept_once_and_told_as_the_timetable_has_it(
    car: int, two_trips: list[Dispatch], server: tuple[str, str], by: Actor, sign_in: SignIn, written: Any
) -> None:
    """Pushed with lost answers, a burst and no order; an hour is lost, and the poll of the night fills it."""
    day = driven_day()
    missing = [raw for raw in day if LOST[0] <= wall(raw) < LOST[1]]
    forwarder = Forwarder(*server, lose=lambda raw: round(raw["attributes"]["totalDistance"]) % 29 == 0)
    replay(forwarder, day, written)
    delivered = [raw for raw in day if raw not in missing]
    assert forwarder.given_up == forwarder.pending == 0
    assert forwarder.tries > len(delivered), "some answers were lost, and the position was sent again"
    assert in_table() == kept_of(delivered)
    taken, repeated = (sum(each[name] for each in forwarder.answers) for name in ("taken", "repeated"))
    assert len(forwarder.answers) == taken + repeated == len(delivered)
    assert 0 < repeated <= forwarder.tries - len(delivered)
    first, second = two_trips
    with traccar_server.serving(day) as address:
        with transaction():
            server_service.set_server(address, traccar_server.TOKEN, by)
        server_service.fill_and_judge(DAY)
        server_service.fill_and_judge(DAY)
    assert in_table() == kept_of(day)
    assert in_table("poll:%") == kept_of(missing)
    assert db.session.scalar(select(func.count()).select_from(Position)) == len(day), "none twice"
    noted = select(AuditEntry.changes).filter_by(action="vehicles.positions.filled").order_by(AuditEntry.id)
    assert [f'"taken": {len(missing)}' in changes for changes in db.session.scalars(noted)] == [True, False]
    found = {(row.kind, row.dispatch_id): row for row in db.session.scalars(select(Alarm))}
    expected = told_of(day, first, second)
    assert set(found) == set(expected)
    for key, (begins, until, extent) in expected.items():
        assert (found[key].at, found[key].until) == (begins, until), key
        assert found[key].value == pytest.approx(extent, abs=2), key
    assert f"· {driven_km(day)} 公里" in sign_in(Role.FLEET_HEAD).get(f"/vehicles/positions/cars/{car}?day={DAY}").text


def driven_km(day: list[Raw]) -> str:
    """What was driven between rests: the sum of the ways by the timetable, as the device counts it too."""
    ways = (20, 20, 1.2, 1.2, 51, 51)
    counted = day[-1]["attributes"]["totalDistance"] / 1000
    assert counted == pytest.approx(sum(ways), abs=0.01)
    steps = [km_between(place(one), place(other)) for one, other in pairwise(day)]
    assert sum(step for step in steps if step > 0.1) == pytest.approx(counted, abs=0.1)
    return rounded(sum(ways), "0.1")


@pytest.mark.pure
def test_the_driven_day_is_a_whole_day_in_the_shape_that_the_server_keeps() -> None:
    """From midnight to midnight, first move to garage; the same each time."""
    day = driven_day()
    assert day == driven_day()
    assert wall(day[0]) == at("00:00")
    assert [datetime.fromisoformat(raw["fixTime"]).utcoffset() for raw in day] == [timedelta(0)] * len(day)
    assert sorted(map(wall, day)) == [wall(raw) for raw in day]
    moving = [raw for raw in day if raw["speed"] > 0]
    assert (wall(moving[0]), wall(moving[-1])) == (at("07:40:30"), at("18:05"))
    assert {raw["attributes"]["ignition"] for raw in day} == {True, False}
    red_light = [raw for raw in day if raw["attributes"]["ignition"] and not raw["attributes"]["motion"]]
    assert {wall(raw) for raw in red_light} == {at("08:00:30") + n * timedelta(seconds=30) for n in range(4)}
    stamp = in_milliseconds(day[0])["fixTime"]
    assert datetime.fromtimestamp(stamp / 1000, UTC) == datetime.fromisoformat(day[0]["fixTime"])
