"""Demo: the file of every car and driver, markings, and the papers and pictures of a few."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from sqlalchemy import insert, select

from ...core import files
from ...core.db import db
from ...core.demo import DemoYear
from ...people.models import Unit
from ..models import Driver, Vehicle, VehicleCategory
from . import demo_pictures
from .demo import COACH, TRUCK
from .file_models import (
    Acquired,
    Body,
    CarFile,
    CarPaper,
    CeilingCase,
    DriverFile,
    Energy,
    Marking,
    PaperKind,
    Platform,
    Quota,
)

Row = dict[str, Any]
KEEPER, SHOWN, UNMARKED = "车辆管理员（演示）", 4, 2
COLOURS = (("白色", (244, 244, 240)), ("黑色", (52, 54, 58)), ("银灰色", (176, 182, 188)), ("深蓝色", (40, 66, 120)))
ELECTRIC_EVERY = 10  # as the tanks of the costs have it
SPECIAL = "经批准配备七座商务车（演示）"
# without purchase tax, in yuan; and litres
PRICES = {
    VehicleCategory.CONFIDENTIAL: (("108600", "1.498"), ("115200", "1.598")),
    VehicleCategory.ENFORCEMENT: (("112800", "1.498"), ("98500", "1.498")),
    VehicleCategory.SPECIAL: (("168000", "1.998"), ("234000", "2.494")),
    VehicleCategory.EMERGENCY: (("176500", "1.798"), ("198000", "1.998")),
    VehicleCategory.OTHER: (("139800", "1.498"), ("158600", "1.798")),
}
PAPERS = ((PaperKind.PHOTOGRAPH, "照片"), (PaperKind.LICENCE, "行驶证"), (PaperKind.QUOTA, "编制批复"))
BODIES = {TRUCK: Body.TRUCK, COACH: Body.MEDIUM}
CLASSES = ("A1", "B1", "C1")


def make(demo: DemoYear) -> None:
    """Like the register itself, the same for every demo year and made once."""
    if db.session.scalar(select(CarFile.vehicle_id).limit(1)):
        return
    chance = Random("vehicles files")
    cars = db.session.scalars(select(Vehicle).where(Vehicle.deregistered_on.is_(None)).order_by(Vehicle.id)).all()
    units = db.session.scalars(select(Unit.id).where(Unit.demo).order_by(Unit.id)).all()
    rows = [_file(number, car, chance) for number, car in enumerate(cars, 1)]
    for row in rows:
        row["owner_unit_id"] = row["using_unit_id"] = chance.choice(units)
    db.session.execute(insert(CarFile), rows)
    db.session.execute(insert(Marking), [_marking(car) for car in cars[:-UNMARKED]])
    _make_papers(list(cars[:SHOWN]), demo)
    drivers = db.session.scalars(select(Driver).order_by(Driver.id)).all()
    db.session.execute(insert(DriverFile), [_driver(number, each, chance) for number, each in enumerate(drivers, 1)])


def _file(number: int, car: Vehicle, chance: Random) -> Row:
    """The enforcement platform's cars were bought long before they came; now and then one is over its standard."""
    enforcement = car.category == VehicleCategory.ENFORCEMENT
    age = chance.randint(900, 2700) if enforcement else chance.randint(4, 20)
    bought = car.registered_on - timedelta(days=age)
    price, litres = PRICES[VehicleCategory(car.category)][number % 7 == 0]
    small = car.seats == 5 and car.category != VehicleCategory.SPECIAL
    electric = number % ELECTRIC_EVERY == 0
    over = number % 7 == 0 and car.category == VehicleCategory.EMERGENCY
    return {
        "vehicle_id": car.id, "vin": f"LDEMA{number:012}", "engine_no": f"YS{number:06}", "brand": "某品牌（演示）",
        "body": BODIES.get(car.model) or (Body.SEDAN if small else Body.SMALL),
        "energy": Energy.ELECTRIC if electric else Energy.PETROL, "displacement": None if electric else Decimal(litres),
        "colour": COLOURS[number % len(COLOURS)][0], "price": Decimal(price), "bought_on": bought,
        "first_registered_on": bought + timedelta(days=2), "quota": Quota.NOT_SET if number % 25 == 0 else Quota.IN,
        "acquired": Acquired.TRANSFERRED if enforcement else Acquired.BOUGHT, "special": SPECIAL if over else None,
        "ceiling_case": CeilingCase.SPECIAL if over else CeilingCase.USUAL,
        "platform": Platform.ENFORCEMENT if enforcement else Platform.OWN, "old_cycle": False, "kept_by": KEEPER,
        "origin": "国产（演示）",
        "seller": "汽车销售企业（演示）", "contract_no": f"购{number:04}（演示）", "invoice_no": f"演示{number:08}",
        "warranty_until": bought + timedelta(days=3 * 365), "condition": "良好（演示）", "remark": None,
        "kept_at": datetime.combine(car.registered_on, time(11)),
    }  # fmt: skip


def _marking(car: Vehicle) -> Row:
    exempt = car.category == VehicleCategory.CONFIDENTIAL and car.seats == 5 and car.id % 3 == 0
    words = "涉密任务，经批准不喷涂标识（演示）" if exempt else "公务用车 监督电话12345（演示）"
    day = car.registered_on + timedelta(days=10)
    at = datetime.combine(day, time(16))
    return {"vehicle_id": car.id, "day": day, "exempt": exempt, "words": words, "at": at, "by": KEEPER}


def _make_papers(cars: list[Vehicle], demo: DemoYear) -> None:
    """A picture of each, and a scan of its papers."""
    made = []
    for number, car in enumerate(cars, 1):
        picture = demo_pictures.car(COLOURS[number % len(COLOURS)][1])
        for kind, name in PAPERS:
            made.append((car, kind, files.keep_bytes(picture, f"{car.plate}{name}（演示）.png", demo.by)))
    db.session.flush()
    rows = [
        {"vehicle_id": car.id, "kind": kind, "number": None if kind is PaperKind.PHOTOGRAPH else f"演示{car.id:04}",
         "day": car.registered_on, "attachment_id": kept.id, "at": datetime.combine(car.registered_on, time(11)),
         "by": KEEPER}
        for car, kind, kept in made
    ]  # fmt: skip
    db.session.execute(insert(CarPaper), rows)


def _driver(number: int, driver: Driver, chance: Random) -> Row:
    """Licensed long ago; most licences run for years yet."""
    licensed = date(1996 + number, 1 + number % 12, 2 + number)
    born = licensed - timedelta(days=365 * chance.randint(20, 27))
    return {
        "driver_id": driver.id, "born_on": born, "licence_class": CLASSES[number % len(CLASSES)],
        "first_licensed_on": licensed, "licence_until": None if number % 4 == 0 else licensed.replace(year=2032),
        "phone": f"0315-0000{number:03}", "kept_at": datetime(2021, 12, 1, 9), "kept_by": KEEPER,
    }  # fmt: skip
