"""Complaints about cars, and every step that followed; a complaint itself is never changed."""

from datetime import date, datetime
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ...core.db import Base
from ..models import Driver, TripRequest, Vehicle


class ComplaintSource(StrEnum):
    """投诉来源: by which way it came."""

    HOTLINE = "hotline"
    SUPERVISION = "supervision"
    LETTER = "letter"
    UNIT = "unit"
    OTHER = "other"


COMPLAINT_SOURCES = {
    ComplaintSource.HOTLINE: _l("Hotline 12345"),
    ComplaintSource.SUPERVISION: _l("Supervision phone on the car"),
    ComplaintSource.LETTER: _l("Letter or visit"),
    ComplaintSource.UNIT: _l("A unit that used the car"),
    ComplaintSource.OTHER: _l("Another way"),
}


class ComplaintState(StrEnum):
    """Each step leads to the state of its name."""

    RECEIVED = "received"
    TRUE = "true"
    PARTLY = "partly"
    UNTRUE = "untrue"
    ANSWERED = "answered"
    VOID = "void"


COMPLAINT_STATES = {
    ComplaintState.RECEIVED: ("waiting", _l("received, to be looked into")),
    ComplaintState.TRUE: ("late", _l("found true, to be answered")),
    ComplaintState.PARTLY: ("progress", _l("found partly true, to be answered")),
    ComplaintState.UNTRUE: ("progress", _l("found untrue, to be answered")),
    ComplaintState.ANSWERED: ("done", _l("answered to the complainant")),
    ComplaintState.VOID: ("closed", _l("entered by mistake")),
}
FINDINGS = (ComplaintState.TRUE, ComplaintState.PARTLY, ComplaintState.UNTRUE)


class Complaint(Base):
    """投诉登记: what somebody complains of about a car, its driver, or a trip.

    `order_no`: of the hotline's own order. `happened_at`: when, as it was told; `answer_by`: the last day to answer.
    `complainant`, `phone`: empty when nobody gave a name.
    """

    __tablename__ = "complaint"
    unspoken = ("complainant", "phone")
    __table_args__ = (CheckConstraint("vehicle_id IS NOT NULL OR driver_id IS NOT NULL", name="car_or_driver"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str]
    order_no: Mapped[str]
    received_on: Mapped[date]
    happened_at: Mapped[datetime]
    vehicle_id: Mapped[int | None] = mapped_column(ForeignKey("vehicle.id"), index=True)
    driver_id: Mapped[int | None] = mapped_column(ForeignKey("driver.id"), index=True)
    request_id: Mapped[int | None] = mapped_column(ForeignKey("trip_request.id"), index=True)
    what: Mapped[str]
    complainant: Mapped[str]
    phone: Mapped[str]
    answer_by: Mapped[date]
    at: Mapped[datetime]
    by: Mapped[str]
    vehicle: Mapped[Vehicle | None] = relationship(lazy="joined")
    driver: Mapped[Driver | None] = relationship(lazy="joined")
    request: Mapped[TripRequest | None] = relationship()
    steps: Mapped[list["ComplaintStep"]] = relationship(order_by="ComplaintStep.number", lazy="selectin")

    @property
    def no(self) -> str:
        """登记号: the year and the running number, never given twice."""
        return f"{self.received_on:%Y}-{self.id:05}"

    @property
    def about(self) -> str:
        """The car and the driver, as far as they are known."""
        known = (self.vehicle.plate if self.vehicle else "", self.driver.name if self.driver else "")
        return " ".join(each for each in known if each)

    @property
    def state(self) -> ComplaintState:
        return ComplaintState(self.steps[-1].kind) if self.steps else ComplaintState.RECEIVED

    @property
    def finding(self) -> "ComplaintStep | None":
        """The latest of what was found out."""
        return next((each for each in reversed(self.steps) if each.kind in FINDINGS), None)

    @property
    def answer(self) -> "ComplaintStep | None":
        return next((each for each in self.steps if each.kind == ComplaintState.ANSWERED), None)

    @property
    def mark(self) -> str:
        return f"{self.state}-{len(self.steps)}"


class ComplaintStep(Base):
    """处理环节: what was found out, or what the complainant was told; or that it was entered by mistake."""

    __tablename__ = "complaint_step"
    __table_args__ = (UniqueConstraint("complaint_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"))
    number: Mapped[int]
    kind: Mapped[str]
    words: Mapped[str]
    day: Mapped[date]
    at: Mapped[datetime]
    by: Mapped[str]
