"""Keeping what hiring goes by: a row from a day on; the earlier ones stay."""

import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from ...core import audit, clock
from ...core.access import Actor, system
from ...core.db import db, hold, hold_row
from ...core.errors import Rejected
from . import rule_queries
from .rule_models import HireClassRule, HireReasonClass, HireSetting, HireSettingName
from .vendor_models import HiredClass

FIRST_RULES = Path(__file__).parent / "data" / "rules.json"
IN_FORCE_FROM = date(2020, 1, 1)


def add_reason(
    name: str, needs_paper: bool, valid_from: date, source: str, confirmed: bool, by: Actor
) -> HireReasonClass:
    """A further kind of activity for which one may hire."""
    name = name.strip()
    hold(HireReasonClass, *(each.id for each in rule_queries.reasons()))  # two who add get two codes
    if any(each.name == name for each in rule_queries.reasons_in_force(valid_from)):
        raise Rejected(_l("This kind is in the list already."), "name")
    numbers = [int(found[1]) for each in rule_queries.reasons() if (found := re.fullmatch(r"kind_(\d+)", each.code))]
    row = HireReasonClass(code=f"kind_{max(numbers, default=0) + 1}", name=name, needs_paper=needs_paper)
    row.valid_from, row.source, row.confirmed = valid_from, source.strip(), confirmed
    row.set_at, row.set_by = clock.now(), by.name
    db.session.add(row)
    audit.record("vehicles.hire_reason.added", row, by)
    return row


def end_reason(reason: HireReasonClass, to_on: date, by: Actor) -> HireReasonClass:
    """From that day on nobody hires for it."""
    hold_row(reason)
    if reason.to_on is not None:
        raise Rejected(_l("This rule has an end already."))
    if to_on <= reason.valid_from:
        raise Rejected(_l("The rule must end after it begins on %(day)s.", day=str(reason.valid_from)), "to_on")
    reason.to_on = to_on
    audit.record("vehicles.hire_reason.ended", reason, by)
    return reason


def set_class(
    vehicle_class: str, seats: int, day_ceiling: Decimal, valid_from: date, source: str, confirmed: bool, by: Actor
) -> HireClassRule:
    """What a class seats and may cost a day, from that day on."""
    if db.session.scalar(select(HireClassRule.id).filter_by(vehicle_class=vehicle_class, valid_from=valid_from)):
        raise Rejected(_l("A value that begins on this day is entered already."), "valid_from")
    row = HireClassRule(vehicle_class=HiredClass(vehicle_class), seats=int(seats), day_ceiling=day_ceiling)
    row.valid_from, row.source, row.confirmed = valid_from, source.strip(), confirmed
    row.set_at, row.set_by = clock.now(), by.name
    db.session.add(row)
    audit.record("vehicles.hire_class.set", row, by)
    return row


def set_value(name: str, value: Decimal, valid_from: date, source: str, by: Actor) -> HireSetting:
    if db.session.scalar(select(HireSetting.id).filter_by(name=name, valid_from=valid_from)):
        raise Rejected(_l("A value that begins on this day is entered already."), "valid_from")
    row = HireSetting(name=HireSettingName(name), value=value, valid_from=valid_from, source=source.strip())
    row.set_at, row.set_by = clock.now(), by.name
    db.session.add(row)
    audit.record("vehicles.hire_setting.set", row, by)
    return row


def load_rules() -> None:
    """What a new house begins with, marked as not confirmed; what it has set since stays."""
    if db.session.scalar(select(HireReasonClass.id).limit(1)):
        return
    by, data = system("reference data"), json.loads(FIRST_RULES.read_text("utf-8"))
    noted = {"valid_from": IN_FORCE_FROM, "set_at": clock.now(), "set_by": by.name}
    for row in data["reasons"]:
        db.session.add(HireReasonClass(**row, confirmed=False, **noted))
    for row in data["classes"]:
        ceiling = Decimal(row.pop("day_ceiling"))
        db.session.add(HireClassRule(**row, day_ceiling=ceiling, confirmed=False, **noted))
    for row in data["settings"]:
        db.session.add(HireSetting(**{**row, "value": Decimal(row["value"])}, **noted))
    audit.record("vehicles.hire_rules.loaded", "hire_reason_class", by)
