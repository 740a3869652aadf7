"""The checks of a reviewer (performance notes §1.2): each finds its error, and none of the known flaws is copied."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask

from ops.core.access import Actor
from ops.core.db import transaction
from ops.people.roles import Role
from ops.programmes.evaluation import service
from ops.programmes.evaluation.checks import Finding, FormFacts, FormRow, check, says_nothing
from ops.programmes.evaluation.evaluation import evaluate
from ops.programmes.evaluation.facts import facts_of, printed_actual
from ops.programmes.evaluation.scoring import score
from ops.programmes.evaluation.scoring_settings import PROPOSED
from ops.programmes.targets.notation import parse_value
from ops.programmes.targets.values import Kind
from tests.app_fixtures import SignIn
from tests.programmes.evaluation.full import full_programme
from tests.programmes.factories import bound_programme, enter_figure

D = Decimal
pure = pytest.mark.pure


def row(number: int, target: str, actual: str, weight: str, level: str = "产出指标", **others: Any) -> FormRow:
    found = score(parse_value(target, year=2023), D(actual), D(weight), PROPOSED)
    usual = {"given": found.points, "due": found, "actual_text": actual, "levels": (level, "数量指标")}
    return FormRow(row=number, weight=D(weight), **{**usual, **others})


def facts(**others: Any) -> FormFacts:
    """A form without any fault."""
    rows = others.pop("rows", None) or [
        row(1, "≥450人", "450", "50"), row(2, "≤5%", "4", "30", "效益指标"), row(3, "≥90%", "95", "10", "满意度指标"),
    ]  # fmt: skip
    usual = {
        "budget": D(100), "executed": D(100), "execution_weight": D(10), "execution_cap": D(1),
        "execution_given": D(10), "execution_cause": "", "execution_measure": "", "rows": rows,
        "level_shares": {"output": D(50), "benefit": D(30), "satisfaction": D(10)},
    }  # fmt: skip
    made = {**usual, **others}
    total = [made["execution_given"], *(each.given for each in rows)]
    made.setdefault("total_given", sum((each for each in total if each is not None), D(0)))
    return FormFacts(**made)


def changed(number: int, **others: Any) -> FormFacts:
    rows = list(facts().rows)
    rows[number - 1] = replace(rows[number - 1], **others)
    return facts(rows=rows)


def codes(found: list[Finding]) -> list[tuple[str, int | None, bool]]:
    return [(each.code, each.row, each.blocks) for each in found]


@pure
def test_a_form_without_fault_passes() -> None:
    assert check(facts()) == []


@pure
@pytest.mark.parametrize(
    ("others", "found"),
    [
        ({"budget": D(0)}, [("budget_zero", 0, True)]),
        ({"budget": None}, [("budget_zero", 0, True)]),
        ({"executed": None, "execution_given": None}, [("executed_missing", 0, True)]),
        ({"executed": D("99.99"), "execution_cause": "余款", "execution_measure": "提前"}, []),
        ({"executed": D("99.99")}, [("reason_missing", 0, True)]),
        ({"executed": D("99.99"), "execution_cause": "余款"}, [("measure_missing", 0, True)]),
        ({"execution_cause": "余款"}, [("reason_contradicts", 0, False)]),
        ({"execution_given": D("9.99")}, [("score_differs", 0, True)]),
        ({"executed": D(120), "execution_given": D(12)}, [("score_differs", 0, True)]),
        ({"executed": D(120), "execution_given": D(12), "execution_cap": None}, []),
    ],
)
def test_1_the_execution_is_recomputed(others: dict[str, Any], found: list[tuple[str, int, bool]]) -> None:
    assert codes(check(facts(**others))) == found


@pure
def test_2_a_score_that_does_not_follow_its_rule_is_found_ceilings_too() -> None:
    over = row(2, "≤5%", "6", "30", "效益指标", given=D(30), cause="原因", measure="措施")
    found = check(facts(rows=[facts().rows[0], over, facts().rows[2]]))
    assert codes(found) == [("score_differs", 2, True)]
    assert found[0].values == {"given": "30", "due": "24"}


@pure
def test_2_a_reader_of_the_printed_form_may_be_off_by_a_tenth_and_no_more() -> None:
    assert check(changed(1, read_again=D("49.90"))) == []
    assert codes(check(changed(1, read_again=D("49.89")))) == [("print_differs", 1, True)]


@pure
def test_3_a_miss_by_a_fen_asks_for_cause_and_measure_though_the_score_is_full() -> None:
    missed = row(1, "≤2249.14万元", "2249.15", "50")
    assert missed.given == 50
    rows = list(facts().rows[1:])
    assert codes(check(facts(rows=[missed, *rows]))) == [("reason_missing", 1, True)]
    half = replace(missed, cause="尾款")
    assert codes(check(facts(rows=[half, *rows]))) == [("measure_missing", 1, True)]
    assert check(facts(rows=[replace(half, measure="提前结算"), *rows])) == []
    assert codes(check(facts(rows=[replace(half, cause="—", measure="/"), *rows]))) == [("reason_missing", 1, True)]


@pure
def test_3_reaching_a_target_with_a_cause_is_a_remark() -> None:
    assert codes(check(changed(1, cause="原因", measure="措施"))) == [("reason_contradicts", 1, False)]


@pure
def test_3_more_persons_than_a_ceiling_and_far_above_a_target_ask_for_the_reason() -> None:
    persons, rest = row(1, "≤450人", "451", "50"), list(facts().rows[1:])
    assert codes(check(facts(rows=[persons, *rest]))) == [("persons_above", 1, False), ("reason_missing", 1, True)]
    assert codes(check(facts(rows=[row(1, "≥450人", "585", "50"), *rest]))) == [("reason_missing", 1, True)]


@pure
def test_4_the_total_is_the_sum() -> None:
    assert codes(check(facts(total_given=D("99.9")))) == [("total_differs", None, True)]


@pure
def test_5_weights_add_up_to_ninety_and_to_what_the_levels_print() -> None:
    heavy = changed(1, weight=D(51))
    assert ("weights_differ", None, True) in codes(check(heavy))
    printed = changed(1, levels=("产出指标（50分）", "数量指标（40分）"))
    assert codes(check(printed)) == [("level_differs", 1, True)]
    rows = [row(1, "≥450人", "450", "45"), row(2, "≤5%", "4", "35", "效益指标"), facts().rows[2]]
    assert codes(check(facts(rows=rows))) == [("level_shifted", 1, False), ("level_shifted", 2, False)]


@pure
@pytest.mark.parametrize("text", ["", " ", "—", "*", "/", "-"])
def test_6_a_dash_a_star_and_a_stroke_are_no_value(text: str) -> None:
    assert says_nothing(text)
    found = codes(check(changed(1, actual_text=text)))
    assert found == [("actual_missing", 1, True)]


@pure
def test_a_figure_by_hand_has_a_proof_and_a_name_that_does_not_fit_is_settled() -> None:
    assert codes(check(changed(1, by_hand=True))) == [("proof_missing", 1, True)]
    assert check(changed(1, by_hand=True, has_proof=True)) == []
    assert codes(check(changed(1, remarks=("名实不符。",)))) == [("definition_missing", 1, False)]


@pure
@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("93.75%", Kind.PERCENT, "93.75"),
        ("1,479.00万元", Kind.MONEY, "1479.00"),
        ("0（检查12次，未发生）", Kind.ZERO, "0"),
        ("暂缺", Kind.COUNT, None),
        ("持续改善", Kind.QUALITATIVE, None),
    ],
)
def test_a_printed_actual_is_read_back(text: str, kind: Kind, value: str | None) -> None:
    assert printed_actual(text, kind) == (None if value is None else D(value))


def test_a_full_form_passes_its_checks_and_each_fault_leads_to_where_it_is_mended(
    app: Flask, sign_in: SignIn, by: Actor
) -> None:
    programme, client = full_programme(), sign_in(Role.PERFORMANCE)
    address = f"/programmes/{programme.id}/checks"
    assert "审核无问题" in client.get(address).text
    enter_figure(programme.indicators[1], "89", "%")
    page = client.get(address).text
    assert "未完成或明显超过指标值，但未填写原因。" in page
    assert f"/programmes/{programme.id}/deviations/2" in page
    assert "/deviations/" not in sign_in(Role.LEADER).get(address).text, "closed to who only reads"
    client = sign_in(Role.PERFORMANCE)
    with transaction():
        service.explain(programme, 2, "检修", "改时间", by)
    assert "审核无问题" in client.get(address).text


def test_what_is_missing_stands_among_the_errors(app: Flask, sign_in: SignIn) -> None:
    programme = bound_programme()
    text = sign_in(Role.LEADER).get(f"/programmes/{programme.id}/checks").text
    assert text.count("尚无完成值，未计分。") == 6
    assert "尚无支付，执行率未计分。" in text
    assert f"/programmes/{programme.id}/bindings" in text
    made = evaluate(programme)
    assert {each.points for each in [made.execution, *(line.score for line in made.lines)]} == {None}
    assert facts_of(made).rows[0].given is None
