"""Cars, drivers and trips. A trip's state is the rows it has: dispatch, departure, return, cancellation."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from ..core.db import Base
from ..core.timeslot import Slot
from .approvals.models import AllowedByMouth, ApprovalStep, OralApproval
from .crew_models import TWO_DRIVERS, Crewed
from .odometer.models import Source
from .odometer.queries import standing_value
from .settlement.models import TripRating, TripSettlement
from .states import STATES as STATES  # noqa: PLC0414  part of what a trip is
from .states import WAITS_FOR_A_CAR as WAITS_FOR_A_CAR  # noqa: PLC0414  part of what a trip is
from .states import TripState as TripState  # noqa: PLC0414  part of what a trip is
from .states import approval_state, back_state


class VehicleCategory(StrEnum):
    """车辆类别, article 3 of 《党政机关公务用车管理办法》 (2017)."""

    CONFIDENTIAL = "confidential"
    EMERGENCY = "emergency"
    ENFORCEMENT = "enforcement"
    SPECIAL = "special"
    OTHER = "other"


class Vehicle(Base):
    """公务用车: an official car on the register from `registered_on` until `deregistered_on`."""

    __tablename__ = "vehicle"

    id: Mapped[int] = mapped_column(primary_key=True)
    plate: Mapped[str] = mapped_column(unique=True)
    category: Mapped[str] = mapped_column(default=VehicleCategory.OTHER)
    model: Mapped[str]
    seats: Mapped[int]
    registered_on: Mapped[date]
    deregistered_on: Mapped[date | None]


class Driver(Base):
    """驾驶员."""

    __tablename__ = "driver"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    left_on: Mapped[date | None]


class TripRequest(Base):
    """用车申请: a unit asks for a car.

    `contact`, `phone`: who travels and can be called. `sealed_car`, `hired`: a car under seal, a hired one is needed.
    `one_way_km`: how far it is to there, as the unit says.
    `afterwards`: why a trip that was made already is recorded only now (补单). `sent_key`: of the form that it came by.
    """

    __tablename__ = "trip_request"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="has_length"),
        CheckConstraint("people > 0", name="people_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    purpose: Mapped[str]
    destination: Mapped[str]
    people: Mapped[int]
    contact: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    route: Mapped[str] = mapped_column(default="")
    one_way_km: Mapped[int | None]
    out_of_district: Mapped[bool] = mapped_column(default=False)
    sealed_car: Mapped[bool] = mapped_column(default=False)
    hired: Mapped[bool] = mapped_column(default=False)
    starts_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime]
    asked_at: Mapped[datetime]
    asked_by: Mapped[str]
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    afterwards: Mapped[str] = mapped_column(default="")
    sent_key: Mapped[str | None] = mapped_column(unique=True)
    dispatch: Mapped["Dispatch | None"] = relationship(
        primaryjoin="and_(Dispatch.request_id == TripRequest.id, Dispatch.released_at.is_(None))",
        viewonly=True,
        lazy="selectin",
    )
    withdrawal: Mapped["RequestWithdrawal | None"] = relationship(lazy="joined")
    steps: Mapped[list[ApprovalStep]] = relationship(order_by="ApprovalStep.number", lazy="selectin")
    oral: Mapped[OralApproval | None] = relationship()
    rating: Mapped[TripRating | None] = relationship(lazy="joined")
    settlement: Mapped[TripSettlement | None] = relationship(lazy="joined")
    ride: Mapped["SharedRide | None"] = relationship(
        primaryjoin="and_(SharedRide.request_id == TripRequest.id, SharedRide.released_at.is_(None))",
        viewonly=True,
        lazy="selectin",
    )

    @property
    def slot(self) -> Slot:
        return Slot(self.starts_at, self.ends_at)

    @property
    def carried_by(self) -> "Dispatch | None":
        """The trip that serves the request: its own, or the one it rides with."""
        return self.dispatch or (self.ride.dispatch if self.ride else None)

    @property
    def state(self) -> TripState:
        if self.withdrawal:
            return TripState.WITHDRAWN
        if self.carried_by:
            back = self.carried_by.trip_return is not None
            return back_state(self.rating, self.settlement) if back else self.carried_by.state
        said = [step.verdict for step in self.steps]
        return approval_state(said, None in said and self.oral is not None)

    @property
    def to_complete(self) -> bool:
        """It was approved by mouth, and somebody's verdict on it is still missing."""
        return self.oral is not None and any(step.verdict is None for step in self.steps)

    @property
    def mark(self) -> str:
        """What a page was made on: it changes with every step, so that nobody acts on a stale page."""
        if self.carried_by:
            return self.carried_by.mark
        return f"{self.state}-{sum(step.verdict is not None for step in self.steps)}"


class RequestWithdrawal(Base):
    """撤回用车申请."""

    __tablename__ = "request_withdrawal"

    request_id: Mapped[int] = mapped_column(ForeignKey("trip_request.id"), primary_key=True)
    at: Mapped[datetime]
    by: Mapped[str]
    reason: Mapped[str]


class Dispatch(Crewed, Base):
    """派车: a car and a driver, or two, for a request, held for [starts_at, ends_at).

    `due_at` is when it was to be back; an early return ends the hold early, a cancellation (`released_at`) altogether.
    """

    __tablename__ = "dispatch"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="has_length"),
        Index("ix_dispatch_vehicle_starts", "vehicle_id", "starts_at"),
        Index("ix_dispatch_driver_starts", "driver_id", "starts_at"),
        *TWO_DRIVERS,
        Index("ix_dispatch_day_ends", "day", "ends_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("trip_request.id"), index=True)
    vehicle_id: Mapped[int] = mapped_column(ForeignKey("vehicle.id"))
    driver_id: Mapped[int] = mapped_column(ForeignKey("driver.id"))
    day: Mapped[date] = mapped_column(index=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    due_at: Mapped[datetime]
    released_at: Mapped[datetime | None]
    dispatched_at: Mapped[datetime]
    dispatched_by: Mapped[str]
    request: Mapped[TripRequest] = relationship()
    vehicle: Mapped[Vehicle] = relationship(lazy="joined")
    driver: Mapped[Driver] = relationship(lazy="joined", foreign_keys=[driver_id])
    departure: Mapped["Departure | None"] = relationship(lazy="joined")
    trip_return: Mapped["TripReturn | None"] = relationship(lazy="joined")
    cancellation: Mapped["DispatchCancellation | None"] = relationship(lazy="joined")
    extensions: Mapped[list["DispatchExtension"]] = relationship(order_by="DispatchExtension.id")
    rides: Mapped[list["SharedRide"]] = relationship(
        primaryjoin="and_(SharedRide.dispatch_id == Dispatch.id, SharedRide.released_at.is_(None))",
        viewonly=True,
        order_by="SharedRide.id",
    )

    @property
    def slot(self) -> Slot:
        return Slot(self.starts_at, self.ends_at)

    @property
    def aboard(self) -> list[TripRequest]:
        """The requests that the trip serves: its own, then those that ride with it."""
        return [self.request, *(ride.request for ride in self.rides)]

    @property
    def people(self) -> int:
        return sum(request.people for request in self.aboard)

    @property
    def order_no(self) -> str:
        """派车单号: the month the order was made in and its running number, never given twice."""
        return f"{self.dispatched_at:%Y%m}-{self.id:06}"

    @property
    def state(self) -> TripState:
        if self.cancellation:
            return TripState.CANCELLED
        if self.trip_return:
            return TripState.RETURNED
        return TripState.OUT if self.departure else TripState.ASSIGNED

    @property
    def mark(self) -> str:
        return f"{self.state}-{self.id}-{self.due_at:%Y%m%d%H%M}"


class SharedRide(AllowedByMouth, Base):
    """合并乘车: a request that rides with the trip of another until `released_at`; the trip stays one dispatch."""

    __tablename__ = "shared_ride"
    __table_args__ = (
        Index("uq_shared_ride_request_now", "request_id", unique=True, sqlite_where=text("released_at IS NULL"),
              postgresql_where=text("released_at IS NULL")),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    dispatch_id: Mapped[int] = mapped_column(ForeignKey("dispatch.id"), index=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("trip_request.id"))
    at: Mapped[datetime]
    by: Mapped[str]
    released_at: Mapped[datetime | None]
    dispatch: Mapped[Dispatch] = relationship(lazy="joined")
    request: Mapped[TripRequest] = relationship()
    parting: Mapped["RideParting | None"] = relationship(lazy="selectin")


class RideParting(Base):
    """撤销合并乘车: the request no longer rides with that trip, and waits again."""

    __tablename__ = "ride_parting"

    ride_id: Mapped[int] = mapped_column(ForeignKey("shared_ride.id"), primary_key=True)
    at: Mapped[datetime]
    by: Mapped[str]
    reason: Mapped[str]


class DispatchCancellation(Base):
    """取消派车."""

    __tablename__ = "dispatch_cancellation"

    dispatch_id: Mapped[int] = mapped_column(ForeignKey("dispatch.id"), primary_key=True)
    day: Mapped[date]
    at: Mapped[datetime]
    by: Mapped[str]
    reason: Mapped[str]


class DispatchExtension(AllowedByMouth, Base):
    """延长用车时间: the car is to be back later than it was; who allowed it by mouth, where that had to be asked."""

    __tablename__ = "dispatch_extension"

    id: Mapped[int] = mapped_column(primary_key=True)
    dispatch_id: Mapped[int] = mapped_column(ForeignKey("dispatch.id"), index=True)
    due_before: Mapped[datetime]
    due_after: Mapped[datetime]
    at: Mapped[datetime]
    by: Mapped[str]
    reason: Mapped[str]


class Departure(Base):
    """出车: `odometer`, the standing reading at the start; `early_reason`: why it left before that was meant."""

    __tablename__ = "departure"

    dispatch_id: Mapped[int] = mapped_column(ForeignKey("dispatch.id"), primary_key=True)
    at: Mapped[datetime]
    by: Mapped[str]
    early_reason: Mapped[str] = mapped_column(default="", server_default="")
    odometer: Mapped[int] = column_property(standing_value(dispatch_id, Source.DEPARTURE))


class TripReturn(Base):
    """收车: the car is back; `day` is the business day its kilometres count on, `odometer` the standing reading."""

    __tablename__ = "trip_return"

    dispatch_id: Mapped[int] = mapped_column(ForeignKey("dispatch.id"), primary_key=True)
    day: Mapped[date] = mapped_column(index=True)
    at: Mapped[datetime]
    by: Mapped[str]
    odometer: Mapped[int] = column_property(standing_value(dispatch_id, Source.RETURN))
