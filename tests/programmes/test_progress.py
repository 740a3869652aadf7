"""Payments against the funding plan, and the pages that show it."""

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from ops.core import clock
from ops.people.roles import Role
from ops.programmes.models import FundingPoint
from ops.programmes.progress import Light, curve, light, planned_on, progress
from tests.app_fixtures import SignIn
from tests.programmes.factories import make_payment, stored_programme, stored_programmes
from tests.programmes.reference import document_text

D = Decimal
PLAN = [
    FundingPoint(day=day, percent=D(percent))
    for day, percent in (
        (date(2023, 3, 31), 30),
        (date(2023, 6, 30), 50),
        (date(2023, 10, 31), 80),
        (date(2023, 12, 31), 100),
    )
]


@pytest.mark.pure
@pytest.mark.parametrize(
    ("day", "percent"),
    [(date(2023, 3, 31), 30), (date(2023, 6, 30), 50), (date(2023, 10, 31), 80), (date(2023, 12, 31), 100)],
)
def test_the_plan_meets_its_points(day: date, percent: int) -> None:
    assert planned_on(PLAN, day) == percent


@pytest.mark.pure
def test_the_plan_of_july_lies_on_the_line_between_its_points() -> None:
    assert round(planned_on(PLAN, date(2023, 7, 31)), 1) == D("57.6")


@pytest.mark.pure
@given(st.dates(date(2023, 1, 1), date(2023, 12, 30)))
def test_the_plan_never_falls(day: date) -> None:
    assert 0 < planned_on(PLAN, day) <= planned_on(PLAN, date.fromordinal(day.toordinal() + 1)) <= 100


@pytest.mark.pure
@pytest.mark.parametrize(
    ("rate", "planned", "expected"),
    [
        ("40", "50", Light.ON_PLAN),
        ("39.99", "50", Light.BEHIND),
        ("30", "50", Light.BEHIND),
        ("29.99", "50", Light.FAR_BEHIND),
        (None, "50", Light.NOTHING_PAID),
        (None, "0", Light.ON_PLAN),
    ],
)
def test_the_light_is_said_in_steps_of_the_plan(rate: str | None, planned: str, expected: Light) -> None:
    assert light(None if rate is None else D(rate), D(planned)) is expected


def test_more_than_the_budget_is_said(app: Flask) -> None:
    programme = stored_programme(3)
    make_payment(programme, "14000.01")
    assert progress(programme, clock.today()).light is Light.OVER_BUDGET


def test_the_curve_ends_at_what_was_paid_and_leaves_months_to_come_open(app: Flask) -> None:
    programme = stored_programme()
    make_payment(programme, "100000", paid_on=date(2023, 2, 1))
    make_payment(programme, "50000", paid_on=date(2023, 6, 1))
    with app.test_request_context():
        months = curve(programme, date(2023, 6, 15))
    assert [each.paid for each in months[:7]] == [0, 10, 10, 10, 10, 15, None]
    assert months[-1].planned == 150


def test_the_list_shows_the_year_with_budget_and_light(app: Flask, sign_in: SignIn) -> None:
    first, *_rest = stored_programmes()
    make_payment(first, "1413000")
    text = sign_in(Role.LEADER).get("/programmes?year=2023").get_data(as_text=True)
    assert "141.30" in text
    assert "94.20%" in text
    assert text.count("尚未支付") == 5
    assert sign_in(Role.DRIVER).get("/programmes").status_code == 403


def test_an_empty_house_says_what_will_stand_here(app: Flask, sign_in: SignIn) -> None:
    assert "尚未保存绩效目标" in sign_in(Role.PERFORMANCE).get("/programmes").get_data(as_text=True)


def test_the_programme_page_opens_its_payments_and_its_document(app: Flask, sign_in: SignIn) -> None:
    programme = stored_programme()
    make_payment(programme)
    client = sign_in(Role.FINANCE)
    text = client.get(f"/programmes/{programme.id}").get_data(as_text=True)
    assert f"/figures/programmes.paid/evidence?period=2023-01-01..2023-05-31&amp;scope={programme.id}" in text
    with client.get(f"/attachments/{programme.attachment_id}") as document:
        assert document.data.decode() == document_text()
    assert client.get("/programmes/99").status_code == 404


def test_the_start_page_says_what_waits(app: Flask, sign_in: SignIn) -> None:
    make_payment(stored_programme(3), "13000")
    officer = sign_in(Role.PERFORMANCE).get("/").get_data(as_text=True)
    assert officer.count("指标尚无完成值") == 6
    assert officer.count("未完成指标缺偏差原因") == 1
    finance = sign_in(Role.FINANCE).get("/").get_data(as_text=True)
    assert finance.count("支付进度滞后") == 5
    assert "尚无完成值" not in finance
