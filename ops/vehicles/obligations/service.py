"""The verbs of what is owed: plan it, do it, undo it, waive it, allow to drive all the same, remind."""

import json
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from secrets import token_urlsafe

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from ...core import audit, clock, files, notify
from ...core.access import Actor, system
from ...core.db import db, hold
from ...core.errors import Rejected
from ...people.roles import Role
from ..odometer import queries as dials
from . import judging, queries, rules
from .models import (
    INSPECTIONS,
    OBLIGATION_LABELS,
    CalendarFeed,
    Closing,
    DoneReversal,
    FitnessLeave,
    Obligation,
    ObligationDone,
    ObligationKind,
    ObligationLapse,
    ObligationTerm,
    ObligationWaiver,
)

FIRST_TERMS = Path(__file__).parent / "data" / "terms.json"


def plan_car(vehicle_id: int, day: date, by: Actor) -> list[Obligation]:
    """What follows from the car's file and is not owed yet: its next inspection and, for coaches, its scrapping.

    An inspection that is open keeps no scrapping away, and the other way round.
    """
    facts = queries.car_facts(vehicle_id)
    if facts is None:
        return []
    inspected = any(queries.open_of(kind, vehicle_id, None) for kind in INSPECTIONS)
    scrapped = queries.open_of(ObligationKind.SCRAPPING, vehicle_id, None) is not None
    dues = [None if inspected else rules.next_inspection(facts, day), None if scrapped else rules.scrapping(facts)]
    return [_owe(due, by, vehicle_id=vehicle_id) for due in dues if due and _is_new(due, vehicle_id, None)]


def plan_driver(driver_id: int, day: date, by: Actor) -> list[Obligation]:
    """What follows from the driver's file; a renewal that was planned for another day is planned anew."""
    facts = queries.driver_facts(driver_id)
    made = []
    for due in rules.of_driver(facts, day) if facts else []:
        planned = queries.open_of(due.kind, None, driver_id)
        if planned and planned.due_on != due.on and due.kind is ObligationKind.LICENCE:
            waive(planned, str(_l("The driver's file was corrected.")), by)
            planned = None
        if planned is None and not queries.known(due.kind, None, driver_id, due.on):
            made.append(_owe(due, by, driver_id=driver_id))
    return made


def owe(
    vehicle_id: int, kind: str, due_on: date, due_km: Decimal | None, by: Actor, follows: Obligation | None = None
) -> Obligation:
    """Something owed by a car from a day that is known: the policy says so, or the maker's manual."""
    if follows is None and (standing := queries.open_of(kind, vehicle_id, None)):
        message = _l("It is open already, due on %(day)s. Record what was done there.", day=str(standing.due_on))
        raise Rejected(message, "kind")
    if queries.known(kind, vehicle_id, None, due_on):
        raise Rejected(_l("This was owed on that day before: enter another day."), "due_on")
    term = queries.term(kind, due_on)
    row = Obligation(vehicle_id=vehicle_id, kind=kind, due_on=due_on, rule=f"term.{term.id}" if term else "")
    row.due_km, row.follows_id = int(due_km) if due_km is not None else None, follows.id if follows else None
    db.session.add(row)
    audit.record("vehicles.obligation.entered", row, by)
    return row


def record_done(
    obligation: Obligation, done_on: date, result: str, valid_until: date | None, dial: Decimal | None,
    cost: Decimal | None, scan: FileStorage | None, today: date, by: Actor,
) -> ObligationDone:  # fmt: skip
    """It was done; the next one of its kind follows by the rule, or by the paper."""
    hold(Obligation, obligation.id)
    judging.check_open(obligation)
    judging.check_done(obligation, done_on, valid_until, today)
    row = ObligationDone(obligation_id=obligation.id, done_on=done_on, result=result.strip(), valid_until=valid_until)
    row.dial, row.cost, row.at, row.by = int(dial) if dial is not None else None, cost, clock.now(), by.name
    row.attachment = files.keep(scan, "scan", by) if scan and scan.filename else None
    obligation.closed_on, obligation.closed_as = done_on, Closing.DONE
    db.session.add(row)
    _follow(obligation, row, by)
    audit.record("vehicles.obligation.done", obligation, by)
    return row


def _follow(obligation: Obligation, done: ObligationDone, by: Actor) -> None:
    """The next of its kind."""
    kind, after = ObligationKind(obligation.kind), max(obligation.due_on, done.done_on)
    if obligation.vehicle_id is None:
        _follow_driver(obligation, done, after, by)
        return
    if kind in INSPECTIONS:
        facts = queries.car_facts(obligation.vehicle_id)
        due = rules.next_inspection(facts, after) if facts else None
        if due and _is_new(due, obligation.vehicle_id, None):
            _owe(due, by, vehicle_id=obligation.vehicle_id, follows=obligation)
    elif term := queries.term(kind, done.done_on):
        until = done.valid_until or rules.months_later(done.done_on, term.months)
        km = done.dial + term.km if done.dial is not None and term.km else None
        if not queries.known(kind, obligation.vehicle_id, None, until):
            owe(obligation.vehicle_id, kind, until, Decimal(km) if km else None, by, follows=obligation)


def _follow_driver(obligation: Obligation, done: ObligationDone, after: date, by: Actor) -> None:
    facts = queries.driver_facts(obligation.driver_id or 0)
    if obligation.kind == ObligationKind.LICENCE:
        dues = [rules.Due(ObligationKind.LICENCE, done.valid_until, "licence.window")] if done.valid_until else []
    else:
        dues = [due for due in rules.of_driver(facts, after) if due.kind == obligation.kind] if facts else []
    for due in dues:
        if _is_new(due, None, obligation.driver_id):
            _owe(due, by, driver_id=obligation.driver_id, follows=obligation)


def _is_new(due: rules.Due, vehicle_id: int | None, driver_id: int | None) -> bool:
    return queries.known(due.kind, vehicle_id, driver_id, due.on) is None


def _owe(
    due: rules.Due, by: Actor, vehicle_id: int | None = None, driver_id: int | None = None,
    follows: Obligation | None = None,
) -> Obligation:  # fmt: skip
    row = Obligation(vehicle_id=vehicle_id, driver_id=driver_id, kind=due.kind, due_on=due.on, rule=due.rule)
    row.follows_id = follows.id if follows else None
    db.session.add(row)
    audit.record("vehicles.obligation.planned", row, by)
    return row


def reverse_done(done: ObligationDone, reason_given: str, by: Actor) -> DoneReversal:
    """Recorded by mistake: it is owed again, and what would have followed is not."""
    [obligation] = hold(Obligation, done.obligation_id)
    if done.reversal:
        raise Rejected(_l("This record is void already."))
    follower = queries.follower_of(obligation.id)
    if follower is None and obligation.kind != ObligationKind.SCRAPPING and _has_closed_follower(obligation):
        raise Rejected(_l("The next one was done already. Take that back first."))
    if follower:
        waive(follower, reason_given, by)
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
    now = clock.now()
    row = ObligationWaiver(obligation_id=obligation.id, day=now.date(), at=now, by=by.name, reason=reason_given)
    obligation.closed_on, obligation.closed_as = now.date(), Closing.WAIVED
    db.session.add(row)
    audit.record("vehicles.obligation.waived", obligation, by)
    return row


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


def set_term(
    kind: str, months: Decimal, km: Decimal | None, valid_from: date, document: str, clause: str, source: str, by: Actor
) -> ObligationTerm:
    """How long something done holds from a day on; what was set before stays in force until then."""
    if queries.term_from(kind, valid_from):
        raise Rejected(_l("A value that begins on this day is entered already."), "valid_from")
    row = ObligationTerm(kind=kind, months=int(months), km=int(km) if km else None, valid_from=valid_from)
    row.document, row.clause, row.source, row.confirmed = document.strip(), clause.strip(), source.strip(), True
    row.set_at, row.set_by = clock.now(), by.name
    db.session.add(row)
    audit.record("vehicles.obligation_term.set", row, by)
    return row


def open_feed(by: Actor) -> str:
    """A new secret for the user's calendar program; told once, kept as a digest."""
    secret = token_urlsafe(24)
    row = CalendarFeed(user_id=by.user_id, digest=digest_of(secret), made_at=clock.now())
    db.session.add(row)
    audit.record("vehicles.calendar_feed.opened", row, by)
    return secret


def revoke_feed(feed: CalendarFeed, by: Actor) -> CalendarFeed:
    """From now on the address answers nobody."""
    hold(CalendarFeed, feed.id)
    if feed.revoked_at is None:
        feed.revoked_at = clock.now()
        audit.record("vehicles.calendar_feed.revoked", feed, by)
    return feed


def digest_of(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def load_terms() -> None:
    """The terms a new house begins with; what the office has set stays."""
    if queries.terms():
        return
    for each in json.loads(FIRST_TERMS.read_text()):
        valid_from = date.fromisoformat(each.pop("valid_from"))
        db.session.add(ObligationTerm(**each, valid_from=valid_from, set_at=clock.now(), set_by="system"))
    audit.record("vehicles.obligation_term.loaded", "obligation_term", system("reference data"))
