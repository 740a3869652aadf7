"""Reads of a car's life."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

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


def holding_of(file: CarFile, day: date) -> Holding:
    """As the file has it, changed by the transfers up to the day; void ones change nothing."""
    rows = select(TransferHolding).join(VehicleTransfer).outerjoin(
        TransferVoid, TransferVoid.transfer_id == VehicleTransfer.id
    )  # fmt: skip
    rows = rows.where(VehicleTransfer.vehicle_id == file.vehicle_id, VehicleTransfer.day <= day)
    rows = rows.where(TransferVoid.transfer_id.is_(None)).order_by(VehicleTransfer.day, VehicleTransfer.id)
    owner, user, platform = file.owner_unit_id, file.using_unit_id, file.platform
    for row in db.session.scalars(rows):
        owner, user = row.owner_unit_id or owner, row.using_unit_id or user
        platform = row.platform or platform
    return Holding(unit_name(owner), unit_name(user), platform)


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
