"""Who is free at a time and who is not, with the reason: what a dispatcher chooses from."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ..core.db import db
from ..core.forms import choices, option
from ..core.timeslot import Slot, overlapping
from . import fitness, queries, rules
from .limits.judging import judge
from .models import Dispatch, TripRequest

Named = tuple[int, str, str | None]


def cars_to_choose(request: TripRequest, slot: Slot, besides: int | None = None) -> list[Any]:
    """Select choices: free cars first, those that cannot go disabled and saying why."""
    return _free_first(named_cars(request, slot, besides))


def named_cars(request: TripRequest, slot: Slot, besides: int | None = None) -> list[Named]:
    """(id, what it is called, why it cannot go or None), free ones first."""
    taken = {each.vehicle_id: each for each in _holding(slot, besides)}
    unfit = {each.vehicle_id: str(each.why) for each in fitness.obstacles(slot) if each.vehicle_id}
    found = []
    for car in queries.cars(slot.start.date()):
        seats = _("%(seats)s seats", seats=car.seats)
        called = f"{car.plate} {car.model} {seats}"
        short = None if rules.has_seats(car, request.people) else _("too few seats")
        gone = None if rules.on_register(car, slot) else _("off the register by then")
        found.append((car.id, called, _trip(taken.get(car.id)) or short or gone or unfit.get(car.id)))
    return sorted(found, key=lambda named: named[2] is not None)


def drivers_to_choose(slot: Slot, besides: int | None = None) -> list[Any]:
    return _free_first(named_drivers(slot, besides))


def named_drivers(slot: Slot, besides: int | None = None) -> list[Named]:
    taken = {each.driver_id: each for each in _holding(slot, besides)}
    unfit = {each.driver_id: str(each.why) for each in fitness.obstacles(slot) if each.driver_id}
    found, verdict = [], judge(slot, besides)
    for each in queries.drivers(slot.end.date()):
        tired, beyond = verdict(each)
        called = _("%(called)s: %(why)s", called=each.name, why=beyond) if beyond else each.name
        found.append((each.id, called, _trip(taken.get(each.id)) or unfit.get(each.id) or tired))
    return sorted(found, key=lambda named: named[2] is not None)


def every_car(day: date) -> list[Any]:
    """Cars whatever they do, for a time that is still to be chosen."""
    return choices(
        (car.id, f"{car.plate} {car.model} {_('%(seats)s seats', seats=car.seats)}") for car in queries.cars(day)
    )


def every_driver(day: date) -> list[Any]:
    return choices((each.id, each.name) for each in queries.drivers(day))


def _holding(slot: Slot, besides: int | None) -> Sequence[Dispatch]:
    """Dispatches that hold a car and a driver somewhere in the slot."""
    held = (Dispatch.released_at.is_(None), overlapping(Dispatch.starts_at, Dispatch.ends_at, slot))
    found = select(Dispatch).options(joinedload(Dispatch.request)).where(*held, Dispatch.id != (besides or 0))
    return db.session.scalars(found).all()


def _trip(dispatch: Dispatch | None) -> str | None:
    if dispatch is None:
        return None
    when = f"{dispatch.starts_at:%m-%d %H:%M} – {dispatch.ends_at:%m-%d %H:%M}"
    return str(_("out %(when)s to %(destination)s", when=when, destination=dispatch.request.destination))


def _free_first(named: Sequence[Named]) -> list[Any]:
    return [
        option("", ""),
        *(
            option(str(key), _("%(called)s: %(why)s", called=called, why=why), disabled=True)
            if why
            else option(str(key), called)
            for key, called, why in named
        ),
    ]
