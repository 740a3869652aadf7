"""The demo's alarms are such as the rules would raise, and the car's day shows what they tell."""

from datetime import datetime, timedelta
from random import Random

from flask import Flask
from sqlalchemy import select

from ops.core.access import Actor
from ops.core.db import db, transaction
from ops.core.demo import DemoYear
from ops.core.period import year
from ops.core.workcalendar import working_days
from ops.vehicles import service as trips
from ops.vehicles.models import Vehicle
from ops.vehicles.positions import demo, demo_alarms, queries, rules
from ops.vehicles.positions.models import Alarm, AlarmKind, Position
from tests.factories import make_vehicle
from tests.vehicles.factories import make_departure, make_dispatch

LATE = timedelta(minutes=40)


def driven_late(by: Actor, at: datetime) -> None:
    """Back forty minutes after it was due, in the evening."""
    trip = make_departure(make_dispatch(at, 2, vehicle_id=make_vehicle().id), odometer=1000)
    with transaction():
        trips.take_back(trip, trip.due_at + LATE, 1060, by)


def test_each_alarm_of_the_demo_is_borne_out_by_trips_and_positions(app: Flask, by: Actor) -> None:
    for month in (2, 5, 8, 11):
        driven_late(by, datetime(2023, month, 9, 17))
    days = working_days(year(2023))
    with transaction():
        demo.make(DemoYear(2023, days))
    found = db.session.scalars(select(Alarm)).all()
    assert {row.kind for row in found} == {*AlarmKind}
    for row in found:
        then = [fix for fix in queries.fixes(row.vehicle_id, row.day) if row.at <= fix.at <= row.until]
        seen = rules.Watched(row.day, row.until, True, then, [])
        if row.kind == AlarmKind.LATE:
            assert row.value == LATE // timedelta(minutes=1)
        if row.kind in (AlarmKind.LATE, AlarmKind.DIAL, AlarmKind.HOURS):
            assert row.dispatch_id is not None
        if row.kind == AlarmKind.MOVEMENT:
            told = [each.value for each in rules.movement(seen, queries.limits(row.day)) if each.until >= row.at]
            assert min(abs(value - row.value) for value in told) <= max(50, row.value / 10)
        if row.kind == AlarmKind.AREA:
            told_far = [each.value for each in rules.out_of_area(seen, queries.limits(row.day))]
            assert abs(max(told_far) - row.value) <= 2
    assert db.session.scalar(select(Position.id).limit(1))


def test_the_same_year_comes_out_alike(app: Flask, by: Actor) -> None:
    driven_late(by, datetime(2023, 2, 9, 17))
    days = working_days(year(2023))
    car = db.session.scalars(select(Vehicle.id)).one()
    driven, cars = demo_alarms.drives([car], days[0], days[-1]), [car]
    assert len(driven) == 1
    one, other = (demo_alarms.made(cars, driven, days, Random("x")) for _time in range(2))
    assert one == other
    assert len(one) > 20
