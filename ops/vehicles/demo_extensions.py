"""Demo: trips that took longer than asked for: extended on the way, and back by the later time."""

from datetime import timedelta
from typing import Any

from sqlalchemy import insert, select, update

from ..core.db import db
from .models import DispatchExtension, SharedRide, TripRequest

OF_YEAR, DISPATCHED_BY = 12, "派车员（演示）"
LONGER, BEFORE = timedelta(hours=1), timedelta(minutes=20)
LONGEST, LATEST, SPEED = timedelta(hours=8), 20, 55  # an hour of the day; km/h, as the trips are planned
REASONS = ("会议延长，推迟返回（演示）", "现场工作未结束（演示）", "返程道路拥堵（演示）")
Row = dict[str, Any]


def make(trips: list[Row]) -> None:
    """What was asked for was an hour less: the trip's own times stay, and so does whether it was on time."""
    shared = set(db.session.scalars(select(SharedRide.dispatch_id)))
    fitting = [trip for trip in trips if trip["id"] not in shared and _fits(trip)]
    chosen = fitting[:: max(1, len(fitting) // OF_YEAR)][:OF_YEAR]
    rows = [_extension(number, trip) for number, trip in enumerate(chosen)]
    asked = [{"id": trip["request_id"], "ends_at": trip["due_at"] - LONGER} for trip in chosen]
    if rows:
        db.session.execute(insert(DispatchExtension), rows)
        db.session.execute(update(TripRequest), asked)


def _fits(trip: Row) -> bool:
    """Back in time, but not by what was asked for first, which left an hour there; by day, and within the limits."""
    lasts = trip["due_at"] - trip["starts_at"]
    by_day = trip["starts_at"].date() == trip["due_at"].date() and trip["due_at"].hour < LATEST
    needed = trip["due_at"] - LONGER < trip["back"] <= trip["due_at"]
    shortest = timedelta(hours=trip["km"] / SPEED + 1) + LONGER
    return bool(shortest <= lasts <= LONGEST and by_day and needed)


def _extension(number: int, trip: Row) -> Row:
    before = trip["due_at"] - LONGER
    return {
        "dispatch_id": trip["id"], "due_before": before, "due_after": trip["due_at"], "at": before - BEFORE,
        "by": DISPATCHED_BY, "reason": REASONS[number % len(REASONS)], "allowed_by": "", "allowed_at": None,
    }  # fmt: skip
