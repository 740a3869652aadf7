"""A dial far from the readings beside it is asked about before it is taken, at every door, and the answer stays."""

import re
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from ops.core.access import Actor
from ops.core.db import db, transaction
from ops.core.errors import Rejected
from ops.core.period import month, year
from ops.people.roles import Role
from ops.vehicles import service as trips
from ops.vehicles.costs import findings
from ops.vehicles.models import Departure, Dispatch, TripReturn
from ops.vehicles.odometer import rules, service
from ops.vehicles.odometer.models import OdometerReading, ReadingConfirmation, Source
from ops.vehicles.odometer.rules import Read, Replaced
from tests.app_fixtures import SignIn
from tests.factories import AT, make_vehicle
from tests.vehicles.factories import make_dispatch

SHOWN = 83_620


@pytest.fixture
def trip(app: Flask, by: Actor) -> Dispatch:
    """About to leave in a car whose dial showed 83,620 an hour before."""
    car = make_vehicle().id
    with transaction():
        service.record(car, SHOWN, AT - timedelta(hours=1), Source.MANUAL, "", by)
    return make_dispatch(vehicle_id=car)


@pytest.fixture
def client(sign_in: SignIn) -> FlaskClient:
    return sign_in(Role.DISPATCHER)


def send(client: FlaskClient, trip: Dispatch, odometer: int, dial_reason: str = "", deed: str = "departure") -> str:
    typed = {"at": f"{AT + timedelta(hours=3 * (deed == 'return')):%Y-%m-%dT%H:%M}", "odometer": str(odometer)}
    answer = client.post(f"/vehicles/dispatches/{trip.id}/{deed}", data={**typed, "dial_reason": dial_reason})
    return answer.text if answer.status_code == 422 else str(answer.status_code)


def test_one_kilometre_after_83620_is_asked_about_beside_the_dial_and_kept_as_typed(
    trip: Dispatch, client: FlaskClient
) -> None:
    assert "dial_reason" not in client.get(f"/vehicles/dispatches/{trip.id}/departure").text
    asked = send(client, trip, 1)
    assert 'id="dial_reason-error"' in asked
    assert "上次读数83,620公里，本次1公里，确认无误？存疑原因：后一读数比前一读数少83,619公里，里程表不会倒走" in asked
    assert re.search(r'<input[^>]*name="odometer"[^>]*value="1"', asked)
    assert not db.session.scalars(select(Departure)).all()
    assert send(client, trip, SHOWN + 2) == "303"
    assert not db.session.scalars(select(ReadingConfirmation)).all()


def test_a_confirmed_reading_is_taken_and_its_finding_carries_the_reason(trip: Dispatch, client: FlaskClient) -> None:
    assert send(client, trip, 1, "replaced") == "303"
    [found] = findings.of_period(month(2023, 5))
    assert found.confirmation
    assert (found.confirmation.why, found.confirmation.beside) == ("replaced", SHOWN)
    assert found.settlement is None
    for page in (f"/vehicles/odometer/cars/{trip.vehicle_id}", "/vehicles/fuel/findings?period=2023",
                 f"/vehicles/fuel/findings/{trip.vehicle_id}/{found.key}/settlement"):  # fmt: skip
        assert "里程表已更换" in client.get(page).text


def test_a_made_up_reason_is_no_confirmation(trip: Dispatch, client: FlaskClient, by: Actor) -> None:
    assert 'id="dial_reason-error"' in send(client, trip, 1, "because")
    with pytest.raises(Rejected) as refusal, transaction():
        trips.depart(trip, AT, 1, by, dial_reason="because")
    assert refusal.value.field == "dial_reason"


def test_the_end_of_a_trip_asks_what_no_car_can_drive_in_the_time(trip: Dispatch, client: FlaskClient) -> None:
    assert send(client, trip, SHOWN) == "303"
    asked = send(client, trip, SHOWN + 900, deed="return")
    assert "上次读数83,620公里，本次84,520公里，确认无误？存疑原因：3.0小时内相差900公里，超过每小时120公里" in asked
    assert f"上次读数时间{AT:%Y-%m-%d %H:%M}" in asked
    assert not db.session.scalars(select(TripReturn)).all()
    assert send(client, trip, SHOWN + 90, deed="return") == "303"


def test_the_json_door_asks_too(trip: Dispatch, client: FlaskClient) -> None:
    address = f"/api/vehicles/dispatches/{trip.id}/departure"
    token = client.get("/").text.split('name="csrf-token" content="')[1].split('"')[0]
    typed = {"at": "2023-05-09T08:30", "odometer": 1}
    answer = client.post(address, json=typed, headers={"X-CSRFToken": token})
    assert (answer.status_code, answer.get_json()["field"]) == (422, "dial_reason")
    again = client.post(address, json={**typed, "dial_reason": "misread"}, headers={"X-CSRFToken": token})
    assert again.status_code == 201


def test_a_trip_that_is_entered_late_is_asked_about_the_reading_after_it(trip: Dispatch, by: Actor) -> None:
    with transaction():
        service.record(trip.vehicle_id, SHOWN + 40, AT + timedelta(hours=8), Source.MANUAL, "", by)
    with pytest.raises(Rejected) as refusal, transaction():
        trips.depart(trip, AT, SHOWN + 2, by)
        db.session.flush()
        db.session.expire(trip)
        trips.take_back(trip, AT + timedelta(hours=2), SHOWN + 60, by)
    assert "其后2023-05-09 16:30的读数为83,660公里" in str(refusal.value.message)
    assert not db.session.scalars(select(Departure)).all()


def test_what_was_read_on_a_trip_over_the_end_of_a_month_is_no_gap_of_the_next(app: Flask, by: Actor) -> None:
    left = datetime(2023, 4, 30, 9)
    trip = make_dispatch(left, 30)
    with transaction():
        trips.depart(trip, left, 1000, by)
        db.session.flush()
        service.note(trip.vehicle_id, 1300, left + timedelta(hours=6), Source.FUEL, by)
        db.session.expire(trip)
        trips.take_back(trip, left + timedelta(hours=28), 1600, by)
    assert findings.of_period(year(2023)) == []
    assert findings.of_period(month(2023, 5)) == []
    assert db.session.scalars(select(OdometerReading.value).order_by(OdometerReading.at)).all() == [1000, 1300, 1600]


@pytest.mark.pure
@pytest.mark.parametrize(
    ("value", "kind"),
    [(100, None), (102, None), (103, "gap"), (99, "backwards"), (99_000, "jump")],
)
def test_asked_is_what_would_be_found(value: int, kind: str | None) -> None:
    left = Read(AT, value, Source.DEPARTURE, 7)
    found = rules.doubt([Read(AT - timedelta(hours=9), 100, id=1)], [], left)
    assert (found.kind if found else None) == kind


@pytest.mark.pure
def test_a_replaced_dial_that_is_known_is_not_asked_about() -> None:
    replaced = Replaced(AT - timedelta(hours=1), 100, 0, 1)
    before = Read(AT - timedelta(hours=9), 100, id=1)
    assert rules.doubt([before], [replaced], Read(AT, 1, Source.DEPARTURE, 7)) is None
    assert rules.doubt([before], [], Read(AT, 1, Source.DEPARTURE, 7)) is not None


def test_a_finding_says_when_with_the_year_and_by_which_rule_it_is_doubted(
    trip: Dispatch, client: FlaskClient, by: Actor
) -> None:
    assert send(client, trip, SHOWN + 40, "misread") == "303"
    [found] = findings.of_period(month(2023, 5))
    assert found.why == (
        "2023-05-09 07:30 83,620公里 → 2023-05-09 08:30 83,660公里：两次读数相差40公里而无出车记录，超过院内挪车的2公里"
    )
    assert found.why in client.get("/vehicles/fuel/findings?period=2023").text
