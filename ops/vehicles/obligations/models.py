"""Things owed by a day, what was done about them, and leave to drive all the same."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from ...core.db import Base, Fixed
from ...core.files import Attachment
from ..costs.models import VehicleCost
from ..models import Driver, Vehicle
from ..odometer.beyond import hidden_since, shows_more
from ..sourced import Cited


class ObligationKind(StrEnum):
    """What is owed."""

    INSPECTION_TEST = "inspection_test"
    INSPECTION_MARK = "inspection_mark"
    COMPULSORY = "compulsory"
    COMMERCIAL = "commercial"
    MAINTENANCE = "maintenance"
    SCRAPPING = "scrapping"
    LICENCE = "licence"
    REVIEW = "review"
    HEALTH = "health"


OBLIGATION_LABELS = {
    ObligationKind.INSPECTION_TEST: _l("Inspection on the test line"),
    ObligationKind.INSPECTION_MARK: _l("Inspection mark"),
    ObligationKind.COMPULSORY: _l("Compulsory insurance"),
    ObligationKind.COMMERCIAL: _l("Commercial insurance"),
    ObligationKind.MAINTENANCE: _l("Regular maintenance"),
    ObligationKind.SCRAPPING: _l("Forced scrapping"),
    ObligationKind.LICENCE: _l("Driver licence renewal"),
    ObligationKind.REVIEW: _l("Driver licence review"),
    ObligationKind.HEALTH: _l("Driver health certificate"),
}
INSPECTIONS = (ObligationKind.INSPECTION_TEST, ObligationKind.INSPECTION_MARK)
INSURANCE = (ObligationKind.COMPULSORY, ObligationKind.COMMERCIAL)
OF_DRIVERS = (ObligationKind.LICENCE, ObligationKind.REVIEW, ObligationKind.HEALTH)
OF_CARS = tuple(kind for kind in ObligationKind if kind not in OF_DRIVERS)


class Closing(StrEnum):
    """How an obligation ended."""

    DONE = "done"
    WAIVED = "waived"


class Obligation(Base):
    """到期事项: owed by the end of `due_on`, or when the dial shows `due_km`. `rule` names the dated rule behind it.

    `due_km` is a number of the dial that was in the car at `km_at`; `shown_km` is the same on the dial that is in it.
    `closed_on`: the day it was done, or the day it was waived; open until then. `after_on`: an inspection that was
    planned by the file is the first that falls due later than this day.
    """

    __tablename__ = "obligation"
    __table_args__ = (
        CheckConstraint("(vehicle_id IS NULL) <> (driver_id IS NULL)", name="car_or_driver"),
        UniqueConstraint("vehicle_id", "kind", "due_on", name="uq_obligation_vehicle_kind_due"),
        UniqueConstraint("driver_id", "kind", "due_on", name="uq_obligation_driver_kind_due"),
        CheckConstraint("(due_km IS NULL) = (km_at IS NULL)", name="km_of_a_dial"),
        Index("ix_obligation_closed_on_due_on", "closed_on", "due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    vehicle_id: Mapped[int | None] = mapped_column(ForeignKey("vehicle.id"), index=True)
    driver_id: Mapped[int | None] = mapped_column(ForeignKey("driver.id"), index=True)
    kind: Mapped[str]
    due_on: Mapped[date] = mapped_column(index=True)
    due_km: Mapped[int | None] = mapped_column()
    km_at: Mapped[datetime | None] = mapped_column()
    after_on: Mapped[date | None]
    rule: Mapped[str]
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("obligation.id"))
    closed_on: Mapped[date | None]
    closed_as: Mapped[str | None]
    vehicle: Mapped[Vehicle | None] = relationship(lazy="joined")
    driver: Mapped[Driver | None] = relationship(lazy="joined")
    is_beyond: Mapped[bool] = column_property(shows_more(vehicle_id, due_km, km_at))
    shown_km: Mapped[int | None] = column_property(due_km - hidden_since(vehicle_id, km_at))

    def is_late(self, day: date) -> bool:
        """Its day has ended, or the car was driven further than it was to be."""
        return self.due_on < day or self.is_beyond

    @property
    def subject(self) -> str:
        """The plate or the name."""
        return self.vehicle.plate if self.vehicle else (self.driver.name if self.driver else "")


class ObligationDone(Base):
    """What was done: by whom it was recorded, with result, new validity, paper, what the dial showed, and the row of
    the ledger that holds what it cost. `cost`: what was typed before costs came into the ledger by themselves.
    """

    __tablename__ = "obligation_done"

    id: Mapped[int] = mapped_column(primary_key=True)
    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligation.id"), index=True)
    done_on: Mapped[date]
    result: Mapped[str]
    valid_until: Mapped[date | None]
    dial: Mapped[int | None]
    cost: Mapped[Decimal | None] = mapped_column(Fixed(2))
    cost_id: Mapped[int | None] = mapped_column(ForeignKey("vehicle_cost.id"), index=True)
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"))
    at: Mapped[datetime]
    by: Mapped[str]
    paid_by: Mapped[VehicleCost | None] = relationship(lazy="selectin")
    attachment: Mapped[Attachment | None] = relationship(lazy="joined")
    reversal: Mapped["DoneReversal | None"] = relationship(lazy="selectin")

    @property
    def paid(self) -> Decimal | None:
        """In yuan; what was taken back from the ledger was not paid."""
        if self.paid_by is None:
            return self.cost
        return None if self.paid_by.reversed_by else self.paid_by.amount


class DoneReversal(Base):
    """Recorded by mistake: the obligation is open again."""

    __tablename__ = "done_reversal"

    done_id: Mapped[int] = mapped_column(ForeignKey("obligation_done.id"), primary_key=True)
    at: Mapped[datetime]
    by: Mapped[str]
    reason: Mapped[str]


class ObligationWaiver(Base):
    """免办: nothing is owed any more, and why."""

    __tablename__ = "obligation_waiver"

    id: Mapped[int] = mapped_column(primary_key=True)
    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligation.id"), index=True)
    day: Mapped[date]
    at: Mapped[datetime]
    by: Mapped[str]
    reason: Mapped[str]


class ObligationLapse(Base):
    """逾期: the day ended, or the car was driven too far, and it was not done; noted at night, and it stays.

    Unless it was noted by a dial that turns out to have shown something else. `day` is before the day on which it is
    due where the car was driven too far.
    """

    __tablename__ = "obligation_lapse"

    id: Mapped[int] = mapped_column(primary_key=True)
    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligation.id"), index=True)
    day: Mapped[date] = mapped_column(index=True)
    noted_at: Mapped[datetime]
    void: Mapped["LapseVoid | None"] = relationship(lazy="selectin")


class LapseVoid(Base):
    """更正逾期记录: the dial by which it was noted was put right, by whom, when and why; it counts no more."""

    __tablename__ = "lapse_void"

    lapse_id: Mapped[int] = mapped_column(ForeignKey("obligation_lapse.id"), primary_key=True)
    at: Mapped[datetime]
    by: Mapped[str]
    reason: Mapped[str]


class FitnessLeave(Base):
    """放行: somebody by name allows a car or driver with a lapsed obligation to be assigned on these days."""

    __tablename__ = "fitness_leave"
    __table_args__ = (CheckConstraint("last_on >= first_on", name="has_length"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligation.id"), index=True)
    first_on: Mapped[date]
    last_on: Mapped[date]
    allowed_by: Mapped[str]
    reason: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]


class ObligationTerm(Cited, Base):
    """办理周期: how long something done holds, from a day on, with its document; `confirmed` when the text was seen.

    `km_ahead`: so many kilometres before it is due, somebody is reminded.
    """

    __tablename__ = "obligation_term"
    __table_args__ = (
        UniqueConstraint("kind", "valid_from", name="uq_obligation_term_kind_valid_from"),
        CheckConstraint("months > 0", name="months_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    months: Mapped[int]
    km: Mapped[int | None]
    km_ahead: Mapped[int | None]


class CalendarFeed(Base):
    """日历订阅: the secret address under which a user's calendar program reads what is due; only its digest is kept."""

    __tablename__ = "calendar_feed"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    digest: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
