"""The workbook goes back as it was, with the reason on each faulty cell and beside its row."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from ops.core.handing_back import Fault, marked
from ops.core.sheets import SheetColumn, read_sheet

pytestmark = pytest.mark.pure
COLUMNS = (SheetColumn("a", "A", ("a",)), SheetColumn("b", "B", ("b",)))
WHY = "退回原因"


def book(*rows: list[Any], looks: bool = False) -> bytes:
    made = Workbook()
    page: Any = made.active
    for row in (["a", "b"], *rows):
        page.append(row)
    if looks:
        page.cell(1_048_576, 1).font = Font(bold=True)  # a column coloured to its very end
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def given(content: bytes, faults: dict[int, list[Fault]]) -> Any:
    return load_workbook(BytesIO(marked(content, read_sheet(content, COLUMNS, "file"), faults, WHY))).worksheets[0]


def test_the_reason_stands_on_the_cell_and_beside_the_row() -> None:
    page = given(book([1, "x"], [2, "y"]), {3: [Fault("B：x", 1), Fault("missing", 0)]})
    assert [cell.value for cell in page[1]] == ["a", "b", WHY]
    assert page["C2"].value is None
    assert page["C3"].value == "B：x\nmissing"
    assert page["B3"].comment.text == "B：x"
    assert page["B3"].fill.start_color.rgb == page["A3"].fill.start_color.rgb == "FFFCECEA"
    assert page["B2"].fill.fill_type is None


def test_mended_rows_lose_the_reason_of_last_time() -> None:
    content = book([1, "x"], [2, "y"])
    first = marked(content, read_sheet(content, COLUMNS, "file"), {2: [Fault("wrong")]}, WHY)
    page = given(first, {3: [Fault("now this one")]})
    assert [page["C1"].value, page["C2"].value, page["C3"].value] == [WHY, None, "now this one"]


def test_a_sheet_that_pretends_to_be_huge_is_written_only_where_it_has_rows() -> None:
    content = book([1, "x"], looks=True)
    made = marked(content, read_sheet(content, COLUMNS, "file"), {2: [Fault("wrong")]}, WHY)
    assert len(made) < len(content) + 3000
    assert len(load_workbook(BytesIO(made)).worksheets[0]._cells) == 7


def test_a_csv_comes_back_as_a_workbook_without_formulas() -> None:
    page = given(b"a,b\n=1+1,x\n", {2: [Fault("wrong", 0)]})
    assert page["A2"].value == "'=1+1"
    assert page["A2"].data_type == "s"
    assert page["C2"].value == "wrong"
