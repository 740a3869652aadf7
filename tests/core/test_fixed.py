"""Exact decimals in the database."""

from decimal import Decimal

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, Integer, MetaData, Table, case, func, select

from ops.core.db import Fixed, db

AMOUNTS = Table(
    "fixed_sample",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("amount", Fixed(2)),
    Column("times", Integer),
)
CENT = Decimal("0.01")


@pytest.fixture
def amounts(app: Flask) -> Table:
    AMOUNTS.create(db.engine)
    with db.engine.begin() as connection:
        connection.execute(AMOUNTS.insert(), [{"amount": Decimal("1.50"), "times": 3}, {"amount": CENT, "times": 2}])
    return AMOUNTS


def scalar(expression: object) -> object:
    return db.session.scalar(select(expression).where(AMOUNTS.c.times == 3))  # type: ignore[call-overload]


def test_sums_differences_and_multiples_are_exact_decimals(amounts: Table) -> None:
    amount, times = amounts.c.amount, amounts.c.times
    assert scalar(amount + 1) == Decimal("2.50")
    assert scalar(amount - Decimal("0.25")) == Decimal("1.25")
    assert scalar(-amount) == Decimal("-1.50")
    assert scalar(amount * 2) == scalar(amount + amount) == Decimal(3)
    assert scalar(amount * times) == Decimal("4.50")
    assert scalar(case((times > 2, amount), else_=0)) == Decimal("1.50")
    assert db.session.scalar(select(func.sum(amount))) == Decimal("1.51")
    assert db.session.scalar(select(func.sum(amount * times))) == Decimal("4.52")
    assert db.session.scalar(select(times).where(amount == Decimal("1.5"))) == 3


def test_what_would_move_the_point_is_refused() -> None:
    amount, times, other = AMOUNTS.c.amount, AMOUNTS.c.times, Column("other", Fixed(4))
    for wrong in (lambda: amount * amount, lambda: amount / 2, lambda: amount + times, lambda: amount - other):
        with pytest.raises(TypeError):
            wrong()


@pytest.mark.pure
@given(st.integers(-(10**17), 10**17), st.integers(0, 4))
def test_every_decimal_comes_back_as_it_went_in(whole: int, scale: int) -> None:
    kind, value = Fixed(scale), Decimal(whole).scaleb(-scale)
    assert kind.process_result_value(kind.process_bind_param(value, None), None) == value


@pytest.mark.pure
@pytest.mark.parametrize("value", [Decimal("0.001"), 0.5, Decimal("1.005")])
def test_what_is_not_exact_in_two_places_is_refused(value: Decimal) -> None:
    with pytest.raises((ValueError, TypeError)):
        Fixed(2).process_bind_param(value, None)
