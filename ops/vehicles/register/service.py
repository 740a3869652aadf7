"""The verbs of the register: cars come and go, pass to other holders; units enter and leave the vehicle reform."""

from datetime import date, datetime, time

from flask_babel import lazy_gettext as _l

from ...core import audit, clock
from ...core.access import Actor
from ...core.db import db, hold
from ...core.errors import Rejected
from ...people.models import Unit
from ..models import Vehicle
from . import queries, rules
from .life_models import CarFileChange
from .models import CategoryChange, CategoryVoid, ReformUnit, TransferVoid, VehicleTransfer


def register(plate: str, category: str, model: str, seats: int, registered_on: date, by: Actor) -> Vehicle:
    """A car comes on the register. Plates are kept without blanks, in capitals."""
    plate = rules.plain_plate(plate)
    rules.check_happened(registered_on, clock.today(), "registered_on")
    if queries.car_with(plate):
        raise Rejected(_l("%(plate)s is on the register already.", plate=plate), "plate")
    car = Vehicle(plate=plate, category=category, model=model.strip(), seats=int(seats), registered_on=registered_on)
    db.session.add(car)
    audit.record("vehicles.car.registered", car, by)
    return car


def correct(
    vehicle: Vehicle, plate: str, category: str, model: str, seats: int, registered_on: date, by: Actor
) -> Vehicle:
    """The car stands on the register with other facts, or got another plate (变更车号); each change is a row.

    A category that is corrected always was so; one that changed on a day is a change of its own.
    """
    hold(Vehicle, vehicle.id)
    plate = rules.plain_plate(plate)
    if queries.car_with(plate) not in (None, vehicle.id):
        raise Rejected(_l("%(plate)s is on the register already.", plate=plate), "plate")
    rules.check_happened(registered_on, clock.today(), "registered_on")
    changed = queries.change_days(vehicle.id)
    first_change = changed[0] if changed else None
    rules.check_registered(registered_on, vehicle.deregistered_on, queries.first_trip(vehicle.id), first_change)
    rules.check_category_correction(vehicle.category, category, changed[-1] if changed else None)
    facts = {"plate": plate, "category": category, "model": model.strip(), "seats": int(seats),
             "registered_on": registered_on}  # fmt: skip
    at = clock.now()
    for fact, value in facts.items():
        before = getattr(vehicle, fact)
        if before != value:
            setattr(vehicle, fact, value)
            row = CarFileChange(
                vehicle_id=vehicle.id, fact=fact, before=str(before), after=str(value), at=at, by=by.name
            )
            db.session.add(row)
    audit.record("vehicles.car.corrected", vehicle, by)
    return vehicle


def change_category(vehicle: Vehicle, category: str, day: date, paper_no: str, by: Actor) -> CategoryChange:
    """From that day on the car is of another category; before it, figures keep the one it had."""
    hold(Vehicle, vehicle.id)
    db.session.refresh(vehicle)
    last = queries.standing_change(vehicle.id)
    rules.check_category_change(vehicle, category, day, clock.today(), last.day if last else None)
    row = CategoryChange(vehicle_id=vehicle.id, day=day, before=vehicle.category, after=category)
    row.paper_no, row.at, row.by = paper_no.strip(), clock.now(), by.name
    db.session.add(row)
    audit.record("vehicles.category.changed", row, by)
    db.session.flush()
    vehicle.category = category
    return row


def void_category_change(change: CategoryChange, reason_given: str, by: Actor) -> CategoryVoid:
    """Recorded by mistake: it stays to be read, and the car is again what it was before; only of the latest."""
    hold(Vehicle, change.vehicle_id)
    latest = queries.standing_change(change.vehicle_id)
    if latest is None or latest.id != change.id:
        raise Rejected(_l("Only the latest change that counts can become void."))
    db.session.get_one(Vehicle, change.vehicle_id).category = change.before
    db.session.flush()
    row = CategoryVoid(change_id=change.id, day=change.day, at=clock.now(), by=by.name, reason=reason_given)
    db.session.add(row)
    audit.record("vehicles.category.change_voided", change, by)
    return row


def deregister(vehicle: Vehicle, deregistered_on: date, by: Actor) -> Vehicle:
    """A car leaves the register; not while trips are planned for it from that day on."""
    hold(Vehicle, vehicle.id)
    changed = queries.change_days(vehicle.id)
    last_transfer = queries.last_transfer(vehicle.id)
    rules.check_deregistration(vehicle, deregistered_on, changed[-1] if changed else None, last_transfer)
    ahead = queries.held_from(vehicle.id, datetime.combine(deregistered_on, time.min))
    rules.check_nothing_ahead(vehicle, ahead)
    vehicle.deregistered_on = deregistered_on
    audit.record("vehicles.car.deregistered", vehicle, by)
    return vehicle


def transfer(vehicle_id: int, day: date, from_holder: str, to_holder: str, by: Actor) -> VehicleTransfer:
    """A car passes from one holder to another (划转)."""
    [car] = hold(Vehicle, vehicle_id)
    if from_holder.strip() == to_holder.strip():
        raise Rejected(_l("The car passes to somebody else: the two must differ."), "to_holder")
    rules.check_happened(day, clock.today(), "day")
    rules.check_held(day, queries.known_from(vehicle_id), car.deregistered_on)
    if queries.transferred_on(vehicle_id, day):
        raise Rejected(_l("A transfer of this car on this day is recorded already."), "day")
    row = VehicleTransfer(vehicle_id=vehicle_id, day=day, from_holder=from_holder.strip(), to_holder=to_holder.strip())
    row.at, row.by = clock.now(), by.name
    db.session.add(row)
    audit.record("vehicles.transfer.recorded", row, by)
    return row


def void_transfer(transfer: VehicleTransfer, reason_given: str, by: Actor) -> TransferVoid:
    """Recorded by mistake: it stays to be read and does not count."""
    hold(VehicleTransfer, transfer.id)
    if transfer.void:
        raise Rejected(_l("This record is void already."))
    row = TransferVoid(transfer_id=transfer.id, day=transfer.day, at=clock.now(), by=by.name, reason=reason_given)
    db.session.add(row)
    audit.record("vehicles.transfer.voided", transfer, by)
    return row


def enter_reform(unit_id: int, from_on: date, by: Actor) -> ReformUnit:
    """A unit comes under the vehicle reform, as what it is at the time."""
    [unit] = hold(Unit, unit_id)
    rules.check_reformable(unit.kind)
    if queries.under_reform(unit_id, from_on):
        raise Rejected(_l("%(unit)s is under the reform already.", unit=unit.name), "unit_id")
    row = ReformUnit(unit_id=unit_id, kind=unit.kind, from_on=from_on)
    db.session.add(row)
    audit.record("vehicles.reform_unit.entered", row, by)
    return row


def leave_reform(membership: ReformUnit, to_on: date, by: Actor) -> ReformUnit:
    hold(ReformUnit, membership.id)
    rules.check_leaving(membership, to_on)
    membership.to_on = to_on
    audit.record("vehicles.reform_unit.left", membership, by)
    return membership
