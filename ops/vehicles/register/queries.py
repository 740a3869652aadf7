"""Reads of the register."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select

from ...core.db import db
from ...core.timeslot import Slot
from ...people.models import Unit
from ..models import Dispatch, Vehicle
from .file_models import CarFile
from .models import CategoryChange, CategoryVoid, ReformKind, ReformUnit, TransferVoid, VehicleTransfer


def car_with(plate: str) -> int | None:
    return db.session.scalar(select(Vehicle.id).where(Vehicle.plate == plate))


def none_seats(people: int, slot: Slot) -> bool:
    """There are cars on the register all the time, and none has seats for so many and the driver."""
    first, last = slot.start.date(), slot.end.date()
    there = (Vehicle.registered_on <= first, or_(Vehicle.deregistered_on.is_(None), Vehicle.deregistered_on > last))
    most = db.session.scalar(select(func.max(Vehicle.seats)).where(*there))
    return most is not None and people + 1 > most


def held_from(vehicle_id: int, moment: datetime) -> Sequence[Dispatch]:
    """Trips for which the car is held at the moment or later."""
    held = (Dispatch.vehicle_id == vehicle_id, Dispatch.released_at.is_(None), Dispatch.ends_at > moment)
    return db.session.scalars(select(Dispatch).where(*held).order_by(Dispatch.starts_at)).all()


def first_trip(vehicle_id: int) -> date | None:
    """The day of the car's first trip that was not called off."""
    held = (Dispatch.vehicle_id == vehicle_id, ~Dispatch.cancellation.has())
    return db.session.scalar(select(func.min(Dispatch.day)).where(*held))


def category_changes(vehicle_id: int) -> Sequence[CategoryChange]:
    """All of them, in the order of their days; void ones too."""
    found = select(CategoryChange).where(CategoryChange.vehicle_id == vehicle_id)
    return db.session.scalars(found.order_by(CategoryChange.day, CategoryChange.id)).all()


def standing_change(vehicle_id: int) -> CategoryChange | None:
    """The latest change of its category that counts."""
    found = select(CategoryChange).outerjoin(CategoryVoid).where(CategoryVoid.change_id.is_(None))
    latest = found.where(CategoryChange.vehicle_id == vehicle_id).order_by(CategoryChange.day.desc())
    return db.session.scalars(latest.limit(1)).first()


def change_days(vehicle_id: int) -> Sequence[date]:
    """The days of the changes of its category that count, in order."""
    found = select(CategoryChange.day).outerjoin(CategoryVoid).where(CategoryVoid.change_id.is_(None))
    return db.session.scalars(found.where(CategoryChange.vehicle_id == vehicle_id).order_by(CategoryChange.day)).all()


def known_from(vehicle_id: int) -> date:
    """The earliest day that the register or the file tells of the car."""
    rows = select(Vehicle.registered_on, CarFile.bought_on, CarFile.first_registered_on)
    rows = rows.outerjoin(CarFile, CarFile.vehicle_id == Vehicle.id).where(Vehicle.id == vehicle_id)
    days: list[date] = [day for day in db.session.execute(rows).one() if day]
    return min(days)


def transferred_on(vehicle_id: int, day: date) -> bool:
    found = select(VehicleTransfer.id).outerjoin(TransferVoid).where(TransferVoid.transfer_id.is_(None))
    found = found.where(VehicleTransfer.vehicle_id == vehicle_id, VehicleTransfer.day == day)
    return db.session.scalar(found) is not None


def last_transfer(vehicle_id: int) -> date | None:
    """The day on which the car last passed to another holder."""
    found = select(func.max(VehicleTransfer.day)).outerjoin(TransferVoid).where(TransferVoid.transfer_id.is_(None))
    return db.session.scalar(found.where(VehicleTransfer.vehicle_id == vehicle_id))


def transfers_of(vehicle_id: int) -> Sequence[VehicleTransfer]:
    found = select(VehicleTransfer).where(VehicleTransfer.vehicle_id == vehicle_id)
    return db.session.scalars(found.order_by(VehicleTransfer.day, VehicleTransfer.id)).all()


def transfers() -> Select[Any]:
    return select(VehicleTransfer).join(Vehicle, Vehicle.id == VehicleTransfer.vehicle_id)


def under_reform(unit_id: int, day: date) -> bool:
    """Whether the unit is under the reform on the day or will be after it."""
    open_or_later = or_(ReformUnit.to_on.is_(None), ReformUnit.to_on > day)
    return db.session.scalar(select(ReformUnit.id).where(ReformUnit.unit_id == unit_id, open_or_later)) is not None


def reform_units() -> Select[Any]:
    return select(ReformUnit).join(Unit, Unit.id == ReformUnit.unit_id).add_columns(Unit.name)


def reformable_units() -> Sequence[tuple[int, str]]:
    found = select(Unit.id, Unit.name).where(Unit.kind.in_(list(ReformKind))).order_by(Unit.name)
    return [(key, name) for key, name in db.session.execute(found)]


def all_cars() -> Sequence[tuple[int, str]]:
    found = select(Vehicle.id, Vehicle.plate + " " + Vehicle.model).order_by(Vehicle.plate)
    return [(key, name) for key, name in db.session.execute(found)]


def of_category(category: str) -> ColumnElement[bool]:
    return Vehicle.category == category


def on_or_off(chosen: str) -> ColumnElement[bool]:
    """`on`: on the register, `off`: taken off it."""
    return Vehicle.deregistered_on.is_(None) if chosen == "on" else Vehicle.deregistered_on.is_not(None)


def of_reform_kind(kind: str) -> ColumnElement[bool]:
    return ReformUnit.kind == kind
