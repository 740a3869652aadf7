"""Reads of a car's life."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from ...core.db import db
from ...people.models import Unit
from .file_models import CarFile, CarPaper, Marking
from .life_models import CarDisposal, CarFileChange, DisposalVoid, TransferHolding
from .models import TransferVoid, VehicleTransfer


@dataclass(frozen=True)
class Holding:
    """Who owns, uses and manages a car; empty where it is not known."""

    owner: str
    user: str
    platform: str


HELD = ("owner_unit_id", "using_unit_id", "platform")
Says = dict[str, CarFile | TransferHolding]


def named_by_transfers(day: date, vehicle_id: int | None = None) -> dict[int, Says]:
    """Car → what transfers up to the day changed, each fact with the latest row that names it; void ones name none."""
    rows = select(VehicleTransfer.vehicle_id, TransferHolding).join(TransferHolding).outerjoin(
        TransferVoid, TransferVoid.transfer_id == VehicleTransfer.id
    )  # fmt: skip
    rows = rows.where(VehicleTransfer.day <= day, TransferVoid.transfer_id.is_(None))
    if vehicle_id is not None:
        rows = rows.where(VehicleTransfer.vehicle_id == vehicle_id)
    found: dict[int, Says] = {}
    for car, row in db.session.execute(rows.order_by(VehicleTransfer.day, VehicleTransfer.id)):
        found.setdefault(car, {}).update({fact: row for fact in HELD if getattr(row, fact)})
    return found


def says(file: CarFile, day: date) -> Says:
    """Fact → the row that says it on the day: the file, or the transfer that came after it."""
    return {**dict.fromkeys(HELD, file), **named_by_transfers(day, file.vehicle_id).get(file.vehicle_id, {})}


def held(file: CarFile, day: date) -> dict[str, Any]:
    """Owner unit, using unit and platform as they stand on the day."""
    return {fact: getattr(row, fact) for fact, row in says(file, day).items()}


def holding_of(file: CarFile, day: date) -> Holding:
    """As the file has it, changed by the transfers up to the day."""
    found = held(file, day)
    return Holding(unit_name(found["owner_unit_id"]), unit_name(found["using_unit_id"]), found["platform"])


def used_by(unit_id: int, day: date) -> set[int]:
    """Cars that the unit uses on the day, by their files and the transfers since."""
    users: Any = dict(iter(db.session.execute(select(CarFile.vehicle_id, CarFile.using_unit_id))))
    for car, named in named_by_transfers(day).items():
        if "using_unit_id" in named:
            users[car] = named["using_unit_id"].using_unit_id
    return {car for car, user in users.items() if user == unit_id}


def unit_name(unit_id: int | None) -> str:
    unit = db.session.get(Unit, unit_id) if unit_id else None
    return unit.name if unit else ""


def marking_of(vehicle_id: int) -> Marking | None:
    found = select(Marking).where(Marking.vehicle_id == vehicle_id)
    return db.session.scalars(found.order_by(Marking.day.desc(), Marking.id.desc()).limit(1)).first()


def papers_of(vehicle_id: int) -> Sequence[CarPaper]:
    found = select(CarPaper).where(CarPaper.vehicle_id == vehicle_id).order_by(CarPaper.day, CarPaper.id)
    return db.session.scalars(found).all()


def disposals_of(vehicle_id: int) -> Sequence[CarDisposal]:
    found = select(CarDisposal).where(CarDisposal.vehicle_id == vehicle_id).order_by(CarDisposal.id)
    return db.session.scalars(found).all()


def standing_disposal(vehicle_id: int) -> int | None:
    found = select(CarDisposal.id).outerjoin(DisposalVoid).where(DisposalVoid.disposal_id.is_(None))
    return db.session.scalar(found.where(CarDisposal.vehicle_id == vehicle_id))


def changes_of(vehicle_id: int) -> Sequence[CarFileChange]:
    found = select(CarFileChange).where(CarFileChange.vehicle_id == vehicle_id)
    return db.session.scalars(found.order_by(CarFileChange.id.desc())).all()
