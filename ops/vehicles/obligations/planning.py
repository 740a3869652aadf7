"""What is owed follows from the file: planned, planned anew when the file was corrected, and what comes after."""

from datetime import date, datetime

from flask_babel import lazy_gettext as _l

from ...core import audit, clock
from ...core.access import Actor
from ...core.db import db
from . import queries, rules, term_queries
from .models import INSPECTIONS, Closing, Obligation, ObligationDone, ObligationKind, ObligationWaiver

CORRECTED_CAR = _l("The car's file was corrected.")
CORRECTED_DRIVER = _l("The driver's file was corrected.")
OF_RULES = "inspection."


def stand(
    due: rules.Due, by: Actor, vehicle_id: int | None = None, driver_id: int | None = None,
    follows: Obligation | None = None, due_km: int | None = None, km_at: datetime | None = None,
) -> Obligation | None:  # fmt: skip
    """It is owed from now on; what was waived on that very day is owed again. None when it stands or was done.

    `km_at`: when the dial of `due_km` was in the car.
    """
    row = queries.known(due.kind, vehicle_id, driver_id, due.on)
    if row and row.closed_as != Closing.WAIVED:
        return None
    made = row or Obligation(vehicle_id=vehicle_id, driver_id=driver_id, kind=due.kind, due_on=due.on)
    made.rule, made.follows_id = due.rule, follows.id if follows else None
    made.due_km, made.km_at = due_km, km_at if due_km is not None else None
    made.closed_on = made.closed_as = None
    db.session.add(made)
    audit.record("vehicles.obligation.owed_again" if row else "vehicles.obligation.planned", made, by)
    return made


def drop(obligation: Obligation, reason_given: str, by: Actor) -> ObligationWaiver:
    """Nothing is owed any more."""
    now = clock.now()
    row = ObligationWaiver(obligation_id=obligation.id, day=now.date(), at=now, by=by.name, reason=reason_given)
    obligation.closed_on, obligation.closed_as = now.date(), Closing.WAIVED
    db.session.add(row)
    audit.record("vehicles.obligation.waived", obligation, by)
    return row


def plan_car(vehicle_id: int, day: date, by: Actor, before: rules.CarFacts | None = None) -> list[Obligation]:
    """What follows from the car's file and is not owed yet: its next inspection and, for coaches, its scrapping.

    `before`: what the file said until now. Where that was something else, what followed from it is planned anew. An
    inspection that is open keeps no scrapping away, and the other way round.
    """
    facts = queries.car_facts(vehicle_id)
    if facts is None:
        return []
    after = _withdraw_of_car(vehicle_id, before, by) if before and before != facts else None
    inspected = any(queries.open_of(kind, vehicle_id, None) for kind in INSPECTIONS)
    scrapped = queries.open_of(ObligationKind.SCRAPPING, vehicle_id, None) is not None
    due = rules.next_inspection(facts, after or day)
    dues = [None if inspected else due, None if scrapped else rules.scrapping(facts)]
    corrected = before is not None and before != facts
    new = [due for due in dues if due and (corrected or queries.known(due.kind, vehicle_id, None, due.on) is None)]
    made = [each for each in (stand(due, by, vehicle_id=vehicle_id) for due in new) if each]
    for each in made:
        if each.kind in INSPECTIONS:
            each.after_on = after or rules.inspection_before(facts, each.due_on)
    return made


def _withdraw_of_car(vehicle_id: int, before: rules.CarFacts, by: Actor) -> date | None:
    """Take back what followed from the former facts; the day after which the next inspection falls due by the new ones:
    the last that was done, or else the one before the open one, as the former facts had it.
    """
    after = None
    for kind in (*INSPECTIONS, ObligationKind.SCRAPPING):
        planned = queries.open_of(kind, vehicle_id, None)
        if planned is None or (kind in INSPECTIONS and not planned.rule.startswith(OF_RULES)):
            continue
        if kind in INSPECTIONS:
            told = planned.after_on or rules.inspection_before(before, planned.due_on)
            after = queries.inspected_until(vehicle_id) or told
        drop(planned, str(CORRECTED_CAR), by)
    return after


def plan_driver(driver_id: int, day: date, by: Actor, before: rules.DriverFacts | None = None) -> list[Obligation]:
    """What follows from the driver's file; what followed from something that the file said before is planned anew."""
    facts = queries.driver_facts(driver_id)
    if facts is None:
        return []
    made = [_plan_renewal(driver_id, facts, before, by)]
    for kind, find in ((ObligationKind.REVIEW, rules.review), (ObligationKind.HEALTH, rules.health)):
        planned, after = queries.open_of(kind, None, driver_id), day
        if planned and before and find(before, day) != find(facts, day):
            after = rules.anniversary(planned.due_on, -1)
            drop(planned, str(CORRECTED_DRIVER), by)
            planned = None
        due = find(facts, after)
        if planned is None and due and (before is None or find(before, after) != due or _never_stood(due, driver_id)):
            made.append(stand(due, by, driver_id=driver_id))
    return [each for each in made if each]


def _plan_renewal(
    driver_id: int, facts: rules.DriverFacts, before: rules.DriverFacts | None, by: Actor
) -> Obligation | None:
    """By the day on the licence, also when it is past; only where that day is another than before."""
    due = rules.renewal_of(facts)
    if before is not None and before.licence_until == facts.licence_until:
        return stand(due, by, driver_id=driver_id) if due and _never_stood(due, driver_id) else None
    planned = queries.open_of(ObligationKind.LICENCE, None, driver_id)
    if planned and (due is None or planned.due_on != due.on):
        drop(planned, str(CORRECTED_DRIVER), by)
    return stand(due, by, driver_id=driver_id) if due else None


def _never_stood(due: rules.Due, driver_id: int) -> bool:
    return queries.known(due.kind, None, driver_id, due.on) is None


def follow(
    obligation: Obligation, done: ObligationDone, by: Actor, read_at: datetime | None = None
) -> Obligation | None:
    """The next of its kind: by the rule, or by the paper. `read_at`: when the dial was read."""
    if obligation.vehicle_id is None:
        return _follow_driver(obligation, done, by)
    kind, after = ObligationKind(obligation.kind), max(obligation.due_on, done.done_on)
    if kind in INSPECTIONS:
        facts = queries.car_facts(obligation.vehicle_id)
        due = rules.next_inspection(facts, after) if facts else None
        return stand(due, by, vehicle_id=obligation.vehicle_id, follows=obligation) if due else None
    term = term_queries.term(kind, done.done_on)
    if term is None:
        return None
    until = done.valid_until or rules.months_later(done.done_on, term.months)
    km = done.dial + term.km if done.dial is not None and term.km else None
    due = rules.Due(kind, until, f"term.{term.id}")
    return stand(due, by, vehicle_id=obligation.vehicle_id, follows=obligation, due_km=km, km_at=read_at)


def _follow_driver(obligation: Obligation, done: ObligationDone, by: Actor) -> Obligation | None:
    """The file says what the new licence says; the review of the next scoring period, the certificate of next year."""
    facts, after = queries.driver_facts(obligation.driver_id or 0), max(obligation.due_on, done.done_on)
    if facts is None:
        return None
    if obligation.kind == ObligationKind.LICENCE:
        due = rules.renewal_of(facts)
    else:
        due = rules.review(facts, after) if obligation.kind == ObligationKind.REVIEW else rules.health(facts, after)
    return stand(due, by, driver_id=obligation.driver_id, follows=obligation) if due else None
