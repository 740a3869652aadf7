"""Reads of hire companies, their contracts and prices."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import joinedload

from ...core.db import db
from ...core.errors import Rejected
from . import rule_queries
from .models import Hire, HiredTrip, HireVoid
from .money_models import HireRating
from .queries import charged, is_standing
from .rule_models import HireSettingName
from .vendor_models import ContractPrice, HireContract, HireContractEnd, HiredClass, HireVendor


def vendor(vendor_id: int) -> HireVendor:
    found = db.session.get(HireVendor, vendor_id)
    if found is None:
        raise Rejected(_l("Choose one of the list."), "vendor_id")
    return found


def contracts(vendor_id: int, day: date) -> list[HireContract]:
    """The vendor's contracts that hold on the day, the latest last."""
    return [each for each in vendor(vendor_id).contracts if each.holds(day)]


def contract_price(vendor_id: int, vehicle_class: str, day: date) -> ContractPrice | None:
    prices = [each.price_of(vehicle_class, day) for each in contracts(vendor_id, day)]
    found = [each for each in prices if each is not None]
    return found[-1] if found else None


@dataclass(frozen=True)
class Offer:
    """What a vendor's contract of the day asks for a class; `insured`: its cover reaches what is asked for."""

    contract: HireContract
    price: ContractPrice
    insured: bool


def offers(day: date, classes: Collection[str]) -> list[Offer]:
    """By class, the cheapest first."""
    held = db.session.scalars(select(HireContract).options(joinedload(HireContract.vendor))).all()
    names = (HireSettingName.LIABILITY_LEAST, HireSettingName.SEAT_COVER_LEAST)
    least = [rule_queries.setting(name, day) for name in names]
    found = [
        Offer(each, price, each.liability >= least[0] and each.seat_cover >= least[1])
        for each in held if each.holds(day) for kind in classes if (price := each.price_of(kind, day))
    ]  # fmt: skip
    order = list(HiredClass)
    return sorted(found, key=lambda each: (order.index(HiredClass(each.price.vehicle_class)), each.price.price))


def check_insured(contract_id: int, day: date) -> None:
    """The vendor's cover reaches what the settings of that day ask for."""
    contract = db.session.get_one(HireContract, contract_id)
    asked = (
        (HireSettingName.LIABILITY_LEAST, contract.liability, _l("Third-party cover")),
        (HireSettingName.SEAT_COVER_LEAST, contract.seat_cover, _l("Cover of each seat")),
    )
    for name, has, what in asked:
        least = rule_queries.setting(name, day)
        if has < least:
            message = _l("%(what)s is %(has)s, asked for are %(least)s (10,000 yuan).", what=what, has=str(has),
                         least=str(least))  # fmt: skip
            raise Rejected(message, "vendor_id")


TRIPS: Any = func.count(HiredTrip.id)
COST: Any = func.sum(charged())
RATING: Any = (
    select(func.avg(HireRating.stars * 1.0))
    .where(HireRating.hire_id.in_(select(HiredTrip.hire_id).where(HiredTrip.vendor_id == HireVendor.id)))
    .correlate(HireVendor)
    .scalar_subquery()
)


def vendors() -> Select[Any]:
    """(vendor, standing vehicle-trips, 元, mean of the stars)."""
    stands = is_standing() & HiredTrip.hire_id.not_in(select(HireVoid.hire_id))
    joined = select(HireVendor, TRIPS, COST, RATING).outerjoin(
        HiredTrip, (HiredTrip.vendor_id == HireVendor.id) & stands
    )
    return joined.group_by(HireVendor.id)


def with_contract(chosen: str, day: date) -> ColumnElement[bool]:
    """`now`: a contract of the vendor holds on the day; `none`: none does."""
    ended = select(HireContractEnd.contract_id).where(HireContractEnd.from_on <= day)
    holds = exists().where(
        HireContract.vendor_id == HireVendor.id, HireContract.valid_from <= day, HireContract.valid_to >= day,
        HireContract.id.not_in(ended),
    )  # fmt: skip
    return holds if chosen == "now" else ~holds


def choices_of_vendors() -> Sequence[tuple[int, str]]:
    rows = select(HireVendor.id, HireVendor.name).order_by(HireVendor.name)
    return [(key, name) for key, name in db.session.execute(rows)]


def latest_trips(vendor_id: int) -> Sequence[Any]:
    """(hire, how many vehicles, 元) of the vendor, newest first."""
    rows = select(Hire, TRIPS, COST).join(HiredTrip, HiredTrip.hire_id == Hire.id)
    rows = rows.where(HiredTrip.vendor_id == vendor_id, is_standing(), Hire.id.not_in(select(HireVoid.hire_id)))
    return db.session.execute(rows.group_by(Hire.id).order_by(Hire.day.desc(), Hire.id.desc()).limit(20)).all()


def running_out(day: date) -> int:
    """Contracts that hold today and end within 30 days."""
    ended = select(HireContractEnd.contract_id)
    rows = select(HireContract.valid_to).where(HireContract.valid_from <= day, HireContract.valid_to >= day)
    found = db.session.scalars(rows.where(HireContract.id.not_in(ended)))
    return sum((last - day).days <= 30 for last in found)
