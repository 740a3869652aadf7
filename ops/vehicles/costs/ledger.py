"""Rows of the ledger as parts of deeds that name themselves: enter one, take one back."""

from datetime import date
from decimal import Decimal

from werkzeug.datastructures import FileStorage

from ...core import audit, clock, files
from ...core.access import Actor
from ...core.db import db, hold
from ..models import Vehicle
from ..odometer import service as odometer
from . import queries, repair_queries, rules
from .models import CardEntry, CostKind, FuelFill, VehicleCost
from .repair_models import RepairState, RepairStep


def enter(
    vehicle_id: int,
    kind: CostKind,
    day: date,
    amount: Decimal,
    by: Actor,
    *,
    payee: str = "",
    paper_no: str = "",
    note: str = "",
    proof: FileStorage | None = None,
    dispatch_id: int | None = None,
) -> VehicleCost:
    """The row of the ledger as part of a deed that names itself. The trip of that day is found when there is one."""
    [car] = hold(Vehicle, vehicle_id)
    rules.check_amount(amount)
    rules.check_day(day, clock.today(), car.registered_on)
    row = VehicleCost(vehicle_id=vehicle_id, kind=kind, day=day, amount=amount)
    row.payee, row.paper_no, row.note = payee.strip(), paper_no.strip(), note.strip()
    row.dispatch_id = dispatch_id or queries.only_trip(vehicle_id, day)
    row.recorded_at, row.recorded_by = clock.now(), by.name
    if proof is not None and proof.filename:
        kept = files.keep(proof, "proof", by)
        db.session.flush()
        row.attachment_id = kept.id
    db.session.add(row)
    db.session.flush()
    return row


def take_back(cost: VehicleCost, reason_given: str, by: Actor) -> VehicleCost:
    """Reverse a row (红字冲销): amount, litres, the card's money and the dial's reading with it."""
    hold(Vehicle, cost.vehicle_id)
    hold(VehicleCost, cost.id)
    rules.check_reversible(cost.reverses_id is not None, queries.is_reversed(cost.id))
    row = VehicleCost(vehicle_id=cost.vehicle_id, kind=cost.kind, day=cost.day, amount=-cost.amount)
    row.payee, row.paper_no, row.note, row.dispatch_id = cost.payee, cost.paper_no, cost.note, cost.dispatch_id
    row.reverses_id, row.reason, row.recorded_at, row.recorded_by = cost.id, reason_given, clock.now(), by.name
    db.session.add(row)
    db.session.flush()
    if cost.fill:
        _reverse_fill(cost.fill, row, by)
    odometer.withdraw(cost.id, reason_given, by)
    _reopen_repair(cost.id, reason_given, by)
    audit.record("vehicles.cost.reversed", row, by)
    return row


def _reverse_fill(filled: FuelFill, row: VehicleCost, by: Actor) -> None:
    turned = FuelFill(cost_id=row.id, at=filled.at, litres=-filled.litres, is_full=False, card_id=filled.card_id)
    db.session.add(turned)
    if filled.card_id is not None:
        on_card(filled.card_id, row.day, -row.amount, by, cost_id=row.id, paper_no=row.paper_no)


def _reopen_repair(cost_id: int, reason_given: str, by: Actor) -> None:
    """A repair whose invoice was taken back waits for the right one."""
    if job := repair_queries.job_of_cost(cost_id):
        job.steps.append(
            RepairStep(kind=RepairState.FINISHED, paper_no="", note=reason_given, at=clock.now(), by=by.name)
        )


def on_card(
    card_id: int, day: date, amount: Decimal, by: Actor, paper_no: str, cost_id: int | None = None
) -> CardEntry:
    row = CardEntry(card_id=card_id, day=day, amount=amount, paper_no=paper_no, cost_id=cost_id)
    row.recorded_at, row.recorded_by = clock.now(), by.name
    db.session.add(row)
    return row
