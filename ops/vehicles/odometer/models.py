"""Readings of the dial, and dials that were replaced. Nothing here is edited: a wrong row is reversed."""

from datetime import datetime
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ...core.db import Base


class Source(StrEnum):
    """On what occasion the dial was read; a correction keeps the occasion of the reading it replaces."""

    DEPARTURE = "departure"
    RETURN = "return"
    FUEL = "fuel"
    MAINTENANCE = "maintenance"
    INSPECTION = "inspection"
    SEALING = "sealing"
    POSITION = "position"
    MANUAL = "manual"


SOURCE_LABELS = {
    Source.DEPARTURE: _l("Start of a trip"),
    Source.RETURN: _l("End of a trip"),
    Source.FUEL: _l("Refuelling"),
    Source.MAINTENANCE: _l("Maintenance and repair"),
    Source.INSPECTION: _l("Inspection"),
    Source.SEALING: _l("Holiday sealing"),
    Source.POSITION: _l("Positioning device"),
    Source.MANUAL: _l("Read by hand"),
}


class DialReason(StrEnum):
    """Why a reading of a trip does not fit those beside it, though it was read rightly."""

    REPLACED = "replaced"
    TRIP_MISSED = "trip_missed"
    MOVED = "moved"
    MISREAD = "misread"
    LONG_WAY = "long_way"


DIAL_REASONS = {
    DialReason.REPLACED: _l("The dial was replaced"),
    DialReason.TRIP_MISSED: _l("A trip before was not entered"),
    DialReason.MOVED: _l("Moved without a trip: workshop, wash, inspection"),
    DialReason.MISREAD: _l("The other reading was wrong"),
    DialReason.LONG_WAY: _l("It went a long way since"),
}


class OdometerReading(Base):
    """里程读数: what the dial of a car showed at a moment, in whole kilometres.

    It stands until it is reversed. `corrects_id`: the reversed reading that it takes the place of.
    """

    __tablename__ = "odometer_reading"
    __table_args__ = (
        CheckConstraint("value >= 0", name="value_not_negative"),
        Index("ix_odometer_reading_vehicle_at", "vehicle_id", "at"),
        Index("ix_odometer_reading_vehicle_value_at", "vehicle_id", "value", "at"),
        Index("ix_odometer_reading_dispatch_source", "dispatch_id", "source"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    vehicle_id: Mapped[int] = mapped_column(ForeignKey("vehicle.id"))
    value: Mapped[int]
    at: Mapped[datetime]
    source: Mapped[str]
    dispatch_id: Mapped[int | None] = mapped_column(ForeignKey("dispatch.id"))
    cost_id: Mapped[int | None] = mapped_column(ForeignKey("vehicle_cost.id"), index=True)
    done_id: Mapped[int | None] = mapped_column(ForeignKey("obligation_done.id"), index=True)
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("odometer_reading.id"))
    note: Mapped[str | None]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str]
    reversal: Mapped["ReadingReversal | None"] = relationship(lazy="selectin")
    confirmation: Mapped["ReadingConfirmation | None"] = relationship(lazy="selectin")


class ReadingReversal(Base):
    """冲销里程读数: the reading was wrong, or belongs to nothing any more; it counts nowhere."""

    __tablename__ = "reading_reversal"

    reading_id: Mapped[int] = mapped_column(ForeignKey("odometer_reading.id"), primary_key=True)
    at: Mapped[datetime]
    by: Mapped[str]
    reason: Mapped[str]


class Confirmed:
    """Whoever read a dial was asked, as it did not fit `beside`, and says why it is right."""

    beside: Mapped[int]
    why: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]

    @property
    def reason(self) -> object:
        return DIAL_REASONS[DialReason(self.why)]


class ReadingConfirmation(Confirmed, Base):
    """确认里程读数."""

    __tablename__ = "reading_confirmation"

    reading_id: Mapped[int] = mapped_column(ForeignKey("odometer_reading.id"), primary_key=True)


class DialReplacement(Base):
    """更换里程表: from `at` on another dial, which began at `new_first` when the old one showed `old_last`.

    `corrects_id`: the reversed record that it takes the place of.
    """

    __tablename__ = "dial_replacement"
    __table_args__ = (
        CheckConstraint("old_last >= 0 AND new_first >= 0", name="values_not_negative"),
        Index("ix_dial_replacement_vehicle_at", "vehicle_id", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    vehicle_id: Mapped[int] = mapped_column(ForeignKey("vehicle.id"))
    at: Mapped[datetime]
    old_last: Mapped[int]
    new_first: Mapped[int]
    paper: Mapped[str]
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"))
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("dial_replacement.id"))
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str]
    reversal: Mapped["ReplacementReversal | None"] = relationship(lazy="selectin")
    confirmation: Mapped["ReplacementConfirmation | None"] = relationship(lazy="selectin")


class ReplacementConfirmation(Confirmed, Base):
    """确认旧表止数: what the old dial showed last."""

    __tablename__ = "replacement_confirmation"

    replacement_id: Mapped[int] = mapped_column(ForeignKey("dial_replacement.id"), primary_key=True)


class ReplacementReversal(Base):
    """冲销里程表更换记录."""

    __tablename__ = "replacement_reversal"

    replacement_id: Mapped[int] = mapped_column(ForeignKey("dial_replacement.id"), primary_key=True)
    at: Mapped[datetime]
    by: Mapped[str]
    reason: Mapped[str]


class FindingSettlement(Base):
    """疑点处理: somebody looked into what a rule found and says what it was. `key` names the finding by its records."""

    __tablename__ = "finding_settlement"

    key: Mapped[str] = mapped_column(primary_key=True)
    vehicle_id: Mapped[int] = mapped_column(ForeignKey("vehicle.id"), index=True)
    at: Mapped[datetime]
    by: Mapped[str]
    reason: Mapped[str]
