"""Back-entry, reversal and correction: rows, never edits."""

from datetime import timedelta
from decimal import Decimal

import pytest
from flask import Flask

from ops.canteen import service
from ops.canteen.models import Meal
from ops.core import clock
from ops.core.access import Actor
from ops.core.db import db, transaction
from ops.core.errors import Rejected
from ops.core.period import month
from ops.indicators.closing import close
from ops.indicators.readings import read
from ops.people.roles import Role
from tests.app_fixtures import SignIn
from tests.canteen.factories import NOON, canteen, make_diner, make_meal

MAY = month(2023, 5)


def typed(**values: object) -> dict[str, object]:
    return {"canteen_id": canteen().id, "at": "2023-05-09T12:03", "amount": "5", "reason_given": "终端停电", **values}


def test_a_forgotten_meal_is_entered_later_with_its_reason(app: Flask, sign_in: SignIn) -> None:
    diner, cook = make_diner(), sign_in(Role.CANTEEN)
    answer = cook.post("/canteen/meals/back-entry", data=typed(who=diner.number))
    assert answer.status_code == 303
    assert "终端停电" in cook.get(answer.location).get_data(as_text=True)
    assert read("canteen.meals", MAY).value == 1


@pytest.mark.parametrize(
    "wrong",
    [{"reason_given": ""}, {"at": "2023-05-09T03:00"}, {"at": "2023-02-30T12:00"}, {"amount": "-1"}, {"amount": "五"}],
)
def test_a_back_entry_that_cannot_be_writes_nothing(app: Flask, sign_in: SignIn, wrong: dict[str, str]) -> None:
    diner = make_diner()
    answer = sign_in(Role.CANTEEN).post("/canteen/meals/back-entry", data=typed(who=diner.number, **wrong))
    assert answer.status_code == 422
    assert diner.number in answer.get_data(as_text=True)
    assert read("canteen.meals", MAY).value is None


def test_tomorrows_meal_cannot_be_entered(app: Flask, by: Actor) -> None:
    at = (clock.now() + timedelta(days=1)).replace(hour=12, minute=0)
    with pytest.raises(Rejected) as refusal, transaction():
        service.back_enter(canteen().id, make_diner().number, at, Decimal(5), False, "试", by)
    assert refusal.value.field == "at"


def test_a_correction_reverses_the_meal_and_the_new_one_counts(app: Flask, sign_in: SignIn) -> None:
    meal, right, cook = make_meal(), make_diner(), sign_in(Role.CANTEEN)
    answer = cook.post(f"/canteen/meals/{meal.id}/correction", data=typed(who=right.number))
    assert answer.status_code == 303
    assert read("canteen.meals", MAY).value == 1
    assert cook.get(answer.location).status_code == 200
    assert db.session.get(Meal, meal.id).reversal is not None
    again = cook.post(f"/canteen/meals/{meal.id}/correction", data=typed(who=right.number))
    assert again.status_code == 422


def test_the_same_diner_can_be_corrected_to_another_time(app: Flask, by: Actor) -> None:
    diner = make_diner()
    meal = make_meal(diner)
    with transaction():
        right = service.correct(meal, canteen().id, diner.number, NOON.replace(minute=9), Decimal(5), "时间有误", by)
    assert right.entry.replaces_id == meal.id
    assert read("canteen.meals", MAY).value == 1


def test_a_meal_is_reversed_once(app: Flask, sign_in: SignIn) -> None:
    meal, cook = make_meal(), sign_in(Role.CANTEEN)
    page = f"/canteen/meals/{meal.id}/reversal"
    assert cook.get(page).status_code == 200
    assert cook.post(page, data={"reason_given": ""}).status_code == 422
    assert cook.post(page, data={"reason_given": "重复"}).status_code == 303
    assert cook.post(page, data={"reason_given": "重复"}).status_code == 422
    assert cook.get("/canteen/meals/999999").status_code == 404


def test_a_meal_of_a_closed_month_needs_a_reason_and_becomes_an_adjustment(
    app: Flask, by: Actor, sign_in: SignIn
) -> None:
    meal = make_meal()
    with transaction():
        close(MAY, by)
    cook, page = sign_in(Role.CANTEEN), f"/canteen/meals/{meal.id}/reversal"
    refused = cook.post(page, data={"reason_given": "重复"})
    assert refused.status_code == 422
    assert 'name="reason"' in refused.get_data(as_text=True)
    assert read("canteen.meals", MAY).value == 1
    assert cook.post(page, data={"reason_given": "重复", "reason": "年终核对发现"}).status_code == 303
    assert read("canteen.meals", MAY).value is None
