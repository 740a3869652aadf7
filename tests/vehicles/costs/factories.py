"""Costs, fills, cards and repairs that tests need."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from ops.core.access import Actor, system
from ops.core.db import transaction
from ops.vehicles import service as trips
from ops.vehicles.costs import repair_service, service
from ops.vehicles.costs.models import CostKind, FuelCard, VehicleCost
from ops.vehicles.costs.repair_models import RepairJob
from ops.vehicles.models import Dispatch
from tests.factories import AT, DAY, make_vehicle
from tests.vehicles.factories import make_departure, make_dispatch

BY = system("test")
CLERK = Actor(99, "经办人")


def make_cost(day: date = DAY, amount: str = "12.50", kind: CostKind = CostKind.TOLLS, **values: Any) -> VehicleCost:
    vehicle_id = values.pop("vehicle_id", None) or make_vehicle().id
    usual: dict[str, Any] = {"payee": "高速公路", "paper_no": "P1", "note": "", "proof": None}
    with transaction():
        return service.record(vehicle_id, kind, day, Decimal(amount), by=BY, **{**usual, **values})


def make_fill(at: datetime = AT, litres: str = "40", amount: str = "300", **values: Any) -> VehicleCost:
    vehicle_id = values.pop("vehicle_id", None) or make_vehicle().id
    usual: dict[str, Any] = {"is_full": True, "odometer_value": None, "card_id": None, "station": "加油站",
                             "paper_no": "", "proof": None}  # fmt: skip
    with transaction():
        return service.fill(vehicle_id, at, Decimal(litres), Decimal(amount), by=BY, **{**usual, **values})


def make_card(vehicle_id: int | None = None, number: str = "9000") -> FuelCard:
    with transaction():
        return service.open_card(number, vehicle_id, date(2022, 1, 1), BY)


def make_job(day: date = DAY, by: Actor = CLERK, **values: Any) -> RepairJob:
    vehicle_id = values.pop("vehicle_id", None) or make_vehicle().id
    with transaction():
        return repair_service.ask(vehicle_id, day, "更换机油", "定点维修厂", None, by)


def make_driven(start: int = 1000, end: int = 1080, at: datetime = AT, **values: Any) -> Dispatch:
    dispatch = make_departure(make_dispatch(at, **values), odometer=start)
    with transaction():
        trips.take_back(dispatch, at + timedelta(hours=3), end, BY, dial_reason="misread")
    return dispatch
