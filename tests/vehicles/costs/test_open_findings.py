"""Findings wait whatever their year: on the list, on the start page of those who settle them, beside the notice."""

import re
from datetime import timedelta

from flask import Flask

from ops.core import audit, clock
from ops.core.access import Actor
from ops.core.db import transaction
from ops.core.period import year
from ops.people.roles import Role
from ops.vehicles.costs import findings
from ops.vehicles.models import Dispatch
from ops.vehicles.odometer import service as odometer
from tests.app_fixtures import SignIn
from tests.factories import AT, DAY
from tests.vehicles.costs.factories import make_cost, make_driven
from tests.vehicles.test_query_counts import counted

LIST = "/vehicles/fuel/findings"
ON_THE_START_PAGE = rf'href="{LIST}"[^>]*>(?:(?!</a>).)*里程与加油疑点'


def gap(day: int) -> Dispatch:
    """Two trips of a car with 120 km between them, so many days from the usual moment on."""
    at = AT + timedelta(days=day)
    trip = make_driven(1000, 1080, at)
    make_driven(1200, 1280, at + timedelta(days=1), vehicle_id=trip.vehicle_id)
    return trip


def test_without_a_period_every_open_finding_is_listed_whatever_its_year(
    app: Flask, by: Actor, sign_in: SignIn
) -> None:
    """The only cost is of 2023; the findings are of 2022 and 2023."""
    earlier, later = gap(-365), gap(0)
    make_cost(day=DAY)
    client = sign_in(Role.DISPATCHER)
    text = client.get(LIST).text
    assert "待处理2项" in text
    assert "2022-05-10" in text
    assert "2023-05-10" in text
    offered = re.findall(r'<option value="(\d*)"', text)
    assert offered == ["", *(str(each) for each in range(clock.today().year, 2021, -1))]
    [found] = findings.of_period(year(2022))
    with transaction():
        odometer.settle(found.key, earlier.vehicle_id, "送检", by)
    text = client.get(LIST).text
    assert "待处理1项" in text
    assert "送检" not in text
    assert "送检" in client.get(f"{LIST}?period=2022").text
    assert [each.vehicle_id for each in findings.open_ones()] == [later.vehicle_id]


def test_the_start_page_counts_them_for_those_who_settle_them(app: Flask, by: Actor, sign_in: SignIn) -> None:
    trip = gap(-365)
    for role, is_told in ((Role.DISPATCHER, True), (Role.FINANCE, True), (Role.FLEET_HEAD, False)):
        assert bool(re.search(ON_THE_START_PAGE, sign_in(role).get("/").text, re.DOTALL)) is is_told, role
    assert findings.open_count() == 1
    gap(0)
    assert findings.open_count() == 2
    [found] = findings.of_period(year(2022))
    with transaction():
        odometer.settle(found.key, trip.vehicle_id, "送检", by)
    assert findings.open_count() == 1


def test_they_are_looked_for_again_only_after_a_deed_that_may_change_them(app: Flask, by: Actor) -> None:
    gap(0)
    assert findings.open_count() == 1
    with transaction():
        audit.record("vehicles.request.asked", "trip_request:9", by)
    with counted() as statements:
        assert findings.open_count() == 1
    assert len([each for each in statements if each.startswith("SELECT")]) == 1


def test_the_monthly_notice_says_how_many_of_its_month_are_open(app: Flask, by: Actor, sign_in: SignIn) -> None:
    trip = gap(0)
    client = sign_in(Role.DISPATCHER)
    line = f'<a href="{LIST}?period=2023-05">本月有1条待处理疑点</a>'
    assert line in client.get("/vehicles/costs/notice?period=2023-05").text
    assert "条待处理疑点" not in client.get("/vehicles/costs/notice?period=2023-04").text
    assert "待处理1项" in client.get(f"{LIST}?period=2023-05").text
    [found] = findings.open_ones()
    with transaction():
        odometer.settle(found.key, trip.vehicle_id, "送检", by)
    assert "条待处理疑点" not in client.get("/vehicles/costs/notice?period=2023-05").text
