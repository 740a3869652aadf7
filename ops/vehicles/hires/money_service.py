"""The verbs of a hire after the trip: what was driven, the invoice, the unit's answer, the payment, the notice."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from ...core import audit, clock, files
from ...core.access import Actor
from ...core.db import db, hold, hold_row
from ...core.errors import Rejected
from ...core.period import Period
from ..foureyes import check_other
from . import money_queries, pricing_rules, rules
from .actual_models import HiredActual
from .advancing import advance, event
from .models import Hire, HiredTrip
from .money_models import HireBudget, HireInvoice, HireInvoiceLine, HireInvoiceReturn, HireNotice, HireRating
from .service import take
from .states import HireState
from .vendor_models import ContractPrice, HireVendor


@dataclass(frozen=True)
class Driven:
    """What one hired vehicle drove. `extra` 元: tolls and parking; `overrun` 元: where no contract says it."""

    left_at: datetime
    back_at: datetime
    kilometres: int
    plate: str = ""
    driver: str = ""
    extra: Decimal = Decimal(0)
    overrun: Decimal | None = None
    words: str = ""


def drove(trip: HiredTrip, driven: Driven, by: Actor) -> HiredActual:
    """The fee comes from the contract price with its overrun; a correction is a further row with its reason."""
    take(trip.hire)
    db.session.expire(trip)
    slot = rules.check_slot(driven.left_at, driven.back_at, "back_at")
    invoiced = bool(money_queries.invoiced_trips([trip.id]))
    rules.check_actual(trip, slot, clock.now(), invoiced, driven.words)
    plain, overrun = _fee(trip, driven)
    row = HiredActual(number=len(trip.actuals) + 1, day=trip.day, left_at=driven.left_at, back_at=driven.back_at)
    row.kilometres, row.plate, row.driver = driven.kilometres, driven.plate.strip().upper(), driven.driver.strip()
    row.overrun, row.extra, row.fee = overrun, driven.extra, plain + overrun + driven.extra
    row.words, row.at, row.by = driven.words.strip(), clock.now(), by.name
    trip.actuals.append(row)
    advance(trip.hire, by)
    audit.record("vehicles.hire.driven", trip, by)
    return row


def _fee(trip: HiredTrip, driven: Driven) -> tuple[Decimal, Decimal]:
    """(plain price, overrun) in 元."""
    if trip.price_id is None:
        return trip.price, driven.overrun or Decimal(0)
    price = db.session.get_one(ContractPrice, trip.price_id)
    found = pricing_rules.fee(price, driven.kilometres, driven.left_at, driven.back_at)
    return found.plain, found.overrun


def take_invoice(
    vendor: HireVendor, number: str, day: date, amount: Decimal, trip_ids: Sequence[int], words: str,
    scan: FileStorage | None, by: Actor,
) -> HireInvoice:  # fmt: skip
    """An invoice of the vendor over some of his vehicle-trips; a number is taken once, whatever became of it."""
    hold_row(vendor)
    number, words = number.strip().upper(), (words or "").strip()
    if db.session.scalar(select(HireInvoice.id).filter_by(vendor_id=vendor.id, number=number)):
        raise Rejected(_l("An invoice of this vendor with this number was taken already."), "number")
    _hold_hires(trip_ids)
    open_now = {trip.id: trip for trip in money_queries.to_invoice(vendor.id)}
    if not trip_ids or not set(trip_ids) <= set(open_now):
        raise Rejected(_l("Choose the vehicle-trips that it covers; each stands on one invoice only."), "trip_ids")
    covered = [open_now[key] for key in sorted(set(trip_ids))]
    pricing_rules.check_amount(amount, [trip.cost for trip in covered], words)
    _check_estimates(covered, words)
    invoice = HireInvoice(vendor_id=vendor.id, number=number, day=day, amount=amount, words=words)
    invoice.attachment = files.keep(scan, "scan", by) if scan and scan.filename else None
    invoice.at, invoice.by, invoice.by_id = clock.now(), by.name, by.user_id
    invoice.lines = [HireInvoiceLine(trip=trip, fee=trip.cost) for trip in covered]
    db.session.add(invoice)
    db.session.flush()
    for hire in sorted({trip.hire for trip in covered}, key=lambda each: each.id):
        advance(hire, by, number)
    audit.record("vehicles.hire_invoice.taken", invoice, by)
    return invoice


def _check_estimates(covered: Sequence[HiredTrip], words: str) -> None:
    """Each hire with what stands on other invoices already."""
    before = money_queries.invoiced_before({trip.hire_id for trip in covered})
    for hire in sorted({trip.hire for trip in covered}, key=lambda each: each.id):
        now = sum((trip.cost for trip in covered if trip.hire_id == hire.id), Decimal(0))
        pricing_rules.check_estimate(hire.activity, hire.estimate, before.get(hire.id, Decimal(0)) + now, words)


def _hold_hires(trip_ids: Iterable[int]) -> None:
    """The hires of these vehicle-trips, before anything of them is read."""
    hold(Hire, *db.session.scalars(select(HiredTrip.hire_id).where(HiredTrip.id.in_(list(trip_ids))).distinct()))


def give_back(invoice: HireInvoice, reason_given: str, by: Actor) -> HireInvoiceReturn:
    """Given back to the vendor: its vehicle-trips are open again, its number stays taken."""
    hold_row(invoice)
    if invoice.back:
        raise Rejected(_l("This invoice was given back already."))
    _hold_hires(line.trip_id for line in invoice.lines)
    hires = {line.trip.hire for line in invoice.lines}
    if any(hire.state in (HireState.SUBMITTED, HireState.AGREED, HireState.PAID) for hire in hires):
        raise Rejected(_l("A hire on it is with the unit or settled already."))
    invoice.back = HireInvoiceReturn(reason=reason_given.strip(), at=clock.now(), by=by.name)
    for line in invoice.lines:
        line.released_at = clock.now()
    for hire in sorted(hires, key=lambda each: each.id):
        if hire.state in (HireState.INVOICED, HireState.OBJECTED):
            event(hire, HireState.CARRIED_OUT, by, reason_given)
    audit.record("vehicles.hire_invoice.given_back", invoice, by)
    return invoice.back


def submit(hire: Hire, words: str, by: Actor, seen: str = "") -> Hire:
    """Send what the hire came to to the unit; after an objection with what is said to it."""
    take(hire, seen)
    rules.check_submit(hire)
    if hire.state is HireState.OBJECTED and not (words or "").strip():
        raise Rejected(_l("Answer the objection."), "words")
    event(hire, HireState.SUBMITTED, by, words or "")
    audit.record("vehicles.hire.submitted", hire, by)
    return hire


def answer(hire: Hire, agreed: bool, words: str, by: Actor, seen: str = "") -> Hire:
    """The unit agrees to what the hire came to, or objects with the reason."""
    take(hire, seen)
    rules.check_answer(hire, agreed, words)
    check_other(by, rules.OWN_SUBMISSION, hire.submitted_by_id)
    event(hire, HireState.AGREED if agreed else HireState.OBJECTED, by, words)
    audit.record("vehicles.hire.agreed" if agreed else "vehicles.hire.contested", hire, by)
    return hire


def pay(hire: Hire, words: str, by: Actor, seen: str = "") -> Hire:
    """Settled: by which payment."""
    take(hire, seen)
    rules.check_pay(hire)
    check_other(by, rules.OWN_INVOICE, *money_queries.invoicers(hire))
    event(hire, HireState.PAID, by, words)
    audit.record("vehicles.hire.paid", hire, by)
    return hire


def rate(hire: Hire, stars: int, words: str, by: Actor) -> HireRating:
    """One to five stars from the unit, once."""
    take(hire)
    rules.check_rating(hire, money_queries.rating(hire) is not None)
    row = HireRating(hire_id=hire.id, day=hire.day, stars=int(stars), words=(words or "").strip())
    row.at, row.by = clock.now(), by.name
    db.session.add(row)
    audit.record("vehicles.hire.rated", hire, by)
    return row


def set_budget(unit_id: int | None, year: int, amount: Decimal, source: str, by: Actor) -> HireBudget:
    """What a unit, or the centre, may spend on hired vehicles in a year; the latest row stands."""
    row = HireBudget(unit_id=unit_id, year=int(year), amount=amount, source=source.strip())
    row.set_at, row.set_by = clock.now(), by.name
    db.session.add(row)
    audit.record("vehicles.hire_budget.set", row, by)
    return row


def publish(period: Period, by: Actor) -> HireNotice:
    """The month's list is made public as it stands."""
    if period.last >= clock.today():
        raise Rejected(_l("The month is not over yet."), "month")
    lines = money_queries.notice(period)
    row = HireNotice(month=period.first, activities=len(lines), trips=sum(line.trips for line in lines))
    row.cost, row.at, row.by = sum((line.cost for line in lines), Decimal(0)), clock.now(), by.name
    db.session.add(row)
    audit.record("vehicles.hire_notice.published", row, by)
    return row
