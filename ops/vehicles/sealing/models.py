"""Holidays, the cars sealed over them or exempt, and leave to use one."""

from datetime import datetime
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ...core.db import Base
from ...core.files import Attachment
from ..models import Vehicle


class Exemption(StrEnum):
    """Why a car is not sealed."""

    DUTY = "duty"
    EMERGENCY = "emergency"
    ENFORCEMENT = "enforcement"


EXEMPTION_LABELS = {
    Exemption.DUTY: _l("Car on duty"),
    Exemption.EMERGENCY: _l("Kept for emergencies"),
    Exemption.ENFORCEMENT: _l("On enforcement duty"),
}


class SealingHoliday(Base):
    """封存时段: from the end of the last working day to the start of the first one after the holiday."""

    __tablename__ = "sealing_holiday"
    __table_args__ = (CheckConstraint("ends_at > starts_at", name="has_length"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    starts_at: Mapped[datetime] = mapped_column(unique=True)
    ends_at: Mapped[datetime]


class Sealing(Base):
    """封存登记: one car over one holiday: sealed at a place, its key with somebody; or exempt, and why."""

    __tablename__ = "sealing"
    __table_args__ = (UniqueConstraint("holiday_id", "vehicle_id", name="uq_sealing_holiday_vehicle"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    holiday_id: Mapped[int] = mapped_column(ForeignKey("sealing_holiday.id"))
    vehicle_id: Mapped[int] = mapped_column(ForeignKey("vehicle.id"), index=True)
    exempt: Mapped[str | None]
    reason: Mapped[str | None]
    place: Mapped[str | None]
    key_holder: Mapped[str | None]
    dial: Mapped[int | None]
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"))
    at: Mapped[datetime]
    by: Mapped[str]
    vehicle: Mapped[Vehicle] = relationship(lazy="joined")
    holiday: Mapped[SealingHoliday] = relationship(lazy="joined")
    attachment: Mapped[Attachment | None] = relationship(lazy="joined")
    leaves: Mapped[list["SealLeave"]] = relationship(order_by="SealLeave.id", lazy="selectin")

    def holds(self, at: datetime) -> bool:
        """Whether the car was to stand still at that moment."""
        is_sealed = self.exempt is None and self.holiday.starts_at <= at < self.holiday.ends_at
        return is_sealed and not any(leave.covers(at) for leave in self.leaves)


class SealLeave(Base):
    """动用封存车辆: a named approver lets the car be used in this time."""

    __tablename__ = "seal_leave"
    __table_args__ = (CheckConstraint("ends_at > starts_at", name="has_length"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sealing_id: Mapped[int] = mapped_column(ForeignKey("sealing.id"), index=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    approver: Mapped[str]
    reason: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]
    resealing: Mapped["Resealing | None"] = relationship(lazy="joined")

    def covers(self, at: datetime) -> bool:
        """Until its end, or until the car was sealed again before it."""
        until = min(self.ends_at, self.resealing.at) if self.resealing else self.ends_at
        return self.starts_at <= at < until


class Resealing(Base):
    """用毕封存: the car is sealed again after its use."""

    __tablename__ = "resealing"

    leave_id: Mapped[int] = mapped_column(ForeignKey("seal_leave.id"), primary_key=True)
    dial: Mapped[int | None]
    at: Mapped[datetime]
    by: Mapped[str]
