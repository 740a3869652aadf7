"""Demo: a year of fuel, tolls, parking, insurance, inspections, repairs and violations of every car, by number."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from sqlalchemy import insert, select

from ...core import audit
from ...core.db import db
from ...core.demo import DemoYear
from ...indicators import stale
from ..models import Dispatch, TripReturn, Vehicle
from ..obligations import demo as obligations
from ..obligations.models import ObligationKind
from ..obligations.rules import CarFacts
from ..odometer.models import OdometerReading, Source
from . import demo_expenses, demo_repairs
from .models import (
    CardEntry,
    CarTank,
    CostKind,
    Energy,
    FuelCard,
    FuelFill,
    InsurancePolicy,
    PolicyPart,
    PolicyPremium,
    VehicleCost,
)

Row = dict[str, Any]
CLERK, STATIONS = "车辆管理员（演示）", ("城东加油站（演示）", "港区加油站（演示）", "新城加油站（演示）")
TANK, FULL_AFTER, FAR, TOP_UP = 55, 260, 60, Decimal(2000)
PRICE = Decimal("7.85")  # yuan a litre, about what petrol cost in those years
PREMIUMS = ((PolicyPart.COMPULSORY, None, "950"), (PolicyPart.VESSEL_TAX, None, "300"),
            (PolicyPart.DAMAGE, "90000", "1120.50"), (PolicyPart.THIRD_PARTY, "1000000", "812.40"),
            (PolicyPart.SEATS, "10000", "96"))  # fmt: skip


def make(demo: DemoYear) -> None:
    """After the trips: fills stand on the days of trips and read the dial where the trips left it."""
    chance = demo.chance("vehicles costs")
    facts = {car.id: each for car, each in obligations.cars_with_facts()}
    cars = db.session.scalars(select(Vehicle).where(Vehicle.deregistered_on.is_(None)).order_by(Vehicle.id)).all()
    if not db.session.scalar(select(FuelCard.id).limit(1)):
        _make_cards([car.id for car in cars])
    cards: dict[Any, int] = dict(iter(db.session.execute(select(FuelCard.vehicle_id, FuelCard.id))))
    trips = _trips(demo.year)
    costs = [row for car in cars for row in _insured(car, demo.year)]
    costs += [row for car in cars if car.id in facts for row in _inspected(car, facts[car.id], demo.year)]
    costs += [row for car in cars for row in _of_car(car, trips[car.id], cards, chance)]
    costs += demo_repairs.make([car.id for car in cars], demo, chance)
    costs += demo_expenses.make(demo.year, _cost)
    _insert(costs, demo)
    demo_repairs.link(costs)
    demo_expenses.link(costs)
    audit.record("vehicles.costs.demo.made", "vehicle_cost", demo.by, rows=len(costs))


def _make_cards(cars: list[int]) -> None:
    """Every tenth car is electric and has no card."""
    on_fuel = [car for car in cars if car % 10]
    electric = [{"vehicle_id": car, "energy": Energy.ELECTRIC, "litres": None} for car in cars if not car % 10]
    petrol = [{"vehicle_id": car, "energy": Energy.PETROL, "litres": TANK} for car in on_fuel]
    cards = [{"number": f"1000113{car:04}", "vehicle_id": car, "opened_on": date(2021, 12, 1)} for car in on_fuel]
    db.session.execute(insert(CarTank), [*petrol, *electric])
    db.session.execute(insert(FuelCard), cards)
    stale.touch(CarTank, set(db.session.scalars(select(TripReturn.day).distinct())))


def _trips(year: int) -> dict[int, list[Any]]:
    """(dispatch, back at, dial, kilometres) of each car's trips of the year, in order of time."""
    start, end = date(year, 1, 1), date(year, 12, 31)
    rows = select(Dispatch.vehicle_id, Dispatch.id, TripReturn.at, OdometerReading.value, OdometerReading.source)
    rows = rows.join(TripReturn).join(OdometerReading, OdometerReading.dispatch_id == Dispatch.id)
    found: dict[tuple[int, int], list[Any]] = {}
    for car, key, at, value, source in db.session.execute(rows.where(TripReturn.day.between(start, end))):
        trip = found.setdefault((car, key), [at, 0, 0])
        trip[2 if source == Source.DEPARTURE else 1] = value
    by_car: dict[int, list[Any]] = defaultdict(list)
    for (car, key), (at, dial, left) in sorted(found.items(), key=lambda item: (item[1][0], item[0])):
        by_car[car].append((key, at, dial, dial - left))
    return by_car


def _of_car(car: Vehicle, trips: list[Any], cards: dict[int, int], chance: Random) -> list[Row]:
    rows = []
    rate, driven = Decimal(chance.randint(72, 118)) / 10, 0
    for key, at, dial, kilometres in trips:
        driven += kilometres
        if kilometres > FAR:
            rows.append(
                _cost(car.id, CostKind.TOLLS, at.date(), Decimal(chance.randint(4, 30)) * 5, "高速公路（演示）", key)
            )
        if chance.random() < 0.2:
            paid = Decimal(chance.randint(5, 30))
            rows.append(_cost(car.id, CostKind.PARKING, at.date(), paid, "停车场（演示）", key))
        if car.id % 10 == 0 and kilometres > FAR:
            paid = Decimal(chance.randint(20, 60))
            rows.append(_cost(car.id, CostKind.ENERGY, at.date(), paid, "充电站（演示）", key))
        if car.id % 10 and driven > FULL_AFTER:
            rows.append(_fill(car.id, cards[car.id], key, at, dial, rate * driven / 100, chance))
            driven = 0
    return rows


def _fill(car: int, card: int, trip: int, at: datetime, dial: int, burnt: Decimal, chance: Random) -> Row:
    """Full again. Now and then what does not fit: more than the car burns, more than its tank holds."""
    fate = chance.random()
    wrong = Decimal("1.6") if fate < 0.03 else Decimal(chance.randint(96, 104)) / 100
    litres = min(burnt * wrong, Decimal(TANK + (6 if fate < 0.02 else 0))).quantize(Decimal("0.01"))
    amount = (litres * PRICE).quantize(Decimal("0.01"))
    row = _cost(car, CostKind.ENERGY, at.date(), amount, chance.choice(STATIONS), trip)
    at -= timedelta(minutes=1)
    return {**row, "fill": {"at": at, "litres": litres, "is_full": True, "card_id": card}, "dial": dial}


def _insured(car: Vehicle, year: int) -> list[Row]:
    """A policy a year, renewed when the old one ends; not before the car was on the register."""
    ends = obligations.insured_on(car.id, year)
    day = obligations.done_on(ObligationKind.COMPULSORY, car.id, ends)
    if day < car.registered_on:
        return []
    parts = [(part, insured and Decimal(insured), Decimal(premium)) for part, insured, premium in PREMIUMS]
    total = sum((premium for _part, _insured, premium in parts), Decimal(0))
    policy = {"policy_no": f"演示{year}{car.id:04}", "from_on": ends + timedelta(days=1),
              "to_on": obligations.insured_on(car.id, year + 1)}  # fmt: skip
    row = _cost(car.id, CostKind.INSURANCE, day, total, "保险公司（演示）")
    return [{**row, "note": policy["policy_no"], "policy": policy, "parts": parts}]


def _inspected(car: Vehicle, facts: CarFacts, year: int) -> list[Row]:
    """What the test line takes; the mark in the years between costs nothing."""
    tests = [due for due in obligations.inspections_in(facts, year) if due.kind is ObligationKind.INSPECTION_TEST]
    days = [obligations.done_on(due.kind, car.id, due.on) for due in tests if due.on > car.registered_on]
    return [_cost(car.id, CostKind.INSPECTION, day, obligations.FEE, "机动车检测站（演示）") for day in days]


def _cost(car: int, kind: CostKind, day: date, amount: Decimal, payee: str, trip: int | None = None) -> Row:
    given = {"paper_no": "", "note": "", "recorded_by": CLERK, "recorded_at": datetime.combine(day, time(18))}
    return {"vehicle_id": car, "kind": kind, "day": day, "amount": amount, "payee": payee, "dispatch_id": trip, **given}


def _insert(costs: list[Row], demo: DemoYear) -> None:
    """The ledger first, then what each group keeps under the same key."""
    columns = set(VehicleCost.__table__.columns.keys())
    plain = [{name: value for name, value in row.items() if name in columns} for row in costs]
    keys = db.session.scalars(insert(VehicleCost).returning(VehicleCost.id, sort_by_parameter_order=True), plain)
    for row, key in zip(costs, keys, strict=True):
        row["id"] = key
    fills = [row for row in costs if "fill" in row]
    policies = [row for row in costs if "policy" in row]
    db.session.execute(insert(FuelFill), [{**row["fill"], "cost_id": row["id"]} for row in fills])
    db.session.execute(insert(OdometerReading), [_reading(row) for row in fills])
    db.session.execute(insert(CardEntry), _on_cards(fills, demo))
    db.session.execute(insert(InsurancePolicy), [{**row["policy"], "cost_id": row["id"]} for row in policies])
    premiums = [
        {"cost_id": row["id"], "part": part, "insured": insured, "premium": premium}
        for row in policies
        for part, insured, premium in row["parts"]
    ]
    db.session.execute(insert(PolicyPremium), premiums)
    stale.touch(VehicleCost, {row["day"] for row in costs})
    stale.touch(FuelFill, {row["day"] for row in fills})
    stale.touch(OdometerReading, set())


def _reading(row: Row) -> Row:
    noted = {"recorded_at": row["recorded_at"], "recorded_by": CLERK, "source": Source.FUEL, "cost_id": row["id"]}
    return {**noted, "vehicle_id": row["vehicle_id"], "value": row["dial"], "at": row["fill"]["at"]}


def _on_cards(fills: list[Row], demo: DemoYear) -> list[Row]:
    """Each card is topped up at the year's beginning, and fills are paid from it."""
    first = demo.working_days[0]
    noted = {"recorded_by": CLERK, "recorded_at": datetime.combine(first, time(9)), "paper_no": ""}
    cards = sorted({row["fill"]["card_id"] for row in fills})
    tops = [{**noted, "card_id": card, "day": first, "amount": TOP_UP, "cost_id": None} for card in cards]
    spent = [
        {**noted, "card_id": row["fill"]["card_id"], "day": row["day"], "amount": -row["amount"], "cost_id": row["id"],
         "recorded_at": row["recorded_at"]} for row in fills
    ]  # fmt: skip
    return [*tops, *spent]
