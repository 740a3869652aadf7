"""The words of a narrative are chosen by the figure."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.programmes.narrative.wording import about, chinese, percent, plain

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("step", "value", "said"),
    [
        (100, 691, "近700"), (100, 680, "近700"), (100, 700, "700"), (100, 701, "700余"), (100, 423, "400余"),
        (1000, 2043, "2000余"), (1000, 1084, "1000余"),
        (10, 14, "10余"), (100, 40, "40"), (100, 98, "近100"), (10, 0, "0"),
    ],
)  # fmt: skip
def test_near_just_below_and_over_above(step: int, value: int, said: str) -> None:
    assert about(step)(Decimal(value)) == said


@given(st.integers(0, 100_000), st.sampled_from([10, 100, 1000]))
def test_the_words_never_speak_against_the_figure(value: int, step: int) -> None:
    said = about(step)(Decimal(value))
    if said.startswith("近"):
        assert value < int(said[1:]) <= value * 1.04
    elif said.endswith("余"):
        assert int(said[:-1]) < value < int(said[:-1]) + step
    else:
        assert int(said) == value


def test_only_a_full_hundred_percent_is_called_so() -> None:
    assert percent(Decimal(100)) == "百分之百"
    assert percent(Decimal("99.999")) == "99.99%"
    assert percent(Decimal("98.5")) == "98.50%"


def test_small_counts_and_plain_numbers() -> None:
    assert [chinese(Decimal(n)) for n in (2, 3, 10, 11)] == ["两", "三", "十", "11"]
    assert plain(Decimal("500.0000")) == "500"
