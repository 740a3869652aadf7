"""Weights of indicators: changed all at once, with a reason and a history, and never so that they do not add up."""

from decimal import Decimal

import pytest
from flask import Flask

from ops.core.access import Actor
from ops.core.db import transaction
from ops.core.errors import Rejected
from ops.people.roles import Role
from ops.programmes.evaluation import queries, service
from ops.programmes.evaluation.evaluation import evaluate
from ops.programmes.evaluation.rules import check_weights
from ops.programmes.evaluation.scoring_settings import PROPOSED
from ops.programmes.evaluation.weights import level_of, level_shares, printed_weight
from ops.programmes.models import Programme
from tests.app_fixtures import SignIn
from tests.programmes.factories import bound_programme

D = Decimal
LEVELS = [("产出指标", "数量指标")] * 2 + [("效益指标", "社会效益指标"), ("满意度指标", "服务对象满意度指标")]


def typed(programme: Programme, *weights: str, because: str = "突出重点") -> dict[str, str]:
    return {f"weight{number}": weight for number, weight in enumerate(weights, 1)} | {"because": because}


@pytest.mark.pure
@pytest.mark.parametrize(
    ("weights", "words"),
    [
        (("25", "25", "30", "9.99"), "89.99"),
        (("25", "25", "30", "10.01"), "90.01"),
        (("0", "50", "30", "10"), "大于零"),
        (("-1", "51", "30", "10"), "大于零"),
    ],
)
def test_weights_that_do_not_add_up_are_refused(app: Flask, weights: tuple[str, ...], words: str) -> None:
    check_weights(LEVELS, [D(25), D(25), D(30), D(10)], D(10))
    with pytest.raises(Rejected, match=words):
        check_weights(LEVELS, [D(each) for each in weights], D(10))


@pytest.mark.pure
def test_a_level_that_prints_its_weight_gets_exactly_that(app: Flask) -> None:
    printed = [("产出指标（50分）", "数量指标(20分)"), ("产出指标（50分）", "质量指标（30）"), *LEVELS[2:]]
    check_weights(printed, [D(20), D(30), D(30), D(10)], D(10))
    with pytest.raises(Rejected, match="数量指标"):
        check_weights(printed, [D(30), D(20), D(30), D(10)], D(10))
    with pytest.raises(Rejected, match="产出指标（50分）"):
        check_weights(printed, [D(20), D(40), D(20), D(10)], D(10))


@pytest.mark.pure
@pytest.mark.parametrize(
    ("name", "weight"),
    [
        ("产出指标(50分)", "50"),
        ("产出指标（50分）", "50"),
        ("产出指标（ 22.5 分）", "22.5"),
        ("产出指标", None),
        ("指标(2023年)", None),
    ],
)
def test_the_weight_in_a_name_is_read(name: str, weight: str | None) -> None:
    assert printed_weight(name) == (None if weight is None else D(weight))


@pytest.mark.pure
def test_cost_as_a_level_of_its_own_shares_otherwise() -> None:
    names = ["成本指标", "产出指标", "效益指标", "满意度指标"]
    assert [level_of(each) for each in names] == ["cost", "output", "benefit", "satisfaction"]
    assert level_shares(names, PROPOSED) == {"cost": 20, "output": 40, "benefit": 20, "satisfaction": 10}
    assert level_shares(names[1:], PROPOSED) == {"output": 50, "benefit": 30, "satisfaction": 10}


def test_new_weights_count_at_once_and_the_earlier_ones_stay(app: Flask, sign_in: SignIn) -> None:
    programme, client = bound_programme(), sign_in(Role.PERFORMANCE)
    address = f"/programmes/{programme.id}/weights"
    assert "100.00" in client.get(address).text
    data = typed(programme, "20", "10", "10", "10", "30", "10")
    assert client.post(address + "/new", data=data).status_code == 303
    assert [line.weight for line in evaluate(programme).lines] == [20, 10, 10, 10, 30, 10]
    text = client.get(address).text
    assert "突出重点" in text
    assert client.post(address + "/new", data=typed(programme, *["12.5"] * 4, "30", "10")).status_code == 303
    assert len(queries.weight_revisions(programme)) == 2


@pytest.mark.parametrize(
    ("weights", "because", "words"),
    [
        (("20", "10", "10", "10", "30", "9"), "突出重点", "应为90"),
        (("12.5", "12.5", "12.5", "12.5", "30", "10"), "突出重点", "分值没有变化"),
        (("20", "10", "10", "10", "30", "10"), " ", "请填写原因"),
        (("20.001", "9.999", "10", "10", "30", "10"), "突出重点", "小数"),
        (("", "30", "10", "10", "30", "10"), "突出重点", "请输入数字"),
    ],
)
def test_wrong_weights_are_refused_and_what_was_typed_stays(
    app: Flask, sign_in: SignIn, weights: tuple[str, ...], because: str, words: str
) -> None:
    programme = bound_programme()
    address = f"/programmes/{programme.id}/weights/new"
    refused = sign_in(Role.PERFORMANCE).post(address, data=typed(programme, *weights, because=because))
    assert refused.status_code == 422
    assert words in refused.text
    assert f'value="{weights[1]}"' in refused.text
    assert list(queries.weight_revisions(programme)) == []


def test_a_grade_must_lie_in_the_band_of_the_weight_in_force(app: Flask, by: Actor) -> None:
    programme = bound_programme()
    row = programme.indicators[4]
    weights = queries.weights(programme)
    with transaction():
        service.weigh(programme, weights | {row.id: D(20), programme.indicators[0].id: D("22.5")}, "重点", by)
    with pytest.raises(Rejected, match=r"16\.00至20\.00"), transaction():
        service.judge(row, "achieved", D("28.5"), by)


def test_only_the_performance_officer_weighs(app: Flask, sign_in: SignIn) -> None:
    programme = bound_programme()
    for role in (Role.FINANCE, Role.LEADER, Role.AUDITOR):
        client = sign_in(role)
        assert client.get(f"/programmes/{programme.id}/weights").status_code == 200
        assert client.post(f"/programmes/{programme.id}/weights/new").status_code == 403
