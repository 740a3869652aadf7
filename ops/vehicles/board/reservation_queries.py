"""Reads of cars that are kept free."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, exists, select

from ...core.db import db
from ...core.timeslot import Slot, overlapping
from .models import ReservationLift, VehicleReservation


def standing(slot: Slot, vehicle_id: int | None = None) -> Sequence[VehicleReservation]:
    return db.session.scalars(rows_standing(slot, vehicle_id).order_by(VehicleReservation.starts_at)).all()


def rows_standing(slot: Slot, vehicle_id: Any) -> Select[VehicleReservation]:
    """Reservations that nobody lifted and that meet the slot, of one car or of all."""
    lifted = exists().where(ReservationLift.reservation_id == VehicleReservation.id)
    meets = overlapping(VehicleReservation.starts_at, VehicleReservation.ends_at, slot)
    found = select(VehicleReservation).where(meets, ~lifted)
    return found if vehicle_id is None else found.where(VehicleReservation.vehicle_id == vehicle_id)


def of_car(vehicle_id: int, now: datetime) -> Sequence[VehicleReservation]:
    """Those that are not over, lifted ones too."""
    found = select(VehicleReservation).where(VehicleReservation.vehicle_id == vehicle_id)
    found = found.where(VehicleReservation.ends_at > now).order_by(VehicleReservation.starts_at)
    return db.session.scalars(found).all()
