"""Activities with hired vehicles, and the vehicles hired for them."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, func

from ...indicators.metric import Kind, Metric, Watch, counting
from ..permissions import Permission
from .models import Hire, HiredTrip, HireVoid


def hired_activities() -> Select[Any]:
    """An activity whose record is not void, on its day."""
    return _standing(counting(record_id=Hire.id, day=Hire.day, label=Hire.activity).select_from(Hire))


def hired_trips() -> Select[Any]:
    """Each vehicle hired once, on the day of its activity."""
    label = HiredTrip.vendor + " " + func.coalesce(HiredTrip.plate, Hire.activity)
    return _standing(counting(record_id=Hire.id, day=HiredTrip.day, label=label).join_from(HiredTrip, Hire))


def _standing(rows: Select[Any]) -> Select[Any]:
    return rows.outerjoin(HireVoid, HireVoid.hire_id == Hire.id).where(HireVoid.hire_id.is_(None))


METRICS = (
    Metric(
        name="vehicles.hired_activities", kind=Kind.COUNT, unit=_l("activities"), needs=Permission.FIGURE_READ,
        record="vehicles.hires.hire", label=_l("Activities with hired vehicles"),
        definition=_l(
            "Activities of units for which vehicles were hired, on the day of the activity. Void records do "
            "not count."
        ),
        select=hired_activities, watches=(Watch(Hire, ("day",)), Watch(HireVoid, ("day",))),
    ),
    Metric(
        name="vehicles.hired_trips", kind=Kind.COUNT, unit=_l("vehicle-trips"), needs=Permission.FIGURE_READ,
        record="vehicles.hires.hire", label=_l("Trips of hired vehicles"),
        definition=_l(
            "Vehicles hired for activities, each counted once for each activity, on its day. Void records do "
            "not count."
        ),
        select=hired_trips, watches=(Watch(HiredTrip, ("day",)), Watch(HireVoid, ("day",))),
    ),
)  # fmt: skip
