"""A year of the vehicles at random: trips, late papers, reversals, replaced dials, repairs, sealing, what is owed.

Every figure of every month, quarter and of the year, and each car's, equals a recount in plain Python. More examples:
`YEAR_EXAMPLES=20 YEAR_DAYS=40 pytest tests/random_work/test_vehicles_year.py`; others: `--hypothesis-seed=7`.
"""

import os
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import run_state_machine_as_test

from ops.app import FEATURES
from ops.core import audit
from ops.core.db import db
from ops.core.period import Period, month, quarter, year
from ops.core.workcalendar import load_calendar
from ops.indicators.feature import FEATURE as INDICATORS
from ops.indicators.metric import ALL, Metric
from ops.vehicles.models import Driver, Vehicle
from ops.vehicles.sealing.models import SealingHoliday
from tests.app_fixtures import make_app
from tests.databases import Databases, chosen_kind
from tests.indicators.conftest import Book
from tests.random_work import vehicles_edges_owed_work, vehicles_edges_work
from tests.random_work.machine import EVER, DailyWork
from tests.random_work.steps import BY, calendar
from tests.random_work.test_random_work import work_of

VEHICLES = next(feature for feature in FEATURES if feature.name == "vehicles")
FIRST, LAST = date(2023, 1, 1), date(2023, 12, 31)
MONTHS = [month(2023, number) for number in range(1, 13)]
QUARTERS = [quarter(2023, number) for number in range(1, 5)]
# worked on though they are a Saturday or Sunday, by the State Council's notice for 2023
MAKE_UP = [date(2023, *day) for day in ((1, 28), (1, 29), (4, 23), (5, 6), (6, 25), (10, 7), (10, 8))]
EDGES = sorted(
    {
        *(each.first for each in MONTHS), *(each.last for each in MONTHS), *MAKE_UP,
        FIRST - timedelta(days=1), LAST + timedelta(days=1), date(2023, 1, 21), date(2023, 9, 29),
    }
)  # fmt: skip
CARS = 4
TRIPS = ("hire", "book_car", "start_trip", "end_trip", "enter_trip", "extend", "join_trip", "cancel_dispatch")
FOLLOWING = ("raise_alarm", "settle_alarm", "rate", "cancel_every_vehicle", "void_hire", "set_tank", "take_back")
EXAMPLES = int(os.environ.get("YEAR_EXAMPLES", {"sqlite": "2", "postgresql": "1"}[chosen_kind()]))
DAYS = int(os.environ.get("YEAR_DAYS", {"sqlite": "28", "postgresql": "20"}[chosen_kind()]))
around = st.dates(FIRST - timedelta(days=3), LAST + timedelta(days=3))


def arrange_fleet() -> None:
    """Cars that are there all year, so that most of what is asked for can be driven."""
    rows = [Vehicle(plate=f"冀B{n:04}年", model="轿车", seats=5, registered_on=date(2022, 1, 4)) for n in range(CARS)]
    db.session.add_all([*rows, *(Driver(name=f"司机1{n}") for n in range(CARS))])
    for number in (3, 6, 11):  # one of the house's own: days that are worked and sealed all the same
        begins = datetime(2023, number, 6, 17, 30)
        db.session.add(SealingHoliday(name="封存", starts_at=begins, ends_at=begins + timedelta(days=number)))
    audit.record("test.arranged", "vehicle", BY)
    load_calendar()  # with its holidays and make-up days


class AYear(DailyWork):
    """The daily work of the vehicles over a whole year: trips, what follows on other deeds, and what is done at their
    moments come in twice as often as the rest.
    """

    steps = [step for each in work_of("vehicles") for step in dict.fromkeys(each.STEPS)]
    steps += [step for step in steps for often in (TRIPS, FOLLOWING, FOLLOWING) if step.__name__ in often]
    steps += [*vehicles_edges_work.STEPS, *vehicles_edges_owed_work.STEPS]
    arrangements = [*(each.arrange for each in work_of("vehicles")), arrange_fleet]
    checks_besides = [each.check_besides for each in work_of("vehicles") if hasattr(each, "check_besides")]
    closable = [*MONTHS, *QUARTERS, year(2023)]
    periods = st.sampled_from([*MONTHS, *QUARTERS]) | st.tuples(around, around).map(lambda e: Period(min(e), max(e)))
    most_deeds = 12

    def compared(self, metric: Metric) -> list[tuple[Period, int]]:
        """With their evidence: all there is, the year, and a month at its edge."""
        return [(EVER, ALL), (year(2023), ALL), (MONTHS[0], ALL)]

    def read_only(self, metric: Metric) -> list[tuple[Period, int]]:
        """Every month and quarter, and the year of each car."""
        scopes = metric.scopes() if metric.scopes else ()
        return [(period, ALL) for period in (*MONTHS, *QUARTERS)] + [(year(2023), scope) for scope in scopes]


@pytest.fixture
def the_whole_year() -> Iterator[None]:
    """Edges as often as any other day: deeds have to meet."""
    before = calendar["days"]
    calendar["days"] = st.sampled_from(EDGES) | st.dates(FIRST, LAST)
    yield
    calendar["days"] = before


@pytest.mark.usefixtures("the_whole_year")
def test_a_year_at_random_leaves_every_figure_equal_to_a_recount(
    app_on_template: Flask, databases: Databases, worker_name: str, tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
) -> None:  # fmt: skip
    del app_on_template  # its template is what each example's database is a copy of
    name = f"{worker_name}_vehicles_year"
    app = make_app(databases.fresh(name), tmp_path_factory.mktemp("a_year"), features=(INDICATORS, VEHICLES))
    AYear.book = Book(app, databases, name)
    # the first example that is tried is always the one without any work
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        AYear,
        settings=settings(
            max_examples=1 + EXAMPLES, stateful_step_count=DAYS, deadline=None, database=None,
            derandomize=request.config.getoption("--hypothesis-seed") is None,
            phases=[Phase.generate], suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
    databases.drop(name)
