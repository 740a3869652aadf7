"""Trips, transfers and hires that tests need."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from ops.core import clock
from ops.core.access import Actor, system
from ops.core.db import db, transaction
from ops.core.notify import Notice
from ops.people.models import User
from ops.vehicles import service
from ops.vehicles.approvals.models import Approver
from ops.vehicles.approvals.permissions import APPROVES
from ops.vehicles.hires import money_service, vendor_service
from ops.vehicles.hires import service as hire_service
from ops.vehicles.hires.models import Hire
from ops.vehicles.hires.money_models import HireInvoice
from ops.vehicles.hires.money_service import Driven
from ops.vehicles.hires.service import Asked, Oral, Order
from ops.vehicles.hires.vendor_models import HireVendor
from ops.vehicles.models import Dispatch
from ops.vehicles.register import service as register_service
from ops.vehicles.register.models import ReformUnit, VehicleTransfer
from tests.factories import AT, DAY, make_driver, make_trip_request, make_unit, make_vehicle, numbers

BY = system("test")


def make_dispatch(starts_at: datetime = AT, hours: float = 4, **values: Any) -> Dispatch:
    """A car and a driver given to a request."""
    request = make_trip_request(starts_at, hours, **values.pop("request", {}))
    vehicle_id = values.get("vehicle_id") or make_vehicle().id
    driver_id = values.get("driver_id") or make_driver().id
    second = values.get("second_driver_id")
    with transaction():
        return service.dispatch(request, vehicle_id, driver_id, BY, second_driver_id=second, limits_reason="应急任务")


def make_departure(dispatch: Dispatch, odometer: int = 1000) -> Dispatch:
    with transaction():
        service.depart(dispatch, dispatch.starts_at, odometer, BY, dial_reason="misread")
    return dispatch


def make_transfer(day: date = DAY, **values: Any) -> VehicleTransfer:
    vehicle_id = values.get("vehicle_id") or make_vehicle().id
    with transaction():
        return register_service.transfer(vehicle_id, day, "甲单位", "乙单位", BY)


def make_reform_unit(kind: str, from_on: date = DAY) -> ReformUnit:
    unit_id = make_unit(kind=kind).id
    with transaction():
        return register_service.enter_reform(unit_id, from_on, BY)


def make_vendor(prices: dict[str, int] | None = None, day: date = DAY, **contract: Any) -> HireVendor:
    """A vendor with a contract of the day's year, which prices these classes by the day (100 km, 9 hours)."""
    usual: dict[str, Any] = {"liability": Decimal(150), "seat_cover": Decimal(60), "scan": None, "number": "租1号"}
    usual |= {"valid_from": date(day.year, 1, 1), "valid_to": date(day.year, 12, 31)}
    with transaction():
        vendor = vendor_service.enter(f"租赁企业{next(numbers):02}", "", "联系人", "", BY)
        signed = vendor_service.sign(vendor, by=BY, **{**usual, **contract})
        db.session.flush()
        for kind, price in (prices or {}).items():
            vendor_service.set_price(
                signed, kind, "by_day", Decimal(price), 100, 9, Decimal(2), Decimal(30), signed.valid_from, BY
            )
    return vendor


def make_hire(day: date = DAY, how_many: int = 2, **values: Any) -> Hire:
    """Recorded from paper."""
    unit_id, vendor_id = values.pop("unit_id", None) or make_unit().id, make_vendor().id
    wanted = Order(
        vendor_id, values.pop("vehicle_class", "coach"), how_many, "", values.pop("price", Decimal("1200.50"))
    )
    usual: dict[str, Any] = {"activity": "培训", "reason_class": "training", "paper_no": ""}
    with transaction():
        return hire_service.record(unit_id=unit_id, day=day, wanted=wanted, by=BY, **{**usual, **values})


def make_asked_hire(starts_at: datetime = AT, **values: Any) -> Hire:
    """Asked for: one coach for forty people, approved by nobody yet."""
    oral = Oral(*values.pop("oral", ()))
    usual: dict[str, Any] = {
        "unit_id": values.get("unit_id") or make_unit().id, "activity": "业务培训", "reason_class": "emergency",
        "starts_at": starts_at, "ends_at": starts_at + timedelta(hours=8), "people": 40, "wanted": {"coach": 1},
        "own_cars_why": "座位不足", "estimate": Decimal(1500), "again": True,
        "afterwards": "补录" if starts_at < clock.now() else "",
    }  # fmt: skip
    with transaction():
        return hire_service.ask(Asked(**{**usual, **values}), oral, None, BY)


def approve_hire(hire: Hire) -> Hire:
    """Every approver agrees."""
    for step in hire.steps:
        by = Actor(None, "领导", unit_id=hire.unit_id, permissions=frozenset({APPROVES[Approver(step.approver)]}))
        with transaction():
            hire_service.decide(hire, True, "", by)
    return hire


def order_hire(hire: Hire, vendor: HireVendor | None = None, how_many: int = 1, kind: str = "coach") -> Hire:
    vendor = vendor or make_vendor({kind: 1400}, hire.day)
    with transaction():
        return hire_service.order(hire, Order(vendor.id, kind, how_many), BY)


def drive_hire(hire: Hire, kilometres: int = 120) -> Hire:
    """Every vehicle of it went and came back."""
    start = datetime.combine(hire.day, time(8))
    for trip in hire.standing:
        with transaction():
            money_service.drove(trip, Driven(start, start + timedelta(hours=9), kilometres), BY)
    return hire


def invoice_hire(hire: Hire, number: str = "") -> HireInvoice:
    """All that the first vendor of it is owed."""
    vendor = db.session.get_one(HireVendor, hire.standing[0].vendor_id)
    trips = [trip for trip in hire.standing if trip.vendor_id == vendor.id]
    number = number or f"FP{next(numbers)}"
    with transaction():
        return money_service.take_invoice(
            vendor, number, hire.day, hire.cost, [trip.id for trip in trips], "", None, BY
        )


def newly_told(user: User) -> list[str]:
    """What the user was told at the bell since this was asked last, oldest first."""
    db.session.rollback()
    rows = db.session.scalars(select(Notice).where(Notice.user_id == user.id).order_by(Notice.id)).all()
    said = [row.text for row in rows if row.read_at is None]
    with transaction():
        for row in rows:
            row.read_at = AT
    return said
