"""Tables that people hand in."""

import csv
import io
from io import BytesIO

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from ops.core.errors import Rejected
from ops.core.sheets import Cells, Misfit, SheetColumn, hand_back, in_one, read_sheet, told

pytestmark = pytest.mark.pure
COLUMNS = (SheetColumn("card", "卡号", ("卡号", "card no")), SheetColumn("note", "备注", ("备注",), required=False))
CELL = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12).map(str.strip)


def read(text: str, encoding: str = "utf-8") -> list[tuple[int, str, str]]:
    sheet = read_sheet(text.encode(encoding), COLUMNS, "file")
    return [(line.number, line["card"], line["note"]) for line in sheet.lines]


@pytest.mark.parametrize(
    "head", ["卡号,备注", " 卡号 ，备注", "CARD_NO\t备注", "卡号（必填）;备注", "Ｃａｒｄ　ｎｏ,备注"]
)
def test_heads_are_known_by_their_words_however_they_are_written(head: str) -> None:
    delimiter = next(mark for mark in "\t;，," if mark in head)
    assert read(f"{head}\n801{delimiter}早到") == [(2, "801", "早到")]


def test_lines_keep_their_numbers_over_empty_and_broken_ones() -> None:
    assert read('卡号,备注\n1,"两\n行"\n\n2,\n') == [(2, "1", "两\n行"), (5, "2", "")]


def test_columns_may_stand_in_any_order_and_strange_ones_are_left_alone() -> None:
    assert read("序号,备注,卡号\n1,甲,801\n2,乙") == [(2, "801", "甲"), (3, "", "乙")]


def test_gb18030_is_read_where_utf8_does_not_fit() -> None:
    assert read("卡号,备注\n801,补录", "gb18030") == [(2, "801", "补录")]


def test_a_workbooks_numbers_are_read_as_people_see_them() -> None:
    packed = BytesIO()
    book = xlsxwriter.Workbook(packed)
    sheet = book.add_worksheet()
    sheet.write_row(1, 0, ["卡号", "备注"])
    sheet.write_row(3, 0, [801, 2.5])
    book.close()
    [line] = read_sheet(packed.getvalue(), COLUMNS, "file").lines
    assert (line.number, line["card"], line["note"]) == (4, "801", "2.5")


@pytest.mark.parametrize("content", ["备注\n甲", "\n\n", "卡号,备注\n" + "1,2\n" * 50_001])
def test_what_is_no_such_table_is_refused_beside_the_field(content: str) -> None:
    with pytest.raises(Rejected) as refusal:
        read_sheet(content.encode(), COLUMNS, "file")
    assert refusal.value.field == "file"


@given(st.lists(st.tuples(CELL.filter(lambda cell: cell.lstrip("'") == cell and cell), CELL), min_size=1, max_size=5))
def test_what_is_handed_back_reads_the_same_again(rows: list[tuple[str, str]]) -> None:
    content = hand_back(["卡号", "备注"], ((cells, "原因") for cells in rows), "未入账原因")
    kept = [line["card"] for line in read_sheet(content, COLUMNS, "file").lines]
    assert kept == [card for card, _note in rows]


def test_nothing_that_is_handed_back_runs_as_a_formula() -> None:
    content = hand_back(["卡号", "备注"], [(["=1+1", "-3.5"], "原因")], "未入账原因")
    assert list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))[1] == ["'=1+1", "-3.5", "原因"]


def test_a_reason_column_of_an_earlier_hand_back_is_replaced() -> None:
    content = hand_back(["卡号", "未入账原因"], [(["801", "旧"], "新")], "未入账原因")
    assert content.decode("utf-8-sig").splitlines() == ["卡号,未入账原因", "801,新"]


def test_everything_wrong_in_a_row_is_told_with_the_letter_and_the_head_of_its_column() -> None:
    sheet = read_sheet("序号,备注,卡号\n1,乙,8O1".encode(), COLUMNS, "file")

    def number(text: str) -> int:
        if not text.isdecimal():
            raise Rejected(f"{text}不是数字")
        return int(text)

    cells = Cells(sheet.lines[0])
    assert (cells.read("card", number, 0), cells.read("note", number, 7)) == (0, 7)
    with pytest.raises(Misfit) as misfit:
        cells.check()
    assert told(misfit.value, sheet) == [("column C “卡号”", "8O1不是数字"), ("column B “备注”", "乙不是数字")]
    assert in_one(told(misfit.value, sheet)) == "column C “卡号”: 8O1不是数字; column B “备注”: 乙不是数字"


def test_what_a_service_refuses_is_told_by_the_column_it_calls_otherwise() -> None:
    sheet = read_sheet("卡号\n801".encode(), COLUMNS, "file")
    assert told(Rejected("没有", "card_id"), sheet, {"card_id": "card"}) == [("column A “卡号”", "没有")]
    assert told(Rejected("没有", "elsewhere"), sheet) == [("", "没有")]
    assert in_one(told(Rejected("没有"), sheet)) == "没有"
    assert in_one([("A", "为空。"), ("", "太长。")]) == "A: 为空; 太长。"
    Cells(sheet.lines[0]).check()
