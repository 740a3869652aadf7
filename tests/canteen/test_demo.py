"""The demo year, over its first days."""

from flask import Flask
from sqlalchemy import func, select

from ops.canteen import demo
from ops.canteen.models import Meal
from ops.core.db import db, transaction
from ops.core.demo import DemoYear
from ops.core.period import year
from ops.core.workcalendar import working_days
from ops.indicators.readings import read
from ops.indicators.rollup import refresh
from ops.indicators.verification import drifts
from ops.people import demo as people
from tests.canteen.factories import canteen


def make(of: int, days: int = 4) -> None:
    made = DemoYear(of, working_days(year(of))[:days])
    for part in (people.make, demo.make):
        with transaction():
            part(made)


def meals() -> list[tuple[object, ...]]:
    columns = (Meal.diner_id, Meal.day, Meal.at, Meal.amount, Meal.terminal_id, Meal.serial)
    return [tuple(row) for row in db.session.execute(select(*columns).order_by(Meal.id))]


def test_both_canteens_eat_in_2023_and_no_figure_drifts(app: Flask) -> None:
    make(2023)
    assert 10_000 < len(meals()) < 13_000
    urban, harbour = canteen().id, canteen("harbour").id
    assert (read("canteen.diners", year(2023), harbour).value or 0) <= 2450
    assert (read("canteen.subsidised_diners", year(2023), urban).value or 0) > 400
    assert read("canteen.incidents", year(2023)).value == 0
    assert read("canteen.checks_done", year(2023)).value == 100
    assert read("canteen.days_open_rate", year(2023)).value == 100
    refresh()
    assert list(drifts()) == []


def test_an_earlier_year_feeds_the_urban_canteen_only_and_a_year_is_made_once(app: Flask) -> None:
    make(2022, days=2)
    first = meals()
    assert db.session.scalar(select(func.count(Meal.id)).where(Meal.canteen_id == canteen("harbour").id)) == 0
    make(2022, days=2)
    assert meals() == first
