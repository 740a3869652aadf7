"""The car and whoever drives it, held and judged alike through every door.

Of two drivers each is bound by every limit for the whole trip, whoever sits at the wheel: nobody knows before who
drives when, and no rule says that shared driving counts less. Only the way that one driver may go alone is not theirs.
"""

from collections.abc import Sequence
from typing import Any

from ..core.access import Actor
from ..core.db import hold
from ..core.timeslot import Slot
from . import fitness, queries, rules
from .crew_models import AS_BEFORE
from .fitness import Override
from .limits import queries as looked_at
from .limits import service as limits
from .limits.rules import Excess, widest
from .models import Dispatch, Driver, TripRequest, Vehicle

Crew = tuple[Vehicle, list[Driver]]


def take(vehicle_id: int, driver_id: int, second_driver_id: int | None = None) -> Crew:
    """Hold the car, then its drivers; the first comes first."""
    rules.check_two(driver_id, second_driver_id)
    wanted = [driver_id, *([second_driver_id] if second_driver_id else [])]
    cars, drivers = hold(Vehicle, vehicle_id), hold(Driver, *wanted)
    rules.check_known(cars, drivers, wanted)
    return cars[0], sorted(drivers, key=lambda each: wanted.index(each.id))


def take_of(dispatch: Dispatch) -> Crew:
    """Those of a trip, which is held."""
    return take(dispatch.vehicle_id, dispatch.driver_id, dispatch.second_driver_id)


def second_of(dispatch: Dispatch, driver_id: int, wanted: int | None) -> int | None:
    """Who is the second when the trip is given anew; a second who becomes the first leaves the seat to the other."""
    if wanted != AS_BEFORE:
        return wanted
    return dispatch.driver_id if driver_id == dispatch.second_driver_id else dispatch.second_driver_id


def check(
    crew: Crew, slot: Slot, aboard: Sequence[TripRequest], override: Override, by: Actor, besides: int | None = None,
    field: str | None = None, as_driven: bool = False,
) -> list[Excess]:  # fmt: skip
    """Refuse what is not fit or not free in the slot; says which limits for drivers are passed, with the reason given.

    The crew is held. `besides`: the trip that is given this time; `field`: where a refusal of its time is to stand.
    `as_driven`: it was driven already; what it passes of the limits for drivers is only said.
    """
    vehicle, drivers = crew
    ids = [each.id for each in drivers]
    rules.check_assignable(vehicle, drivers, sum(each.people for each in aboard), slot)
    held = queries.busy(looked_at.around(slot), vehicle.id, *ids, besides=besides)
    rules.check_free(slot, held, vehicle, drivers, field)
    fitness.check(slot, vehicle.id, ids[0], override, by)
    found: list[Excess] = []
    for seat, driver in zip(rules.SEATS, drivers, strict=False):
        if seat != rules.SEATS[0]:
            fitness.check_driver(slot, driver.id, override, by)
        alone = aboard if len(drivers) == 1 else ()
        found += limits.check(
            slot, driver, _trips_of(driver, held), override.limits_reason, alone, field or seat, as_driven
        )
    return widest(found)


def _trips_of(driver: Driver, held: Sequence[Any]) -> list[Slot]:
    """Out of the trips that the car or the crew have around the time."""
    return [Slot(each.starts_at, each.ends_at) for each in held if driver.id in (each.driver_id, each.second_driver_id)]
