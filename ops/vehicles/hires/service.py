"""The verbs of a hire up to the trip: ask, decide, record from paper, order vehicles, cancel, call off, void."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage

from ...core import audit, clock, files
from ...core.access import Actor
from ...core.db import db, hold, hold_row
from ...core.errors import Rejected
from ...core.timeslot import Slot
from ...people.models import Unit
from .. import service as trips
from ..approvals import queries as approvals
from ..approvals import rules as approval_rules
from ..approvals.rules import Journey
from ..models import TripRequest
from . import money_queries, notices, pricing_rules, queries, rule_queries, rules, vendor_queries, wishes
from .actual_models import HiredTripCancellation
from .advancing import advance, event
from .models import (
    Hire,
    HiredTrip,
    HireOral,
    HirePaper,
    HireStep,
    HireStepReason,
    HireVerdict,
    HireVoid,
    WantedVehicles,
)
from .states import HireState
from .wishes import Asked as Asked  # noqa: PLC0414  part of the verb
from .wishes import Oral as Oral  # noqa: PLC0414  part of the verb

WORDS = ("activity", "contact", "phone", "route", "class_reason", "own_cars_why", "afterwards")
SAME = (
    "unit_id", "day", "reason_class", "starts_at", "ends_at", "people", "out_of_district", "planned_km", "money_from",
    "estimate", "request_id",
)  # fmt: skip


def take(hire: Hire, seen: str = "") -> None:
    """Hold the hire before anything is checked, and see it as it is now."""
    hold_row(hire)
    db.session.expire(hire)
    rules.check_seen(hire.mark, seen)


def ask(asked: Asked, oral: Oral, paper: FileStorage | None, by: Actor) -> Hire:
    """A unit asks for hired vehicles; the steps of its approval are planned by the rules of today."""
    hold(Unit, asked.unit_id)
    if by.unit_id is not None and by.unit_id != asked.unit_id:
        raise Rejected(_l("One asks for one's own unit."), "unit_id")
    has_paper = bool(paper and paper.filename)
    asked, slot = wishes.checked(asked, has_paper, oral)
    fitting = [car.called.split(" ", 1)[0] for car in queries.own_cars(slot, asked.people) if car.why is None]
    rules.check_own_cars(asked.own_cars_why, fitting)
    hire = _hire(asked, by)
    hire.own_free, hire.own_fitting = queries.free_at_all(slot), len(fitting)
    db.session.add(hire)
    if asked.request_id is None:
        _plan(hire, slot, oral, by)
    else:
        _instead_of(hire, asked.request_id, by)
    if paper and has_paper:
        _keep_paper(hire, "", paper, by)
    notices.tell(hire)
    audit.record("vehicles.hire.asked", hire, by)
    return hire


def _hire(asked: Asked, by: Actor) -> Hire:
    words = {name: getattr(asked, name).strip() for name in WORDS}
    same = {name: getattr(asked, name) for name in SAME}
    hire = Hire(**words, **same, recorded_at=clock.now(), recorded_by=by.name, asked_by_id=by.user_id)
    hire.wanted = [WantedVehicles(vehicle_class=each, how_many=number) for each, number in asked.wanted.items()]
    return hire


def _plan(hire: Hire, slot: Slot, oral: Oral, by: Actor) -> None:
    """The steps by the rules of today; none when no rule applies, and the hire is approved at once."""
    journey = Journey(slot, hire.out_of_district, False, True, approvals.days_off(slot))
    needed = approval_rules.needed(approvals.in_force(clock.today()), journey)
    hire.steps = [
        HireStep(number=number, approver=approver, reasons=[HireStepReason(rule_id=rule.id) for rule in found])
        for number, (approver, found) in enumerate(needed, 1)
    ]
    if oral.at is not None and needed:
        hire.oral = HireOral(approved_by=oral.by.strip(), approved_at=oral.at, at=clock.now(), by=by.name)
    event(hire, HireState.ASKED, by)
    if not needed:
        event(hire, HireState.APPROVED, by)


def _instead_of(hire: Hire, request_id: int, by: Actor) -> None:
    """A unit's request for a car is served by hired vehicles: its approval covers them, and it waits no longer."""
    [request] = hold(TripRequest, request_id)
    rules.check_instead(request.hired, request.state, request.unit_id == hire.unit_id)
    event(hire, HireState.ASKED, by)
    event(hire, HireState.APPROVED, by, "、".join(step.verdict.by for step in request.steps if step.verdict))
    db.session.flush()
    trips.withdraw(request, str(_l("Served by hired vehicles: %(no)s", no=hire.no)), by)


def keep_paper(hire: Hire, called: str, scan: FileStorage, by: Actor) -> HirePaper:
    """One more paper of the activity: the notice, the letter, the list of those who travel."""
    take(hire)
    rules.check_stands(hire)
    row = _keep_paper(hire, called, scan, by)
    audit.record("vehicles.hire.paper_kept", hire, by)
    return row


def _keep_paper(hire: Hire, called: str, scan: FileStorage, by: Actor) -> HirePaper:
    kept = files.keep(scan, "paper", by)
    row = HirePaper(called=called.strip() or kept.name, attachment=kept, at=clock.now(), by=by.name)
    hire.papers.append(row)
    return row


def decide(hire: Hire, approved: bool, words: str, by: Actor, seen: str = "") -> HireVerdict:
    """Agree to the step that is asked now, or refuse it with the reason; late approvals of emergencies too."""
    take(hire, seen)
    rules.check_stands(hire)
    step = rules.check_step(hire, queries.approves_as(by, hire), by)
    approval_rules.check_words(approved, words)
    row = HireVerdict(approved=approved, words=words.strip(), at=clock.now(), by=by.name, by_id=by.user_id)
    step.verdict = row
    if hire.state is HireState.ASKED:
        if not approved:
            event(hire, HireState.REFUSED, by, words)
        elif rules.next_step(hire.steps) is None:
            event(hire, HireState.APPROVED, by)
    notices.tell(hire)
    notices.tell_unit(hire, None if approved else words)
    audit.record("vehicles.hire.approved" if approved else "vehicles.hire.refused", hire, by)
    return row


@dataclass(frozen=True)
class Order:
    """Vehicles of one class from one vendor; `price` 元 each where no contract says it, with the reason."""

    vendor_id: int
    vehicle_class: str
    how_many: int
    plates: str = ""
    price: Decimal | None = None
    off_list_reason: str = ""


def record(unit_id: int, activity: str, day: date, reason_class: str, paper_no: str, wanted: Order, by: Actor) -> Hire:
    """An activity that was approved on paper and has taken place, with its first vehicle-trips at what they cost."""
    rules.check_over(day, clock.today())
    if rule_queries.reason(reason_class, day) is None:
        raise Rejected(_l("On that day one does not hire for this kind of activity."), "reason_class")
    hire = Hire(unit_id=unit_id, activity=activity.strip(), day=day, reason_class=reason_class)
    hire.paper_no, hire.recorded_at, hire.recorded_by = (paper_no or "").strip() or None, clock.now(), by.name
    event(hire, HireState.RECORDED, by, hire.paper_no or "")
    db.session.add(hire)
    _add_trips(hire, wanted, wanted.price or Decimal(0), None)
    audit.record("vehicles.hire.recorded", hire, by)
    return hire


def order(hire: Hire, wanted: Order, by: Actor, seen: str = "") -> Hire:
    """Order vehicles: at the price of the vendor's contract of that day, or agreed with the reason."""
    money_queries.hold_payer(hire.payer, hire.day.year)
    take(hire, seen)
    rules.check_order(hire)
    rules.check_wanted(hire, wanted.vehicle_class, wanted.how_many)
    found = vendor_queries.contract_price(wanted.vendor_id, wanted.vehicle_class, hire.day)
    if found is None:
        rules.check_off_list(wanted.off_list_reason, wanted.price)
    else:
        vendor_queries.check_insured(found.contract_id, hire.day)
    planned = pricing_rules.planned(found, hire.slot, hire.day, hire.planned_km or 0) if found else None
    price = planned if planned is not None else wanted.price or Decimal(0)
    _check_left(hire, wanted.how_many, price, "vendor_id" if found else "price")
    _add_trips(hire, wanted, price, found.id if found else None)
    if hire.state not in (HireState.ORDERED, HireState.RECORDED):
        event(hire, HireState.ORDERED, by)
    audit.record("vehicles.hire.trips_added", hire, by)
    return hire


def _check_left(hire: Hire, trips: int, price: Decimal, field: str) -> None:
    """What the order binds beyond the estimate must be there; what was recorded from paper is spent already."""
    will = hire.taken_with(trips, trips * price)
    if hire.estimate is not None and will > hire.taken_with():
        pricing_rules.check_budget(money_queries.budget_of(hire, hire.id), will, hire.is_emergency, field)


def _add_trips(hire: Hire, wanted: Order, price: Decimal, price_id: int | None) -> None:
    vendor = vendor_queries.vendor(wanted.vendor_id)
    same = {"day": hire.day, "vendor": vendor.name, "vendor_id": vendor.id, "vehicle_class": wanted.vehicle_class}
    said = "" if price_id else wanted.off_list_reason.strip()
    same |= {"price": price, "price_id": price_id, "off_list_reason": said}
    hire.trips.extend(HiredTrip(**same, plate=plate) for plate in rules.listed_plates(wanted.plates, wanted.how_many))


def cancel_trip(trip: HiredTrip, reason_given: str, by: Actor) -> HiredTripCancellation:
    """One vehicle of the activity does not come; the others stay."""
    take(trip.hire)
    rules.check_cancel_trip(trip, bool(money_queries.invoiced_trips([trip.id])))
    row = HiredTripCancellation(day=trip.day, reason=reason_given.strip(), at=clock.now(), by=by.name)
    trip.cancellation = row
    advance(trip.hire, by)
    audit.record("vehicles.hire.trip_cancelled", trip, by)
    return row


def call_off(hire: Hire, reason_given: str, by: Actor) -> HireVoid:
    """The activity does not take place, or needs no hired vehicles: it stays to be read and does not count."""
    take(hire)
    rules.check_call_off(hire)
    return _void(hire, HireState.CALLED_OFF, reason_given, by)


def void(hire: Hire, reason_given: str, by: Actor) -> HireVoid:
    """Recorded by mistake: activity and vehicle-trips stay to be read and do not count."""
    take(hire)
    rules.check_void(hire, money_queries.is_invoiced(hire))
    return _void(hire, HireState.VOID, reason_given, by)


def _void(hire: Hire, kind: HireState, reason_given: str, by: Actor) -> HireVoid:
    row = HireVoid(day=hire.day, at=clock.now(), by=by.name, reason=reason_given, called_off=kind is not HireState.VOID)
    hire.void = row
    event(hire, kind, by, reason_given)
    audit.record(f"vehicles.hire.{kind}" if row.called_off else "vehicles.hire.voided", hire, by)
    return row
