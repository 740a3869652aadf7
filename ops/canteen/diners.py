"""The verbs of the register: diners and who eats under the subsidy."""

from datetime import date

from ..core import audit, clock
from ..core.access import Actor
from ..core.db import db, hold
from . import queries, rules
from .models import Canteen, Diner, GrantStop, SubsidyGrant


def register(number: str, name: str, unit_id: int, card: str | None, by: Actor) -> Diner:
    """`card` is what the terminal reads; None until he has one."""
    diner = Diner(number=number.strip(), name=name.strip(), unit_id=unit_id, card=(card or "").strip() or None)
    db.session.add(diner)
    audit.record("canteen.diner.registered", diner, by)
    return diner


def change(diner: Diner, number: str, name: str, unit_id: int, card: str | None, by: Actor) -> Diner:
    """His meals stay his, whatever card he swipes now."""
    hold(Diner, diner.id)
    diner.number, diner.name, diner.unit_id = number.strip(), name.strip(), unit_id
    diner.card = (card or "").strip() or None
    audit.record("canteen.diner.changed", diner, by)
    return diner


def grant(diner: Diner, canteen_id: int, from_on: date, to_on: date, by: Actor) -> SubsidyGrant:
    """Put the diner on the canteen's roster (补助对象) from and to a day, both included."""
    hold(Canteen, canteen_id)
    rules.check_grant(from_on, to_on)
    rules.check_apart(queries.spans(diner.id, canteen_id), from_on, to_on)
    row = SubsidyGrant(diner_id=diner.id, canteen_id=canteen_id, from_on=from_on, to_on=to_on)
    row.granted_at, row.granted_by = clock.now(), by.name
    db.session.add(row)
    audit.record("canteen.subsidy.granted", row, by)
    return row


def stop(grant: SubsidyGrant, last_on: date, reason_given: str, by: Actor) -> GrantStop:
    """End a grant early; `last_on` is the last day it holds."""
    hold(SubsidyGrant, grant.id)
    rules.check_stop(grant, last_on)
    row = GrantStop(grant_id=grant.id, was_to_on=grant.to_on, at=clock.now(), by=by.name, reason=reason_given)
    grant.to_on = last_on
    db.session.add(row)
    audit.record("canteen.subsidy.stopped", grant, by)
    return row
