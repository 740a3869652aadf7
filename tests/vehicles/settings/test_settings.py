"""Dated settings of dispatching: the latest that has begun holds; the page keeps them with their source."""

from datetime import date

from flask import Flask

from ops.core.access import REFERENCE
from ops.people.roles import Role
from ops.vehicles.settings.models import SettingName
from ops.vehicles.settings.queries import in_force
from tests.app_fixtures import SignIn

TYPED = {"name": "share_minutes", "value": "30", "valid_from": "2024-01-01", "source": "车队会议纪要"}


def test_a_value_holds_from_its_day_on_and_the_earlier_one_stays(app: Flask, sign_in: SignIn) -> None:
    dispatcher = sign_in(Role.DISPATCHER)
    assert dispatcher.post("/vehicles/dispatch-settings/new", data=TYPED).status_code == 303
    assert in_force(date(2023, 12, 31))[SettingName.SHARE_MINUTES] == 60
    assert in_force(date(2024, 1, 1))[SettingName.SHARE_MINUTES] == 30
    shown = dispatcher.get("/vehicles/dispatch-settings").text
    assert "车队会议纪要" in shown
    assert "未经文件确认" in shown


def test_a_second_value_from_the_same_day_is_refused_beside_the_day(app: Flask, sign_in: SignIn) -> None:
    dispatcher = sign_in(Role.DISPATCHER)
    dispatcher.post("/vehicles/dispatch-settings/new", data=TYPED)
    answer = dispatcher.post("/vehicles/dispatch-settings/new", data={**TYPED, "value": "45"})
    assert answer.status_code == 422
    assert "该日起生效的数值已经录入" in answer.text
    assert in_force(date(2024, 1, 1))[SettingName.SHARE_MINUTES] == 30


def test_those_who_watch_read_the_settings_and_set_none(app: Flask, sign_in: SignIn) -> None:
    leader = sign_in(Role.LEADER)
    assert leader.get("/vehicles/dispatch-settings").status_code == 200
    assert leader.get("/vehicles/dispatch-settings/new").status_code == 403


def test_who_set_what_a_house_begins_with_is_said_in_the_reader_s_language(app: Flask, sign_in: SignIn) -> None:
    watcher = sign_in(Role.DISPATCHER)
    for address in ("dispatch-settings", "hours/office", "positions/settings"):
        shown = watcher.get(f"/vehicles/{address}")
        assert shown.status_code == 200, address
        assert "系统预置" in shown.text
        assert REFERENCE not in shown.text
