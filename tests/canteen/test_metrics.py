"""What the canteens' records come to."""

from datetime import date, datetime

from flask import Flask

from ops.canteen import diners, safety, service
from ops.canteen.metrics import METRICS
from ops.core.access import Actor
from ops.core.db import transaction
from ops.core.period import Period, month, year
from ops.indicators import evidence
from ops.indicators.catalogue import metrics
from ops.indicators.readings import read
from ops.indicators.rollup import refresh
from ops.indicators.verification import drifts
from tests.canteen.factories import DAY, NOON, canteen, make_diner, make_grant, make_meal, make_opening_day

MAY = month(2023, 5)


def test_a_meal_counts_on_its_day_and_a_diner_once(app: Flask) -> None:
    diner = make_diner()
    make_meal(diner)
    make_meal(diner, datetime(2023, 5, 10, 12))
    make_meal(canteen_id=canteen("harbour").id)
    assert (read("canteen.meals", MAY).value, read("canteen.diners", MAY).value) == (3, 2)
    assert read("canteen.meals", MAY, canteen().id).value == 2
    assert read("canteen.meals", month(2023, 4)).value is None


def test_a_reversed_meal_counts_nowhere(app: Flask, by: Actor) -> None:
    diner = make_diner()
    make_grant(diner)
    meal = make_meal(diner)
    assert read("canteen.subsidised_diners", MAY).value == 1
    with transaction():
        service.reverse(meal, "刷错卡", by)
    for name in ("canteen.meals", "canteen.diners", "canteen.subsidised_diners"):
        assert read(name, MAY).value is None, name


def test_a_grant_given_afterwards_counts_the_meals_of_its_days_only(app: Flask, by: Actor) -> None:
    diner = make_diner()
    make_meal(diner)
    make_meal(diner, datetime(2023, 6, 9, 12))
    assert read("canteen.subsidised_diners", year(2023)).value is None
    with transaction():
        diners.grant(diner, canteen().id, date(2023, 5, 1), date(2023, 5, 31), by)
    assert read("canteen.subsidised_diners", MAY).value == 1
    assert read("canteen.subsidised_diners", month(2023, 6)).value is None


def test_a_grant_of_one_canteen_subsidises_no_meal_of_the_other(app: Flask) -> None:
    diner = make_diner()
    make_grant(diner)
    make_meal(diner, canteen_id=canteen("harbour").id)
    assert read("canteen.subsidised_diners", MAY).value is None


def test_a_stopped_grant_lets_go_of_the_meals_after_its_last_day(app: Flask, by: Actor) -> None:
    diner = make_diner()
    grant = make_grant(diner)
    make_meal(diner)
    assert read("canteen.subsidised_diners", MAY).value == 1
    with transaction():
        diners.stop(grant, date(2023, 5, 8), "调离", by)
    assert read("canteen.subsidised_diners", MAY).value is None


def test_a_planned_day_without_a_meal_stays_in_the_denominator(app: Flask) -> None:
    make_opening_day()
    make_opening_day(date(2023, 5, 10))
    make_meal()
    figure = read("canteen.days_open_rate", MAY)
    assert (figure.part, figure.whole, figure.value) == (1, 2, 50)


def test_no_incident_is_nought_where_one_looked_and_no_data_where_nobody_did(app: Flask, by: Actor) -> None:
    make_opening_day()
    with transaction():
        safety.check(canteen().id, DAY, True, None, None, by)
    figure = read("canteen.incidents", MAY, canteen().id)
    assert (figure.value, figure.records) == (0, 1)
    assert read("canteen.incidents", MAY, canteen("harbour").id).value is None
    assert read("canteen.checks_done", MAY).value == 100


def test_an_incident_counts_until_it_is_reversed(app: Flask, by: Actor) -> None:
    with transaction():
        entry = safety.report(canteen().id, DAY, None, "疑似腹泻", None, by)
    assert read("canteen.incidents", MAY).value == 1
    with transaction():
        safety.reverse(entry, "经查与食堂无关", by)
    assert read("canteen.incidents", MAY).value is None


def test_every_evidence_adds_up_to_its_figure_and_nothing_drifts(app: Flask, by: Actor) -> None:
    make_opening_day()
    diner = make_diner()
    make_grant(diner)
    make_meal(diner)
    make_meal()
    make_meal(at=datetime(2023, 5, 9, 12, 9))
    with transaction():
        service.reverse(make_meal(), "重复", by)
        safety.check(canteen().id, DAY, False, "留样不足", "已补", by)
    for metric in METRICS:
        for scope in (0, canteen().id):
            figure, foot = read(metric.name, MAY, scope), evidence.foot(metrics()[metric.name], MAY, scope)
            assert (figure.part, figure.records) == (foot.part, foot.records), metric.name
            rows = evidence.page(metrics()[metric.name], MAY, scope, 1)
            assert len(rows) == foot.rows, metric.name
    refresh()
    assert list(drifts()) == []


def test_a_day_is_read_alone(app: Flask) -> None:
    make_meal(at=NOON)
    assert read("canteen.meals", Period(DAY, DAY)).value == 1
