"""The verbs of a repair (ask, quote, approve, refuse, finish, invoice) and of a traffic violation."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage

from ...core import audit, clock
from ...core.access import Actor
from ...core.db import db, hold
from ...core.errors import Rejected
from ..foureyes import is_own
from ..models import Vehicle
from ..odometer import service as odometer
from ..odometer.models import Source
from . import ledger, rules, settings
from .models import CostKind
from .repair_models import (
    CostSettingName,
    FinePayment,
    QuoteLine,
    RepairJob,
    RepairState,
    RepairStep,
    Violation,
    ViolationVoid,
)

Lines = Sequence[tuple[str, Decimal]]


def ask(
    vehicle_id: int, day: date, problem: str, workshop: str, odometer_value: Decimal | None, by: Actor,
    dial_reason: str | None = "",
) -> RepairJob:  # fmt: skip
    """A driver, or the vehicle section for him, asks for maintenance or a repair at an appointed workshop.

    `dial_reason`: why the dial is right though it does not fit the last reading.
    """
    [car] = hold(Vehicle, vehicle_id)
    rules.check_day(day, clock.today(), car.registered_on)
    job = RepairJob(vehicle_id=vehicle_id, day=day, problem=problem.strip(), workshop=workshop.strip())
    job.asked_at, job.asked_by_id, job.asked_by = clock.now(), by.user_id, by.name
    db.session.add(job)
    if odometer_value is not None:
        at = min(datetime.combine(day, clock.now().time()), clock.now())
        odometer.note(vehicle_id, int(odometer_value), at, Source.MAINTENANCE, by, dial_reason=dial_reason)
    audit.record("vehicles.repair.asked", job, by)
    return job


def quote(job: RepairJob, lines: Lines, why: str, by: Actor) -> RepairStep:
    """The workshop's offer, item by item. After the first one, why there is another; what was approved is then open."""
    _hold(job)
    rules.check_step(job.state, RepairState.QUOTED)
    if not lines:
        raise Rejected(_l("Enter at least one item with its price."), "items")
    for _item, amount in lines:
        rules.check_amount(amount, "items")
    if job.lines and not why.strip():
        raise Rejected(_l("Say why there is another quote."), "why")
    number = max((line.round for line in job.lines), default=0) + 1
    made = [QuoteLine(job_id=job.id, round=number, item=item.strip(), amount=amount) for item, amount in lines]
    db.session.add_all(made)
    total = sum((line.amount for line in made), Decimal(0))
    return _step(job, RepairState.QUOTED, by, amount=total, note=why)


def approve(job: RepairJob, amount: Decimal, decision: str, note: str, by: Actor) -> RepairStep:
    """The quote is approved as it stands; above the limit in force by a collective decision, whose paper is named.

    `amount` is what the page showed: another quote in between is refused.
    """
    _hold(job)
    check_next(job, RepairState.APPROVED, by)
    if amount != job.quoted:
        raise Rejected(_l("The repair has moved on since the page was opened. Look again."))
    limit = settings.value_of(CostSettingName.COLLECTIVE_REPAIR, job.day)
    rules.check_approval(amount, limit, decision.strip())
    return _step(job, RepairState.APPROVED, by, amount=amount, paper_no=decision, note=note)


def own(job: RepairJob, actor: Actor) -> object | None:
    """Why the next step is somebody else's: what one asked for or quoted is not his to approve, nor what he approved
    to invoice.
    """
    made = {
        RepairState.QUOTED: ((rules.OWN_REPAIR, job.asked_by_id), (rules.OWN_QUOTE, job.quoted_by_id)),
        RepairState.FINISHED: ((rules.OWN_APPROVAL, job.approved_by_id),),
    }
    return next((why for why, user_id in made.get(job.state, ()) if is_own(actor, user_id)), None)


def check_next(job: RepairJob, to: RepairState, by: Actor) -> None:
    """The step can be taken now, and by him."""
    rules.check_step(job.state, to)
    if to in (RepairState.APPROVED, RepairState.INVOICED) and (why := own(job, by)):
        raise Rejected(why)


def refuse(job: RepairJob, reason_given: str, by: Actor) -> RepairStep:
    _hold(job)
    rules.check_step(job.state, RepairState.REFUSED)
    return _step(job, RepairState.REFUSED, by, note=reason_given)


def finish(job: RepairJob, note: str, by: Actor) -> RepairStep:
    """The car is back from the workshop and was looked at."""
    _hold(job)
    rules.check_step(job.state, RepairState.FINISHED)
    return _step(job, RepairState.FINISHED, by, note=note)


def invoice(
    job: RepairJob, day: date, amount: Decimal, paper_no: str, proof: FileStorage | None, by: Actor
) -> RepairStep:
    """The invoice becomes the cost; who approved does not enter it. It may stay under the approved sum, never above."""
    _hold(job)
    check_next(job, RepairState.INVOICED, by)
    rules.check_invoice(amount, job.approved)
    given: dict[str, Any] = {"payee": job.workshop, "paper_no": paper_no, "note": job.problem}
    cost = ledger.enter(job.vehicle_id, CostKind.MAINTENANCE, day, amount, by, proof=proof, **given)
    return _step(job, RepairState.INVOICED, by, amount=amount, paper_no=paper_no, cost_id=cost.id)


def _hold(job: RepairJob) -> None:
    hold(RepairJob, job.id)


def _step(
    job: RepairJob,
    kind: RepairState,
    by: Actor,
    *,
    amount: Decimal | None = None,
    paper_no: str = "",
    note: str = "",
    cost_id: int | None = None,
) -> RepairStep:
    row = RepairStep(job_id=job.id, kind=kind, amount=amount, paper_no=paper_no.strip(), note=note.strip())
    row.cost_id, row.at, row.by, row.by_id = cost_id, clock.now(), by.name, by.user_id
    job.steps.append(row)
    audit.record(f"vehicles.repair.{kind}", job, by)
    return row


def record_violation(
    vehicle_id: int,
    driver_id: int | None,
    at: datetime,
    place: str,
    what: str,
    points: Decimal,
    fine: Decimal,
    by: Actor,
) -> Violation:
    [car] = hold(Vehicle, vehicle_id)
    rules.check_day(at.date(), clock.today(), car.registered_on, "at")
    row = Violation(vehicle_id=vehicle_id, driver_id=driver_id, day=at.date(), at=at, place=place.strip())
    row.what, row.points, row.fine = what.strip(), int(points), fine
    row.recorded_at, row.recorded_by = clock.now(), by.name
    db.session.add(row)
    audit.record("vehicles.violation.recorded", row, by)
    return row


def pay_fine(violation: Violation, paid_on: date, payer: str, paper_no: str, by: Actor) -> FinePayment:
    """Somebody paid, and not the public purse."""
    hold(Violation, violation.id)
    rules.check_unpaid(violation)
    rules.check_payer(payer)
    rules.check_day(paid_on, clock.today(), violation.day, "paid_on")
    row = FinePayment(violation_id=violation.id, paid_on=paid_on, payer=payer, paper_no=paper_no.strip())
    row.at, row.by = clock.now(), by.name
    db.session.add(row)
    audit.record("vehicles.violation.paid", violation, by)
    return row


def void_violation(violation: Violation, reason_given: str, by: Actor) -> ViolationVoid:
    """Recorded by mistake, or lifted by the police."""
    hold(Violation, violation.id)
    rules.check_counts(violation)
    row = ViolationVoid(violation_id=violation.id, at=clock.now(), by=by.name, reason=reason_given)
    db.session.add(row)
    audit.record("vehicles.violation.voided", violation, by)
    return row
