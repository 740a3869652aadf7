"""Activities with hired vehicles, the vehicles hired for them, and what they cost."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, func, select

from ...indicators.metric import Kind, Metric, Watch, counting
from ..permissions import Permission
from .actual_models import HiredActual, HiredTripCancellation
from .models import Hire, HiredTrip, HireVoid
from .queries import charged, is_standing


def hired_activities() -> Select[Any]:
    """An activity that is not void or called off and had at least one vehicle, on its day."""
    rows = _standing(counting(record_id=Hire.id, day=Hire.day, label=Hire.activity).select_from(Hire))
    return rows.where(Hire.id.in_(select(HiredTrip.hire_id).where(is_standing())))


def hired_trips() -> Select[Any]:
    """Each vehicle hired once, on the day of its activity."""
    rows = counting(record_id=Hire.id, day=HiredTrip.day, label=_vehicle()).join_from(HiredTrip, Hire)
    return _standing(rows).where(is_standing())


def hired_cost() -> Select[Any]:
    """元 of each vehicle-trip: the fee that stands, or what it was ordered for, on the day of its activity."""
    rows = counting(record_id=Hire.id, day=HiredTrip.day, part=charged(), label=_vehicle())
    return _standing(rows.join_from(HiredTrip, Hire)).where(is_standing())


def _vehicle() -> Any:
    return HiredTrip.vendor + " " + func.coalesce(HiredTrip.plate, Hire.activity)


def _standing(rows: Select[Any]) -> Select[Any]:
    return rows.outerjoin(HireVoid, HireVoid.hire_id == Hire.id).where(HireVoid.hire_id.is_(None))


OF_TRIPS = tuple(Watch(model, ("day",)) for model in (HiredTrip, HiredTripCancellation, HireVoid))
METRICS = (
    Metric(
        name="vehicles.hired_activities", kind=Kind.COUNT, unit=_l("activities"), needs=Permission.FIGURE_READ,
        record="vehicles.hires.hire", label=_l("Activities with hired vehicles"),
        definition=_l(
            "Activities of units for which vehicles were hired, on the day of the activity. What is void, called off "
            "or not ordered yet does not count."
        ),
        select=hired_activities, watches=(Watch(Hire, ("day",)), *OF_TRIPS),
    ),
    Metric(
        name="vehicles.hired_trips", kind=Kind.COUNT, unit=_l("vehicle-trips"), needs=Permission.FIGURE_READ,
        record="vehicles.hires.hire", label=_l("Trips of hired vehicles"),
        definition=_l(
            "Vehicles hired for activities, each counted once for each activity, on its day. What is void, called off "
            "or cancelled does not count."
        ),
        select=hired_trips, watches=OF_TRIPS,
    ),
    Metric(
        name="vehicles.hired_cost", kind=Kind.AMOUNT, unit=_l("yuan"), needs=Permission.FIGURE_READ,
        record="vehicles.hires.hire", label=_l("Cost of hired vehicles"),
        definition=_l(
            "What hired vehicles cost, on the day of the activity: the fee with overrun, tolls and parking; until it "
            "is known, what they were ordered for. What is void, called off or cancelled does not count."
        ),
        select=hired_cost, watches=(*OF_TRIPS, Watch(HiredActual, ("day",))),
    ),
)  # fmt: skip
