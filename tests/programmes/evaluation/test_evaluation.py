"""The self-evaluation: every target with its actual and score; what is missing stays missing."""

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask

from ops.core.access import Actor
from ops.core.db import transaction
from ops.core.errors import Rejected
from ops.core.period import year
from ops.indicators import closing
from ops.people.roles import Role
from ops.programmes import service as programmes
from ops.programmes.actuals import Origin, number_text
from ops.programmes.evaluation import service
from ops.programmes.evaluation.evaluation import evaluate
from ops.programmes.evaluation.scoring_settings import Grade
from ops.programmes.models import Programme
from ops.programmes.targets.notation import parse_value
from tests.app_fixtures import SignIn
from tests.programmes.factories import bound_programme, define_names, enter_figure, make_payment, stored_programme

D = Decimal


def filled(programme: Programme) -> Programme:
    """Programme 3 with everything that it asks for: four persons paid in full, the rest by hand."""
    for number in range(1, 5):
        make_payment(programme, "3500", payee_kind="person", payee=f"人员{number:02}", paid_on=date(2023, 12, 31))
    for row, value in ((2, "100"), (5, "96"), (6, "97")):
        enter_figure(programme.indicators[row - 1], value, "%")
    return programme


def test_what_has_no_actual_is_missing_and_not_scored(app: Flask) -> None:
    made = evaluate(bound_programme())
    assert (made.missing, made.total.unscored, made.total.grade) == (6, 7, None)
    assert made.execution.points is None
    assert {line.score.points for line in made.lines} == {None}
    assert made.funds[0].executed is None


def test_a_full_year_is_scored_to_the_cent(app: Flask) -> None:
    made = evaluate(filled(bound_programme(3)))
    points = [line.score.points for line in made.lines]
    assert points == [D("12.5"), D("12.5"), D("12.5"), D("12.5"), D(30), D("9.90")]
    assert made.execution.points == 10
    assert (made.total.points, made.total.unscored, made.total.grade) == (D("99.90"), 0, "excellent")
    assert [line.actual.text for line in made.lines] == [
        "4人",
        "100.00%",
        "2023年12月31日",
        "1.40万元",
        "96.00%",
        "97.00%",
    ]
    assert made.reasons_owed == 1


def test_each_actual_says_where_it_comes_from(app: Flask) -> None:
    made = evaluate(filled(bound_programme(3)))
    assert [line.actual.origin for line in made.lines] == [
        Origin.FIGURE,
        Origin.MANUAL,
        Origin.FIGURE,
        Origin.FIGURE,
        Origin.MANUAL,
        Origin.MANUAL,
    ]
    figure = made.lines[3].actual.figure
    assert figure is not None
    assert (figure.metric.name, figure.scope, figure.part) == ("programmes.paid", made.programme.id, 14000)
    entry = made.lines[1].actual.manual
    assert entry is not None
    assert entry.attachment_id


def test_execution_is_measured_on_the_adjusted_budget(app: Flask, by: Actor) -> None:
    programme = bound_programme()
    make_payment(programme, "1413000")
    assert evaluate(programme).execution.points == D("9.42")
    with transaction():
        programmes.change_budget(programme, date(2023, 9, 1), "fiscal", D("-87000"), "调整通知", by)
    made = evaluate(programme)
    assert made.execution.points == 10
    assert (made.funds[0].initial, made.funds[0].budget) == (1_500_000, 1_413_000)
    assert [fund.budget for fund in made.funds] == [1_413_000, 1_413_000, None, None]


def test_one_fen_over_the_ceiling_is_a_miss(app: Flask) -> None:
    programme = bound_programme()
    make_payment(programme, "1500000.01")
    found = evaluate(programme).lines[3]
    assert (found.actual.text, found.score.missed, found.owes_reason) == ("150.000001万元", True, True)


def test_a_reason_settles_what_is_owed(app: Flask, by: Actor) -> None:
    programme = filled(bound_programme(3))
    with transaction():
        service.explain(programme, 6, "检修", "改时间", by)
    assert evaluate(programme).reasons_owed == 0


def test_a_target_in_words_waits_for_its_result_and_its_grade(app: Flask, by: Actor) -> None:
    programme = bound_programme()
    row = programme.indicators[4]
    with pytest.raises(Rejected) as refusal, transaction():
        service.judge(row, Grade.ACHIEVED, D("23.99"), by)
    assert "24.00至30.00" in str(refusal.value.message)
    with transaction():
        service.judge(row, Grade.ACHIEVED, D("28.5"), by)
    assert evaluate(programme).lines[4].score.points is None
    enter_figure(row, None, words="持续改善")
    found = evaluate(programme).lines[4]
    assert (found.score.points, found.actual.text, found.is_missing) == (D("28.5"), "持续改善", False)


def test_a_grade_outside_a_changed_weight_has_to_be_given_anew(app: Flask, by: Actor) -> None:
    programme = bound_programme()
    row = programme.indicators[4]
    enter_figure(row, None, words="持续改善")
    with transaction() as session:
        service.judge(row, Grade.ACHIEVED, D("28.5"), by)
        session.get_one(type(row), row.id).weight = D(20)
        programmes.define(row, "权重调整", by)
    assert evaluate(programme).lines[4].needs_grade


@pytest.mark.parametrize(
    ("value", "unit", "words", "text"),
    [
        ("2", "", None, "2.00万元"),
        ("2", "万元", None, "2.00万元"),
        ("12345", "元", None, "1.2345万元"),
        ("2", "人", None, ""),
        (None, "", "没有数", ""),
    ],
)
def test_a_figure_by_hand_is_turned_into_the_targets_unit_or_not_used(
    app: Flask, value: str | None, unit: str, words: str | None, text: str
) -> None:
    programme = stored_programme()
    enter_figure(programme.indicators[3], value, unit, words)
    found = evaluate(programme).lines[3]
    assert found.actual.text == text
    assert found.is_missing == (not text)


def test_a_day_by_hand_is_read_as_a_day(app: Flask) -> None:
    programme = stored_programme()
    enter_figure(programme.indicators[2], None, words="2023-12-30")
    assert evaluate(programme).lines[2].score.points == D("12.5")
    enter_figure(programme.indicators[2], None, words="2024年1月5日")
    late = evaluate(programme).lines[2]
    assert (late.score.missed, late.score.points, late.needs_grade) == (True, None, True)


def test_a_closed_year_keeps_its_figures_and_shows_what_changed(app: Flask, by: Actor) -> None:
    programme = bound_programme()
    payment = make_payment(programme, "1413000")
    with transaction():
        define_names()
    with transaction():
        closing.close(year(2023), by)
    with transaction("更正重复登记"):
        programmes.reverse(payment, "重复登记", by)
    made = evaluate(programme)
    assert made.closed is not None
    assert made.funds[0].executed == 1_413_000
    assert made.execution.points == D("9.42")
    assert made.execution_adjustments[0].part == -1_413_000
    assert made.lines[3].adjustments[0].reason == "更正重复登记"


@pytest.mark.pure
@pytest.mark.parametrize(
    ("target", "value", "text"),
    [
        ("≥90%", "89.996", "89.9960%"),
        ("≥90%", "89.99", "89.99%"),
        ("≥90%", "90.004", "90.00%"),
        ("≤5%", "5.004", "5.0040%"),
        ("≤5%", "4.996", "5.00%"),
        ("100%", "99.9999", "99.9999%"),
    ],
)
def test_a_percentage_never_rounds_a_miss_away(target: str, value: str, text: str) -> None:
    assert number_text(D(value), parse_value(target, year=2023)) == text


def test_the_page_of_a_closed_year_shows_each_adjustment(app: Flask, sign_in: SignIn, by: Actor) -> None:
    programme = bound_programme()
    payment = make_payment(programme, "1413000")
    with transaction():
        define_names()
    with transaction():
        closing.close(year(2023), by)
    with transaction("更正重复登记"):
        programmes.reverse(payment, "重复登记", by)
    text = sign_in(Role.PERFORMANCE).get(f"/programmes/{programme.id}/evaluation").get_data(as_text=True)
    assert "2023年已结账" in text
    assert "141.30" in text
    assert "-1,413,000 更正重复登记" in text


def test_the_cause_of_an_execution_that_fell_short_stands_in_the_form(app: Flask, sign_in: SignIn, by: Actor) -> None:
    programme = bound_programme()
    make_payment(programme, "1413000")
    client, address = sign_in(Role.PERFORMANCE), f"/programmes/{programme.id}/evaluation"
    assert "全年预算未执行完" in client.get(address).get_data(as_text=True)
    with transaction():
        service.explain(programme, 0, "尾款未到节点", "提前验收", by)
    text = client.get(address).get_data(as_text=True)
    assert "预算未执行完的原因：尾款未到节点 措施：提前验收" in text
    assert "全年预算未执行完" not in text


def test_the_page_shows_the_form_with_links_to_records_and_entries(app: Flask, sign_in: SignIn) -> None:
    programme = filled(bound_programme(3))
    text = sign_in(Role.PERFORMANCE).get(f"/programmes/{programme.id}/evaluation").get_data(as_text=True)
    assert f"/figures/programmes.paid/evidence?period=2023&amp;scope={programme.id}" in text
    assert f"/manual-figures/programmes.{programme.code}.2/2023" in text
    assert "（填报，附件）" in text
    assert "未核实" in text
    assert "99.9" in text
    assert "待填写原因和措施" in text


def test_one_who_only_watches_finds_the_proof_and_no_entry(app: Flask, sign_in: SignIn) -> None:
    programme = filled(bound_programme(3))
    client = sign_in(Role.LEADER)
    text = client.get(f"/programmes/{programme.id}/evaluation").get_data(as_text=True)
    assert "/manual-figures/" not in text
    assert "/attachments/" in text
    assert sign_in(Role.CANTEEN).get(f"/programmes/{programme.id}/evaluation").status_code == 403
    assert client.get("/programmes/99/evaluation").status_code == 404


@pytest.mark.parametrize(
    ("words", "points"),
    [("建筑面积2.6万平方米，展示面积5000平方米", "6.25"), ("建筑面积2.6万平方米", None), ("—", None)],
)
def test_several_measures_are_entered_as_the_target_has_them(app: Flask, words: str, points: str | None) -> None:
    programme = stored_programme()
    row = programme.indicators[0]
    with transaction() as session:
        session.get_one(type(row), row.id).value_text = "建筑面积2.6万平方米,展示面积1万平方米"
        service.explain(programme, 1, "改为两项", "改为两项", Actor(None, "测试员"))
    enter_figure(row, None, words=words)
    found = evaluate(programme).lines[0]
    assert found.score.points == (None if points is None else D(points))
    assert found.is_missing is (points is None)


@pytest.mark.parametrize("words", ["—", "*", "/"])
def test_a_dash_entered_for_a_result_is_no_result(app: Flask, words: str) -> None:
    programme = bound_programme()
    enter_figure(programme.indicators[4], None, words=words)
    found = evaluate(programme).lines[4]
    assert (found.is_missing, found.score.points) == (True, None)


def test_the_page_of_a_late_deadline_proposes_points_and_a_person_decides(app: Flask, sign_in: SignIn) -> None:
    programme = stored_programme()
    enter_figure(programme.indicators[2], None, words="2024年1月5日")
    text = sign_in(Role.PERFORMANCE).get(f"/programmes/indicators/{programme.indicators[2].id}/judgement").text
    assert "建议得分：7.5" in text
    assert evaluate(programme).lines[2].score.points is None
