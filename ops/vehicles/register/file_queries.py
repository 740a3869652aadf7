"""Reads of car files."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, inspect, or_, select

from ...core.db import db
from ...people.models import Unit
from ..models import Vehicle, VehicleCategory
from ..rulebook.book import Book
from .ceiling_rules import Bought, Standard, standard
from .file_models import CarFile, Quota
from .life_queries import named_by_transfers


def file_of(vehicle_id: int) -> CarFile | None:
    return db.session.get(CarFile, vehicle_id)


def typed(vehicle_id: int, day: date) -> dict[str, Any]:
    """The file as its form shows it: owner, user and platform as they stand on the day."""
    file = file_of(vehicle_id)
    kept = {each.key: getattr(file, each.key) for each in inspect(CarFile).column_attrs} if file else {}
    named = named_by_transfers(day, vehicle_id).get(vehicle_id, {})
    return {**kept, **{fact: getattr(row, fact) for fact, row in named.items()}}


def bought(vehicle: Vehicle, file: CarFile) -> Bought:
    """The car as the standard asks for it; bought, when nobody knows, on the first day that is known of it."""
    day = file.bought_on or file.first_registered_on or vehicle.registered_on
    known = (vehicle.category, file.body, file.energy, file.ceiling_case)
    return Bought(*known, file.price, file.displacement, day)


def standard_of(vehicle: Vehicle, file: CarFile, book: Book) -> Standard | None:
    """The verdict on the car, by the rule in force when it was bought."""
    return standard(bought(vehicle, file), book)


def units() -> Sequence[tuple[int, str]]:
    return [(key, name) for key, name in db.session.execute(select(Unit.id, Unit.name).order_by(Unit.name))]


def quota_table(day: date) -> list[tuple[str, dict[str, int]]]:
    """Cars on the register on the day by category and quota; a car without a file has its quota not set."""
    quota = func.coalesce(CarFile.quota, Quota.NOT_SET.value)
    rows: Any = select(Vehicle.category, quota, func.count()).outerjoin(CarFile, CarFile.vehicle_id == Vehicle.id)
    rows = rows.where(
        Vehicle.registered_on <= day, or_(Vehicle.deregistered_on.is_(None), Vehicle.deregistered_on > day)
    )
    found: dict[str, dict[str, int]] = {}
    for category, of_quota, count in db.session.execute(rows.group_by(Vehicle.category, quota)):
        found.setdefault(category, {})[of_quota] = count
    order = list(VehicleCategory)
    return sorted(found.items(), key=lambda each: order.index(VehicleCategory(each[0])))
