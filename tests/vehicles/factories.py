"""Trips, transfers and hires that tests need."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ops.core.access import system
from ops.core.db import transaction
from ops.vehicles import service
from ops.vehicles.hires import service as hire_service
from ops.vehicles.hires.models import Hire
from ops.vehicles.models import Dispatch
from ops.vehicles.register import service as register_service
from ops.vehicles.register.models import ReformUnit, VehicleTransfer
from tests.factories import AT, DAY, make_driver, make_trip_request, make_unit, make_vehicle

BY = system("test")


def make_dispatch(starts_at: datetime = AT, hours: float = 4, **values: Any) -> Dispatch:
    """A car and a driver given to a request."""
    request = make_trip_request(starts_at, hours, **values.pop("request", {}))
    vehicle_id = values.get("vehicle_id") or make_vehicle().id
    driver_id = values.get("driver_id") or make_driver().id
    with transaction():
        return service.dispatch(request, vehicle_id, driver_id, BY, limits_reason="应急任务")


def make_departure(dispatch: Dispatch, odometer: int = 1000) -> Dispatch:
    with transaction():
        service.depart(dispatch, dispatch.starts_at, odometer, BY)
    return dispatch


def make_transfer(day: date = DAY, **values: Any) -> VehicleTransfer:
    vehicle_id = values.get("vehicle_id") or make_vehicle().id
    with transaction():
        return register_service.transfer(vehicle_id, day, "甲单位", "乙单位", BY)


def make_reform_unit(kind: str, from_on: date = DAY) -> ReformUnit:
    unit_id = make_unit(kind=kind).id
    with transaction():
        return register_service.enter_reform(unit_id, from_on, BY)


def make_hire(day: date = DAY, how_many: int = 2, **values: Any) -> Hire:
    usual: dict[str, Any] = {
        "activity": "培训", "reason_class": "training", "paper_no": "", "vendor": "租赁企业01",
        "vehicle_class": "coach", "price": Decimal("1200.50"), "plates": "",
    }  # fmt: skip
    unit_id = make_unit().id
    with transaction():
        return hire_service.record(unit_id=unit_id, day=day, how_many=how_many, by=BY, **{**usual, **values})
