"""The verbs of readings: note, correct, reverse; and settling what does not fit."""

from collections.abc import Sequence
from datetime import datetime

from flask_babel import lazy_gettext as _l

from ...core import audit, clock
from ...core.access import Actor
from ...core.db import db, hold
from ...core.errors import Rejected
from .. import telling
from ..models import Dispatch, Vehicle
from ..obligations import by_dial as obligations
from ..rules import MOST_KILOMETRES
from . import asking, queries, rules, trips
from .models import (
    FindingSettlement,
    OdometerReading,
    ReadingConfirmation,
    ReadingReversal,
    Source,
)


def note(
    vehicle_id: int, value: int, at: datetime, source: Source, by: Actor, dispatch_id: int | None = None,
    cost_id: int | None = None, done_id: int | None = None, dial_reason: str | None = "",
) -> OdometerReading:  # fmt: skip
    """A reading as part of another deed, which names itself in the trail: a departure, a return, a refuelling.

    One that does not fit those beside it, or is far beyond what is usual, is taken with a reason only.
    """
    rules.check_value(int(value), "odometer")
    answer = asking.ask(vehicle_id, rules.Read(at, int(value), source, dispatch_id), dial_reason)
    return _write(vehicle_id, value, at, source, by, answer, dispatch_id=dispatch_id, cost_id=cost_id, done_id=done_id)


def _write(
    vehicle_id: int, value: int, at: datetime, source: Source, by: Actor, answer: asking.Answer | None = None,
    **part_of: int | None,
) -> OdometerReading:  # fmt: skip
    row = OdometerReading(vehicle_id=vehicle_id, value=int(value), at=at, source=source, **part_of)
    row.recorded_at, row.recorded_by = clock.now(), by.name
    if answer:
        row.confirmation = ReadingConfirmation(beside=answer.beside, why=answer.why, at=clock.now(), by=by.name)
    db.session.add(row)
    return row


def note_of_trip(
    dispatch: Dispatch, value: int, at: datetime, source: Source, dial_reason: str, by: Actor
) -> OdometerReading:
    """The reading of a trip's start or end."""
    rules.check_past(at, clock.now())
    return note(dispatch.vehicle_id, value, at, source, by, dispatch.id, dial_reason=dial_reason)


def record(
    vehicle_id: int, value: int, at: datetime, source: str, note_given: str, by: Actor, dial_reason: str | None = ""
) -> OdometerReading:
    """Somebody read the dial; also long afterwards, from a paper."""
    hold(Vehicle, vehicle_id)
    rules.check_past(at, clock.now())
    row = note(vehicle_id, value, at, Source(source), by, dial_reason=dial_reason)
    row.note = note_given.strip() or None
    audit.record("vehicles.reading.recorded", row, by)
    return row


def correct(
    reading: OdometerReading, value: int, reason_given: str, by: Actor, dial_reason: str | None = ""
) -> OdometerReading:
    """The dial was read wrongly: the reading gives way to a right one of the same moment.

    Its trip follows, and the maintenance that is due next.
    """
    _hold(reading)
    rules.check_standing(reading.reversal is not None)
    rules.check_value(int(value))
    if int(value) == reading.value:
        raise Rejected(_l("That is what is recorded already."), "value")
    _check_trip(reading, int(value))
    right = rules.Read(reading.at, int(value), reading.source, reading.dispatch_id)
    answer = asking.ask(reading.vehicle_id, right, dial_reason, reading.id)
    row = put_right(reading, int(value), reason_given, by, answer)
    obligations.judge_again(reading.vehicle_id, reason_given, by)
    _tell_units(reading)
    audit.record("vehicles.reading.corrected", reading, by)
    return row


def _tell_units(reading: OdometerReading) -> None:
    """What the units aboard confirm of a trip that is back is another number now."""
    if reading.dispatch_id is None or reading.source not in (Source.DEPARTURE, Source.RETURN):
        return
    db.session.flush()
    if kilometres := trips.of_trips([reading.dispatch_id]):
        telling.corrected(db.session.get_one(Dispatch, reading.dispatch_id), kilometres[reading.dispatch_id])


def put_right(
    reading: OdometerReading, value: int, reason_given: str, by: Actor, answer: asking.Answer | None = None
) -> OdometerReading:
    """As part of a deed that holds what the reading is part of, and has looked at its trip."""
    _reverse(reading, reason_given, by)
    part_of = {"dispatch_id": reading.dispatch_id, "cost_id": reading.cost_id, "done_id": reading.done_id}
    row = _write(reading.vehicle_id, value, reading.at, Source(reading.source), by, answer, **part_of)
    row.corrects_id, row.note = reading.id, reason_given
    if reading.done_id is not None:
        obligations.set_dial(reading.done_id, value)
    return row


def reverse(reading: OdometerReading, reason_given: str, by: Actor) -> ReadingReversal:
    """A reading that should not be there. One of a trip is corrected instead, for a trip has two."""
    _hold(reading)
    check_reversible(reading)
    row = take_out(reading, reason_given, by)
    obligations.judge_again(reading.vehicle_id, reason_given, by)
    audit.record("vehicles.reading.reversed", reading, by)
    return row


def take_out(reading: OdometerReading, reason_given: str, by: Actor) -> ReadingReversal:
    """As part of a deed that holds what the reading is part of."""
    row = _reverse(reading, reason_given, by)
    if reading.done_id is not None:
        obligations.set_dial(reading.done_id, None)
    return row


def withdraw(cost_id: int, reason_given: str, by: Actor) -> None:
    """With a reversed cost goes the reading that came with it; part of that deed."""
    _withdraw(queries.of_cost(cost_id), reason_given, by)


def withdraw_done(done_id: int, reason_given: str, by: Actor) -> None:
    """With what was recorded as done by mistake goes the reading that came with it; part of that deed."""
    _withdraw(queries.of_done(done_id), reason_given, by)


def _withdraw(readings: Sequence[OdometerReading], reason_given: str, by: Actor) -> None:
    for reading in readings:
        _reverse(reading, reason_given, by)
    for car in {reading.vehicle_id for reading in readings}:
        obligations.judge_again(car, reason_given, by)


def settle(key: str, vehicle_id: int, reason_given: str, by: Actor) -> FindingSettlement:
    """Somebody looked into a finding and says what it was."""
    hold(Vehicle, vehicle_id)
    check_unsettled(key)
    row = FindingSettlement(key=key, vehicle_id=vehicle_id, at=clock.now(), by=by.name, reason=reason_given.strip())
    db.session.add(row)
    audit.record("vehicles.finding.settled", row, by)
    return row


def check_unsettled(key: str) -> None:
    if key in queries.settlements([key]):
        raise Rejected(_l("Somebody has settled this already."))


def check_reversible(reading: OdometerReading) -> None:
    rules.check_standing(reading.reversal is not None)
    if reading.dispatch_id is not None:
        raise Rejected(_l("This reading belongs to a trip: correct it instead."))


def _hold(reading: OdometerReading) -> None:
    """Its trip, then the car, as those who give a trip anew; then what else the reading is part of."""
    if reading.dispatch_id is not None:
        hold(Dispatch, reading.dispatch_id)
    hold(Vehicle, reading.vehicle_id)
    if reading.done_id is not None:
        obligations.hold_done(reading.done_id)
    hold(OdometerReading, reading.id)


def _check_trip(reading: OdometerReading, value: int) -> None:
    if reading.dispatch_id is None or reading.source not in (Source.DEPARTURE, Source.RETURN):
        return
    is_start = reading.source == Source.DEPARTURE
    other = queries.of_trip(reading.dispatch_id, Source.RETURN if is_start else Source.DEPARTURE)
    if other is not None:
        start, end = (reading, other) if is_start else (other, reading)
        lost = queries.lost(reading.vehicle_id, start.at, end.at)
        dials = (value, other.value) if is_start else (other.value, value)
        rules.check_trip_dials(*dials, lost, MOST_KILOMETRES)


def _reverse(reading: OdometerReading, reason_given: str, by: Actor) -> ReadingReversal:
    row = ReadingReversal(reading_id=reading.id, at=clock.now(), by=by.name, reason=reason_given)
    db.session.add(row)
    return row
