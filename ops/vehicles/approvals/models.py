"""The rule table, the steps a request has to pass, and what was said at each."""

from datetime import date, datetime
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from ...core.db import Base
from ..sourced import Sourced


class Approver(StrEnum):
    """审批人, in the order in which they are asked."""

    UNIT_LEADER = "unit_leader"
    SECTION = "section"
    DIRECTOR = "director"


class Condition(StrEnum):
    """What a rule looks at."""

    DAYS_OVER = "days_over"
    OUT_OF_DISTRICT = "out_of_district"
    HOLIDAY = "holiday"
    NIGHT = "night"
    SEALED_CAR = "sealed_car"
    HIRED = "hired"


APPROVERS = {
    Approver.UNIT_LEADER: _l("Leader of the unit"),
    Approver.SECTION: _l("Vehicle section"),
    Approver.DIRECTOR: _l("Director in charge"),
}
CONDITIONS = {
    Condition.DAYS_OVER: _l("Longer than so many days"),
    Condition.OUT_OF_DISTRICT: _l("Out of the district"),
    Condition.HOLIDAY: _l("On a day off by the work calendar"),
    Condition.NIGHT: _l("At night, between these hours"),
    Condition.SEALED_CAR: _l("A car that is sealed over the holiday"),
    Condition.HIRED: _l("A hired vehicle"),
}


class ApprovalRule(Sourced, Base):
    """审批规则: on this condition this approver is asked, from `valid_from` until `to_on`.

    `threshold`: days, for DAYS_OVER. `from_hour`, `to_hour`: full hours, for NIGHT. `confirmed`: the house's own paper
    says so; otherwise it is an example from elsewhere.
    """

    __tablename__ = "approval_rule"
    __table_args__ = (
        CheckConstraint("(condition = 'days_over') = (threshold IS NOT NULL)", name="days_have_a_threshold"),
        CheckConstraint("(condition = 'night') = (from_hour IS NOT NULL)", name="night_has_hours"),
        CheckConstraint("from_hour BETWEEN 0 AND 23 AND to_hour BETWEEN 0 AND 23", name="hours_of_a_day"),
        CheckConstraint("to_on > valid_from", name="ends_later"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    condition: Mapped[str]
    threshold: Mapped[int | None]
    from_hour: Mapped[int | None]
    to_hour: Mapped[int | None]
    approver: Mapped[str]
    to_on: Mapped[date | None]


class SteppedByRule:
    """The columns of a step's reason: the rule that asks for it."""

    rule_id: Mapped[int] = mapped_column(ForeignKey("approval_rule.id"), primary_key=True)

    @declared_attr
    def rule(self) -> Mapped[ApprovalRule]:
        return relationship(lazy="joined")


class Spoken:
    """The columns of a verdict: what was said, when, and by whom."""

    approved: Mapped[bool]
    words: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class ByMouth:
    """The columns of an approval by mouth: who gave it and when, and who noted it."""

    approved_by: Mapped[str]
    approved_at: Mapped[datetime]
    at: Mapped[datetime]
    by: Mapped[str]


class AllowedByMouth:
    """The columns of a change to a trip's time: who allowed it and when, where it had to be asked for."""

    allowed_by: Mapped[str] = mapped_column(default="")
    allowed_at: Mapped[datetime | None]


class ApprovalStep(Base):
    """审批环节: one approver whom this request needs, by the rules of the day on which it was asked."""

    __tablename__ = "approval_step"
    __table_args__ = (UniqueConstraint("request_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("trip_request.id"))
    number: Mapped[int]
    approver: Mapped[str]
    verdict: Mapped["ApprovalVerdict | None"] = relationship(lazy="joined")
    reasons: Mapped[list["StepReason"]] = relationship(lazy="selectin", order_by="StepReason.rule_id")


class StepReason(SteppedByRule, Base):
    """审批依据: a rule that asks for the step."""

    __tablename__ = "approval_step_reason"

    step_id: Mapped[int] = mapped_column(ForeignKey("approval_step.id"), primary_key=True)


class ApprovalVerdict(Spoken, Base):
    """审批意见: what the approver said, once.

    `noted_by`: who took it over from paper (书面审批); empty when it was said here.
    """

    __tablename__ = "approval_verdict"

    step_id: Mapped[int] = mapped_column(ForeignKey("approval_step.id"), primary_key=True)
    noted_by: Mapped[str] = mapped_column(default="")


class OralApproval(ByMouth, Base):
    """口头批准: an emergency that could not wait; the steps are completed afterwards and stay open until they are."""

    __tablename__ = "oral_approval"

    request_id: Mapped[int] = mapped_column(ForeignKey("trip_request.id"), primary_key=True)
