"""Every notation of target values seen in published tables, and what must never be guessed."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.programmes.targets.notation import parse_value
from ops.programmes.targets.values import Kind, TargetValue
from tests.programmes.reference import seed_rows

pytestmark = pytest.mark.pure


def read(text: str, **known: object) -> TargetValue:
    return parse_value(text, year=2023, **known)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "kind", "operator", "explicit", "number", "unit"),
    [
        ("≥450人", "count", "≥", True, "450", "人"),
        ("≤2450人", "count", "≤", True, "2450", "人"),
        ("4人", "count", "=", False, "4", "人"),
        ("200次", "count", "=", False, "200", "次"),
        ("2", "count", "=", False, "2", None),
        ("≤10次", "count", "≤", True, "10", "次"),
        ("=100%", "percent", "=", True, "100", "%"),
        ("100%", "percent", "=", False, "100", "%"),
        ("≥95%", "percent", "≥", True, "95", "%"),
        ("≥100百分比", "percent", "≥", True, "100", "%"),
        ("百分之百", "percent", "=", False, "100", "%"),
        ("百分之九十五以上", "percent", "≥", True, "95", "%"),
        (">92%", "percent", ">", True, "92", "%"),
        ("<5%", "percent", "<", True, "5", "%"),
        ("≤1.40万元", "money", "≤", True, "1.40", "万元"),
        ("≤1479.00万元", "money", "≤", True, "1479.00", "万元"),
        ("28.8万元", "money", "=", False, "28.8", "万元"),
        ("470 人/天", "money_rate", "=", False, "470", "人/天"),
        ("≤2万元/人·年", "money_rate", "≤", True, "2", "万元/人·年"),
        ("0次", "zero", "=", False, "0", "次"),
        ("≤0起", "zero", "≤", True, "0", "起"),
        ("全年不发生食品安全事故", "zero", "=", False, "0", None),
        ("零事故", "zero", "=", False, "0", None),
        ("无投诉", "zero", "=", False, "0", None),
        ("不低于90%", "percent", "≥", True, "90", "%"),
        ("不少于一千零五十人次", "count", "≥", True, "1050", "人次"),
        ("95%以上", "percent", "≥", True, "95", "%"),
        ("不高于5%", "percent", "≤", True, "5", "%"),
        ("不超过10次", "count", "≤", True, "10", "次"),
        ("控制在5%（含）以内", "percent", "≤", True, "5", "%"),
        ("30分钟以下", "count", "≤", True, "30", "分钟"),
        ("＞＝４５０人", "count", "≥", True, "450", "人"),
        ("≧95％", "percent", "≥", True, "95", "%"),
        ("＝ 100 ％", "percent", "=", True, "100", "%"),
        (">=1,479.00万元", "money", "≥", True, "1479.00", "万元"),
        ("四百五十人", "count", "=", False, "450", "人"),
        ("2万人", "count", "=", False, "20000", "人"),
        ("近700", "approximate", "~", True, "700", None),
        ("400余场次", "approximate", "~", True, "400", "场次"),
        ("1000余个", "approximate", "~", True, "1000", "个"),
    ],
)
def test_a_number_is_read_with_its_operator_and_unit(
    text: str, kind: str, operator: str, explicit: bool, number: str, unit: str | None
) -> None:
    value = read(text)
    assert (value.kind, value.operator, value.operator_explicit, value.number_text, value.unit) == (
        kind,
        operator,
        explicit,
        number,
        unit,
    )
    assert value.number == Decimal(number)
    assert value.text == text


@pytest.mark.parametrize(
    ("text", "day", "form"),
    [
        ("2023年12月31日之前", date(2023, 12, 31), "年月日之前"),
        ("2023年12月底之前", date(2023, 12, 31), "年月底之前"),
        ("2023年2月底前", date(2023, 2, 28), "年月底之前"),
        ("2023年12月31日", date(2023, 12, 31), "年月日"),
        ("二〇二三年十二月底之前", date(2023, 12, 31), "年月底之前"),
        ("2023年底前", date(2023, 12, 31), "年底之前"),
        ("2023-06-30前完成", date(2023, 6, 30), "年月日之前"),
        ("6月底前", date(2023, 6, 30), "月底之前"),
    ],
)
def test_a_deadline_is_its_last_day(text: str, day: date, form: str) -> None:
    value = read(text)
    assert (value.kind, value.operator, value.operator_explicit) == (Kind.DEADLINE, "≤", False)
    assert (value.date, value.form, value.number) == (day, form, None)


def test_a_deadline_without_a_year_says_that_the_year_was_assumed() -> None:
    assert read("6月底前").doubts == ("year_taken_from_table",)


def test_a_deadline_of_another_year_is_read_and_doubted() -> None:
    value = read("2021年12月31日")
    assert (value.date, value.doubts) == (date(2021, 12, 31), ("date_outside_year",))


@pytest.mark.parametrize(
    "text",
    [
        "按月安排",
        "在项目计划完成时间内完成",
        "提升机关工作人员安全感、幸福感",
        "效果明显",
        "逐步提高",
        "应保尽保",
        "达到预期目标",
        "已完成",
        "符合相关规定",
        "严格执行相关制度规定",
        "定性",
        "一流",
        "十分满意",
        "万无一失",
        "零距离服务",
    ],
)
def test_words_are_qualitative(text: str) -> None:
    value = read(text)
    assert value.parsed() == {
        "kind": "qualitative",
        "operator": None,
        "operator_explicit": False,
        "unit": None,
    }


def test_a_scale_in_the_unit_cell_is_the_unit_of_words() -> None:
    assert read("定性", unit="高中低").unit == "高中低"


@pytest.mark.parametrize("text", ["90%-95%", "90%～95%", "90～95%", "90%至95%", "90%—95%"])
def test_a_range_has_two_ends(text: str) -> None:
    value = read(text)
    assert value.parsed() == {
        "kind": "range",
        "operator": "between",
        "operator_explicit": True,
        "number": "90",
        "upper": "95",
        "unit": "%",
    }


def test_within_the_budget_takes_the_budget_as_its_number() -> None:
    value = read("不超预算", budget=Decimal("150.00"))
    assert (value.kind, value.operator, value.number) == (Kind.RELATIVE, "≤", Decimal(150))
    assert read("不超过预算").doubts == ("budget_unknown",)


def test_two_measures_in_one_cell_are_kept_apart() -> None:
    value = read("建筑面积2.6万平方米,展示面积1万平方米")
    assert value.kind is Kind.COMPOUND
    assert [(part.number, part.unit) for part in value.parts] == [(26000, "平方米"), (10000, "平方米")]
    assert "compound" in value.doubts


def test_a_bare_number_under_a_rate_is_a_percentage_and_doubted() -> None:
    value = read("100", name="完成率")
    assert (value.kind, value.unit) == (Kind.PERCENT, "%")
    assert "unit_missing" in value.doubts


def test_the_unit_of_the_value_wins_over_the_unit_cell_and_is_flagged() -> None:
    value = read("28.8万元", unit="%")
    assert (value.kind, value.unit) == (Kind.MONEY, "万元")
    assert "unit_conflict" in value.doubts


def test_a_unit_in_its_own_cell_completes_the_number() -> None:
    value = read("≥450", unit="人")
    assert (value.unit, value.doubts) == ("人", ())


@pytest.mark.parametrize(
    ("text", "number", "doubt"),
    [
        ("2280次", "2280", "sign_may_be_damaged"),
        ("292%", "292", "percent_over_100"),
        ("292%", "292", "sign_may_be_damaged"),
        (">92%", "92", "strict_sign"),
        ("4人", "4", "operator_missing"),
        ("470人/天", "470", "currency_missing"),
    ],
)
def test_a_damaged_value_is_flagged_and_not_repaired(text: str, number: str, doubt: str) -> None:
    value = read(text)
    assert value.number_text == number
    assert doubt in value.doubts


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("", "no_value"),
        (" ", "no_value"),
        ("—", "no_value"),
        ("*", "no_value"),
        ("/", "no_value"),
        ("≥", "not_understood"),
        ("≥人", "not_understood"),
        ("-5%", "not_understood"),
        ("每月25日前", "not_understood"),
        ("≥450foo", "not_understood"),
        ("1,5人", "not_understood"),
        ("不低于上年", "not_understood"),
        ("TBD", "not_understood"),
        ("一" * 5000, "not_understood"),
        ("≥95%以下", "operator_conflict"),
        ("95%-90%", "range_reversed"),
        ("2023年2月30日", "date_impossible"),
        ("2023年12月前", "deadline_ambiguous"),
        ("2023年", "deadline_ambiguous"),
    ],
)
def test_what_is_not_understood_is_unknown_and_never_a_guess(text: str, doubt: str) -> None:
    value = read(text)
    assert (value.kind, value.number, value.date, value.doubts) == (Kind.UNKNOWN, None, None, (doubt,))


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("≥9 5%", "digits_torn"),
        ("9\u200b5%", "digits_torn"),
        ("①100%", "digits_odd"),
        ("≥095%", "leading_zero"),
        ("≥0.95%", "percent_may_be_share"),
        ("≥4.50人", "fraction_of_whole"),
        ("≥1.479万元", "thousands_or_decimals"),
        ("≥450入", "unit_unfamiliar"),
        ("100%（达标）", "words_beside"),
        ("80%以上（含70%）", "words_beside"),
        ("满意度≥95%", "words_beside"),
        ("≥0次", "bound_at_zero"),
        ("一千五人", "number_in_words"),
        ("翻一番", "number_in_words"),
        ("见附件", "number_in_words"),
        ("第四季度前", "deadline_ambiguous"),
        ("1-12月", "deadline_ambiguous"),
        ("质量指标", "cells_shifted"),
        ("l00%", "not_understood"),
        ("9O%", "not_understood"),
        ("3:1", "not_understood"),
        ("□八十人以上", "not_understood"),
    ],
)
def test_what_is_doubtful_is_flagged(text: str, doubt: str) -> None:
    assert doubt in read(text).doubts


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("达到90%以上", ("≥", "90", "%")),
        ("95％(含)以上", ("≥", "95", "%")),
        ("大于等于95%", ("≥", "95", "%")),
        ("八成以上", ("≥", "80", "%")),
        ("≥九十五%", ("≥", "95", "%")),
        ("30日内", ("≤", "30", "日")),
        ("≥100m²", ("≥", "100", "m2")),
        ("≤3.5‰", ("≤", "3.5", "‰")),
        ("不少于2次/月", ("≥", "2", "次/月")),
        ("80%以上（含80%）", ("≥", "80", "%")),
    ],
)
def test_what_is_certain_is_read_without_a_doubt(text: str, said: tuple[str, str, str]) -> None:
    value = read(text)
    assert ((value.operator, value.number_text, value.unit), value.doubts) == (said, ())


@pytest.mark.parametrize(
    ("sign", "text", "unit", "operator", "doubts"),
    [
        ("≥", "95", "%", "≥", ()),
        ("＝", "100", "百分比", "=", ()),
        ("正向指标", "95", "%", "=", ("operator_missing", "nature_only")),
        ("≥", "95%以下", "", None, ("operator_conflict",)),
        ("定性", "95", "%", "=", ("operator_missing", "nature_differs")),
        ("个", "95", "%", "=", ("operator_missing", "sign_cell_odd")),
        ("≥", "95", "5", "≥", ("unit_cell_odd",)),
    ],
)
def test_sign_and_unit_may_stand_in_cells_of_their_own(
    sign: str, text: str, unit: str, operator: str | None, doubts: tuple[str, ...]
) -> None:
    value = read(text, sign=sign, unit=unit)
    assert (value.operator, value.doubts) == (operator, doubts)


def test_all_values_of_the_real_tables_are_read_as_checked_by_hand() -> None:
    rows = seed_rows()
    assert len(rows) == 36
    for _, row in rows:
        assert read(row["value_text"], name=row["level3"]).parsed() == row["parsed"]


@given(st.text(max_size=30) | st.text("≥≤<>=0123456789.,%年月日底前万元人百分之零一十-~/ ", max_size=12))
def test_any_text_is_answered_and_kept_as_it_was(text: str) -> None:
    value = read(text)
    assert value.text == text
    assert value.kind is not Kind.UNKNOWN or value.doubts


@given(
    st.sampled_from([("≥", "≥"), (">=", "≥"), ("不少于", "≥"), ("≤", "≤"), ("不超过", "≤"), ("＞", ">")]),
    st.decimals(min_value="0.01", max_value="99999", places=2),
    st.sampled_from(["人", "次", "%", "万元"]),
)
def test_a_written_number_comes_back_as_written(sign: tuple[str, str], number: Decimal, unit: str) -> None:
    value = read(f"{sign[0]}{number}{unit}")
    assert (value.operator, value.number_text, value.unit) == (sign[1], str(number), unit)
