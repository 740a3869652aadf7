"""A file that cannot be read whole is refused with one clear message: no traceback, no silent part of it."""

from collections.abc import Callable
from functools import cache
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from ops.programmes.targets.document import read_text
from ops.programmes.targets.messages import sentence
from ops.programmes.targets.reading import read_targets
from ops.programmes.targets.tables import TargetTable, Unreadable, fiscal_year
from tests.programmes.reference import document_text, published_tables, seed
from tests.programmes.targets.word_form import saved, word_form

pytestmark = pytest.mark.pure

LAST = "城区后勤管理运行费绩效目标表"


def refusal(data: bytes | str) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        read_targets(data if isinstance(data, bytes) else data.encode())
    return caught.value


def zip_of(name: str, content: bytes) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w") as parts:
        parts.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b" \n ", "empty_file"),
        (b"\x00\x01\x02\xff\xfe", "not_text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_word_format"),
        (b"PK\x03\x04 and no more", "not_docx"),
        (zip_of("mimetype", b"something else"), "broken_docx"),
        (saved(Document()), "no_table"),
        ("只有文字，没有表格。".encode(), "no_table"),
    ],
)
def test_a_file_of_another_kind_is_named_as_such(data: bytes, code: str) -> None:
    assert refusal(data).message_code == code


@pytest.mark.parametrize(
    ("change", "code", "details"),
    [
        (
            lambda t: t[: t.rindex("\t服务好每一位人员")],
            "row_width",
            {"table": LAST, "row": 6, "found": 3, "expected": 6},
        ),
        (lambda t: t[: t.rindex("\t效益指标")], "table_cut", {"table": LAST}),
        (lambda t: t[: t.rindex("\t一级指标")], "header_missing", {"table": LAST}),
        (lambda t: t[: t.rindex(LAST) + len(LAST)], "table_cut", {"table": LAST}),
        (
            lambda t: t.replace("\t项目编码\n\t13020923P00000810002G\n", ""),
            "field_missing",
            {"table": LAST, "field": "项目编码"},
        ),
        (lambda t: t.replace("\t857.12\n", "\t \n"), "field_missing", {"table": LAST, "field": "预算数"}),
        (lambda t: t.replace("\t857.12\n", "\t八百多\n"), "amount_unreadable", {"table": LAST, "text": "八百多"}),
        (
            lambda t: t.replace("\t文化设施的保养\n", ""),
            "row_width",
            {"table": LAST, "row": 1, "found": 11, "expected": 6},
        ),
    ],
)
def test_a_damaged_table_is_refused_by_name(
    change: Callable[[str], str], code: str, details: dict[str, object]
) -> None:
    text = change(document_text())
    assert text != document_text()
    error = refusal(text)
    assert (error.message_code, error.details) == (code, details)
    assert LAST in sentence(error.message_code, error.details, str)


def test_a_plan_with_a_blank_point_is_refused() -> None:
    error = refusal(document_text().replace("\t60%\n", "\t\n"))
    assert error.message_code == "plan_unreadable"


def test_a_word_file_with_a_cut_row_is_refused() -> None:
    document = Document(BytesIO(word_form(seed())))
    row = document.tables[-1].rows[-1]._tr
    row.remove(row.tc_lst[-1])
    assert refusal(saved(document)).message_code == "row_width"


def test_a_word_file_that_unpacks_beyond_reason_is_refused_before_it_is_unpacked() -> None:
    buffer = BytesIO()
    with ZipFile(buffer, "w", compression=8) as parts:
        parts.writestr("word/document.xml", b" " * 60_000_000)
    assert refusal(buffer.getvalue()).message_code == "too_large"


def test_tables_of_two_years_do_not_name_one_year() -> None:
    text = document_text().replace("13020923P00000810002G", "13020924P00000810002G")
    text = text.replace("6.城区后勤", "6.2024城区后勤")
    with pytest.raises(Unreadable) as caught:
        fiscal_year(read_text(text))
    assert caught.value.details == {"years": "2023, 2024"}


def read_or_refusal(data: bytes) -> tuple[TargetTable, ...] | str:
    try:
        return read_targets(data)
    except Unreadable as error:
        return sentence(error.message_code, error.details, str)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(document_text())))
def test_a_text_cut_anywhere_is_whole_tables_or_a_refusal(cut: int) -> None:
    """Only what no reader can see may be lost: tables that had not begun, or the very last row of one."""
    answer = read_or_refusal(document_text()[:cut].encode())
    if isinstance(answer, str):
        assert "%(" not in answer
        return
    assert answer[:-1] == published_tables()[: len(answer) - 1]
    assert len(answer[-1].indicators) >= 5


@settings(max_examples=60, deadline=None)
@given(st.binary(min_size=1, max_size=200), st.integers(0, 40_000))
def test_a_word_file_with_a_hole_is_read_whole_or_refused(junk: bytes, place: int) -> None:
    data = word_form_bytes()
    answer = read_or_refusal(data[:place] + junk + data[place + len(junk) :])
    assert isinstance(answer, str) or answer == published_tables()


@cache
def word_form_bytes() -> bytes:
    return word_form(seed())
