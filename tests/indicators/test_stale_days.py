"""Which days a write makes stale, and when they are counted again."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, insert, select, update

from ops.core import audit
from ops.core.access import Actor
from ops.core.db import db, transaction
from ops.core.errors import Rejected
from ops.core.period import month, year
from ops.indicators import stale
from ops.indicators.jobs import refresh_readings
from ops.indicators.models import Reading, StaleDay
from ops.indicators.readings import read
from ops.indicators.rollup import refresh
from ops.indicators.verification import drifts
from tests.factories import make_vehicle
from tests.indicators.factories import change, make_serving, make_stall, remove
from tests.indicators.sample import Serving, Stall

MAY = month(2023, 5)


def marks(metric: str) -> list[date]:
    return list(db.session.scalars(select(StaleDay.day).where(StaleDay.metric == metric).order_by(StaleDay.day)))


def row_of(day: date) -> dict[str, object]:
    return {"canteen": 1, "day": day, "diner": 1, "price": Decimal(1), "satisfied": True}


def test_a_write_marks_its_day_for_every_metric_that_counts_it(book: Flask) -> None:
    make_serving(date(2023, 5, 9))
    for name in ("meals", "takings", "diners", "satisfaction"):
        assert marks(f"sample.{name}") == [date(2023, 5, 9)]
    assert marks("sample.stalls") == marks("vehicles.dispatches") == []


def test_a_change_of_day_marks_the_day_before_and_the_day_after(book: Flask) -> None:
    serving = make_serving(date(2023, 5, 9))
    refresh()
    change(serving, day=date(2023, 5, 20))
    assert marks("sample.meals") == [date(2023, 5, 9), date(2023, 5, 20)]


def test_several_changes_in_one_transaction_mark_every_day_passed_through(book: Flask, by: Actor) -> None:
    serving = make_serving(date(2023, 5, 9))
    refresh()
    with transaction():
        for day in (10, 11):
            serving.day = date(2023, 5, day)
            db.session.flush()
        audit.record("test.moved", serving, by)
    assert marks("sample.meals") == [date(2023, 5, day) for day in (9, 10, 11)]


def test_a_row_that_is_removed_marks_its_day(book: Flask) -> None:
    serving = make_serving()
    refresh()
    remove(serving)
    assert marks("sample.meals") == [date(2023, 5, 9)]
    assert read("sample.meals", MAY).value is None


def test_a_row_that_stays_as_it_is_marks_nothing(book: Flask) -> None:
    serving = make_serving()
    refresh()
    change(serving, diner=serving.diner)
    assert marks("sample.meals") == []


def test_what_is_rolled_back_marks_nothing(book: Flask) -> None:
    with pytest.raises(Rejected):
        _write_and_refuse()
    assert marks("sample.meals") == []
    make_stall()
    assert marks("sample.meals") == []


def test_an_end_that_is_taken_back_marks_the_day_it_stood_on(book: Flask) -> None:
    car = make_vehicle(registered_on=date(2023, 5, 1), deregistered_on=date(2023, 5, 9))
    assert read("vehicles.on_register", MAY).value == 0
    change(car, deregistered_on=None)
    assert date(2023, 5, 9) in marks("vehicles.on_register")
    assert read("vehicles.on_register", MAY).value == 1


def test_a_bulk_write_counts_once_its_days_are_named(book: Flask, by: Actor) -> None:
    days = [date(2023, 5, 1) + timedelta(days=number) for number in range(31)]
    with transaction():
        db.session.execute(insert(Serving), [row_of(day) for day in days])
        stale.touch(Serving, days)
        audit.record("test.imported", "sample_serving", by, rows=31)
    assert read("sample.meals", MAY).value == 31


@pytest.mark.parametrize(
    "statement", [insert(Serving).values(row_of(date(2023, 5, 9))), update(Serving).values(diner=2), delete(Stall)]
)
def test_a_bulk_write_that_names_no_days_does_not_commit(book: Flask, by: Actor, statement: object) -> None:
    make_serving(diner=1)
    with pytest.raises(RuntimeError, match=r"stale\.touch"):
        _write_in_bulk(statement, by)
    assert [row.diner for row in db.session.scalars(select(Serving))] == [1]


def test_a_reader_inside_a_transaction_sees_what_the_transaction_wrote(book: Flask, by: Actor) -> None:
    with transaction():
        db.session.add(Serving(**row_of(date(2023, 5, 9))))
        assert read("sample.meals", MAY).value == 1
        audit.record("test.written", "sample_serving", by)
    assert read("sample.meals", MAY).value == 1
    assert marks("sample.meals") == []


def test_a_reader_with_nothing_stale_writes_nothing(book: Flask) -> None:
    make_serving()
    assert refresh() > 0
    assert refresh() == 0


def test_only_the_days_up_to_the_one_asked_for_are_counted(book: Flask) -> None:
    make_serving(date(2023, 5, 9))
    make_serving(date(2023, 5, 10))
    refresh_readings(date(2023, 5, 9))
    assert marks("sample.meals") == [date(2023, 5, 10)]
    assert read("sample.meals", MAY).value == 2


def test_days_far_apart_and_close_together_are_all_replaced(book: Flask) -> None:
    for offset in (0, 1, 2, 7, 8, 30, 31, 200, 364):
        make_serving(date(2023, 1, 1) + timedelta(days=offset))
    refresh()
    assert read("sample.meals", year(2023)).value == 9
    assert list(drifts()) == []
    assert db.session.scalars(
        select(Reading.day).where(Reading.metric == "sample.meals").order_by(Reading.day)
    ).all() == [date(2023, 1, 1) + timedelta(days=offset) for offset in (0, 1, 2, 7, 8, 30, 31, 200, 364)]


def _write_and_refuse() -> None:
    with transaction():
        db.session.add(Serving(**row_of(date(2023, 5, 9))))
        db.session.flush()
        raise Rejected("no")


def _write_in_bulk(statement: Any, by: Actor) -> None:
    with transaction():
        db.session.execute(statement)
        audit.record("test.imported", "sample", by)
