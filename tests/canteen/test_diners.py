"""The register's pages."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from ops.canteen import diners
from ops.canteen.models import Diner, SubsidyGrant
from ops.core import clock
from ops.core.access import Actor
from ops.core.db import db, transaction
from ops.core.errors import Rejected
from ops.people.roles import Role
from tests.app_fixtures import SignIn
from tests.canteen.factories import canteen, make_diner, make_grant, make_meal
from tests.factories import make_unit


def test_a_diner_is_registered_found_and_changed(app: Flask, sign_in: SignIn) -> None:
    unit, cook = make_unit(), sign_in(Role.CANTEEN)
    typed = {"number": "N01", "name": "就餐人员01", "unit_id": unit.id, "card": " 801 "}
    answer = cook.post("/canteen/diners/new", data=typed)
    assert answer.status_code == 303
    assert cook.get(answer.location).status_code == 200
    assert "N01" in cook.get("/canteen/diners?q=801").get_data(as_text=True)
    page = answer.location + "/details"
    assert cook.get(page).status_code == 200
    assert cook.post(page, data={**typed, "card": ""}).status_code == 303
    assert db.session.scalars(select(Diner.card)).one() is None


@pytest.mark.parametrize("wrong", [{"number": ""}, {"unit_id": "999"}, {"card": "801"}, {"number": "N01"}])
def test_a_diner_that_cannot_be_keeps_what_was_typed(app: Flask, sign_in: SignIn, wrong: dict[str, str]) -> None:
    unit = make_unit()
    make_diner(number="N01", card="801", unit_id=unit.id)
    typed = {"number": "N02", "name": "就餐人员02", "unit_id": unit.id, "card": "802", **wrong}
    answer = sign_in(Role.CANTEEN).post("/canteen/diners/new", data=typed)
    assert answer.status_code == 422
    assert "就餐人员02" in answer.get_data(as_text=True)
    assert db.session.scalar(select(func.count(Diner.id))) == 1


def test_a_grant_is_given_and_stopped_on_the_diners_page(app: Flask, sign_in: SignIn) -> None:
    diner, cook, today = make_diner(), sign_in(Role.CANTEEN), clock.today()
    page = f"/canteen/diners/{diner.id}/grants/new"
    days = {"from_on": str(today), "to_on": str(today + timedelta(days=90))}
    assert cook.get(page).status_code == 200
    assert cook.post(page, data={"canteen_id": canteen().id, **days}).status_code == 303
    assert cook.post(page, data={"canteen_id": canteen().id, **days}).status_code == 422
    stop = f"/canteen/grants/{db.session.scalars(select(SubsidyGrant.id)).one()}/stop"
    assert cook.get(stop).status_code == 200
    assert cook.post(stop, data={"last_on": str(today + timedelta(days=99)), "reason_given": "调离"}).status_code == 422
    assert cook.post(stop, data={"last_on": str(today + timedelta(days=9)), "reason_given": "调离"}).status_code == 303
    assert "调离" in cook.get(f"/canteen/diners/{diner.id}").get_data(as_text=True)


def test_grants_of_one_canteen_do_not_overlap_and_have_an_end(app: Flask, by: Actor) -> None:
    diner = make_diner()
    grant = make_grant(diner)
    for first, last, field in ((grant.to_on, grant.to_on, "from_on"), (grant.to_on, grant.from_on, "to_on")):
        with pytest.raises(Rejected) as refusal, transaction():
            diners.grant(diner, canteen().id, first, last, by)
        assert refusal.value.field == field
    with transaction():
        diners.grant(diner, canteen("harbour").id, grant.from_on, grant.to_on, by)


def test_watchers_read_diners_and_change_none(app: Flask, sign_in: SignIn) -> None:
    meal = make_meal()
    leader = sign_in(Role.LEADER)
    assert leader.get(f"/canteen/diners/{meal.diner_id}").status_code == 200
    assert leader.get("/canteen/diners").status_code == 200
    assert leader.get("/canteen/diners/999").status_code == 404
    for address in ("/canteen/diners/new", "/canteen/rosters/new", f"/canteen/diners/{meal.diner_id}/details"):
        assert leader.post(address).status_code == 403, address
