"""A car kept free for a time: nobody can be given it until somebody lifts that."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ...core.db import Base
from ..models import Vehicle


class VehicleReservation(Base):
    """预留车辆: from `starts_at` to `ends_at` the car stands by, for the reason given."""

    __tablename__ = "vehicle_reservation"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="has_length"),
        Index("ix_vehicle_reservation_vehicle_id_ends_at", "vehicle_id", "ends_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    vehicle_id: Mapped[int] = mapped_column(ForeignKey("vehicle.id"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    reason: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]
    vehicle: Mapped[Vehicle] = relationship(lazy="joined")
    lift: Mapped["ReservationLift | None"] = relationship(lazy="joined")


class ReservationLift(Base):
    """取消预留: the car can be given again."""

    __tablename__ = "reservation_lift"

    reservation_id: Mapped[int] = mapped_column(ForeignKey("vehicle_reservation.id"), primary_key=True)
    at: Mapped[datetime]
    by: Mapped[str]
    reason: Mapped[str]
