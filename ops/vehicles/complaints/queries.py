"""Reads of complaints."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, func, or_, select

from ...core import clock
from ...core.db import db
from ...core.page import Event
from ...core.period import Period, parse, year
from ..models import Departure, Dispatch, Driver, TripReturn, Vehicle
from .models import COMPLAINT_STATES, Complaint, ComplaintState, ComplaintStep
from .rules import OPEN


def trip_at(at: datetime, vehicle_id: int | None, driver_id: int | None) -> Dispatch | None:
    """The trip that the car, or the driver, was out on at that moment."""
    rows = select(Dispatch).join(Departure, Departure.dispatch_id == Dispatch.id)
    rows = rows.outerjoin(TripReturn, TripReturn.dispatch_id == Dispatch.id)
    rows = rows.where(Departure.at <= at, or_(TripReturn.at.is_(None), TripReturn.at >= at))
    if vehicle_id is not None:
        rows = rows.where(Dispatch.vehicle_id == vehicle_id)
    if driver_id is not None:
        rows = rows.where(or_(Dispatch.driver_id == driver_id, Dispatch.second_driver_id == driver_id))
    return db.session.scalars(rows.order_by(Departure.at.desc()).limit(1)).unique().first()


def is_known(order_no: str) -> bool:
    """The order number was entered before, not by mistake."""
    if not order_no:
        return False
    same = db.session.scalars(select(Complaint).where(Complaint.order_no == order_no)).unique()
    return any(each.state is not ComplaintState.VOID for each in same)


def _last_kind() -> Any:
    last = select(func.max(ComplaintStep.number)).where(ComplaintStep.complaint_id == Complaint.id).correlate(Complaint)
    kind = select(ComplaintStep.kind).where(
        ComplaintStep.complaint_id == Complaint.id, ComplaintStep.number == last.scalar_subquery()
    )
    return func.coalesce(kind.correlate(Complaint).scalar_subquery(), str(ComplaintState.RECEIVED))


LAST_KIND = _last_kind()


def complaints() -> Select[Any]:
    rows: Select[Any] = select(Complaint).outerjoin(Vehicle, Vehicle.id == Complaint.vehicle_id)
    return rows.outerjoin(Driver, Driver.id == Complaint.driver_id)


def of_request(request_id: int) -> Sequence[Complaint]:
    rows = select(Complaint).where(Complaint.request_id == request_id).order_by(Complaint.id)
    return db.session.scalars(rows).unique().all()


def received_in(period: Period) -> Sequence[Complaint]:
    """Those that stand."""
    rows = select(Complaint).where(Complaint.received_on.between(period.first, period.last), LAST_KIND != "void")
    return db.session.scalars(rows.order_by(Complaint.id)).unique().all()


def of_source(source: str) -> ColumnElement[bool]:
    return Complaint.source == source


STILL_OPEN, OVERDUE = "open", "overdue"


def in_state(state: str) -> ColumnElement[bool]:
    """That of its last step; or it is still to be answered, or was not in time."""
    if state in (STILL_OPEN, OVERDUE):
        still: ColumnElement[bool] = LAST_KIND.in_([str(each) for each in OPEN])
        return still & (Complaint.answer_by < clock.today()) if state == OVERDUE else still
    return cast(ColumnElement[bool], state == LAST_KIND)


def of_car(vehicle_id: str) -> ColumnElement[bool]:
    return Complaint.vehicle_id == int(vehicle_id)


def of_period(key: str) -> ColumnElement[bool]:
    period = parse(key)
    return Complaint.received_on.between(period.first, period.last)


def years(today: date) -> list[Period]:
    """The years that complaints came in, newest first."""
    first, last = db.session.execute(select(func.min(Complaint.received_on), func.max(Complaint.received_on))).one()
    return [year(number) for number in range((last or today).year, (first or today).year - 1, -1)]


def cars() -> Sequence[tuple[int, str]]:
    """Every car that ever was on the register: a complaint may come late."""
    return [
        (key, plate) for key, plate in db.session.execute(select(Vehicle.id, Vehicle.plate).order_by(Vehicle.plate))
    ]


def cars_complained_of() -> list[tuple[str, str]]:
    known = select(Complaint.vehicle_id)
    rows = select(Vehicle.id, Vehicle.plate).where(Vehicle.id.in_(known)).order_by(Vehicle.plate)
    return [(str(key), plate) for key, plate in db.session.execute(rows)]


def drivers() -> Sequence[tuple[int, str]]:
    return [(key, name) for key, name in db.session.execute(select(Driver.id, Driver.name).order_by(Driver.name))]


def open_ones(today: date, late: bool) -> int:
    """To be answered still; `late`: only those that were to be answered by now."""
    rows = select(func.count(Complaint.id)).where(LAST_KIND.in_([str(each) for each in OPEN]))
    return db.session.scalar(rows.where(Complaint.answer_by < today) if late else rows) or 0


def history(complaint: Complaint) -> list[Event]:
    """Everything that happened to it, oldest first."""
    state, word = COMPLAINT_STATES[ComplaintState.RECEIVED]
    found = [Event(complaint.at, complaint.by, word, state, complaint.what)]
    for step in complaint.steps:
        state, word = COMPLAINT_STATES[ComplaintState(step.kind)]
        found.append(Event(step.at, step.by, word, state, f"{step.day} {step.words}"))
    return found
