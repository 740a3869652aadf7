"""Setting a value from a day on, and the values a new house begins with."""

import json
from datetime import date
from pathlib import Path

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from ...core import audit, clock
from ...core.access import Actor, system
from ...core.db import db
from ...core.errors import Rejected
from .models import DispatchSetting, SettingName

FIRST_VALUES = Path(__file__).parent / "data" / "settings.json"
IN_FORCE_FROM = date(2020, 1, 1)


def set_value(name: str, value: int, valid_from: date, source: str, by: Actor) -> DispatchSetting:
    """The setting has this value from that day on."""
    if db.session.scalar(select(DispatchSetting.id).filter_by(name=name, valid_from=valid_from)):
        raise Rejected(_l("A value that begins on this day is entered already."), "valid_from")
    row = DispatchSetting(name=SettingName(name), value=int(value), valid_from=valid_from, source=source)
    row.set_at, row.set_by = clock.now(), by.name
    db.session.add(row)
    audit.record("vehicles.dispatch_setting.set", row, by)
    return row


def load_settings() -> None:
    """The first value of each setting that has none; what the house has set since stays."""
    known = set(db.session.scalars(select(DispatchSetting.name)))
    missing = [row for row in json.loads(FIRST_VALUES.read_text("utf-8")) if row["name"] not in known]
    if not missing:
        return
    by = system("reference data")
    for row in missing:
        db.session.add(DispatchSetting(valid_from=IN_FORCE_FROM, set_at=clock.now(), set_by=by.name, **row))
    audit.record("vehicles.dispatch_settings.loaded", "dispatch_setting", by)
