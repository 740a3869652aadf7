"""The department's own table: made from the duties, its money the sum of its parts, scored and kept like any form."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from docx import Document
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage

from ops.core.access import Actor, system
from ops.core.db import db, transaction
from ops.core.demo import DemoYear
from ops.core.errors import Rejected
from ops.core.period import year
from ops.indicators import closing
from ops.people.roles import Role
from ops.programmes import queries
from ops.programmes.department import demo, service
from ops.programmes.department.queries import by_duty
from ops.programmes.evaluation.evaluation import evaluate
from ops.programmes.evaluation.form import form_rows
from ops.programmes.evaluation.models import KeptReport
from ops.programmes.evaluation.signing import content_hash, standing
from ops.programmes.models import BasicExpenditure, Programme, Spending
from ops.programmes.narrative import service as narrative
from ops.programmes.targets import revising, versions
from tests.app_fixtures import SignIn
from tests.programmes.factories import BY, define_names, make_payment, stored_programmes

D = Decimal
BASIC = {"initial": D("1000000.00"), "budget": D("1200000.00"), "executed": D("900000.00")}


def made(of: int = 2023) -> Programme:
    with transaction():
        return service.make(of, BY)


def paper() -> FileStorage:
    return FileStorage(BytesIO("决算（测试）".encode()), filename="决算.txt")


def enter_basic(programme: Programme, **values: object) -> BasicExpenditure:
    with transaction():
        return service.enter_basic(programme, **{**BASIC, **values}, document="决算", proof=paper(), by=BY)  # type: ignore[arg-type]


def cells(programme: Programme) -> dict[str, str]:
    return {cell.name: cell.text for row in form_rows(evaluate(programme)) for cell in row if cell.name}


def test_the_table_begins_with_every_duty_and_indicators_that_count_themselves(app: Flask) -> None:
    found = made()
    evaluation = evaluate(found)
    assert len(found.duties) == 9
    assert all(each.duty and each.goal for each in found.duties)
    assert len(evaluation.lines) == 12
    assert {line.bound.absent for line in evaluation.lines} == {""}
    assert all(line.bound.metric for line in evaluation.lines)
    assert sum(line.weight for line in evaluation.lines) + evaluation.weight == 100
    assert sum(len(each.lines) for each in by_duty(evaluation)) == 12


def test_a_year_has_one_table_of_the_department(app: Flask) -> None:
    made()
    with pytest.raises(Rejected):
        made()
    assert db.session.scalar(select(func.count()).select_from(Programme)) == 1


def test_the_projects_stay_six_and_their_years_are_theirs(app: Flask) -> None:
    stored_programmes()
    made(2022), made(2023)
    found = queries.programmes(2023)
    assert len(found) == 6
    assert sum(each.initial() or D(0) for each in found) == D("56375600.00")
    assert queries.years() == [2023]
    assert [each.is_department for each in queries.tables(2023)] == [False] * 6 + [True]


def test_its_money_is_that_of_its_parts(app: Flask) -> None:
    projects, found = stored_programmes(), made()
    make_payment(projects[0], "5000.50")
    make_payment(projects[1], "2000")
    assert [(each.budget, each.executed) for each in evaluate(found).funds[:2]] == [(None, None)] * 2
    enter_basic(found)
    whole, basic, rest = evaluate(found).funds
    assert (basic.initial, basic.budget, basic.executed) == tuple(BASIC.values())
    assert (rest.source, rest.initial, rest.executed) == (Spending.PROJECTS, D("56375600.00"), D("7000.50"))
    assert (whole.initial, whole.budget, whole.executed) == (D("57375600.00"), D("57575600.00"), D("907000.50"))
    assert cells(found)["executed:all"] == "90.70005"


def test_the_newest_entry_of_the_basic_expenditure_counts(app: Flask) -> None:
    found = made(2022)
    enter_basic(found)
    enter_basic(found, executed=D("950000.00"))
    assert evaluate(found).funds[0].executed == D("950000.00")
    assert len(queries.basic_expenditures(found)) == 2


@pytest.mark.parametrize(
    ("values", "field"),
    [({"initial": D(0)}, "initial"), ({"budget": D(-1)}, "budget"), ({"executed": D("1200000.01")}, "executed")],
)
def test_an_impossible_amount_is_refused_beside_its_field(app: Flask, values: dict[str, D], field: str) -> None:
    found = made(2022)
    with pytest.raises(Rejected) as refused:
        enter_basic(found, **values)
    assert refused.value.field == field
    assert queries.basic_expenditures(found) == []


def test_without_the_whole_it_cannot_be_signed(app: Flask) -> None:
    found = made(2022)
    assert "budget_zero" in [each.code for each in standing(found).blocking]
    enter_basic(found)
    assert "budget_zero" not in [each.code for each in standing(found).blocking]


def test_goals_are_revised_by_version(app: Flask) -> None:
    found = made()
    by_section = {each.section: each.goal for each in found.duties}
    before = content_hash(evaluate(found))
    with transaction():
        service.set_goals(
            found,
            found.name,
            found.unit_line,
            "保障运转",
            {**by_section, "膳食科": "菜品 多样"},
            date(2023, 7, 1),
            "年中",
            BY,
        )
    assert cells(found)["goals"].endswith("膳食科：菜品 多样")
    assert content_hash(evaluate(found)) != before
    old = {each.section: each.goal for each in versions.tables_on([found], date(2023, 6, 30))[found.id].duties}
    assert old["膳食科"] == by_section["膳食科"]
    assert [change.field for change in versions.revisions(found)[0].changes] == ["goals", "duties"]


def test_an_indicator_is_added_under_its_duty(app: Flask) -> None:
    found = made()
    with transaction():
        words = {
            "level1": "产出指标",
            "level2": "数量指标",
            "level3": "消杀次数",
            "description": "",
            "basis": "年初计划",
        }
        given = {"value_text": "≥2次", "weight": D(5), "duty": "绿化卫生管理科"}
        revising.add_indicator(found, date(2023, 3, 1), "新增", BY, **words, **given)
    duty = next(each for each in by_duty(evaluate(found)) if each.duty and each.duty.section == "绿化卫生管理科")
    assert [line.indicator.level3 for line in duty.lines] == ["消杀次数"]
    assert versions.tables_on([found], date(2023, 3, 1))[found.id].indicators[-1].duty == "绿化卫生管理科"


def test_a_signature_covers_the_words_of_the_narrative(app: Flask) -> None:
    found = made()
    before = content_hash(evaluate(found))
    with transaction():
        narrative.write(2023, 1, "一是强化资产管理", "办公用房管理更加规范。", BY)
    assert content_hash(evaluate(found)) != before
    assert "一是强化资产管理" in cells(found)["achieved"]


def test_closing_the_year_keeps_its_forms_with_those_of_the_projects(app: Flask) -> None:
    stored_programmes()
    found = made()
    enter_basic(found)
    with transaction():
        define_names()
    with transaction():
        closing.close(year(2023), Actor(None, "负责人"))
    kept = db.session.scalars(select(KeptReport).where(KeptReport.programme_id == found.id)).all()
    assert sorted(each.attachment.name.rpartition(".")[2] for each in kept) == ["docx", "pdf", "xlsx"]
    assert db.session.scalar(select(func.count()).select_from(KeptReport)) == 21
    with pytest.raises(Rejected):
        enter_basic(found)


def test_the_files_say_the_same_as_the_page(app: Flask, sign_in: SignIn) -> None:
    stored_programmes()
    found = made()
    enter_basic(found)
    client = sign_in(Role.PERFORMANCE)
    word = Document(BytesIO(client.get(f"/programmes/{found.id}/evaluation.docx").data))
    assert word.paragraphs[0].text == "部门整体支出绩效自评表"
    texts = [cell.text for row in word.tables[0].rows for cell in row.cells]
    assert "其中：基本支出" in texts
    assert "120.00" in texts
    assert "项目资金（万元）" not in texts
    book = load_workbook(BytesIO(client.get(f"/programmes/{found.id}/evaluation.xlsx").data))
    assert book.worksheets[0]["A1"].value == "部门整体支出绩效自评表"
    assert client.get(f"/programmes/{found.id}/evaluation.pdf").data.startswith(b"%PDF")
    table = Document(BytesIO(client.get(f"/programmes/{found.id}/targets.docx").data))
    words = [cell.text for row in table.tables[0].rows for cell in row.cells]
    assert table.paragraphs[0].text == "部门整体绩效目标表"
    assert "5737.56" in words
    assert "100.00" in words
    assert "5637.56" in words


def test_pages_of_the_department(app: Flask, sign_in: SignIn) -> None:
    officer, finance = sign_in(Role.PERFORMANCE), sign_in(Role.FINANCE)
    assert officer.get("/programmes/department/2023").status_code == 200
    assert officer.post("/programmes/department/2023").status_code == 303
    found = queries.department(2023)
    assert found is not None
    page = officer.get("/programmes/department/2023").get_data(as_text=True)
    assert "公务用车管理科" in page
    assert "保障会议场次" in page
    assert officer.get(f"/programmes/{found.id}").location == "/programmes/department/2023"
    assert officer.get("/programmes/department/2023/basic/new").status_code == 403
    typed = {"initial": "10", "budget": "12", "executed": "9", "document": "决算", "proof": (paper().stream, "a.txt")}
    assert finance.post("/programmes/department/2023/basic/new", data=typed).status_code == 303
    assert len(queries.basic_expenditures(found)) == 1
    for path in ("evaluation", "checks", "weights", "signatures", "targets", "bindings", "targets/versions", "pack"):
        assert officer.get(f"/programmes/{found.id}/{path}").status_code == 200, path


def test_goals_on_the_page(app: Flask, sign_in: SignIn) -> None:
    found, officer = made(), sign_in(Role.PERFORMANCE)
    typed = {"name": "中心", "unit_line": "430001中心", "goals": "甲\n乙", "duty1": "丙", "in_force_on": "2023-05-01"}
    refused = officer.post("/programmes/department/2023/goals", data=typed)
    assert refused.status_code == 422
    assert "丙" in refused.get_data(as_text=True)
    assert officer.post("/programmes/department/2023/goals", data={**typed, "because": "调整"}).status_code == 303
    db.session.expire_all()
    assert (found.name, found.goals, found.duties[0].goal) == ("中心", "甲\n乙", "丙")


@pytest.mark.parametrize("path", ["payments", "payments/new", "funds", "curves", "monitoring", "budget-changes/new"])
def test_it_has_no_pages_of_money_of_its_own(app: Flask, sign_in: SignIn, path: str) -> None:
    found = made()
    assert sign_in(Role.FINANCE, Role.PERFORMANCE).get(f"/programmes/{found.id}/{path}").status_code == 404


def test_the_demo_makes_both_years_once(app: Flask) -> None:
    for of in (2022, 2023, 2023, 2024):
        with transaction():
            demo.make(DemoYear(of, [], system("演示")))
    assert db.session.scalar(select(func.count()).select_from(Programme)) == 2
    assert all(len(queries.basic_expenditures(each)) == 1 for each in db.session.scalars(select(Programme)))
