"""Reads of what is owed."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Date, Integer, Select, bindparam, exists, func, or_, select

from ...core.db import db
from ...core.timeslot import ASKED, Slot
from ..models import Driver, Vehicle
from ..odometer import queries as dials
from ..odometer.rules import goes_beyond
from ..register.file_models import Body, CarFile, DriverFile
from . import points_queries, rules, term_queries
from .lapsing import beyond, end_of, is_open, lapsed, near, noted
from .models import (
    INSPECTIONS,
    Closing,
    DoneReversal,
    FitnessLeave,
    Obligation,
    ObligationDone,
    ObligationKind,
    ObligationLapse,
    ObligationWaiver,
)
from .rules import REMIND_DAYS, CarFacts, DriverFacts, NextLicence

WITHIN = {"month": 30, "soon": max(REMIND_DAYS)}


def all_obligations() -> Select[Any]:
    return (
        select(Obligation)
        .outerjoin(Vehicle, Vehicle.id == Obligation.vehicle_id)
        .outerjoin(Driver, Driver.id == Obligation.driver_id)
    )


def of_kind(kind: str) -> ColumnElement[bool]:
    return Obligation.kind == kind


def due_between(first: date, last: date) -> Sequence[Obligation]:
    found = select(Obligation).where(Obligation.due_on.between(first, last))
    return db.session.scalars(found.order_by(Obligation.due_on, Obligation.id)).all()


def of_car(vehicle_id: int) -> Sequence[Obligation]:
    found = select(Obligation).where(Obligation.vehicle_id == vehicle_id)
    return db.session.scalars(found.order_by(Obligation.due_on.desc(), Obligation.id.desc()).limit(60)).all()


def of_driver(driver_id: int) -> Sequence[Obligation]:
    found = select(Obligation).where(Obligation.driver_id == driver_id)
    return db.session.scalars(found.order_by(Obligation.due_on.desc(), Obligation.id.desc()).limit(60)).all()


def in_the_way(slot: Slot, vehicle_id: int | None, driver_id: int | None) -> Sequence[Obligation]:
    of_one = vehicle_id is not None and driver_id is not None
    of = {"end": slot.end, "first": slot.start.date(), "last": slot.end.date(), "car": vehicle_id, "driver": driver_id}
    return db.session.scalars(_in_the_way(of_one), of).all()


@cache
def _in_the_way(of_one: bool) -> Select[Obligation]:
    """Put together once for one car and one driver, and once for all."""
    first, last = bindparam("first", type_=Date), bindparam("last", type_=Date)
    owners = (bindparam("car", type_=Integer), bindparam("driver", type_=Integer)) if of_one else (None, None)
    return rows_in_the_way(ASKED, first, last, *owners).order_by(Obligation.due_on)


def rows_in_the_way(slot: Slot, first: Any, last: Any, vehicle_id: Any, driver_id: Any) -> Select[Obligation]:
    """Open obligations that have lapsed by the end of the slot, and that no leave covers on all of its days; of one car
    and one driver, or of all.
    """
    leave = (FitnessLeave.obligation_id == Obligation.id, FitnessLeave.first_on <= first, FitnessLeave.last_on >= last)
    found = select(Obligation).where(is_open(), lapsed(last, slot.end), ~exists().where(*leave))
    if vehicle_id is not None and driver_id is not None:
        found = found.where(or_(Obligation.vehicle_id == vehicle_id, Obligation.driver_id == driver_id))
    return found


@dataclass(frozen=True)
class Overdue:
    """Something of a car that is owed no later than the day before `lapses_on`."""

    vehicle_id: int
    kind: str
    lapses_on: date


def overdue_in(first: date, last: date) -> list[tuple[Overdue, list[tuple[date, date]]]]:
    """What of all cars is overdue on some of the days, each with the days of its leaves."""
    rows = db.session.execute(_overdue(), {"last": last, "before": end_of(last)}).all()
    leaves: dict[int, list[tuple[date, date]]] = defaultdict(list)
    given = select(FitnessLeave.obligation_id, FitnessLeave.first_on, FitnessLeave.last_on)
    for key, begins, ends in db.session.execute(given.where(FitnessLeave.last_on >= first)) if rows else ():
        leaves[key].append((begins, ends))
    return [
        (Overdue(vehicle_id, kind, first if driven else due_on + timedelta(days=1)), leaves[key])
        for key, vehicle_id, kind, due_on, driven in rows
    ]


@cache
def _overdue() -> Select[Any]:
    """Put together once: the board asks it each time it is drawn."""
    one, driven = Obligation, beyond(bindparam("before"))
    wanted: list[Any] = [one.id, one.vehicle_id, one.kind, one.due_on, driven]
    late = or_(one.due_on < bindparam("last"), driven)
    return select(*wanted).where(is_open(), one.vehicle_id.is_not(None), late)


def open_of(kind: str, vehicle_id: int | None, driver_id: int | None) -> Obligation | None:
    owner = Obligation.vehicle_id == vehicle_id if vehicle_id else Obligation.driver_id == driver_id
    return db.session.scalar(select(Obligation).where(Obligation.kind == kind, owner, is_open()))


def known(kind: str, vehicle_id: int | None, driver_id: int | None, due_on: date) -> Obligation | None:
    owner = Obligation.vehicle_id == vehicle_id if vehicle_id else Obligation.driver_id == driver_id
    return db.session.scalar(select(Obligation).where(Obligation.kind == kind, owner, Obligation.due_on == due_on))


def inspected_until(vehicle_id: int) -> date | None:
    """The day up to which the car's inspections are done, as far as they are recorded."""
    found = select(Obligation.due_on, Obligation.closed_on).where(Obligation.vehicle_id == vehicle_id)
    rows = db.session.execute(found.where(Obligation.kind.in_(INSPECTIONS), Obligation.closed_as == Closing.DONE))
    return max((day for row in rows for day in row if day), default=None)


def follower_of(obligation_id: int) -> Obligation | None:
    return db.session.scalar(select(Obligation).where(Obligation.follows_id == obligation_id, is_open()))


def missed_inspection(vehicle_id: int, day: date) -> date | None:
    """The day of the earliest inspection of the car that is late and still owed."""
    late = select(func.min(Obligation.due_on)).where(Obligation.vehicle_id == vehicle_id, Obligation.due_on < day)
    return db.session.scalar(late.where(Obligation.kind.in_(INSPECTIONS), is_open()))


def missed_inspections(day: date) -> dict[int, date]:
    """The same of every car that misses one."""
    late = select(Obligation.vehicle_id, func.min(Obligation.due_on)).where(Obligation.due_on < day, is_open())
    late = late.where(Obligation.kind.in_(INSPECTIONS), Obligation.vehicle_id.is_not(None))
    return {car: due_on for car, due_on in db.session.execute(late.group_by(Obligation.vehicle_id)) if car and due_on}


def done_about(obligation_id: int) -> Sequence[ObligationDone]:
    found = select(ObligationDone).where(ObligationDone.obligation_id == obligation_id)
    return db.session.scalars(found.order_by(ObligationDone.id)).all()


def met_by(cost_id: int) -> Sequence[ObligationDone]:
    """What the row of the ledger met, and still does."""
    gone = exists().where(DoneReversal.done_id == ObligationDone.id)
    found = select(ObligationDone).where(ObligationDone.cost_id == cost_id, ~gone)
    return db.session.scalars(found.order_by(ObligationDone.id)).all()


def leaves_for(obligation_id: int) -> Sequence[FitnessLeave]:
    found = select(FitnessLeave).where(FitnessLeave.obligation_id == obligation_id)
    return db.session.scalars(found.order_by(FitnessLeave.id)).all()


def waiver_of(obligation_id: int) -> ObligationWaiver | None:
    """The latest; what was waived can be owed again and be waived once more."""
    found = select(ObligationWaiver).where(ObligationWaiver.obligation_id == obligation_id)
    return db.session.scalars(found.order_by(ObligationWaiver.id.desc()).limit(1)).first()


def lapses_of(obligation_id: int) -> Sequence[ObligationLapse]:
    """Void ones too."""
    found = select(ObligationLapse).where(ObligationLapse.obligation_id == obligation_id)
    return db.session.scalars(found.order_by(ObligationLapse.id)).all()


def lapses_by_km(vehicle_id: int) -> Sequence[tuple[ObligationLapse, Obligation]]:
    """What counts as lapsed because the car was driven too far."""
    rows = select(ObligationLapse, Obligation).join(Obligation, Obligation.id == ObligationLapse.obligation_id)
    by_km = (Obligation.vehicle_id == vehicle_id, ObligationLapse.day < Obligation.due_on)
    found = rows.where(*by_km, ~ObligationLapse.void.has()).order_by(ObligationLapse.id)
    return [(lapse, owed) for lapse, owed in db.session.execute(found)]


def lapsed_unnoted(day: date) -> Sequence[Obligation]:
    """Lapsed when the day ended, and not yet noted."""
    found = select(Obligation).where(is_open(), lapsed(day + timedelta(days=1), end_of(day)), ~noted())
    return db.session.scalars(found.order_by(Obligation.id)).all()


def car_facts(vehicle_id: int) -> CarFacts | None:
    """What the rules need, once the file of the car says when it was registered first."""
    return _car_facts(CarFile.vehicle_id == vehicle_id).get(vehicle_id)


def facts_of_cars() -> dict[int, CarFacts]:
    """The same of every car whose file says it."""
    return _car_facts()


def _car_facts(*where: ColumnElement[bool]) -> dict[int, CarFacts]:
    rows = select(CarFile.vehicle_id, CarFile.body, Vehicle.seats, CarFile.first_registered_on, CarFile.old_cycle)
    rows = rows.join(Vehicle, Vehicle.id == CarFile.vehicle_id)
    found = db.session.execute(rows.where(CarFile.first_registered_on.is_not(None), *where))
    return {key: CarFacts(Body(body), seats, first, old) for key, body, seats, first, old in found if first}


def driver_facts(driver_id: int) -> DriverFacts | None:
    file = db.session.get(DriverFile, driver_id)
    if file is None:
        return None
    return DriverFacts(file.licence_class, file.first_licensed_on, file.licence_until, file.born_on)


def next_licence(obligation: Obligation) -> NextLicence | None:
    """What the rule gives a licence next; None for what is no licence, or where the points are against it."""
    facts = driver_facts(obligation.driver_id or 0)
    if facts is None or obligation.kind != ObligationKind.LICENCE:
        return None
    if points_queries.is_full(obligation.driver_id or 0, facts, obligation.due_on):
        return None
    return rules.next_licence(facts, obligation.due_on)


def drivers() -> Select[Any]:
    return select(Driver).outerjoin(DriverFile, DriverFile.driver_id == Driver.id).add_columns(DriverFile)


def mine(user_id: int | None) -> Sequence[Obligation]:
    """What a driver owes himself."""
    of_user = select(Driver.id).where(Driver.user_id == user_id)
    found = select(Obligation).where(Obligation.driver_id.in_(of_user), is_open())
    return db.session.scalars(found.order_by(Obligation.due_on)).all()


def in_state(chosen: str, today: date) -> ColumnElement[bool]:
    """late: lapsed and open; month and soon: open and due within 30 or 90 days, or with few kilometres left; open;
    closed.
    """
    if chosen == "closed":
        return Obligation.closed_on.is_not(None)
    if chosen == "late":
        return is_open() & lapsed(today)
    if chosen in WITHIN:
        day = Obligation.due_on.between(today, today + timedelta(days=WITHIN[chosen]))
        return is_open() & or_(day, near(term_queries.km_ahead(today))) & ~lapsed(today)
    return is_open()


def first_beyond(obligation: Obligation, before: datetime) -> date | None:
    """The day on which the car was first driven further than it was to be, by what was read before the moment."""
    car, km, since = obligation.vehicle_id, obligation.due_km, obligation.km_at
    if car is None or km is None or since is None:
        return None
    replaced = dials.replaced_by_car().get(car, ())
    shown = [*dials.reads(vehicle_id=car).get(car, ()), *(each.reading for each in replaced if each.at > since)]
    over = [each.at for each in shown if each.at < before and goes_beyond(each, replaced, km, since)]
    return min(over).date() if over else None


def to_remind(day: date) -> Sequence[Obligation]:
    """Open, and lapsed, or so near by day or kilometres that somebody is reminded."""
    soon = Obligation.due_on <= day + timedelta(days=max(REMIND_DAYS))
    found = select(Obligation).where(is_open(), or_(soon, lapsed(day), near(term_queries.km_ahead(day))))
    return db.session.scalars(found.order_by(Obligation.due_on, Obligation.id)).all()


def near_by_km(obligations: Sequence[Obligation], day: date) -> set[int]:
    """Those of them with few kilometres left."""
    rows = select(Obligation.id).where(
        Obligation.id.in_([each.id for each in obligations]), near(term_queries.km_ahead(day))
    )
    return set(db.session.scalars(rows))


def count(chosen: str, today: date) -> int:
    return db.session.scalar(select(func.count()).select_from(Obligation).where(in_state(chosen, today))) or 0


def dial_of(obligation: Obligation, now: datetime) -> int | None:
    """What the dial shows of a car that owes something by kilometres."""
    return dials.latest(obligation.vehicle_id, now) if obligation.vehicle_id and obligation.due_km is not None else None
