"""Full tank to full tank, and fills that a person should look at."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from ops.vehicles.costs.fuel_rules import Fill, Thresholds, fuel_findings, outlier, over_all, stretches
from ops.vehicles.odometer.rules import Replaced

pytestmark = pytest.mark.pure
AT = datetime(2023, 1, 2, 8)
LIMITS = Thresholds(Decimal("3.5"), Decimal(15))


def fill(day: int, litres: str, odometer: int | None, *, full: bool = True, **values: bool) -> Fill:
    return Fill(day, AT + timedelta(days=day), Decimal(litres), full, odometer, **values)


def test_a_stretch_takes_every_litre_after_the_first_full_tank_and_none_before() -> None:
    rows = [fill(1, "50", 1000), fill(3, "20", None, full=False), fill(2, "10", 1100, full=False), fill(5, "30", 1500)]
    [one] = stretches(rows)
    assert (one.litres, one.kilometres, one.per_100) == (60, 500, 12)


def test_full_fills_without_the_dial_are_passed_over_and_their_litres_kept() -> None:
    [one] = stretches([fill(1, "50", 1000), fill(2, "25", None), fill(3, "25", 1400)])
    assert (one.litres, one.kilometres) == (50, 400)


def test_a_replaced_dial_within_the_stretch_is_accounted_for() -> None:
    replaced = [Replaced(AT + timedelta(days=2), 1200, 0)]
    [one] = stretches([fill(1, "50", 1000), fill(3, "40", 300)], replaced)
    assert one.kilometres == 500


def test_a_dial_that_did_not_move_makes_no_stretch() -> None:
    assert stretches([fill(1, "50", 1000), fill(2, "5", 1000)]) == []
    assert over_all([]) is None


def test_the_whole_is_the_sum_of_litres_over_the_sum_of_kilometres() -> None:
    found = stretches([fill(1, "50", 0), fill(2, "10", 100), fill(3, "80", 1100)])
    assert [each.per_100 for each in found] == [10, 8]
    assert over_all(found) == Decimal("8.18")


@pytest.mark.parametrize(
    ("value", "suspicious"),
    [("10.2", False), ("11.4", False), ("14", True), ("6", True)],
)
def test_an_outlier_is_far_from_the_cars_own_usual_by_both_measures(value: str, suspicious: bool) -> None:
    history = [Decimal(text) for text in ("10", "10.1", "9.9", "10.2", "9.8", "30")]
    assert (outlier(Decimal(value), history, LIMITS) is not None) is suspicious


def test_one_wrong_fill_in_the_history_does_not_hide_the_next_and_a_short_history_says_nothing() -> None:
    history = [Decimal(text) for text in ("10", "10", "10", "60", "10")]
    figures = outlier(Decimal(15), history, LIMITS)
    assert figures == {"value": Decimal(15), "usual": Decimal(10), "spread": Decimal(0)}
    assert outlier(Decimal(15), history[:4], LIMITS) is None


def test_more_than_the_tank_a_sealed_car_and_a_day_without_a_trip_are_found() -> None:
    rows = [fill(1, "61", None), fill(2, "60", None), fill(3, "9", None, on_trip=False),
            fill(4, "9", None, is_sealed=True, on_trip=False)]  # fmt: skip
    found = fuel_findings(rows, [], 60, LIMITS)
    assert [(each.kind, each.fill.id) for each in found] == [("over_tank", 1), ("no_trip", 3), ("sealed", 4)]
    assert found[0].figures == {"litres": Decimal(61), "tank": Decimal(60)}
    assert [each.kind for each in fuel_findings(rows[:2], [], None, LIMITS)] == []


def test_an_unusual_stretch_is_found_at_its_last_fill_whatever_the_order_of_entry() -> None:
    rows = [fill(day, "50", 500 * day) for day in range(1, 8)] + [fill(8, "80", 4000)]
    for order in (rows, rows[::-1]):
        [one] = fuel_findings(order, [], None, LIMITS)
        assert (one.kind, one.key, one.figures["value"]) == ("outlier", "outlier:8", 16)
