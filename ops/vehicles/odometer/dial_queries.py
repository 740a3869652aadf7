"""Reads for those who put a dial in or take it out again."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from ...core.db import db
from ..models import Departure, Dispatch, TripReturn
from ..rules import MOST_KILOMETRES
from . import queries
from .dial_rules import DialsOfCar, carried, depending
from .models import DialReplacement, OdometerReading
from .rules import Replaced


def replaced(row: DialReplacement) -> Replaced:
    return Replaced(row.at, row.old_last, row.new_first, row.id)


def of_car(vehicle_id: int) -> DialsOfCar:
    readings = queries.reads(vehicle_id=vehicle_id).get(vehicle_id, [])
    return DialsOfCar(readings, queries.replaced_by_car().get(vehicle_id, []))


def read_since(vehicle_id: int, at: datetime) -> Sequence[OdometerReading]:
    """Standing readings of the car from then on, in order of time."""
    rows = queries.standing().where(OdometerReading.vehicle_id == vehicle_id, OdometerReading.at >= at)
    return db.session.scalars(rows.order_by(OdometerReading.at, OdometerReading.id)).all()


def to_put_right(
    row: DialReplacement,
) -> tuple[Sequence[OdometerReading], dict[int, int], DialReplacement | None]:
    """The readings that cannot stand without the dial, by reading the number that keeps the kilometres, and the record
    by which it was replaced again, if what that says cannot stand either.
    """
    if row.reversal is not None:
        return [], {}, None
    car, gone = of_car(row.vehicle_id), replaced(row)
    owed = {each.id for each in depending(car, gone, MOST_KILOMETRES)}
    again = next((db.session.get(DialReplacement, -key) for key in owed if key < 0), None)
    return [each for each in read_since(row.vehicle_id, row.at) if each.id in owed], carried(car, gone), again


def trips_out(vehicle_id: int) -> Sequence[int]:
    """Trips of the car that left and are not back."""
    rows = select(Dispatch.id).join(Departure).outerjoin(TripReturn).where(TripReturn.dispatch_id.is_(None))
    return db.session.scalars(rows.where(Dispatch.vehicle_id == vehicle_id)).all()
