"""The verbs of approvals: plan the steps of a request, give a verdict, keep the table of rules."""

import json
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import select

from ...core import audit, clock
from ...core.access import Actor, system
from ...core.db import db, hold_row
from ...core.timeslot import Slot
from .. import rules as trip_rules
from .. import telling
from ..models import TripRequest
from ..sealing import queries as sealing
from . import notices, queries, rules
from .models import ApprovalRule, ApprovalStep, ApprovalVerdict, Approver, Condition, OralApproval, StepReason
from .rules import Journey

FIRST_RULES = Path(__file__).parent / "data" / "rules.json"
IN_FORCE_FROM = date(2020, 1, 1)


def plan(
    request: TripRequest, oral_by: str, oral_at: datetime | None, by: Actor, on_paper: bool = False
) -> list[ApprovalStep]:
    """The steps that the request needs by the rules of the day it was asked on; none when no rule applies to it."""
    rules.check_oral(oral_by, oral_at, clock.now())
    steps = _open(request, _needed(request, request.slot), 1)
    if oral_at is not None and steps:
        if on_paper:
            _on_paper(request, steps, oral_by, oral_at, by)
        else:
            _by_mouth(request, oral_by, oral_at, by)
    notices.tell(request, steps)
    return steps


def _open(request: TripRequest, found: "Found", first: int) -> list[ApprovalStep]:
    steps = []
    for number, (approver, reasons) in enumerate(found, first):
        step = ApprovalStep(request_id=request.id, number=number, approver=approver)
        step.reasons = [StepReason(rule_id=rule.id) for rule in reasons]
        steps.append(step)
    db.session.add_all(steps)
    return steps


def _by_mouth(request: TripRequest, oral_by: str, oral_at: datetime, by: Actor) -> None:
    said = OralApproval(request_id=request.id, approved_by=oral_by.strip(), approved_at=oral_at)
    said.at, said.by = clock.now(), by.name
    db.session.add(said)


def _on_paper(request: TripRequest, steps: list[ApprovalStep], said_by: str, said_at: datetime, by: Actor) -> None:
    """The verdict on each step is that of the paper: by whom and when it says so, and who took it over."""
    rules.check_on_paper(said_at, request.slot)
    for step in steps:
        step.verdict = ApprovalVerdict(approved=True, words="", at=said_at, by=said_by.strip(), noted_by=by.name)
    audit.record("vehicles.approval.on_paper", request, by)


def allow_change(
    aboard: Iterable[tuple[TripRequest, Slot]], after: Slot, oral_by: str, oral_at: datetime | None, by: Actor
) -> None:
    """A trip with these requests, which are held and were let through for those times, takes another time or one more
    along: rules it meets only now are allowed by mouth, and their steps are open until they are completed.
    """
    rules.check_oral(oral_by, oral_at, clock.now())
    changed = _newly_asked(aboard, after)
    rules.check_allowed(_met(changed), oral_at)
    for request, found in changed:
        if found and oral_at is not None:
            rules.check_not_refused(request.steps)
            _open(request, found, len(request.steps) + 1)
            if request.oral is None:
                _by_mouth(request, oral_by, oral_at, by)
            db.session.flush()
            db.session.expire(request, ["steps", "oral"])
            notices.tell(request, request.steps)


def check_covered(aboard: Iterable[tuple[TripRequest, Slot]], after: Slot) -> None:
    """A trip is not moved to a time at which it meets rules that nobody was asked about."""
    rules.check_covered(_met(_newly_asked(aboard, after)))


Found = list[tuple[Approver, list[ApprovalRule]]]


def _newly_asked(aboard: Iterable[tuple[TripRequest, Slot]], after: Slot) -> list[tuple[TripRequest, Found]]:
    """Who is to be asked for each: it takes another time, and goes out of the district where one of them does."""
    each_until_now = list(aboard)
    goes_out = any(request.out_of_district for request, _slot in each_until_now)
    return [(request, _longer(request, slot, after, goes_out)) for request, slot in each_until_now]


def _longer(request: TripRequest, before: Slot, after: Slot, goes_out: bool) -> Found:
    db.session.expire(request, ["steps", "oral"])
    asked = {reason.rule_id for step in request.steps for reason in step.reasons}
    known = _journey(request, before, request.out_of_district)
    then = _journey(request, after, goes_out)
    return rules.longer(queries.in_force(request.asked_at.date()), known, then, asked)


def _met(changed: Iterable[tuple[TripRequest, Found]]) -> list[ApprovalRule]:
    return [rule for _request, found in changed for _approver, met in found for rule in met]


def _needed(request: TripRequest, slot: Slot) -> Found:
    journey = _journey(request, slot, request.out_of_district)
    return rules.needed(queries.in_force(request.asked_at.date()), journey)


def _journey(request: TripRequest, slot: Slot, goes_out: bool) -> Journey:
    """Whether it takes a sealed car is known from the sealing of that time, or the unit says that it wants one."""
    sealed = request.sealed_car or sealing.only_sealed_fit(request.people, slot)
    return Journey(slot, goes_out, sealed, request.hired, queries.days_off(slot))


def decide(request: TripRequest, approved: bool, words: str, by: Actor, seen: str = "") -> ApprovalVerdict:
    """Agree to the step that is asked now, or refuse it with the reason."""
    hold_row(request)
    db.session.expire(request)
    trip_rules.check_seen(request.mark, seen)
    step = queries.step_asked_of(by, request)
    rules.check_words(approved, words)
    row = ApprovalVerdict(step_id=step.id, approved=approved, words=words.strip(), at=clock.now(), by=by.name)
    row.by_id = by.user_id
    db.session.add(row)
    audit.record("vehicles.approval.given" if approved else "vehicles.approval.refused", request, by)
    db.session.flush()
    db.session.expire(step, ["verdict"])
    notices.tell(request, request.steps)
    if not approved:
        telling.refused(request, words)
    elif all(each.verdict for each in request.steps):
        telling.approved(request)
    return row


def add_rule(
    condition: str,
    approver: str,
    threshold: int | None,
    from_hour: int | None,
    to_hour: int | None,
    valid_from: date,
    source: str,
    confirmed: bool,
    by: Actor,
) -> ApprovalRule:
    """On this condition this approver is asked, from that day on."""
    rules.check_rule(condition, threshold, from_hour, to_hour, queries.same_condition(condition, approver, valid_from))
    rule = ApprovalRule(condition=Condition(condition), approver=approver, valid_from=valid_from, source=source.strip())
    rule.threshold, rule.from_hour, rule.to_hour = map(_whole, (threshold, from_hour, to_hour))
    rule.confirmed, rule.set_at, rule.set_by = confirmed, clock.now(), by.name
    db.session.add(rule)
    audit.record("vehicles.approval_rule.added", rule, by)
    return rule


def _whole(number: int | None) -> int | None:
    return None if number is None else int(number)


def end_rule(rule: ApprovalRule, to_on: date, by: Actor) -> ApprovalRule:
    """From that day on nobody is asked by this rule; requests asked before keep their steps."""
    hold_row(rule)
    rules.check_end(rule, to_on)
    rule.to_on = to_on
    audit.record("vehicles.approval_rule.ended", rule, by)
    return rule


def load_rules() -> None:
    """The examples a new house begins with, marked as not confirmed; what it has set since stays."""
    if db.session.scalar(select(ApprovalRule.id).limit(1)):
        return
    by = system("reference data")
    for row in json.loads(FIRST_RULES.read_text("utf-8")):
        rule = ApprovalRule(valid_from=IN_FORCE_FROM, confirmed=False, set_at=clock.now(), set_by=by.name, **row)
        db.session.add(rule)
    audit.record("vehicles.approval_rules.loaded", "approval_rule", by)
