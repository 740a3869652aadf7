"""Reads of repairs and violations."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, DateTime, Select, bindparam, exists, func, select
from sqlalchemy.orm import aliased

from ...core.access import Actor
from ...core.db import db
from ...core.period import Period
from ...core.timeslot import Slot
from .. import notice_months
from ..models import Driver, Vehicle
from .permissions import Permission
from .repair_models import FinePayment, RepairJob, RepairState, RepairStep, Violation, ViolationVoid

GOES_ON = (RepairState.ASKED, RepairState.QUOTED, RepairState.APPROVED, RepairState.FINISHED)
START, END = bindparam("start", type_=DateTime), bindparam("end", type_=DateTime)


def jobs(actor: Actor) -> Select[Any]:
    """A driver sees what he asked for; the vehicle section, finance and those who watch see all."""
    rows = select(RepairJob).join(Vehicle, Vehicle.id == RepairJob.vehicle_id)
    return rows if actor.may(Permission.COST_READ) else rows.where(RepairJob.asked_by_id == actor.user_id)


def months(today: date) -> list[Period]:
    """Those in which a repair was asked for, newest first."""
    return notice_months.of_days(db.session.scalars(select(RepairJob.day).distinct()), today)


def visible_job(job_id: int, actor: Actor) -> RepairJob | None:
    found: RepairJob | None = db.session.scalar(jobs(actor).where(RepairJob.id == job_id))
    return found


def in_state(state: str) -> ColumnElement[bool]:
    last, later = aliased(RepairStep), aliased(RepairStep)
    newest = select(func.max(later.id)).where(later.job_id == RepairJob.id).correlate(RepairJob).scalar_subquery()
    if state == RepairState.ASKED:
        return ~exists().where(last.job_id == RepairJob.id)
    return exists().where(last.id == newest, last.kind == state)


def in_workshop(slot: Slot, now: datetime, vehicle_id: int | None = None) -> list[tuple[int, datetime, datetime, str]]:
    """(car, since, until, workshop) of repairs that meet the slot: from the approval until they are done. Nobody
    knows when an open one will be: it holds its car until the end of today.
    """
    rows = repaired() if vehicle_id is None else repaired().where(RepairJob.vehicle_id == vehicle_id)
    met = db.session.execute(rows, {"start": slot.start, "end": slot.end})
    tonight = datetime.combine(now.date() + timedelta(days=1), time.min)
    found = [(car, since, until or tonight, workshop) for car, since, until, workshop in met]
    return [each for each in found if each[2] > slot.start]


@cache
def repaired() -> Select[Any]:
    """(car, since, until, workshop) of repairs that meet `start` to `end`, which it takes as parameters; of an open
    one nobody knows until when. Put together once: the board asks it each time it is drawn.
    """
    done, last = aliased(RepairStep), aliased(RepairStep)
    earlier = exists().where(done.job_id == RepairJob.id, done.kind == RepairState.FINISHED, done.at <= START)
    finished = select(func.min(last.at)).where(last.job_id == RepairJob.id, last.kind == RepairState.FINISHED)
    until: Any = finished.correlate(RepairJob).scalar_subquery()
    wanted: list[Any] = [RepairJob.vehicle_id, func.min(RepairStep.at), until, RepairJob.workshop]
    approved = select(*wanted).join(RepairStep, RepairStep.job_id == RepairJob.id)
    approved = approved.where(RepairStep.kind == RepairState.APPROVED, RepairStep.at < END)
    return approved.where(~earlier.correlate(RepairJob)).group_by(RepairJob.id)


def waiting_counts(states: Collection[str]) -> dict[str, int]:
    """How many repairs stand in each of the states, which a step has led to."""
    newest = select(func.max(RepairStep.id)).group_by(RepairStep.job_id)
    rows = select(RepairStep.kind, func.count()).where(RepairStep.id.in_(newest), RepairStep.kind.in_(states))
    counts = dict.fromkeys(states, 0)
    for kind, count in db.session.execute(rows.group_by(RepairStep.kind)):
        counts[kind] = count
    return counts


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
