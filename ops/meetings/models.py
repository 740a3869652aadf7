"""Venues, meetings and the times a venue is held. A meeting's state is the rows it has: booked, held, called off."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..core.db import Base, Fixed
from ..core.timeslot import Slot


class Level(StrEnum):
    """会议级别."""

    DISTRICT = "district"
    LEADERS = "leaders"
    DEPARTMENT = "department"
    INTERNAL = "internal"


class Layout(StrEnum):
    """桌型."""

    CLASSROOM = "classroom"
    HOLLOW_SQUARE = "hollow_square"
    U_SHAPE = "u_shape"
    THEATRE = "theatre"
    ROUND = "round"


class BookingCause(StrEnum):
    """Why a venue is held as it is: first booked, moved to another time or venue, or extended."""

    BOOKED = "booked"
    MOVED = "moved"
    EXTENDED = "extended"


class Venue(Base):
    """会场: in use from `from_on` until the day before `to_on`."""

    __tablename__ = "venue"
    __table_args__ = (CheckConstraint("seats > 0", name="seats_positive"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    place: Mapped[str]
    seats: Mapped[int]
    from_on: Mapped[date]
    to_on: Mapped[date | None]


class MeetingRule(Base):
    """会务参数: a number of minutes that holds from a day on until the next row of the same name, with its source."""

    __tablename__ = "meeting_rule"
    __table_args__ = (Index("ix_meeting_rule_name_from_on", "name", "from_on", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    minutes: Mapped[int]
    source: Mapped[str]
    from_on: Mapped[date]


class Meeting(Base):
    """会议: what a unit wants to hold; where and when stand in its bookings, the last of which counts."""

    __tablename__ = "meeting"
    __table_args__ = (CheckConstraint("people > 0", name="people_positive"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    level: Mapped[str] = mapped_column(default=Level.DEPARTMENT)
    people: Mapped[int]
    layout: Mapped[str] = mapped_column(default=Layout.CLASSROOM)
    contact: Mapped[str]
    needs: Mapped[str] = mapped_column(default="")
    booked_at: Mapped[datetime]
    booked_by: Mapped[str]
    bookings: Mapped[list["VenueBooking"]] = relationship(order_by="VenueBooking.id", lazy="selectin")
    cancellation: Mapped["MeetingCancellation | None"] = relationship(lazy="selectin")
    held: Mapped["MeetingHeld | None"] = relationship(
        primaryjoin="and_(MeetingHeld.meeting_id == Meeting.id, MeetingHeld.reversed_at.is_(None))",
        viewonly=True,
        lazy="selectin",
    )

    @property
    def booking(self) -> "VenueBooking":
        return self.bookings[-1]

    @property
    def state(self) -> "MeetingState":
        if self.cancellation:
            return MeetingState.CANCELLED
        return MeetingState.HELD if self.held else MeetingState.BOOKED

    def state_at(self, moment: datetime) -> "MeetingState":
        """As `state`, and late when its end has passed without a word that it was held."""
        late = self.state is MeetingState.BOOKED and self.booking.finishes_at < moment
        return MeetingState.LATE if late else self.state


class VenueBooking(Base):
    """会场预订: a venue held for [starts_at, ends_at): the meeting's own time with setting up and clearing around it.

    `released_at`: when a later booking or a cancellation gave the venue back.
    """

    __tablename__ = "venue_booking"
    __table_args__ = (
        CheckConstraint("starts_at <= begins_at AND begins_at < finishes_at AND finishes_at <= ends_at", name="order"),
        Index("ix_venue_booking_venue_starts", "venue_id", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"))
    begins_at: Mapped[datetime] = mapped_column(index=True)
    finishes_at: Mapped[datetime]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    cause: Mapped[str] = mapped_column(default=BookingCause.BOOKED)
    urgent_reason: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    by: Mapped[str]
    released_at: Mapped[datetime | None]
    venue: Mapped[Venue] = relationship(lazy="joined")
    meeting: Mapped[Meeting] = relationship(back_populates="bookings")

    @property
    def slot(self) -> Slot:
        return Slot(self.starts_at, self.ends_at)


class MeetingCancellation(Base):
    """取消会议."""

    __tablename__ = "meeting_cancellation"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), primary_key=True)
    at: Mapped[datetime]
    by: Mapped[str]
    reason: Mapped[str]


class MeetingHeld(Base):
    """会议召开: it took place, on business day `day`, in `venue_id`; `hours` with two decimals, rounded half up.

    `reason`: why it was held though the checklist before it was not complete. `reversed_at`: recorded in error.
    """

    __tablename__ = "meeting_held"
    __table_args__ = (
        CheckConstraint("ended_at > began_at", name="has_length"),
        Index("uq_meeting_held_standing", "meeting_id", unique=True,
              sqlite_where=text("reversed_at IS NULL"), postgresql_where=text("reversed_at IS NULL")),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"))
    day: Mapped[date] = mapped_column(index=True)
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime]
    hours: Mapped[Decimal] = mapped_column(Fixed(2))
    people: Mapped[int]
    reason: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    by: Mapped[str]
    reversed_at: Mapped[datetime | None]
    reversal: Mapped["HeldReversal | None"] = relationship(lazy="selectin")


class HeldReversal(Base):
    """撤销召开记录."""

    __tablename__ = "held_reversal"

    held_id: Mapped[int] = mapped_column(ForeignKey("meeting_held.id"), primary_key=True)
    at: Mapped[datetime]
    by: Mapped[str]
    reason: Mapped[str]


class MeetingState(StrEnum):
    """The state of a meeting, read from its rows; late only as seen from a moment."""

    BOOKED = "booked"
    LATE = "late"
    HELD = "held"
    CANCELLED = "cancelled"


STATES = {
    MeetingState.BOOKED: ("progress", _l("booked")),
    MeetingState.LATE: ("late", _l("not marked held")),
    MeetingState.HELD: ("done", _l("held")),
    MeetingState.CANCELLED: ("closed", _l("called off")),
}
LEVELS = {
    Level.DISTRICT: _l("Major, of the district"),
    Level.LEADERS: _l("Called by district leaders"),
    Level.DEPARTMENT: _l("Of a department"),
    Level.INTERNAL: _l("Internal"),
}
LAYOUTS = {
    Layout.CLASSROOM: _l("Rows of desks"),
    Layout.HOLLOW_SQUARE: _l("Hollow square"),
    Layout.U_SHAPE: _l("U shape"),
    Layout.THEATRE: _l("Theatre"),
    Layout.ROUND: _l("Round tables"),
}
