"""Alarms are verdicts on values."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from ops.vehicles.positions.models import AlarmKind
from ops.vehicles.positions.rules import (
    Finding,
    Fix,
    Limits,
    Trip,
    Watched,
    findings,
    is_known,
    length,
    metres,
    plausible,
)

pytestmark = pytest.mark.pure
LIMITS = Limits(50, 15, 39.27, 118.46, 45, 15, 5, 180, 7.5, 18.5)
AT = datetime(2023, 5, 9, 9)
MINUTE = timedelta(minutes=1)


def fix(minute: float, km: float) -> Fix:
    return Fix(AT + minute * MINUTE, 39.27 + km / 111.195, 118.46)


def drive(first: int, last: int, km: float) -> list[Fix]:
    """Out and back, a fix a minute."""
    half = (last - first) / 2
    return [fix(minute, km * (1 - abs(minute - first - half) / half)) for minute in range(first, last + 1)]


def watched(fixes: list[Fix], *trips: Trip, works: bool = True, now: datetime | None = None) -> Watched:
    return Watched(AT.date(), now or max([AT, *(each.at for each in fixes)]), works, fixes, trips)


def kinds(seen: Watched) -> list[AlarmKind]:
    return [found.kind for found in findings(seen, LIMITS)]


TRIP = Trip(5, AT, AT + 60 * MINUTE, AT, AT + 60 * MINUTE)
HERE = [fix(-500, 0), fix(-380, 0), fix(-250, 0), fix(-100, 0)]


def test_a_place_that_no_car_could_reach_is_left_out_and_a_new_place_stands() -> None:
    """One wild fix is the device's error; a car that was carried far off is where two fixes say."""
    wild = [fix(0, 0), fix(1, 0.1), fix(2, 90), fix(3, 0.2), fix(4, 0.3)]
    assert plausible(wild) == [wild[0], wild[1], wild[3], wild[4]]
    carried = [fix(0, 0), fix(1, 90), fix(2, 90.1)]
    assert plausible(carried) == carried
    assert plausible(carried[:2]) == carried[:1]
    assert plausible([]) == []


STOOD = [fix(-620, 0), fix(-500, 0)]  # eight hours of silence follow: any place of the district can be reached


@pytest.mark.parametrize("after", [[], [fix(1, 0), fix(2, 0)], [fix(60, 0)], [fix(300, 0.01)]])
def test_a_place_far_off_after_a_long_silence_is_nothing_before_a_second_fix_confirms_it(after: list[Fix]) -> None:
    seen = watched([*plausible([*STOOD, fix(0, 90), *after])])
    assert fix(0, 90) not in seen.fixes
    assert set(kinds(seen)) <= {AlarmKind.OFFLINE}
    assert length(seen.fixes) == 0


@pytest.mark.parametrize("after", [[fix(1, 90.2)], [fix(1, 89), fix(2, 88)], [fix(120, 90)]])
def test_what_a_second_fix_confirms_stands(after: list[Fix]) -> None:
    there = [*STOOD, fix(0, 90), *after]
    assert plausible(there) == there
    assert AlarmKind.MOVEMENT in kinds(watched(there))


def test_a_car_that_stands_where_it_stood_needs_nothing_to_confirm_it() -> None:
    assert plausible([*STOOD, fix(0, 0.01)]) == [*STOOD, fix(0, 0.01)]


def test_a_kilometre_is_a_thousand_metres_and_a_wandering_device_goes_nowhere() -> None:
    assert metres(fix(0, 0), fix(0, 1)) == pytest.approx(1000, abs=1)
    assert length([fix(0, 0), fix(1, 0.01), fix(2, 0), fix(3, 0.01)]) == 0
    assert length(drive(0, 60, 10)) == pytest.approx(20_000, abs=20)


@pytest.mark.parametrize(("km", "raised"), [(0.049, []), (0.052, [AlarmKind.MOVEMENT])])
def test_more_than_fifty_metres_without_a_dispatch_is_an_alarm(km: float, raised: list[AlarmKind]) -> None:
    assert kinds(watched([*HERE, fix(0, 0), fix(1, km), fix(2, km)])) == raised


def test_two_drives_with_a_rest_between_are_two_movements_with_their_metres() -> None:
    seen = watched([*HERE, *drive(0, 20, 4), fix(40, 0), *drive(60, 80, 4), fix(95, 0)])
    found = findings(seen, LIMITS)
    assert [each.kind for each in found] == [AlarmKind.MOVEMENT] * 2
    assert [each.at for each in found] == [AT, AT + 60 * MINUTE]
    assert [each.value for each in found] == pytest.approx([8000, 8000], abs=60)


def test_on_its_trip_a_car_may_move() -> None:
    assert kinds(watched([*HERE, *drive(0, 60, 10)], TRIP)) == []


@pytest.mark.parametrize(("late", "raised"), [(15, []), (16, [AlarmKind.LATE])])
def test_a_return_after_the_allowed_minutes_is_late(late: int, raised: list[AlarmKind]) -> None:
    trip = replace(TRIP, back_at=TRIP.due_at + late * MINUTE)
    assert kinds(watched([*HERE, *drive(0, 60, 10)], trip)) == raised


def test_a_car_that_is_still_out_is_late_by_now_and_a_car_that_never_left_is_not() -> None:
    out = replace(TRIP, back_at=None)
    [found] = findings(watched([*HERE, *drive(0, 60, 10)], out, now=AT + 100 * MINUTE), LIMITS)
    assert (found.kind, found.value, found.dispatch_id) == (AlarmKind.LATE, 40, 5)
    assert kinds(watched(HERE, replace(out, departed_at=None), now=AT + 70 * MINUTE)) == []


def test_out_of_the_circle_is_an_alarm_unless_the_trip_was_approved_for_it() -> None:
    far = [*HERE, *drive(0, 60, 50)]
    [found] = findings(watched(far, TRIP), LIMITS)
    assert (found.kind, found.value, found.dispatch_id) == (AlarmKind.AREA, 50, 5)
    assert kinds(watched(far, replace(TRIP, out_of_district=True))) == []


@pytest.mark.parametrize(("dial", "raised"), [(20, []), (24, []), (27, [AlarmKind.DIAL]), (12, [AlarmKind.DIAL])])
def test_kilometres_that_do_not_match_the_dial(dial: int, raised: list[AlarmKind]) -> None:
    assert kinds(watched([*HERE, *drive(0, 60, 10)], replace(TRIP, dial_km=dial))) == raised


def test_a_trip_that_was_not_followed_says_nothing_of_its_dial() -> None:
    long = replace(TRIP, due_at=AT + 400 * MINUTE, back_at=AT + 400 * MINUTE, dial_km=300)
    assert AlarmKind.DIAL not in kinds(watched([*HERE, fix(1, 0), fix(399, 0)], long))


def test_a_silent_device_is_an_alarm_with_its_minutes() -> None:
    [found] = findings(watched([*HERE, fix(0, 0)], now=AT + 181 * MINUTE), LIMITS)
    assert (found.kind, found.value) == (AlarmKind.OFFLINE, 181)
    assert kinds(watched([], now=AT)) == [AlarmKind.OFFLINE]


def test_a_trip_outside_working_hours_is_noticed_on_any_day_and_all_day_on_a_day_off() -> None:
    early = replace(TRIP, starts_at=AT - 180 * MINUTE, departed_at=AT - 180 * MINUTE)
    fixes = [fix(-500, 0), fix(-330, 0), *drive(-180, -120, 5), fix(0, 0)]
    [found] = findings(watched(fixes, early), LIMITS)
    assert (found.kind, found.dispatch_id) == (AlarmKind.HOURS, 5)
    assert kinds(watched([*HERE, *drive(0, 60, 10)], TRIP, works=False)) == [AlarmKind.HOURS]


def test_what_is_open_or_was_settled_is_not_raised_again_and_what_comes_later_is() -> None:
    found = Finding(AlarmKind.MOVEMENT, AT, AT + 30 * MINUTE, 900)
    hour = timedelta(hours=1)
    assert is_known(found, [(AlarmKind.MOVEMENT, None, AT + 2 * hour, AT + 3 * hour, False)])
    assert is_known(found, [(AlarmKind.MOVEMENT, None, AT, AT + 5 * MINUTE, True)])
    assert not is_known(found, [(AlarmKind.MOVEMENT, None, AT + 2 * hour, AT + 3 * hour, True)])
    assert not is_known(found, [(AlarmKind.OFFLINE, None, AT, AT, False), (AlarmKind.MOVEMENT, 5, AT, AT, False)])
