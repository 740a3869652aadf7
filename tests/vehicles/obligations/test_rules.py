"""When things fall due: the cycles of the law, day by day, without a database."""

from datetime import date, timedelta
from itertools import islice

import pytest

from ops.vehicles.obligations.models import ObligationKind
from ops.vehicles.obligations.rules import (
    CarFacts,
    DriverFacts,
    anniversary,
    forced_scrapping,
    guided_scrapping,
    in_force,
    inspection_before,
    inspections,
    months_later,
    next_inspection,
    next_licence,
    of_driver,
    opens_on,
    reminder,
    review,
    scoring_period,
    scoring_period_of,
    scrapping,
    scrapping_rules,
)
from ops.vehicles.register.file_models import Body

pytestmark = pytest.mark.pure
START = date(2016, 3, 15)
TEST, MARK = ObligationKind.INSPECTION_TEST, ObligationKind.INSPECTION_MARK


def years(car: CarFacts, how_many: int) -> list[float]:
    return [round((due.on - START).days / 365.25, 1) for due in islice(inspections(car), how_many)]


def test_a_small_car_is_tested_in_years_6_and_10_and_then_every_year_with_marks_between() -> None:
    dues = list(islice(inspections(CarFacts(Body.SEDAN, 5, START)), 9))
    assert [due.kind for due in dues] == [MARK, MARK, TEST, MARK, TEST, TEST, TEST, TEST, TEST]
    assert [due.on.year - 2016 for due in dues] == [2, 4, 6, 8, 10, 11, 12, 13, 14]
    assert {(due.on.month, due.on.day) for due in dues} == {(3, 15)}


def test_the_old_half_yearly_test_after_15_years_is_gone_for_small_cars_only() -> None:
    small = list(islice(inspections(CarFacts(Body.SEDAN, 5, START)), 13))
    assert [due.on.year - 2016 for due in small][-3:] == [16, 17, 18]
    assert years(CarFacts(Body.MINIVAN, 7, START), 13)[-4:] == [15, 15.5, 16, 16.5]
    assert years(CarFacts(Body.SEDAN, 5, START, old_cycle=True), 4) == [2, 4, 6, 8]


@pytest.mark.parametrize("car", [CarFacts(Body.MEDIUM, 19, START), CarFacts(Body.LARGE, 45, START),
                                 CarFacts(Body.SMALL, 10, START)])  # fmt: skip
def test_coaches_are_tested_yearly_for_ten_years_and_then_half_yearly(car: CarFacts) -> None:
    assert years(car, 13) == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10.5, 11, 11.5]
    assert {due.kind for due in islice(inspections(car), 13)} == {TEST}


def test_the_next_inspection_falls_later_than_the_day() -> None:
    car = CarFacts(Body.SEDAN, 9, START)
    assert next_inspection(car, date(2022, 3, 14)).on == date(2022, 3, 15)
    assert next_inspection(car, date(2022, 3, 15)).on == date(2024, 3, 15)


def test_goods_vehicles_go_half_yearly_after_ten_years_school_buses_always_and_other_vehicles_yearly() -> None:
    assert years(CarFacts(Body.TRUCK, 2, START), 13) == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10.5, 11, 11.5]
    assert years(CarFacts(Body.SCHOOL, 30, START), 4) == [0.5, 1, 1.5, 2]
    assert years(CarFacts(Body.OTHER, 2, START), 12) == list(range(1, 13))
    assert scrapping(CarFacts(Body.TRUCK, 2, START)) is None


def test_the_rule_in_force_on_the_day_decides() -> None:
    """The cycle before October 2022 tested small cars in the eighth year, and half-yearly after fifteen."""
    old = CarFacts(Body.SEDAN, 5, date(2005, 3, 15))
    days = [(due.on.isoformat(), due.kind) for due in islice(inspections(old), 20)]
    assert days[3] == ("2013-03-15", TEST)
    assert [day for day, _kind in days if "2019" < day < "2025"] == [
        "2019-03-15", "2020-03-15", "2020-09-15", "2021-03-15", "2021-09-15", "2022-03-15", "2022-09-15",
        "2023-03-15", "2024-03-15",
    ]  # fmt: skip
    assert in_force("inspection.small", date(2022, 9, 30))["marks"] == [2, 4]
    assert in_force("inspection.small", date(2022, 10, 1))["marks"] == [2, 4, 8]
    assert in_force("licence.window", date(2019, 1, 1))["days"] == 90  # the first that is known


@pytest.mark.parametrize(("due_on", "until"), [
    (date(2027, 1, 20), date(2037, 1, 20)), (date(2037, 1, 20), None), (date(2033, 5, 1), None),
])  # fmt: skip
def test_a_licence_of_six_years_is_followed_by_ten_and_then_by_one_for_life(due_on: date, until: date | None) -> None:
    driver = DriverFacts("C1", date(2021, 1, 20), due_on, None)
    assert next_licence(driver, due_on).until == until


def test_a_scoring_period_is_the_year_from_the_day_of_the_first_licence() -> None:
    driver = DriverFacts("A1", date(2000, 5, 10), None, None)
    due = review(driver, date(2024, 1, 1))
    assert due
    assert due.on == date(2024, 6, 9)
    assert scoring_period(due.on) == (date(2023, 5, 10), date(2024, 5, 9))
    days = (date(2024, 5, 9), date(2024, 5, 10))
    assert [scoring_period_of(driver, day) for day in days] == [date(2023, 5, 10), date(2024, 5, 10)]


def test_an_inspection_can_be_done_in_the_three_months_before_it_falls_due() -> None:
    assert opens_on(TEST, date(2026, 5, 31)) == date(2026, 2, 28)
    assert opens_on(MARK, date(2026, 6, 10)) == date(2026, 3, 10)
    assert opens_on(ObligationKind.COMPULSORY, date(2026, 6, 10)) is None


def test_the_inspection_before_a_day_is_the_last_that_fell_due_or_the_registration() -> None:
    car = CarFacts(Body.SEDAN, 5, date(2021, 4, 4))
    assert inspection_before(car, date(2027, 4, 4)) == date(2025, 4, 4)
    assert inspection_before(car, date(2022, 1, 1)) == date(2021, 4, 4)


def test_coaches_are_scrapped_after_twenty_years_and_small_cars_have_no_such_day() -> None:
    due = scrapping(CarFacts(Body.LARGE, 45, START))
    assert due
    assert due.on == date(2036, 3, 15)
    assert scrapping(CarFacts(Body.SEDAN, 5, START)) is None


@pytest.mark.parametrize(("body", "seats", "missed", "goes_on"), [
    (Body.SEDAN, 5, date(2026, 3, 15), date(2029, 3, 16)),  # yearly after the tenth year
    (Body.SEDAN, 5, date(2022, 3, 15), date(2027, 3, 16)),  # years 8, 10 and 11
    (Body.SMALL, 7, date(2018, 3, 15), date(2024, 3, 16)),  # every second year before the tenth
    (Body.MEDIUM, 19, date(2020, 3, 15), date(2023, 3, 16)),  # a coach yearly
    (Body.LARGE, 45, date(2026, 3, 15), date(2027, 9, 16)),  # and half-yearly after ten years
    (Body.TRUCK, 2, date(2026, 3, 15), date(2027, 9, 16)),
    (Body.OTHER, 2, date(2026, 3, 15), date(2029, 3, 16)),
])  # fmt: skip
def test_a_car_goes_when_three_cycles_pass_without_a_mark(body: Body, seats: int, missed: date, goes_on: date) -> None:
    car = CarFacts(body, seats, START)
    assert forced_scrapping(car, missed) == goes_on
    assert scrapping_rules(car, missed, None, goes_on - timedelta(days=1)) == []
    assert scrapping_rules(car, missed, None, goes_on) == ["scrapping.marks"]


@pytest.mark.parametrize(
    ("body", "km"),
    [(Body.SEDAN, 600_000), (Body.SMALL, 600_000), (Body.MEDIUM, 500_000), (Body.LARGE, 600_000), (Body.TRUCK, None)],
)
def test_scrapping_is_advised_from_its_kilometres_on(body: Body, km: int | None) -> None:
    car, day = CarFacts(body, 5, START), date(2023, 5, 9)
    assert guided_scrapping(body, day) == km
    assert scrapping_rules(car, None, None, day) == []
    assert scrapping_rules(car, None, (km or 1_000_000) - 1, day) == []
    assert scrapping_rules(car, None, km or 1_000_000, day) == (["scrapping.mileage"] if km else [])


def test_dates_that_are_not_there() -> None:
    assert anniversary(date(2020, 2, 29), 1) == date(2021, 2, 28)
    assert months_later(date(2023, 8, 31), 6) == date(2024, 2, 29)
    assert months_later(date(2023, 12, 15), 1) == date(2024, 1, 15)
    assert months_later(date(2023, 6, 15), 6) == date(2023, 12, 15)


def test_a_driver_renews_reviews_and_from_seventy_shows_his_health() -> None:
    driver = DriverFacts("A1", date(2000, 5, 10), date(2024, 5, 10), date(1954, 1, 1))
    dues = {due.kind: due.on for due in of_driver(driver, date(2024, 1, 1))}
    assert dues[ObligationKind.LICENCE] == date(2024, 5, 10)
    assert dues[ObligationKind.REVIEW] == date(2024, 6, 9)
    assert dues[ObligationKind.HEALTH] == date(2024, 6, 9)
    young = DriverFacts("C1", date(2010, 5, 10), None, date(1990, 1, 1))
    assert of_driver(young, date(2024, 1, 1)) == []
    assert opens_on(ObligationKind.LICENCE, date(2024, 5, 10)) == date(2024, 2, 10)
    assert opens_on(ObligationKind.REVIEW, date(2024, 5, 10)) is None


@pytest.mark.parametrize(
    ("left", "step"), [(91, None), (90, 90), (31, 90), (30, 30), (8, 30), (7, 7), (0, 7), (-1, None)]
)
def test_a_reminder_comes_90_30_and_7_days_before(left: int, step: int | None) -> None:
    assert reminder(date.fromordinal(START.toordinal() + left), START) == step
