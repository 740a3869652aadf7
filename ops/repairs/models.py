"""Tickets, the steps of their life and the time limits. A ticket's state is the last step it has."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..core.db import Base, Fixed


class Trade(StrEnum):
    """专业."""

    WATER = "water"
    POWER = "power"
    HEATING = "heating"
    WOODWORK = "woodwork"
    MASONRY = "masonry"
    DOORS = "doors"
    COOLING = "cooling"
    LIFT = "lift"
    WEAK_CURRENT = "weak_current"
    FIRE = "fire"


class Urgency(StrEnum):
    """紧急程度: 急修, 一般, 计划."""

    URGENT = "urgent"
    NORMAL = "normal"
    PLANNED = "planned"


class StepKind(StrEnum):
    """What can happen to a ticket after it was reported; the last of them is its state.

    Given to another worker (改派) it stays where it was, and that may happen again and again.
    """

    ACCEPTED = "accepted"
    ASSIGNED = "assigned"
    REASSIGNED = "reassigned"
    ATTENDED = "attended"
    FINISHED = "finished"
    CONFIRMED = "confirmed"
    RATED = "rated"
    RETURNED = "returned"
    VOIDED = "voided"


class LimitKind(StrEnum):
    """What a time limit is for: 响应, 到场, 完工, 返修期."""

    RESPONSE = "response"
    ON_SITE = "on_site"
    FINISH = "finish"
    FIRST_FIX = "first_fix"


class RepairLimit(Base):
    """维修时限: a time limit from a day on until the next row, with where it comes from.

    `urgency` is None for a limit that holds for every ticket. `source`: where the text was read.
    """

    __tablename__ = "repair_limit"
    __table_args__ = (
        UniqueConstraint("kind", "urgency", "valid_from"),
        CheckConstraint("minutes > 0", name="minutes_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    urgency: Mapped[str | None]
    minutes: Mapped[int]
    document: Mapped[str]
    clause: Mapped[str]
    source: Mapped[str]
    valid_from: Mapped[date]


class Ticket(Base):
    """工单: what a unit reports as broken, on business day `day`.

    `accept_by`, `attend_by` (urgent only) and `finish_by` follow from the limits in force when it was reported: a limit
    that changes later does not make an old ticket late. `campus_id` is its building's campus at that time.
    """

    __tablename__ = "ticket"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    building_id: Mapped[int | None] = mapped_column(ForeignKey("building.id"))
    campus_id: Mapped[int | None] = mapped_column(ForeignKey("campus.id"))
    place: Mapped[str]
    trade: Mapped[str]
    urgency: Mapped[str]
    description: Mapped[str] = mapped_column(Text)
    contact: Mapped[str]
    photo_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"))
    day: Mapped[date] = mapped_column(index=True)
    reported_at: Mapped[datetime] = mapped_column(index=True)
    reported_by: Mapped[str]
    accept_by: Mapped[datetime]
    attend_by: Mapped[datetime | None]
    finish_by: Mapped[datetime]
    steps: Mapped[list["TicketStep"]] = relationship(
        order_by="TicketStep.number", lazy="selectin", back_populates="ticket"
    )

    @property
    def number(self) -> str:
        """工单号, as it is called on the telephone."""
        return f"{self.day:%Y}-{self.id:05}"

    @property
    def state(self) -> StepKind | None:
        """The last step that leads on; None while it is only reported."""
        led = [step.kind for step in self.steps if step.kind != StepKind.REASSIGNED]
        return StepKind(led[-1]) if led else None

    @property
    def assigned(self) -> "TicketStep | None":
        """Who has it in the present round: the last assignment."""
        given = (StepKind.ASSIGNED, StepKind.REASSIGNED)
        found = [step for step in self.steps if step.kind in given and step.round == self.round]
        return found[-1] if found else None

    @property
    def round(self) -> int:
        """维修轮次: 1, and one more after each return."""
        return 1 + sum(step.kind == StepKind.RETURNED for step in self.steps)

    def step(self, kind: StepKind, in_round: int | None = None) -> "TicketStep | None":
        """The latest step of a kind, or that of one round."""
        found = [step for step in self.steps if step.kind == kind and in_round in (None, step.round)]
        return found[-1] if found else None


class TicketStep(Base):
    """工单环节: one deed of one person. Rows are only added; each kind but the reassignment at most once in a round.

    `until`: of a confirmation, until when a return counts against the first fix; of a return, by when to fix it.
    `cost` in yuan. `worker_id` and `worker`: who was assigned, as he was called then.
    """

    __tablename__ = "ticket_step"
    __table_args__ = (
        Index("uq_ticket_step_once_a_round", "ticket_id", "round", "kind", unique=True,
              sqlite_where=text("kind <> 'reassigned'"), postgresql_where=text("kind <> 'reassigned'")),
        CheckConstraint("(kind = 'rated') = (stars IS NOT NULL)", name="rating_has_stars"),
        CheckConstraint("stars BETWEEN 1 AND 5", name="stars_range"),
        CheckConstraint("cost >= 0", name="cost_not_negative"),
    )  # fmt: skip

    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    round: Mapped[int]
    kind: Mapped[str]
    day: Mapped[date]
    at: Mapped[datetime]
    by: Mapped[str]
    note: Mapped[str] = mapped_column(Text, default="")
    worker_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    worker: Mapped[str | None]
    materials: Mapped[str | None] = mapped_column(Text)
    cost: Mapped[Decimal | None] = mapped_column(Fixed(2))
    stars: Mapped[int | None]
    until: Mapped[datetime | None]
    ticket: Mapped[Ticket] = relationship(back_populates="steps")
