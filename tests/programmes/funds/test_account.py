"""Budget by source on a day, the forecast to year end, and the page that shows them."""

import itertools
from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from ops.core.access import Actor
from ops.core.db import db, transaction
from ops.people.roles import Role
from ops.programmes import service
from ops.programmes.funds import queries
from ops.programmes.funds.account import account, last_month, spec
from ops.programmes.funds.forecasting import course, forecast
from ops.programmes.models import Payment, Programme
from ops.programmes.progress import planned_on
from tests.app_fixtures import SignIn
from tests.programmes.factories import make_payment, stored_programme

D = Decimal
MONEY = st.decimals(0, 10**9, places=2)


@pytest.mark.pure
@pytest.mark.parametrize(
    ("paid", "planned", "expected", "if_planned"),
    [
        ("600000", "50", "1200000", "1350000"),  # pace 80 %: 60 + 75 × 0.8 = 120 of 150
        ("750000", "50", "1500000", "1500000"),  # on plan: all of it
        ("900000", "50", "1500000", "1500000"),  # ahead: never above the budget
        ("1600000", "80", "1600000", "1600000"),  # over the budget already: what is paid stays paid
        ("0", "50", "0", "750000"),
        ("1413000", "100", "1413000", "1413000"),  # the year is over: nothing is left to forecast
    ],
)
def test_the_forecast_is_what_a_pencil_gives(paid: str, planned: str, expected: str, if_planned: str) -> None:
    found = forecast(D(paid), D(1_500_000), D(planned))
    assert found is not None
    assert (found.expected, found.if_planned) == (D(expected), D(if_planned))
    assert found.low <= found.high


@pytest.mark.pure
def test_there_is_no_forecast_without_payments_plan_or_budget() -> None:
    assert forecast(None, D(100), D(50)) is None
    assert forecast(D(1), D(100), D(0)) is None
    assert forecast(D(1), D(0), D(50)) is None


@pytest.mark.pure
@given(MONEY, st.decimals(1, 10**9, places=2), st.decimals(1, 100, places=2))
def test_a_forecast_is_never_below_what_is_paid_nor_above_budget_and_paid(paid: D, budget: D, planned: D) -> None:
    found = forecast(paid, budget, planned)
    assert found is not None
    assert paid <= found.low <= found.high <= max(paid, budget.quantize(D("0.01")))
    assert course(found, budget, planned, [planned, D(100)]) == [paid, found.expected]


def test_the_budget_of_a_day_holds_the_changes_decided_until_then(app: Flask, by: Actor) -> None:
    programme = stored_programme()
    with transaction():
        service.change_budget(programme, date(2023, 3, 10), "carried_over", D(50000), "结转通知", by, "上年结转")
        service.change_budget(programme, date(2023, 9, 1), "fiscal", D(-100000), "调整通知", by, "压减支出")
    assert queries.budget_on(programme, date(2023, 3, 9)) == 1_500_000
    assert queries.budget_on(programme, date(2023, 3, 10)) == 1_550_000
    assert queries.budget_on(programme, date(2023, 9, 1)) == 1_450_000
    july = {line.source: line for line in account(programme, 7).lines}
    assert july["carried_over"].budget == 50000
    assert july["carried_over"].initial is None
    assert july["fiscal"].budget == 1_500_000
    assert july["other"].budget is None


def test_sources_add_up_and_the_curve_is_the_sum_of_the_payments(app: Flask) -> None:
    programme = stored_programme()
    for day, source, amount in (("03-01", "fiscal", "100"), ("05-31", "carried_over", "20"), ("06-01", "other", "3")):
        make_payment(programme, amount, source=source, paid_on=date.fromisoformat(f"2023-{day}"))
    made = account(programme, 6)
    assert [line.paid for line in made.lines] == [123, 100, 20, 3]
    assert [line.paid for line in account(programme, 5).lines] == [120, 100, 20, None]
    assert [each.paid for each in made.months] == [0, 0, 100, 100, 120, 123, *[None] * 6]


def test_the_cumulated_plan_recounted_point_by_point(app: Flask) -> None:
    """Brute force: from the seed's own points, a line drawn day by day."""
    programme = stored_programme(5)
    made = account(programme, 7)
    points = [(date(2022, 12, 31), D(0)), *((point.day, point.percent) for point in programme.points)]
    for month in made.months:
        (a, low), (b, high) = next(
            pair for pair in itertools.pairwise(points) if pair[0][0] < month.period.last <= pair[1][0]
        )
        share = low + (high - low) * (month.period.last - a).days / (b - a).days
        assert month.planned == D(9_009_000) * share / 100
    assert round(planned_on(programme.points, date(2023, 7, 31)), 1) == D("65.0")


def test_every_mark_of_what_was_paid_opens_payments_that_add_up(app: Flask, sign_in: SignIn) -> None:
    programme = stored_programme()
    make_payment(programme, "100", paid_on=date(2023, 2, 3))
    with app.test_request_context():
        series = spec(account(programme, 3))["series"]
    urls = [mark["url"] for mark in series[0]["data"]]  # type: ignore[index]
    assert all(urls[:3])
    assert not any(urls[3:])
    assert "100" in sign_in(Role.LEADER).get(urls[1]).text


@pytest.mark.pure
def test_the_month_that_is_shown_first() -> None:
    assert last_month(2023, date(2026, 5, 1)) == 12
    assert [last_month(2023, date(2023, month, 9)) for month in (1, 2, 8, 12)] == [1, 1, 7, 11]


def test_the_page_by_role_and_its_bad_months(app: Flask, sign_in: SignIn) -> None:
    programme = stored_programme()
    make_payment(programme, "600000", paid_on=date(2023, 6, 1))
    address = f"/programmes/{programme.id}/funds"
    shown = sign_in(Role.LEADER).get(f"{address}?month=6").text
    assert "预计数，非实际数" in shown
    assert "预计年末支付120.00至135.00" in shown
    assert "调整预算" not in shown
    assert sign_in(Role.FINANCE).get(address).status_code == 200
    assert sign_in(Role.LEADER).get(f"{address}?month=13").status_code == 404
    assert sign_in(Role.DRIVER).get(address).status_code == 403
    assert sign_in(Role.LEADER).get("/programmes/99/funds").status_code == 404


def test_a_change_of_the_budget_wants_its_reason(app: Flask, sign_in: SignIn) -> None:
    programme = stored_programme()
    client, address = sign_in(Role.FINANCE), f"/programmes/{programme.id}/budget-changes/new"
    typed = {"decided_on": "2023-06-01", "source": "fiscal", "amount": "-1000", "document": "调整通知"}
    answer = client.post(address, data=typed)
    assert answer.status_code == 422
    assert "-1000" in answer.text
    assert client.post(address, data={**typed, "reason_given": "压减支出"}).status_code == 303
    assert "压减支出" in client.get(f"/programmes/{programme.id}/funds").text
    assert db.session.scalar(select(func.count()).select_from(Payment)) == 0
    assert db.session.get(Programme, programme.id) is not None
