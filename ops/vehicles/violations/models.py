"""What was filed under which of the nine violations, and every step that followed.

Only the day until which it is to be explained moves, when a question is asked again; the trail has every one of them.
"""

from datetime import date, datetime
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ...core.db import Base
from ...core.files import Attachment


class ViolationCode(StrEnum):
    """违规情形, in the order of the rule."""

    OVER_QUOTA = "over_quota"
    REGISTERED_ELSEWHERE = "registered_elsewhere"
    PRIVATE_USE = "private_use"
    BORROWED = "borrowed"
    DIVERTED = "diverted"
    LUXURY = "luxury"
    FALSE_COSTS = "false_costs"
    DISPOSAL = "disposal"
    OTHER = "other"


VIOLATION_LABELS = {
    ViolationCode.OVER_QUOTA: _l("Over the quota or the standard"),
    ViolationCode.REGISTERED_ELSEWHERE: _l("Registered in another's name"),
    ViolationCode.PRIVATE_USE: _l("Private use of official cars"),
    ViolationCode.BORROWED: _l("Borrowed, taken over or given cars"),
    ViolationCode.DIVERTED: _l("Special cars diverted or fixed to a person"),
    ViolationCode.LUXURY: _l("Luxury equipment"),
    ViolationCode.FALSE_COSTS: _l("False or foreign items in the costs"),
    ViolationCode.DISPOSAL: _l("Disposed of against the rules"),
    ViolationCode.OTHER: _l("Another breach of the rules"),
}


class FilingState(StrEnum):
    """Each step leads to the state of its name."""

    FILED = "filed"
    EXPLAINED = "explained"
    ASKED_AGAIN = "asked_again"
    ESTABLISHED = "established"
    NOT_ESTABLISHED = "not_established"
    WITHDRAWN = "withdrawn"


FILING_STATES = {
    FilingState.FILED: ("waiting", _l("filed, to be explained")),
    FilingState.EXPLAINED: ("progress", _l("explained, to be decided")),
    FilingState.ASKED_AGAIN: ("waiting", _l("asked again")),
    FilingState.ESTABLISHED: ("late", _l("established")),
    FilingState.NOT_ESTABLISHED: ("done", _l("not established")),
    FilingState.WITHDRAWN: ("closed", _l("filing withdrawn")),
}


class Filing(Base):
    """违规问题登记: one alarm, trip, hire or car under one violation.

    `unit_id`: the unit that has to explain, None for the vehicle section; until the day of `explain_by`.
    `day`: when it happened. `facts`: what was seen.
    """

    __tablename__ = "violation_filing"
    __table_args__ = (
        CheckConstraint(
            "(CASE WHEN alarm_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN request_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN hire_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN vehicle_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="of_one_thing",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    violation: Mapped[str] = mapped_column(index=True)
    alarm_id: Mapped[int | None] = mapped_column(ForeignKey("alarm.id"), index=True)
    request_id: Mapped[int | None] = mapped_column(ForeignKey("trip_request.id"), index=True)
    hire_id: Mapped[int | None] = mapped_column(ForeignKey("hire.id"), index=True)
    vehicle_id: Mapped[int | None] = mapped_column(ForeignKey("vehicle.id"), index=True)
    subject: Mapped[str]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    day: Mapped[date] = mapped_column(index=True)
    facts: Mapped[str]
    explain_by: Mapped[date]
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"))
    filed_at: Mapped[datetime]
    filed_by: Mapped[str]
    attachment: Mapped[Attachment | None] = relationship(lazy="selectin")
    steps: Mapped[list["FilingStep"]] = relationship(order_by="FilingStep.number", lazy="selectin")

    @property
    def no(self) -> str:
        """登记号: the year and the running number, never given twice."""
        return f"{self.filed_at:%Y}-{self.id:05}"

    @property
    def state(self) -> FilingState:
        return FilingState(self.steps[-1].kind) if self.steps else FilingState.FILED

    @property
    def mark(self) -> str:
        return f"{self.state}-{len(self.steps)}"


class FilingStep(Base):
    """处理环节: who took the filing to its next state, and with what words."""

    __tablename__ = "violation_filing_step"
    __table_args__ = (UniqueConstraint("filing_id", "number", name="uq_violation_filing_step_filing_id_number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    filing_id: Mapped[int] = mapped_column(ForeignKey("violation_filing.id"))
    number: Mapped[int]
    kind: Mapped[str]
    words: Mapped[str]
    measure: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
