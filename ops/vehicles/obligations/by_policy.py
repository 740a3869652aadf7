"""What a policy in the ledger means for what is owed: it meets the insurance, and its last day is the next one."""

from datetime import date, timedelta

from ...core import clock
from ...core.access import Actor
from ...core.db import hold
from ..costs.models import VehicleCost
from . import planning, queries, rules, service, term_queries
from .models import Obligation, ObligationDone, ObligationKind


def meet(cost: VehicleCost, kind: ObligationKind, from_on: date, to_on: date, by: Actor) -> ObligationDone | None:
    """The open obligation is done on the day the policy was paid; where the car was not insured in between, on the day
    the policy begins, when that has come. A policy that ends before it is due was entered for the record only.
    """
    owed = queries.open_of(kind, cost.vehicle_id, None)
    if owed is None:
        _plan(cost.vehicle_id, kind, to_on, by)
        return None
    hold(Obligation, owed.id)
    is_gapless = from_on <= owed.due_on + timedelta(days=1)
    done_on = cost.day if is_gapless else max(cost.day, from_on)
    if to_on <= owed.due_on or done_on > clock.today():
        return None
    row = ObligationDone(obligation_id=owed.id, done_on=done_on, result=cost.note, valid_until=to_on, cost_id=cost.id)
    row.attachment_id = cost.attachment_id
    return service.conclude(owed, row, by)


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
