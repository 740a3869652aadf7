"""Hours of cars on working days: available, in use, idle, sealed. All from one SELECT of car-days."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import BigInteger, Select, and_, case, cast, func, or_, select, type_coerce
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction

from ...core.db import Fixed
from ...core.workcalendar import CalendarDay
from ...indicators.metric import Kind, Metric, counting
from ..models import Departure, Dispatch, TripReturn, Vehicle
from ..permissions import Permission
from ..sealing.models import Resealing, Sealing, SealingHoliday, SealLeave
from .models import FleetDay
from .touched import CALENDAR, OUT, SEALED


class Seconds(GenericFunction[int]):
    """A moment as whole seconds of some beginning, so that two can be taken from one another in any database."""

    type = BigInteger()
    name = "seconds_of"
    inherit_cache = True


@compiles(Seconds)
def _usual(element: Any, compiler: Any, **given: Any) -> str:
    return f"CAST(floor(EXTRACT(epoch FROM {compiler.process(element.clauses, **given)})) AS BIGINT)"


@compiles(Seconds, "sqlite")
def _sqlite(element: Any, compiler: Any, **given: Any) -> str:
    return f"CAST(strftime('%s', {compiler.process(element.clauses, **given)}) AS INTEGER)"


class Least(GenericFunction[int]):
    """The smaller of two numbers, each worked out once."""

    type = BigInteger()
    name = "least_of"
    inherit_cache = True


@compiles(Least)
def _least(element: Any, compiler: Any, **given: Any) -> str:
    return f"least({compiler.process(element.clauses, **given)})"


@compiles(Least, "sqlite")
def _least_sqlite(element: Any, compiler: Any, **given: Any) -> str:
    return f"min({compiler.process(element.clauses, **given)})"


def car_days() -> Select[Any]:
    """Every car on every day that is over and on which it was on the register.

    minutes: the office hours; working; sealed: it stood sealed throughout them; used: seconds it was out in them.
    """
    working = func.coalesce(CalendarDay.working, FleetDay.weekday).label("working")
    on_register = and_(
        Vehicle.registered_on <= FleetDay.day,
        or_(Vehicle.deregistered_on.is_(None), Vehicle.deregistered_on > FleetDay.day),
    )
    columns: list[Any] = [Vehicle.id, Vehicle.plate, FleetDay.day, FleetDay.minutes, working]
    rows = select(*columns, _sealed().label("sealed"), _used().label("used"))
    rows = rows.select_from(FleetDay).join(Vehicle, on_register)
    return rows.outerjoin(CalendarDay, CalendarDay.day == FleetDay.day)


def _used() -> Any:
    """A car that is not back yet is out until the end of the day."""
    back = func.coalesce(TripReturn.at, FleetDay.closes_at)
    begins = case((Departure.at > FleetDay.opens_at, Departure.at), else_=FleetDay.opens_at)
    ends = case((back < FleetDay.closes_at, back), else_=FleetDay.closes_at)
    total = cast(func.coalesce(func.sum(Seconds(ends) - Seconds(begins)), 0), BigInteger)
    rows = select(total).select_from(Dispatch)
    rows = rows.join(Departure, Departure.dispatch_id == Dispatch.id)
    rows = rows.outerjoin(TripReturn, TripReturn.dispatch_id == Dispatch.id)
    out = (Departure.at < FleetDay.closes_at, or_(TripReturn.at.is_(None), TripReturn.at > FleetDay.opens_at))
    return (
        rows.where(Dispatch.vehicle_id == Vehicle.id, *out)
        .correlate_except(Dispatch, Departure, TripReturn)
        .scalar_subquery()
    )


def _sealed() -> Any:
    """Sealed from before the office opens until after it closes, without leave to be used in between."""
    again = select(Resealing.leave_id).where(Resealing.leave_id == SealLeave.id, Resealing.at <= FleetDay.opens_at)
    leave = select(SealLeave.id).where(
        SealLeave.sealing_id == Sealing.id,
        SealLeave.starts_at < FleetDay.closes_at,
        SealLeave.ends_at > FleetDay.opens_at,
        ~again.correlate_except(Resealing).exists(),
    )
    car = select(Sealing.id).where(Sealing.holiday_id == SealingHoliday.id, Sealing.vehicle_id == Vehicle.id)
    car = car.where(Sealing.exempt.is_(None), ~leave.correlate_except(SealLeave).exists())
    stood = (SealingHoliday.starts_at <= FleetDay.opens_at, SealingHoliday.ends_at >= FleetDay.closes_at)
    # the few holidays first: on most days there is none, and no car is looked for
    found = select(SealingHoliday.id).where(*stood, car.correlate_except(Sealing).exists())
    return found.correlate_except(SealingHoliday).exists()


def hours_of(seconds: Any) -> Any:
    """To the hundredth of an hour, half up."""
    return type_coerce((seconds + 18) // 36, Fixed(2))


def _of(days: Any, part: Any, whole: Any, *where: Any) -> Select[Any]:
    rows = counting(record_id=days.c.id, day=days.c.day, label=days.c.plate, part=part, whole=whole)
    return rows.select_from(days).where(*where)


def available() -> Select[Any]:
    days = car_days().subquery()
    return _of(days, hours_of(days.c.minutes * 60), 1, days.c.working, ~days.c.sealed)


def in_use() -> Select[Any]:
    """What was in use of what was available; two trips at once are no more than the whole day."""
    days = car_days().subquery()
    most = Least(days.c.used, days.c.minutes * 60)
    return _of(days, hours_of(most), hours_of(days.c.minutes * 60), days.c.working, ~days.c.sealed)


def idle() -> Select[Any]:
    days = car_days().subquery()
    return _of(days, hours_of(days.c.minutes * 60), 1, days.c.working, ~days.c.sealed, days.c.used == 0)


def sealed() -> Select[Any]:
    days = car_days().subquery()
    return _of(days, hours_of(days.c.minutes * 60), 1, days.c.sealed)


METRICS = (
    Metric(
        name="vehicles.hours_available", kind=Kind.AMOUNT, unit=_l("hours"), needs=Permission.FIGURE_READ,
        record="vehicles.hours.car", by_day=True, label=_l("Hours available of cars"), places=1,
        definition=_l(
            "Office hours of every car on the register on every working day that is over, make-up days included, from "
            "the first dispatch on. A car that stood sealed throughout the office hours was not available."
        ),
        select=available, watches=(*CALENDAR, *SEALED),
    ),
    Metric(
        name="vehicles.hours_in_use", kind=Kind.RATIO, unit="%", needs=Permission.FIGURE_READ,
        record="vehicles.hours.car", by_day=True, label=_l("Hours in use of hours available"),
        definition=_l(
            "Σ hours that cars were out within the office hours of working days ÷ Σ hours available, each car and day "
            "to the hundredth of an hour. Idle cars count below the line; evenings and days off count nowhere."
        ),
        select=in_use, watches=(*CALENDAR, *SEALED, *OUT),
    ),
    Metric(
        name="vehicles.hours_idle", kind=Kind.AMOUNT, unit=_l("hours"), needs=Permission.FIGURE_READ,
        record="vehicles.hours.car", by_day=True, label=_l("Hours of idle cars"), places=1,
        definition=_l("Hours available of cars on the days on which they were not out at all in office hours."),
        select=idle, watches=(*CALENDAR, *SEALED, *OUT),
    ),
    Metric(
        name="vehicles.hours_sealed", kind=Kind.AMOUNT, unit=_l("hours"), needs=Permission.FIGURE_READ,
        record="vehicles.hours.car", by_day=True, label=_l("Hours of sealed cars"), places=1,
        definition=_l(
            "Office hours of the days on which a car stood sealed throughout them, without leave to be used. They are "
            "no part of the hours available."
        ),
        select=sealed, watches=(*CALENDAR, *SEALED),
    ),
)  # fmt: skip
