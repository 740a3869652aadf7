"""One deed writes both: a policy meets the insurance, a fee stands in the ledger once, a dial is a reading."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from ops.core import clock
from ops.core.access import Actor
from ops.core.db import db, hold, transaction
from ops.core.errors import Rejected
from ops.core.period import year
from ops.indicators.readings import read
from ops.people.roles import Role
from ops.vehicles.costs import service as costs
from ops.vehicles.costs.models import PolicyPart, VehicleCost
from ops.vehicles.obligations import by_policy, queries, service
from ops.vehicles.obligations.jobs import note_and_remind
from ops.vehicles.obligations.models import Obligation
from ops.vehicles.odometer.models import OdometerReading
from ops.vehicles.sealing import service as sealing
from tests.app_fixtures import SignIn
from tests.factories import DAY
from tests.recounts.vehicles import cost as recounted
from tests.vehicles.obligations.test_obligations import METRIC, open_ones, owed
from tests.vehicles.sealing.test_sealing import make_holiday

NEXT = DAY + timedelta(days=365)
BOTH = {PolicyPart.COMPULSORY: (None, Decimal(950)), PolicyPart.DAMAGE: (Decimal(90_000), Decimal(1100))}


def insure(vehicle_id: int, by: Actor, parts: Any = None, paid: date = DAY, from_on: date | None = None) -> VehicleCost:
    begins = from_on or DAY + timedelta(days=1)
    with transaction():
        return costs.insure(vehicle_id, paid, "保险公司", "PDAA0001", begins, NEXT, parts or BOTH, "", None, by)


def two_owed(by: Actor) -> int:
    car = owed(by, DAY).vehicle_id or 0
    owed(by, DAY, "commercial", vehicle_id=car)
    return car


def test_a_policy_meets_what_it_insures_and_its_last_day_is_the_next_one(app: Flask, by: Actor) -> None:
    car = two_owed(by)
    row = insure(car, by)
    assert open_ones() == [("compulsory", NEXT), ("commercial", NEXT)]
    assert read(METRIC, year(2023)).value == 100
    [done] = queries.done_about(1)
    assert (done.paid, done.result, done.cost_id) == (2050, "PDAA0001", row.id)
    with pytest.raises(Rejected), transaction():
        service.reverse_done(done, "误登", by)
    with transaction():
        costs.reverse(row, "保单作废", by)
    assert open_ones() == [("compulsory", DAY), ("commercial", DAY)]
    insure(car, by, {PolicyPart.COMPULSORY: (None, Decimal(950)), PolicyPart.VESSEL_TAX: (None, Decimal(300))})
    assert open_ones() == [("commercial", DAY), ("compulsory", NEXT)]


def test_a_policy_that_begins_too_late_meets_it_late_and_one_of_old_years_meets_nothing(app: Flask, by: Actor) -> None:
    car = two_owed(by)
    with transaction():
        costs.insure(car, DAY, "保险公司", "B0", DAY - timedelta(days=365), DAY, BOTH, "", None, by)
    assert open_ones() == [("compulsory", DAY), ("commercial", DAY)]
    insure(car, by, from_on=DAY + timedelta(days=9))
    assert [each.closed_on for each in db.session.scalars(select(Obligation).where(Obligation.due_on == DAY))] == [
        DAY + timedelta(days=9)
    ] * 2
    assert read(METRIC, year(2023)).value == 0


def test_a_policy_that_is_to_begin_meets_it_at_night_when_it_has_begun(
    app: Flask, by: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    car, today = two_owed(by), clock.today()
    begins, ends = today + timedelta(days=9), today + timedelta(days=373)
    with transaction():
        voided = costs.insure(car, today, "保险公司", "B2", begins - timedelta(days=2), ends, BOTH, "", None, by)
        costs.insure(car, today, "保险公司", "B3", begins, ends, BOTH, "", None, by)
        costs.reverse(voided, "误登", by)
    unmet, met = [("compulsory", DAY), ("commercial", DAY)], [("compulsory", ends), ("commercial", ends)]
    monkeypatch.setattr(clock, "today", lambda: begins - timedelta(days=1))
    note_and_remind(begins - timedelta(days=2))
    assert open_ones() == unmet
    monkeypatch.setattr(clock, "today", lambda: begins)
    note_and_remind(begins - timedelta(days=1))
    assert open_ones() == met
    note_and_remind(begins)
    assert open_ones() == met
    [done] = queries.done_about(1)
    assert (done.done_on, done.result, done.valid_until) == (begins, "B3", ends)


def test_what_is_met_while_one_waits_for_it_is_not_met_twice(
    app: Flask, by: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    car = owed(by, DAY).vehicle_id or 0
    one = {PolicyPart.COMPULSORY: (None, Decimal(950))}

    def after_another(model: Any, *ids: int) -> Any:
        """Somebody else held it, and closed it."""
        db.session.connection().execute(update(Obligation).values(closed_on=DAY, closed_as="done"))
        return hold(model, *ids)

    monkeypatch.setattr(by_policy, "hold", after_another)
    insure(car, by, one)
    assert queries.done_about(1) == []
    assert open_ones() == []


def test_the_first_policy_of_a_car_plans_its_end(app: Flask, by: Actor) -> None:
    car, today = owed(by, DAY, "maintenance").vehicle_id or 0, clock.today()
    with transaction():
        costs.insure(car, today, "保险公司", "B1", today, today + timedelta(days=364), BOTH, "", None, by)
    last = today + timedelta(days=364)
    assert open_ones() == [("maintenance", DAY), ("compulsory", last), ("commercial", last)]


def test_what_an_inspection_cost_stands_in_the_ledger_once_and_goes_with_it(app: Flask, by: Actor) -> None:
    obligation = owed(by, DAY, "inspection_test")
    given: tuple[Any, ...] = (DAY, "合格", None, None, Decimal("170.00"), None, clock.today(), by)
    with transaction():
        done = service.record_done(obligation, *given)
    [row] = db.session.scalars(select(VehicleCost))
    assert (row.kind, row.day, row.amount, row.vehicle_id) == ("inspection", DAY, 170, obligation.vehicle_id)
    assert (done.cost_id, done.paid, done.cost) == (row.id, 170, None)
    assert "检验" in row.note
    assert read("vehicles.cost", year(2023)).value == 170
    with transaction():
        service.reverse_done(done, "录错车辆", by)
    assert read("vehicles.cost", year(2023)).value == sum(each.part for each in recounted()) == 0
    with transaction():
        costs.record(obligation.vehicle_id or 0, "inspection", DAY, Decimal("170.00"), "检测站", "", "", None, by)
    with pytest.raises(Rejected) as refusal, transaction():
        service.record_done(obligation, *given)
    assert refusal.value.field == "cost"
    assert db.session.scalar(select(func.count()).select_from(VehicleCost)) == 3


def test_a_premium_is_not_typed_beside_its_policy_and_the_page_leads_there(
    app: Flask, by: Actor, sign_in: SignIn
) -> None:
    obligation = owed(by)
    with pytest.raises(Rejected) as refusal, transaction():
        service.record_done(obligation, DAY, "续保", NEXT, None, Decimal(950), None, clock.today(), by)
    assert refusal.value.field == "cost"
    shown = sign_in(Role.DISPATCHER).get(f"/vehicles/obligations/{obligation.id}").text
    assert f"/vehicles/costs/policies/new?vehicle={obligation.vehicle_id}" in shown
    assert "登记保险单" in shown


def test_a_dial_read_at_sealing_is_a_reading_of_that_one_car(app: Flask, by: Actor) -> None:
    car, other = two_owed(by), owed(by, DAY, "maintenance").vehicle_id or 0
    holiday = make_holiday(by)
    given: tuple[Any, ...] = ("", "", "大院", "值班员", Decimal(1200), None, by)
    with pytest.raises(Rejected) as refusal, transaction():
        sealing.seal(holiday, [car, other], *given)
    assert refusal.value.field == "dial"
    with transaction():
        [sealed] = sealing.seal(holiday, [car], *given)
        leave = sealing.allow(sealed, holiday.starts_at, holiday.ends_at, "主任", "抢险", by)
        sealing.seal_again(leave, Decimal(1300), by, "moved")
    read_ = db.session.scalars(select(OdometerReading).order_by(OdometerReading.id)).all()
    assert [(each.vehicle_id, each.value, each.source) for each in read_] == [
        (car, 1200, "sealing"), (car, 1300, "sealing"),
    ]  # fmt: skip
