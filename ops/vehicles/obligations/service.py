"""The verbs of what is owed: enter it, do it, undo it, waive it, allow to drive all the same."""

from datetime import date, datetime, time
from decimal import Decimal

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from ...core import audit, clock, files
from ...core.access import Actor
from ...core.db import db, hold
from ...core.errors import Rejected
from ..costs import ledger
from ..costs import queries as costs
from ..costs.models import CostKind, VehicleCost
from ..models import Driver, Vehicle
from ..odometer import service as odometer
from ..odometer.models import Source
from ..register.file_models import DriverFile
from . import judging, planning, queries, rules, term_queries
from .models import (
    OBLIGATION_LABELS,
    Closing,
    DoneReversal,
    FitnessLeave,
    Obligation,
    ObligationDone,
    ObligationKind,
    ObligationWaiver,
)

COST_OF = {
    ObligationKind.INSPECTION_TEST: CostKind.INSPECTION, ObligationKind.INSPECTION_MARK: CostKind.INSPECTION,
    ObligationKind.MAINTENANCE: CostKind.MAINTENANCE,
}  # fmt: skip


def owe(vehicle_id: int, kind: str, due_on: date, due_km: Decimal | None, by: Actor) -> Obligation:
    """Something owed by a car from a day that is known: the policy says so, or the maker's manual."""
    if standing := queries.open_of(kind, vehicle_id, None):
        message = _l("It is open already, due on %(day)s. Record what was done there.", day=str(standing.due_on))
        raise Rejected(message, "kind")
    term = term_queries.term(kind, due_on)
    due = rules.Due(ObligationKind(kind), due_on, f"term.{term.id}" if term else "")
    made = planning.stand(due, by, vehicle_id=vehicle_id, due_km=None if due_km is None else int(due_km),
                          km_at=clock.now())  # fmt: skip
    if made is None:
        raise Rejected(_l("This was owed on that day before: enter another day."), "due_on")
    return made


def record_done(
    obligation: Obligation, done_on: date, result: str, valid_until: date | None, dial: Decimal | None,
    cost: Decimal | None, scan: FileStorage | None, today: date, by: Actor, for_life: bool = False,
    read_at: time | None = None, dial_reason: str | None = "",
) -> ObligationDone:  # fmt: skip
    """It was done; the next one of its kind follows by the rule, or by the paper.

    A renewed licence stands in the driver's file at once, what it cost in the ledger of the car, what the dial showed
    among its readings. `for_life`: the new licence has no last day. `read_at`: when the dial was read that day;
    `dial_reason`: why it does not fit the last reading.
    """
    _hold(obligation)
    judging.check_open(obligation)
    judging.check_done(obligation, done_on, today)
    judging.check_paper(obligation.kind, done_on, valid_until, for_life)
    row = ObligationDone(obligation_id=obligation.id, done_on=done_on, result=result.strip(), valid_until=valid_until)
    row.attachment = files.keep(scan, "scan", by) if scan and scan.filename else None
    db.session.flush()
    if cost is not None:
        row.cost_id = _enter_cost(obligation, row, cost, by).id
    if dial is None:
        return conclude(obligation, row, by)
    row.dial, at = int(dial), judging.moment_of_reading(done_on, read_at, clock.now())
    conclude(obligation, row, by, at)
    source = Source.MAINTENANCE if obligation.kind == ObligationKind.MAINTENANCE else Source.INSPECTION
    odometer.note(obligation.vehicle_id or 0, int(dial), at, source, by, done_id=row.id, dial_reason=dial_reason)
    return row


def conclude(obligation: Obligation, row: ObligationDone, by: Actor, read_at: datetime | None = None) -> ObligationDone:
    """It is done, by that row; the next one follows. `read_at`: when the dial that it names was read."""
    row.at, row.by = clock.now(), by.name
    obligation.closed_on, obligation.closed_as = row.done_on, Closing.DONE
    db.session.add(row)
    db.session.flush()
    if obligation.kind == ObligationKind.LICENCE:
        _write_licence(obligation.driver_id, row.valid_until, by)
    planning.follow(obligation, row, by, read_at)
    audit.record("vehicles.obligation.done", obligation, by)
    return row


def _enter_cost(obligation: Obligation, row: ObligationDone, amount: Decimal, by: Actor) -> VehicleCost:
    """Once: what stands in the ledger already is not entered beside it."""
    judging.check_cost(obligation.kind)
    kind, car = COST_OF.get(ObligationKind(obligation.kind), CostKind.OTHER), obligation.vehicle_id or 0
    if (same := costs.the_same(car, kind, row.done_on, amount)) is not None:
        message = _l("The ledger has the same amount for this car on that day already (row %(number)s). Leave the "
                     "cost empty.", number=same)  # fmt: skip
        raise Rejected(message, "cost")
    label = str(OBLIGATION_LABELS[ObligationKind(obligation.kind)])
    try:
        made = ledger.enter(car, kind, row.done_on, amount, by, note=f"{label} {obligation.due_on}")
    except Rejected as refusal:
        raise Rejected(refusal.message, "done_on" if refusal.field == "day" else "cost") from refusal
    made.attachment_id = row.attachment.id if row.attachment else None
    return made


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
    """Recorded by mistake: it is owed again, and what would have followed is not; cost and reading go with it."""
    obligation = db.session.get_one(Obligation, done.obligation_id)
    _hold(obligation)
    if done.reversal:
        raise Rejected(_l("This record is void already."))
    if done.paid_by and done.paid_by.policy:
        message = _l("A policy in the ledger met this: take its row back there (row %(number)s).", number=done.cost_id)
        raise Rejected(message)
    row = undo(done, reason_given, by)
    if done.paid_by and not costs.is_reversed(done.paid_by.id):
        ledger.take_back(done.paid_by, reason_given, by)
    return row


def undo(done: ObligationDone, reason_given: str, by: Actor) -> DoneReversal:
    """As part of a deed that holds what it is about."""
    [obligation] = hold(Obligation, done.obligation_id)
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
    odometer.withdraw_done(done.id, reason_given, by)
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
