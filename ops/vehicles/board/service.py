"""The verbs of keeping a car free: reserve, lift."""

from datetime import datetime

from ...core import audit, clock
from ...core.access import Actor
from ...core.db import db, hold
from ...core.timeslot import slot
from ..models import Vehicle
from . import queries, reservation_queries, rules
from .models import ReservationLift, VehicleReservation


def reserve(
    vehicle: Vehicle, starts_at: datetime, ends_at: datetime, reason_given: str, by: Actor
) -> VehicleReservation:
    """Keep the car free from now on for that time; not over a trip, nor over another reservation."""
    hold(Vehicle, vehicle.id)
    wanted = slot(starts_at, ends_at, "ends_at")
    rules.check_slot(wanted, clock.now())
    rules.check_untaken(queries.trips_of_car(vehicle.id, wanted), reservation_queries.standing(wanted, vehicle.id))
    row = VehicleReservation(vehicle_id=vehicle.id, starts_at=starts_at, ends_at=ends_at, reason=reason_given.strip())
    row.at, row.by = clock.now(), by.name
    db.session.add(row)
    audit.record("vehicles.reservation.made", row, by)
    return row


def lift(reservation: VehicleReservation, reason_given: str, by: Actor) -> ReservationLift:
    """The car can be given again."""
    hold(VehicleReservation, reservation.id)
    rules.check_standing(reservation)
    row = ReservationLift(reservation_id=reservation.id, at=clock.now(), by=by.name, reason=reason_given.strip())
    db.session.add(row)
    audit.record("vehicles.reservation.lifted", reservation, by)
    return row
