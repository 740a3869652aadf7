"""What the vehicle section's work comes to."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, case, select, union_all

from ..indicators.metric import Kind, Metric, Watch, counting
from .models import Departure, Dispatch, DispatchCancellation, TripRequest, TripReturn, Vehicle
from .permissions import Permission


def dispatches() -> Select[Any]:
    """A dispatch that was not cancelled, on the day its trip begins."""
    label = Vehicle.plate + " " + TripRequest.destination
    rows = counting(record_id=Dispatch.request_id, day=Dispatch.day, label=label)
    rows = rows.join_from(Dispatch, Vehicle).join(TripRequest, TripRequest.id == Dispatch.request_id)
    return rows.outerjoin(DispatchCancellation).where(DispatchCancellation.dispatch_id.is_(None))


def kilometres() -> Select[Any]:
    """Dial at the return less dial at the start, on the day of return."""
    driven = TripReturn.odometer - Departure.odometer
    rows = counting(record_id=Dispatch.request_id, day=TripReturn.day, part=driven, label=Vehicle.plate)
    return rows.select_from(TripReturn).join(Dispatch).join(Departure).join(Vehicle)


def returns_on_time() -> Select[Any]:
    """Returned by the time that was asked for; due at that very minute is on time."""
    on_time = case((TripReturn.at <= Dispatch.due_at, 1), else_=0)
    rows = counting(record_id=Dispatch.request_id, day=TripReturn.day, part=on_time, label=Vehicle.plate)
    return rows.select_from(TripReturn).join(Dispatch).join(Vehicle)


def on_register() -> Select[Any]:
    """A car comes on the register (+1) and leaves it (−1)."""
    comes = counting(record_id=Vehicle.id, day=Vehicle.registered_on, label=Vehicle.plate)
    goes = counting(record_id=Vehicle.id, day=Vehicle.deregistered_on, label=Vehicle.plate, part=-1)
    rows = union_all(comes, goes.where(Vehicle.deregistered_on.is_not(None))).subquery()
    return select(*rows.c)


METRICS = (
    Metric(
        name="vehicles.dispatches", kind=Kind.COUNT, unit=_l("trips"), needs=Permission.FIGURE_READ, record="vehicles.trip",
        label=_l("Dispatches of own cars"),
        definition=_l("Dispatches that were not cancelled, each counted on the day its trip begins. Hired vehicles are counted apart."),
        select=dispatches, watches=(Watch(Dispatch, ("day",)), Watch(DispatchCancellation, ("day",))),
    ),
    Metric(
        name="vehicles.kilometres", kind=Kind.AMOUNT, unit=_l("km"), needs=Permission.FIGURE_READ, record="vehicles.trip",
        label=_l("Kilometres driven"),
        definition=_l("Odometer at the return less odometer at the start, on the day of return."),
        select=kilometres, watches=(Watch(TripReturn, ("day",)),),
    ),
    Metric(
        name="vehicles.returns_on_time", kind=Kind.RATIO, unit="%", needs=Permission.FIGURE_READ, record="vehicles.trip",
        label=_l("Returns on time"),
        definition=_l("Returns by the time asked for ÷ all returns. Due at that very minute is on time."),
        select=returns_on_time, watches=(Watch(TripReturn, ("day",)),),
    ),
    Metric(
        name="vehicles.on_register", kind=Kind.LEVEL, unit=_l("cars"), needs=Permission.FIGURE_READ, record="vehicles.car",
        label=_l("Official cars on the register"),
        definition=_l("Cars on the register at the end of the period's last day."),
        select=on_register, watches=(Watch(Vehicle, ("registered_on", "deregistered_on")),),
    ),
)  # fmt: skip


