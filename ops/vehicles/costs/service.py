"""The verbs of the ledger: record a cost, a fill, a policy; reverse one; cards and tanks."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage

from ...core import audit, clock, files
from ...core.access import Actor
from ...core.db import db, hold
from ...core.errors import Rejected
from ..models import Vehicle
from ..odometer import service as odometer
from ..odometer.models import Source
from . import queries, repair_queries, rules
from .models import (
    CardEntry,
    CarTank,
    CostKind,
    FuelCard,
    FuelFill,
    InsurancePolicy,
    PolicyPart,
    PolicyPremium,
    VehicleCost,
)
from .repair_models import RepairState, RepairStep


def record(
    vehicle_id: int,
    kind: str,
    day: date,
    amount: Decimal,
    payee: str,
    paper_no: str,
    note: str,
    proof: FileStorage | None,
    by: Actor,
) -> VehicleCost:
    """A toll, parking, an inspection's fee or another cost."""
    if CostKind(kind) in rules.OWN_PAGE:
        raise Rejected(_l("This kind has a form of its own."), "kind")
    row = enter(vehicle_id, CostKind(kind), day, amount, by, payee=payee, paper_no=paper_no, note=note, proof=proof)
    audit.record("vehicles.cost.recorded", row, by)
    return row


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


def fill(
    vehicle_id: int,
    at: datetime,
    litres: Decimal,
    amount: Decimal,
    is_full: bool,
    odometer_value: Decimal | None,
    card_id: int | None,
    station: str,
    paper_no: str,
    proof: FileStorage | None,
    by: Actor,
) -> VehicleCost:
    """A car was filled up; what a card paid leaves the card."""
    given: dict[str, Any] = {"payee": station, "paper_no": paper_no, "proof": proof}
    row = enter_fill(vehicle_id, at, litres, amount, by, is_full=is_full, odometer_value=odometer_value,
                     card_id=card_id, **given)  # fmt: skip
    audit.record("vehicles.fill.recorded", row, by)
    return row


def enter_fill(
    vehicle_id: int,
    at: datetime,
    litres: Decimal,
    amount: Decimal,
    by: Actor,
    *,
    is_full: bool,
    odometer_value: Decimal | None = None,
    card_id: int | None = None,
    serial: str | None = None,
    **given: Any,
) -> VehicleCost:
    """A fill as part of a deed that names itself (one of a statement, one that a driver noted)."""
    if litres <= 0:
        raise Rejected(_l("Enter the litres."), "litres")
    if card_id is not None:
        [card] = hold(FuelCard, card_id)
        if card.vehicle_id not in (None, vehicle_id):
            raise Rejected(_l("This card belongs to another car."), "card_id")
    row = enter(vehicle_id, CostKind.ENERGY, at.date(), amount, by, **given)
    db.session.add(
        FuelFill(cost_id=row.id, at=at, litres=litres, is_full=is_full, card_id=card_id, serial=serial or None)
    )
    if odometer_value is not None:
        odometer.note(vehicle_id, int(odometer_value), at, Source.FUEL, by, row.dispatch_id, cost_id=row.id)
    if card_id is not None:
        _on_card(card_id, row.day, -amount, by, cost_id=row.id, paper_no=row.paper_no)
    return row


def insure(
    vehicle_id: int,
    day: date,
    insurer: str,
    policy_no: str,
    from_on: date,
    to_on: date,
    premiums: Mapping[PolicyPart, tuple[Decimal | None, Decimal]],
    paper_no: str,
    proof: FileStorage | None,
    by: Actor,
) -> VehicleCost:
    """A policy with its parts; the cost counts on the day it was paid."""
    total = rules.check_premiums(premiums)
    if to_on < from_on:
        raise Rejected(_l("The insurance ends before it begins."), "to_on")
    row = enter(
        vehicle_id, CostKind.INSURANCE, day, total, by, payee=insurer, paper_no=paper_no, note=policy_no, proof=proof
    )
    db.session.add(InsurancePolicy(cost_id=row.id, policy_no=policy_no.strip(), from_on=from_on, to_on=to_on))
    db.session.flush()
    for part, (insured, premium) in premiums.items():
        db.session.add(PolicyPremium(cost_id=row.id, part=part, insured=insured, premium=premium))
    audit.record("vehicles.insurance.recorded", row, by)
    return row


def reverse(cost: VehicleCost, reason_given: str, by: Actor) -> VehicleCost:
    """Take a row back (红字冲销): amount, litres, the card's money and the dial's reading with it."""
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
        _on_card(filled.card_id, row.day, -row.amount, by, cost_id=row.id, paper_no=row.paper_no)


def _reopen_repair(cost_id: int, reason_given: str, by: Actor) -> None:
    """A repair whose invoice was taken back waits for the right one."""
    if job := repair_queries.job_of_cost(cost_id):
        job.steps.append(
            RepairStep(kind=RepairState.FINISHED, paper_no="", note=reason_given, at=clock.now(), by=by.name)
        )


def open_card(number: str, vehicle_id: int | None, opened_on: date, by: Actor) -> FuelCard:
    if queries.card_with(number.strip()):
        raise Rejected(_l("This card is registered already."), "number")
    card = FuelCard(number=number.strip(), vehicle_id=vehicle_id, opened_on=opened_on)
    db.session.add(card)
    audit.record("vehicles.fuel_card.opened", card, by)
    return card


def top_up(card: FuelCard, day: date, amount: Decimal, paper_no: str, by: Actor) -> CardEntry:
    """Money comes on the card. It is no cost yet: fuel is, when it is filled."""
    hold(FuelCard, card.id)
    rules.check_amount(amount)
    rules.check_day(day, clock.today(), card.opened_on)
    row = _on_card(card.id, day, amount, by, paper_no=paper_no.strip())
    audit.record("vehicles.fuel_card.topped_up", row, by)
    return row


def reverse_top_up(entry: CardEntry, reason_given: str, by: Actor) -> CardEntry:
    hold(FuelCard, entry.card_id)
    if entry.cost_id is not None:
        raise Rejected(_l("This belongs to a refuelling: reverse that."))
    rules.check_reversible(entry.reverses_id is not None, queries.is_entry_reversed(entry.id))
    row = _on_card(entry.card_id, entry.day, -entry.amount, by, paper_no=entry.paper_no)
    row.reverses_id, row.reason = entry.id, reason_given
    audit.record("vehicles.fuel_card.top_up_reversed", row, by)
    return row


def _on_card(
    card_id: int, day: date, amount: Decimal, by: Actor, paper_no: str, cost_id: int | None = None
) -> CardEntry:
    row = CardEntry(card_id=card_id, day=day, amount=amount, paper_no=paper_no, cost_id=cost_id)
    row.recorded_at, row.recorded_by = clock.now(), by.name
    db.session.add(row)
    return row


def set_tank(vehicle_id: int, energy: str, litres: Decimal | None, by: Actor) -> CarTank:
    """What the car drives on and what its tank holds, by the maker's manual."""
    hold(Vehicle, vehicle_id)
    row = db.session.get(CarTank, vehicle_id) or CarTank(vehicle_id=vehicle_id)
    row.energy, row.litres = energy, None if litres is None else int(litres)
    db.session.add(row)
    audit.record("vehicles.tank.set", row, by)
    return row
