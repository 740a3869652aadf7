"""How a row of the finance system's list is read, and what is said about its project code."""

from datetime import date
from decimal import Decimal

import pytest

from ops.core.errors import Rejected
from ops.core.sheets import Line, Misfit
from ops.programmes.funds import payment_sheet
from ops.programmes.funds.judging import code_warning
from ops.programmes.funds.payment_sheet import PaymentRow, factor, parse
from tests.programmes.funds.payment_lists import CODE, HEAD, line, workbook

pytestmark = pytest.mark.pure


def read(**cells: str) -> PaymentRow:
    usual = {"code": CODE, "voucher": "V-1", "day": "2023-05-09", "amount": "1,000.50", "payee": "供应单位01"}
    return parse(Line(2, (), {**usual, **cells}), 1)


@pytest.mark.parametrize(
    "text",
    ["2023-05-09", "2023/5/9", "2023.05.09", "2023年5月9日", "20230509", "2023-05-09 08:30:00", "２０２３-０５-０９"],
)
def test_a_day_is_read_in_every_usual_notation(text: str) -> None:
    assert read(day=text).paid_on == date(2023, 5, 9)


@pytest.mark.parametrize("text", ["2023-02-30", "2023115", "45055", "五月九日", "2023-13-01", "9/5/2023"])
def test_what_is_no_day_is_refused_and_never_guessed(text: str) -> None:
    with pytest.raises(Rejected):
        read(day=text)


@pytest.mark.parametrize(
    ("text", "yuan"),
    [("1,000.50", "1000.50"), ("１，０００．５０", "1000.50"), ("1234.0999999999999", "1234.10"), ("¥12元", "12.00")],
)
def test_an_amount_is_read_exactly(text: str, yuan: str) -> None:
    assert read(amount=text).amount == Decimal(yuan)


@pytest.mark.parametrize("text", ["-5", "12.345", "一百元", "NaN", "1e400", "12..5"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(Rejected):
        read(amount=text)


def test_amounts_in_ten_thousands_are_brought_to_yuan() -> None:
    head = [*HEAD[:4], "支付金额（万元）", *HEAD[5:]]
    sheet = payment_sheet.read(workbook(line(amount=1.23456), head=head))
    assert factor(sheet) == 10_000
    assert parse(sheet.lines[0], factor(sheet)).amount == Decimal("12345.60")


def test_titles_above_the_head_and_totals_below_the_rows_are_no_payments() -> None:
    total = ["合计", "", "", "", 1000.5, "", "", ""]
    sheet = payment_sheet.read(
        workbook(line(), ["", "", "合 计", "", 1000.5, "", "", ""], titles=["支付明细", "2023年"])
    )
    assert [each.number for each in sheet.lines] == [4]
    assert sheet.head_line == 3
    assert len(payment_sheet.read(workbook(line(), total)).lines) == 2, (
        "a code that says 合计 is looked at, not dropped"
    )


@pytest.mark.parametrize(
    ("text", "source"),
    [("", "fiscal"), ("一般公共预算拨款", "fiscal"), ("上年结转", "carried_over"), ("其他资金", "other")],
)
def test_a_source_is_known_by_its_words(text: str, source: str) -> None:
    assert read(source=text).source == source


@pytest.mark.parametrize(
    "cells", [{"source": "借款"}, {"kind": "外星"}, {"kind": "个人", "payee": "张三"}, {"voucher": ""}]
)
def test_a_row_that_says_what_is_not_known_is_refused(cells: dict[str, str]) -> None:
    with pytest.raises(Rejected):
        read(**cells)


def test_a_person_is_known_by_number() -> None:
    assert read(kind="个人", payee="人员012").payee_kind == "person"


def test_the_check_character_only_warns() -> None:
    assert code_warning(CODE) == ""
    assert "U" in code_warning(CODE[:-1] + "8")
    assert code_warning("13020923P0000631000")
    assert code_warning("13020923O00006310001U")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("企业单位", "firm"),
        ("企业", "firm"),
        ("事业单位", "unit"),
        ("机关", "unit"),
        ("单位", "unit"),
        ("个体工商户", "firm"),
    ],
)
def test_a_firm_that_calls_itself_a_unit_is_a_firm(text: str, kind: str) -> None:
    assert read(kind=text).payee_kind == kind


def test_everything_wrong_in_a_row_is_told_at_once() -> None:
    with pytest.raises(Misfit) as misfit:
        read(code=" ", voucher="", day="某日", amount="-5", payee="", source="天上", kind="鬼神")
    assert set(misfit.value.cells) == {"code", "voucher", "day", "amount", "payee", "source", "kind"}
    with pytest.raises(Misfit) as misfit:
        read(kind="个人", payee="张三", amount="一百元")
    assert set(misfit.value.cells) == {"payee", "amount"}
