"""The verbs of complaints: enter one, find out, answer, void."""

from datetime import date, datetime

from ...core import audit, clock
from ...core.access import Actor
from ...core.db import db, hold, hold_row
from ..models import Vehicle
from . import queries, rules
from .models import Complaint, ComplaintSource, ComplaintState, ComplaintStep


def enter(
    source: str, order_no: str, received_on: date, happened_at: datetime, vehicle_id: int | None, driver_id: int | None,
    what: str, complainant: str, phone: str, answer_by: date, by: Actor,
) -> Complaint:  # fmt: skip
    """What came in. The trip that the car or the driver was on at that moment is looked up; so is who drove."""
    if vehicle_id is not None:
        hold(Vehicle, vehicle_id)
    rules.check_about(vehicle_id, driver_id)
    rules.check_new(happened_at, received_on, answer_by, clock.now())
    rules.check_first(queries.is_known(order_no.strip()))
    trip = queries.trip_at(happened_at, vehicle_id, driver_id)
    row = Complaint(source=ComplaintSource(source), order_no=order_no.strip(), received_on=received_on)
    row.happened_at, row.what, row.answer_by = happened_at, what.strip(), answer_by
    row.vehicle_id = vehicle_id or (trip.vehicle_id if trip else None)
    row.driver_id = driver_id or (trip.driver_id if trip else None)
    row.request_id = trip.request_id if trip else None
    row.complainant, row.phone, row.at, row.by = complainant.strip(), phone.strip(), clock.now(), by.name
    db.session.add(row)
    audit.record("vehicles.complaint.received", row, by)
    return row


def find(complaint: Complaint, finding: str, words: str, day: date, by: Actor, seen: str = "") -> ComplaintStep:
    """What is true of it; a later finding stands beside the earlier one."""
    _held(complaint, seen)
    rules.check_open(complaint.state)
    return _step(complaint, ComplaintState(finding), words, day, by)


def answer(complaint: Complaint, words: str, day: date, by: Actor, seen: str = "") -> ComplaintStep:
    """What the complainant was told, or what was reported back to the hotline."""
    _held(complaint, seen)
    rules.check_found(complaint.state)
    return _step(complaint, ComplaintState.ANSWERED, words, day, by)


def void(complaint: Complaint, words: str, by: Actor, seen: str = "") -> ComplaintStep:
    """Entered by mistake; it stays to be read."""
    _held(complaint, seen)
    rules.check_open(complaint.state)
    return _step(complaint, ComplaintState.VOID, words, clock.today(), by)


def _held(complaint: Complaint, seen: str) -> None:
    hold_row(complaint)
    db.session.expire(complaint)
    rules.check_seen(complaint.mark, seen)


def _step(complaint: Complaint, kind: ComplaintState, words: str, day: date, by: Actor) -> ComplaintStep:
    found = complaint.finding if kind is ComplaintState.ANSWERED else None
    rules.check_day(day, complaint.received_on, clock.today(), found.day if found else None)
    row = ComplaintStep(number=len(complaint.steps) + 1, kind=kind, words=words.strip(), day=day)
    row.at, row.by = clock.now(), by.name
    complaint.steps.append(row)
    audit.record(f"vehicles.complaint.{DEEDS[kind]}", complaint, by)
    return row


DEEDS = {
    ComplaintState.TRUE: "established", ComplaintState.PARTLY: "established", ComplaintState.UNTRUE: "not_established",
    ComplaintState.ANSWERED: "answered", ComplaintState.VOID: "voided",
}  # fmt: skip
