"""Which value of a setting is in force on a day."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select

from ...core.db import db
from .models import DispatchSetting, SettingName

InForce = Mapping[SettingName, int]


def in_force(day: date) -> InForce:
    """The latest value of each setting that had begun by that day; what nobody set counts nothing."""
    rows = select(DispatchSetting.name, DispatchSetting.value).where(DispatchSetting.valid_from <= day)
    found = db.session.execute(rows.order_by(DispatchSetting.valid_from))
    return {**dict.fromkeys(SettingName, 0), **{SettingName(name): value for name, value in found}}


def all_settings() -> Sequence[DispatchSetting]:
    """Every value there was and will be, by setting, newest first."""
    order = (DispatchSetting.name, DispatchSetting.valid_from.desc())
    return db.session.scalars(select(DispatchSetting).order_by(*order)).all()
