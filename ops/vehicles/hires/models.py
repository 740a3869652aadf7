"""Vehicles hired from outside for the activities of units; never mixed with the dispatches of own cars.

Where a hire stands is the kind of its last event; every event is a row that says who, when and why.
"""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ...core.db import Base, Fixed
from ...core.files import Attachment
from ...core.timeslot import Slot
from ..approvals.models import ByMouth, Spoken, SteppedByRule
from .actual_models import HiredActual, HiredTripCancellation
from .states import TO_BE_ORDERED, HireState


class HireReason(StrEnum):
    """事由类别 that the house began with; others may have been added since."""

    CONFERENCE = "conference"
    TRAINING = "training"
    RESEARCH = "research"
    RECEPTION = "reception"
    EVENT = "event"
    EMERGENCY = "emergency"
    OTHER = "other"


class MoneyFrom(StrEnum):
    """经费来源."""

    UNIT = "unit"
    CENTRE = "centre"


REASON_LABELS = {
    HireReason.CONFERENCE: _l("Conference"),
    HireReason.TRAINING: _l("Training"),
    HireReason.RESEARCH: _l("Field research"),
    HireReason.RECEPTION: _l("Reception"),
    HireReason.EVENT: _l("Large event"),
    HireReason.EMERGENCY: _l("Emergency"),
    HireReason.OTHER: _l("Other reason"),
}
MONEY_LABELS = {MoneyFrom.UNIT: _l("The unit's own money"), MoneyFrom.CENTRE: _l("The centre's money")}


class Hire(Base):
    """公务活动租赁社会车辆: one activity of a unit, for which vehicles are hired.

    `estimate`: 元 that it was asked for with. `own_cars_why`: why own cars do not do; `own_free`: how many stood free
    when it was asked, `own_fitting`: those of them with enough seats. `class_reason`: why more than the class check
    allows. A hire that was recorded afterwards from paper knows only day, activity, reason and paper.
    """

    __tablename__ = "hire"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    activity: Mapped[str]
    day: Mapped[date] = mapped_column(index=True)
    reason_class: Mapped[str]
    paper_no: Mapped[str | None]
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    people: Mapped[int | None]
    contact: Mapped[str] = mapped_column(default="", server_default="")
    phone: Mapped[str] = mapped_column(default="", server_default="")
    route: Mapped[str] = mapped_column(default="", server_default="")
    out_of_district: Mapped[bool] = mapped_column(default=False, server_default="0")
    planned_km: Mapped[int | None]
    own_cars_why: Mapped[str] = mapped_column(default="", server_default="")
    own_free: Mapped[int | None]
    own_fitting: Mapped[int | None]
    class_reason: Mapped[str] = mapped_column(default="", server_default="")
    afterwards: Mapped[str] = mapped_column(default="", server_default="")
    money_from: Mapped[str] = mapped_column(default=MoneyFrom.UNIT, server_default="unit")
    estimate: Mapped[Decimal | None] = mapped_column(Fixed(2))
    request_id: Mapped[int | None] = mapped_column(ForeignKey("trip_request.id"), index=True)
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str]
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    trips: Mapped[list["HiredTrip"]] = relationship(back_populates="hire", lazy="selectin", order_by="HiredTrip.id")
    wanted: Mapped[list["WantedVehicles"]] = relationship(lazy="selectin", order_by="WantedVehicles.vehicle_class")
    events: Mapped[list["HireEvent"]] = relationship(lazy="selectin", order_by="HireEvent.number")
    steps: Mapped[list["HireStep"]] = relationship(lazy="selectin", order_by="HireStep.number")
    oral: Mapped["HireOral | None"] = relationship(lazy="selectin")
    papers: Mapped[list["HirePaper"]] = relationship(lazy="selectin", order_by="HirePaper.id")
    void: Mapped["HireVoid | None"] = relationship(lazy="selectin")

    @property
    def no(self) -> str:
        """租赁审批编号: the year of the activity and the running number."""
        return f"{self.day:%Y}-{self.id:05}"

    @property
    def payer(self) -> int | None:
        """The unit whose money it is; None: the centre."""
        return None if self.money_from == MoneyFrom.CENTRE else self.unit_id

    @property
    def slot(self) -> Slot | None:
        return Slot(self.starts_at, self.ends_at) if self.starts_at and self.ends_at else None

    @property
    def state(self) -> HireState:
        return HireState(self.events[-1].kind) if self.events else HireState.RECORDED

    @property
    def standing(self) -> list["HiredTrip"]:
        """The vehicle-trips that were not cancelled."""
        return [trip for trip in self.trips if trip.cancellation is None]

    @property
    def cost(self) -> Decimal:
        """元, of all its vehicle-trips that stand."""
        return sum((trip.cost for trip in self.standing), Decimal("0.00"))

    def taken_with(self, trips: int = 0, price: Decimal = Decimal(0)) -> Decimal:
        """元 that it takes from its payer, these trips added: what they cost, or the estimate while it is more and
        vehicles are missing.
        """
        cost, wanted = self.cost + price, sum(each.how_many for each in self.wanted)
        waits = self.state in TO_BE_ORDERED and len(self.standing) + trips < wanted
        return max(cost, self.estimate or Decimal(0)) if waits else cost

    @property
    def all_ordered(self) -> bool:
        """As many vehicles as were asked for; what was recorded from paper has no such list."""
        return bool(self.wanted) and len(self.standing) >= sum(each.how_many for each in self.wanted)

    @property
    def submitted_by_id(self) -> int | None:
        """The user who sent to the unit what it came to."""
        return next((each.by_id for each in reversed(self.events) if each.kind == HireState.SUBMITTED), None)

    @property
    def is_emergency(self) -> bool:
        return self.oral is not None or self.reason_class == HireReason.EMERGENCY

    @property
    def is_refused(self) -> bool:
        return any(step.verdict is not None and not step.verdict.approved for step in self.steps)

    @property
    def to_complete(self) -> bool:
        """It was approved by mouth, and somebody's verdict is still missing."""
        return self.oral is not None and self.void is None and any(step.verdict is None for step in self.steps)

    @property
    def mark(self) -> str:
        """What a page was made on: it changes with every step."""
        said = sum(step.verdict is not None for step in self.steps)
        return f"{len(self.events)}-{said}-{len(self.trips)}"


class WantedVehicles(Base):
    """拟租车型和数量: how many of a class are asked for."""

    __tablename__ = "hire_wanted"
    __table_args__ = (CheckConstraint("how_many > 0", name="how_many_positive"),)

    hire_id: Mapped[int] = mapped_column(ForeignKey("hire.id"), primary_key=True)
    vehicle_class: Mapped[str] = mapped_column(primary_key=True)
    how_many: Mapped[int]


class HireEvent(Base):
    """租赁环节: what took the hire to its next state."""

    __tablename__ = "hire_event"
    __table_args__ = (UniqueConstraint("hire_id", "number", name="uq_hire_event_hire_id_number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    hire_id: Mapped[int] = mapped_column(ForeignKey("hire.id"))
    number: Mapped[int]
    kind: Mapped[str]
    words: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class HireStep(Base):
    """租赁审批环节: one approver whom this hire needs, by the rules of the day on which it was asked."""

    __tablename__ = "hire_step"
    __table_args__ = (UniqueConstraint("hire_id", "number", name="uq_hire_step_hire_id_number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    hire_id: Mapped[int] = mapped_column(ForeignKey("hire.id"))
    number: Mapped[int]
    approver: Mapped[str]
    verdict: Mapped["HireVerdict | None"] = relationship(lazy="joined")
    reasons: Mapped[list["HireStepReason"]] = relationship(lazy="selectin", order_by="HireStepReason.rule_id")


class HireStepReason(SteppedByRule, Base):
    """租赁审批依据: a rule that asks for the step."""

    __tablename__ = "hire_step_reason"

    step_id: Mapped[int] = mapped_column(ForeignKey("hire_step.id"), primary_key=True)


class HireVerdict(Spoken, Base):
    """租赁审批意见: what the approver said, once."""

    __tablename__ = "hire_verdict"

    step_id: Mapped[int] = mapped_column(ForeignKey("hire_step.id"), primary_key=True)


class HireOral(ByMouth, Base):
    """租赁口头批准: an emergency that could not wait; the approval is completed afterwards."""

    __tablename__ = "hire_oral"

    hire_id: Mapped[int] = mapped_column(ForeignKey("hire.id"), primary_key=True)


class HirePaper(Base):
    """依据文件: the notice of the meeting, the letter, the list of those who travel."""

    __tablename__ = "hire_paper"

    id: Mapped[int] = mapped_column(primary_key=True)
    hire_id: Mapped[int] = mapped_column(ForeignKey("hire.id"), index=True)
    called: Mapped[str]
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachment.id"))
    at: Mapped[datetime]
    by: Mapped[str]
    attachment: Mapped[Attachment] = relationship(lazy="joined")


class HiredTrip(Base):
    """车辆次: one vehicle hired once for an activity, ordered for `price` 元; `day` is its activity's.

    `price_id`: the contract price it was ordered by; without one `off_list_reason` says why.
    """

    __tablename__ = "hired_trip"
    __table_args__ = (CheckConstraint("price >= 0", name="price_not_negative"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    hire_id: Mapped[int] = mapped_column(ForeignKey("hire.id"), index=True)
    day: Mapped[date] = mapped_column(index=True)
    vendor: Mapped[str]
    vendor_id: Mapped[int | None] = mapped_column(ForeignKey("hire_vendor.id"), index=True)
    vehicle_class: Mapped[str]
    plate: Mapped[str | None]
    driver: Mapped[str] = mapped_column(default="", server_default="")
    price: Mapped[Decimal] = mapped_column(Fixed(2))
    price_id: Mapped[int | None] = mapped_column(ForeignKey("contract_price.id"))
    off_list_reason: Mapped[str] = mapped_column(default="", server_default="")
    hire: Mapped[Hire] = relationship(back_populates="trips")
    actuals: Mapped[list[HiredActual]] = relationship(lazy="selectin", order_by=HiredActual.number)
    cancellation: Mapped[HiredTripCancellation | None] = relationship(lazy="selectin")

    @property
    def actual(self) -> HiredActual | None:
        """What was driven and charged, as it stands: the latest row."""
        return self.actuals[-1] if self.actuals else None

    @property
    def cost(self) -> Decimal:
        """元: what was charged, or what it was ordered for until then."""
        return self.actual.fee if self.actual else self.price


class HireVoid(Base):
    """作废或取消租赁: the activity and its vehicle-trips do not count; `called_off` or recorded by mistake."""

    __tablename__ = "hire_void"

    hire_id: Mapped[int] = mapped_column(ForeignKey("hire.id"), primary_key=True)
    day: Mapped[date]
    at: Mapped[datetime]
    by: Mapped[str]
    reason: Mapped[str]
    called_off: Mapped[bool] = mapped_column(default=False, server_default="0")
