"""The pages of figures and closings, used rightly and wrongly."""

import re
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import func, select

from ops.core.access import Actor
from ops.core.db import db, transaction
from ops.core.period import month
from ops.core.shell import places
from ops.indicators.closing import known_now
from ops.indicators.models import Adjustment
from ops.indicators.readings import read
from ops.people.roles import Role
from ops.vehicles import service
from ops.vehicles.models import DispatchCancellation
from tests.app_fixtures import SignIn
from tests.factories import make_driver, make_trip_request, make_vehicle
from tests.indicators.factories import close, make_serving

MAY = month(2023, 5)


def make_dispatch(by: Actor) -> int:
    request, car, driver = make_trip_request(), make_vehicle(), make_driver()
    with transaction():
        made = service.dispatch(request, car.id, driver.id, by)
    return made.id


def test_a_page_asks_for_the_reason_beside_its_field_and_keeps_what_was_typed(
    app: Flask, sign_in: SignIn, by: Actor
) -> None:
    dispatch, client = make_dispatch(by), sign_in(Role.DISPATCHER)
    closing = close(MAY)
    address = f"/vehicles/dispatches/{dispatch}/cancellation"
    assert 'name="reason"' not in client.get(address).text
    answer = client.post(address, data={"reason_given": "会议改期"})
    assert answer.status_code == 422
    assert 'id="reason-error"' in answer.text
    assert "会议改期" in answer.text
    assert db.session.get(DispatchCancellation, dispatch) is None
    answer = client.post(address, data={"reason_given": "会议改期", "reason": "派车单事后作废"})
    assert answer.status_code == 303
    adjustment = db.session.scalars(select(Adjustment).where(Adjustment.metric == "vehicles.dispatches")).one()
    assert (adjustment.part, adjustment.reason) == (-1, "派车单事后作废")
    assert adjustment.by.startswith("用户")
    assert known_now(closing, "vehicles.dispatches") == (0, 0, 0)
    page = sign_in(Role.PERFORMANCE).get(f"/closings/{closing.id}").text
    assert "派车单事后作废" in page
    assert adjustment.by in page


def test_a_month_is_closed_through_its_page_once(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(Role.PERFORMANCE)
    assert client.post("/closings/new", data={"period": "2023-05"}).status_code == 303
    again = client.post("/closings/new", data={"period": "2023-05"})
    assert again.status_code == 422
    assert 'id="period-error"' in again.text


@pytest.mark.parametrize(
    "typed", ["", "may", "2023-13", "2023-05-09..2023-05-01", "1999", "9999", "2023Q5", "²⁰²³", "2098"]
)
def test_a_period_that_cannot_be_closed_is_refused_beside_its_field(app: Flask, sign_in: SignIn, typed: str) -> None:
    answer = sign_in(Role.PERFORMANCE).post("/closings/new", data={"period": typed})
    assert answer.status_code == 422
    assert 'id="period-error"' in answer.text
    assert typed in answer.text


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.LEADER, Role.DISPATCHER])
def test_only_the_performance_officer_closes(app: Flask, sign_in: SignIn, role: Role) -> None:
    assert sign_in(role).post("/closings/new", data={"period": "2023-05"}).status_code == 403


@pytest.mark.parametrize(
    ("query", "status"),
    [
        *(("period=9999", 422), ("period=x", 422), ("period=2023-05%00", 400)),
        *(("scope=9" + "9" * 30, 404), ("scope=-1", 404), ("scope=x&page=x", 200)),
        *(("page=9" + "9" * 30, 200), ("page=-3", 200)),
    ],
)
def test_an_address_that_was_changed_by_hand_is_answered_in_words(
    app: Flask, sign_in: SignIn, query: str, status: int
) -> None:
    for page in ("", "/evidence"):
        assert sign_in(Role.AUDITOR).get(f"/figures/vehicles.dispatches{page}?{query}").status_code == status


def test_a_figure_that_one_may_not_see_is_not_found(app: Flask, sign_in: SignIn) -> None:
    for client in (sign_in(Role.CANTEEN), sign_in(Role.MEETING)):
        assert client.get("/figures/vehicles.dispatches").status_code == 404
        assert client.get("/figures/vehicles.dispatches/evidence").status_code == 404
    assert sign_in(Role.AUDITOR).get("/figures/vehicles.nothing").status_code == 404


@pytest.mark.pure
@pytest.mark.parametrize(
    ("value", "least", "said"),
    [("198.0900", 2, "198.09"), ("1500.0000", 2, "1,500.00"), ("0.1250", 2, "0.125"), ("12.5000", 0, "12.5"),
     ("1200", 0, "1,200"), ("0.0000", 2, "0.00"), ("-3.50", 0, "-3.5")],
)  # fmt: skip
def test_a_number_has_its_own_decimals_and_no_noughts_behind_them(value: str, least: int, said: str) -> None:
    assert places(Decimal(value), least) == said


def test_the_evidence_page_shows_every_record_and_a_foot_that_is_the_figure(
    book: Flask, sign_in_to_book: SignIn
) -> None:
    for number in range(1, 8):
        make_serving(MAY.first.replace(day=number), diner=number % 3)
    client = sign_in_to_book(Role.AUDITOR)
    for name in ("meals", "takings", "diners", "satisfaction"):
        page = client.get(f"/figures/sample.{name}/evidence?period=2023-05").text
        foot = re.search(r"<tfoot>.*?</tfoot>", page, re.DOTALL)
        assert foot
        assert f">{places(read(f'sample.{name}', MAY).part, 2 if name == 'takings' else 0)}<" in foot.group()
    for name in ("stalls", "inspected"):
        assert client.get(f"/figures/sample.{name}/evidence?period=2023-05").status_code == 200
    assert client.get("/figures/sample.meals?period=2023").status_code == 200


def test_reading_writes_nothing_that_the_trail_would_name(app: Flask, sign_in: SignIn, by: Actor) -> None:
    make_dispatch(by)
    client = sign_in(Role.AUDITOR)
    entries = select(func.max(db.metadata.tables["audit_entry"].c.id))
    before = db.session.scalar(entries)
    client.get("/figures?period=2023")
    assert db.session.scalar(entries) == before
