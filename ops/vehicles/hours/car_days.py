"""One car's days in a period, each with the trips it was out on and the holiday it stood sealed over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from typing import Any

from sqlalchemy import or_, select

from ...core.db import db
from ...core.period import Period
from ..models import Departure, Dispatch, TripRequest, TripReturn, Vehicle
from ..sealing.models import Sealing, SealingHoliday
from . import use
from .rules import CarHours, Day, of_car, stays

SHOWN = ("used", "idle", "sealed")


@dataclass(frozen=True)
class CarDay:
    """A day that is over; `hours` of this day alone, as the figures count it. Neither available nor sealed: a day off.

    `trips`: (request, destination, left, back) of those that it was out on; `sealings`: (holiday, name).
    """

    day: Day
    hours: CarHours
    trips: Sequence[Any]
    sealings: Sequence[Any]

    @property
    def kind(self) -> str:
        if self.hours.sealed:
            return "sealed"
        if not self.hours.available:
            return "off"
        return "idle" if self.hours.idle_days else "used"


def of(car: Vehicle, period: Period) -> list[CarDay]:
    """Oldest first; added up they are the car's line among all cars."""
    working = use.working_within(period)
    out, sealed = use.trips_in(period).get(car.id, ()), use.sealed_in(period).get(car.id, ())
    trips, sealings = _trips(car.id, period), _sealings(car.id, period)
    found = []
    for day in use.days_within(period):
        if car.registered_on <= day.day and stays(car.deregistered_on, day.day):
            hours = of_car(car.id, car.plate, [day], working, out, sealed)
            found.append(CarDay(day, hours, _on(day, trips), _on(day, sealings)))
    return found


def added(days: Sequence[CarDay]) -> dict[str, Decimal]:
    return {
        name: sum((getattr(each.hours, name) for each in days), Decimal(0)) for name in ("available", "used", "sealed")
    }


def _on(day: Day, rows: Sequence[Any]) -> list[Any]:
    """Those that lie on the day: `since` before its end, `until` after its beginning, or still open."""
    begins, ends = datetime.combine(day.day, time.min), datetime.combine(day.day, time.max)
    return [row for row in rows if row.since <= ends and (row.until is None or row.until > begins)]


def _trips(vehicle_id: int, period: Period) -> Sequence[Any]:
    since, until = Departure.at.label("since"), TripReturn.at.label("until")
    rows = select(TripRequest.id, TripRequest.destination, since, until)
    rows = rows.join(Dispatch, Dispatch.request_id == TripRequest.id)
    rows = rows.join(Departure, Departure.dispatch_id == Dispatch.id)
    rows = rows.outerjoin(TripReturn, TripReturn.dispatch_id == Dispatch.id).where(Dispatch.vehicle_id == vehicle_id)
    first, last = datetime.combine(period.first, time.min), datetime.combine(period.last, time.max)
    within = (Departure.at <= last, or_(TripReturn.at.is_(None), TripReturn.at > first))
    return db.session.execute(rows.where(*within).order_by(Departure.at)).all()


def _sealings(vehicle_id: int, period: Period) -> Sequence[Any]:
    one = SealingHoliday
    rows = select(one.id, one.name, one.starts_at.label("since"), one.ends_at.label("until"))
    rows = rows.join(Sealing, Sealing.holiday_id == one.id)
    rows = rows.where(Sealing.vehicle_id == vehicle_id, Sealing.exempt.is_(None))
    first, last = datetime.combine(period.first, time.min), datetime.combine(period.last, time.max)
    return db.session.execute(rows.where(one.starts_at <= last, one.ends_at > first).order_by(one.starts_at)).all()
