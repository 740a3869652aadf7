"""Reads of sealing."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, exists, func, or_, select

from ...core.db import db
from ...core.period import Period
from ...core.timeslot import Slot, overlapping
from ...core.workcalendar import CalendarDay, working_days
from ..hours.queries import Timetable
from ..models import Dispatch, TripRequest, Vehicle
from .models import Resealing, Sealing, SealingHoliday, SealLeave
from .rules import Break, breaks


def in_the_way(slot: Slot, vehicle_id: int | None) -> Sequence[tuple[int, str, str]]:
    return [(key, plate, name) for key, plate, name in db.session.execute(rows_in_the_way(slot, vehicle_id))]


def rows_in_the_way(slot: Slot, vehicle_id: Any) -> Select[Any]:
    """(car, plate, holiday) of cars sealed somewhere in the slot, for which no leave that is still in use covers the
    sealed part of it.
    """
    used = exists().where(Resealing.leave_id == SealLeave.id)
    covered = exists().where(
        SealLeave.sealing_id == Sealing.id,
        or_(SealLeave.starts_at <= slot.start, SealLeave.starts_at <= SealingHoliday.starts_at),
        or_(SealLeave.ends_at >= slot.end, SealLeave.ends_at >= SealingHoliday.ends_at),
        ~used,
    )
    found = sealed_over(slot).where(~covered)
    return found if vehicle_id is None else found.where(Sealing.vehicle_id == vehicle_id)


def sealed_over(slot: Slot) -> Select[Any]:
    """(car, plate, holiday) of cars that are sealed somewhere in the slot, whether somebody gave leave or not."""
    wanted: list[Any] = [Sealing.vehicle_id, Vehicle.plate, SealingHoliday.name]
    found = select(*wanted).join(Vehicle, Vehicle.id == Sealing.vehicle_id)
    found = found.join(SealingHoliday, SealingHoliday.id == Sealing.holiday_id)
    meets = overlapping(SealingHoliday.starts_at, SealingHoliday.ends_at, slot)
    return found.where(meets, Sealing.exempt.is_(None))


def only_sealed_fit(people: int, slot: Slot) -> bool:
    """Every car that is on the register then and has the seats is sealed somewhere in the slot, and there is one."""
    first, last = slot.start.date(), slot.end.date()
    there = (Vehicle.registered_on <= first, or_(Vehicle.deregistered_on.is_(None), Vehicle.deregistered_on > last))
    fit = set(db.session.scalars(select(Vehicle.id).where(*there, Vehicle.seats > people)))
    return bool(fit) and fit <= {key for key, _plate, _name in db.session.execute(sealed_over(slot))}


def counted(slot: Slot) -> list[tuple[str, int]]:
    """(holiday, how many cars are sealed over it) of the holidays that meet the slot."""
    one = sealed_over(slot).subquery()
    rows = select(one.c.name, func.count()).group_by(one.c.name).order_by(one.c.name)
    return [(name, many) for name, many in db.session.execute(rows)]


def given_meanwhile(vehicle_ids: Sequence[int], slot: Slot) -> Sequence[Any]:
    """(plate, from, until, destination) of trips that these cars are given to somewhere in the slot."""
    wanted: list[Any] = [Vehicle.plate, Dispatch.starts_at, Dispatch.ends_at, TripRequest.destination]
    rows = select(*wanted).join(Dispatch, Dispatch.vehicle_id == Vehicle.id)
    rows = rows.join(TripRequest, TripRequest.id == Dispatch.request_id).where(Vehicle.id.in_(vehicle_ids))
    rows = rows.where(Dispatch.released_at.is_(None), overlapping(Dispatch.starts_at, Dispatch.ends_at, slot))
    return db.session.execute(rows.order_by(Dispatch.starts_at, Vehicle.plate)).all()


def seals_by_car() -> dict[int, list[Sealing]]:
    """Every sealing that there was, by car."""
    found: dict[int, list[Sealing]] = {}
    for each in db.session.scalars(select(Sealing).where(Sealing.exempt.is_(None))).unique():
        found.setdefault(each.vehicle_id, []).append(each)
    return found


def sealed_in(period: Slot) -> list[tuple[int, str, Slot, list[Slot]]]:
    """(car, holiday, its time, leaves) of every car sealed somewhere in the period."""
    found = db.session.execute(_sealed(), {"start": period.start, "end": period.end}).all()
    given: dict[int, list[Slot]] = defaultdict(list)
    if found:
        leaves = select(SealLeave.sealing_id, SealLeave.starts_at, SealLeave.ends_at)
        leaves = leaves.where(overlapping(SealLeave.starts_at, SealLeave.ends_at, period))
        for key, start, end in db.session.execute(leaves):
            given[key].append(Slot(start, end))
    return [(car, name, Slot(start, end), given[key]) for key, car, name, start, end in found]


@cache
def _sealed() -> Select[Any]:
    """Put together once: the board asks it each time it is drawn."""
    one, holiday = Sealing, SealingHoliday
    wanted: list[Any] = [one.id, one.vehicle_id, holiday.name, holiday.starts_at, holiday.ends_at]
    rows = select(*wanted).join(holiday, holiday.id == one.holiday_id).where(one.exempt.is_(None))
    return rows.where(holiday.starts_at < bindparam("end"), holiday.ends_at > bindparam("start"))


def breaks_of(year: int) -> list[Break]:
    """The holidays that begin in the year, from the work calendar."""
    around = Period(date(year - 1, 12, 20), date(year + 1, 1, 15))
    rows = select(CalendarDay.day, CalendarDay.note).where(CalendarDay.working.is_(False))
    found = db.session.execute(rows.where(CalendarDay.day.between(around.first, around.last)))
    named = dict(iter(found))
    return [each for each in breaks(working_days(around), named, Timetable().of) if each.slot.start.year == year]


def holidays() -> Select[Any]:
    sealed = select(func.count()).where(Sealing.holiday_id == SealingHoliday.id, Sealing.exempt.is_(None))
    exempt = select(func.count()).where(Sealing.holiday_id == SealingHoliday.id, Sealing.exempt.is_not(None))
    return select(SealingHoliday, sealed.scalar_subquery(), exempt.scalar_subquery())


def cars_listed() -> Sequence[Any]:
    """(id, plate) of cars that are sealed or exempt over some holiday."""
    rows = select(Vehicle.id, Vehicle.plate).where(Vehicle.id.in_(select(Sealing.vehicle_id)))
    return db.session.execute(rows.order_by(Vehicle.plate)).all()


def lists_car(vehicle_id: str) -> ColumnElement[bool]:
    """Holidays over which the car is listed."""
    return SealingHoliday.id.in_(select(Sealing.holiday_id).where(Sealing.vehicle_id == int(vehicle_id)))


def holiday_at(starts_at: datetime) -> SealingHoliday | None:
    return db.session.scalar(select(SealingHoliday).where(SealingHoliday.starts_at == starts_at))


def sealings_of(holiday_id: int) -> Sequence[Sealing]:
    found = select(Sealing).join(Vehicle).where(Sealing.holiday_id == holiday_id).order_by(Vehicle.plate)
    return db.session.scalars(found).unique().all()


@dataclass
class Shot:
    """A photograph of the record: its number there, the first car's line that opens it, the place, how many cars."""

    number: int
    sealing_id: int
    place: str
    cars: int = 0


def shots(rows: Sequence[Sealing]) -> dict[int, Shot]:
    """Attachment → its photograph; one taken of a whole row of cars is shown once."""
    found: dict[int, Shot] = {}
    for row in rows:
        if row.attachment_id is not None:
            shot = found.setdefault(row.attachment_id, Shot(len(found) + 1, row.id, row.place or ""))
            shot.cars += 1
    return found


def missing(holiday: SealingHoliday) -> Sequence[Vehicle]:
    """Cars on the register over the holiday that are neither sealed nor exempt yet."""
    day, listed = holiday.starts_at.date(), select(Sealing.vehicle_id).where(Sealing.holiday_id == holiday.id)
    found = select(Vehicle).where(Vehicle.registered_on <= day, Vehicle.id.not_in(listed))
    gone = (Vehicle.deregistered_on.is_(None)) | (Vehicle.deregistered_on > day)
    return db.session.scalars(found.where(gone).order_by(Vehicle.plate)).all()


def to_seal_again(now: datetime) -> list[tuple[int, str]]:
    """(holiday, plate) of cars whose leave has ended while the holiday goes on, and that nobody sealed again."""
    wanted: list[Any] = [Sealing.holiday_id, Vehicle.plate]
    rows = select(*wanted).join(SealLeave, SealLeave.sealing_id == Sealing.id)
    rows = rows.join(SealingHoliday, SealingHoliday.id == Sealing.holiday_id)
    rows = rows.join(Vehicle, Vehicle.id == Sealing.vehicle_id)
    again = exists().where(Resealing.leave_id == SealLeave.id)
    rows = rows.where(SealLeave.ends_at <= now, SealingHoliday.ends_at > now, ~again).order_by(Vehicle.plate)
    return [(key, plate) for key, plate in db.session.execute(rows)]


def sealing_of(holiday_id: int, vehicle_id: int) -> Sealing | None:
    return db.session.scalar(select(Sealing).where(Sealing.holiday_id == holiday_id, Sealing.vehicle_id == vehicle_id))


def next_holiday(now: datetime, within: timedelta) -> SealingHoliday | None:
    """The holiday that begins within so much time, or is going on."""
    found = select(SealingHoliday).where(SealingHoliday.ends_at > now, SealingHoliday.starts_at <= now + within)
    return db.session.scalars(found.order_by(SealingHoliday.starts_at).limit(1)).first()
