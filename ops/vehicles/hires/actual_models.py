"""What hired vehicles really drove and cost, and those that were cancelled."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ...core.db import Base, Fixed


class HiredActual(Base):
    """租赁执行情况: times, kilometres and fee of one vehicle-trip; a correction is a further row, which then stands.

    `fee` 元 is the contract price with its overrun, and `extra` for tolls and parking.
    """

    __tablename__ = "hired_actual"
    __table_args__ = (
        UniqueConstraint("trip_id", "number", name="uq_hired_actual_trip_id_number"),
        CheckConstraint("fee >= 0 AND extra >= 0 AND kilometres >= 0", name="not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    trip_id: Mapped[int] = mapped_column(ForeignKey("hired_trip.id"))
    number: Mapped[int]
    day: Mapped[date]
    left_at: Mapped[datetime]
    back_at: Mapped[datetime]
    kilometres: Mapped[int]
    plate: Mapped[str]
    driver: Mapped[str]
    overrun: Mapped[Decimal] = mapped_column(Fixed(2))
    extra: Mapped[Decimal] = mapped_column(Fixed(2))
    fee: Mapped[Decimal] = mapped_column(Fixed(2))
    words: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]


class HiredTripCancellation(Base):
    """取消车辆次: one vehicle of an activity that was ordered and did not come."""

    __tablename__ = "hired_trip_cancellation"

    trip_id: Mapped[int] = mapped_column(ForeignKey("hired_trip.id"), primary_key=True)
    day: Mapped[date]
    reason: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]
