"""The verbs of dials: one is replaced, the record of it is corrected, or reversed with what was read on the new one."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage

from ...core import audit, clock, files
from ...core.access import Actor
from ...core.db import db, hold
from ...core.errors import Rejected
from ..models import Dispatch, Vehicle
from ..obligations import by_dial as obligations
from ..rules import CHANGED, MOST_KILOMETRES
from . import asking, dial_queries, dial_rules, rules, service
from .models import DialReplacement, OdometerReading, ReplacementConfirmation, ReplacementReversal

Values = Mapping[int, Decimal | None]


def replace_dial(
    vehicle_id: int, at: datetime, old_last: int, new_first: int, paper: str, proof: FileStorage | None, by: Actor,
    dial_reason: str | None = "",
) -> DialReplacement:  # fmt: skip
    """The dial was changed in a workshop; `paper` names the workshop's paper, `dial_reason` says why the old one's last
    reading is right though it does not fit those before it.
    """
    _hold(vehicle_id)
    row = _put_in(vehicle_id, at, old_last, new_first, paper, by, dial_reason)
    if proof is not None and proof.filename:
        kept = files.keep(proof, "proof", by)
        db.session.flush()
        row.attachment_id = kept.id
    db.session.add(row)
    obligations.judge_again(vehicle_id, row.paper, by)
    audit.record("vehicles.dial.replaced", row, by)
    return row


def correct_replacement(
    replacement: DialReplacement, at: datetime, old_last: int, new_first: int, paper: str, reason_given: str, by: Actor,
    dial_reason: str | None = "",
) -> DialReplacement:  # fmt: skip
    """The dial was changed, and its record is wrong in time, numbers or paper: it gives way to a right one.

    Readings stay as they are; kilometres follow.
    """
    _hold(replacement.vehicle_id)
    hold(DialReplacement, replacement.id)
    rules.check_standing(replacement.reversal is not None)
    said = (at, int(old_last), int(new_first), paper.strip())
    if said == (replacement.at, replacement.old_last, replacement.new_first, replacement.paper):
        raise Rejected(_l("That is what is recorded already."), "old_last")
    row = _put_in(replacement.vehicle_id, at, old_last, new_first, paper, by, dial_reason, replacement)
    row.corrects_id, row.attachment_id = replacement.id, replacement.attachment_id
    _reverse(replacement, reason_given, by)
    db.session.add(row)
    obligations.judge_again(row.vehicle_id, reason_given, by)
    audit.record("vehicles.dial.replacement_corrected", replacement, by)
    return row


def reverse_replacement(
    replacement: DialReplacement, reason_given: str, by: Actor, values: Values | None = None
) -> ReplacementReversal:
    """No other dial was put in. Readings that cannot stand without it go with it, in this one deed.

    `values`: by reading what the dial that stayed in the car showed; without a value the reading is reversed, which one
    of a trip cannot be. By the key, below 0, of the record of the next replacement: what it showed then.
    """
    given = {key: None if value is None else int(value) for key, value in (values or {}).items()}
    readings = _hold(replacement.vehicle_id, replacement)
    hold(DialReplacement, replacement.id)
    rules.check_standing(replacement.reversal is not None)
    of_car = dial_queries.of_car(replacement.vehicle_id)
    gone = dial_queries.replaced(replacement)
    owed = dial_rules.depending(of_car, gone, MOST_KILOMETRES)
    dial_rules.check_answered(owed, given)
    dial_rules.check_without(of_car, gone, {each.id: given[each.id] for each in owed}, MOST_KILOMETRES)
    row = _reverse(replacement, reason_given, by)
    for each in owed:
        value = given[each.id]
        if each.id > 0:
            _give_way(readings[each.id], value, reason_given, by)
        elif value is not None:
            _showed_last(db.session.get_one(DialReplacement, -each.id), value, reason_given, by)
    obligations.judge_again(replacement.vehicle_id, reason_given, by)
    audit.record("vehicles.dial.replacement_reversed", replacement, by)
    return row


def _give_way(reading: OdometerReading, value: int | None, reason_given: str, by: Actor) -> None:
    if value is None:
        service.take_out(reading, reason_given, by)
    else:
        service.put_right(reading, value, reason_given, by)


def _showed_last(replacement: DialReplacement, old_last: int, reason_given: str, by: Actor) -> None:
    """The record of the next replacement gives way to the same with what the dial that stayed showed."""
    hold(DialReplacement, replacement.id)
    rules.check_standing(replacement.reversal is not None)
    row = DialReplacement(vehicle_id=replacement.vehicle_id, at=replacement.at, old_last=old_last)
    row.new_first, row.paper, row.attachment_id = replacement.new_first, replacement.paper, replacement.attachment_id
    row.corrects_id, row.recorded_at, row.recorded_by = replacement.id, clock.now(), by.name
    _reverse(replacement, reason_given, by)
    db.session.add(row)


def _put_in(
    vehicle_id: int, at: datetime, old_last: int, new_first: int, paper: str, by: Actor, dial_reason: str | None,
    instead_of: DialReplacement | None = None,
) -> DialReplacement:  # fmt: skip
    """The record, once the trips on whose way it was still are trips with it."""
    rules.check_past(at, clock.now())
    rules.check_value(int(old_last), "old_last")
    rules.check_value(int(new_first), "new_first")
    of_car = dial_queries.of_car(vehicle_id)
    gone = dial_queries.replaced(instead_of) if instead_of else None
    put_in = rules.Replaced(at, int(old_last), int(new_first))
    dial_rules.check_with(of_car, put_in, gone, MOST_KILOMETRES)
    answer = asking.ask(vehicle_id, rules.Read(at, int(old_last), rules.REPLACED), dial_reason, without=instead_of)
    after = dial_rules.next_of_dial(of_car.without(gone).having(put_in), put_in)
    answer = answer or asking.ask_of_dial(vehicle_id, put_in, after, dial_reason)
    row = DialReplacement(vehicle_id=vehicle_id, at=at, old_last=int(old_last), new_first=int(new_first))
    row.paper, row.recorded_at, row.recorded_by = paper.strip(), clock.now(), by.name
    if answer:
        row.confirmation = ReplacementConfirmation(beside=answer.beside, why=answer.why, at=clock.now(), by=by.name)
    return row


def _reverse(replacement: DialReplacement, reason_given: str, by: Actor) -> ReplacementReversal:
    row = ReplacementReversal(replacement_id=replacement.id, at=clock.now(), by=by.name, reason=reason_given)
    db.session.add(row)
    return row


def _hold(vehicle_id: int, replacement: DialReplacement | None = None) -> dict[int, OdometerReading]:
    """Its trips, then the car, as those who give a trip anew; then what it owes, and the readings of the dial by key.

    Which trips these are is read again once the car is held: one that left meanwhile is not held.
    """
    trips = {each.id for each in hold(Dispatch, *_trips(vehicle_id, replacement))}
    hold(Vehicle, vehicle_id)
    obligations.hold_of_car(vehicle_id)
    if not _trips(vehicle_id, replacement) <= trips:
        raise Rejected(CHANGED)
    found = dial_queries.read_since(vehicle_id, replacement.at) if replacement else []
    return {each.id: each for each in hold(OdometerReading, *(each.id for each in found))}


def _trips(vehicle_id: int, replacement: DialReplacement | None) -> set[int]:
    """Those that are out, and those that were read of the dial."""
    found = dial_queries.read_since(vehicle_id, replacement.at) if replacement else []
    return {each.dispatch_id for each in found if each.dispatch_id} | set(dial_queries.trips_out(vehicle_id))
