"""Demo: three vendors with their contracts and prices."""

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from sqlalchemy import insert, select

from ...core.db import db
from ...core.demo import DemoYear
from .vendor_models import ContractPrice, HireContract, HiredClass, HireVendor, PriceMethod

VENDORS = ("定点租赁企业01（演示）", "定点租赁企业02（演示）", "定点租赁企业03（演示）")
PRICES = {HiredClass.SEDAN: 320, HiredClass.VAN: 520, HiredClass.MINIBUS: 820, HiredClass.COACH: 1400}
DEARER = (0, 20, 40)
BASE_KM, KM_PRICE = 100, Decimal(2)
LIABILITY, SEAT_COVER = Decimal(150), Decimal(60)


@dataclass(frozen=True)
class Offer:
    """What a vendor asks for a class by his contract of the year."""

    vendor_id: int
    vendor: str
    vehicle_class: HiredClass
    price: Decimal
    price_id: int


def make_vendors(demo: DemoYear) -> list[Offer]:
    """The vendors once, a contract each for the year, and its prices."""
    first = date(demo.year, 1, 1)
    noted = {"at": datetime.combine(first, time(9)), "by": demo.by.name}
    known = dict(iter(db.session.execute(select(HireVendor.name, HireVendor.id).where(HireVendor.name.in_(VENDORS)))))
    fresh = [
        {"name": name, "credit_code": "", "contact": "联系人（演示）", "phone": "", **noted}
        for name in VENDORS if name not in known
    ]  # fmt: skip
    if fresh:
        db.session.execute(insert(HireVendor), fresh)
        known = dict(iter(db.session.execute(select(HireVendor.name, HireVendor.id))))
    contracts = [
        {"vendor_id": known[name], "number": f"租〔{demo.year}〕{place:02}号（演示）", "valid_from": first,
         "valid_to": date(demo.year, 12, 31), "liability": LIABILITY, "seat_cover": SEAT_COVER, **noted}
        for place, name in enumerate(VENDORS, start=1)
    ]  # fmt: skip
    signed = insert(HireContract).returning(HireContract.id, sort_by_parameter_order=True)
    keys = db.session.scalars(signed, contracts).all()
    return [
        offer for place, key in enumerate(keys) for offer in _prices(place, key, known[VENDORS[place]], first, noted)
    ]


def _prices(place: int, contract_id: int, vendor_id: int, first: date, noted: dict[str, object]) -> list[Offer]:
    rows = [
        {"contract_id": contract_id, "vehicle_class": kind, "method": PriceMethod.BY_DAY,
         "price": Decimal(price + DEARER[place]), "base_km": BASE_KM, "base_hours": 9, "km_price": KM_PRICE,
         "hour_price": Decimal(30), "valid_from": first, **noted}
        for kind, price in PRICES.items()
    ]  # fmt: skip
    added = insert(ContractPrice).returning(ContractPrice.id, sort_by_parameter_order=True)
    keys = db.session.scalars(added, rows).all()
    return [
        Offer(vendor_id, VENDORS[place], HiredClass(str(row["vehicle_class"])), Decimal(str(row["price"])), key)
        for row, key in zip(rows, keys, strict=True)
    ]
