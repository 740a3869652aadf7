"""The verbs of the ledger: record a cost, a fill, a policy; reverse one; cards and tanks."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage

from ...core import audit, clock
from ...core.access import Actor
from ...core.db import db, hold
from ...core.errors import Rejected
from ..models import Vehicle
from ..obligations import by_policy as obligations
from ..odometer import service as odometer
from ..odometer.models import Source
from . import ledger, queries, rules
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
    row = ledger.enter(
        vehicle_id, CostKind(kind), day, amount, by, payee=payee, paper_no=paper_no, note=note, proof=proof
    )
    audit.record("vehicles.cost.recorded", row, by)
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
    dial_reason: str | None = "",
) -> VehicleCost:
    """A car was filled up; what a card paid leaves the card. `dial_reason`: why the dial does not fit."""
    given: dict[str, Any] = {"payee": station, "paper_no": paper_no, "proof": proof}
    row = enter_fill(vehicle_id, at, litres, amount, by, is_full=is_full, odometer_value=odometer_value,
                     card_id=card_id, dial_reason=dial_reason, **given)  # fmt: skip
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
    dial_reason: str | None = "",
    **given: Any,
) -> VehicleCost:
    """A fill as part of a deed that names itself (one of a statement, one that a driver noted)."""
    if litres <= 0:
        raise Rejected(_l("Enter the litres."), "litres")
    if card_id is not None:
        [card] = hold(FuelCard, card_id)
        if card.vehicle_id not in (None, vehicle_id):
            raise Rejected(_l("This card belongs to another car."), "card_id")
    row = ledger.enter(vehicle_id, CostKind.ENERGY, at.date(), amount, by, **given)
    db.session.add(
        FuelFill(cost_id=row.id, at=at, litres=litres, is_full=is_full, card_id=card_id, serial=serial or None)
    )
    if odometer_value is not None:
        part_of = {"dispatch_id": row.dispatch_id, "cost_id": row.id}
        odometer.note(vehicle_id, int(odometer_value), at, Source.FUEL, by, **part_of, dial_reason=dial_reason)
    if card_id is not None:
        ledger.on_card(card_id, row.day, -amount, by, cost_id=row.id, paper_no=row.paper_no)
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
    row = ledger.enter(
        vehicle_id, CostKind.INSURANCE, day, total, by, payee=insurer, paper_no=paper_no, note=policy_no, proof=proof
    )
    db.session.add(InsurancePolicy(cost_id=row.id, policy_no=policy_no.strip(), from_on=from_on, to_on=to_on))
    db.session.flush()
    for part, (insured, premium) in premiums.items():
        db.session.add(PolicyPremium(cost_id=row.id, part=part, insured=insured, premium=premium))
    audit.record("vehicles.insurance.recorded", row, by)
    _meet(row, premiums, from_on, to_on, by)
    return row


def _meet(row: VehicleCost, insured: Mapping[PolicyPart, object], from_on: date, to_on: date, by: Actor) -> None:
    """What the policy insures is owed no more until its last day."""
    for kind, parts in obligations.INSURES.items():
        if parts & set(insured):
            obligations.meet(row, kind, from_on, to_on, by)


def reverse(cost: VehicleCost, reason_given: str, by: Actor) -> VehicleCost:
    """Take a row back (红字冲销); what its policy had met is owed again."""
    row = ledger.take_back(cost, reason_given, by)
    obligations.lose(cost, reason_given, by)
    return row


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
    row = ledger.on_card(card.id, day, amount, by, paper_no=paper_no.strip())
    audit.record("vehicles.fuel_card.topped_up", row, by)
    return row


def reverse_top_up(entry: CardEntry, reason_given: str, by: Actor) -> CardEntry:
    hold(FuelCard, entry.card_id)
    check_top_up(entry)
    row = ledger.on_card(entry.card_id, entry.day, -entry.amount, by, paper_no=entry.paper_no)
    row.reverses_id, row.reason = entry.id, reason_given
    audit.record("vehicles.fuel_card.top_up_reversed", row, by)
    return row


def check_top_up(entry: CardEntry) -> None:
    """It can be taken back."""
    if entry.cost_id is not None:
        raise Rejected(_l("This belongs to a refuelling: reverse that."))
    rules.check_reversible(entry.reverses_id is not None, queries.is_entry_reversed(entry.id))


def set_tank(vehicle_id: int, energy: str, litres: Decimal | None, by: Actor) -> CarTank:
    """What the car drives on and what its tank holds, by the maker's manual."""
    hold(Vehicle, vehicle_id)
    row = db.session.get(CarTank, vehicle_id) or CarTank(vehicle_id=vehicle_id)
    row.energy, row.litres = energy, None if litres is None else int(litres)
    db.session.add(row)
    audit.record("vehicles.tank.set", row, by)
    return row
