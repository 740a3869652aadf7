"""Limits for drivers at their very edges."""

from datetime import datetime, timedelta

import pytest

from ops.core.errors import Rejected
from ops.core.timeslot import Slot
from ops.vehicles.limits.models import DriverLimit, LimitName
from ops.vehicles.limits.rules import check_limit, exceeded, planned_rests, stretches, without_rest

pytestmark = pytest.mark.pure
WORK, REST = timedelta(hours=4), timedelta(minutes=20)
HOURS = {"night": (22, 6), "stop": (2, 5)}
MINUTES = {"continuous": 240, "rest": 20, "day": 480, "night": 120, "week": 2640, "stop": 0, "distance": 400}


def limit(name: str) -> DriverLimit:
    from_hour, to_hour = HOURS.get(name, (None, None))
    return DriverLimit(name=name, amount=MINUTES[name], document="", from_hour=from_hour, to_hour=to_hour)


TABLE = {LimitName(name): limit(name) for name in MINUTES}


def slot(begins: str, ends: str, day: int = 9) -> Slot:
    """\"22:00\" to \"+06:00\" ends on the next morning."""
    start = datetime.fromisoformat(f"2023-05-{day:02} {begins}")
    end = datetime.fromisoformat(f"2023-05-{day:02} {ends.lstrip('+')}") + timedelta(days=ends[0] == "+")
    return Slot(start, end)


def minutes(of: Slot) -> float:
    return (of.end - of.start) / timedelta(minutes=1)


@pytest.mark.parametrize(
    ("length", "rests"), [(1, 0), (240, 0), (241, 1), (500, 1), (501, 2), (760, 2), (761, 3), (31 * 1440, 171)]
)
def test_a_trip_has_the_fewest_rests_after_which_no_stretch_is_longer_than_four_hours(length: int, rests: int) -> None:
    begins = datetime(2023, 5, 9, 8, 30)
    trip = Slot(begins, begins + timedelta(minutes=length))
    assert len(planned_rests(trip, WORK, REST)) == rests
    driven = stretches([trip], WORK, REST)
    assert max(map(minutes, driven)) <= 240
    assert sum(map(minutes, driven)) == length - 20 * rests


@pytest.mark.parametrize(
    ("first", "second", "refused"),
    [
        (("08:00", "10:00"), ("10:00", "12:00"), False),  # four hours to the minute
        (("08:00", "10:00"), ("10:00", "12:01"), True),
        (("08:00", "10:00"), ("10:20", "14:00"), False),  # a rest between them
        (("08:00", "10:00"), ("10:19", "14:00"), True),
        (("08:00", "10:00"), ("10:10", "12:00"), False),  # standing for less than a rest is no rest
        (("08:00", "11:00"), ("11:00", "16:00"), True),  # the second one rests too late
        (("08:00", "08:10"), ("08:15", "13:00"), False),  # its planned rest comes in time
    ],
)
def test_two_trips_close_by_are_one_stretch(first: tuple[str, str], second: tuple[str, str], refused: bool) -> None:
    one, other = slot(*first), slot(*second)
    assert (without_rest(other, [one], TABLE) is not None) is refused
    assert (without_rest(one, [other], TABLE) is not None) is refused


def test_a_long_stretch_elsewhere_does_not_refuse_a_trip() -> None:
    long = [slot("08:00", "11:00"), slot("11:00", "13:00")]
    assert without_rest(slot("14:00", "15:00"), long, TABLE) is None


@pytest.mark.parametrize(
    ("trip", "others", "names"),
    [
        (slot("08:00", "16:00"), [], []),
        (slot("08:00", "16:01"), [], ["day"]),
        (slot("09:00", "10:00"), [slot("10:00", "17:00", day=8)], []),
        (slot("09:00", "10:01"), [slot("10:01", "17:02", day=8)], ["day"]),
        (slot("09:00", "10:01"), [slot("08:00", "09:00", day=8), slot("10:01", "17:00", day=8)], []),
        (slot("20:00", "+00:00"), [], []),
        (slot("20:00", "+00:01"), [], []),  # its planned rest comes in time,
        (slot("22:00", "+00:00"), [], []),
        (slot("21:59", "+00:01"), [], ["night"]),
        (slot("05:00", "08:00"), [], []),
        (slot("04:59", "08:00"), [], ["stop"]),
        (slot("01:00", "02:00"), [], []),
        (slot("01:00", "02:01"), [], ["stop"]),
    ],
)
def test_what_asks_for_a_reason(trip: Slot, others: list[Slot], names: list[str]) -> None:
    assert [each.name for each in exceeded(trip, others, TABLE)] == names


def test_forty_four_hours_in_any_seven_days() -> None:
    week = [slot("08:00", "16:00", day=day) for day in range(3, 8)]
    assert exceeded(slot("08:00", "12:00", day=8), week, TABLE) == []
    [over] = exceeded(slot("08:00", "12:01", day=8), week, TABLE)
    assert (over.name, over.amount, over.most) == ("week", 2641, 2640)
    assert exceeded(slot("08:00", "12:01", day=10), week, TABLE) == []  # the first day is out of the seven


@pytest.mark.parametrize(
    ("name", "so_many", "hours", "field"),
    [
        ("continuous", 241, (None, None), "amount"),
        ("continuous", 0, (None, None), "amount"),
        ("rest", 19, (None, None), "amount"),
        ("night", 120, (22, None), "from_hour"),
        ("day", 480, (1, 2), "from_hour"),
    ],
)
def test_the_law_is_only_made_stricter_and_hours_go_where_they_belong(
    name: str, so_many: int, hours: tuple[int | None, int | None], field: str
) -> None:
    with pytest.raises(Rejected) as refusal:
        check_limit(name, so_many, *hours)
    assert refusal.value.field == field
    check_limit("continuous", 180, None, None)
    check_limit("rest", 30, None, None)
