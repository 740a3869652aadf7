"""The form as Word and Excel says what the page says, figure by figure."""

import re
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from flask import Flask
from openpyxl import load_workbook
from time_machine import travel

from ops.people.roles import Role
from ops.programmes.evaluation.evaluation import Evaluation, evaluate
from ops.programmes.evaluation.excel import TOP, excel
from ops.programmes.evaluation.form import Cell, Signed, form_rows, signature_texts
from ops.programmes.evaluation.pdf import pdf
from ops.programmes.evaluation.scoring_values import Step
from ops.programmes.evaluation.word import word
from tests.app_fixtures import SignIn
from tests.programmes.factories import bound_programme, enter_figure, make_payment, stored_programmes


@pytest.fixture
def evaluation(app: Flask) -> Evaluation:
    """A programme that is partly paid, partly entered, partly missing."""
    programme = bound_programme(4)
    make_payment(programme, "14375880.55")
    enter_figure(programme.indicators[0], "48", "次")
    enter_figure(programme.indicators[4], "92.5", "%")
    return evaluate(programme)


def cells(evaluation: Evaluation) -> list[Cell]:
    return [cell for row in form_rows(evaluation) for cell in row]


def word_table(evaluation: Evaluation) -> Any:
    return Document(BytesIO(word(evaluation))).tables[0]


def test_the_form_covers_each_place_once(evaluation: Evaluation) -> None:
    places = [
        (cell.row + down, cell.column + right)
        for cell in cells(evaluation)
        for down in range(cell.rows)
        for right in range(cell.columns)
    ]
    rows = 11 + len(evaluation.lines)
    assert sorted(places) == [(row, column) for row in range(rows) for column in range(9)]


def test_every_cell_of_the_word_file_is_that_of_the_form(evaluation: Evaluation) -> None:
    table = word_table(evaluation)
    for cell in cells(evaluation):
        assert table.cell(cell.row, cell.column).text == cell.text, cell


def test_the_word_form_is_merged_repeats_its_head_and_names_chinese_fonts(evaluation: Evaluation) -> None:
    table = word_table(evaluation)
    assert table.cell(2, 0)._tc is table.cell(6, 0)._tc
    assert table.cell(10, 1)._tc is table.cell(13, 1)._tc
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    fonts = {each.get(qn("w:eastAsia")) for each in table._tbl.iter(qn("w:rFonts"))}
    assert fonts == {"仿宋"}
    section = Document(BytesIO(word(evaluation))).sections[0]
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21, 29.7)


def test_every_number_and_word_of_the_excel_file_is_that_of_the_form(evaluation: Evaluation) -> None:
    sheet = load_workbook(BytesIO(excel(evaluation)), data_only=True).active
    for cell in cells(evaluation):
        value = sheet.cell(cell.row + TOP + 1, cell.column + 1).value
        expected = cell.text if cell.number is None else float(cell.number)
        assert ("" if value is None else value) == expected, cell


def test_scores_and_totals_of_the_excel_file_are_live(evaluation: Evaluation) -> None:
    sheet = load_workbook(BytesIO(excel(evaluation))).active
    at = {cell.name: sheet.cell(cell.row + TOP + 1, cell.column + 1).value for cell in cells(evaluation) if cell.name}
    assert at["rate"] == "=F6/E6"
    assert at["score:0"] == "='计分'!J27"
    assert [at[f"score:{row}"] for row in (1, 6)] == ["='计分'!J28", "='计分'!J33"]
    assert at["score:total"] == "=SUM(H13:H18)+N(I6)"
    assert at["weight:total"] == "=SUM(G13:G18)+G6"


def test_a_text_that_looks_like_a_formula_stays_a_text(app: Flask) -> None:
    programme = bound_programme()
    enter_figure(programme.indicators[4], None, words="=1+1")
    sheet = load_workbook(BytesIO(excel(evaluate(programme)))).active
    cell = sheet.cell(10 + 4 + TOP + 1, 6)
    assert cell.value.startswith("=1+1")
    assert cell.data_type == "s"


def test_the_figures_of_both_files_and_the_page_are_the_same(
    app: Flask, evaluation: Evaluation, sign_in: SignIn
) -> None:
    client = sign_in(Role.FINANCE)
    address = f"/programmes/{evaluation.programme.id}/evaluation"
    page = client.get(address).get_data(as_text=True)
    table = Document(BytesIO(client.get(address + ".docx").data)).tables[0]
    sheet = load_workbook(BytesIO(client.get(address + ".xlsx").data), data_only=True).active
    for cell in (cell for cell in cells(evaluation) if cell.number is not None):
        assert cell.text in page
        assert table.cell(cell.row, cell.column).text == cell.text
        assert sheet.cell(cell.row + TOP + 1, cell.column + 1).value == float(cell.number or 0)


def test_what_is_missing_is_missing_in_every_file(evaluation: Evaluation) -> None:
    table = word_table(evaluation)
    missing = [cell for cell in cells(evaluation) if cell.text == "暂缺"]
    assert len(missing) == evaluation.missing == 2
    assert all(table.cell(cell.row, 7).text == "未计分" for cell in missing)


def test_the_command_writes_both_files_for_each_programme(app: Flask, tmp_path: Path) -> None:
    programmes = stored_programmes()
    runner = app.test_cli_runner()
    result = runner.invoke(args=["report", "evaluation", "--year", "2023", "--out", str(tmp_path)])
    assert result.exit_code == 0
    assert len(list(tmp_path.glob("*.docx"))) == len(list(tmp_path.glob("*.xlsx"))) == 6
    only = tmp_path / "one"
    runner.invoke(
        args=["report", "evaluation", "--year", "2023", "--programme", programmes[1].code, "--out", str(only)]
    )
    assert len(list(only.iterdir())) == 2
    none = runner.invoke(args=["report", "evaluation", "--year", "2021", "--out", str(tmp_path)])
    assert none.exit_code == 1


def test_the_same_content_gives_the_same_bytes_whenever_it_is_made(evaluation: Evaluation) -> None:
    makers = (word, excel, pdf)
    with travel(datetime(2024, 1, 9, 8, 30), tick=False):
        first = [make(evaluation) for make in makers]
    with travel(datetime(2031, 5, 1, 17, 0), tick=False):
        assert [make(evaluation) for make in makers] == first


def test_the_pdf_is_on_a4_with_a_chinese_font_and_signature_lines(evaluation: Evaluation) -> None:
    signed = [Signed(Step.FILLED, "填报员", date(2024, 1, 9))]
    made = pdf(evaluation, signed)
    assert made.startswith(b"%PDF-")
    assert b"NotoSansCJKsc" in made
    assert re.search(rb"/MediaBox ?\[0 0 595\.\d+ 841\.\d+\]", made)
    assert pdf(evaluation) != made
    assert signature_texts(evaluation, signed) == ["填报人：填报员  2024年1月9日", "财务审核：", "单位负责人："]


def test_word_and_excel_have_page_numbers_and_the_lines_to_sign_on(evaluation: Evaluation) -> None:
    signed = [Signed(Step.FILLED, "填报员", date(2024, 1, 9))]
    document = Document(BytesIO(word(evaluation, signed)))
    fields = document.sections[0].footer._element.iter(qn("w:fldSimple"))
    assert [each.get(qn("w:instr")) for each in fields] == ["PAGE", "NUMPAGES"]
    assert [cell.text for cell in document.tables[1].rows[0].cells] == signature_texts(evaluation, signed)
    sheet = load_workbook(BytesIO(excel(evaluation, signed=signed))).active
    last = len(form_rows(evaluation)) + TOP + 1
    assert [sheet.cell(last, column).value for column in (1, 4, 7)] == signature_texts(evaluation, signed)
    assert sheet.print_title_rows == "$1:$3"
    assert sheet.oddFooter.center.text == "第 &P 页 共 &N 页"
