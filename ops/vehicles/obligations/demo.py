"""Demo: what fell due in the year and was done, a little of it late; and what is open as of today."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, func, insert, select, update

from ...core import clock
from ...core.db import db
from ...core.demo import DemoYear
from ...indicators import stale
from ..costs.models import CostKind, VehicleCost
from ..models import Vehicle
from ..odometer import demo as dials
from ..odometer.models import OdometerReading
from ..register.file_models import Body, CarFile, DriverFile
from . import rules
from .models import (
    Closing,
    FitnessLeave,
    Obligation,
    ObligationDone,
    ObligationKind,
    ObligationLapse,
    ObligationTerm,
    ObligationWaiver,
)

Row = dict[str, Any]
KEEPER, CHIEF = "车辆管理员（演示）", "中心分管领导（演示）"
LATE_EVERY, LATE_DAYS = 41, 6
FEE = Decimal(170)  # of the test line, in the ledger
RESULTS = {
    ObligationKind.INSPECTION_TEST: "合格（演示）", ObligationKind.INSPECTION_MARK: "已领取检验标志（演示）",
    ObligationKind.COMPULSORY: "已续保（演示）", ObligationKind.COMMERCIAL: "已续保（演示）",
    ObligationKind.MAINTENANCE: "已按手册保养（演示）", ObligationKind.REVIEW: "审验合格（演示）",
}  # fmt: skip
PAID = {
    ObligationKind.INSPECTION_TEST: CostKind.INSPECTION, ObligationKind.COMPULSORY: CostKind.INSURANCE,
    ObligationKind.COMMERCIAL: CostKind.INSURANCE,
}  # fmt: skip
INSURED = (ObligationKind.COMPULSORY, ObligationKind.COMMERCIAL)
# (which of the cars, days from today): whatever the day, something stands at each reminder, and one thing lapsed
NEAR, LAPSED = ((10, 5), (11, 24), (12, 70)), (13, -3)
EARLIER, KM_LEFT, TOO_FAR, KM_TOO_FAR = 9, (600, 6000), 0, 36


def make(demo: DemoYear) -> None:
    """After the register and the trips. What is done lies in the demo year, what is open lies ahead of today."""
    cars = cars_with_facts()
    terms = {row.kind: f"term.{row.id}" for row in db.session.scalars(select(ObligationTerm))}
    today = clock.today()
    closed = [row for car, facts in cars for row in _of_year(car, facts, demo.year, terms)]
    closed += [row for row in _of_drivers(demo.year) if row["due_on"].year == demo.year]
    closed = [row for row in closed if row["due_on"] < today]
    if not db.session.scalar(select(Obligation.id).where(Obligation.closed_on.is_(None)).limit(1)):
        _insert([*_open_of_cars(cars, today, terms), *_open_of_drivers(today)])
    _set_kilometres([car.id for car, _facts in cars], today)
    for row in closed:
        row["closed_on"] = done_on(row["kind"], row["vehicle_id"] or row["driver_id"], row["due_on"])
    _insert_done(closed)
    waived = _waived(cars, demo)
    days = {row["due_on"] for row in [*closed, waived]}
    stale.touch(Obligation, days)
    stale.touch(ObligationLapse, days)


def cars_with_facts() -> list[tuple[Vehicle, rules.CarFacts]]:
    rows = select(Vehicle, CarFile).join(CarFile, CarFile.vehicle_id == Vehicle.id).order_by(Vehicle.id)
    found = db.session.execute(rows).all()
    return [
        (car, rules.CarFacts(Body(file.body), car.seats, file.first_registered_on or car.registered_on, file.old_cycle))
        for car, file in found
    ]


def insured_on(car_id: int, year: int) -> date:
    """The day by which a car's insurance is renewed every year, spread over the year."""
    return date(year, 1, 5) + timedelta(days=car_id * 97 % 350)


def done_on(kind: str, owner: int, due_on: date) -> date:
    """Some days before it was due; now and then late, but nobody drives without insurance."""
    late = kind not in INSURED and (owner * 7 + due_on.month) % LATE_EVERY == 0
    return due_on + timedelta(days=LATE_DAYS if late else -(owner % EARLIER))


def inspections_in(facts: rules.CarFacts, year: int) -> Iterator[rules.Due]:
    """What the rules ask for in the year."""
    for due in rules.inspections(facts):
        if due.on.year > year:
            return
        if due.on.year == year:
            yield due


def _of_year(car: Vehicle, facts: rules.CarFacts, year: int, terms: dict[str, str]) -> Iterator[Row]:
    """Not before the car was on the register."""
    dues = [rules.Due(kind, insured_on(car.id, year), terms[kind]) for kind in INSURED]
    dues += inspections_in(facts, year)
    for month in (3, 9):
        day = date(year, month, 1 + car.id % 28)
        dues.append(rules.Due(ObligationKind.MAINTENANCE, day, terms[ObligationKind.MAINTENANCE]))
    yield from (_owed(due, vehicle_id=car.id) for due in dues if due.on > car.registered_on)


def _of_drivers(year: int) -> Iterator[Row]:
    for driver, facts in _drivers():
        for due in rules.of_driver(facts, date(year - 1, 12, 31)):
            if due.kind is not ObligationKind.LICENCE:
                yield _owed(due, driver_id=driver)


def _drivers() -> list[tuple[int, rules.DriverFacts]]:
    return [
        (row.driver_id, rules.DriverFacts(row.licence_class, row.first_licensed_on, row.licence_until, row.born_on))
        for row in db.session.scalars(select(DriverFile).order_by(DriverFile.driver_id))
    ]


def _owed(due: rules.Due, vehicle_id: int | None = None, driver_id: int | None = None) -> Row:
    return {"vehicle_id": vehicle_id, "driver_id": driver_id, "kind": due.kind, "due_on": due.on, "due_km": None,
            "rule": due.rule, "closed_on": None, "closed_as": None}  # fmt: skip


def _open_of_cars(cars: Sequence[tuple[Vehicle, rules.CarFacts]], today: date, terms: dict[str, str]) -> Iterator[Row]:
    """The next of each kind; a few moved to where somebody has to act."""
    near = {number: today + timedelta(days=days) for number, days in (*NEAR, LAPSED)}
    for number, (car, facts) in enumerate(cars):
        for kind in INSURED:
            due_on = next(day for year in (0, 1) if (day := insured_on(car.id, today.year + year)) > today)
            moved = near.get(number) if kind is ObligationKind.COMMERCIAL else None
            yield _owed(rules.Due(kind, moved or due_on, terms[kind]), vehicle_id=car.id)
        yield _owed(rules.next_inspection(facts, today), vehicle_id=car.id)
        day = today + timedelta(days=8 + car.id * 31 % 170)
        yield _owed(rules.Due(ObligationKind.MAINTENANCE, day, terms[ObligationKind.MAINTENANCE]), vehicle_id=car.id)


def _set_kilometres(cars: Sequence[int], today: date) -> None:
    """By what the dials show so far: one car was driven too far, a few have little left."""
    (least, most), shown = KM_LEFT, dials.dials()
    read = select(OdometerReading.vehicle_id, func.max(OdometerReading.at)).group_by(OdometerReading.vehicle_id)
    read_at: dict[int, datetime] = dict(list(db.session.execute(read)))
    begun = datetime.combine(today, time(8))
    rows: list[Row] = [
        {"car": car, "km": shown.get(car, 0) + least + car * 761 % (most - least), "at": read_at.get(car, begun)}
        for car in cars
    ]
    rows[TOO_FAR]["km"] = shown.get(cars[TOO_FAR], 0) - KM_TOO_FAR
    owed = (Obligation.vehicle_id == bindparam("car"), Obligation.kind == ObligationKind.MAINTENANCE)
    write = update(Obligation).where(*owed, Obligation.closed_on.is_(None))
    db.session.connection().execute(write.values(due_km=bindparam("km"), km_at=bindparam("at")), rows)


def _open_of_drivers(today: date) -> Iterator[Row]:
    for driver, facts in _drivers():
        for due in rules.of_driver(facts, today):
            yield _owed(due, driver_id=driver)


def _insert(rows: list[Row]) -> Sequence[int]:
    found = insert(Obligation).returning(Obligation.id, sort_by_parameter_order=True)
    return db.session.scalars(found, rows).all()


def _insert_done(closed: list[Row]) -> None:
    """What was done late had lapsed by then; one car was let go all the same meanwhile."""
    keys = _insert([{**row, "closed_as": Closing.DONE} for row in closed])
    done, lapsed, paid = [], [], _paid({row["closed_on"].year for row in closed})
    for key, row in zip(keys, closed, strict=True):
        cost = paid.get((row["vehicle_id"], row["closed_on"], PAID.get(row["kind"])))
        done.append({**_done(key, row), "cost_id": cost})
        if row["closed_on"] > row["due_on"]:
            noted = datetime.combine(row["due_on"] + timedelta(days=1), time(0, 20))
            lapsed.append((row, {"obligation_id": key, "day": row["due_on"], "noted_at": noted}))
    db.session.execute(insert(ObligationDone), done)
    db.session.execute(insert(ObligationLapse), [lapse for _row, lapse in lapsed])
    leave = next(({**_leave(row), "obligation_id": lapse["obligation_id"]} for row, lapse in lapsed), None)
    if leave:
        db.session.execute(insert(FitnessLeave), [leave])


def _paid(years: set[int]) -> dict[Any, int]:
    """(car, day, kind of cost) → the row of the ledger that holds the fee or the policy."""
    wanted: list[Any] = [VehicleCost.id, VehicleCost.vehicle_id, VehicleCost.day, VehicleCost.kind]
    rows = db.session.execute(select(*wanted).where(VehicleCost.kind.in_(set(PAID.values()))))
    return {(car, day, kind): key for key, car, day, kind in rows if day.year in years}


def _done(key: int, row: Row) -> Row:
    on, kind = row["closed_on"], row["kind"]
    until = rules.months_later(row["due_on"], 12) if kind in INSURED else None
    return {"obligation_id": key, "done_on": on, "result": RESULTS[kind], "valid_until": until, "dial": None,
            "at": datetime.combine(on, time(17)), "by": KEEPER}  # fmt: skip


def _leave(row: Row) -> Row:
    first = row["due_on"] + timedelta(days=1)
    said = {"allowed_by": CHIEF, "reason": "检测站停业检修，已预约次周（演示）", "by": KEEPER}
    return {"first_on": first, "last_on": first + timedelta(days=2), "at": datetime.combine(first, time(8)), **said}


def _waived(cars: Sequence[tuple[Vehicle, rules.CarFacts]], demo: DemoYear) -> Row:
    """A third maintenance, planned and then not needed."""
    car, day = cars[demo.year % len(cars)][0], date(demo.year, 6, 15)
    row = _owed(rules.Due(ObligationKind.MAINTENANCE, day, ""), vehicle_id=car.id)
    at = datetime.combine(day - timedelta(days=20), time(10))
    [key] = _insert([{**row, "closed_on": at.date(), "closed_as": Closing.WAIVED}])
    said = {"day": at.date(), "at": at, "by": KEEPER, "reason": "已在质保期内由厂家完成（演示）"}
    db.session.execute(insert(ObligationWaiver), [{"obligation_id": key, **said}])
    return row
