"""Whether something stands in the way of a car or a driver at a time: what lapsed, sealing, a repair, a reservation."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _l
from sqlalchemy import Date, Integer, Select, bindparam, or_, select

from ..core import clock
from ..core.access import Actor
from ..core.db import db
from ..core.errors import Rejected
from ..core.timeslot import ASKED, Slot
from .board import reservation_queries as reservations
from .board.rules import said
from .costs import repair_queries as repairs
from .costs.repair_models import RepairJob
from .obligations import queries as obligations
from .obligations import service as obligation_service
from .obligations.models import OBLIGATION_LABELS, Obligation, ObligationKind
from .sealing import queries as sealing


class Override(NamedTuple):
    """What a dispatcher says to go beyond a limit for drivers, or to use what has something lapsed, as it was typed."""

    limits_reason: str = ""
    leave_by: str = ""
    leave_reason: str = ""


@dataclass(frozen=True)
class Obstacle:
    """What stands in the way, of which car or driver; `owed`: somebody by name may allow the trip all the same."""

    vehicle_id: int | None
    driver_id: int | None
    why: object
    owed: Obligation | None = None


def obstacles(slot: Slot, vehicle_id: int | None = None, driver_id: int | None = None) -> list[Obstacle]:
    """Of one car and its driver, or of all; those that nobody can lift come first."""
    owed = obligations.in_the_way(slot, vehicle_id, driver_id)
    stands = (_sealed, _in_repair, _reserved)
    return [*(each for ask in stands for each in ask(slot, vehicle_id)), *_lapsed(owed, slot.end.date())]


def check(slot: Slot, vehicle_id: int, driver_id: int, override: Override, by: Actor) -> None:
    """Refuse, beside the car or the driver, what is not fit; what lapsed goes by the name of somebody who allows it."""
    asked = {"start": slot.start, "end": slot.end, "first": slot.start.date(), "last": slot.end.date()}
    if not db.session.scalar(_anything(), {**asked, "car": vehicle_id, "driver": driver_id}):
        return
    for each in obstacles(slot, vehicle_id, driver_id):
        if each.owed is None:
            raise Rejected(each.why, "vehicle_id" if each.vehicle_id else "driver_id")
        _let_through(each, each.owed, slot, override, by)


def check_driver(slot: Slot, driver_id: int, override: Override, by: Actor) -> None:
    """What has lapsed of one more driver of a car that was looked at with the first."""
    for each in _lapsed(obligations.in_the_way(slot, 0, driver_id), slot.end.date()):
        if each.owed:
            _let_through(each, each.owed, slot, override, by)


@cache
def _anything() -> Select[bool]:
    """Whether it is worth a closer look, in one question: mostly nothing stands in the way. Put together once."""
    first, last = bindparam("first", type_=Date), bindparam("last", type_=Date)
    car, driver = bindparam("car", type_=Integer), bindparam("driver", type_=Integer)
    looked_for: tuple[Select[Any], ...] = (
        sealing.rows_in_the_way(ASKED, car),
        repairs.repaired().where(RepairJob.vehicle_id == car),
        reservations.rows_standing(ASKED, car),
        obligations.rows_in_the_way(ASKED, first, last, car, driver),
    )
    return select(or_(*(each.exists() for each in looked_for)))


def _let_through(obstacle: Obstacle, owed: Obligation, slot: Slot, override: Override, by: Actor) -> None:
    who, why = override.leave_by.strip(), override.leave_reason.strip()
    if not who:
        raise Rejected(obstacle.why, "leave_by")
    if not why:
        raise Rejected(_l("Say why."), "leave_reason")
    obligation_service.allow(owed, slot.start.date(), slot.end.date(), who, why, by)


def _lapsed(owed: Sequence[Obligation], day: date) -> Iterable[Obstacle]:
    for each in owed:
        facts = {"subject": each.subject, "what": OBLIGATION_LABELS[ObligationKind(each.kind)]}
        if each.due_on < day:
            why = _l("%(subject)s: %(what)s is due on %(day)s and not done. Do it, or enter who allows the trip.",
                     day=str(each.due_on), **facts)  # fmt: skip
        else:
            why = _l("%(subject)s: %(what)s is due at %(km)s km, which the dial is beyond, and not done. Do it, or "
                     "enter who allows the trip.", km=f"{each.shown_km:,}", **facts)  # fmt: skip
        yield Obstacle(each.vehicle_id, each.driver_id, why, each)


def _sealed(slot: Slot, vehicle_id: int | None) -> Iterable[Obstacle]:
    for key, plate, holiday in sealing.in_the_way(slot, vehicle_id):
        yield Obstacle(key, None, _l("%(plate)s is sealed over %(holiday)s.", plate=plate, holiday=holiday))


def _in_repair(slot: Slot, vehicle_id: int | None) -> Iterable[Obstacle]:
    for key, _since, until, workshop in repairs.in_workshop(slot, clock.now(), vehicle_id):
        why = _l(
            "It is in the workshop until %(until)s (%(workshop)s).", until=f"{until:%m-%d %H:%M}", workshop=workshop
        )
        yield Obstacle(key, None, why)


def _reserved(slot: Slot, vehicle_id: int | None) -> Iterable[Obstacle]:
    for each in reservations.standing(slot, vehicle_id):
        yield Obstacle(each.vehicle_id, None, said(each))
