"""What a policy in the ledger means for what is owed: it meets the insurance, and its last day is the next one."""

from collections.abc import Collection
from datetime import date, timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

from ...core import clock
from ...core.access import Actor, system
from ...core.db import db, hold
from ..costs import queries as costs
from ..costs.models import InsurancePolicy, PolicyPart, PolicyPremium, VehicleCost
from ..models import Vehicle
from . import planning, queries, rules, service, term_queries
from .lapsing import is_open
from .models import Obligation, ObligationDone, ObligationKind

# the tax is collected with the compulsory insurance and insures nothing
INSURES = {
    ObligationKind.COMPULSORY: {PolicyPart.COMPULSORY},
    ObligationKind.COMMERCIAL: set(PolicyPart) - {PolicyPart.COMPULSORY, PolicyPart.VESSEL_TAX},
}


def meet(cost: VehicleCost, kind: ObligationKind, from_on: date, to_on: date, by: Actor) -> ObligationDone | None:
    """The open obligation is done on the day the policy was paid; where the car was not insured in between, on the day
    the policy begins, when that has come. A policy that ends before it is due was entered for the record only.
    """
    owed = queries.open_of(kind, cost.vehicle_id, None)
    if owed is None:
        _plan(cost.vehicle_id, kind, to_on, by)
        return None
    hold(Obligation, owed.id)
    if owed.closed_on:
        return None
    is_gapless = from_on <= owed.due_on + timedelta(days=1)
    done_on = cost.day if is_gapless else max(cost.day, from_on)
    if to_on <= owed.due_on or done_on > clock.today():
        return None
    row = ObligationDone(obligation_id=owed.id, done_on=done_on, result=cost.note, valid_until=to_on, cost_id=cost.id)
    row.attachment_id = cost.attachment_id
    return service.conclude(owed, row, by)


def meet_begun(day: date) -> int:
    """A policy that was to begin meets what it insures once it has begun; the one that begins first, if there are more.
    None is met twice: then the next one of its kind is owed, until the last day of the policy.
    """
    met = 0
    for kind, parts in INSURES.items():
        for cost_id in _begun(kind, parts, day):
            cost = db.session.get_one(VehicleCost, cost_id)
            hold(Vehicle, cost.vehicle_id)
            if not costs.is_reversed(cost_id):
                policy = db.session.get_one(InsurancePolicy, cost_id)
                met += meet(cost, kind, policy.from_on, policy.to_on, system()) is not None
    return met


def _begun(kind: ObligationKind, parts: Collection[PolicyPart], day: date) -> list[int]:
    """By car the standing policy that has begun by the day and insures beyond the day of what is open."""
    taken, insured = aliased(VehicleCost), PolicyPremium.cost_id == InsurancePolicy.cost_id
    rows = select(Obligation.id, VehicleCost.id).join(VehicleCost, VehicleCost.vehicle_id == Obligation.vehicle_id)
    rows = rows.join(InsurancePolicy, InsurancePolicy.cost_id == VehicleCost.id)
    rows = rows.where(Obligation.kind == kind, is_open(), InsurancePolicy.from_on <= day)
    rows = rows.where(InsurancePolicy.to_on > Obligation.due_on, ~exists().where(taken.reverses_id == VehicleCost.id))
    rows = rows.where(exists().where(insured, PolicyPremium.part.in_(parts)))
    order = Obligation.id, InsurancePolicy.from_on.desc(), VehicleCost.id.desc()
    first = {row[0]: row[1] for row in db.session.execute(rows.order_by(*order))}  # the earliest is written last
    return list(first.values())


def _plan(vehicle_id: int, kind: ObligationKind, to_on: date, by: Actor) -> None:
    """The first policy of a car that is still insured."""
    term = term_queries.term(kind, to_on)
    if to_on >= clock.today():
        planning.stand(rules.Due(kind, to_on, f"term.{term.id}" if term else ""), by, vehicle_id=vehicle_id)


def lose(cost: VehicleCost, reason_given: str, by: Actor) -> None:
    """With a policy that is taken back goes what it had met; a fee that is taken back leaves what was done."""
    if cost.policy is None:
        return
    for done in queries.met_by(cost.id):
        service.undo(done, reason_given, by)
