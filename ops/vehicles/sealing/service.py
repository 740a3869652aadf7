"""The verbs of sealing: take the holidays over, seal or exempt a car, give leave, seal again."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage

from ...core import audit, clock, files
from ...core.access import Actor
from ...core.db import db, hold
from ...core.errors import Rejected
from ...core.timeslot import Slot
from ..models import Vehicle
from ..odometer import service as odometer
from ..odometer.models import Source
from . import queries, rules
from .models import Resealing, Sealing, SealingHoliday, SealLeave


def plan_year(year: Decimal, by: Actor) -> list[SealingHoliday]:
    """The holidays of the year from the work calendar; those that are there stay."""
    made = []
    for each in queries.breaks_of(int(year)):
        if queries.holiday_at(each.slot.start) is None:
            made.append(SealingHoliday(name=each.name, starts_at=each.slot.start, ends_at=each.slot.end))
    if not made:
        raise Rejected(_l("The calendar has no further holidays for this year."), "year")
    db.session.add_all(made)
    audit.record("vehicles.sealing.planned", "sealing_holiday", by, count=len(made), year=int(year))
    return made


def seal(
    holiday: SealingHoliday, vehicle_ids: Sequence[int], exempt: str, reason_given: str, place: str, key_holder: str,
    dial: Decimal | None, photograph: FileStorage | None, by: Actor, dial_reason: str | None = "",
) -> list[Sealing]:  # fmt: skip
    """Cars are sealed over the holiday at a place, or exempt with a reason; each car once.

    A car that is given to a trip in that time is not sealed over it: the trip gets another car first, or it is exempt.
    """
    hold(SealingHoliday, holiday.id)
    hold(Vehicle, *vehicle_ids)
    reason_given, place, key_holder = [(each or "").strip() for each in (reason_given, place, key_holder)]
    rules.check_sealing(place, key_holder, exempt, reason_given)
    if not vehicle_ids:
        raise Rejected(_l("Choose at least one car."), "vehicle_ids")
    if dial is not None and len(vehicle_ids) > 1:
        raise Rejected(_l("What the dial shows belongs to one car: enter the cars one by one."), "dial")
    if not exempt:
        rules.check_ungiven(queries.given_meanwhile(vehicle_ids, Slot(holiday.starts_at, holiday.ends_at)))
    kept = _keep_photograph(photograph, by)
    made = []
    for vehicle_id in vehicle_ids:
        if queries.sealing_of(holiday.id, vehicle_id):
            raise Rejected(_l("One of these cars is on the list already."), "vehicle_ids")
        row = Sealing(holiday_id=holiday.id, vehicle_id=vehicle_id, exempt=exempt or None, attachment=kept)
        row.reason, row.place, row.key_holder = reason_given or None, place or None, key_holder or None
        row.dial, row.at, row.by = int(dial) if dial is not None else None, clock.now(), by.name
        made.append(row)
        _note_dial(vehicle_id, row.dial, dial_reason, by)
    db.session.add_all(made)
    audit.record("vehicles.sealing.listed", holiday, by, cars=len(made))
    return made


def _keep_photograph(photograph: FileStorage | None, by: Actor) -> files.Attachment | None:
    """It is printed on the record: a document will not do."""
    if not photograph or not photograph.filename:
        return None
    kept = files.keep(photograph, "photograph", by)
    if not kept.media_type.startswith("image/"):
        raise Rejected(_l("Attach a photograph: a PNG or JPEG file."), "photograph")
    return kept


def allow(
    sealing: Sealing, starts_at: datetime, ends_at: datetime, approver: str, reason_given: str, by: Actor
) -> SealLeave:
    """Somebody by name lets the sealed car be used in this time."""
    hold(Sealing, sealing.id)
    holiday = Slot(sealing.holiday.starts_at, sealing.holiday.ends_at)
    rules.check_leave(sealing.exempt, holiday, Slot(starts_at, ends_at))
    row = SealLeave(sealing_id=sealing.id, starts_at=starts_at, ends_at=ends_at, approver=approver.strip())
    row.reason, row.at, row.by = reason_given, clock.now(), by.name
    db.session.add(row)
    audit.record("vehicles.sealing.allowed", row, by)
    return row


def seal_again(leave: SealLeave, dial: Decimal | None, by: Actor, dial_reason: str | None = "") -> Resealing:
    """After its use the car stands sealed again."""
    hold(SealLeave, leave.id)
    rules.check_in_use(leave.resealing)
    row = Resealing(leave_id=leave.id, dial=int(dial) if dial is not None else None, at=clock.now(), by=by.name)
    db.session.add(row)
    _note_dial(db.session.get_one(Sealing, leave.sealing_id).vehicle_id, row.dial, dial_reason, by)
    audit.record("vehicles.sealing.sealed_again", leave, by)
    return row


def _note_dial(vehicle_id: int, dial: int | None, dial_reason: str | None, by: Actor) -> None:
    """What the dial showed when the car was sealed is a reading like any other."""
    if dial is not None:
        odometer.note(vehicle_id, dial, clock.now(), Source.SEALING, by, dial_reason=dial_reason)
