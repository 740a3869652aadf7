"""The demo years: 2022 as published, 2023 less than perfect."""

from flask import Flask

from ops.core.db import transaction
from ops.core.demo import DemoYear
from ops.core.period import year
from ops.core.workcalendar import working_days
from ops.indicators.readings import read
from ops.indicators.rollup import refresh
from ops.indicators.verification import drifts
from ops.people import demo as people
from ops.prepare import DEMO_YEARS
from ops.repairs import demo

RATES = ("response_rate", "urgent_on_site_rate", "on_time_rate", "first_fix_rate", "satisfaction")


def test_the_demo_years_come_to_what_is_told_of_them(app: Flask) -> None:
    for number in DEMO_YEARS:
        made = DemoYear(number, working_days(year(number)))
        with transaction():
            people.make(made)
        with transaction():
            demo.make(made)
    assert read("repairs.reported", year(2022)).value == 1794
    assert [read(f"repairs.{name}", year(2022)).value for name in RATES] == [100] * len(RATES)
    assert read("repairs.satisfaction", year(2022)).whole > 300
    for name in RATES:
        value = read(f"repairs.{name}", year(2023)).value
        assert value is not None, name
        assert 95 <= value < 100, name
    refresh()
    assert list(drifts()) == []
