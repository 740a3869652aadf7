"""Kilometres from readings, whatever the order of entry; what does not fit is found."""

from datetime import date, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.core.errors import Rejected
from ops.vehicles.odometer.models import Source
from ops.vehicles.odometer.rules import (
    Read,
    Replaced,
    check_past,
    check_value,
    dial_distance,
    dial_findings,
    trip_kilometres,
)

pytestmark = pytest.mark.pure
AT = datetime(2023, 5, 9, 8)
HOUR = timedelta(hours=1)
moments = st.datetimes(datetime(2023, 1, 1), datetime(2023, 12, 31))
reads = st.builds(Read, moments, st.integers(0, 300_000), st.sampled_from(Source), st.none() | st.integers(1, 5))
changes = st.builds(Replaced, moments, st.integers(0, 300_000), st.integers(0, 1000))


def at(hours: float, value: int, source: Source = Source.MANUAL, trip: int | None = None, key: int = 0) -> Read:
    return Read(AT + hours * HOUR, value, source, trip, key)


@given(st.lists(reads, max_size=12), st.lists(changes, max_size=3), st.randoms(), moments, moments)
def test_kilometres_of_a_period_do_not_depend_on_the_order_of_entry(
    rows: list[Read], replaced: list[Replaced], chance: object, one: datetime, other: datetime
) -> None:
    first, last = sorted((one.date(), other.date()))
    shuffled, changed = rows[:], replaced[:]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    chance.shuffle(changed)  # type: ignore[attr-defined]
    numbered = [Read(each.at, each.value, each.source, each.trip, key) for key, each in enumerate(shuffled)]
    assert dial_distance(numbered, changed, first, last) == dial_distance(rows, replaced, first, last)
    found = [(each.kind, each.kilometres) for each in dial_findings(numbered, changed)]
    assert found == [(each.kind, each.kilometres) for each in dial_findings(rows, replaced)]


@given(st.lists(reads, max_size=12), st.lists(changes, max_size=3), moments)
def test_periods_that_follow_each_other_add_up(rows: list[Read], replaced: list[Replaced], cut: datetime) -> None:
    def moved(first: date, last: date) -> int:
        return dial_distance(rows, replaced, first, last) or 0

    begin, end, day = date(2023, 1, 1), date(2023, 12, 31), timedelta(days=1)
    whole = moved(begin, end)
    assert moved(begin, cut.date()) + moved(cut.date() + day, end) == whole


def test_a_replaced_dial_hides_no_kilometres() -> None:
    start, end = at(0, 99_990, Source.DEPARTURE, 1), at(4, 60, Source.RETURN, 1)
    changed = [Replaced(AT + 2 * HOUR, 100_050, 10)]
    assert trip_kilometres(start, end, changed) == 110
    assert dial_distance([end, start], changed, AT.date(), AT.date()) == 110
    assert dial_findings([start, end], changed) == []


@pytest.mark.parametrize(("hours", "dial"), [(0, 1080), (4, 970)])
def test_a_reading_at_the_moment_of_the_replacement_is_of_the_new_dial(hours: float, dial: int) -> None:
    """At the start it is before the trip, at the end it is on it."""
    changed = [Replaced(AT + hours * HOUR, 1100, 990)]
    expected = 80 if hours == 0 else dial - 1000 + 110
    assert trip_kilometres(at(0, 1000), at(4, dial), changed) == expected


def test_what_a_trip_covers_is_no_gap_and_what_none_covers_is() -> None:
    trip = [at(0, 1000, Source.DEPARTURE, 1, 1), at(1, 1030, Source.FUEL, None, 2), at(3, 1100, Source.RETURN, 1, 3)]
    assert dial_findings(trip) == []
    [gap] = dial_findings([*trip, at(20, 1160, Source.DEPARTURE, 2, 4)])
    assert (gap.kind, gap.kilometres, gap.key) == ("gap", 60, "gap:3:4")
    [late] = dial_findings([*trip, at(20, 1160, Source.DEPARTURE, 2, 4), at(10, 1101, key=5)])
    assert (late.kilometres, late.key) == (59, "gap:5:4")
    assert dial_findings([*trip, at(20, 1102, Source.DEPARTURE, 2, 4)]) == []


def test_a_trip_that_is_still_out_covers_what_comes_after_its_start() -> None:
    assert dial_findings([at(0, 1000, Source.DEPARTURE, 1), at(2, 1100, Source.FUEL)]) == []


def test_a_dial_that_ran_backwards_and_a_jump_are_found() -> None:
    found = dial_findings([at(0, 1000, key=1), at(1, 990, key=2), at(2, 1190, key=3)])
    assert [(each.kind, each.kilometres) for each in found] == [("backwards", -10), ("jump", 200)]


def test_at_one_moment_the_end_of_a_trip_comes_before_the_start_of_the_next() -> None:
    rows = [
        at(0, 1000, Source.DEPARTURE, 1), at(4, 1100, Source.RETURN, 1),
        at(4, 1100, Source.DEPARTURE, 2), at(6, 1150, Source.RETURN, 2),
    ]  # fmt: skip
    for order in permutations(rows):
        assert dial_findings(order) == []


def test_without_two_readings_there_are_no_kilometres_which_is_not_zero() -> None:
    day = AT.date()
    assert dial_distance([at(0, 1000)], [], day, day) is None
    assert dial_distance([at(-48, 1000), at(0, 1000)], [], day, day) == 0


@pytest.mark.parametrize("value", [-1, 2_000_001])
def test_a_value_that_no_dial_shows_is_refused(value: int) -> None:
    with pytest.raises(Rejected) as refused:
        check_value(value)
    assert refused.value.field == "value"


def test_a_moment_to_come_is_refused() -> None:
    check_past(AT, AT)
    with pytest.raises(Rejected):
        check_past(AT + HOUR, AT)
