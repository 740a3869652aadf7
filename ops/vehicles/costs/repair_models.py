"""Repairs from the request to the invoice, and traffic violations with whoever paid the fine."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ...core.db import Base, Fixed
from ..models import Driver, Vehicle


class RepairState(StrEnum):
    """Each step leads to the state of its name."""

    ASKED = "asked"
    QUOTED = "quoted"
    APPROVED = "approved"
    REFUSED = "refused"
    FINISHED = "finished"
    INVOICED = "invoiced"


REPAIR_STATES = {
    RepairState.ASKED: ("waiting", _l("waiting for a quote")),
    RepairState.QUOTED: ("waiting", _l("quote waiting for approval")),
    RepairState.APPROVED: ("progress", _l("approved, in the workshop")),
    RepairState.REFUSED: ("closed", _l("repair refused")),
    RepairState.FINISHED: ("progress", _l("done, waiting for the invoice")),
    RepairState.INVOICED: ("done", _l("invoiced")),
}


class RepairJob(Base):
    """维保申请 (7.8): a car is to be maintained or repaired."""

    __tablename__ = "repair_job"

    id: Mapped[int] = mapped_column(primary_key=True)
    vehicle_id: Mapped[int] = mapped_column(ForeignKey("vehicle.id"), index=True)
    day: Mapped[date] = mapped_column(index=True)
    problem: Mapped[str]
    workshop: Mapped[str]
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int | None]
    asked_by: Mapped[str]
    vehicle: Mapped[Vehicle] = relationship(lazy="joined")
    lines: Mapped[list["QuoteLine"]] = relationship(order_by="QuoteLine.id", lazy="selectin")
    steps: Mapped[list["RepairStep"]] = relationship(order_by="RepairStep.id", lazy="selectin")

    @property
    def state(self) -> RepairState:
        return RepairState(self.steps[-1].kind) if self.steps else RepairState.ASKED

    @property
    def quoted(self) -> Decimal:
        """The latest quote; an earlier one stays to be read and counts no more."""
        latest = max((line.round for line in self.lines), default=0)
        return sum((line.amount for line in self.lines if line.round == latest), Decimal(0))

    @property
    def quoted_by_id(self) -> int | None:
        """The user who entered the latest quote."""
        return self._last_by(RepairState.QUOTED)

    @property
    def approved_by_id(self) -> int | None:
        return self._last_by(RepairState.APPROVED)

    def _last_by(self, kind: RepairState) -> int | None:
        return next((step.by_id for step in reversed(self.steps) if step.kind == kind), None)

    @property
    def approved(self) -> Decimal | None:
        """The amount that was approved last."""
        amounts = [step.amount for step in self.steps if step.kind == RepairState.APPROVED]
        return amounts[-1] if amounts else None


class QuoteLine(Base):
    """报价明细: one item of a quote; the rounds count the quotes of a job."""

    __tablename__ = "quote_line"

    id: Mapped[int] = mapped_column(primary_key=True)
    job_id: Mapped[int] = mapped_column(ForeignKey("repair_job.id"), index=True)
    round: Mapped[int]
    item: Mapped[str]
    amount: Mapped[Decimal] = mapped_column(Fixed(2))


class RepairStep(Base):
    """维保环节: who took the job to its next state, when, with what amount, by which paper."""

    __tablename__ = "repair_step"
    __table_args__ = (Index("ix_repair_step_kind", "kind", "job_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    job_id: Mapped[int] = mapped_column(ForeignKey("repair_job.id"), index=True)
    kind: Mapped[str]
    amount: Mapped[Decimal | None] = mapped_column(Fixed(2))
    paper_no: Mapped[str]
    note: Mapped[str]
    cost_id: Mapped[int | None] = mapped_column(ForeignKey("vehicle_cost.id"))
    at: Mapped[datetime]
    by: Mapped[str]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class CostSettingName(StrEnum):
    """What can be set, each with its unit."""

    COLLECTIVE_REPAIR = "collective_repair"
    OUTLIER_FACTOR = "outlier_factor"
    OUTLIER_SHARE = "outlier_share"


COST_SETTING_LABELS = {
    CostSettingName.COLLECTIVE_REPAIR: (_l("Repairs above this need a collective decision"), _l("yuan")),
    CostSettingName.OUTLIER_FACTOR: (_l("Fuel: suspicious beyond so many usual deviations"), ""),
    CostSettingName.OUTLIER_SHARE: (_l("Fuel: and by at least this share of the usual"), "%"),
}


class CostSetting(Base):
    """费用管理设置: holds from `valid_from` on, with where it comes from; the later one takes over."""

    __tablename__ = "cost_setting"
    __table_args__ = (UniqueConstraint("name", "valid_from", name="uq_cost_setting_name_valid_from"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    value: Mapped[Decimal] = mapped_column(Fixed(2))
    valid_from: Mapped[date]
    source: Mapped[str]
    set_at: Mapped[datetime]
    set_by: Mapped[str]


class Payer(StrEnum):
    """Who paid a fine. Public money never does."""

    DRIVER = "driver"
    OTHER = "other"
    PUBLIC = "public"


PAYER_LABELS = {
    Payer.DRIVER: _l("The driver himself"), Payer.OTHER: _l("Somebody else himself"), Payer.PUBLIC: _l("Public money"),
}  # fmt: skip


class Violation(Base):
    """车辆违章 (7.18): what the police recorded of a car."""

    __tablename__ = "violation"
    __table_args__ = (CheckConstraint("points BETWEEN 0 AND 12", name="points_of_a_cycle"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    vehicle_id: Mapped[int] = mapped_column(ForeignKey("vehicle.id"), index=True)
    driver_id: Mapped[int | None] = mapped_column(ForeignKey("driver.id"))
    day: Mapped[date] = mapped_column(index=True)
    at: Mapped[datetime]
    place: Mapped[str]
    what: Mapped[str]
    points: Mapped[int]
    fine: Mapped[Decimal] = mapped_column(Fixed(2))
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str]
    vehicle: Mapped[Vehicle] = relationship(lazy="joined")
    driver: Mapped[Driver | None] = relationship(lazy="joined")
    payment: Mapped["FinePayment | None"] = relationship(lazy="selectin")
    void: Mapped["ViolationVoid | None"] = relationship(lazy="selectin")


class FinePayment(Base):
    """罚款缴纳: who paid, with the receipt."""

    __tablename__ = "fine_payment"

    violation_id: Mapped[int] = mapped_column(ForeignKey("violation.id"), primary_key=True)
    paid_on: Mapped[date]
    payer: Mapped[str]
    paper_no: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]


class ViolationVoid(Base):
    """作废违章记录."""

    __tablename__ = "violation_void"

    violation_id: Mapped[int] = mapped_column(ForeignKey("violation.id"), primary_key=True)
    at: Mapped[datetime]
    by: Mapped[str]
    reason: Mapped[str]


class FuelIntake(Base):
    """加油卡对账单导入: the receipt of a statement that was taken in."""

    __tablename__ = "fuel_intake"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    head: Mapped[str]
    added: Mapped[int]
    already: Mapped[int]
    faulty: Mapped[int]
    taken_at: Mapped[datetime]
    taken_by: Mapped[str]
    faults: Mapped[list["FuelIntakeFault"]] = relationship(order_by="FuelIntakeFault.line")


class FuelIntakeFault(Base):
    """退回的对账单行: a row that could not land, as it stood, with the reason."""

    __tablename__ = "fuel_intake_fault"

    id: Mapped[int] = mapped_column(primary_key=True)
    intake_id: Mapped[int] = mapped_column(ForeignKey("fuel_intake.id"), index=True)
    line: Mapped[int]
    reason: Mapped[str]
    cells: Mapped[str]
