"""The demo years: what the published document counts comes out of the records."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from ops.core import clock
from ops.core.db import db, transaction
from ops.core.demo import DemoYear
from ops.core.period import year as whole_year
from ops.core.workcalendar import working_days
from ops.indicators.readings import read
from ops.indicators.rollup import refresh
from ops.indicators.verification import drifts
from ops.people import demo as people
from ops.vehicles import demo as vehicles
from ops.vehicles import queries
from ops.vehicles.hires import demo as hires
from ops.vehicles.models import Departure, Dispatch, Driver, TripReturn, Vehicle
from ops.vehicles.register.models import ReformUnit


def make_year(year: int) -> None:
    made = DemoYear(year, working_days(whole_year(year)))
    for part in (people, vehicles, hires):
        with transaction():
            part.make(made)


@pytest.fixture
def demo_years(app: Flask) -> None:
    make_year(2022)
    make_year(2023)


def figure(name: str, year: int = 2022) -> float:
    return float(read(f"vehicles.{name}", whole_year(year)).value or 0)


@pytest.mark.usefixtures("demo_years")
def test_2022_comes_out_as_the_document_says() -> None:
    exact = {"on_register": 74, "transferred": 22, "institutions": 52, "enterprises": 16, "hired_trips": 807}
    assert {name: figure(name) for name in exact} == exact
    assert 680 <= figure("dispatches") <= 699
    assert 401 <= figure("hired_activities") <= 449
    assert 90 < figure("returns_on_time") < 100
    refresh()
    assert list(drifts()) == []


@pytest.mark.usefixtures("demo_years")
def test_the_second_year_adds_work_but_no_second_car_driver_or_unit() -> None:
    counts = [db.session.scalar(select(func.count()).select_from(model)) for model in (Vehicle, Driver, ReformUnit)]
    assert counts == [74, 12, 68]
    assert figure("on_register", 2023) == 74
    assert figure("dispatches", 2023) > 600
    assert figure("hired_trips", 2023) != figure("hired_trips")


@pytest.mark.usefixtures("demo_years")
def test_nothing_of_the_past_is_left_waiting() -> None:
    assert db.session.scalars(queries.waiting()).all() == []
    assert db.session.scalars(queries.overdue(clock.now())).all() == []


@pytest.mark.usefixtures("demo_years")
def test_every_dial_only_goes_up() -> None:
    read_off = select(Dispatch.vehicle_id, Departure.odometer, TripReturn.odometer)
    trips = read_off.select_from(Dispatch).join(Departure).join(TripReturn).order_by(Dispatch.starts_at)
    dials: dict[int, int] = {}
    for car, start, end in db.session.execute(trips):
        assert dials.get(car, 0) <= start < end
        dials[car] = end
    assert len(dials) == 74


def test_2023_can_be_made_alone(app: Flask) -> None:
    make_year(2023)
    assert figure("on_register", 2023) == 74
    refresh()
    assert list(drifts()) == []
