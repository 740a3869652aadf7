"""Sittings by the clock, and terminals."""

import pytest
from flask import Flask

from ops.people.roles import Role
from tests.app_fixtures import SignIn
from tests.canteen.factories import canteen, lunch, make_terminal


def test_a_sittings_window_and_price_are_set(app: Flask, sign_in: SignIn) -> None:
    cook, page = sign_in(Role.CANTEEN), f"/canteen/sittings/{lunch().id}"
    assert cook.get(page).status_code == 200
    typed = {"starts": "11:00", "ends": "13:30", "price": "6.50", "source": "2023年膳食科通知"}
    assert cook.post(page, data=typed).status_code == 303
    assert "2023年膳食科通知" in cook.get("/canteen/settings").get_data(as_text=True)


@pytest.mark.parametrize("wrong", [{"starts": "08:00"}, {"ends": "10:00"}, {"starts": "午时"}, {"price": "1.234"}])
def test_a_window_that_overlaps_or_ends_before_it_starts_is_refused(
    app: Flask, sign_in: SignIn, wrong: dict[str, str]
) -> None:
    typed = {"starts": "11:00", "ends": "13:30", "price": "5", "source": "膳食科通知", **wrong}
    answer = sign_in(Role.CANTEEN).post(f"/canteen/sittings/{lunch().id}", data=typed)
    assert answer.status_code == 422
    assert f"{lunch().starts:%H:%M}" == "10:30"


def test_a_terminal_is_registered_once(app: Flask, sign_in: SignIn) -> None:
    make_terminal("C01")
    cook = sign_in(Role.CANTEEN)
    assert cook.get("/canteen/terminals/new").status_code == 200
    assert cook.post("/canteen/terminals/new", data={"code": "C01", "canteen_id": canteen().id}).status_code == 422
    assert cook.post("/canteen/terminals/new", data={"code": "C02", "canteen_id": canteen().id}).status_code == 303
    assert sign_in(Role.AUDITOR).get("/canteen/terminals/new").status_code == 403
