"""What the driver's page shows."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from ...core.access import Actor
from ...core.db import db
from .. import queries
from ..models import Dispatch, Driver, TripReturn
from .models import KilometreSignature, TripExpense


def trips_of(actor: Actor, day: date) -> Sequence[Dispatch]:
    """The actor's trips of the day, those not back yet, and those that came back on it."""
    mine = Dispatch.driver_id.in_(select(Driver.id).where(Driver.user_id == actor.user_id))
    begun = Dispatch.day <= day
    open_or_today = or_(TripReturn.dispatch_id.is_(None), TripReturn.day == day)
    found = select(Dispatch).outerjoin(TripReturn).options(joinedload(Dispatch.request))
    found = found.where(mine, Dispatch.released_at.is_(None), begun, open_or_today)
    return db.session.scalars(found.order_by(Dispatch.starts_at)).all()


def around(trips: Sequence[Dispatch]) -> dict[str, Any]:
    """Beside the trips: the dial to begin with, what was paid, who confirmed."""
    keys = [trip.id for trip in trips]
    paid: dict[int, list[TripExpense]] = {key: [] for key in keys}
    for row in db.session.scalars(select(TripExpense).where(TripExpense.dispatch_id.in_(keys))):
        paid[row.dispatch_id].append(row)
    signed = db.session.scalars(select(KilometreSignature).where(KilometreSignature.dispatch_id.in_(keys)))
    return {
        "dials": {trip.id: queries.last_odometer(trip.vehicle_id) for trip in trips},
        "paid": paid,
        "signed": {row.dispatch_id: row for row in signed},
    }
