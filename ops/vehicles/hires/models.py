"""Vehicles hired from outside for the activities of units; never mixed with the dispatches of own cars."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ...core.db import Base, Fixed


class HireReason(StrEnum):
    """事由类别."""

    CONFERENCE = "conference"
    TRAINING = "training"
    RESEARCH = "research"
    RECEPTION = "reception"
    EVENT = "event"
    EMERGENCY = "emergency"
    OTHER = "other"


class HiredClass(StrEnum):
    """租赁车型."""

    SEDAN = "sedan"
    VAN = "van"
    MINIBUS = "minibus"
    COACH = "coach"


REASON_LABELS = {
    HireReason.CONFERENCE: _l("Conference"),
    HireReason.TRAINING: _l("Training"),
    HireReason.RESEARCH: _l("Field research"),
    HireReason.RECEPTION: _l("Reception"),
    HireReason.EVENT: _l("Large event"),
    HireReason.EMERGENCY: _l("Emergency"),
    HireReason.OTHER: _l("Other reason"),
}
CLASS_LABELS = {
    HiredClass.SEDAN: _l("Sedan"),
    HiredClass.VAN: _l("Business van"),
    HiredClass.MINIBUS: _l("Minibus"),
    HiredClass.COACH: _l("Coach"),
}


class Hire(Base):
    """公务活动租赁社会车辆: one activity of a unit, for which vehicles were hired."""

    __tablename__ = "hire"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    activity: Mapped[str]
    day: Mapped[date] = mapped_column(index=True)
    reason_class: Mapped[str]
    paper_no: Mapped[str | None]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str]
    trips: Mapped[list["HiredTrip"]] = relationship(back_populates="hire", lazy="selectin", order_by="HiredTrip.id")
    void: Mapped["HireVoid | None"] = relationship(lazy="selectin")

    @property
    def cost(self) -> Decimal:
        """元, of all its vehicle-trips."""
        return sum((trip.price for trip in self.trips), Decimal(0))


class HiredTrip(Base):
    """车辆次: one vehicle hired once for an activity, at `price` 元; `day` is its activity's."""

    __tablename__ = "hired_trip"
    __table_args__ = (CheckConstraint("price >= 0", name="price_not_negative"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    hire_id: Mapped[int] = mapped_column(ForeignKey("hire.id"), index=True)
    day: Mapped[date] = mapped_column(index=True)
    vendor: Mapped[str]
    vehicle_class: Mapped[str]
    plate: Mapped[str | None]
    price: Mapped[Decimal] = mapped_column(Fixed(2))
    hire: Mapped[Hire] = relationship(back_populates="trips")


class HireVoid(Base):
    """作废租赁记录: the activity and its vehicle-trips no longer count."""

    __tablename__ = "hire_void"

    hire_id: Mapped[int] = mapped_column(ForeignKey("hire.id"), primary_key=True)
    day: Mapped[date]
    at: Mapped[datetime]
    by: Mapped[str]
    reason: Mapped[str]
