"""A replaced dial whose record is wrong: never a negative kilometre, whatever is put right first."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select

from ops.core.access import Actor
from ops.core.audit import AuditEntry
from ops.core.db import db, transaction
from ops.core.errors import Rejected
from ops.indicators.readings import read
from ops.people.roles import Role
from ops.vehicles import service as trips
from ops.vehicles.models import Dispatch
from ops.vehicles.odometer import dial_queries, queries, replacing, service
from ops.vehicles.odometer.models import DialReplacement, OdometerReading, ReadingReversal, Source
from tests.app_fixtures import SignIn
from tests.factories import AT, make_vehicle
from tests.vehicles.factories import make_departure, make_dispatch
from tests.vehicles.odometer.test_service import MAY, driven, no_drift


def replaced_on_the_way(by: Actor, *, back: int | None = 45) -> tuple[Dispatch, DialReplacement]:
    """Left at 99,950, a new dial from 0 at 99,990, back at `back` of the new one."""
    trip = make_departure(make_dispatch(), odometer=99_950)
    with transaction():
        change = replacing.replace_dial(
            trip.vehicle_id, trip.starts_at + timedelta(hours=1), 99_990, 0, "维修单第7号", None, by
        )
    if back is not None:
        with transaction():
            trips.take_back(trip, trip.starts_at + timedelta(hours=3), back, by)
    return trip, change


def read_later(trip: Dispatch, by: Actor, value: int = 60) -> OdometerReading:
    with transaction():
        return service.record(trip.vehicle_id, value, AT + timedelta(days=1), Source.MANUAL, "", by, "misread")


def returned(trip: Dispatch) -> OdometerReading:
    found = queries.of_trip(trip.id, Source.RETURN)
    assert found
    return found


def values_of(change: DialReplacement) -> dict[int, Decimal | None]:
    readings, proposed, _refusal = dial_queries.to_put_right(change)
    return {each.id: Decimal(proposed[each.id]) for each in readings}


def test_it_is_not_reversed_while_a_trip_came_back_by_the_new_dial(app: Flask, by: Actor) -> None:
    trip, change = replaced_on_the_way(by)
    with pytest.raises(Rejected) as refused, transaction():
        replacing.reverse_replacement(change, "未更换", by)
    assert "45" in str(refused.value.message)
    assert read("vehicles.kilometres", MAY).value == 85
    assert (returned(trip).value, change.reversal) == (45, None)


@pytest.mark.parametrize(("value", "kilometres"), [(100_035, 85), (100_000, 50)])
def test_one_deed_reverses_it_and_gives_its_readings_what_the_dial_that_stayed_showed(
    app: Flask, by: Actor, value: int, kilometres: int
) -> None:
    trip, change = replaced_on_the_way(by)
    after, of_return = read_later(trip, by), returned(trip)
    assert values_of(change) == {of_return.id: 100_035, after.id: 100_050}
    with transaction():
        replacing.reverse_replacement(change, "未更换", by, {of_return.id: Decimal(value), after.id: None})
    db.session.expire_all()
    assert read("vehicles.kilometres", MAY).value == kilometres
    right = returned(trip)
    assert (right.value, right.corrects_id, right.at) == (value, of_return.id, of_return.at)
    assert [bool(row.reversal) for row in (change, of_return, after, right)] == [True, True, True, False]
    assert db.session.scalars(select(ReadingReversal.reason)).all() == ["未更换", "未更换"]
    newest = db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id.desc())).first()
    assert newest == "vehicles.dial.replacement_reversed"
    with pytest.raises(Rejected), transaction():
        replacing.reverse_replacement(change, "再一次", by)
    assert no_drift()


@pytest.mark.parametrize("value", [None, 99_949, 105_000, 2_000_001])
def test_a_value_that_leaves_no_trip_is_refused_at_its_field(app: Flask, by: Actor, value: int | None) -> None:
    trip, change = replaced_on_the_way(by)
    key = returned(trip).id
    with pytest.raises(Rejected) as refused, transaction():
        replacing.reverse_replacement(change, "未更换", by, {key: None if value is None else Decimal(value)})
    assert refused.value.field == f"reading_{key}"
    assert read("vehicles.kilometres", MAY).value == 85


def test_a_value_less_than_the_reading_before_it_is_refused(app: Flask, by: Actor) -> None:
    trip, change = replaced_on_the_way(by)
    after = read_later(trip, by)
    with pytest.raises(Rejected) as refused, transaction():
        replacing.reverse_replacement(change, "未更换", by, values_of(change) | {after.id: Decimal(100_034)})
    assert refused.value.field == f"reading_{after.id}"
    assert "100,035" in str(refused.value.message)


def test_a_reading_that_came_meanwhile_is_asked_about(app: Flask, by: Actor) -> None:
    trip, change = replaced_on_the_way(by)
    values = values_of(change)
    read_later(trip, by)
    with pytest.raises(Rejected), transaction():
        replacing.reverse_replacement(change, "未更换", by, values)
    assert read("vehicles.kilometres", MAY).value == 85


def test_readings_that_fit_without_the_dial_stay(app: Flask, by: Actor) -> None:
    """It was entered for the wrong car: the trip came back by the dial that it left with."""
    trip = driven(by, 1000, 1080)
    with transaction():
        change = replacing.replace_dial(trip.vehicle_id, AT + timedelta(hours=1), 1040, 1030, "单据", None, by)
    assert read("vehicles.kilometres", MAY).value == 90
    assert values_of(change) == {}
    with transaction():
        replacing.reverse_replacement(change, "登错车辆", by)
    assert read("vehicles.kilometres", MAY).value == 80
    assert no_drift()


def test_it_is_reversed_while_the_trip_is_out_and_the_return_is_of_the_dial_that_stayed(app: Flask, by: Actor) -> None:
    trip, change = replaced_on_the_way(by, back=None)
    with transaction():
        replacing.reverse_replacement(change, "未更换", by)
    with pytest.raises(Rejected), transaction():
        trips.take_back(trip, trip.starts_at + timedelta(hours=3), 45, by)
    with transaction():
        trips.take_back(trip, trip.starts_at + timedelta(hours=3), 100_020, by)
    assert read("vehicles.kilometres", MAY).value == 70


def replaced_again(trip: Dispatch, by: Actor) -> DialReplacement:
    """An hour later: the first new dial at 30, another from 10."""
    with transaction():
        return replacing.replace_dial(trip.vehicle_id, trip.starts_at + timedelta(hours=2), 30, 10, "单据", None, by)


def test_the_first_of_two_is_reversed_and_the_second_says_what_the_dial_that_stayed_showed(
    app: Flask, by: Actor, sign_in: SignIn
) -> None:
    trip, change = replaced_on_the_way(by)
    between = read_later(trip, by, 20)
    with transaction():
        service.reverse(between, "记错", by)
        kept = service.record(
            trip.vehicle_id, 20, trip.starts_at + timedelta(minutes=90), Source.MANUAL, "", by, "misread"
        )
    again = replaced_again(trip, by)
    assert read("vehicles.kilometres", MAY).value == 105
    client, address = sign_in(Role.DISPATCHER), f"/vehicles/odometer/replacements/{change.id}/reversal"
    shown, field = client.get(address).text, f"reading_{-again.id}"
    assert "再次更换里程表：旧表末次读数30公里" in shown
    assert f'name="{field}"' in shown
    assert 'value="100020"' in shown
    typed = {f"reading_{kept.id}": "100010", field: "100020", "reason_given": "未更换"}
    for wrong in ("", "100009", "2000001"):
        refused = client.post(address, data={**typed, field: wrong})
        assert (refused.status_code, f'id="{field}-error"' in refused.text) == (422, True), wrong
    assert client.post(address, data=typed).status_code == 303
    assert read("vehicles.kilometres", MAY).value == 105, "the kilometres stay as they were"
    db.session.expire_all()
    [stands] = [row for row in db.session.scalars(select(DialReplacement)) if row.reversal is None]
    assert (stands.corrects_id, stands.old_last, stands.new_first, stands.paper) == (again.id, 100_020, 10, "单据")
    assert returned(trip).value == 45, "what was read of the second dial stays"
    assert no_drift()


def test_another_number_of_the_dial_that_stayed_moves_the_kilometres(app: Flask, by: Actor) -> None:
    trip, change = replaced_on_the_way(by)
    again = replaced_again(trip, by)
    with transaction():
        replacing.reverse_replacement(change, "未更换", by, {-again.id: Decimal(100_000)})
    assert read("vehicles.kilometres", MAY).value == 85
    assert no_drift()


def test_a_dial_replaced_again_can_be_reversed_first_as_well(app: Flask, by: Actor) -> None:
    trip, change = replaced_on_the_way(by)
    again = replaced_again(trip, by)
    assert read("vehicles.kilometres", MAY).value == 105
    with pytest.raises(Rejected, match="1"), transaction():
        replacing.reverse_replacement(change, "未更换", by, values_of(change))
    with transaction():
        replacing.reverse_replacement(again, "未更换", by)
    with transaction():
        replacing.reverse_replacement(change, "未更换", by, values_of(change))
    assert read("vehicles.kilometres", MAY).value == 85
    assert no_drift()


def test_the_record_is_corrected_and_readings_stay(app: Flask, by: Actor) -> None:
    trip, change = replaced_on_the_way(by)
    with transaction():
        right = replacing.correct_replacement(change, change.at, 99_980, 5, "维修单第8号", "抄错", by)
    assert read("vehicles.kilometres", MAY).value == 70
    assert (right.corrects_id, change.reversal.reason if change.reversal else "") == (change.id, "抄错")
    values = db.session.scalars(select(OdometerReading.value).order_by(OdometerReading.id)).all()
    assert values == [99_950, 45]
    later, never = trip.starts_at + timedelta(hours=5), datetime(2090, 1, 1)
    wrong = ((right.at, 99_980, "old_last"), (right.at, 99_949, "old_last"), (never, 99_980, "at"))
    for at, old_last, field in (*wrong, (later, 99_980, "old_last")):
        with pytest.raises(Rejected) as refused, transaction():
            replacing.correct_replacement(right, at, old_last, 5, "维修单第8号", "抄错", by)
        assert refused.value.field == field, (at, old_last)
    assert read("vehicles.kilometres", MAY).value == 70
    assert no_drift()


def test_the_first_of_two_replaced_dials_is_corrected_without_a_question_about_the_second(
    app: Flask, by: Actor
) -> None:
    car, days = make_vehicle().id, [AT + timedelta(days=each) for each in range(5)]
    with transaction():
        service.record(car, 99_950, days[0], Source.MANUAL, "", by)
        first = replacing.replace_dial(car, days[1], 100_000, 0, "维修单第7号", None, by)
        service.record(car, 40, days[2], Source.MANUAL, "", by)
        replacing.replace_dial(car, days[3], 80, 0, "维修单第8号", None, by)
    with transaction():
        right = replacing.correct_replacement(first, days[1], 99_990, 0, "维修单第7号", "抄错", by)
    assert right.old_last == 99_990


@pytest.mark.parametrize(("old_last", "new_first"), [(999, 0), (1000, 1090), (7000, 0)])
def test_a_replacement_that_leaves_no_trip_is_refused(app: Flask, by: Actor, old_last: int, new_first: int) -> None:
    trip = driven(by, 1000, 1080)
    with pytest.raises(Rejected) as refused, transaction():
        at = trip.starts_at + timedelta(hours=1)
        replacing.replace_dial(trip.vehicle_id, at, old_last, new_first, "单据", None, by)
    assert refused.value.field == "old_last"
    assert read("vehicles.kilometres", MAY).value == 80


def test_a_new_dial_begins_no_higher_than_it_was_read_afterwards(app: Flask, by: Actor) -> None:
    car, days = make_vehicle().id, [AT - timedelta(days=each) for each in (9, 7, 5, 1)]
    with transaction():
        for day, value in ((days[0], 100_000), (days[2], 120), (days[3], 900)):
            service.record(car, value, day, Source.MANUAL, "", by, "replaced")
    with pytest.raises(Rejected) as refused, transaction():
        replacing.replace_dial(car, days[1], 100_050, 5_000, "维修单第7号", None, by)
    assert refused.value.field == "new_first"
    assert "120" in str(refused.value.message)
    with transaction():
        change = replacing.replace_dial(car, days[1], 100_050, 120, "维修单第7号", None, by)
    with pytest.raises(Rejected) as refused, transaction():
        replacing.correct_replacement(change, days[1], 100_050, 121, "维修单第7号", "抄错", by)
    assert refused.value.field == "new_first"


def test_a_new_dial_begins_no_higher_than_it_ended(app: Flask, by: Actor) -> None:
    """It was replaced itself before anybody read it, and what was read of the next one says nothing of it."""
    car = make_vehicle().id
    with transaction():
        replacing.replace_dial(car, AT - timedelta(days=2), 300, 0, "维修单第8号", None, by)
        service.record(car, 10, AT - timedelta(days=1), Source.MANUAL, "", by)
    with pytest.raises(Rejected) as refused, transaction():
        replacing.replace_dial(car, AT - timedelta(days=4), 90_000, 301, "维修单第7号", None, by)
    assert refused.value.field == "new_first"
    with transaction():
        assert replacing.replace_dial(car, AT - timedelta(days=4), 90_000, 300, "维修单第7号", None, by).id


def test_the_page_shows_what_goes_with_it_before_it_is_confirmed(app: Flask, by: Actor, sign_in: SignIn) -> None:
    trip, change = replaced_on_the_way(by)
    read_later(trip, by)
    client, address = sign_in(Role.DISPATCHER), f"/vehicles/odometer/replacements/{change.id}/reversal"
    shown = client.get(address).text
    fields = {f"reading_{key}": str(value) for key, value in values_of(change).items()}
    for name, value in fields.items():
        assert f'name="{name}"' in shown
        assert f'value="{value}"' in shown
    refused = client.post(address, data={**fields, "reason_given": ""})
    assert (refused.status_code, 'id="reason_given-error"' in refused.text) == (422, True)
    first = next(iter(fields))
    wrong = client.post(address, data={**fields, first: "99000", "reason_given": "未更换"})
    assert (wrong.status_code, f'id="{first}-error"' in wrong.text, 'value="99000"' in wrong.text) == (422, True, True)
    assert client.post(address, data={**fields, "reason_given": "未更换"}).status_code == 303
    assert read("vehicles.kilometres", MAY).value == 85
    assert client.post(address, data={"reason_given": "未更换"}).status_code == 422
    assert sign_in(Role.AUDITOR).get(address).status_code == 403


def test_the_page_of_the_correction_keeps_what_was_typed(app: Flask, by: Actor, sign_in: SignIn) -> None:
    _trip, change = replaced_on_the_way(by)
    client, address = sign_in(Role.DISPATCHER), f"/vehicles/odometer/replacements/{change.id}/correction"
    typed = {"old_last": "99000", "new_first": "0", "paper": "维修单第8号", "reason_given": "抄错"}
    typed["at"] = f"{change.at:%Y-%m-%dT%H:%M}"
    refused = client.post(address, data=typed)
    found = (refused.status_code, 'id="old_last-error"' in refused.text, "维修单第8号" in refused.text)
    assert found == (422, True, True)
    assert client.post(address, data={**typed, "old_last": "99970"}).status_code == 303
    assert read("vehicles.kilometres", MAY).value == 65
    assert "已更正" in client.get(f"/vehicles/odometer/cars/{change.vehicle_id}").text
