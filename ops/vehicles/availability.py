"""Who is free at a time and who is not, with the reason: what a dispatcher chooses from, and what is suggested."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from flask_babel import gettext as _

from ..core.db import db
from ..core.forms import choices, option
from ..core.timeslot import Slot
from . import fitness, queries, rules
from .limits.judging import Verdict, judge
from .limits.queries import needs_two
from .models import Dispatch, Driver, TripRequest


class Named(NamedTuple):
    """A car or driver in the slot: what it is called and why it cannot go, or None.

    `leave`: it could, with the name of somebody who allows it. `beyond`: the limits for drivers that it would pass.
    """

    key: int
    called: str
    why: str | None
    leave: bool = False
    beyond: str = ""


@dataclass(frozen=True)
class Survey:
    """Every car and every driver judged for one slot by what assigning checks: free ones first.

    `needs_two`: the way is further than one driver goes alone, and the second takes a seat.
    """

    slot: Slot
    cars: list[Named]
    drivers: list[Named]
    needs_two: bool = False


def survey(people: int, slot: Slot, besides: int | None = None, km: int = 0, as_driven: bool = False) -> Survey:
    """`people` are to travel, `km` one way; the trip `besides` does not count. `as_driven`: it is over already."""
    joined = queries.holding(slot, besides).join(TripRequest, TripRequest.id == Dispatch.request_id)
    held = db.session.execute(joined.add_columns(TripRequest.destination)).all()
    unfit = fitness.obstacles(slot)
    of_cars = {each.vehicle_id: each for each in reversed(unfit) if each.vehicle_id}
    of_drivers = {each.driver_id: each for each in reversed(unfit) if each.driver_id}
    cars = _cars(people, slot, {each.vehicle_id: _trip(each) for each in held}, of_cars)
    driven = {key: _trip(each) for each in held for key in (each.driver_id, each.second_driver_id) if key}
    drivers = _drivers(slot, judge(slot, besides, km, as_driven), driven, of_drivers)
    return Survey(slot, _free_first(cars), _free_first(drivers), needs_two(slot.start.date(), km))


Obstacles = Mapping[int, fitness.Obstacle]


def _cars(people: int, slot: Slot, taken: Mapping[int, str], unfit: Obstacles) -> list[Named]:
    found = []
    for car in queries.cars(slot.start.date()):
        short = None if rules.has_seats(car.seats, people) else _("too few seats")
        gone = None if rules.on_register(car, slot) else _("off the register by then")
        called = f"{car.plate} {car.model} {_('%(seats)s seats', seats=car.seats)}"
        found.append(_named(car.id, called, taken.get(car.id) or short or gone, unfit.get(car.id)))
    return found


def _drivers(
    slot: Slot, verdict: Callable[[Driver], Verdict], taken: Mapping[int, str], unfit: Obstacles
) -> list[Named]:
    found = []
    for each in queries.drivers(slot.end.date()):
        tired, beyond = verdict(each)
        called = _("%(called)s: %(why)s", called=each.name, why=beyond) if beyond else each.name
        found.append(_named(each.id, called, taken.get(each.id) or tired, unfit.get(each.id), beyond))
    return found


def _named(key: int, called: str, why: str | None, unfit: fitness.Obstacle | None, beyond: str = "") -> Named:
    if why or unfit is None:
        return Named(key, called, why, beyond=beyond)
    return Named(key, called, str(unfit.why), unfit.owed is not None, beyond)


def every_car(day: date) -> list[Any]:
    """Cars whatever they do, for a time that is still to be chosen."""
    return choices(
        (car.id, f"{car.plate} {car.model} {_('%(seats)s seats', seats=car.seats)}") for car in queries.cars(day)
    )


def every_driver(day: date) -> list[Any]:
    return choices((each.id, each.name) for each in queries.drivers(day))


def _trip(held: Any) -> str:
    when = f"{held.starts_at:%m-%d %H:%M} – {held.ends_at:%m-%d %H:%M}"
    return str(_("out %(when)s to %(destination)s", when=when, destination=held.destination))


def _free_first(named: list[Named]) -> list[Named]:
    """Then those with something to say, then those that leave would let go, then the others."""
    return sorted(named, key=lambda each: (each.why is not None, each.why is not None and not each.leave, each.beyond))


def to_choose(named: Sequence[Named]) -> list[Any]:
    """Select choices; those that cannot go are disabled and say why."""
    return [
        option("", ""),
        *(
            option(str(each.key), _("%(called)s: %(why)s", called=each.called, why=each.why), disabled=not each.leave)
            if each.why
            else option(str(each.key), each.called)
            for each in named
        ),
    ]
