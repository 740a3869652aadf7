"""The sheet of a month: counted up to its end, owed until people spoke, frozen when handed in, compared."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import event
from werkzeug.datastructures import FileStorage

from ops.core.access import Actor
from ops.core.db import db, transaction
from ops.core.errors import Rejected
from ops.core.period import Period
from ops.indicators import service as figures
from ops.indicators.catalogue import metrics
from ops.indicators.cumulative import by_months
from ops.indicators.readings import read
from ops.programmes import service as programmes
from ops.programmes.models import Indicator, Programme
from ops.programmes.monitoring import comparing, queries, service
from ops.programmes.monitoring.models import MonitoringVersion
from ops.programmes.monitoring.monitoring import sheet, sheets
from ops.programmes.monitoring.sheet import Cause, Likelihood, frozen, thawed
from ops.programmes.targets import revising
from tests.programmes.factories import BY, bound_programme, make_payment, stored_programmes

D = Decimal
JULY = Period(date(2023, 1, 1), date(2023, 7, 31))


def enter(indicator: Indicator, value: str, unit: str, until: date = JULY.last) -> None:
    proof = FileStorage(BytesIO("测试附件".encode()), filename="proof.txt")
    with transaction():
        figures.enter(indicator.key, Period(JULY.first, until), D(value), None, unit, "测试", proof, BY)


def say(
    programme: Programme, row: int, *causes: str, likelihood: str = "certain", explanation: str = "测试说明"
) -> None:
    with transaction():
        service.note(programme, 7, row, causes, explanation, "", likelihood, "", BY)


def hand_in(programme: Programme, month: int = 7) -> MonitoringVersion:
    with transaction():
        return service.hand_in(programme, month, BY)


def complete(programme: Programme) -> MonitoringVersion:
    for row in sheet(programme, 7).owed:
        say(programme, row)
    return hand_in(programme)


def test_the_funds_of_july_are_those_paid_by_its_last_day(app: Flask, by: Actor) -> None:
    programme = bound_programme(1)
    make_payment(programme, "600000", paid_on=date(2023, 7, 31))
    make_payment(programme, "50000", paid_on=date(2023, 7, 1), source="carried_over")
    make_payment(programme, "99999", paid_on=date(2023, 8, 1))
    with transaction():
        programmes.change_budget(programme, date(2023, 7, 31), "fiscal", D(-200000), "通知", by)
        programmes.change_budget(programme, date(2023, 8, 1), "fiscal", D(-300000), "通知", by)
    made = sheet(programme, 7)
    total, fiscal, carried, other = made.funds
    assert (total.initial, total.budget, total.executed) == (1_500_000, 1_300_000, 650_000)
    assert total.rate == 50
    assert (fiscal.executed, carried.executed, other.executed) == (600_000, 50_000, None)
    assert round(made.planned, 2) == D("57.56")
    assert (made.funds_plan, made.funds_months) == ("green", "green")  # 86.9 % and 85.7 % of what is wanted
    assert total.expected == D("1129200")  # 65 + 130 × 42.44 % × 0.8687, to a hundred yuan


def test_the_actual_of_an_indicator_is_counted_as_of_the_months_end(app: Flask) -> None:
    programme = bound_programme(3)
    for number, day in enumerate((date(2023, 3, 1), date(2023, 3, 2), date(2023, 9, 1), date(2023, 9, 2)), 1):
        make_payment(programme, "3500", paid_on=day, payee_kind="person", payee=f"人员{number:02}")
    by_month = {month: sheet(programme, month).rows[0] for month in (2, 7, 9)}
    assert [row.actual for row in by_month.values()] == ["", "2人", "4人"]
    assert [row.light_plan for row in by_month.values()] == ["", "red", "green"]
    assert (by_month[7].value, by_month[7].wanted) == (2, 4)


def test_a_count_is_held_against_the_plan_and_against_the_months(app: Flask) -> None:
    programme = bound_programme(5)
    enter(programme.indicators[0], "22", "次")
    row = sheet(programme, 7).rows[0]
    # 45 × 65.04 % = 29.27 wanted by plan, 45 ÷ 12 × 7 = 26.25 by the months
    assert (row.reach_plan, row.light_plan) == (D("75.17"), "yellow")
    assert (row.reach_months, row.light_months) == (D("83.81"), "green")
    assert (row.expected, row.method) == ("38次", "pace")
    assert row.said.likelihood is Likelihood.POSSIBLE
    assert sheet(programme, 8).rows[0].actual == "", "what was entered up to July says nothing of August"


def test_the_setting_chooses_which_light_counts(app: Flask, by: Actor) -> None:
    programme = bound_programme(5)
    enter(programme.indicators[0], "22", "次")
    for row in sheet(programme, 7).rows[1:]:
        say(programme, row.row)
    assert sheet(programme, 7).light == "yellow"
    with transaction():
        service.set_rule("light_basis", "months", date(2023, 7, 31), "区财政通知", "按月均", True, by)
    assert sheet(programme, 7).light == "green"
    assert sheet(programme, 6).basis == "plan"


def test_no_data_is_not_zero_and_is_owed(app: Flask) -> None:
    programme = bound_programme(1)
    made = sheet(programme, 7)
    assert made.funds[0].executed is None
    assert made.funds[0].rate is None
    assert made.funds_light == "red"
    assert {row.row for row in made.missing} <= set(made.owed)
    assert 0 in made.owed


def test_handing_in_wants_every_cause_that_is_owed(app: Flask) -> None:
    programme = bound_programme(1)
    with pytest.raises(Rejected) as refusal:
        hand_in(programme)
    assert "预算执行" in str(refusal.value.message)
    assert queries.newest([programme.id], 7) == {}
    assert complete(programme).version == 1


def test_a_version_stays_as_it_was_whatever_comes_later(app: Flask) -> None:
    programme = bound_programme(1)
    make_payment(programme, "600000", paid_on=date(2023, 7, 1))
    version = complete(programme)
    content = version.content
    make_payment(programme, "300000", paid_on=date(2023, 7, 2))
    say(programme, 1, "staff", likelihood="possible", explanation="人员不足")
    assert db.session.get(MonitoringVersion, version.id).content == content  # type: ignore[union-attr]
    assert thawed(content).funds[0].executed == 600_000
    assert hand_in(programme).version == 2
    first, second = (thawed(each.content) for each in db.session.scalars(queries.versions(2023)))
    found = {each.row: each for each in comparing.changes(first, second)}
    assert (found[0].actual_before, found[0].actual) == ("40.00%", "60.00%")
    assert found[1].is_new_word
    assert found[1].actual_before == found[1].actual


def test_freezing_loses_nothing(app: Flask) -> None:
    programme = bound_programme(5)
    make_payment(programme, "1234567.89", paid_on=date(2023, 7, 1))
    enter(programme.indicators[0], "22", "次")
    say(programme, 1, "funds", "other", likelihood="possible")
    made = sheet(programme, 7)
    assert thawed(frozen(made)) == made
    assert made.rows[0].said.causes == (Cause.FUNDS, Cause.OTHER)


def test_since_the_monitoring_before_names_the_earlier_month(app: Flask) -> None:
    programme = bound_programme(1)
    version = complete(programme)
    assert queries.before(programme.id, 9) is version
    assert queries.before(programme.id, 7, version=1) is None
    assert queries.before(programme.id, 6) is None
    make_payment(programme, "1200000", paid_on=date(2023, 9, 1))
    found = comparing.changes(thawed(version.content), sheet(programme, 9))
    assert found[0].light_before == "red"
    assert found[0].light == "green"


@pytest.mark.parametrize(
    ("causes", "explanation", "likelihood", "field"),
    [
        (["funds"], "", "certain", "explanation"),
        ([], "", "possible", "explanation"),
        ([], "因故", "impossible", "causes"),
        (["weather"], "因故", "possible", "causes"),
    ],
)
def test_a_note_that_says_half_is_refused(
    app: Flask, causes: list[str], explanation: str, likelihood: str, field: str
) -> None:
    programme = bound_programme(1)
    with pytest.raises(Rejected) as refusal:
        say(programme, 1, *causes, likelihood=likelihood, explanation=explanation)
    assert refusal.value.field == field
    assert queries.notes([programme.id], 7) == {}


@pytest.mark.parametrize(
    ("name", "value"),
    [("red_below", "80"), ("red_below", "x"), ("red_below", "NaN"), ("yellow_below", "121"), ("blue_from", "90"),
     ("due_month", "13"), ("due_month", "8.5"), ("calendar", "mars"), ("light_basis", "")],
)  # fmt: skip
def test_a_rule_that_cannot_be_is_refused(app: Flask, by: Actor, name: str, value: str) -> None:
    with pytest.raises(Rejected) as refusal, transaction():
        service.set_rule(name, value, date(2023, 1, 1), "文件", "条款", False, by)
    assert refusal.value.field == "value"
    assert queries.setting_rows() == []


def test_figures_of_many_months_are_those_read_one_by_one(app: Flask) -> None:
    stored = stored_programmes()
    for programme, day, kind in (
        (0, "01-31", "firm"),
        (0, "02-01", "person"),
        (2, "07-31", "person"),
        (2, "12-31", "person"),
    ):
        paid_on = date.fromisoformat(f"2023-{day}")
        make_payment(stored[programme], "10.01", paid_on=paid_on, payee_kind=kind, payee="人员01")
    make_payment(stored[0], "7", paid_on=date(2023, 2, 1), payee_kind="person", payee="人员02")
    names = [name for name in metrics() if name.startswith("programmes.")]
    keys = [(name, scope) for name in names for scope in (0, stored[0].id, stored[2].id, stored[5].id)]
    for (name, scope), months in by_months(keys, 2023).items():
        for figure in months:
            alone = read(name, figure.period, scope)
            assert (figure.part, figure.whole, figure.records) == (alone.part, alone.whole, alone.records), name


def test_six_sheets_take_as_few_statements_as_one(app: Flask) -> None:
    stored = stored_programmes()
    for programme in stored:
        with transaction():
            programmes.bind_as_suggested(programme, BY)
        make_payment(programme, "1000", paid_on=date(2023, 3, 1))
    sheets(stored, 7)
    counts = []
    for some in (stored[:1], stored):
        db.session.rollback()
        statements: list[str] = []
        listen = lambda *args, kept=statements: kept.append(args[2])  # noqa: E731
        event.listen(db.engine, "before_cursor_execute", listen)
        sheets(some, 7)
        event.remove(db.engine, "before_cursor_execute", listen)
        counts.append(len(statements))
    assert counts[1] <= min(45, counts[0] + 25), counts


def test_the_sheet_of_a_month_has_the_targets_in_force_then(app: Flask) -> None:
    """Revised in September, an indicator added and one taken out in October: July's sheet is as the table stood."""
    programme = bound_programme(1)
    before = sheet(programme, 7)
    first, second = programme.indicators[:2]
    words = {"level1": first.level1, "level2": first.level2, "level3": first.level3, "description": ""}
    revised = {**words, "value_text": "≥600人", "basis": "年初计划", "weight": first.weight}
    with transaction():
        revising.revise_indicator(first, **revised, in_force_on=date(2023, 9, 1), because="年中调整", by=BY)
    with transaction():
        revising.add_indicator(programme, **{**revised, "level3": "新增指标"}, in_force_on=date(2023, 10, 1),
                               because="新增", by=BY)  # fmt: skip
        revising.remove_indicator(second, date(2023, 10, 1), "取消", BY)
    july, september, november = sheet(programme, 7), sheet(programme, 9), sheet(programme, 11)
    assert [(row.row, row.level3, row.target, row.actual) for row in july.rows] == [
        (row.row, row.level3, row.target, row.actual) for row in before.rows
    ]
    assert (july.rows[0].wanted, september.rows[0].wanted) == (450, 600)
    assert len(september.rows) == len(before.rows)
    assert "新增指标" in [row.level3 for row in november.rows]
    assert second.level3 not in [row.level3 for row in november.rows]


def test_the_sheet_of_a_month_has_the_funding_plan_in_force_then(app: Flask) -> None:
    programme = bound_programme(1)
    before = sheet(programme, 7).planned
    head = {"name": programme.name, "unit_line": programme.unit_line, "amount_unit": programme.amount_unit}
    money = {"total": programme.total_text, "fiscal": programme.fiscal_text or "", "other": ""}
    words = {"fund_use": programme.fund_use, "goals": programme.goals, "plan": "6月底 10%\n12月底 100%"}
    with transaction():
        revising.revise_head(programme, **head, **money, **words, in_force_on=date(2023, 9, 1), because="调整", by=BY)
    assert sheet(programme, 7).planned == before
    assert sheet(programme, 9).planned == 10 + D(90) * 92 / 184
