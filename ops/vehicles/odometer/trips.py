"""The kilometres of a trip: their one home.

Dial at the return less dial at the start, a dial replaced on the way accounted for, readings as corrected.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from ...core.db import db
from ..models import Departure, Dispatch, TripReturn
from .queries import lost, lost_on_the_way


def driven() -> Any:
    """As a column beside `Dispatch`, `Departure` and `TripReturn`."""
    return TripReturn.odometer - Departure.odometer + lost_on_the_way(Dispatch.vehicle_id, Departure.at, TripReturn.at)


def of_trips(dispatch_ids: Sequence[int]) -> dict[int, int]:
    """By trip, of those that are back, in one statement."""
    rows = select(Dispatch.id, driven()).join(TripReturn).join(Departure).where(Dispatch.id.in_(dispatch_ids))
    return dict(iter(db.session.execute(rows)))


def of_trip(dispatch: Dispatch | None) -> int:
    """0 until the car is back."""
    return of_trips([dispatch.id]).get(dispatch.id, 0) if dispatch else 0


def hidden(dispatch: Dispatch, upto: datetime) -> int:
    """Kilometres that dials replaced since its start hide; 0 until it has one."""
    return lost(dispatch.vehicle_id, dispatch.departure.at, upto) if dispatch.departure else 0
