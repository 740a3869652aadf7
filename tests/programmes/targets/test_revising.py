"""Targets made and revised in the product: every change is a version, and the old ones stay."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from flask import Flask

from ops.core.access import Actor
from ops.core.db import transaction
from ops.core.errors import Rejected
from ops.people.roles import Role
from ops.programmes import queries
from ops.programmes.evaluation.evaluation import evaluate
from ops.programmes.models import Indicator, Programme
from ops.programmes.targets import revising, versions
from ops.programmes.targets.reading import read_targets
from tests.app_fixtures import SignIn
from tests.programmes.factories import BY, enter_figure, stored_programme

WORDS = {"level1": "产出指标", "level2": "数量指标", "level3": "新增指标", "description": "新增", "basis": "年初计划"}
ROW = {**WORDS, "value_text": "≥12次", "weight": Decimal(5)}
WHY = {"in_force_on": date(2023, 7, 1), "because": "年中调整"}
HEAD = {
    "name": "新项目", "unit_line": "361机关事务中心", "amount_unit": "万元", "total": "10.00", "fiscal": "10.00",
    "other": "", "fund_use": "维护", "plan": "6月底 50%\n12月底 100%", "goals": "1.保障运转\n2.及时维护",
}  # fmt: skip


def revised(indicator: Indicator, value: str, day: date = date(2023, 7, 1)) -> None:
    same = {name: getattr(indicator, name) for name in (*WORDS, "weight")}
    with transaction():
        revising.revise_indicator(indicator, **same, value_text=value, in_force_on=day, because="年中调整", by=BY)


def target_on(programme: Programme, day: date) -> str:
    return versions.tables_on([programme], day)[programme.id].indicators[0].value_text


def test_a_revision_is_a_version_and_what_stood_before_stays(app: Flask) -> None:
    programme = stored_programme()
    assert [each.number for each in versions.versions(programme)] == [1]
    revised(programme.indicators[0], "≥460人")
    assert (target_on(programme, date(2023, 6, 30)), target_on(programme, date(2023, 7, 1))) == ("≥450人", "≥460人")
    assert target_on(programme, date(2022, 1, 1)) == "≥450人", "before the first version it is the first"
    assert evaluate(programme).lines[0].target.number == 460
    newest, first = versions.revisions(programme)
    [change] = newest.changes
    assert (change.row, change.field, change.stored, change.given) == (1, "value_text", "≥450人", "≥460人")
    assert first.changes == ()
    assert (newest.version.because, newest.version.by) == ("年中调整", BY.name)


def test_indicators_are_added_and_taken_out_and_the_others_keep_their_numbers(app: Flask) -> None:
    programme = stored_programme()
    gone, last = programme.indicators[1], programme.indicators[5]
    enter_figure(last, "97", "%")
    with transaction():
        added = revising.add_indicator(programme, **ROW, **WHY, by=BY)
    with transaction():
        revising.remove_indicator(gone, **WHY, by=BY)
    assert [each.row for each in programme.indicators] == [1, 3, 4, 5, 6, 7]
    assert added.row == 7
    line = next(each for each in evaluate(programme).lines if each.indicator is last)
    assert line.actual.value == 97
    with pytest.raises(Rejected), transaction():
        revising.remove_indicator(gone, **WHY, by=BY)


@pytest.mark.parametrize("day", [date(2024, 1, 1), date(2023, 3, 1)])
def test_a_version_lies_in_the_year_and_behind_the_one_before(app: Flask, day: date) -> None:
    programme = stored_programme()
    revised(programme.indicators[0], "≥460人")
    with pytest.raises(Rejected) as refusal:
        revised(programme.indicators[0], "≥470人", day)
    assert refusal.value.field == "in_force_on"
    assert programme.indicators[0].value_text == "≥460人"


def test_a_table_is_made_from_nothing_and_printed_as_the_official_form(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(Role.PERFORMANCE)
    given = {**HEAD, "year": "2023", "code": "13020923P00009910001A"}
    bad = client.post("/programmes/new", data={**given, "plan": "某天 50%"})
    assert (bad.status_code, "某天 50%" in bad.text) == (422, True)
    address = client.post("/programmes/new", data=given).location
    for level1, level2 in (("产出指标", "数量指标"), ("效益指标", "社会效益指标")):
        row = {
            **ROW,
            "level1": level1,
            "level2": level2,
            "in_force_on": "2023-01-01",
            "because": "编制",
            "weight": "45",
        }
        assert client.post(f"{address}/indicators/new", data=row).status_code == 303
    page = client.get(address).text
    assert page.count("新增指标") == 2
    for kind in ("docx", "xlsx"):
        [read] = read_targets(BytesIO(client.get(f"{address}.{kind}").data).read())
        assert (read.project_name, len(read.indicators), len(read.funding_plan)) == ("新项目", 2, 2)
    assert "编制" in client.get(f"{address}/versions").text


def test_the_pages_revise_and_take_out(app: Flask, sign_in: SignIn) -> None:
    programme = stored_programme()
    client, indicator = sign_in(Role.PERFORMANCE), programme.indicators[0]
    address = f"/programmes/targets/indicators/{indicator.id}"
    assert "≥450人" in client.get(address).text
    row = {**ROW, "weight": "5", "in_force_on": "2023-07-01", "because": ""}
    assert client.post(address, data=row).status_code == 422
    assert client.post(address, data={**row, "because": "调整"}).status_code == 303
    head = {**HEAD, "in_force_on": "2023-07-01", "because": "更名"}
    assert client.post(f"/programmes/{programme.id}/targets/head", data=head).status_code == 303
    assert queries.programmes(2023)[0].name == "新项目"
    given = {"in_force_on": "2023-08-01", "because": "取消"}
    assert client.post(f"{address}/removal", data=given).status_code == 303
    assert client.get(address).status_code == 404
    assert sign_in(Role.LEADER).get(f"/programmes/{programme.id}/targets/head").status_code == 403
    assert sign_in(Role.LEADER).get(f"/programmes/{programme.id}/targets").status_code == 200


def test_a_form_of_another_place_is_stored_with_its_doubts(app: Flask, by: Actor, sign_in: SignIn) -> None:
    text = (
        "项目支出绩效目标表（2023年度）\n项目名称\t测试道路\t项目编码\tX1\n资金（万元）\t年度资金总额\t12.5\t\n"
        "一级指标\t二级指标\t三级指标\t指标性质\t指标值\t计量单位\n产出指标\t数量指标\t里程\t≥\t12\t公里\n"
        "\t\t完工率\t≥\t9 5\t%\n效益指标\t社会效益\t事故数\t=\t0\t起\n"
    )
    client = sign_in(Role.PERFORMANCE)
    given = {"file": (BytesIO(text.encode()), "x.txt")}
    address = client.post("/programmes/documents/new", data=given).location
    assert "两个数字之间有空隙" in client.get(address).text
    assert client.post(address).status_code == 303
    [programme] = queries.programmes(2023)
    line = evaluate(programme).lines
    assert (line[0].target.operator, line[0].target.number, line[0].target.unit) == ("≥", 12, "公里")
    assert "digits_torn" in line[1].target.doubts
    for page in ("", "/targets", "/bindings", "/evaluation", "/payments"):
        assert client.get(f"/programmes/{programme.id}{page}").status_code == 200, page


def test_the_number_of_the_last_row_is_not_given_again_once_it_was_taken_out(app: Flask) -> None:
    programme = stored_programme()
    last = programme.indicators[-1]
    number = last.row
    with transaction():
        revising.remove_indicator(last, **WHY, by=BY)
    with transaction():
        added = revising.add_indicator(programme, **ROW, **WHY, by=BY)
    assert added.row == number + 1
