"""What the cars cost. A ratio whose two sides come from different records is one SELECT by union.

Its evidence shows both: the records of the costs by twice their number, those of the trips by twice theirs and one.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, literal, select, union, union_all

from ...core.db import Fixed, db
from ...indicators.metric import Kind, Metric, Watch, counting
from ..metrics import DRIVEN, cars, kilometres
from ..models import Dispatch, TripReturn, Vehicle
from ..permissions import Permission
from .models import CarTank, Energy, FuelFill, VehicleCost

LABEL = Vehicle.plate + " " + VehicleCost.payee + " " + VehicleCost.note
NOTHING = literal(Decimal(0), Fixed(2))


def _costs(part: Any = VehicleCost.amount, record_id: Any = VehicleCost.id, whole: Any = 1) -> Select[Any]:
    counted = {"day": VehicleCost.day, "scope": VehicleCost.vehicle_id, "label": LABEL}
    rows = counting(record_id=record_id, part=part, whole=whole, **counted)
    return rows.join_from(VehicleCost, Vehicle, Vehicle.id == VehicleCost.vehicle_id)


def cost() -> Select[Any]:
    """Every row of the ledger; a reversal counts against the row it takes back, on the same day."""
    return _costs()


def cost_per_km() -> Select[Any]:
    return _over_kilometres(_costs(record_id=VehicleCost.id * 2, whole=0), kilometres())


def fuel_per_100km() -> Select[Any]:
    """Litres over the kilometres of the cars that burn fuel."""
    litres = _costs(part=FuelFill.litres, record_id=VehicleCost.id * 2, whole=0)
    litres = litres.join(FuelFill, FuelFill.cost_id == VehicleCost.id)
    return _over_kilometres(*(_burning_fuel(each) for each in (litres, kilometres())))


def _burning_fuel(rows: Select[Any]) -> Select[Any]:
    """Both sides of the ratio are of the same cars; one whose tank nobody entered burns fuel."""
    rows = rows.outerjoin(CarTank, CarTank.vehicle_id == Vehicle.id)
    return rows.where((CarTank.energy == Energy.ELECTRIC).is_distinct_from(True))


def _over_kilometres(above: Select[Any], driven: Select[Any]) -> Select[Any]:
    """The rows of one SELECT above the line, kilometres below it."""
    trips = driven.subquery()
    below = counting(
        record_id=trips.c.record_id * 2 + 1, day=trips.c.day, scope=trips.c.scope, part=NOTHING, whole=trips.c.part,
        label=trips.c.label,
    )  # fmt: skip
    rows = union_all(above, below).subquery()
    return select(*rows.c)


def _days_of_fill(row: FuelFill) -> list[date]:
    return list(db.session.scalars(select(VehicleCost.day).where(VehicleCost.id == row.cost_id)))


def _days_of_tank(row: CarTank) -> list[date]:
    """Whether a car burns fuel decides about all its trips and fills."""
    trips = select(TripReturn.day).join(Dispatch).where(Dispatch.vehicle_id == row.vehicle_id)
    fills = select(VehicleCost.day).join(FuelFill).where(VehicleCost.vehicle_id == row.vehicle_id)
    return list(db.session.scalars(union(trips, fills)))


SPENT = Watch(VehicleCost, ("day",))
SHARED: dict[str, Any] = {"needs": Permission.FIGURE_READ, "scopes": cars}
LEDGER: dict[str, Any] = {
    **SHARED, "kind": Kind.AMOUNT, "unit": _l("yuan"), "places": 2, "record": "vehicles.costs.entry",
    "watches": (SPENT,),
}  # fmt: skip
OVER_KM: dict[str, Any] = {**SHARED, "kind": Kind.RATIO, "record": "vehicles.costs.evidence_record", "places": 2}


METRICS = (
    Metric(
        "vehicles.cost", _l("Cost of official cars"),
        _l(
            "All costs of the cars on the day they were spent: fuel and charging, maintenance, insurance, inspection, "
            "tolls, parking and others. Fines and money put on fuel cards do not count; a reversed row and its "
            "reversal cancel each other."
        ),
        select=cost, **LEDGER,
    ),
    Metric(
        "vehicles.cost_per_km", _l("Cost per kilometre"),
        _l("Σ costs of the period ÷ Σ kilometres by trips in it; never an average of cars or months."),
        unit=_l("yuan/km"), factor=1, select=cost_per_km, watches=(SPENT, *DRIVEN), **OVER_KM,
    ),
    Metric(
        "vehicles.fuel_per_100km", _l("Fuel per 100 km"),
        _l(
            "Σ litres filled in the period ÷ Σ kilometres by trips of the cars that burn fuel × 100; never an average "
            "of cars or months. From full tank to full tank it is on each car's account."
        ),
        unit=_l("L/100 km"), select=fuel_per_100km,
        watches=(SPENT, Watch(FuelFill, days=_days_of_fill), Watch(CarTank, days=_days_of_tank), *DRIVEN), **OVER_KM,
    ),
)  # fmt: skip
