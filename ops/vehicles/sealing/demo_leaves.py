"""Demo: the trips of a holiday for which leave to use a sealed car is given: asked, approved, driven, brought back."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import func, insert, select

from ...core.db import db
from ...core.demo import DemoYear
from ...core.timeslot import Slot
from ...indicators import stale
from ...people.models import Unit
from ..approvals.demo import SPEAKERS
from ..approvals.models import ApprovalRule, ApprovalStep, ApprovalVerdict, Approver, StepReason
from ..approvals.queries import days_off
from ..approvals.rules import Journey, needed
from ..models import Departure, Dispatch, Driver, TripRequest, TripReturn, Vehicle, VehicleCategory
from ..odometer import demo as dials
from ..odometer.models import OdometerReading, Source
from . import queries

OF_YEAR, WAY = 2, 26  # holidays in which a sealed car was needed; km out and back
ASKED_BY, DISPATCHED_BY, DRIVEN_BY = "单位联络员（演示）", "派车员（演示）", "司机（演示）"
NEEDED, LEAVES_AT, BACK_AFTER = "突发停电抢修（演示）", time(9), timedelta(hours=5, minutes=30)
HELD_FOR, BEFORE = timedelta(hours=6), timedelta(hours=14)
Row = dict[str, Any]


def make(demo: DemoYear) -> None:
    """In the last holidays of the year, by cars that stand still for the rest of it: no dial is overtaken."""
    made = 0
    for each in reversed(queries.breaks_of(demo.year)):
        starts_at = datetime.combine(each.slot.start.date() + timedelta(days=1), LEAVES_AT)
        car = _resting(each.slot.start)
        if car is not None and made < OF_YEAR:
            _drive(car, Slot(starts_at, starts_at + HELD_FOR))
            made += 1


def _resting(since: datetime) -> int | None:
    """A car for ordinary business whose dial was read, but never since."""
    last = select(OdometerReading.vehicle_id).group_by(OdometerReading.vehicle_id)
    last = last.having(func.max(OdometerReading.at) < since)
    given = select(Dispatch.vehicle_id).where(Dispatch.ends_at > since)
    rows = select(Vehicle.id).where(Vehicle.id.in_(last), Vehicle.id.not_in(given))
    return db.session.scalar(rows.where(Vehicle.category == VehicleCategory.OTHER).order_by(Vehicle.id).limit(1))


def _drive(car: int, slot: Slot) -> None:
    unit = db.session.scalar(select(Unit.id).where(Unit.demo).order_by(Unit.id).limit(1))
    driver = db.session.scalar(select(Driver.id).order_by(Driver.id).limit(1))
    asked_at, back = slot.start - BEFORE, slot.start + BACK_AFTER
    request = _keep(TripRequest, {
        "unit_id": unit, "purpose": NEEDED, "destination": "唐海镇", "people": 3, "contact": "用车人001（演示）",
        "phone": "0315-0000001", "route": "区政务中心—唐海镇", "sealed_car": True, "starts_at": slot.start,
        "ends_at": slot.end, "asked_at": asked_at, "asked_by": ASKED_BY,
    })  # fmt: skip
    _approve(request, slot, asked_at)
    trip = _keep(Dispatch, {
        "request_id": request, "vehicle_id": car, "driver_id": driver, "day": slot.start.date(),
        "starts_at": slot.start, "ends_at": back, "due_at": slot.end, "released_at": None,
        "dispatched_at": asked_at + timedelta(hours=2), "dispatched_by": DISPATCHED_BY,
    })  # fmt: skip
    said = {"dispatch_id": trip, "by": DRIVEN_BY}
    db.session.execute(insert(Departure), [{**said, "at": slot.start}])
    db.session.execute(insert(TripReturn), [{**said, "at": back, "day": back.date()}])
    shown = dials.dials()[car]
    read = {"vehicle_id": car, "dispatch_id": trip, "recorded_by": DRIVEN_BY}
    ends = ((slot.start, shown, Source.DEPARTURE), (back, shown + WAY, Source.RETURN))
    readings = [{**read, "at": at, "recorded_at": at, "value": value, "source": source} for at, value, source in ends]
    db.session.execute(insert(OdometerReading), readings)
    for model in (Dispatch, Departure, TripReturn, OdometerReading):
        stale.touch(model, {slot.start.date()})


def _approve(request: int, slot: Slot, asked_at: datetime) -> None:
    rules: Sequence[ApprovalRule] = db.session.scalars(select(ApprovalRule).where(ApprovalRule.to_on.is_(None))).all()
    journey = Journey(slot, sealed_car=True, days_off=days_off(slot))
    for number, (approver, because) in enumerate(needed(rules, journey), 1):
        step = _keep(ApprovalStep, {"request_id": request, "number": number, "approver": approver})
        db.session.execute(insert(StepReason), [{"step_id": step, "rule_id": rule.id} for rule in because])
        at = asked_at + number * timedelta(minutes=15)
        said = {"approved": True, "words": "", "at": at, "by": SPEAKERS[Approver(approver)], "by_id": None}
        db.session.execute(insert(ApprovalVerdict), [{"step_id": step, **said}])


def _keep(model: type[Any], row: Row) -> int:
    [key] = db.session.scalars(insert(model).returning(model.id), [row])
    return int(key)
