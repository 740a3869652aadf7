"""Keeping the file of a car (一车一档)."""

from collections.abc import Mapping
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
from .life_models import CarFileChange, TransferHolding
from .life_queries import HELD, Says, says, unit_name

PLAIN = (
    "body", "energy", "acquired", "quota", "ceiling_case", "price", "bought_on", "first_registered_on",
    "warranty_until",
)  # fmt: skip
TEXTS = (
    "engine_no", "brand", "colour", "special", "origin", "seller", "contract_no", "invoice_no", "condition", "remark",
)  # fmt: skip
UNITS = ("owner_unit_id", "using_unit_id")
FACTS = ("vin", "displacement", "old_cycle", *PLAIN, *TEXTS, *HELD)


def keep(vehicle: Vehicle, vin: str, displacement: Decimal | None, old_cycle: bool, by: Actor, **facts: Any) -> CarFile:
    """What the car is, as its papers say. Over the standard is shown, not refused.

    Who owns, uses and manages it is put right where it stands today: in the transfer that said it, else in the file.
    """
    hold(Vehicle, vehicle.id)
    vin = file_rules.plain_vin(vin)
    file_rules.check_vin(vin)
    _check_vin_is_free(vehicle.id, vin)
    file_rules.check_days(facts["bought_on"], facts["first_registered_on"])
    for fact in ("bought_on", "first_registered_on"):
        rules.check_happened(facts[fact], clock.today(), fact)
    file_rules.check_case(vehicle.category, facts["ceiling_case"], facts["special"])
    row = db.session.get(CarFile, vehicle.id) or CarFile(vehicle_id=vehicle.id)
    sayers = says(row, clock.today())
    before = _plain(row, sayers)
    row.vin, row.displacement, row.old_cycle = vin or None, displacement, old_cycle
    for name in PLAIN:
        setattr(row, name, facts[name])
    for name in TEXTS:
        setattr(row, name, (facts[name] or "").strip() or None)
    _put_right(sayers, facts)
    row.kept_at, row.kept_by = clock.now(), by.name
    db.session.add(row)
    db.session.flush()
    after, at = _plain(row, sayers), row.kept_at
    db.session.add_all(
        CarFileChange(vehicle_id=vehicle.id, fact=fact, before=before[fact], after=after[fact], at=at, by=by.name)
        for fact in FACTS if before[fact] != after[fact]
    )  # fmt: skip
    audit.record("vehicles.car_file.kept", row, by)
    return row


def _put_right(sayers: Says, facts: Mapping[str, Any]) -> None:
    for fact, sayer in sayers.items():
        if isinstance(sayer, TransferHolding) and not facts[fact]:
            message = _l("A transfer names a unit here: choose one, or void the transfer.")
            raise Rejected(message, fact)
        setattr(sayer, fact, facts[fact])


def _plain(row: CarFile, sayers: Says) -> dict[str, str]:
    """The facts of the file as a person reads them; empty where nothing is known."""
    values = {fact: getattr(sayers.get(fact, row), fact) for fact in FACTS}
    plain = {fact: "" if value is None else str(value) for fact, value in values.items()}
    for name in ("price", "displacement"):
        value = getattr(row, name)
        plain[name] = "" if value is None else f"{value.normalize():f}"
    plain["old_cycle"] = "✓" if row.old_cycle else ""
    return plain | {name: unit_name(values[name]) for name in UNITS}


def _check_vin_is_free(vehicle_id: int, vin: str) -> None:
    if vin and db.session.scalar(
        select(CarFile.vehicle_id).where(CarFile.vin == vin, CarFile.vehicle_id != vehicle_id)
    ):
        raise Rejected(_l("Another car has this number."), "vin")
