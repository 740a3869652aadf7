"""The verbs of what is owed: plan it, do it, undo it, waive it, allow to drive all the same, remind."""

from datetime import date
from decimal import Decimal

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from ...core import audit, clock, files, notify
from ...core.access import Actor, system
from ...core.db import db, hold
from ...core.errors import Rejected
from ...people.roles import Role
from ..models import Driver, Vehicle
from ..odometer import queries as dials
from ..register.file_models import DriverFile
from . import judging, planning, queries, rules
from .models import (
    OBLIGATION_LABELS,
    Closing,
    DoneReversal,
    FitnessLeave,
    Obligation,
    ObligationDone,
    ObligationKind,
    ObligationLapse,
    ObligationWaiver,
)


def owe(vehicle_id: int, kind: str, due_on: date, due_km: Decimal | None, by: Actor) -> Obligation:
    """Something owed by a car from a day that is known: the policy says so, or the maker's manual."""
    if standing := queries.open_of(kind, vehicle_id, None):
        message = _l("It is open already, due on %(day)s. Record what was done there.", day=str(standing.due_on))
        raise Rejected(message, "kind")
    term = queries.term(kind, due_on)
    due = rules.Due(ObligationKind(kind), due_on, f"term.{term.id}" if term else "")
    made = planning.stand(due, by, vehicle_id=vehicle_id, due_km=int(due_km) if due_km is not None else None)
    if made is None:
        raise Rejected(_l("This was owed on that day before: enter another day."), "due_on")
    return made


def record_done(
    obligation: Obligation, done_on: date, result: str, valid_until: date | None, dial: Decimal | None,
    cost: Decimal | None, scan: FileStorage | None, today: date, by: Actor, for_life: bool = False,
) -> ObligationDone:  # fmt: skip
    """It was done; the next one of its kind follows by the rule, or by the paper.

    A renewed licence stands in the driver's file at once. `for_life`: the new licence has no last day.
    """
    _hold(obligation)
    judging.check_open(obligation)
    judging.check_done(obligation, done_on, today)
    judging.check_paper(obligation.kind, done_on, valid_until, for_life)
    row = ObligationDone(obligation_id=obligation.id, done_on=done_on, result=result.strip(), valid_until=valid_until)
    row.dial, row.cost, row.at, row.by = int(dial) if dial is not None else None, cost, clock.now(), by.name
    row.attachment = files.keep(scan, "scan", by) if scan and scan.filename else None
    obligation.closed_on, obligation.closed_as = done_on, Closing.DONE
    db.session.add(row)
    if obligation.kind == ObligationKind.LICENCE:
        _write_licence(obligation.driver_id, valid_until, by)
    planning.follow(obligation, row, by)
    audit.record("vehicles.obligation.done", obligation, by)
    return row


def _hold(obligation: Obligation) -> None:
    """The car or the driver first, as those do who keep its file."""
    if obligation.driver_id:
        hold(Driver, obligation.driver_id)
    if obligation.vehicle_id:
        hold(Vehicle, obligation.vehicle_id)
    hold(Obligation, obligation.id)


def _write_licence(driver_id: int | None, until: date | None, by: Actor) -> None:
    """What the licence in the driver's hand says now."""
    if file := db.session.get(DriverFile, driver_id):
        file.licence_until, file.kept_at, file.kept_by = until, clock.now(), by.name
        db.session.flush()
        audit.record("vehicles.driver_file.renewed", file, by)


def reverse_done(done: ObligationDone, reason_given: str, by: Actor) -> DoneReversal:
    """Recorded by mistake: it is owed again, and what would have followed is not."""
    obligation = db.session.get_one(Obligation, done.obligation_id)
    _hold(obligation)
    if done.reversal:
        raise Rejected(_l("This record is void already."))
    follower = queries.follower_of(obligation.id)
    if follower is None and obligation.kind != ObligationKind.SCRAPPING and _has_closed_follower(obligation):
        raise Rejected(_l("The next one was done already. Take that back first."))
    if follower:
        planning.drop(follower, reason_given, by)
    if obligation.kind == ObligationKind.LICENCE:
        _write_licence(obligation.driver_id, obligation.due_on, by)
    row = DoneReversal(done_id=done.id, at=clock.now(), by=by.name, reason=reason_given)
    obligation.closed_on = obligation.closed_as = None
    db.session.add(row)
    audit.record("vehicles.obligation.reopened", obligation, by)
    return row


def _has_closed_follower(obligation: Obligation) -> bool:
    done = (Obligation.follows_id == obligation.id, Obligation.closed_as == Closing.DONE)
    return db.session.scalar(select(Obligation.id).where(*done)) is not None


def waive(obligation: Obligation, reason_given: str, by: Actor) -> ObligationWaiver:
    """Nothing is owed any more: the car goes, the driver leaves, no points in the scoring period."""
    hold(Obligation, obligation.id)
    judging.check_open(obligation)
    return planning.drop(obligation, reason_given, by)


def allow(
    obligation: Obligation, first_on: date, last_on: date, allowed_by: str, reason_given: str, by: Actor
) -> FitnessLeave:
    """Somebody by name allows to assign the car or driver all the same on these days."""
    hold(Obligation, obligation.id)
    judging.check_open(obligation)
    judging.check_leave(first_on, last_on)
    row = FitnessLeave(obligation_id=obligation.id, first_on=first_on, last_on=last_on, allowed_by=allowed_by.strip())
    row.reason, row.at, row.by = reason_given, clock.now(), by.name
    db.session.add(row)
    audit.record("vehicles.obligation.allowed", row, by)
    return row


def note_lapses(day: date) -> int:
    """What was still open when its day ended is noted as lapsed, and counts as not met in time."""
    found = queries.lapsed_unnoted(day)
    now = clock.now()
    db.session.add_all(ObligationLapse(obligation_id=each.id, day=each.due_on, noted_at=now) for each in found)
    if found:
        audit.record("vehicles.obligation.lapsed", "obligation", system(), count=len(found))
    return len(found)


def remind(day: date) -> int:
    """Tell the vehicle section, and the driver himself, 90, 30 and 7 days before and when it is late; once each."""
    told = 0
    for each in queries.open_until(date.fromordinal(day.toordinal() + max(rules.REMIND_DAYS))):
        step, late = _reached(each, day)
        if step is None and not late:
            continue
        link, key = f"/vehicles/obligations/{each.id}", f"vehicles.obligation.{each.id}.{'late' if late else step}"
        label = OBLIGATION_LABELS[ObligationKind(each.kind)]
        facts = {"subject": each.subject, "what": label, "day": str(each.due_on)}
        words = _l("%(subject)s: %(what)s was due on %(day)s and is not done", **facts)
        if not late:
            words = _l("%(subject)s: %(what)s is due on %(day)s", **facts)
        told += sum(notify.send_to_role(role, words, link, key) for role in (Role.DISPATCHER, Role.FLEET_HEAD))
        if each.driver and each.driver.user_id:
            told += notify.send([each.driver.user_id], words, "/vehicles/obligations/mine", key)
    return told


def _reached(each: Obligation, day: date) -> tuple[int | None, bool]:
    dial = dials.latest(each.vehicle_id, clock.now()) if each.vehicle_id and each.due_km is not None else None
    return rules.reminder(each.due_on, day), rules.is_lapsed(each.due_on, each.due_km, day, dial)
