"""What the vehicle section's work comes to."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, case, select

from ..core.db import db
from ..indicators.metric import Kind, Metric, Watch, counting
from .models import Departure, Dispatch, DispatchCancellation, TripRequest, TripReturn, Vehicle
from .odometer import trips
from .odometer.models import DialReplacement, OdometerReading, ReadingReversal, ReplacementReversal
from .permissions import Permission


def dispatches() -> Select[Any]:
    """A dispatch that was not cancelled, on the day its trip begins."""
    label = Vehicle.plate + " " + TripRequest.destination
    rows = counting(record_id=Dispatch.request_id, day=Dispatch.day, label=label)
    rows = rows.join_from(Dispatch, Vehicle).join(TripRequest, TripRequest.id == Dispatch.request_id)
    return rows.outerjoin(DispatchCancellation).where(DispatchCancellation.dispatch_id.is_(None))


def kilometres() -> Select[Any]:
    """By trips: dial at the return less dial at the start, a dial replaced on the way accounted for, on the day of
    return. Readings that were corrected count as corrected.
    """
    rows = counting(
        record_id=Dispatch.request_id, day=TripReturn.day, part=trips.driven(), label=Vehicle.plate, scope=Vehicle.id
    )
    return rows.select_from(TripReturn).join(Dispatch).join(Departure).join(Vehicle)


def cars() -> dict[int, str]:
    """Every car there ever was, by its number on the plate."""
    return dict(iter(db.session.execute(select(Vehicle.id, Vehicle.plate).order_by(Vehicle.plate))))


def days_of_reading(row: OdometerReading | ReadingReversal) -> list[date]:
    """The day that the kilometres of the reading's trip count on."""
    dispatch_id = row.dispatch_id if isinstance(row, OdometerReading) else _trip_of(row.reading_id)
    return list(db.session.scalars(select(TripReturn.day).where(TripReturn.dispatch_id == dispatch_id)))


def _trip_of(reading_id: int) -> int | None:
    return db.session.scalar(select(OdometerReading.dispatch_id).where(OdometerReading.id == reading_id))


def days_of_dial(row: DialReplacement | ReplacementReversal) -> list[date]:
    """The trips that were out when the dial was replaced."""
    key = row.id if isinstance(row, DialReplacement) else row.replacement_id
    rows = select(TripReturn.day).join(Dispatch).join(Departure)
    rows = rows.join(DialReplacement, DialReplacement.vehicle_id == Dispatch.vehicle_id)
    at = DialReplacement.at
    return list(db.session.scalars(rows.where(DialReplacement.id == key, Departure.at < at, TripReturn.at >= at)))


DRIVEN = (
    Watch(TripReturn, ("day",)),
    *(Watch(model, days=days_of_reading) for model in (OdometerReading, ReadingReversal)),
    *(Watch(model, days=days_of_dial) for model in (DialReplacement, ReplacementReversal)),
)


def returns_on_time() -> Select[Any]:
    """Returned by the time that was asked for; due at that very minute is on time."""
    on_time = case((TripReturn.at <= Dispatch.due_at, 1), else_=0)
    rows = counting(record_id=Dispatch.request_id, day=TripReturn.day, part=on_time, label=Vehicle.plate)
    return rows.select_from(TripReturn).join(Dispatch).join(Vehicle)


METRICS = (
    Metric(
        name="vehicles.dispatches", kind=Kind.COUNT, unit=_l("trips"), needs=Permission.FIGURE_READ,
        record="vehicles.trip", label=_l("Dispatches of own cars"),
        definition=_l(
            "Dispatches that were not cancelled, each counted on the day its trip begins. Hired vehicles are "
            "counted apart."
        ),
        select=dispatches, watches=(Watch(Dispatch, ("day",)), Watch(DispatchCancellation, ("day",))),
    ),
    Metric(
        name="vehicles.kilometres", kind=Kind.AMOUNT, unit=_l("km"), needs=Permission.FIGURE_READ,
        record="vehicles.trip", label=_l("Kilometres driven"),
        definition=_l(
            "By trips: odometer at the return less odometer at the start, a dial replaced on the way accounted for, on "
            "the day of return. What the dial moved without a trip does not count; it stands in the list of gaps."
        ),
        select=kilometres, watches=DRIVEN, scopes=cars,
    ),
    Metric(
        name="vehicles.returns_on_time", kind=Kind.RATIO, unit="%", needs=Permission.FIGURE_READ,
        record="vehicles.trip", label=_l("Returns on time"),
        definition=_l("Returns by the time asked for ÷ all returns. Due at that very minute is on time."),
        select=returns_on_time, watches=(Watch(TripReturn, ("day",)),),
    ),
)  # fmt: skip
