"""Periods and their keys."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.core.errors import Rejected
from ops.core.period import Period, month, parse, quarter, year

pytestmark = pytest.mark.pure
days = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@given(days, days)
def test_every_period_is_found_again_by_its_key_and_its_months_are_all_of_it(one: date, other: date) -> None:
    period = Period(min(one, other), max(one, other))
    assert parse(period.key) == period
    months = period.months()
    assert (months[0].first, months[-1].last) == (period.first, period.last)
    assert sum(each.days for each in months) == period.days


@pytest.mark.parametrize(
    ("period", "key"),
    [
        (year(2024), "2024"),
        (quarter(2023, 1), "2023Q1"),
        (quarter(2023, 4), "2023Q4"),
        (month(2024, 2), "2024-02"),
        (Period(date(2023, 5, 9), date(2023, 5, 9)), "2023-05-09"),
        (Period(date(2023, 1, 1), date(2023, 12, 30)), "2023-01-01..2023-12-30"),
    ],
)
def test_a_period_has_the_shortest_key(period: Period, key: str) -> None:
    assert (period.key, parse(key)) == (key, period)


@pytest.mark.parametrize(
    "key", ["", "2023Q5", "2023-00", "2023-02-30", "0001", "9999", "2023-05-09..2023-05-08", "2023..2024"]
)
def test_what_is_no_period_is_refused_in_words(key: str) -> None:
    with pytest.raises(Rejected) as refusal:
        parse(key)
    assert refusal.value.field == "period"
