"""Reads of repairs and violations."""

from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import aliased

from ...core.access import Actor
from ...core.db import db
from ..models import Driver, Vehicle
from .permissions import Permission
from .repair_models import FinePayment, RepairJob, RepairState, RepairStep, Violation, ViolationVoid


def jobs(actor: Actor) -> Select[Any]:
    """A driver sees what he asked for; the vehicle section, finance and those who watch see all."""
    rows = select(RepairJob).join(Vehicle, Vehicle.id == RepairJob.vehicle_id)
    return rows if actor.may(Permission.COST_READ) else rows.where(RepairJob.asked_by_id == actor.user_id)


def visible_job(job_id: int, actor: Actor) -> RepairJob | None:
    found: RepairJob | None = db.session.scalar(jobs(actor).where(RepairJob.id == job_id))
    return found


def in_state(state: str) -> ColumnElement[bool]:
    last, later = aliased(RepairStep), aliased(RepairStep)
    newest = select(func.max(later.id)).where(later.job_id == RepairJob.id).correlate(RepairJob).scalar_subquery()
    if state == RepairState.ASKED:
        return ~exists().where(last.job_id == RepairJob.id)
    return exists().where(last.id == newest, last.kind == state)


def waiting_count(state: str) -> int:
    return db.session.scalar(select(func.count()).select_from(RepairJob).where(in_state(state))) or 0


def job_of_cost(cost_id: int) -> RepairJob | None:
    rows = select(RepairJob).join(RepairStep).where(RepairStep.cost_id == cost_id)
    return db.session.scalar(rows)


def violations() -> Select[Any]:
    return select(Violation).join(Vehicle, Vehicle.id == Violation.vehicle_id)


def paid_or_not(chosen: str) -> ColumnElement[bool]:
    """`open`: nobody has paid, and it is not void."""
    paid = exists().where(FinePayment.violation_id == Violation.id)
    void = exists().where(ViolationVoid.violation_id == Violation.id)
    return {"open": ~paid & ~void, "paid": paid, "void": void}[chosen]


def drivers() -> list[tuple[int, str]]:
    return [(key, name) for key, name in db.session.execute(select(Driver.id, Driver.name).order_by(Driver.name))]
