"""The verbs of hired vehicles: record an activity, add vehicle-trips, void it."""

from datetime import date
from decimal import Decimal

from ...core import audit, clock
from ...core.access import Actor
from ...core.db import db, hold
from . import rules
from .models import Hire, HiredTrip, HireVoid


def record(
    unit_id: int, activity: str, day: date, reason_class: str, paper_no: str, by: Actor,
    vendor: str, vehicle_class: str, how_many: int, price: Decimal, plates: str,
) -> Hire:  # fmt: skip
    """An activity for which vehicles were hired, with its first vehicle-trips."""
    hire = Hire(unit_id=unit_id, activity=activity.strip(), day=day, reason_class=reason_class)
    hire.paper_no, hire.recorded_at, hire.recorded_by = (paper_no or "").strip() or None, clock.now(), by.name
    hire.trips = _trips(day, vendor, vehicle_class, int(how_many), price, plates)
    db.session.add(hire)
    audit.record("vehicles.hire.recorded", hire, by)
    return hire


def add_trips(
    hire: Hire, vendor: str, vehicle_class: str, how_many: int, price: Decimal, plates: str, by: Actor
) -> Hire:
    """More vehicles for the same activity."""
    hold(Hire, hire.id)
    rules.check_stands(hire)
    hire.trips.extend(_trips(hire.day, vendor, vehicle_class, int(how_many), price, plates))
    audit.record("vehicles.hire.trips_added", hire, by)
    return hire


def void(hire: Hire, reason_given: str, by: Actor) -> HireVoid:
    """Recorded by mistake: activity and vehicle-trips stay to be read and do not count."""
    hold(Hire, hire.id)
    rules.check_stands(hire)
    row = HireVoid(hire_id=hire.id, day=hire.day, at=clock.now(), by=by.name, reason=reason_given)
    db.session.add(row)
    audit.record("vehicles.hire.voided", hire, by)
    return row


def _trips(day: date, vendor: str, vehicle_class: str, how_many: int, price: Decimal, plates: str) -> list[HiredTrip]:
    same = {"day": day, "vendor": vendor.strip(), "vehicle_class": vehicle_class, "price": price}
    return [HiredTrip(**same, plate=plate) for plate in rules.listed_plates(plates or "", how_many)]
