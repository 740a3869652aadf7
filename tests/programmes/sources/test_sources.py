"""Formulas as sources, what counts itself, the five questions, and what stands in the way of closing."""

from decimal import Decimal

import pytest
from flask import Flask

from ops.core.access import Actor
from ops.core.db import transaction
from ops.core.errors import Rejected
from ops.core.period import Period, year
from ops.indicators import closing
from ops.people.roles import Role
from ops.programmes import service
from ops.programmes.actuals import Origin
from ops.programmes.department import service as department
from ops.programmes.evaluation.evaluation import evaluate
from ops.programmes.models import Binds, Indicator
from ops.programmes.sources import coverage, formulas, obstacles
from ops.programmes.sources.coverage import State
from ops.programmes.sources.service import describe
from tests.app_fixtures import SignIn
from tests.programmes.factories import BY, bound_programme, enter_figure, make_payment, stored_programme

SHARE = "[programmes.paid] ÷ 3000 × 100%"


def bind_formula(indicator: Indicator, text: str) -> None:
    with transaction():
        service.bind(indicator, Binds.FORMULA, None, None, BY, text)


def satisfaction(seq: int = 1) -> Indicator:
    return next(each for each in stored_programme(seq).indicators if each.level1.startswith("满意度"))


def test_a_formula_is_counted_over_the_year_and_every_figure_is_shown(app: Flask, sign_in: SignIn) -> None:
    indicator = satisfaction()
    bind_formula(indicator, SHARE)
    line = next(each for each in evaluate(indicator.programme).lines if each.indicator is indicator)
    assert (line.actual.origin, line.actual.value) == (Origin.MISSING, None)
    make_payment(indicator.programme, "2850")
    line = next(each for each in evaluate(indicator.programme).lines if each.indicator is indicator)
    assert (line.actual.value, line.actual.text) == (Decimal(95), "95.00%")
    page = sign_in(Role.PERFORMANCE).get(f"/programmes/indicators/{indicator.id}/formula").get_data(as_text=True)
    assert "2,850" in page
    assert "/figures/programmes.paid/evidence" in page
    assert "95.00%" in page


def test_a_formula_is_read_by_label_and_kept_by_name(app: Flask) -> None:
    assert formulas.checked("[programmes.paid]＊2") == "[programmes.paid] × 2"
    assert formulas.shown("[programmes.paid] ÷ 2").startswith("[")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "The formula ends"),
        ("1 + 2", "names no figure"),
        ("[nowhere] + 1", "nowhere"),
        ("[programmes.last_payment]", "programmes.last_payment"),
        ("[programmes.paid|没有的项目]", "没有的项目"),
        ("[programmes.paid] $ 2", "$"),
    ],
)
def test_a_formula_that_cannot_be_counted_is_refused_beside_its_field(app: Flask, text: str, words: str) -> None:
    indicator = satisfaction()
    with app.test_request_context(headers={"Accept-Language": "en"}), pytest.raises(Rejected) as refusal:
        bind_formula(indicator, text)
    assert refusal.value.field == "formula"
    assert words in str(refusal.value.message) or words in ("The formula ends", "names no figure")


def test_the_page_keeps_the_formula_that_it_refuses(app: Flask, sign_in: SignIn) -> None:
    indicator = satisfaction()
    given = {"binds": "formula", "formula": "[nowhere] + 1", "figure": "", "witness": ""}
    client, address = sign_in(Role.PERFORMANCE), f"/programmes/indicators/{indicator.id}/binding"
    page = client.post(address, data=given)
    assert page.status_code == 422
    assert "[nowhere] + 1" in page.text
    given["formula"] = SHARE
    assert (
        sign_in(Role.PERFORMANCE).post(f"/programmes/indicators/{indicator.id}/binding", data=given).status_code == 303
    )


def test_a_target_in_words_takes_no_formula(app: Flask, by: Actor) -> None:
    words = stored_programme().indicators[4]
    with pytest.raises(Rejected) as refusal, transaction():
        service.bind(words, Binds.FORMULA, None, None, by, SHARE)
    assert refusal.value.field == "binds"


def test_coverage_says_what_counts_itself_and_what_does_not(app: Flask, sign_in: SignIn) -> None:
    programme = bound_programme()
    make_payment(programme, "100")
    enter_figure(programme.indicators[5], "96", "%")
    with transaction():
        service.bind(programme.indicators[4], Binds.MANUAL, None, None, BY)
    found = coverage.of_programme(programme)
    states = [row.state for row in found.rows]
    assert states[2:] == [State.ITSELF, State.ITSELF, State.MISSING, State.HAND]
    assert found.counted == 2
    assert sum(count for _state, count in coverage.totals(coverage.coverage(2023))) == 36
    with transaction():
        department.make(2023, BY)
    of_department = coverage.coverage(2023)[-1]
    assert of_department.programme.is_department
    assert of_department.rows
    page = sign_in(Role.PERFORMANCE).get("/programmes/coverage").get_data(as_text=True)
    assert of_department.programme.name in page
    assert f"/programmes/indicators/{programme.indicators[4].id}/binding" in page
    assert "/binding" not in sign_in(Role.LEADER).get("/programmes/coverage").get_data(as_text=True)


def test_the_five_questions_keep_their_history(app: Flask, by: Actor, sign_in: SignIn) -> None:
    indicator = satisfaction()
    client = sign_in(Role.PERFORMANCE)
    address = f"/programmes/indicators/{indicator.id}/quality"
    given = {"verified": "抽查", "source": "问卷", "accuracy": "±2个百分点", "limits": "仅纸质", "compensated": "复核"}
    assert client.post(address, data={**given, "limits": ""}).status_code == 422
    assert client.post(address, data=given).status_code == 303
    with transaction():
        describe(indicator, **{**given, "limits": "无"}, by=by)
    assert [note.limits for note in coverage.notes_of(indicator)] == ["无", "仅纸质"]
    assert "仅纸质" in client.get(address).text
    assert sign_in(Role.LEADER).get(address).status_code == 403


def test_a_year_is_not_closed_before_every_odd_name_is_defined(app: Flask, by: Actor) -> None:
    programme = stored_programme(4)
    open_rows = obstacles.misfits(programme)
    assert 1 in open_rows  # 率 counted in 次
    with app.test_request_context():
        before = len(obstacles.obstacles(year(2023)))
        with pytest.raises(Rejected), transaction():
            closing.close(year(2023), by)
    for row in open_rows:
        with transaction():
            service.define(programme.indicators[row - 1], "按登记簿次数计。", by)
    month = year(2023).months()[0]
    with app.test_request_context():
        assert len(obstacles.obstacles(year(2023))) == before - len(open_rows)
    assert obstacles.obstacles(Period(month.first, month.last)) == []
