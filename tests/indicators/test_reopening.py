"""Opening a closed period again: what was reported never moves, and reported + adjustments is always what is known."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, ClassVar

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from ops.core import audit
from ops.core.access import Actor
from ops.core.db import db, transaction
from ops.core.errors import Rejected
from ops.core.period import Period, month, quarter, year
from ops.indicators import closing, digests
from ops.indicators.catalogue import metrics
from ops.indicators.metric import ALL
from ops.indicators.models import Closing, LateDecision, ManualFigure
from ops.indicators.readings import read
from ops.people.roles import Role
from tests.app_fixtures import SignIn
from tests.databases import chosen_kind
from tests.indicators.conftest import Book
from tests.indicators.factories import change, close, make_serving, remove
from tests.indicators.sample import FEATURE, Serving
from tests.recounts.counted import recount, recount_of
from tests.recounts.hashes import hashes_of

MAY = month(2023, 5)
SAMPLES = [metric.name for metric in FEATURE.publishes]
BY = Actor(None, "绩效员", address="127.0.0.1")


def reopen(found: Closing, why: str = "上级要求复核") -> None:
    with transaction():
        closing.reopen(found, why, BY)


def enter_by_hand(period: Period, reason: str | None = None) -> ManualFigure:
    with transaction(reason):
        row = ManualFigure(key="x", first=period.first, last=period.last, value=Decimal(3), unit="次", reason="台账")
        row.entered_at, row.entered_by = closing.clock.now(), BY.name
        db.session.add(row)
        audit.record("indicators.manual_figure.entered", row, BY)
        return row


def test_a_reopened_period_takes_changes_without_a_reason_and_still_shows_them(book: Flask) -> None:
    make_serving()
    first = close(MAY)
    reopen(first)
    assert closing.closing_of(MAY) is None
    make_serving(diner=2)
    assert closing.known_now(first, "sample.meals") == (2, 2, 2)
    kept = closing.reported(first, "sample.meals")
    assert kept
    assert kept.value == 1
    second = close(MAY)
    assert (second.number, closing.closing_of(MAY)) == (2, second)
    figure = closing.reported(second, "sample.meals")
    assert figure
    assert figure.value == 2
    with pytest.raises(Rejected):
        make_serving(diner=3)


def test_a_closing_is_opened_again_once(book: Flask) -> None:
    first = close(MAY)
    reopen(first)
    with pytest.raises(Rejected):
        reopen(first)


def test_a_year_that_is_still_closed_asks_for_the_reason_though_its_month_is_open_again(book: Flask) -> None:
    serving = make_serving()
    may, whole = close(MAY), close(year(2023))
    reopen(may)
    with pytest.raises(Rejected) as refusal:
        remove(serving)
    assert str(whole.period.label) in str(refusal.value)
    remove(serving, "重复登记")
    assert [closing.known_now(each, "sample.meals")[0] for each in (may, whole)] == [0, 0]


def test_a_figure_by_hand_in_a_closed_period_needs_a_reason_and_stands_with_the_closing(book: Flask) -> None:
    enter_by_hand(MAY)
    made = close(MAY)
    with pytest.raises(Rejected) as refusal:
        enter_by_hand(MAY)
    assert refusal.value.field == "reason"
    enter_by_hand(year(2023))  # the year is open
    row = enter_by_hand(MAY, "台账漏记")
    [late] = db.session.scalars(select(LateDecision))
    assert (late.closing_id, late.record, late.reason, late.by) == (
        made.id, f"manual_figure:{row.id}", "台账漏记", BY.name,
    )  # fmt: skip


def test_the_pages_tell_what_happened(book: Flask, sign_in_to_book: SignIn) -> None:
    make_serving()
    made = close(MAY)
    client = sign_in_to_book(Role.PERFORMANCE)
    assert client.post(f"/closings/{made.id}/reopening", data={"reason_given": ""}).status_code == 422
    assert client.post(f"/closings/{made.id}/reopening", data={"reason_given": "漏记一餐"}).status_code == 303
    make_serving(diner=2)
    page = client.get(f"/closings/{made.id}").text
    assert "漏记一餐" in page
    assert "已反结账" in client.get("/closings").text
    watcher = sign_in_to_book(Role.AUDITOR)
    assert watcher.get(f"/closings/{made.id}").status_code == 200
    assert watcher.get(f"/closings/{made.id}/reopening").status_code == 403


PERIODS = [month(2023, 1), month(2023, 2), quarter(2023, 1), year(2023)]
days = st.dates(date(2022, 12, 25), date(2023, 4, 5))


class Years(RuleBasedStateMachine):
    """Records come, change and go; periods are closed, opened again and closed anew."""

    book: ClassVar[Any]

    def __init__(self) -> None:
        super().__init__()
        self.book.open()
        self.frozen: dict[int, list[Any]] = {}

    @rule(day=days, diner=st.integers(0, 5), price=st.decimals(0, 99, places=2))
    def serve(self, day: date, diner: int, price: Decimal) -> None:
        self.reasoned(lambda reason: self.add(reason, day, diner, price))

    @rule(data=st.data(), day=days)
    def move(self, data: Any, day: date) -> None:
        if row := self.one(data, Serving):
            self.reasoned(lambda reason: change(row, reason, day=day))

    @rule(data=st.data())
    def take_away(self, data: Any) -> None:
        if row := self.one(data, Serving):
            self.reasoned(lambda reason: remove(row, reason))

    @rule(period=st.sampled_from(PERIODS))
    def close(self, period: Period) -> None:
        if closing.closing_of(period) is None:
            made = close(period)
            self.frozen[made.id] = self.figures(made, closing.reported)
            for name in SAMPLES:
                figure = closing.reported(made, name)
                assert figure
                assert (figure.part, figure.whole, figure.records) == self.truth(name, period)
                hashed = db.session.get_one(closing.ClosedFigure, (made.id, name, ALL)).evidence_hash
                assert hashed == hashes_of(metrics()[name], period)[ALL]

    @rule(data=st.data())
    def open_again(self, data: Any) -> None:
        in_force = [each for each in db.session.scalars(select(Closing)) if each.reopening is None]
        if in_force:
            reopen(data.draw(st.sampled_from(in_force)))

    @invariant()
    def reported_never_moves_and_with_its_adjustments_is_what_is_known_now(self) -> None:
        for made in db.session.scalars(select(Closing)):
            assert self.figures(made, closing.reported) == self.frozen[made.id]
            for name in SAMPLES:
                assert closing.known_now(made, name) == self.truth(name, made.period)

    def teardown(self) -> None:
        self.book.close()

    def reasoned(self, deed: Callable[[str | None], object]) -> None:
        """Without a reason where none is owed; with one where it is."""
        if self.refused(deed):
            deed("更正")

    def refused(self, deed: Callable[[str | None], object]) -> bool:
        try:
            deed(None)
        except Rejected as refusal:
            return refusal.field == "reason"
        return False

    def add(self, reason: str | None, day: date, diner: int, price: Decimal) -> None:
        with transaction(reason):
            row = Serving(canteen=1 + diner % 3, day=day, diner=diner, price=price, satisfied=diner % 2 == 0)
            db.session.add(row)
            audit.record("test.served", row, BY)

    def one(self, data: Any, model: Any) -> Any:
        rows = list(db.session.scalars(select(model).order_by(model.id)))
        return data.draw(st.sampled_from(rows)) if rows else None

    def truth(self, name: str, period: Period) -> Any:
        counted = recount_of(name)
        assert counted
        return recount(metrics()[name].kind, counted(), period)

    def figures(self, made: Closing, of: Callable[..., Any]) -> list[Any]:
        found = [of(made, name) for name in SAMPLES]
        return [(each.part, each.whole, each.records) for each in found]


def test_any_sequence_of_closing_changing_and_reopening_keeps_what_was_reported(sample_book: Book) -> None:
    class Here(Years):
        book = sample_book

    examples = {"sqlite": 12, "postgresql": 5}[chosen_kind()]
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Here,
        settings=settings(
            max_examples=examples, stateful_step_count=25, deadline=None, derandomize=True, database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip


def test_the_evidence_is_hashed_in_steps_that_can_be_left_and_taken_up(
    book: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(12):
        make_serving(date(2023, 5, 1) + timedelta(days=number), diner=number)
    monkeypatch.setattr(digests, "BATCH_RECORDS", 4)
    read("sample.meals", MAY)
    seen = []
    while (far := digests.progress(MAY)).done < far.total:
        seen.append(far.done)
        digests.prepare(MAY, most_records=8)
        assert len(seen) < 50
    assert seen == sorted(set(seen))
    assert len(seen) > 3
    stored = {name: digests.stored(metrics()[name], MAY)[ALL] for name in SAMPLES}
    assert stored == {name: hashes_of(metrics()[name], MAY)[ALL] for name in SAMPLES}
    make_serving(date(2023, 5, 3), diner=9)
    read("sample.meals", MAY)
    assert digests.progress(MAY).done < digests.progress(MAY).total
    made = close(MAY)
    hashed = db.session.get_one(closing.ClosedFigure, (made.id, "sample.meals", ALL)).evidence_hash
    assert hashed == hashes_of(metrics()["sample.meals"], MAY)[ALL]


def test_a_period_of_many_records_is_prepared_on_a_page_that_tells_how_far_it_is(
    book: Flask, sign_in_to_book: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ops.indicators.closing_views.AT_ONCE", 2)
    monkeypatch.setattr("ops.indicators.closing_views.STEP_RECORDS", 3)
    monkeypatch.setattr(digests, "BATCH_RECORDS", 3)
    for number in range(6):
        make_serving(date(2023, 5, 1) + timedelta(days=number))
    for name in SAMPLES:
        read(name, MAY)
    client = sign_in_to_book(Role.PERFORMANCE)
    answer = client.post("/closings/new", data={"period": "2023-05"})
    assert answer.status_code == 303
    where = answer.headers["Location"]
    assert "data-step>" in client.get(where).text
    for _step in range(60):
        if "data-step>" not in client.post(where).text:
            break
    assert 'value="100"' in client.get(where).text
    assert client.post("/closings/new", data={"period": "2023-05"}).headers["Location"].startswith("/closings/")
    assert closing.closing_of(MAY)
    assert client.get(where).status_code == 422
