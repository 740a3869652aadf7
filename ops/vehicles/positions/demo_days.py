"""Demo: what a device reports on the day of a trip. Straight lines at even speed; no place in it is real."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from math import cos, radians, sin
from random import Random
from typing import Any

from .models import AlarmKind
from .rules import Trip

GARAGE = (39.342, 118.46)  # eight kilometres north of the centre of the area
DEGREE_KM = 111.19
SPEED, BEND = 55, 10  # km/h, degrees to either side
STEP, AT_PLACE, ASLEEP = timedelta(minutes=4), timedelta(minutes=20), timedelta(hours=1)
NORTH, SOUTH = (0, 8), (180, 45)  # where it goes, and how much to either side: out of the area, or across it
FOLLOWED = 0.7  # the share of the way that a device without a signal has seen
MOVED_AFTER, MOVED_FOR, RESTED = timedelta(minutes=45), 5, 8
Row = dict[str, Any]
Place = tuple[float, float]  # km north, km east of the garage


@dataclass(frozen=True)
class Seen:
    """One fix: `moving`: whether the car got there under way."""

    at: datetime
    place: Place
    moving: bool = False


def fixes(trip: Trip, kind: AlarmKind, chance: Random) -> list[Seen]:
    """The whole day of the trip, from midnight to midnight, with something in it that the rule of the kind is about."""
    assert trip.departed_at
    assert trip.back_at
    begins = datetime.combine(trip.departed_at.date(), time())
    moved = trip.back_at + MOVED_AFTER
    found = [*_driven(trip, kind, chance), *(_moved(moved, chance) if kind is AlarmKind.MOVEMENT else ())]
    silent = range(1, chance.randint(5, 6)) if kind is AlarmKind.OFFLINE else range(0)
    for hour in range(24):
        at = begins + hour * ASLEEP
        away = trip.departed_at <= at <= trip.back_at or moved <= at <= moved + ASLEEP
        if not away and hour not in silent:
            found.append(Seen(at, (0.0, 0.0)))
    return sorted(found, key=lambda each: each.at)


def _driven(trip: Trip, kind: AlarmKind, chance: Random) -> Iterator[Seen]:
    """Out, at the place, and back by the same number of kilometres that the dial counted."""
    assert trip.departed_at
    assert trip.back_at
    ahead, aside = NORTH if kind is AlarmKind.AREA else SOUTH
    bearing = ahead + chance.uniform(-aside, aside)
    way = (trip.dial_km or 0) / 2 * (FOLLOWED if kind is AlarmKind.DIAL else 1)
    lasts = min(way / SPEED * timedelta(hours=1), (trip.back_at - trip.departed_at) * 0.45)
    steps = max(2, round(lasts / STEP))
    for number in range(steps + 1):
        place = _on_the_way(way, number / steps, bearing, BEND)
        yield Seen(trip.departed_at + number / steps * lasts, place, number > 0)
        yield Seen(
            trip.back_at - number / steps * lasts, _on_the_way(way, number / steps, bearing, -BEND), number < steps
        )
    at = trip.departed_at + lasts + AT_PLACE
    while at < trip.back_at - lasts:
        yield Seen(at, place)
        at += AT_PLACE


def _on_the_way(way: float, share: float, bearing: float, bend: float) -> Place:
    """The first half a little to one side, the second as much to the other: both ways end at the same place."""
    legs = ((min(share, 0.5), bearing + bend), (max(share - 0.5, 0.0), bearing - bend))
    return (
        sum(way * part * cos(radians(towards)) for part, towards in legs),
        sum(way * part * sin(radians(towards)) for part, towards in legs),
    )


def _moved(begins: datetime, chance: Random) -> Iterator[Seen]:
    """Somebody drives it off without a dispatch, and brings it back."""
    away = chance.uniform(0.3, 2.0)
    for minute in range(2 * MOVED_FOR + RESTED + 1):
        gone = min(minute, MOVED_FOR) - max(0, minute - MOVED_FOR - RESTED)
        moving = 0 < minute <= MOVED_FOR or minute > MOVED_FOR + RESTED
        yield Seen(begins + timedelta(minutes=minute), (0.0, away * gone / MOVED_FOR), moving)


def as_row(seen: Seen, vehicle_id: int, device: str, source: str) -> Row:
    north, east = seen.place
    latitude = GARAGE[0] + north / DEGREE_KM
    longitude = GARAGE[1] + east / DEGREE_KM / cos(radians(GARAGE[0]))
    at = seen.at.replace(microsecond=0)
    return {
        "vehicle_id": vehicle_id, "device": device, "fixed_at": at, "latitude": Decimal(f"{latitude:.6f}"),
        "longitude": Decimal(f"{longitude:.6f}"), "speed": Decimal(SPEED if seen.moving else 0), "metres": None,
        "valid": True, "source": source, "received_at": at + timedelta(seconds=3),
    }  # fmt: skip
