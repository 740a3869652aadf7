"""A doubtful value is settled by a person; the reason stays, and the form's words stay as they are."""

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask

from ops.core import audit
from ops.core.access import Actor
from ops.core.db import transaction
from ops.core.errors import Rejected
from ops.people.roles import Role
from ops.programmes.models import Indicator
from ops.programmes.targets.settling import AS_READ, OTHERWISE, settle
from ops.programmes.targets.stored import read_of, target_of
from ops.programmes.targets.values import Kind
from tests.app_fixtures import SignIn
from tests.programmes.factories import BY, stored_programme


def saying(text: str, indicator: Indicator | None = None) -> Indicator:
    indicator = indicator or stored_programme(3).indicators[0]
    with transaction():
        indicator.value_text = text
        audit.record("test.changed", indicator, BY)
    return indicator


def test_a_reading_is_taken_as_it_is(app: Flask, by: Actor) -> None:
    indicator = saying("4人")
    assert target_of(indicator).doubts == ("operator_missing",)
    with transaction():
        settle(indicator, AS_READ, "", "年初计划核定4人", by)
    value = target_of(indicator)
    assert (value.operator, value.number, value.unit, value.doubts) == ("=", Decimal(4), "人", ())
    assert value.text == "4人"
    assert read_of(indicator).doubts == ("operator_missing",)


def test_a_value_is_written_plainly_and_holds_only_for_these_words(app: Flask, by: Actor) -> None:
    indicator = saying("2280次")
    with transaction():
        settle(indicator, OTHERWISE, "≥280次", "原文符号损坏，经核对上年资料", by)
    assert (target_of(indicator).operator, target_of(indicator).number) == ("≥", Decimal(280))
    changed = saying("2290次", indicator)
    assert "sign_may_be_damaged" in target_of(changed).doubts


def test_a_day_is_settled(app: Flask, by: Actor) -> None:
    indicator = saying("2023年12月")
    with transaction():
        settle(indicator, OTHERWISE, "2023-12-31", "以月末为限", by)
    assert (target_of(indicator).kind, target_of(indicator).date) == (Kind.DEADLINE, date(2023, 12, 31))


@pytest.mark.parametrize(
    ("text", "choice", "says", "field"),
    [("9 5%", AS_READ, "", "choice"), ("9 5%", OTHERWISE, "9 5%", "says"), ("9 5%", OTHERWISE, "", "says")],
)
def test_what_cannot_be_read_is_not_settled(
    app: Flask, by: Actor, text: str, choice: str, says: str, field: str
) -> None:
    indicator = saying(text)
    with pytest.raises(Rejected) as refusal, transaction():
        settle(indicator, choice, says, "因为", by)
    assert refusal.value.field == field
    assert target_of(indicator).kind is Kind.UNKNOWN


def test_the_page_shows_the_doubts_and_settles_them(app: Flask, sign_in: SignIn) -> None:
    indicator = saying("4人")
    client, address = sign_in(Role.PERFORMANCE), f"/programmes/indicators/{indicator.id}/target"
    assert "没有写明" in client.get(address).text or "4人" in client.get(address).text
    assert client.post(address, data={"choice": AS_READ}).status_code == 422
    given = {"choice": OTHERWISE, "says": "≥4人", "because": "核对"}
    assert client.post(address, data=given).status_code == 303
    assert target_of(indicator).operator == "≥"
    assert sign_in(Role.LEADER).get(address).status_code == 403
