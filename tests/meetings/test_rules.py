"""Verdicts on values, and the picture of a day."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.core.errors import Rejected
from ops.meetings import rules
from ops.meetings.dayline import draw
from ops.meetings.models import Venue, VenueBooking

pytestmark = pytest.mark.pure
DAY = date(2023, 5, 9)
NINE = datetime(2023, 5, 9, 9)
MINUTES = rules.Minutes(120, 40, 20, "来源")
moments = st.datetimes(datetime(2023, 5, 8), datetime(2023, 5, 10, 12))
lengths = st.integers(1, 36 * 60).map(lambda minutes: timedelta(minutes=minutes))


def booking(begins_at: datetime, length: timedelta) -> VenueBooking:
    held = MINUTES.around(begins_at, begins_at + length)
    return VenueBooking(
        venue_id=1, begins_at=begins_at, finishes_at=begins_at + length, starts_at=held.start, ends_at=held.end
    )


@pytest.mark.parametrize(("minutes", "passes"), [(119, False), (120, True)])
def test_two_hours_ahead_to_the_minute(minutes: int, passes: bool) -> None:
    begins_at = NINE + timedelta(minutes=minutes)
    if passes:
        rules.check_lead(begins_at, NINE, MINUTES, False, "")
    else:
        with pytest.raises(Rejected) as refusal:
            rules.check_lead(begins_at, NINE, MINUTES, False, "")
        assert refusal.value.field == "begins_at"


@pytest.mark.parametrize(
    ("minutes", "hours"), [(1, "0.02"), (50, "0.83"), (60, "1.00"), (75, "1.25"), (110, "1.83"), (3, "0.05")]
)
def test_hours_are_rounded_half_up(minutes: int, hours: str) -> None:
    assert rules.hours_between(NINE, NINE + timedelta(minutes=minutes)) == Decimal(hours)


@given(begins_at=moments, length=lengths)
def test_a_venue_is_held_for_the_meeting_and_an_hour_more(begins_at: datetime, length: timedelta) -> None:
    held = MINUTES.around(begins_at, begins_at + length)
    assert held.start < begins_at
    assert held.end - held.start == length + timedelta(hours=1)


@given(times=st.lists(st.tuples(moments, lengths), max_size=6), now=moments)
def test_every_block_stands_within_its_line(times: list[tuple[datetime, timedelta]], now: datetime) -> None:
    venue = Venue(id=1, name="会场", place="", seats=10, from_on=DAY)
    picture = draw(DAY, [venue], [booking(*each) for each in times], now)
    assert sum(hour.until_next for hour in picture.hours) == pytest.approx(100)
    for block in picture.lines[0].blocks:
        assert -1e-9 <= block.x <= block.own_x <= block.own_x + block.own_width <= block.x + block.width + 1e-9
        assert block.x + block.width <= 100 + 1e-9
    assert picture.now_x is None or 0 <= picture.now_x <= 100


def test_the_hours_stretch_to_what_is_booked_early_and_late() -> None:
    venue = Venue(id=1, name="会场", place="", seats=10, from_on=DAY)
    early = booking(datetime(2023, 5, 9, 6), timedelta(hours=1))
    late = booking(datetime(2023, 5, 9, 22), timedelta(hours=1))
    picture = draw(DAY, [venue], [early, late], NINE)
    assert [picture.hours[0].hour, picture.hours[-1].hour] == [5, 23]
