"""One rule at every door that takes a reading: what is far beyond the last one is asked about, and the answer stays."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage

from ops.core import clock
from ops.core.access import Actor
from ops.core.db import db, transaction
from ops.core.errors import Rejected
from ops.people.roles import Role
from ops.vehicles import service as trips
from ops.vehicles.costs import repair_service
from ops.vehicles.costs import service as costs
from ops.vehicles.costs.statement_service import take_in
from ops.vehicles.models import Vehicle
from ops.vehicles.obligations import service as obligations
from ops.vehicles.obligations.models import ObligationKind
from ops.vehicles.odometer import replacing, rules, service
from ops.vehicles.odometer.models import DialReplacement, OdometerReading, ReadingConfirmation, Source
from ops.vehicles.odometer.rules import Read, Usual
from ops.vehicles.sealing import service as sealing
from ops.vehicles.sealing.models import SealingHoliday
from ops.vehicles.settings import service as settings
from tests.app_fixtures import SignIn
from tests.factories import AT, make_vehicle
from tests.vehicles.costs.factories import make_card
from tests.vehicles.factories import make_dispatch

SHOWN, FAR = 40_000, 47_000
Door = Callable[[Vehicle, int, str, Actor], object]


@pytest.fixture
def car(app: Flask, by: Actor) -> Vehicle:
    """Some sixty kilometres a day for three weeks, up to yesterday."""
    car, now = make_vehicle(), clock.now().replace(second=0)
    with transaction():
        for days in range(21, 0, -1):
            service.record(car.id, SHOWN - 60 * (days - 1), now - timedelta(days=days), Source.MANUAL, "", by)
    return car


def fill(car: Vehicle, km: int, why: str, by: Actor) -> object:
    given: dict[str, Any] = {"is_full": True, "card_id": None, "station": "", "paper_no": "", "proof": None}
    at = clock.now().replace(second=0)
    return costs.fill(
        car.id, at, Decimal(40), Decimal(300), odometer_value=Decimal(km), by=by, dial_reason=why, **given
    )


def repair(car: Vehicle, km: int, why: str, by: Actor) -> object:
    return repair_service.ask(car.id, clock.today(), "更换机油", "定点维修厂", Decimal(km), by, why)


def maintain(car: Vehicle, km: int, why: str, by: Actor) -> object:
    owed = obligations.owe(car.id, ObligationKind.MAINTENANCE, clock.today(), None, by)
    db.session.flush()
    return obligations.record_done(
        owed, clock.today(), "已保养", None, Decimal(km), None, None, clock.today(), by, dial_reason=why
    )


def seal(car: Vehicle, km: int, why: str, by: Actor) -> object:
    begins = clock.now() + timedelta(days=1)
    holiday = SealingHoliday(name="假日", starts_at=begins, ends_at=begins + timedelta(days=3))
    db.session.add(holiday)
    db.session.flush()
    return sealing.seal(holiday, [car.id], "", "", "车库", "保管员", Decimal(km), None, by, why)


def by_hand(car: Vehicle, km: int, why: str, by: Actor) -> object:
    return service.record(car.id, km, clock.now().replace(second=0), Source.MANUAL, "", by, why)


def put_right(car: Vehicle, km: int, why: str, by: Actor) -> object:
    last = db.session.scalars(select(OdometerReading).order_by(OdometerReading.at.desc())).first()
    assert last
    return service.correct(last, km, "看错", by, why)


DOORS: dict[str, Door] = {
    "fill": fill, "repair": repair, "maintain": maintain, "seal": seal, "by_hand": by_hand, "put_right": put_right,
}  # fmt: skip


@pytest.mark.parametrize("name", DOORS)
def test_a_far_off_dial_is_asked_about_at_each_door_and_the_answer_kept(car: Vehicle, by: Actor, name: str) -> None:
    def readings() -> int:
        return db.session.scalar(select(func.count()).select_from(OdometerReading)) or 0

    before = readings()
    with pytest.raises(Rejected) as refusal, transaction():
        DOORS[name](car, FAR, "", by)
    assert refusal.value.field == "dial_reason"
    said = str(refusal.value.message)
    assert f"本次{FAR:,}公里" in said
    assert "该车平时每日约60公里" in said
    assert readings() == before
    with transaction():
        DOORS[name](car, FAR, "long_way", by)
    kept = db.session.scalars(select(ReadingConfirmation)).one()
    assert (kept.why, kept.by) == ("long_way", by.name)
    assert kept.beside in (SHOWN, SHOWN - 60)


@pytest.mark.parametrize("name", DOORS)
def test_what_is_usual_is_not_asked_about(car: Vehicle, by: Actor, name: str) -> None:
    with transaction():
        DOORS[name](car, SHOWN + 80, "", by)
    assert not db.session.scalars(select(ReadingConfirmation)).all()


def test_a_departure_far_from_the_last_dial_is_asked_about_also_while_an_earlier_trip_is_still_out(
    car: Vehicle, by: Actor
) -> None:
    left = clock.now().replace(second=0) - timedelta(hours=20)
    with transaction():
        trips.depart(make_dispatch(left, 2, vehicle_id=car.id), left, SHOWN, by, early_reason="电话派车")
    trip = make_dispatch(clock.now() + timedelta(minutes=5), vehicle_id=car.id)
    with pytest.raises(Rejected) as refusal, transaction():
        trips.depart(trip, clock.now(), SHOWN + 1500, by)
    assert refusal.value.field == "dial_reason"
    with transaction():
        trips.depart(trip, clock.now(), SHOWN + 1500, by, dial_reason="trip_missed")
    assert db.session.scalars(select(ReadingConfirmation.why)).all() == ["trip_missed"]


def test_an_old_dials_last_reading_is_asked_about_and_a_second_dial_in_the_same_minute_refused(
    car: Vehicle, by: Actor, sign_in: SignIn
) -> None:
    client, address = sign_in(Role.DISPATCHER), f"/vehicles/odometer/cars/{car.id}/replacements/new"
    assert 'name="dial_reason"' not in client.get(address).text
    at = f"{clock.now():%Y-%m-%dT%H:%M}"
    typed = {"at": at, "old_last": str(FAR), "new_first": "0", "paper": "维修单第7号"}
    asked = client.post(address, data=typed)
    assert asked.status_code == 422
    assert "平时每日约60公里" in asked.text.split('id="dial_reason-error"')[1].split("</p>")[0]
    assert f'value="{FAR}"' in asked.text
    assert client.post(address, data={**typed, "dial_reason": "trip_missed"}).status_code == 303
    row = db.session.scalars(select(DialReplacement)).one()
    assert row.confirmation
    assert (row.confirmation.why, row.confirmation.beside) == ("trip_missed", SHOWN)
    assert "之前有行程漏登" in client.get(f"/vehicles/odometer/cars/{car.id}").text
    again = client.post(address, data={**typed, "old_last": "10", "new_first": "5"})
    assert again.status_code == 422
    assert "同一分钟" in again.text.split('id="at-error"')[1].split("</p>")[0]
    assert len(db.session.scalars(select(DialReplacement)).all()) == 1


def test_correcting_a_replacement_asks_again_and_leaves_itself_out(car: Vehicle, by: Actor) -> None:
    at = clock.now().replace(second=0)
    with transaction():
        row = replacing.replace_dial(car.id, at, SHOWN + 20, 0, "维修单", None, by)
    with pytest.raises(Rejected) as refusal, transaction():
        replacing.correct_replacement(row, at, FAR, 0, "维修单", "看错", by)
    assert refusal.value.field == "dial_reason"
    with transaction():
        made = replacing.correct_replacement(row, at, SHOWN + 25, 0, "维修单", "看错", by)
    assert made.confirmation is None


def test_a_statement_hands_the_row_back_with_the_question_and_takes_it_with_the_reason(car: Vehicle, by: Actor) -> None:
    make_card(car.id)

    def sent(why: str) -> tuple[int, str]:
        head = "卡号,交易时间,数量,金额,流水号,里程,读数不符的原因"
        row = f"9000,{clock.now():%Y-%m-%d %H:%M:00},40,300,S1,{FAR},{why}"
        with transaction():
            made = take_in(FileStorage(BytesIO(f"{head}\n{row}\n".encode()), "对账单.csv"), by)
        return made.added, "".join(fault.reason for fault in made.faults)

    added, reason = sent("")
    assert added == 0
    assert "平时每日约60公里" in reason
    assert sent("其间长途行驶") == (1, "")
    assert db.session.scalars(select(ReadingConfirmation.why)).all() == ["long_way"]


def test_how_far_is_too_far_is_a_dated_setting(car: Vehicle, by: Actor) -> None:
    with transaction():
        settings.set_value("dial_far_km", 200, clock.today(), "车队规定", by)
        settings.set_value("dial_far_times", 2, clock.today(), "车队规定", by)
    with pytest.raises(Rejected), transaction():
        by_hand(car, SHOWN + 350, "", by)
    with transaction():
        by_hand(car, SHOWN + 190, "", by)


@pytest.mark.pure
@pytest.mark.parametrize(
    ("usual", "days", "most"),
    [(Usual(60, 5, 500), 1, 500), (Usual(60, 5, 500), 3, 900), (Usual(None, 5, 500), 2, 1000), (Usual(), 9, None),
     (Usual(0, 5, 500), 30, 500)],
)  # fmt: skip
def test_what_a_car_may_have_gone_unasked(usual: Usual, days: int, most: int | None) -> None:
    assert usual.most(timedelta(days=days)) == most


@pytest.mark.pure
@pytest.mark.parametrize(("km", "kind"), [(600, "far"), (500, None), (99, "backwards"), (90_000, "jump")])
def test_elsewhere_than_on_trips_only_what_cannot_be_or_is_far_is_asked(km: int, kind: str | None) -> None:
    new = Read(AT + timedelta(hours=20), km if kind == "backwards" else 100 + km, Source.FUEL)
    found = rules.doubt([Read(AT, 100, id=1)], [], new, Usual(60, 5, 500))
    assert (found.kind if found else None) == kind
