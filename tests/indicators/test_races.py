"""Writers, readers and a closing at once: nothing is counted twice, nothing is lost, nobody waits for ever."""

import threading
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from flask import Flask
from sqlalchemy import func, select

from ops.core import audit
from ops.core.access import system
from ops.core.db import db, transaction
from ops.core.errors import Rejected
from ops.core.period import month, year
from ops.indicators import closing, rollup, verification
from ops.indicators.models import Closing
from ops.indicators.readings import read
from tests.indicators.sample import Serving
from tests.recounts import sample as by_hand
from tests.recounts.counted import recount

BY = system("race")
MAY = month(2023, 5)
WRITERS, WRITES = 4, 12


def write(number: int, day: date) -> None:
    with transaction("补录"):
        row = Serving(canteen=number % 3 + 1, day=day, diner=number, price=Decimal("1.25"), satisfied=number % 2 == 0)
        db.session.add(row)
        audit.record("test.raced", row, BY)


def move_first(by_days: int) -> None:
    with transaction("更正"):
        row = db.session.scalars(select(Serving).order_by(Serving.id).with_for_update()).first()
        if row:
            row.day = MAY.first + timedelta(days=(row.day.day + by_days) % 31)
            audit.record("test.moved", row, BY)


def all_at_once(app: Flask, works: list[Callable[[], None]]) -> None:
    """Each in a thread and an application context of its own; a fault in any of them is the test's."""
    faults: list[BaseException] = []
    start = threading.Barrier(len(works))

    def run(work: Callable[[], None]) -> None:
        with app.app_context():
            start.wait()
            try:
                work()
            except BaseException as fault:
                faults.append(fault)

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)
    assert faults == []


def writer(of: int) -> Callable[[], None]:
    def work() -> None:
        for n in range(WRITES):
            write(of * WRITES + n, MAY.first + timedelta(days=(of + n * 5) % 40))

    return work


def mover() -> None:
    for n in range(WRITES // 2):
        move_first(n)


def reader() -> None:
    for _ in range(WRITES):
        figure = read("sample.takings", year(2023))
        assert figure.part == Decimal("1.25") * figure.records


def refresher() -> None:
    for _ in range(WRITES):
        rollup.refresh()


def closer() -> None:
    with transaction():
        closing.close(MAY, BY)


def test_writers_readers_and_a_closing_at_once_leave_every_figure_exact(book: Flask) -> None:
    all_at_once(book, [*(writer(of) for of in range(WRITERS)), mover, reader, refresher, refresher, closer])
    rollup.refresh()
    made = db.session.scalars(select(Closing)).one()
    assert db.session.scalar(select(func.count(Serving.id))) == WRITERS * WRITES
    assert list(verification.drifts()) == []
    assert list(audit.verify()) == []
    for count in (by_hand.meals, by_hand.takings, by_hand.diners, by_hand.satisfaction):
        name = f"sample.{count.__name__}"
        for scope in (0, 1, 2, 3):
            expected = recount(read(name, MAY).metric.kind, count(), MAY, scope)
            assert closing.known_now(made, name, scope) == expected


def test_one_of_many_closings_of_a_period_wins(book: Flask) -> None:
    refusals: list[str | None] = []

    def try_to_close() -> None:
        try:
            closer()
        except Rejected as refusal:
            refusals.append(refusal.field)

    all_at_once(book, [try_to_close] * 4)
    assert refusals == ["period"] * 3
    assert len(db.session.scalars(select(Closing)).all()) == 1
