"""Hired vehicles, transfers between holders, and the units under the vehicle reform."""

from datetime import datetime, time, timedelta
from decimal import Decimal

from hypothesis import strategies as st
from sqlalchemy import select

from ops.core.db import db
from ops.vehicles.hires import money_queries, money_service, vendor_service
from ops.vehicles.hires import service as hire_service
from ops.vehicles.hires.actual_models import HiredTripCancellation
from ops.vehicles.hires.models import Hire, HiredTrip, HireVoid
from ops.vehicles.hires.money_models import HireInvoice
from ops.vehicles.hires.money_service import Driven
from ops.vehicles.hires.service import Order
from ops.vehicles.hires.vendor_models import HireVendor
from ops.vehicles.models import Vehicle
from ops.vehicles.register import service as register_service
from ops.vehicles.register.models import ReformUnit, VehicleTransfer
from tests.random_work.steps import BY, Deed, Draw, a_unit, days, ids, money, some


def arrange() -> None:
    """Two vendors; the units and cars of the trips are there."""
    for number in (1, 2):
        vendor_service.enter(f"租赁公司{number:02}", "", "", "", BY)


def hire(draw: Draw) -> Deed | None:
    """From paper, with its first vehicle-trips."""
    if not (company := some(HireVendor, draw)):
        return None
    unit, day, wanted = a_unit(draw), draw(days), Order(company.id, "coach", draw(st.integers(1, 3)), "", money(draw))
    return lambda: hire_service.record(unit, "现场会", day, "conference", "", wanted, BY)


def hire_more(draw: Draw) -> Deed | None:
    activity, company = some(Hire, draw), some(HireVendor, draw)
    if not activity or not company:
        return None
    wanted = Order(company.id, "van", draw(st.integers(1, 3)), "", money(draw), "就近")
    return lambda: hire_service.order(activity, wanted, BY)


def drive(draw: Draw) -> Deed | None:
    """What one hired vehicle drove, or a correction of it."""
    if not (trip := some(HiredTrip, draw)):
        return None
    left = datetime.combine(trip.day, time(8))
    driven = Driven(left, left + timedelta(hours=draw(st.integers(1, 12))), draw(st.integers(0, 300)),
                    extra=money(draw), overrun=money(draw), words="核对")  # fmt: skip
    return lambda: money_service.drove(trip, driven, BY)


def cancel_vehicle(draw: Draw) -> Deed | None:
    trip = some(HiredTrip, draw)
    return trip and (lambda: hire_service.cancel_trip(trip, "减少一辆", BY))


def cancel_every_vehicle(draw: Draw) -> Deed | None:
    """Nothing is left of the activity, though nobody called it off."""
    gone, void = set(ids(HiredTripCancellation)), set(ids(HireVoid))
    stand = [row for row in db.session.scalars(select(HiredTrip)) if row.id not in gone and row.hire_id not in void]
    if not stand:
        return None
    chosen = draw(st.sampled_from(sorted({row.hire_id for row in stand})))
    trips = [row for row in stand if row.hire_id == chosen]

    def deed() -> None:
        for trip in trips:
            hire_service.cancel_trip(trip, "活动改期", BY)

    return deed


def call_off(draw: Draw) -> Deed | None:
    activity = some(Hire, draw)
    return activity and (lambda: hire_service.call_off(activity, "活动取消", BY))


def invoice(draw: Draw) -> Deed | None:
    """An invoice over everything that a vendor is owed."""
    if not (company := some(HireVendor, draw)):
        return None
    number, day = str(draw(st.integers(1, 30))), draw(days)
    owed = money_queries.to_invoice(company.id)
    amount, keys = sum((trip.cost for trip in owed), Decimal(0)), [trip.id for trip in owed]
    return lambda: money_service.take_invoice(company, number, day, amount, keys, "", None, BY)


def give_back(draw: Draw) -> Deed | None:
    taken = some(HireInvoice, draw)
    return taken and (lambda: money_service.give_back(taken, "开错", BY))


def void_hire(draw: Draw) -> Deed | None:
    activity = some(Hire, draw)
    return activity and (lambda: hire_service.void(activity, "重复登记", BY))


def transfer(draw: Draw) -> Deed | None:
    if not (car := some(Vehicle, draw)):
        return None
    day, to = draw(days), draw(st.sampled_from(["乙单位", "丙单位", "甲单位"]))
    return lambda: register_service.transfer(car.id, day, "甲单位", to, BY)


def void_transfer(draw: Draw) -> Deed | None:
    made = some(VehicleTransfer, draw)
    return made and (lambda: register_service.void_transfer(made, "重复登记", BY))


def enter_reform(draw: Draw) -> Deed | None:
    unit, day = a_unit(draw), draw(days)
    return lambda: register_service.enter_reform(unit, day, BY)


def leave_reform(draw: Draw) -> Deed | None:
    if not (member := some(ReformUnit, draw)):
        return None
    day = draw(days)
    return lambda: register_service.leave_reform(member, day, BY)


STEPS = (
    *(hire, hire, hire, hire_more, hire_more, void_hire, void_hire, drive, drive, drive, cancel_vehicle, call_off),
    cancel_every_vehicle,
    *(invoice, invoice, give_back, transfer, transfer, void_transfer, void_transfer),
    *(enter_reform, enter_reform, leave_reform, leave_reform),
)
