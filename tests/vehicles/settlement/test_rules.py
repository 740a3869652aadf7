"""What a trip costs, to the fen."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from ops.vehicles.rulebook.book import Version, bound
from ops.vehicles.settlement.models import CarClass, Tariff
from ops.vehicles.settlement.rules import Use, car_class, class_rule, price, shares

pytestmark = pytest.mark.pure
MORNING = datetime(2023, 5, 9, 8)


def use(km: int, hour: int = 12, minute: int = 0, days: int = 1) -> Use:
    return Use(km, MORNING, datetime(2023, 5, 8 + days, hour, minute))


def by_km(**values: object) -> Tariff:
    usual = {"km_price": Decimal("1.80"), "far_from": 50, "far_price": Decimal("1.60"), "least_km": 0}
    return Tariff(method="by_km", **{**usual, **values})


def hire() -> Tariff:
    return Tariff(
        method="day_hire", day_price=Decimal("300"), base_km=100, base_hours=8, km_price=Decimal("1.5"),
        hour_price=Decimal("20"),
    )  # fmt: skip


@pytest.mark.parametrize(("km", "yuan"), [(0, "0.00"), (1, "1.80"), (50, "90.00"), (51, "91.60"), (164, "272.40")])
def test_by_kilometre_the_far_ones_have_another_price(km: int, yuan: str) -> None:
    assert price(by_km(), use(km)) == Decimal(yuan)


def test_a_short_trip_is_charged_its_least_kilometres() -> None:
    assert price(by_km(least_km=60), use(25)) == Decimal("106.00")
    assert price(by_km(far_from=0, far_price=Decimal(0)), use(100)) == Decimal("180.00")


@pytest.mark.parametrize(
    ("used", "yuan"),
    [
        (use(100, 16), "300.00"), (use(101, 16), "301.50"), (use(100, 16, 1), "300.33"), (use(100, 18, 30), "350.00"),
        (use(200, 8, days=2), "600.00"), (use(201, 20, days=2), "601.50"), (use(0, 8, 1), "300.00"),
    ],
)  # fmt: skip
def test_day_hire_and_what_runs_over(used: Use, yuan: str) -> None:
    """A trip over midnight pays two days, and its night is no overrun."""
    assert price(hire(), used) == Decimal(yuan)


@pytest.mark.parametrize(
    ("seats", "found"),
    [(5, "sedan"), (6, "van"), (9, "van"), (10, "minibus"), (19, "minibus"), (20, "coach")],
)
def test_the_class_goes_by_seats(seats: int, found: str) -> None:
    assert car_class(seats, class_rule(bound(), date(2023, 5, 9)).values) == CarClass(found)


def test_the_bounds_of_the_classes_go_by_the_day() -> None:
    wider = Version("classes.seats", date(2024, 1, 1), {"sedan": "7", "van": "9", "minibus": "19"}, "", "", "", True)
    none = Version("classes.seats", date(2025, 1, 1), wider.values, "", "", "", True, ends=True)
    book = bound([wider, none])
    found = [car_class(7, class_rule(book, date(year, 5, 9)).values) for year in (2019, 2023, 2024, 2025)]
    assert found == [CarClass.VAN, CarClass.VAN, CarClass.SEDAN, CarClass.SEDAN]


def test_shares_add_up_to_the_fen() -> None:
    assert shares(Decimal("100.00"), [1, 1, 1]) == [Decimal("33.33"), Decimal("33.33"), Decimal("33.34")]
    assert shares(Decimal("10.00"), [3]) == [Decimal("10.00")]
