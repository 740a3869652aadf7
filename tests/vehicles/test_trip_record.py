"""What hangs on a trip: photographed dials, what was paid, the statement, and who confirmed the kilometres where."""

import io
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from ops.core import clock
from ops.core.access import Actor
from ops.core.db import db, transaction
from ops.people.roles import Role
from ops.vehicles.costs import expense_queries, findings
from ops.vehicles.costs.expense_models import ExpenseTaking
from ops.vehicles.driving.models import DialPhoto, TripExpense
from ops.vehicles.models import Dispatch
from ops.vehicles.odometer import service as odometer
from ops.vehicles.settlement import service as settlement
from tests.app_fixtures import SignIn
from tests.factories import altered, make_driver, make_unit, make_user
from tests.test_language import messages, sources
from tests.vehicles.driving.test_driving import send
from tests.vehicles.factories import make_dispatch

PICTURE = b"\xff\xd8 a picture"
# said of other things elsewhere, with a Chinese that is wrong on pages of vehicles
BORROWED = {"none", "yes", "no", "not finished", "Name", "Points", "Checks", "Began at", "Ended at", "What was done"}


@pytest.fixture
def driven(app: Flask) -> tuple[FlaskClient, Dispatch]:
    """A trip of a driver with a phone: both dials photographed, parking paid, signed for."""
    user = make_user(Role.DRIVER)
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = str(user.id), True
    starts_at = clock.now().replace(second=0) - timedelta(hours=1)
    trip = make_dispatch(starts_at, driver_id=make_driver(user_id=user.id).id)
    who = client, altered(trip, dispatched_at=starts_at - timedelta(hours=1))
    dial = {"photo": (io.BytesIO(PICTURE), "dial.jpg")}
    assert send(who, "departure", "a" * 16, odometer="1000", **dial).status_code == 200
    assert send(who, "expense", "b" * 16, expense="parking", amount="12").status_code == 200
    dial = {"photo": (io.BytesIO(PICTURE), "dial.jpg")}
    assert send(who, "return", "c" * 16, odometer="1040", **dial).status_code == 200
    assert send(who, "signature", "d" * 16, name="王", phone_tail="1234").status_code == 200
    return who


def addresses() -> list[str]:
    return [f"/vehicles/driving/dials/{key}" for key in db.session.scalars(select(DialPhoto.id).order_by(DialPhoto.id))]


def test_the_unit_and_the_section_read_the_kilometres_on_the_trips_page(
    driven: tuple[FlaskClient, Dispatch], sign_in: SignIn
) -> None:
    _client, trip = driven
    for reader in (sign_in(Role.LIAISON, unit_id=trip.request.unit_id), sign_in(Role.DISPATCHER)):
        page = reader.get(f"/vehicles/requests/{trip.request_id}").text
        assert "1,000 → 1,040 = 40 公里" in page.split("行驶里程")[1][:200]


def test_a_trip_shows_the_dials_that_were_photographed(driven: tuple[FlaskClient, Dispatch], sign_in: SignIn) -> None:
    client, trip = driven
    dispatcher, page = sign_in(Role.DISPATCHER), f"/vehicles/requests/{trip.request_id}"
    assert len(addresses()) == 2
    for address in addresses():
        assert f'<img src="{address}"' in dispatcher.get(page).text
        assert f'<img src="{address}"' in client.get(page).text
        assert dispatcher.get(address).data == PICTURE
        assert client.get(address).mimetype == "image/jpeg"


def test_a_photographed_dial_opens_for_those_who_may_see_the_trip_only(
    driven: tuple[FlaskClient, Dispatch], sign_in: SignIn
) -> None:
    trip, [address, _other] = driven[1], addresses()
    assert sign_in(Role.LIAISON, unit_id=trip.request.unit_id).get(address).status_code == 200
    assert sign_in(Role.LIAISON, unit_id=make_unit().id).get(address).status_code == 404
    assert sign_in(Role.DRIVER).get(address).status_code == 404
    assert sign_in(Role.CANTEEN).get(address).status_code == 403
    assert sign_in(Role.DISPATCHER).get("/vehicles/driving/dials/99").status_code == 404


def test_the_dials_stand_at_the_readings_and_at_the_finding(
    driven: tuple[FlaskClient, Dispatch], sign_in: SignIn, by: Actor
) -> None:
    trip = driven[1]
    with transaction():
        odometer.record(trip.vehicle_id, 900, clock.now() - timedelta(hours=2), "manual", "", by, "misread")
    client = sign_in(Role.AUDITOR)
    [found] = findings.of_period(findings.Period(findings.BEGINNING, clock.today()))
    for page in (f"odometer/cars/{trip.vehicle_id}", f"fuel/findings?period={clock.today().year}"):
        assert f'href="{addresses()[0]}"' in client.get(f"/vehicles/{page}").text, page
    settling = sign_in(Role.DISPATCHER).get(f"/vehicles/fuel/findings/{trip.vehicle_id}/{found.key}/settlement").text
    assert f'href="{addresses()[0]}"' in settling


def test_a_signature_on_the_drivers_phone_is_told_apart_from_the_units_own_account(
    driven: tuple[FlaskClient, Dispatch], sign_in: SignIn, by: Actor
) -> None:
    trip = driven[1]
    client, page = sign_in(Role.DISPATCHER), f"/vehicles/requests/{trip.request_id}"
    text = client.get(page).text
    assert text.count("在驾驶员手机上确认") == 1
    assert "里程已确认（单位账号）" not in text
    assert "在驾驶员手机上确认" in client.get(f"/vehicles/board/orders/{trip.id}").text
    liaison = sign_in(Role.LIAISON, unit_id=trip.request.unit_id)
    asked = f"{page}/kilometres"
    assert "在驾驶员手机上确认" in liaison.get(asked).text
    with transaction():
        settlement.check_kilometres(trip.request, True, "", by)
    assert client.get(page).text.count("在驾驶员手机上确认") == 1
    assert "里程已确认（单位账号）" in client.get(page).text
    assert "在驾驶员手机上确认" not in liaison.get(asked).text


def test_a_trip_leads_to_what_was_paid_its_cost_account_and_its_statement(
    driven: tuple[FlaskClient, Dispatch], sign_in: SignIn, by: Actor
) -> None:
    trip, page = driven[1], f"/vehicles/requests/{driven[1].request_id}"
    statement = settlement.Statement(unit_id=trip.request.unit_id, first=trip.day, last=trip.day)
    statement.issued_at, statement.issued_by = clock.now(), by.name
    line = settlement.StatementLine(dispatch_id=trip.id, request_id=trip.request_id, day=trip.day, plate="", words="")
    line.destination, line.kilometres, line.minutes, line.share, line.amount = "", 40, 40, "", settlement.Decimal(80)
    line.at, line.by = clock.now(), by.name
    statement.lines = [line]
    with transaction():
        db.session.add(statement)
        settlement.audit.record("test.arranged", statement, by)
    watcher, liaison = sign_in(Role.FINANCE_WATCH), sign_in(Role.LIAISON, unit_id=trip.request.unit_id)
    account, stands = f"/vehicles/costs/cars/{trip.vehicle_id}?period=", f"/vehicles/statements/{statement.id}"
    text = watcher.get(page).text
    assert [each in text for each in (account, stands, "12.00")] == [True, True, True]
    assert watcher.get(stands).status_code == 200
    own = liaison.get(page).text
    assert [each in own for each in (account, stands, "12.00")] == [False, True, False]
    driver = driven[0].get(page).text
    assert [each in driver for each in (account, stands, "12.00")] == [False, False, True]


def test_an_expense_without_a_receipt_says_so(driven: tuple[FlaskClient, Dispatch], sign_in: SignIn) -> None:
    text = sign_in(Role.FINANCE).get("/vehicles/costs/expenses").text
    assert "无票据" in text
    assert "不采用" not in text
    assert expense_queries.waiting_count() == 1
    assert db.session.scalars(select(ExpenseTaking)).all() == []
    assert len(db.session.scalars(select(TripExpense)).all()) == 1


@pytest.mark.pure
def test_pages_of_vehicles_borrow_no_word_that_means_something_else() -> None:
    found = {(path.name, said) for path in sources("vehicles") for said in messages(path) if said in BORROWED}
    assert found == set()
