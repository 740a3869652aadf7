"""A car's whole day as a device reports it. Made by rule, NOT recorded: nobody drove it, no place in it is real.

The rule: the car stands in the garage, and goes on straight lines at even speed by the timetable below; a fix every
thirty seconds under way, every ten or thirty minutes at rest, where it wanders a few metres. The same call gives the
same day. The shape of each position is what Traccar 6 keeps: times in ISO 8601 with an offset, speed in knots,
distances in metres, the engine as `ignition`.

07:40 out on the first trip (20 km to the north-east), a red light on the way, parked 08:20-10:00, back at 10:40
12:10 moved without a trip: 1.2 km to the east and back
14:00 out on the second trip (51 km to the south), parked 15:00-17:00, back at 18:05
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from math import cos, hypot, radians
from typing import Any

from ops.core.clock import SITE_ZONE
from tests.vehicles.positions.traccar_server import DEVICE, HOME

DAY = date(2023, 5, 9)
UNDER_WAY, PARKED, ASLEEP = timedelta(seconds=30), timedelta(minutes=10), timedelta(minutes=30)
KNOT = 1.852
DEGREE_KM = 111.19
Position = dict[str, Any]
Place = tuple[float, float]
GARAGE, NORTH_EAST, EAST, SOUTH = (0.0, 0.0), (12.0, 16.0), (0.0, 1.2), (-51.0, 0.0)
HALF_WAY = (6.0, 8.0)


@dataclass(frozen=True)
class Leg:
    """From one place to another (km north, km east of the garage), between two times; the same place is a stay."""

    begins: datetime
    ends: datetime
    start: Place
    end: Place
    engine: bool
    every: timedelta


def at(clock: str) -> datetime:
    return datetime.combine(DAY, time.fromisoformat(clock))


def timetable() -> list[Leg]:
    rows = (
        ("00:00", GARAGE, False, ASLEEP), ("07:40", HALF_WAY, True, UNDER_WAY), ("08:00", HALF_WAY, True, UNDER_WAY),
        ("08:02", NORTH_EAST, True, UNDER_WAY), ("08:20", NORTH_EAST, False, PARKED),
        ("10:00", GARAGE, True, UNDER_WAY), ("10:40", GARAGE, False, ASLEEP), ("12:10", EAST, True, UNDER_WAY),
        ("12:14", EAST, False, PARKED), ("12:40", GARAGE, True, UNDER_WAY), ("12:44", GARAGE, False, ASLEEP),
        ("14:00", SOUTH, True, UNDER_WAY), ("15:00", SOUTH, False, PARKED), ("17:00", GARAGE, True, UNDER_WAY),
        ("18:05", GARAGE, False, ASLEEP),
    )  # fmt: skip
    starts = [at(clock) for clock, *_rest in rows]
    made, here = [], GARAGE
    for (_clock, there, engine, every), begins, ends in zip(
        rows, starts, [*starts[1:], at("00:00") + timedelta(days=1)], strict=True
    ):
        made.append(Leg(begins, ends, here, there, engine, every))
        here = there
    return made


def driven_day() -> list[Position]:
    """In order of time; the device counts the metres as it goes."""
    made, metres = [], 0.0
    for number, (moment, place, knots, engine) in enumerate(_fixes(), start=1):
        step = knots * KNOT / 3.6 * UNDER_WAY.total_seconds()
        metres += step
        made.append(_position(number, moment, place, knots, engine))
        made[-1]["attributes"] |= {"distance": round(step, 2), "totalDistance": round(metres, 2)}
    return made


def _fixes() -> Iterator[tuple[datetime, Place, float, bool]]:
    """(moment, place, knots of the way that ends there, engine)."""
    for leg in timetable():
        length = hypot(leg.end[0] - leg.start[0], leg.end[1] - leg.start[1])
        knots = length / ((leg.ends - leg.begins) / timedelta(hours=1)) / KNOT
        moment = leg.begins + leg.every if leg.begins > at("00:00") else leg.begins
        while moment <= leg.ends and moment.date() == DAY:
            share = (moment - leg.begins) / (leg.ends - leg.begins)
            place = (
                leg.start[0] + share * (leg.end[0] - leg.start[0]),
                leg.start[1] + share * (leg.end[1] - leg.start[1]),
            )
            yield moment, place if length else _wandered(place, moment), knots, leg.engine
            moment += leg.every


def _wandered(place: Place, moment: datetime) -> Place:
    """A standing device is up to four metres off."""
    step = moment.minute % 5
    return place[0] + (step - 2) * 0.002, place[1] + (2 - step) * 0.001


def _position(number: int, moment: datetime, place: Place, knots: float, engine: bool) -> Position:
    said = moment.replace(tzinfo=SITE_ZONE).astimezone(UTC)
    iso, received = (each.isoformat(timespec="milliseconds") for each in (said, said + timedelta(seconds=2)))
    return {
        "id": number, "deviceId": DEVICE["id"], "protocol": "jt808", "serverTime": received, "deviceTime": iso,
        "fixTime": iso, "outdated": False, "valid": True, "latitude": HOME[0] + place[0] / DEGREE_KM,
        "longitude": HOME[1] + place[1] / DEGREE_KM / cos(radians(HOME[0])), "altitude": 3.0, "speed": knots,
        "course": 0.0, "address": None, "accuracy": 0.0, "network": None, "geofenceIds": None,
        "attributes": {"ignition": engine, "motion": knots > 0, "sat": 14, "rssi": 4},
    }  # fmt: skip
