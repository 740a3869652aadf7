"""Costs of the cars: rows and reversals, fills with cards and the dial, policies, repairs up to the invoice, tanks."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from hypothesis import strategies as st
from sqlalchemy import func, select

from ops.core import audit, clock
from ops.core.db import db
from ops.core.period import Period, quarter, year
from ops.vehicles.costs import queries, repair_service, service
from ops.vehicles.costs.account import full_to_full
from ops.vehicles.costs.models import CardEntry, CostKind, FuelCard, FuelFill, PolicyPart, VehicleCost
from ops.vehicles.costs.repair_models import RepairJob, RepairStep
from ops.vehicles.models import Vehicle
from ops.vehicles.odometer.models import OdometerReading, ReadingReversal
from tests.random_work.steps import BY, Deed, Draw, ids, moment, money, some
from tests.random_work.steps import days as days_of_work
from tests.random_work.vehicles_odometer_work import hidden
from tests.recounts.counted import rows as rows_of

EVER = Period(date(2000, 1, 1), clock.today())
KINDS = (CostKind.TOLLS, CostKind.PARKING, CostKind.INSPECTION, CostKind.OTHER)


def arrange() -> None:
    """A card that every car may use."""
    if not ids(FuelCard):
        db.session.add(FuelCard(number="9000", vehicle_id=None, opened_on=date(2022, 1, 1)))
        audit.record("test.arranged", "fuel_card", BY)


def spend(draw: Draw) -> Deed | None:
    if not (car := some(Vehicle, draw)):
        return None
    kind, day, amount = draw(st.sampled_from(KINDS)), draw(days_of_work), money(draw)
    return lambda: service.record(car.id, kind, day, amount, "收款单位", "", "", None, BY)


def refuel(draw: Draw) -> Deed | None:
    if not (car := some(Vehicle, draw)):
        return None
    at, litres, amount = moment(draw), money(draw, 90), money(draw)
    card, shown, full = draw(st.none() | st.just(1)), draw(st.none() | st.integers(0, 9000)), draw(st.booleans())
    dial = None if shown is None else Decimal(shown)
    return lambda: service.fill(car.id, at, litres, amount, full, dial, card, "加油站", "", None, BY, "misread")


def take_back(draw: Draw) -> Deed | None:
    cost = some(VehicleCost, draw)
    return cost and (lambda: service.reverse(cost, "误登", BY))


def top_up(draw: Draw) -> Deed | None:
    card, day, amount = some(FuelCard, draw), draw(days_of_work), money(draw)
    return card and (lambda: service.top_up(card, day, amount, "", BY))


def take_top_up_back(draw: Draw) -> Deed | None:
    entry = some(CardEntry, draw)
    return entry and (lambda: service.reverse_top_up(entry, "未到账", BY))


def insure(draw: Draw) -> Deed | None:
    if not (car := some(Vehicle, draw)):
        return None
    day, premium = draw(days_of_work), money(draw)
    parts = {PolicyPart.COMPULSORY: (None, premium), PolicyPart.DAMAGE: (Decimal(50_000), premium)}
    from_on, to_on = day + timedelta(days=1), day + timedelta(days=365)
    return lambda: service.insure(car.id, day, "保险公司", "B1", from_on, to_on, parts, "", None, BY)


def repair(draw: Draw) -> Deed | None:
    """Asked for, quoted, approved, done and invoiced in one go: the steps have tests of their own."""
    if not (car := some(Vehicle, draw)):
        return None
    day, quoted, share = draw(days_of_work), money(draw, 3000), draw(st.sampled_from([0, 1, Decimal("1.01")]))

    def deed() -> None:
        job: RepairJob = repair_service.ask(car.id, day, "保养", "定点厂", None, BY)
        db.session.flush()
        repair_service.quote(job, [("项目", quoted)], "", BY)
        db.session.refresh(job)
        repair_service.approve(job, quoted, "纪要", "", BY)
        repair_service.finish(job, "", BY)
        repair_service.invoice(job, day, (quoted * (share or 1)).quantize(Decimal("0.01")), "F1", None, BY)

    return deed


def set_tank(draw: Draw) -> Deed | None:
    car, energy = some(Vehicle, draw), draw(st.sampled_from(["petrol", "electric"]))
    return car and (lambda: service.set_tank(car.id, energy, Decimal(50), BY))


def check_besides() -> None:
    """A card's ledger adds up; every reversed row and its reversal cancel; litres follow their amounts; a repair whose
    invoice was taken back waits for the right one; from full tank to full tank is what the rows say.
    """
    for card in db.session.scalars(select(FuelCard)):
        entries = queries.card_entries(card.id)
        spent = db.session.scalar(select(func.sum(CardEntry.amount)).where(CardEntry.card_id == card.id))
        assert (entries[-1][1] if entries else None) == spent
    rows = {row.id: row for row in db.session.scalars(select(VehicleCost))}
    for row in rows.values():
        if row.reverses_id:
            first = rows[row.reverses_id]
            same = (row.vehicle_id, row.kind, row.day, -row.amount)
            assert same == (first.vehicle_id, first.kind, first.day, first.amount)
            assert (row.fill.litres if row.fill else None) == (-first.fill.litres if first.fill else None)
    for step in db.session.scalars(select(RepairStep).where(RepairStep.cost_id.is_not(None))):
        assert step.amount == rows[step.cost_id or 0].amount
    turned = {row.reverses_id for row in rows.values()}
    for job in db.session.scalars(select(RepairJob)):
        last = max(job.steps, key=lambda step: step.id)
        invoiced = max((step for step in job.steps if step.cost_id), key=lambda step: step.id, default=None)
        if invoiced:
            assert (last.kind, last is invoiced) == (("finished", False) if invoiced.cost_id in turned
                                                     else ("invoiced", True))  # fmt: skip
    for car in ids(Vehicle):
        for period in (EVER, quarter(2023, 1), year(2023)):
            assert full_to_full(car, period) == per_100_by_hand(car, period), (car, period.key)


def per_100_by_hand(car: int, period: Period) -> Decimal | None:
    """What was filled after a full tank and up to the next one, over what the dials moved in between."""
    turned = {row.reverses_id for row in rows_of(VehicleCost) if row.reverses_id}
    stands = {row.id for row in rows_of(VehicleCost) if row.vehicle_id == car and not row.reverses_id} - turned
    void = {row.reading_id for row in rows_of(ReadingReversal)}
    dial = {row.cost_id: row.value for row in rows_of(OdometerReading) if row.cost_id and row.id not in void}
    fills = [row for row in rows_of(FuelFill) if row.cost_id in stands]
    fills.sort(key=lambda row: (row.at, row.cost_id))
    full = [number for number, row in enumerate(fills) if row.is_full and row.cost_id in dial]
    litres, kilometres = Decimal(0), 0
    for first, second in pairwise(full):
        left, came = fills[first], fills[second]
        driven = dial[came.cost_id] - dial[left.cost_id] + hidden(car, left.at, came.at)
        if driven > 0 and period.first <= came.at.date() <= period.last:
            litres += sum(row.litres for row in fills[first + 1 : second + 1])
            kilometres += driven
    return (litres * 100 / kilometres).quantize(Decimal("0.01"), ROUND_HALF_UP) if kilometres else None


STEPS = (
    *(spend, spend, refuel, refuel, take_back, take_back, top_up, take_top_up_back, insure, repair),
    *(set_tank, set_tank),
)
