"""A list as a workbook: rows grow with their text, columns add up, the tab carries the title."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from openpyxl import load_workbook

from ops.core.workbook import Field, download, file_name, lines_of, note_of, sheet_name, workbook

ROWS = [("甲", date(2023, 5, 9), 2, Decimal("1.50")), ("定点租赁企业01、定点租赁企业02", None, 3, None)]
FIELDS = [
    Field("单位", lambda row: row[0], 16),
    Field("日期", lambda row: row[1]),
    Field("辆次", lambda row: row[2], adds=True),
    Field("费用", lambda row: row[3], adds=True),
]


def opened(content: bytes) -> Any:
    return load_workbook(BytesIO(content)).active


def test_rows_grow_and_columns_add_up(app: Flask) -> None:
    page = opened(workbook("租车[公示] 2023/5", FIELDS, ROWS))
    assert page.title == "租车 公示  2023 5"
    assert page.row_dimensions[4].height is None
    assert page.row_dimensions[5].height > 2 * 13, "two companies take more than a line"
    assert [cell.value for cell in page[6]] == ["合计", "", "=SUM(C4:C5)", "=SUM(D4:D5)"]
    assert [cell.number_format for cell in page[6]][2:] == ["#,##0", "#,##0.00"]
    assert (page["B4"].value.date(), page["B4"].number_format) == (date(2023, 5, 9), "yyyy-mm-dd")
    assert (page.page_setup.orientation, page.page_setup.paperSize, page.print_title_rows) == ("landscape", 9, "$3:$3")


def test_an_empty_list_and_one_without_sums_have_no_total(app: Flask) -> None:
    assert opened(workbook("空", FIELDS, [])).max_row == 3
    assert opened(workbook("无", FIELDS[:2], ROWS)).max_row == 5


@pytest.mark.pure
def test_a_text_takes_its_lines_and_a_tab_its_name() -> None:
    assert [lines_of(text, 11) for text in ("", "0123456789", "01234567890", "甲乙丙丁戊", "甲乙丙丁戊己", "a\nb")] == [
        1, 1, 2, 1, 2, 2,
    ]  # fmt: skip
    assert lines_of(Decimal(1), 1) == 1
    assert sheet_name("很" * 40) == "很" * 31
    assert sheet_name("'[]'") == "1"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("2025\n", "2025"),
        ("a\r\nb: c", "a  b  c"),
        ("../甲\u2028乙", "甲 乙"),
        ("\ud800", "1"),
        ("", "1"),
        ("很" * 99, "很" * 80),
    ],
)
def test_a_file_has_a_name_that_a_header_carries(app: Flask, name: str, kept: str) -> None:
    assert file_name(name) == kept
    with app.test_request_context():
        assert download(b"", name).status_code == 200


def test_a_list_longer_than_its_workbook_says_so(app: Flask) -> None:
    with app.test_request_context():
        assert note_of("截至今日", 2, 2) == "截至今日"
        assert note_of("截至今日", 20_000, 31_234) == (
            "截至今日 · 共31,234条，本表只有20,000条，请缩小查询范围后再导出。"
        )
