"""Demo: the register that the document counts in 2022; everything by number."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from sqlalchemy import insert, select

from ...core.db import db
from ...core.demo import DemoYear
from ...core.period import Period
from ...core.workcalendar import working_days
from ...indicators import stale
from ...people.models import Unit
from ...people.roles import Role
from ...people.signin import demo_user
from ..models import Driver, Vehicle, VehicleCategory
from .file_models import Platform
from .life_models import CarDisposal, DisposalMethod, TransferHolding
from .models import ReformKind, ReformUnit, VehicleTransfer

CARS, FROM_PLATFORM, DRIVERS = 74, 22, 12  # cars: the document, 2022
# former and new holder: the enforcement platform takes the cars that the enforcing departments had
TO_PLATFORM = ("原执法部门（演示）", "跨部门行政执法平台（演示）")
TO_CENTRE = ("区直机关车队（演示）", "区公务用车平台（演示）")
TRANSFERRED_LATER = 3
REFORM_SINCE = date(2019, 7, 1)
TRUCK, COACH = "双排座货车（演示）", "中型客车（演示）"
KINDS = (("轿车（演示）", 5, VehicleCategory.OTHER), ("轿车（演示）", 5, VehicleCategory.CONFIDENTIAL),
         ("商务车（演示）", 7, VehicleCategory.EMERGENCY), ("越野车（演示）", 5, VehicleCategory.SPECIAL))  # fmt: skip
# one of each whose inspection has a cycle of its own
RARE = {31: (TRUCK, 5, VehicleCategory.SPECIAL), 47: (COACH, 19, VehicleCategory.SPECIAL)}


def make(demo: DemoYear) -> int:
    """Cars, drivers and units are the same for every demo year and made once. Returns how many transfers were made."""
    if not db.session.scalar(select(Vehicle.id).where(Vehicle.plate == _plate(1))):
        _make_register()
    return _make_transfers(demo)


def _make_register() -> None:
    """The cars of the enforcement platform come on the register in spring 2022, the others stood there before."""
    chance = Random("vehicles register")
    spring = working_days(Period(date(2022, 3, 1), date(2022, 5, 31)))
    cars = [_car(number, chance, spring) for number in range(1, CARS + 1)]
    user = demo_user(Role.DRIVER)
    drivers = [
        {"name": f"司机{number:02}（演示）", "user_id": user.id if user and number == 1 else None}
        for number in range(1, DRIVERS + 1)
    ]
    units = db.session.execute(
        select(Unit.id, Unit.kind).where(Unit.demo, Unit.kind.in_(list(ReformKind))).order_by(Unit.id)
    )
    reform = [{"unit_id": unit_id, "kind": kind, "from_on": REFORM_SINCE} for unit_id, kind in units]
    db.session.execute(insert(Vehicle), cars)
    _make_disposed()
    db.session.execute(insert(Driver), drivers)
    db.session.execute(insert(ReformUnit), reform)
    stale.touch(Vehicle, {car["registered_on"] for car in cars})
    stale.touch(ReformUnit, {REFORM_SINCE})


def _make_disposed() -> None:
    """A car of before, off the register when the first year begins, and sold at auction in it."""
    gone, sold = date(2021, 11, 30), date(2022, 3, 15)
    model, seats, category = KINDS[0]
    car = Vehicle(plate=_plate(0), model=model, seats=seats, category=category, registered_on=date(2010, 4, 6))
    car.deregistered_on = gone
    db.session.add(car)
    db.session.flush()
    row = CarDisposal(vehicle_id=car.id, day=sold, method=DisposalMethod.AUCTION, income=Decimal(18600))
    row.paper_no, row.at, row.by = "处置〔2022〕1号（演示）", datetime(2022, 3, 16, 9), "车辆管理员（演示）"
    db.session.add(row)


def _car(number: int, chance: Random, spring: Sequence[date]) -> dict[str, Any]:
    if number > CARS - FROM_PLATFORM:
        model, seats, category = "执法车（演示）", 5, VehicleCategory.ENFORCEMENT
        day = chance.choice(spring)
    else:
        model, seats, category = RARE.get(number, KINDS[number % len(KINDS)])
        day = date(2016, 1, 4) + timedelta(days=chance.randrange(2000))
    return {"plate": _plate(number), "category": category, "model": model, "seats": seats, "registered_on": day}


def _plate(number: int) -> str:
    return f"冀B{number:04}演"


def _make_transfers(demo: DemoYear) -> int:
    """2022: the enforcement platform's cars, each on the day it came; in other years a few go to the centre's."""
    rows = [_transfer(car.id, car.registered_on, TO_PLATFORM) for car in _from_platform() if demo.year == 2022]
    chance = demo.chance("vehicles transfers")
    if demo.year != 2022:
        others = db.session.scalars(select(Vehicle.id).order_by(Vehicle.id).limit(CARS - FROM_PLATFORM)).all()
        chosen = chance.sample(others, TRANSFERRED_LATER)
        rows = [_transfer(car, chance.choice(demo.working_days), TO_CENTRE) for car in chosen]
    named = [{**row, "by": demo.by.name} for row in rows]
    keys = db.session.scalars(
        insert(VehicleTransfer).returning(VehicleTransfer.id, sort_by_parameter_order=True), named
    )
    _name_holders(keys.all(), demo)
    stale.touch(VehicleTransfer, {row["day"] for row in named})
    return len(named)


def _name_holders(transfers: Sequence[int], demo: DemoYear) -> None:
    """Owned and used by units of the district from then on; managed by the platform that took them."""
    units = db.session.scalars(select(Unit.id).where(Unit.demo).order_by(Unit.id)).all()
    chance, platform = demo.chance("vehicles holders"), Platform.ENFORCEMENT if demo.year == 2022 else Platform.OWN
    rows = [
        {"transfer_id": key, "owner_unit_id": units[0], "using_unit_id": chance.choice(units), "platform": platform}
        for key in transfers
    ]
    if units:
        db.session.execute(insert(TransferHolding), rows)


def _from_platform() -> list[Vehicle]:
    plates = [_plate(number) for number in range(CARS - FROM_PLATFORM + 1, CARS + 1)]
    return list(db.session.scalars(select(Vehicle).where(Vehicle.plate.in_(plates)).order_by(Vehicle.id)))


def _transfer(vehicle_id: int, day: date, holders: tuple[str, str]) -> dict[str, Any]:
    at = datetime(day.year, day.month, day.day, 10)
    from_holder, to_holder = holders
    return {"vehicle_id": vehicle_id, "day": day, "from_holder": from_holder, "to_holder": to_holder, "at": at}
