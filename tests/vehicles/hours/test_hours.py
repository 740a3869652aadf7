"""Hours of cars on working days that are over: available, in use, idle, sealed; exact after any change."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from ops.admin import service as admin
from ops.core import audit
from ops.core.access import Actor
from ops.core.db import db, transaction
from ops.core.errors import Rejected
from ops.core.period import Period, month, year
from ops.core.workcalendar import working_days
from ops.indicators import closing, evidence
from ops.indicators.catalogue import metrics
from ops.indicators.models import Adjustment, Reading, StaleDay
from ops.indicators.readings import read
from ops.indicators.rollup import refresh
from ops.indicators.verification import drifts
from ops.people.roles import Role
from ops.vehicles import service as trips
from ops.vehicles.hours import car_days, jobs, service, use
from ops.vehicles.hours.models import FleetDay, OfficeHours
from ops.vehicles.register import service as register
from ops.vehicles.sealing import service as sealing
from ops.vehicles.sealing.models import SealingHoliday
from tests.app_fixtures import SignIn
from tests.factories import make_vehicle, saved
from tests.vehicles.factories import make_departure, make_dispatch
from tests.vehicles.sealing.test_sealing import seal

MAY = month(2023, 5)
WORKED, WEEK = date(2023, 5, 6), Period(date(2023, 5, 8), date(2023, 5, 14))  # a Saturday worked for Labour Day
NAMES = ("available", "in_use", "idle", "sealed")


def trip(car: Any, leaves: datetime, hours: float | None, by: Actor) -> Any:
    """A trip of so many hours; without them it is still out."""
    made = make_departure(make_dispatch(leaves, 4, vehicle_id=car.id))
    if hours is not None:
        with transaction():
            trips.take_back(made, leaves + timedelta(hours=hours), 1100, by)
    return made


def count(upto: date, by: Actor) -> int:
    with transaction():
        return service.count_days(upto, by)


def figures(period: Period) -> tuple[Any, ...]:
    return tuple(read(f"vehicles.hours_{name}", period).value for name in NAMES)


def check() -> None:
    """No reading drifts, and what the page adds up is the figures."""
    refresh()
    assert list(drifts()) == []
    for period in (MAY, WEEK):
        cars = use.of_cars(period)
        shown = [sum(getattr(each, name) for each in cars) for name in ("available", "used", "sealed")]
        in_use = read("vehicles.hours_in_use", period)
        assert shown == [in_use.whole, in_use.part, read("vehicles.hours_sealed", period).part]
        assert in_use.whole == read("vehicles.hours_available", period).part


def test_a_week_of_two_cars_one_idle(app: Flask, by: Actor) -> None:
    car, _idle = make_vehicle(), make_vehicle()
    trip(car, datetime(2023, 5, 8, 8), 3, by)  # from 8:30 on 2.5 hours of it count
    trip(car, datetime(2023, 5, 9, 16, 50), 4, by)  # 40 minutes: 0.67
    assert figures(WEEK) == (None, None, None, None)
    assert count(WEEK.last, by) == 7
    assert count(WEEK.last, by) == 0
    available, in_use, idle, sealed = figures(WEEK)
    assert (available, idle, sealed) == (2 * 5 * 9, 9 * 3 + 9 * 5, None)
    assert read("vehicles.hours_in_use", WEEK).part == Decimal("3.17")
    assert in_use == Decimal("3.17") / 90 * 100
    assert figures(Period(date(2023, 5, 13), date(2023, 5, 14))) == (None, None, None, None)
    check()


def test_a_make_up_day_counts_and_a_day_that_is_put_right_is_counted_again(app: Flask, by: Actor) -> None:
    car = make_vehicle()
    trip(car, datetime(2023, 5, 5, 9), 1, by)
    count(date(2023, 5, 9), by)
    on = Period(WORKED, WORKED)
    assert read("vehicles.hours_available", on).value == 9
    with transaction():
        admin.set_day(WORKED, False, "休息", "通知", by)
        admin.set_day(date(2023, 5, 7), True, "调休", "通知", by)
    assert read("vehicles.hours_available", on).value is None
    assert read("vehicles.hours_available", Period(date(2023, 5, 7), date(2023, 5, 7))).value == 9
    check()


def test_a_car_counts_only_while_it_is_on_the_register(app: Flask, by: Actor) -> None:
    car, other = make_vehicle(), make_vehicle(registered_on=date(2023, 5, 10))
    trip(car, datetime(2023, 5, 8, 9), 1, by)
    count(WEEK.last, by)
    assert read("vehicles.hours_available", WEEK).value == 9 * (5 + 3)
    with transaction():
        register.deregister(other, date(2023, 5, 11), by)
    assert read("vehicles.hours_available", WEEK).value == 9 * (5 + 1)
    with transaction():
        register.correct(other, other.plate, "other", "轿车", 5, date(2023, 5, 9), by)
    assert read("vehicles.hours_available", WEEK).value == 9 * (5 + 2)
    refresh()
    with transaction():
        register.correct(other, other.plate, "special", "客车", 7, date(2023, 5, 9), by)
        refresh()
        marks = select(StaleDay.day).where(StaleDay.metric.like("vehicles.hours%"))
        assert db.session.scalars(marks).all() == []  # the category moves no hour
    with transaction():
        register.register("冀B77777", "other", "轿车", 5, date(2023, 5, 12), by)
    assert read("vehicles.hours_available", WEEK).value == 9 * (5 + 2 + 1)
    check()


def test_a_car_that_is_not_back_is_out_all_the_time_until_it_is(app: Flask, by: Actor) -> None:
    car = make_vehicle()
    out = trip(car, datetime(2023, 5, 8, 13, 30), None, by)
    count(date(2023, 5, 10), by)
    assert read("vehicles.hours_in_use", WEEK).part == 4 + 9 + 9
    with transaction():
        trips.take_back(out, datetime(2023, 5, 9, 9, 30), 1100, by)
    assert read("vehicles.hours_in_use", WEEK).part == 4 + 1
    assert read("vehicles.hours_idle", WEEK).value == 9
    check()


def test_sealed_days_are_no_part_of_what_is_available(app: Flask, by: Actor) -> None:
    sealed, free = make_vehicle(), make_vehicle()
    trip(free, datetime(2023, 4, 28, 9), 1, by)
    with transaction():
        sealing.plan_year(Decimal(2023), by)
    begun = SealingHoliday.starts_at == datetime(2023, 4, 28, 17, 30)
    holiday = db.session.scalars(select(SealingHoliday).where(begun)).one()
    assert holiday.ends_at == datetime(2023, 5, 4, 8, 30)
    count(date(2023, 5, 5), by)
    five = Period(date(2023, 4, 29), date(2023, 5, 3))
    assert figures(five) == (None, None, None, None)
    with transaction():
        [seal] = sealing.seal(holiday, [sealed.id], "", "", "大院", "值班员", None, None, by)
    assert read("vehicles.hours_sealed", five).value == 5 * 9
    with transaction():
        leave = sealing.allow(seal, datetime(2023, 4, 30, 20), datetime(2023, 5, 2, 9), "负责人", "抢修", by)
    assert read("vehicles.hours_sealed", five).value == 3 * 9
    with transaction():
        again = sealing.seal_again(leave, None, by)
        again.at = datetime(2023, 5, 2, 8)
    assert read("vehicles.hours_sealed", five).value == 4 * 9
    with transaction():
        db.session.get_one(SealingHoliday, holiday.id).ends_at = datetime(2023, 5, 5)
        audit.record("test.changed", "holiday", by)
    assert read("vehicles.hours_sealed", MAY).value == 3 * 9  # 2, 3 and 4 May
    assert read("vehicles.hours_available", Period(date(2023, 5, 4), date(2023, 5, 4))).value == 9
    check()


def test_other_office_hours_count_from_their_day_on(app: Flask, by: Actor) -> None:
    trip(make_vehicle(), datetime(2023, 5, 8, 8), 1, by)
    count(WEEK.last, by)
    with transaction():
        service.set_hours(date(2023, 5, 10), time(8), time(18), "作息通知", by)
        service.set_hours(date(2023, 5, 12), time(9), time(17), "作息通知", by)
    assert read("vehicles.hours_available", WEEK).value == 9 * 2 + 10 * 2 + 8
    with transaction():
        service.set_hours(date(2023, 5, 1), time(8), time(18), "作息通知", by)
    assert read("vehicles.hours_available", WEEK).value == 10 * 4 + 8
    assert read("vehicles.hours_in_use", WEEK).part == 1
    for opens, closes, day in ((time(9), time(9), date(2023, 6, 1)), (time(9), time(10), date(2023, 5, 1))):
        with pytest.raises(Rejected), transaction():
            service.set_hours(day, opens, closes, "x", by)
    check()


def test_the_night_counts_the_day_and_in_a_closed_period_says_why(app: Flask, by: Actor) -> None:
    trip(make_vehicle(), datetime(2023, 5, 30, 9), 1, by)
    jobs.count_day(date(2023, 5, 30))
    assert read("vehicles.hours_available", MAY).value == 9
    with transaction():
        closing.close(MAY, by)
    jobs.count_day(date(2023, 5, 31))
    rows = db.session.scalars(select(Adjustment).where(Adjustment.metric == "vehicles.hours_available")).all()
    assert [(row.part, row.reason) for row in rows] == [(9, "该日在结账后计入。")]


def test_evidence_and_the_page_add_up_to_the_figures(app: Flask, sign_in: SignIn, by: Actor) -> None:
    car, idle = make_vehicle(), make_vehicle()
    trip(car, datetime(2023, 5, 8, 9), 2, by)
    trip(car, datetime(2023, 5, 13, 9), 2, by)  # a Saturday counts nowhere
    count(WEEK.last, by)
    for name in NAMES[:3]:
        figure = read(f"vehicles.hours_{name}", WEEK)
        rows = evidence.page(metrics()[f"vehicles.hours_{name}"], WEEK, 0, 1)
        assert (sum(row.part for row in rows), len(rows)) == (figure.part, figure.records)
    found = {each.id: each for each in use.of_cars(WEEK)}
    assert (found[car.id].used, found[car.id].days, found[car.id].idle_days) == (2, 5, 4)
    assert (found[idle.id].percent, found[idle.id].idle_days) == (0, 5)
    client = sign_in(Role.FLEET_HEAD)
    shown = client.get("/vehicles/hours?period=2023-05").text
    assert car.plate in shown
    assert "闲置天数" in shown
    assert client.get("/vehicles/hours").status_code == 200
    link = "/indicators/figures/vehicles.hours_in_use"
    assert link.rsplit("/", maxsplit=1)[-1] in shown
    assert sign_in(Role.LIAISON).get("/vehicles/hours").status_code == 403


def test_office_hours_are_entered_on_their_page(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(Role.DISPATCHER)
    assert "08:30–17:30" in client.get("/vehicles/hours/office").text
    typed = {"valid_from": "2023-06-01", "opens": "08:00", "closes": "17:00", "source": "夏季作息通知"}
    for wrong in ({"opens": "acht"}, {"opens": ""}, {"closes": "07:00"}, {"source": ""}, {"valid_from": "2020-01-01"}):
        assert client.post("/vehicles/hours/office/new", data={**typed, **wrong}).status_code == 422
    assert client.post("/vehicles/hours/office/new", data=typed).status_code == 303
    assert "夏季作息通知" in client.get("/vehicles/hours/office").text
    assert db.session.scalar(select(func.count()).select_from(OfficeHours)) == 2
    assert sign_in(Role.AUDITOR).post("/vehicles/hours/office/new").status_code == 403


def test_ten_years_are_read_from_one_reading_a_day(app: Flask, by: Actor) -> None:
    for _each in range(3):
        trip(make_vehicle(registered_on=date(2013, 1, 4)), datetime(2014, 1, 6, 9), 1, by)
    assert count(date(2023, 12, 31), by) > 3600
    whole = Period(date(2014, 1, 1), date(2023, 12, 31))
    assert read("vehicles.hours_available", whole).records > 7000
    rows = select(func.count()).select_from(Reading).where(Reading.metric == "vehicles.hours_available")
    assert db.session.scalar(rows) <= db.session.scalar(select(func.count()).select_from(FleetDay))
    assert read("vehicles.hours_available", year(2023)).value == 3 * 9 * len(working_days(year(2023)))


def test_each_cell_opens_the_cars_days_with_their_trips_and_sealing(app: Flask, sign_in: SignIn, by: Actor) -> None:
    car, day = make_vehicle(), date(2023, 5, 9)
    made = trip(car, datetime(2023, 5, 9, 9), 3, by)
    holiday = seal_over(car, by)
    count(MAY.last, by)
    client, line = sign_in(Role.AUDITOR), f"/vehicles/hours/cars/{car.id}?period=2023-05"
    listed = client.get("/vehicles/hours?period=2023-05").text
    for address in (line, f"{line}&amp;show=used", f"{line}&amp;show=idle", f"{line}&amp;show=sealed"):
        assert f'href="{address}"' in listed
    whole, days = client.get(line).text, car_days.of(car, MAY)
    [one] = [each for each in use.of_cars(MAY) if each.id == car.id]
    assert car_days.added(days) == {"available": one.available, "used": one.used, "sealed": one.sealed}
    assert [each.day.day for each in days if each.kind == "used"] == [day]
    assert sum(each.kind == "idle" for each in days) == one.idle_days
    assert f'href="/vehicles/requests/{made.request_id}"' in whole
    assert f'href="/vehicles/sealing/{holiday.id}"' in client.get(f"{line}&show=sealed").text
    idle = client.get(f"{line}&show=idle").text
    assert f'href="/vehicles/requests/{made.request_id}"' not in idle
    opened = client.get("/figures/vehicles.hours_in_use/evidence?period=2023-05-09").text
    assert f'href="/vehicles/hours/cars/{car.id}?day=2023-05-09"' in opened
    alone = client.get(f"/vehicles/hours/cars/{car.id}?day=2023-05-09").text
    assert f'href="/vehicles/requests/{made.request_id}"' in alone
    assert alone.count("<tr>") == 3


def seal_over(car: Any, by: Actor) -> SealingHoliday:
    """Sealed over two days of the month, a day of work among them."""
    starts_at, ends_at = datetime(2023, 5, 16, 17), datetime(2023, 5, 18, 8, 30)
    row = saved(SealingHoliday(name="检修", starts_at=starts_at, ends_at=ends_at))
    seal(row, [car.id], by)
    return row
