"""Checks, incidents, opening days, and what waits for whom."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from ops.canteen import safety
from ops.canteen.models import OpeningDay, SafetyEntry
from ops.core import clock
from ops.core.access import Actor
from ops.core.db import db, transaction
from ops.core.period import month, year
from ops.core.workcalendar import working_days
from ops.indicators.readings import read
from ops.people.roles import Role
from tests.app_fixtures import SignIn
from tests.canteen.factories import DAY, canteen, make_meal, make_opening_day

PAGE = "/canteen/checks/new"


def typed(**values: object) -> dict[str, object]:
    return {"canteen_id": canteen().id, "day": str(DAY), "outcome": "well", **values}


def entries() -> int:
    return db.session.scalar(select(func.count(SafetyEntry.id))) or 0


def test_an_all_well_day_is_a_record_and_can_be_reversed_and_done_anew(app: Flask, sign_in: SignIn) -> None:
    opening, cook = make_opening_day(), sign_in(Role.CANTEEN)
    answer = cook.post(PAGE, data=typed())
    assert answer.status_code == 303
    assert "零风险" in cook.get(answer.location).get_data(as_text=True)
    assert cook.post(PAGE, data=typed()).status_code == 422
    reversal = answer.location + "/reversal"
    assert cook.get(reversal).status_code == 200
    assert cook.post(reversal, data={"reason_given": "漏看冷藏柜"}).status_code == 303
    assert cook.post(reversal, data={"reason_given": "漏看冷藏柜"}).status_code == 422
    assert cook.post(PAGE, data=typed(outcome="found", findings="冷藏柜温度偏高")).status_code == 303
    assert read("canteen.checks_done", month(2023, 5)).value == 100
    shown = cook.get(f"/canteen/opening-days/{opening.id}").get_data(as_text=True)
    assert "冷藏柜温度偏高" in shown


@pytest.mark.parametrize(
    "wrong",
    [{"outcome": ""}, {"outcome": "found"}, {"findings": "有问题"}, {"day": "2099-01-01"}, {"day": "昨天"}],
)
def test_a_check_that_says_nothing_clear_is_refused(app: Flask, sign_in: SignIn, wrong: dict[str, str]) -> None:
    answer = sign_in(Role.CANTEEN).post(PAGE, data=typed(measures="已告知厨师长", **wrong))
    assert answer.status_code == 422
    assert "已告知厨师长" in answer.get_data(as_text=True)
    assert entries() == 0


def test_an_incident_is_reported_and_listed(app: Flask, sign_in: SignIn) -> None:
    cook = sign_in(Role.CANTEEN)
    wanted = {"canteen_id": canteen().id, "day": str(DAY), "people": "3", "findings": "三人腹泻", "measures": "送医"}
    assert cook.post("/canteen/incidents/new", data={**wanted, "findings": ""}).status_code == 422
    answer = cook.post("/canteen/incidents/new", data=wanted)
    assert answer.status_code == 303
    assert "三人腹泻" in cook.get(answer.location).get_data(as_text=True)
    assert "三人腹泻" in cook.get("/canteen/incidents").get_data(as_text=True)
    assert read("canteen.incidents", month(2023, 5)).value == 1


def test_a_year_is_planned_from_the_work_calendar_and_again_adds_nothing(app: Flask, by: Actor) -> None:
    with transaction():
        added = safety.plan(2023, by)
    assert added == 2 * len(working_days(year(2023)))
    with transaction():
        assert safety.plan(2023, by) == 0
    make_meal()
    assert read("canteen.days_open_rate", year(2023), canteen().id).whole == len(working_days(year(2023)))


def test_the_plans_page_adds_the_years_days(app: Flask, sign_in: SignIn) -> None:
    cook = sign_in(Role.CANTEEN)
    assert cook.post("/canteen/opening-days/new", data={"year": "1999"}).status_code == 422
    assert cook.post("/canteen/opening-days/new", data={"year": "2023"}).status_code == 303
    assert cook.get("/canteen/checks?outcome=missing").status_code == 200
    assert (db.session.scalar(select(func.count(OpeningDay.id))) or 0) > 400


def test_todays_check_waits_and_yesterdays_is_late(app: Flask, sign_in: SignIn, by: Actor) -> None:
    cook, today = sign_in(Role.CANTEEN), clock.today()
    assert "制定本年度供餐计划" in cook.get("/").get_data(as_text=True)
    make_opening_day(today)
    make_opening_day(today - timedelta(days=1), "harbour")
    make_opening_day(date(today.year, 1, 1) if today.month > 2 else today - timedelta(days=200))
    shown = cook.get("/").get_data(as_text=True)
    assert "今日食品安全检查（日管控）" in shown
    assert "漏做的日管控检查" in shown
    with transaction():
        safety.check(canteen().id, today, True, None, None, by)
        safety.check(canteen("harbour").id, today - timedelta(days=1), True, None, None, by)
    assert "日管控检查" not in cook.get("/").get_data(as_text=True)


def test_watchers_read_the_log_and_write_nothing(app: Flask, sign_in: SignIn) -> None:
    auditor, opening = sign_in(Role.AUDITOR), make_opening_day()
    for address in ("/canteen/checks", "/canteen/incidents", f"/canteen/opening-days/{opening.id}"):
        assert auditor.get(address).status_code == 200, address
    assert auditor.get(PAGE).status_code == 403
    assert auditor.get("/canteen/incidents/new").status_code == 403
    assert auditor.get("/canteen/safety/999").status_code == 404
