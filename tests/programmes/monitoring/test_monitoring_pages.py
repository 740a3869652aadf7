"""Pages of monitoring by role, its files opened and read, its rules, what is due."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from docx import Document
from flask import Flask
from openpyxl import load_workbook

from ops.core.access import Actor
from ops.core.db import transaction
from ops.people.roles import Role
from ops.programmes.monitoring import queries
from ops.programmes.monitoring.feature import todos
from ops.programmes.monitoring.files import TOP, excel, word
from ops.programmes.monitoring.form import COLUMNS, form_rows
from ops.programmes.monitoring.monitoring import sheet
from ops.programmes.monitoring.service import note
from tests.app_fixtures import SignIn
from tests.programmes.factories import BY, bound_programme, make_payment

SHEET = "/programmes/1/monitoring/7"
PERFORMANCE = Actor(1, "", permissions=frozenset({"programmes:monitoring:write"}))


@pytest.fixture(autouse=True)
def _programme(app: Flask) -> None:
    """Programme 1, bound, partly paid, with one cause given."""
    programme = bound_programme(1)
    make_payment(programme, "600000.50", paid_on=date(2023, 7, 3))
    with transaction():
        note(programme, 7, 6, ["staff", "other"], "问卷在年底进行", "≥95%", "possible", "备注一", BY)


def made() -> list[list[object]]:
    return [[cell.text for cell in row] for row in form_rows(_sheet())]


def _sheet():  # type: ignore[no-untyped-def]
    return sheet(_first(), 7)


def _first():  # type: ignore[no-untyped-def]
    from ops.programmes.queries import programmes

    return programmes(2023)[0]


def test_the_form_covers_each_place_once(app: Flask) -> None:
    cells = [cell for row in form_rows(_sheet()) for cell in row]
    places = [(c.row + down, c.column + right) for c in cells for down in range(c.rows) for right in range(c.columns)]
    assert sorted(places) == [(row, column) for row in range(17) for column in range(COLUMNS)]


def test_the_official_columns_stand_in_their_order(app: Flask) -> None:
    rows = made()
    assert rows[2][2:] == ["年初预算数", "1—7月执行数", "1—7月执行率", "全年预计执行数"]
    assert rows[8][1:7] == ["一级指标", "二级指标", "三级指标", "年度指标值", "1—7月执行情况", "全年预计完成情况"]
    assert rows[8][7:] == ["偏差原因分析", "完成目标可能性", "备注"]
    causes = ["经费保障", "制度保障", "人员保障", "硬件条件保障", "其他", "原因说明"]
    assert rows[9] == [*causes, "确定能", "有可能", "完全不可能"]
    last = {cell.name: cell.text for cell in form_rows(_sheet())[15]}
    assert [last[f"cause-{each}:6"] for each in ("funds", "staff", "other")] == ["", "√", "√"]
    assert (last["possible:6"], last["certain:6"], last["explanation:6"]) == ("√", "", "问卷在年底进行")
    assert (last["expected:6"], last["remark:6"], last["actual:6"]) == ("≥95%", "备注一", "暂缺")


def test_every_cell_of_the_word_file_is_that_of_the_form(app: Flask) -> None:
    document = Document(BytesIO(word(_sheet())))
    table = document.tables[0]
    for cell in (cell for row in form_rows(_sheet()) for cell in row):
        assert table.cell(cell.row, cell.column).text == cell.text, cell
    section = document.sections[0]
    assert section.page_width > section.page_height
    assert "（2023年度，1—7月）" in [paragraph.text for paragraph in document.paragraphs]


def test_every_cell_of_the_excel_file_is_that_of_the_form(app: Flask) -> None:
    page = load_workbook(BytesIO(excel(_sheet()))).worksheets[0]
    for cell in (cell for row in form_rows(_sheet()) for cell in row):
        value = page.cell(cell.row + TOP + 1, cell.column + 1).value
        if cell.number is not None:
            assert abs(Decimal(str(value)) - cell.number) < Decimal("1e-9"), cell
        else:
            assert (value or "") == cell.text, cell
    assert page.page_setup.orientation == "landscape"
    assert page.page_setup.paperSize == 9


def test_the_performance_officer_fills_in_hands_in_and_finds_it_frozen(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(Role.PERFORMANCE)
    shown = client.get(SHEET).text
    assert "待填写" in shown
    assert "60.00005" in shown
    back = client.post(f"{SHEET}/versions").headers["Location"]
    assert "尚待填写" in client.get(back).text
    for row in sheet(_first(), 7).owed:
        answer = client.post(f"{SHEET}/rows/{row}", data={"explanation": "按计划推进", "likelihood": "certain"})
        assert answer.status_code == 303
    address = client.post(f"{SHEET}/versions").headers["Location"]
    assert client.get(address).status_code == 200
    make_payment(_first(), "5000", paid_on=date(2023, 7, 4))
    assert "60.00005" in client.get(address).text
    assert "60.50005" in client.get(SHEET).text
    table = Document(BytesIO(client.get(address + ".docx").data)).tables[0]
    assert "60.00005" in [cell.text for cell in table.rows[3].cells]
    assert load_workbook(BytesIO(client.get(address + ".xlsx").data)).worksheets[0]["H6"].value == 60.00005
    assert "第1版" in client.get("/programmes/monitoring?year=2023&month=7").text
    assert "自上次监控以来的变化" in client.get("/programmes/1/monitoring/9").text


def test_what_is_typed_wrongly_is_kept_and_nothing_is_written(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(Role.PERFORMANCE)
    before = len(queries.notes_of(_first(), 7, 1))
    answer = client.post(f"{SHEET}/rows/1", data={"causes": ["funds"], "explanation": "", "likelihood": "certain"})
    assert answer.status_code == 422
    assert "请用文字说明原因" in answer.text
    answer = client.post(f"{SHEET}/rows/1", data={"explanation": "好", "likelihood": "maybe"})
    assert answer.status_code == 422
    assert "好" in answer.text
    assert len(queries.notes_of(_first(), 7, 1)) == before


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_a_draft_can_be_taken_as_a_file(app: Flask, sign_in: SignIn, kind: str) -> None:
    answer = sign_in(Role.LEADER).get(f"{SHEET}.{kind}")
    assert answer.status_code == 200
    assert answer.data.startswith(b"PK")


def test_those_who_only_look_change_nothing(app: Flask, sign_in: SignIn) -> None:
    leader = sign_in(Role.LEADER)
    assert leader.get(SHEET).status_code == 200
    assert "/rows/" not in leader.get(SHEET).text
    assert "/manual-figures/" not in leader.get(SHEET).text
    assert leader.get(f"{SHEET}/rows/1").status_code == 403
    assert leader.post(f"{SHEET}/versions").status_code == 403
    assert leader.get("/programmes/monitoring/settings").status_code == 200
    assert leader.get("/programmes/monitoring/settings/red_below").status_code == 403
    assert sign_in(Role.DRIVER).get(SHEET).status_code == 403
    assert app.test_client().get(SHEET).status_code == 302


def test_what_there_is_not_is_not_found(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(Role.PERFORMANCE)
    for tail in (
        "99/monitoring/7",
        "1/monitoring/13",
        "1/monitoring/0",
        "1/monitoring/7/rows/9",
        "monitoring/versions/9",
    ):
        assert client.get(f"/programmes/{tail}").status_code == 404, tail
    assert client.get("/programmes/monitoring/settings/colour").status_code == 404
    assert client.get("/programmes/monitoring?year=2023&month=77").status_code == 404
    assert client.get("/programmes/monitoring?year=1999").status_code == 200


def test_a_rule_is_set_with_its_source_and_shown_where_it_applies(app: Flask, sign_in: SignIn) -> None:
    client, address = sign_in(Role.PERFORMANCE), "/programmes/monitoring/settings/calendar"
    typed = {"value": "sichuan", "valid_from": "2023-01-01", "document": "试行通知", "clause": "采用预警线"}
    assert client.post(address, data={**typed, "document": ""}).status_code == 422
    assert client.post(address, data={**typed, "value": "mars"}).status_code == 422
    assert client.get("/programmes/monitoring/settings/red_below").status_code == 200
    assert client.post("/programmes/monitoring/settings/red_below", data={**typed, "value": "95"}).status_code == 422
    assert client.post(address, data=typed).status_code == 303
    assert "试行通知" in client.get("/programmes/monitoring/settings").text
    assert "川财绩〔2025〕10号" in client.get(SHEET).text
    assert "地方预警" in client.get("/programmes/1/monitoring/8").text


@pytest.mark.parametrize(
    ("day", "state"), [(date(2023, 7, 31), None), (date(2023, 8, 1), "waiting"), (date(2023, 9, 1), "late")]
)
def test_a_monitoring_is_due_in_its_month_and_late_after_it(app: Flask, day: date, state: str | None) -> None:
    with app.test_request_context():
        found = todos(PERFORMANCE, day)
        assert [(each.count, each.state) for each in found] == ([(6, state)] if state else [])
        assert todos(Actor(2, ""), day) == []


def test_english_speaks_english(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(Role.PERFORMANCE)
    client.post("/language", data={"language": "en"})
    assert "What was said" in client.get(SHEET).text or "Lights and forecasts" in client.get(SHEET).text
