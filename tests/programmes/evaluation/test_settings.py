"""Scoring rules as dated settings: revised with their document, the earlier ones kept, the wrong ones refused."""

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import func, select

from ops.core.access import Actor
from ops.core.db import db, transaction
from ops.core.errors import Rejected
from ops.people.roles import Role
from ops.programmes.evaluation import queries, service
from ops.programmes.evaluation.evaluation import evaluate
from ops.programmes.evaluation.models import ScoringVersion
from ops.programmes.evaluation.scoring_settings import PROPOSED, proposals
from ops.programmes.evaluation.scoring_values import CeilingFormula, Step
from ops.programmes.evaluation.setting_specs import SPECS
from tests.app_fixtures import SignIn
from tests.programmes.factories import bound_programme, make_payment

D = Decimal
TYPED = {"valid_from": "2023-01-01", "document": "区财政局通知", "clause": "反向指标", "source": "收文2023-5"}


def revise(name: str, given: dict[str, str] | None, valid_from: date = date(2023, 1, 1)) -> None:
    with transaction():
        service.revise(name, given, valid_from, "区财政局通知", "条款", "收文", True, Actor(None, "测试员"))


@pytest.mark.pure
def test_every_setting_has_a_proposal_that_its_form_would_take() -> None:
    assert set(proposals()) == set(SPECS) == set(vars(PROPOSED))
    for name, each in proposals().items():
        assert SPECS[name].value(each["value"]) == getattr(PROPOSED, name).value
        assert each["document"]
        assert each["clause"]
        assert each["source"]
    assert {name for name, spec in SPECS.items() if spec.optional} == {
        "over_reduction",
        "satisfaction_bands",
        "execution_cap",
        "execution_limits",
    }


@pytest.mark.pure
@pytest.mark.parametrize(
    ("name", "given", "field"),
    [
        ("weights", {"execution": "10", "output": "50", "benefit": "30", "satisfaction": "9.99"}, "execution"),
        ("over_fulfilment", {"percent": "100"}, "percent"),
        ("over_fulfilment", {"percent": ""}, "percent"),
        ("qualitative_bands", {"achieved": "60", "partly": "60"}, "partly"),
        ("grade_bands", {"excellent": "90", "good": "95", "fair": "60"}, "good"),
        ("grade_bands", {"excellent": "100", "good": "80", "fair": "60"}, "excellent"),
        ("ceiling_formula", {"choice": "b3"}, "choice"),
        ("execution_limits", {"good": "80", "fair": "95", "poor": "50"}, "fair"),
        ("signing_order", {"first": "filled", "second": "filled", "third": ""}, "second"),
        ("signing_order", {"first": "filled", "second": "", "third": "approved"}, "second"),
        ("signing_order", {"first": "", "second": "", "third": ""}, "second"),
        (
            "satisfaction_bands",
            {
                "first": "90",
                "first_share": "80",
                "second": "80",
                "second_share": "100",
                "third": "60",
                "third_share": "5",
            },
            "second_share",
        ),
    ],
)
def test_a_value_that_does_not_go_together_is_refused_beside_its_field(
    app: Flask, name: str, given: dict[str, str], field: str
) -> None:
    with pytest.raises(Rejected) as refused:
        SPECS[name].value(given)
    assert refused.value.field == field


def test_a_version_counts_for_the_years_that_end_on_its_day_or_later(app: Flask) -> None:
    revise("ceiling_formula", {"choice": "b2"}, date(2023, 12, 31))
    revise("ceiling_formula", {"choice": "b1"}, date(2024, 6, 1))
    found = [queries.settings_for(date(year, 12, 31)).ceiling_formula.value for year in (2022, 2023, 2024)]
    assert found == [CeilingFormula.B1, CeilingFormula.B2, CeilingFormula.B1]


def test_of_two_versions_of_one_day_the_later_recorded_counts_and_both_stay(app: Flask) -> None:
    revise("over_fulfilment", {"percent": "120"})
    revise("over_fulfilment", {"percent": "150"})
    assert queries.settings_for(date(2023, 12, 31)).over_fulfilment.value == D("1.5")
    assert len(queries.versions("over_fulfilment")) == 2


def test_only_what_is_optional_can_be_switched_off(app: Flask) -> None:
    revise("execution_cap", None)
    assert queries.settings_for(date(2023, 12, 31)).execution_cap.value is None
    with pytest.raises(Rejected, match="不能停用"):
        revise("grade_bands", None)


def test_the_form_is_scored_by_the_formula_in_force_and_says_so(app: Flask, sign_in: SignIn) -> None:
    programme = bound_programme()
    make_payment(programme, "1950000")  # 195 of 150: B1 leaves 70 %, B2 76.92 %
    assert evaluate(programme).lines[3].score.points == D("8.75")
    revise("ceiling_formula", {"choice": "b2"})
    assert evaluate(programme).lines[3].score.points == D("9.62")
    text = sign_in(Role.LEADER).get(f"/programmes/{programme.id}/evaluation").text
    assert "B2：分值×指标值÷完成值" in text
    assert "区财政局通知" in text


def test_the_order_of_signatures_is_a_setting(app: Flask) -> None:
    revise("signing_order", {"first": "checked", "second": "approved", "third": ""})
    order = queries.settings_for(date(2023, 12, 31)).signing_order.value
    assert order == (Step.CHECKED, Step.APPROVED)


@pytest.mark.parametrize("name", list(SPECS))
def test_the_page_of_each_rule_shows_it_and_takes_back_what_it_shows(app: Flask, sign_in: SignIn, name: str) -> None:
    client = sign_in(Role.PERFORMANCE)
    assert proposals()[name]["document"] in client.get(f"/programmes/scoring/{name}").text
    address = f"/programmes/scoring/{name}/versions/new"
    assert client.get(address).status_code == 200
    value = proposals()[name]["value"]
    on = {} if value is None else {"on": "y"}
    assert client.post(address, data={**TYPED, **on, **(value or {})}).status_code == 303
    [row] = queries.versions(name)
    assert (row.document, row.confirmed) == ("区财政局通知", False)
    assert queries.setting_of(row).value == getattr(PROPOSED, name).value
    assert "区财政局通知" in client.get("/programmes/scoring?year=2023").text
    assert "区财政局通知" not in client.get("/programmes/scoring?year=2022").text


def test_a_wrong_version_keeps_what_was_typed_and_writes_nothing(app: Flask, sign_in: SignIn) -> None:
    client, address = sign_in(Role.PERFORMANCE), "/programmes/scoring/weights/versions/new"
    given = {"execution": "10", "output": "55", "benefit": "30", "satisfaction": "10"}
    refused = client.post(address, data={**TYPED, **given})
    assert refused.status_code == 422
    assert "分值合计为105，应为100。" in refused.text
    assert 'value="55"' in refused.text
    for wrong in ({"output": "x"}, {"output": ""}, {"valid_from": "2023-13-01"}, {"document": " "}, {"clause": ""}):
        assert client.post(address, data={**TYPED, **given, "output": "50", **wrong}).status_code == 422
    assert db.session.scalar(select(func.count()).select_from(ScoringVersion)) == 0


def test_only_the_performance_officer_revises_and_no_rule_is_made_up(app: Flask, sign_in: SignIn) -> None:
    for role in (Role.FINANCE, Role.LEADER, Role.AUDITOR):
        client = sign_in(role)
        assert client.get("/programmes/scoring").status_code == 200
        assert client.post("/programmes/scoring/weights/versions/new").status_code == 403
    client = sign_in(Role.PERFORMANCE)
    assert client.get("/programmes/scoring/no_such_rule").status_code == 404
    assert client.get("/programmes/scoring/no_such_rule/versions/new").status_code == 404
    assert client.get("/programmes/scoring?year=99999").status_code == 200
