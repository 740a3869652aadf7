"""Each car's hours in a period, read in a few rows and added up by the rules.

The figures' own SELECT looks for the trips of every car-day one by one: right for a night, slow for a page of a year.
"""

from collections.abc import Sequence
from datetime import date, datetime, time

from sqlalchemy import or_, select

from ...core.db import db
from ...core.period import Period
from ...core.workcalendar import CalendarDay
from ..models import Departure, Dispatch, TripReturn, Vehicle
from ..sealing.models import Sealing, SealingHoliday
from .models import FleetDay
from .rules import CarHours, Day, Out, SealedTime, of_car, stays


def of_cars(period: Period) -> list[CarHours]:
    """By plate; cars that were on the register on some day of the period that is over."""
    days, working = days_within(period), working_within(period)
    trips, sealed = trips_in(period), sealed_in(period)
    found = []
    for car in cars_in(period):
        on = [day for day in days if car.registered_on <= day.day and stays(car.deregistered_on, day.day)]
        if on:
            found.append(of_car(car.id, car.plate, on, working, trips.get(car.id, ()), sealed.get(car.id, ())))
    return found


def days_within(period: Period) -> list[Day]:
    one = FleetDay
    rows = select(one.day, one.weekday, one.opens_at, one.closes_at, one.minutes).order_by(one.day)
    return [Day(*row) for row in db.session.execute(rows.where(one.day.between(period.first, period.last)))]


def working_within(period: Period) -> dict[date, bool]:
    """Days that differ from Monday to Friday."""
    rows = select(CalendarDay.day, CalendarDay.working).where(CalendarDay.day.between(period.first, period.last))
    return dict(iter(db.session.execute(rows)))


def cars_in(period: Period) -> Sequence[Vehicle]:
    stays = or_(Vehicle.deregistered_on.is_(None), Vehicle.deregistered_on > period.first)
    found = select(Vehicle).where(Vehicle.registered_on <= period.last, stays)
    return db.session.scalars(found.order_by(Vehicle.plate)).all()


def trips_in(period: Period) -> dict[int, list[Out]]:
    """Car → when it left and was back, for trips that were out somewhere in the period."""
    first, after = datetime.combine(period.first, time.min), datetime.combine(period.last, time.max)
    rows = select(Dispatch.vehicle_id, Departure.at, TripReturn.at)
    rows = rows.join(Departure, Departure.dispatch_id == Dispatch.id)
    rows = rows.outerjoin(TripReturn, TripReturn.dispatch_id == Dispatch.id)
    rows = rows.where(Departure.at <= after, or_(TripReturn.at.is_(None), TripReturn.at > first))
    found: dict[int, list[Out]] = {}
    for car, left, back in db.session.execute(rows):
        found.setdefault(car, []).append((left, back))
    return found


def sealed_in(period: Period) -> dict[int, list[SealedTime]]:
    """Car → the holidays of the period over which it stands sealed."""
    first, after = datetime.combine(period.first, time.min), datetime.combine(period.last, time.max)
    rows = select(Sealing).join(SealingHoliday, SealingHoliday.id == Sealing.holiday_id)
    rows = rows.where(Sealing.exempt.is_(None), SealingHoliday.starts_at < after, SealingHoliday.ends_at > first)
    found: dict[int, list[SealedTime]] = {}
    for seal in db.session.scalars(rows).unique():
        leaves = [(each.starts_at, min(each.ends_at, each.resealing.at if each.resealing else each.ends_at))
                  for each in seal.leaves]  # fmt: skip
        told = SealedTime(seal.holiday.starts_at, seal.holiday.ends_at, leaves)
        found.setdefault(seal.vehicle_id, []).append(told)
    return found
