"""Several tables at once: the same answers as one by one, with a number of questions that does not grow with them."""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import event

from ops.core.db import db, transaction
from ops.core.once import held, once, remembered
from ops.core.period import year
from ops.indicators import closing
from ops.indicators.ahead import read_ahead
from ops.indicators.catalogue import metrics
from ops.indicators.readings import read
from ops.people.roles import Role
from ops.programmes import queries, service
from ops.programmes.department import service as department
from ops.programmes.evaluation.signing import standing
from ops.programmes.evaluation.together import standings
from ops.programmes.progress import progress, progress_of
from tests.app_fixtures import SignIn
from tests.canteen.factories import make_diner, make_meal
from tests.programmes.factories import BY, define_names, enter_figure, make_payment, stored_programmes

MOST = 40


def everything() -> None:
    """The six programmes and the department, bound, paid and partly entered by hand."""
    programmes = stored_programmes()
    with transaction():
        department.make(2023, BY)
        for each in programmes:
            service.bind_as_suggested(each, BY)
    for number, each in enumerate(programmes, 1):
        make_payment(each, f"{number}0000")
        enter_figure(each.indicators[-1], "96", "%")


@contextmanager
def asked() -> Iterator[list[str]]:
    found: list[str] = []

    def listen(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        found.append(statement)

    event.listen(db.engine, "before_cursor_execute", listen)
    try:
        yield found
    finally:
        event.remove(db.engine, "before_cursor_execute", listen)


def test_the_forms_of_a_year_are_the_same_together_and_one_by_one(app: Flask) -> None:
    everything()
    tables = queries.tables(2023)
    with app.test_request_context():
        together = standings(tables)
        alone = [standing(each) for each in tables]
    assert [each.content_hash for each in together] == [each.content_hash for each in alone]
    assert [each.findings for each in together] == [each.findings for each in alone]
    assert len({each.content_hash for each in together}) == 7


def test_a_closed_year_is_read_as_reported_together_too(app: Flask) -> None:
    everything()
    with transaction():
        define_names()
        closing.close(year(2023), BY)
    with transaction("补记"):
        make_payment_later()
    tables = queries.tables(2023)
    with app.test_request_context():
        together, alone = standings(tables), [standing(each) for each in tables]
    assert [each.content_hash for each in together] == [each.content_hash for each in alone]
    assert any(each.evaluation.execution_adjustments for each in together)


def make_payment_later() -> None:
    found = queries.programmes(2023)[0]
    values = {"paid_on": year(2023).last, "source": "fiscal", "payee_kind": "firm", "payee": "供应单位02"}
    service.pay(found, amount=Decimal("5"), voucher="LATE", note="", by=BY, **values)


@pytest.mark.parametrize(("role", "most"), [(Role.PERFORMANCE, MOST), (Role.LEADER, MOST), (Role.FINANCE, MOST + 10)])
def test_the_start_page_asks_a_handful_of_questions(app: Flask, sign_in: SignIn, role: Role, most: int) -> None:
    """Finance is told what waits in the costs of cars too."""
    everything()
    client = sign_in(role)
    assert client.get("/").status_code == 200  # the first reader counts what is stale
    with asked() as questions:
        assert client.get("/").status_code == 200
    assert len(questions) <= most, "\n".join(questions)


def test_more_tables_ask_no_more(app: Flask) -> None:
    everything()
    tables = queries.tables(2023)
    with app.test_request_context():
        standings(tables)
        counts = []
        for some in (tables[:2], tables[:6]):
            db.session.expire_all()
            [each.indicators for each in some]
            with asked() as questions:
                standings(some)
            counts.append(len(questions))
    assert counts[1] <= counts[0] + 6  # the settled texts and duties of a table are its own


def test_what_was_paid_is_read_together(app: Flask) -> None:
    everything()
    found = queries.programmes(2023)
    assert progress_of(found, year(2023).last) == [progress(each, year(2023).last) for each in found]
    assert progress_of([], year(2023).last) == []


def test_figures_read_ahead_are_those_read_one_by_one(app: Flask) -> None:
    """Every kind, as a whole and in each scope."""
    everything()
    diner = make_diner()
    for day in (3, 4):
        make_meal(diner, day=year(2023).first.replace(day=day))
    over = year(2023)
    names = sorted(metrics())
    plain = {name: {scope: read(name, over, scope) for scope in (0, 1, 2, 99)} for name in names}
    with once():
        read_ahead(names, over)
        with asked() as questions:
            ahead = {name: {scope: read(name, over, scope) for scope in (0, 1, 2, 99)} for name in names}
    assert ahead == plain
    assert not questions
    assert sum(plain[name][0].records > 0 for name in names) >= 4


def test_an_answer_is_kept_for_the_block_only() -> None:
    answers = iter("abc")
    assert remembered("x", lambda: next(answers)) == "a"
    with once():
        assert remembered("x", lambda: next(answers)) == "b"
        with once():
            assert remembered("x", lambda: next(answers)) == held("x") == "b"
    assert held("x") is None
    assert remembered("x", lambda: next(answers)) == "c"
