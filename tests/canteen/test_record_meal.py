"""The counter: a card is read, the meal is in the ledger."""

from flask import Flask
from sqlalchemy import func, select

from ops.canteen.models import Meal
from ops.core.db import db
from ops.people.roles import Role
from tests.app_fixtures import SignIn
from tests.canteen.factories import canteen, make_diner, serve_all_day, serve_at_midnight_only

PAGE = "/canteen/meals/new"


def meals() -> int:
    return db.session.scalar(select(func.count(Meal.id))) or 0


def test_a_card_records_the_meal_and_shows_who_it_was(app: Flask, sign_in: SignIn) -> None:
    serve_all_day()
    diner, cook = make_diner(), sign_in(Role.CANTEEN)
    answer = cook.post(PAGE, data={"canteen_id": canteen().id, "who": diner.card})
    assert answer.status_code == 303
    shown = cook.get(answer.location).get_data(as_text=True)
    assert diner.name in shown
    assert meals() == 1


def test_a_second_meal_of_the_sitting_asks_first(app: Flask, sign_in: SignIn) -> None:
    serve_all_day()
    diner, cook = make_diner(), sign_in(Role.CANTEEN)
    typed = {"canteen_id": canteen().id, "who": diner.number}
    cook.post(PAGE, data=typed)
    refused = cook.post(PAGE, data=typed)
    assert refused.status_code == 422
    assert diner.name in refused.get_data(as_text=True)
    assert meals() == 1
    assert cook.post(PAGE, data={**typed, "again": "y"}).status_code == 303
    assert meals() == 2


def test_a_part_of_a_name_offers_those_it_fits(app: Flask, sign_in: SignIn) -> None:
    serve_all_day()
    first, second = make_diner(name="就餐人员甲01"), make_diner(name="就餐人员甲02")
    answer = sign_in(Role.CANTEEN).post(PAGE, data={"canteen_id": canteen().id, "who": "员甲"})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert first.number in text
    assert second.number in text
    assert meals() == 0


def test_an_unknown_card_is_refused_and_stays_typed(app: Flask, sign_in: SignIn) -> None:
    serve_all_day()
    answer = sign_in(Role.CANTEEN).post(PAGE, data={"canteen_id": canteen().id, "who": "999%_"})
    assert answer.status_code == 422
    assert "999%_" in answer.get_data(as_text=True)
    assert meals() == 0


def test_between_the_sittings_nothing_is_recorded(app: Flask, sign_in: SignIn) -> None:
    serve_at_midnight_only()
    diner = make_diner()
    answer = sign_in(Role.CANTEEN).post(PAGE, data={"canteen_id": canteen().id, "who": diner.card, "again": "y"})
    assert answer.status_code == 422
    assert "不在任何餐别时段内" in answer.get_data(as_text=True)
    assert meals() == 0


def test_watchers_may_not_record(app: Flask, sign_in: SignIn) -> None:
    assert sign_in(Role.AUDITOR).get(PAGE).status_code == 403
    assert sign_in(Role.DRIVER).get("/canteen/meals").status_code == 403
    assert sign_in(Role.LEADER).get("/canteen/meals").status_code == 200
