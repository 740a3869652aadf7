"""Dated settings of the costs: which value is in force on a day, and the values a new house begins with."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from ...core import audit, clock
from ...core.access import Actor, system
from ...core.db import db
from ...core.errors import Rejected
from .fuel_rules import Thresholds
from .repair_models import CostSetting, CostSettingName

FIRST_VALUES = Path(__file__).parent / "data" / "settings.json"
IN_FORCE_FROM = date(2020, 1, 1)


def in_force(day: date) -> Mapping[str, CostSetting]:
    """The latest row of each setting that had begun by that day."""
    rows = select(CostSetting).where(CostSetting.valid_from <= day).order_by(CostSetting.valid_from)
    return {row.name: row for row in db.session.scalars(rows)}


def value_of(name: CostSettingName, day: date) -> Decimal | None:
    row = in_force(day).get(name)
    return row.value if row else None


def thresholds(day: date) -> Thresholds:
    """What makes a consumption suspicious; without settings nothing is."""
    rows = in_force(day)
    factor, share = rows.get(CostSettingName.OUTLIER_FACTOR), rows.get(CostSettingName.OUTLIER_SHARE)
    return Thresholds(factor.value if factor else Decimal(1000), share.value if share else Decimal(1000))


def all_settings() -> Sequence[CostSetting]:
    return db.session.scalars(select(CostSetting).order_by(CostSetting.name, CostSetting.valid_from.desc())).all()


def set_value(name: str, value: Decimal, valid_from: date, source: str, by: Actor) -> CostSetting:
    """The setting has this value from that day on."""
    if db.session.scalar(select(CostSetting.id).filter_by(name=name, valid_from=valid_from)):
        raise Rejected(_l("A value that begins on this day is entered already."), "valid_from")
    row = CostSetting(name=CostSettingName(name), value=value, valid_from=valid_from, source=source.strip())
    row.set_at, row.set_by = clock.now(), by.name
    db.session.add(row)
    audit.record("vehicles.cost_setting.set", row, by)
    return row


def load_settings() -> None:
    """The first values, when there are none; what the house has set since stays."""
    if db.session.scalar(select(CostSetting.id).limit(1)):
        return
    by = system("reference data")
    for row in json.loads(FIRST_VALUES.read_text("utf-8")):
        first = {"valid_from": IN_FORCE_FROM, "set_at": clock.now(), "set_by": by.name}
        db.session.add(CostSetting(**{**row, **first, "value": Decimal(row["value"])}))
    audit.record("vehicles.cost_settings.loaded", "cost_setting", by)
