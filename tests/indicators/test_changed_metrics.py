"""A metric that is new, or counts otherwise, is counted over the records of old; the others are let be."""

from dataclasses import replace
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import delete, func, select

from ops.core import audit
from ops.core.access import system
from ops.core.db import db, transaction
from ops.core.period import month
from ops.indicators.catalogue import metrics
from ops.indicators.closing import known_now, reported
from ops.indicators.fingerprints import fingerprint, mark_changed
from ops.indicators.models import Adjustment, MetricFingerprint, Reading, StaleDay
from ops.indicators.queries import periods
from ops.indicators.readings import read, read_many
from ops.indicators.rollup import refresh
from ops.indicators.verification import drifts
from tests.indicators.factories import MAY, close, make_inspection, make_serving, make_stall
from tests.indicators.sample import Serving

PERIOD = month(2023, 5)


def stale_days() -> int:
    return db.session.scalar(select(func.count()).select_from(StaleDay)) or 0


def test_the_records_of_old_are_counted_for_a_metric_that_is_new(book: Flask) -> None:
    mark_changed()
    make_serving()
    read_many(list(metrics()), PERIOD)
    with transaction():  # as it was before the metric came: records, but neither reading nor fingerprint
        for model in (Reading, MetricFingerprint):
            db.session.execute(delete(model).where(model.metric == "sample.meals"))
        audit.record("test.arranged", "reading", system("test"))
    assert read("sample.meals", PERIOD).value is None
    assert mark_changed() == 1
    assert read("sample.meals", PERIOD).value == 1
    refresh()
    assert list(drifts()) == []


def test_what_counts_otherwise_is_counted_again_on_the_days_of_then_and_now(
    book: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark_changed()
    make_serving(price=Decimal("12.50"))
    make_serving(MAY.replace(day=10), price=Decimal(2))
    assert read("sample.meals", PERIOD).value == 2
    meals = metrics()["sample.meals"]
    dear = replace(meals, select=lambda: meals.select().where(Serving.price > 5))
    monkeypatch.setitem(metrics(), "sample.meals", dear)  # type: ignore[arg-type]
    assert mark_changed() == 2
    assert read("sample.meals", PERIOD).value == 1
    refresh()
    assert list(drifts()) == []


def changed(name: str, monkeypatch: pytest.MonkeyPatch, least: int) -> None:
    """The metric counts only what costs more from now on."""
    was = metrics()[name]
    now = replace(was, select=lambda: was.select().where(Serving.price > least))
    monkeypatch.setitem(metrics(), name, now)  # type: ignore[arg-type]
    mark_changed()


def test_a_closed_year_keeps_what_it_reported_and_says_that_the_definition_changed(
    book: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark_changed()
    make_serving(price=Decimal("12.50"))
    make_serving(MAY.replace(day=10), price=Decimal(2), canteen=2)
    closing = close(PERIOD)
    changed("sample.meals", monkeypatch, 5)
    frozen = reported(closing, "sample.meals")
    assert frozen
    assert frozen.value == 2
    assert known_now(closing, "sample.meals")[0] == read("sample.meals", PERIOD).value == 1
    rows = db.session.scalars(select(Adjustment).order_by(Adjustment.scope)).all()
    assert [(row.metric, row.scope, row.part, row.records) for row in rows] == [
        ("sample.meals", 0, -1, -1), ("sample.meals", 2, -1, -1)
    ]  # fmt: skip
    assert {(row.reason, row.by) for row in rows} == {("统计口径调整。", "definition of the figure")}
    refresh()
    assert list(drifts()) == []


def test_a_select_that_is_only_written_otherwise_adjusts_nothing(book: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    mark_changed()
    make_serving(price=Decimal("12.50"))
    close(PERIOD)
    changed("sample.meals", monkeypatch, 1)
    assert db.session.scalar(select(func.count()).select_from(Adjustment)) == 0


def test_what_is_as_it_was_is_left_alone(book: Flask) -> None:
    make_serving()
    read_many(list(metrics()), PERIOD)
    assert mark_changed() == 0  # readings from before there were fingerprints are believed
    assert mark_changed() == stale_days() == 0


def test_every_metric_has_the_same_fingerprint_twice_and_no_two_have_the_same(app: Flask) -> None:
    prints = [fingerprint(metric) for metric in metrics().values()]
    assert prints == [fingerprint(metric) for metric in metrics().values()]
    assert len(set(prints)) >= len(prints) - 2  # a share and the number below it may rest on one SELECT


def test_refresh_on_the_command_line_finds_a_new_metric(book: Flask) -> None:
    mark_changed()
    make_serving()
    read_many(list(metrics()), PERIOD)
    with transaction():
        for model in (Reading, MetricFingerprint):
            db.session.execute(delete(model).where(model.metric == "sample.meals"))
        audit.record("test.arranged", "reading", system("test"))
    assert "1 days counted" in book.test_cli_runner().invoke(args=["indicators", "refresh"]).output


def test_reading_many_gives_what_reading_each_gives(book: Flask) -> None:
    for day in (1, 9, 20):
        make_serving(MAY.replace(day=day), diner=day, canteen=day % 2 + 1)
    make_stall(MAY.replace(month=1))
    make_inspection()
    for scope in (0, 1, 2):
        for over in (PERIOD, month(2023, 6), month(2022, 1)):
            names = list(metrics())
            assert read_many(names, over, scope) == [read(name, over, scope) for name in names]


def test_the_years_offered_are_those_with_half_the_usual_figures(book: Flask) -> None:
    [now] = periods()
    for year in (2021, 2023):
        make_serving(MAY.replace(year=year))
        make_inspection(MAY.replace(year=year))
    make_stall(MAY.replace(year=2019))  # one figure alone makes no year
    read_many([name for name in metrics() if name.startswith("sample.")], now)
    assert [each.key for each in periods()] == ["2023", "2021"]
