"""Keeping the file of a car (一车一档)."""

from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from ...core import audit, clock
from ...core.access import Actor
from ...core.db import db, hold
from ...core.errors import Rejected
from ..models import Vehicle
from . import file_rules, rules
from .file_models import CarFile
from .life_models import CarFileChange
from .life_queries import unit_name

PLAIN = ("body", "energy", "acquired", "quota", "platform", "price", "bought_on", "first_registered_on")
TEXTS = ("engine_no", "brand", "colour", "special")
UNITS = ("owner_unit_id", "using_unit_id")
FACTS = ("vin", "displacement", "old_cycle", *PLAIN, *TEXTS, *UNITS)


def keep(vehicle: Vehicle, vin: str, displacement: Decimal | None, old_cycle: bool, by: Actor, **facts: Any) -> CarFile:
    """What the car is, as its papers say. Over the standard is shown, not refused."""
    hold(Vehicle, vehicle.id)
    vin = file_rules.plain_vin(vin)
    file_rules.check_vin(vin)
    _check_vin_is_free(vehicle.id, vin)
    file_rules.check_days(facts["bought_on"], facts["first_registered_on"])
    for fact in ("bought_on", "first_registered_on"):
        rules.check_happened(facts[fact], clock.today(), fact)
    row = db.session.get(CarFile, vehicle.id) or CarFile(vehicle_id=vehicle.id)
    before = _plain(row)
    row.vin, row.displacement, row.old_cycle = vin or None, displacement, old_cycle
    for name in PLAIN:
        setattr(row, name, facts[name])
    for name in TEXTS:
        setattr(row, name, (facts[name] or "").strip() or None)
    row.owner_unit_id, row.using_unit_id = facts["owner_unit_id"], facts["using_unit_id"]
    row.kept_at, row.kept_by = clock.now(), by.name
    db.session.add(row)
    db.session.flush()
    after, at = _plain(row), row.kept_at
    db.session.add_all(
        CarFileChange(vehicle_id=vehicle.id, fact=fact, before=before[fact], after=after[fact], at=at, by=by.name)
        for fact in FACTS if before[fact] != after[fact]
    )  # fmt: skip
    audit.record("vehicles.car_file.kept", row, by)
    return row


def _plain(row: CarFile) -> dict[str, str]:
    """The facts of the file as a person reads them; empty where nothing is known."""
    plain = {fact: "" if getattr(row, fact) is None else str(getattr(row, fact)) for fact in FACTS}
    for name in ("price", "displacement"):
        value = getattr(row, name)
        plain[name] = "" if value is None else f"{value.normalize():f}"
    plain["old_cycle"] = "✓" if row.old_cycle else ""
    return plain | {name: unit_name(getattr(row, name)) for name in UNITS}


def _check_vin_is_free(vehicle_id: int, vin: str) -> None:
    if vin and db.session.scalar(
        select(CarFile.vehicle_id).where(CarFile.vin == vin, CarFile.vehicle_id != vehicle_id)
    ):
        raise Rejected(_l("Another car has this number."), "vin")
