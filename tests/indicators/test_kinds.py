"""Each kind of metric: records → readings → figure → evidence whose foot is the figure."""

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select, update

from ops.core.db import db
from ops.core.period import Period, month, quarter, year
from ops.indicators import evidence
from ops.indicators.catalogue import metrics
from ops.indicators.metric import ALL
from ops.indicators.models import Reading
from ops.indicators.readings import Figure, by_scope, read, series
from ops.indicators.rollup import refresh
from ops.indicators.verification import drifts
from tests.indicators.factories import change, make_inspection, make_serving, make_stall
from tests.indicators.sample import METRICS
from tests.recounts.counted import recount, recount_of

APRIL, MAY, JUNE = month(2023, 4), month(2023, 5), month(2023, 6)
NAMES = [metric.name for metric in METRICS]


def foot_of(figure: Figure) -> evidence.Foot:
    return evidence.foot(figure.metric, figure.period, figure.scope)


def values(name: str, *periods: Period) -> list[Decimal | None]:
    return [read(name, period).value for period in periods]


def test_a_count_is_the_number_of_records(book: Flask) -> None:
    for day in (date(2023, 4, 30), date(2023, 5, 1), date(2023, 5, 1), date(2023, 5, 31), date(2023, 6, 1)):
        make_serving(day)
    assert values("sample.meals", APRIL, MAY, JUNE, quarter(2023, 2)) == [1, 3, 1, 5]


def test_an_amount_is_exact_to_the_cent(book: Flask) -> None:
    for _ in range(3):
        make_serving(price=Decimal("0.10"))
    figure = read("sample.takings", MAY)
    assert (figure.value, figure.text) == (Decimal("0.30"), "0.30")


def test_a_member_of_several_days_and_canteens_counts_once(book: Flask) -> None:
    make_serving(date(2023, 5, 1), diner=7, canteen=1)
    make_serving(date(2023, 5, 2), diner=7, canteen=2)
    make_serving(date(2023, 5, 2), diner=8, canteen=2)
    assert values("sample.diners", MAY, year(2023)) == [2, 2]
    assert {scope: figure.value for scope, figure in by_scope("sample.diners", MAY).items()} == {1: 1, 2: 2}
    assert foot_of(read("sample.diners", MAY)).part == 2


def test_a_ratio_is_the_sum_of_parts_by_the_sum_of_wholes_and_no_average_of_averages(book: Flask) -> None:
    make_serving(date(2023, 5, 1), satisfied=True)
    for satisfied in (True, False, False):
        make_serving(date(2023, 5, 2), satisfied=satisfied)
    figure = read("sample.satisfaction", MAY)
    assert (figure.part, figure.whole, figure.value, figure.text) == (2, 4, 50, "50.00")


def test_a_ratio_is_rounded_half_up_where_it_is_shown_and_nowhere_else(book: Flask) -> None:
    for number in range(8):
        make_serving(satisfied=number == 0)
    assert read("sample.satisfaction", MAY).text == "12.50"
    make_serving(satisfied=False)
    assert read("sample.satisfaction", MAY).text == "11.11"


def test_a_level_stands_from_its_first_day_until_the_day_it_ends(book: Flask) -> None:
    make_stall(date(2022, 12, 31), closed_on=date(2023, 5, 31))
    make_stall(date(2023, 5, 31))
    days = [Period(day, day) for day in (date(2022, 12, 30), date(2022, 12, 31), date(2023, 5, 30), date(2023, 5, 31))]
    assert values("sample.stalls", *days, JUNE) == [None, 1, 1, 1, 1]


def test_a_level_that_fell_to_nothing_is_zero_and_not_missing(book: Flask) -> None:
    make_stall(date(2023, 4, 1), closed_on=date(2023, 5, 1))
    assert values("sample.stalls", APRIL, MAY) == [1, 0]
    assert evidence.page(metrics()["sample.stalls"], MAY, ALL, 1) == []


def test_a_level_in_a_scope_looks_back_in_that_scope_only(book: Flask) -> None:
    make_stall(date(2023, 4, 1), canteen=1)
    make_stall(date(2023, 4, 1), date(2023, 5, 2), canteen=2)
    assert {scope: figure.value for scope, figure in by_scope("sample.stalls", MAY).items()} == {1: 1, 2: 0}
    assert read("sample.stalls", MAY, 3).value is None


def test_the_latest_is_the_last_day_in_the_period(book: Flask) -> None:
    for day in (date(2023, 4, 3), date(2023, 5, 20), date(2023, 5, 9)):
        make_inspection(day)
    assert [read("sample.inspected", period).text for period in (APRIL, MAY, JUNE)] == [
        "2023-04-03",
        "2023-05-20",
        "无数据",
    ]
    assert read("sample.inspected", MAY).day == date(2023, 5, 20)
    assert read("sample.inspected", JUNE).day is None


@pytest.mark.parametrize("name", NAMES)
def test_no_data_is_never_zero(book: Flask, name: str) -> None:
    figure = read(name, MAY)
    assert (figure.value, figure.text, figure.unit, figure.records) == (None, "无数据", "", 0)
    assert [each.value for each in series(name, year(2023).months())] == [None] * 12
    assert evidence.page(figure.metric, MAY, ALL, 1) == []


@pytest.mark.parametrize("name", NAMES)
def test_evidence_adds_up_to_the_figure_in_every_scope_and_its_pages_are_the_whole_list(book: Flask, name: str) -> None:
    for day in (date(2023, 4, 30), date(2023, 6, 1)):
        make_serving(day), make_inspection(day)
    for number in range(1, 13):
        make_serving(date(2023, 5, number), canteen=number % 3 + 1, diner=number % 5, satisfied=number % 4 > 0)
        make_stall(date(2023, 4, number), date(2023, 5, number) if number % 2 else None, canteen=number % 3 + 1)
        make_inspection(date(2023, 5, number), canteen=number % 3 + 1)
    for scope in (ALL, 1, 2, 3):
        figure = read(name, MAY, scope)
        foot = foot_of(figure)
        assert (foot.part, foot.whole, foot.records) == (figure.part, figure.whole, figure.records)
        by_hand = recount_of(name)
        assert by_hand
        assert (figure.part, figure.whole, figure.records) == recount(figure.metric.kind, by_hand(), MAY, scope)
        pages = [evidence.page(figure.metric, MAY, scope, number, per_page=5) for number in (1, 2, 3)]
        listed = [row for rows in pages for row in rows]
        assert len({(row.record_id, row.day) for row in listed}) == len(listed) == foot.rows
        if figure.day:
            assert max(row.day for row in listed) == figure.day
        else:
            assert sum(row.part for row in listed) == figure.part


def test_a_distinct_list_names_each_member_once_with_how_often(book: Flask) -> None:
    for day in (date(2023, 5, 3), date(2023, 5, 1), date(2023, 5, 2)):
        make_serving(day, diner=7)
    [row] = evidence.page(metrics()["sample.diners"], MAY, ALL, 1)
    assert (row.day, row.days) == (date(2023, 5, 1), 3)


def test_readings_are_kept_by_day_and_scope(book: Flask) -> None:
    make_serving(date(2023, 5, 1), canteen=1)
    make_serving(date(2023, 5, 1), canteen=2)
    read("sample.meals", MAY)
    rows = db.session.scalars(select(Reading).where(Reading.metric == "sample.meals").order_by(Reading.scope))
    assert [(row.day.day, row.scope, row.part, row.records) for row in rows] == [(1, 1, 1, 1), (1, 2, 1, 1)]


def test_verification_finds_a_reading_that_was_tampered_with(book: Flask) -> None:
    make_serving()
    refresh()
    assert list(drifts()) == []
    db.session.execute(update(Reading).where(Reading.metric == "sample.meals").values(part=2))
    db.session.commit()
    assert any(drift.startswith("sample.meals 2023-05-09 scope 1") for drift in drifts())


def test_a_moved_record_leaves_no_trace_on_the_day_it_came_from(book: Flask) -> None:
    serving = make_serving(date(2023, 5, 9))
    assert values("sample.meals", APRIL, MAY) == [None, 1]
    change(serving, day=date(2023, 4, 9))
    assert values("sample.meals", APRIL, MAY) == [1, None]
