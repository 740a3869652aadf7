"""Alarms that somebody settled."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, case, select

from ...core.db import db
from ...indicators.metric import Kind, Metric, Watch, counting
from ..models import Vehicle
from ..permissions import Permission
from .models import Alarm, AlarmSettlement


def alarms_settled() -> Select[Any]:
    """Every alarm, on the day it was raised; above the line when it is settled."""
    settled = case((AlarmSettlement.alarm_id.is_not(None), 1), else_=0)
    rows = counting(record_id=Alarm.id, day=Alarm.raised_on, part=settled, label=Vehicle.plate)
    return rows.select_from(Alarm).join(Vehicle).outerjoin(AlarmSettlement)


def _raised(row: AlarmSettlement) -> list[date]:
    return list(db.session.scalars(select(Alarm.raised_on).where(Alarm.id == row.alarm_id)))


METRICS = (
    Metric(
        name="vehicles.alarms_settled", kind=Kind.RATIO, unit="%", needs=Permission.FIGURE_READ,
        record="vehicles.positions.alarm", label=_l("Alarms settled"),
        definition=_l("Alarms of positions that a person settled ÷ all that were raised, on the day they were raised."),
        select=alarms_settled, watches=(Watch(Alarm, ("raised_on",)), Watch(AlarmSettlement, days=_raised)),
    ),
)  # fmt: skip
