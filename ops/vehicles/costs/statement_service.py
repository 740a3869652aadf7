"""Taking in a fuel card statement: good rows land as refuellings, bad ones are kept with the reason."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, select
from werkzeug.datastructures import FileStorage

from ...core import audit, clock
from ...core.access import Actor
from ...core.db import db, hold, savepoint
from ...core.errors import Rejected
from ...core.sheets import Line, hand_back, in_one, read_sheet, told, upload_bytes
from ..models import Vehicle
from . import queries, rules, statement
from .models import FuelCard, FuelFill, VehicleCost
from .repair_models import FuelIntake, FuelIntakeFault
from .service import enter_fill
from .statement import Bought

Facts = tuple[datetime, Decimal, Decimal]
CALLED = {"day": "at", "vehicle_id": "plate", "card_id": "card", "odometer_value": "odometer"}


def take_in(file: FileStorage, by: Actor) -> FuelIntake:
    """A row is known by card and serial number: the same file again changes nothing."""
    sheet = read_sheet(upload_bytes(file, "file"), statement.COLUMNS, "file")
    hold(FuelCard, *db.session.scalars(select(FuelCard.id)))
    hold(Vehicle, *db.session.scalars(select(Vehicle.id)))  # in one order, whatever the order of the file
    place, added, already = _Place(), 0, 0
    faults: list[tuple[Line, str]] = []
    for line in sheet.lines:
        try:
            landed = place.land(statement.parse(line), by)
        except Rejected as refusal:
            faults.append((line, in_one(told(refusal, sheet, CALLED))))
            continue
        added, already = added + landed, already + (not landed)
    intake = FuelIntake(name=(file.filename or "")[-200:], head=json.dumps(list(sheet.head), ensure_ascii=False))
    intake.added, intake.already, intake.faulty = added, already, len(faults)
    intake.taken_at, intake.taken_by = clock.now(), by.name
    intake.faults = [_fault(line, reason) for line, reason in faults]
    db.session.add(intake)
    audit.record("vehicles.statement.taken_in", intake, by, added=added, already=already)
    return intake


def _fault(line: Line, reason: str) -> FuelIntakeFault:
    return FuelIntakeFault(line=line.number, reason=reason, cells=json.dumps(list(line.cells), ensure_ascii=False))


class _Place:
    """Where a row belongs: its card, the car of the card or of the plate; and what has landed before."""

    def __init__(self) -> None:
        self.cards = {card.number: card for card in db.session.scalars(select(FuelCard))}
        self.cars = dict(iter(db.session.execute(select(Vehicle.plate, Vehicle.id))))
        facts: list[Any] = [FuelFill.at, FuelFill.litres, VehicleCost.amount]
        rows: Select[Any] = select(VehicleCost.vehicle_id, FuelFill.card_id, FuelFill.serial, *facts)
        self.landed: dict[tuple[int, str], Facts] = {}
        self.by_hand: set[tuple[int, date, Decimal, Decimal]] = set()
        for car, card, serial, at, litres, amount in db.session.execute(
            queries.standing(rows.join_from(VehicleCost, FuelFill))
        ):
            if serial and card:
                self.landed[card, serial] = at, litres, amount
            else:
                self.by_hand.add((car, at.date(), litres, amount))

    def land(self, row: Bought, by: Actor) -> bool:
        """Whether the row brought something new. Raises Rejected, and then nothing of it is written."""
        if row.card not in self.cards:
            raise Rejected(_l("There is no fuel card “%(card)s”.", card=row.card), "card")
        card, facts = self.cards[row.card], (row.at, row.litres, row.amount)
        if (known := self.landed.get((card.id, row.serial))) is not None:
            if known != facts:
                raise Rejected(_l("Serial number %(serial)s is there with other figures.", serial=row.serial), "serial")
            return False
        car = self._car(row, card)
        self._check(row, card, car)
        with savepoint():  # a dial that is asked about leaves nothing of its row behind
            enter_fill(
                car, row.at, row.litres, row.amount, by, is_full=row.is_full, odometer_value=row.odometer,
                card_id=card.id, serial=row.serial, payee=row.station, paper_no=row.serial,
                dial_reason=row.dial_reason,
            )  # fmt: skip
        self.landed[card.id, row.serial] = facts
        return True

    def _check(self, row: Bought, card: FuelCard, car: int) -> None:
        if (car, row.at.date(), row.litres, row.amount) in self.by_hand:
            raise Rejected(
                _l("The same litres and amount are recorded for this car on that day by hand. Reverse that first.")
            )
        if row.at > clock.now():
            raise Rejected(_l("That moment is still to come."), "at")
        rules.check_day(row.at.date(), clock.today(), card.opened_on)

    def _car(self, row: Bought, card: FuelCard) -> int:
        if row.plate and row.plate not in self.cars:
            raise Rejected(_l("There is no car with the plate “%(plate)s”.", plate=row.plate), "plate")
        car = self.cars[row.plate] if row.plate else card.vehicle_id
        if car is None:
            raise Rejected(_l("The card belongs to no car: the row has to name the plate."), "plate")
        return car


def handed_back(intake: FuelIntake) -> bytes:
    """The rows that could not land, as they stood, with the reason behind each."""
    rows: list[tuple[Sequence[str], str]] = [(json.loads(fault.cells), fault.reason) for fault in intake.faults]
    return hand_back(json.loads(intake.head), rows, _("Reason"))
