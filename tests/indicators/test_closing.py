"""Closing a period: what was reported never moves, and reported + adjustments is what is known now."""

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import func, select

from ops.core import audit, clock
from ops.core.access import Actor
from ops.core.audit import AuditEntry
from ops.core.db import db, transaction
from ops.core.errors import Rejected
from ops.core.period import Period, month, quarter, year
from ops.indicators.catalogue import metrics
from ops.indicators.closing import known_now, reported
from ops.indicators.metric import ALL
from ops.indicators.models import Adjustment, ClosedFigure
from ops.indicators.readings import read
from tests.indicators.factories import change, close, make_inspection, make_serving, make_stall, remove
from tests.indicators.sample import Serving
from tests.recounts.hashes import hashes_of

MAY = month(2023, 5)
REASON = "补录漏登的一餐"
PERIODS = [MAY, quarter(2023, 2), year(2023), Period(date(2023, 5, 1), date(2023, 5, 15))]


def adjustments(metric: str, scope: int = ALL) -> list[tuple[Decimal, str, str]]:
    same = (Adjustment.metric == metric, Adjustment.scope == scope)
    return [
        (row.part, row.reason, row.by)
        for row in db.session.scalars(select(Adjustment).where(*same).order_by(Adjustment.id))
    ]


def add_late(reason: str | None, by: Actor, **values: object) -> None:
    usual = {"canteen": 1, "day": date(2023, 5, 9), "diner": 9, "price": Decimal("12.50"), "satisfied": False}
    with transaction(reason):
        row = Serving(**{**usual, **values})
        db.session.add(row)
        audit.record("test.added_late", row, by)


@pytest.mark.parametrize("period", PERIODS, ids=lambda period: period.key)
def test_a_late_record_is_refused_without_a_reason_and_nothing_is_written(
    book: Flask, by: Actor, period: Period
) -> None:
    make_serving()
    close(period)
    entries = db.session.scalar(select(func.count(AuditEntry.id)))
    with pytest.raises(Rejected) as refusal:
        add_late(None, by)
    assert refusal.value.field == "reason"
    assert period.label in str(refusal.value)
    assert db.session.scalar(select(func.count(Serving.id))) == 1
    assert db.session.scalar(select(func.count(AuditEntry.id))) == entries
    assert read("sample.meals", period).value == 1


@pytest.mark.parametrize("period", PERIODS, ids=lambda period: period.key)
def test_a_late_record_with_a_reason_becomes_a_signed_adjustment(book: Flask, by: Actor, period: Period) -> None:
    make_serving()
    closing = close(period)
    add_late(REASON, by)
    assert adjustments("sample.meals") == [(1, REASON, by.name)]
    assert adjustments("sample.takings") == [(Decimal("12.5"), REASON, by.name)]
    frozen = reported(closing, "sample.takings")
    assert frozen
    assert frozen.value == Decimal("12.50")
    assert known_now(closing, "sample.takings") == (Decimal("25.00"), 2, 2)
    assert read("sample.takings", period).value == Decimal("25.00")


def test_blanks_are_no_reason(book: Flask, by: Actor) -> None:
    close(MAY)
    with pytest.raises(Rejected):
        add_late("  \n", by)


def test_one_write_into_a_month_a_quarter_and_a_year_adjusts_all_three(book: Flask, by: Actor) -> None:
    closings = [close(period) for period in PERIODS]
    add_late(REASON, by)
    assert [known_now(closing, "sample.meals")[0] for closing in closings] == [1, 1, 1, 1]


def test_a_record_outside_the_closed_period_needs_no_reason(book: Flask, by: Actor) -> None:
    close(MAY)
    add_late(None, by, day=date(2023, 6, 1))
    add_late(None, by, day=date(2023, 4, 30))
    assert adjustments("sample.meals") == []


def test_a_level_is_adjusted_by_what_began_before_the_period(book: Flask, by: Actor) -> None:
    make_stall(date(2023, 1, 1))
    closing = close(MAY)
    with pytest.raises(Rejected):
        make_stall(date(2022, 1, 1))
    change(make_stall(date(2023, 6, 1)), "开业日登记有误", opened_on=date(2022, 1, 1))
    assert known_now(closing, "sample.stalls") == (2, 2, 2)
    assert [part for part, _reason, _by in adjustments("sample.stalls")] == [1]


def test_an_adjustment_can_take_away(book: Flask) -> None:
    serving = make_serving()
    make_serving(diner=2)
    closing = close(MAY)
    remove(serving, "重复登记")
    assert [part for part, _reason, _by in adjustments("sample.meals")] == [-1]
    assert known_now(closing, "sample.meals") == (1, 1, 1)
    assert read("sample.meals", MAY).value == 1


def test_a_record_moved_from_one_closed_month_to_another_adjusts_both(book: Flask) -> None:
    serving = make_serving(date(2023, 5, 9))
    april, may = close(month(2023, 4)), close(MAY)
    change(serving, "日期登记有误", day=date(2023, 4, 9))
    assert (known_now(april, "sample.meals")[0], known_now(may, "sample.meals")[0]) == (1, 0)


def test_each_scope_is_adjusted_by_its_own_change(book: Flask, by: Actor) -> None:
    make_serving(canteen=1)
    make_serving(canteen=2)
    closing = close(MAY)
    add_late(REASON, by, canteen=2)
    assert (adjustments("sample.meals", 1), len(adjustments("sample.meals", 2))) == ([], 1)
    assert [known_now(closing, "sample.meals", scope)[0] for scope in (ALL, 1, 2, 3)] == [3, 1, 2, 0]


def test_a_scope_that_had_no_records_when_it_was_closed_is_adjusted_from_nothing(book: Flask, by: Actor) -> None:
    closing = close(MAY)
    add_late(REASON, by, canteen=7)
    assert known_now(closing, "sample.meals", 7) == (1, 1, 1)


def test_the_same_person_again_changes_the_records_but_not_the_number_of_persons(book: Flask, by: Actor) -> None:
    make_serving(diner=9)
    closing = close(MAY)
    add_late(REASON, by, diner=9)
    assert adjustments("sample.diners") == [(0, REASON, by.name)]
    assert known_now(closing, "sample.diners") == (1, 2, 2)


def test_a_ratio_is_adjusted_in_part_and_whole(book: Flask, by: Actor) -> None:
    make_serving(satisfied=True)
    closing = close(MAY)
    add_late(REASON, by, satisfied=False)
    assert known_now(closing, "sample.satisfaction") == (1, 2, 2)


def test_the_latest_day_is_adjusted_from_no_data_to_a_day(book: Flask) -> None:
    inspection = make_inspection(date(2023, 6, 3))
    closing = close(MAY)
    change(inspection, "检查日期登记有误", day=date(2023, 5, 31))
    assert known_now(closing, "sample.inspected")[0] == date(2023, 5, 31).toordinal()


def test_a_period_is_closed_once(book: Flask) -> None:
    close(MAY)
    with pytest.raises(Rejected) as refusal:
        close(MAY)
    assert refusal.value.field == "period"


def test_a_period_whose_last_day_is_not_over_is_not_closed(book: Flask) -> None:
    today = clock.today()
    for last in (today, today + timedelta(days=1)):
        with pytest.raises(Rejected):
            close(Period(date(2023, 1, 1), last))
    close(Period(date(2023, 1, 1), today - timedelta(days=1)))


def test_the_hash_of_the_evidence_tells_a_swap_that_the_sum_does_not(book: Flask) -> None:
    inside, outside, metric = make_serving(date(2023, 5, 9)), make_serving(date(2023, 6, 9)), metrics()["sample.meals"]
    before = hashes_of(metric, MAY)[ALL]
    assert before == hashes_of(metric, MAY)[ALL]
    change(inside, day=date(2023, 6, 9))
    change(outside, day=date(2023, 5, 9))
    assert hashes_of(metric, MAY)[ALL] != before


def test_a_closing_freezes_the_hash_of_each_scopes_own_evidence(book: Flask) -> None:
    make_serving(canteen=1)
    make_serving(canteen=2)
    closing = close(MAY)
    hashes = {scope: _frozen(closing.id, scope).evidence_hash for scope in (ALL, 1, 2, 3)}
    assert len(set(hashes.values())) == 4
    for scope, frozen in hashes.items():
        assert hashes_of(metrics()["sample.meals"], MAY)[scope] == frozen


def _frozen(closing_id: int, scope: int) -> ClosedFigure:
    return db.session.get_one(ClosedFigure, (closing_id, "sample.meals", scope))


def test_the_adjustment_stands_in_the_trail_of_the_deed_that_made_it(book: Flask, by: Actor) -> None:
    close(MAY)
    add_late(REASON, by, canteen=3)
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry
    assert (entry.action, entry.reason, entry.actor_name) == ("test.added_late", REASON, by.name)
    changed = [change["table"] for change in json.loads(entry.changes)]
    written = db.session.scalar(select(func.count(Adjustment.id)))
    assert changed.count("adjustment") == written
    assert list(audit.verify()) == []
