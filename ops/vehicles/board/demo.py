"""Demo: cars that were kept free for a day."""

from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import insert, select

from ...core.db import db
from ...core.demo import DemoYear
from ..models import Dispatch, Vehicle
from .models import ReservationLift, VehicleReservation

RESERVED, BY = 6, "派车员（演示）"
Row = dict[str, Any]


def make(demo: DemoYear) -> None:
    """On days on which the car had no trip; the last one was lifted."""
    chance = demo.chance("vehicles reservations")
    cars = db.session.scalars(select(Vehicle.id).order_by(Vehicle.id).limit(RESERVED)).all()
    taken = {
        (car, day)
        for car, day in db.session.execute(
            select(Dispatch.vehicle_id, Dispatch.day).where(Dispatch.vehicle_id.in_(cars))
        )
    }
    free = [(car, [day for day in demo.working_days[20:] if (car, day) not in taken]) for car in cars]
    rows = [_row(car, datetime.combine(chance.choice(days), time(8))) for car, days in free]
    keys = db.session.scalars(
        insert(VehicleReservation).returning(VehicleReservation.id, sort_by_parameter_order=True), rows
    ).all()
    lifted = {"at": rows[-1]["starts_at"] - timedelta(hours=16), "by": BY, "reason": "会议改期（演示）"}
    db.session.execute(insert(ReservationLift), [{"reservation_id": keys[-1], **lifted}])


def _row(car: int, starts_at: datetime) -> Row:
    slot = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=9)}
    said = {"reason": "全区大会备勤（演示）", "at": starts_at - timedelta(days=2), "by": BY}
    return {"vehicle_id": car, **slot, **said}
