"""Where the rest of a car's file stands (一车一档): the pages of its other records, each with how many there are."""

from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, func, select

from ...core.access import Actor
from ...core.db import db
from ..complaints.models import Complaint
from ..complaints.permissions import Permission as OfComplaints
from ..costs.models import CostKind, VehicleCost
from ..costs.permissions import Permission as OfCosts
from ..costs.repair_models import RepairJob, Violation
from ..models import Vehicle
from ..obligations.models import Obligation
from ..odometer.models import OdometerReading
from ..odometer.permissions import Permission as OfDials
from ..positions.models import Alarm
from ..positions.permissions import Permission as OfPositions
from ..sealing.models import Sealing
from .permissions import Permission


@dataclass(frozen=True)
class Place:
    """A page of the car's records; `count` is None where nothing is counted, as with a track. `url`: "" for no page."""

    label: object
    url: str
    count: int | None


def places(vehicle: Vehicle, actor: Actor) -> list[Place]:
    """Those that the actor may open."""
    many, plate, key = _counts(vehicle.id), vehicle.plate, vehicle.id
    rows = url_for("vehicles.costs.entries", vehicle=key)
    insured = url_for("vehicles.costs.entries", vehicle=key, kind=str(CostKind.INSURANCE))
    due = url_for("vehicles.obligations.obligations", q=plate, show="")
    # the list of holidays narrows to cars that were sealed: of another it would show them all
    sealed = url_for("vehicles.sealing.holidays", vehicle=key) if many["sealed"] else ""
    # and so does the list of complaints
    complaints = url_for("vehicles.complaints.complaints", vehicle=key) if many["complaints"] else ""
    offered = (
        (OfCosts.COST_READ, _l("Cost account"), url_for("vehicles.costs.account_page", id=key), None),
        (OfCosts.COST_READ, _l("Rows of the ledger"), rows, many["costs"]),
        (OfCosts.COST_READ, _l("Insurance"), insured, many["insured"]),
        (OfDials.READING_READ, _l("Odometer readings"), url_for("vehicles.odometer.readings", id=key), many["dials"]),
        (OfCosts.REPAIR_LIST, _l("Repairs of cars"), url_for("vehicles.repairs.jobs", q=plate), many["repairs"]),
        (OfCosts.COST_READ, _l("Traffic violations"), url_for("vehicles.repairs.violations", q=plate), many["fines"]),
        (Permission.REGISTER_READ, _l("What falls due"), due, many["due"]),
        (Permission.REGISTER_READ, _l("Holiday sealing"), sealed, many["sealed"]),
        (OfComplaints.COMPLAINT_READ, _l("Complaints about cars"), complaints, many["complaints"]),
        (OfPositions.ALARM_READ, _l("Alarms of positions"), url_for("vehicles.positions.alarms", q=plate),
         many["alarms"]),
        (OfPositions.TRACK_READ, _l("The car's day"), url_for("vehicles.positions.track", id=key), None),
    )  # fmt: skip
    return [Place(label, url, count) for needs, label, url, count in offered if actor.may(needs)]


def _counts(vehicle_id: int) -> dict[str, int]:
    """All in one question."""
    asked: dict[str, tuple[Any, ColumnElement[bool]]] = {
        "costs": (VehicleCost, VehicleCost.vehicle_id == vehicle_id),
        "insured": (
            VehicleCost,
            (VehicleCost.vehicle_id == vehicle_id) & (VehicleCost.kind == str(CostKind.INSURANCE)),
        ),
        "dials": (OdometerReading, OdometerReading.vehicle_id == vehicle_id),
        "repairs": (RepairJob, RepairJob.vehicle_id == vehicle_id),
        "fines": (Violation, Violation.vehicle_id == vehicle_id),
        "due": (Obligation, Obligation.vehicle_id == vehicle_id),
        "sealed": (Sealing, Sealing.vehicle_id == vehicle_id),
        "complaints": (Complaint, Complaint.vehicle_id == vehicle_id),
        "alarms": (Alarm, Alarm.vehicle_id == vehicle_id),
    }
    columns = [
        select(func.count()).select_from(model).where(where).scalar_subquery().label(name)
        for name, (model, where) in asked.items()
    ]
    return dict(db.session.execute(select(*columns)).mappings().one())
