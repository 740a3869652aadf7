"""What the page of a hire shows: the facts, the checks with their rules, money, and what one may do next."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from flask_wtf import FlaskForm

from ...core.access import Actor
from ...core.db import db
from ...core.page import page
from ...people.models import Unit
from ..approvals.models import APPROVERS, CONDITIONS
from ..approvals.permissions import Permission as Approval
from ..foureyes import is_own
from ..violations.showing import filed_of
from ..violations.subjects import SubjectKind
from . import money_queries, pricing_rules, queries, rule_queries, rules
from .history import history
from .models import MONEY_LABELS, Hire
from .pricing_rules import ClassVerdict
from .rule_models import HireSettingName
from .states import BEFORE_THE_INVOICE, BEFORE_THE_TRIP, RATED_FROM, TO_ORDER, TO_SUBMIT, HireState
from .states import HIRE_STATES as STATES
from .vendor_models import CLASS_LABELS


def shown(hire: Hire, actor: Actor) -> dict[str, Any]:
    rating = money_queries.rating(hire)
    return {
        **checks(hire), "rating": rating, "history": history(hire, rating), "approvers": APPROVERS,
        "conditions": CONDITIONS, "invoices": money_queries.invoiced_trips(trip.id for trip in hire.trips),
        "may": may(hire, actor, rating is not None), "reason": rule_queries.reason(hire.reason_class, hire.day),
        "filings": filed_of(SubjectKind.HIRE, hire.id, actor),
    }  # fmt: skip


def checks(hire: Hire) -> dict[str, Any]:
    """The hire with the verdicts of class check, budget and lead time."""
    known = rule_queries.classes(hire.day)
    lead = int(rule_queries.setting(HireSettingName.LEAD_DAYS, hire.day))
    short = hire.starts_at is not None and hire.starts_at - hire.recorded_at < timedelta(days=lead)
    return {
        "hire": hire, "unit": db.session.get_one(Unit, hire.unit_id), "states": STATES, "classes": CLASS_LABELS,
        "class_rules": known, "verdict": _verdict(hire), "budget": money_queries.budget_of(hire),
        "lead_days": lead, "short_notice": short, "reasons": rule_queries.reason_labels(), "money": MONEY_LABELS,
    }  # fmt: skip


def _verdict(hire: Hire) -> ClassVerdict | None:
    """None where it was recorded from paper: nobody said for how many people."""
    if hire.slot is None or hire.people is None:
        return None
    days, wanted = pricing_rules.days_of(hire.slot.start, hire.slot.end), queries.trips_by_class(hire)
    known = rule_queries.classes(hire.day)
    return pricing_rules.class_verdict(known, wanted, hire.people, days, hire.estimate or Decimal(0))


def may(hire: Hire, actor: Actor, rated: bool) -> dict[str, bool]:
    """Which deeds stand on the page; the services check again."""
    state, step = hire.state, rules.next_step(hire.steps)
    by_mouth = state is HireState.ASKED and hire.oral is not None
    driven = any(trip.actual for trip in hire.trips)
    invoiced = money_queries.is_invoiced(hire)
    asked = step is not None and not hire.void and step.approver in queries.approves_as(actor, hire)
    own = is_own(actor, hire.asked_by_id)
    return {
        "decide": asked and not own and actor.may(Approval.APPROVAL_GIVE),
        "own": asked and own,
        "order": (state in (*TO_ORDER, HireState.RECORDED) or by_mouth) and not hire.all_ordered,
        "drive": state in BEFORE_THE_INVOICE and bool(hire.trips),
        "invoice": state in (HireState.RECORDED, HireState.CARRIED_OUT),
        "submit": state in TO_SUBMIT,
        "answer": state is HireState.SUBMITTED and not is_own(actor, hire.submitted_by_id),
        "pay": state is HireState.AGREED and not is_own(actor, *money_queries.invoicers(hire)),
        "rate": state in RATED_FROM and not rated,
        "call_off": state in BEFORE_THE_TRIP and not driven,
        "void": not hire.void and not invoiced and state not in BEFORE_THE_TRIP and state is not HireState.REFUSED,
    }


def deed(
    hire: Hire, form: FlaskForm, title: str, action: str, lead: str = "", **more: Any
) -> tuple[str, int]:  # fmt: skip
    """The page of one deed on a hire."""
    return page("vehicles/hires/deed.html", form=form, title=title, action=action, lead=lead, **more, **checks(hire))


def money_deed(hire: Hire, form: FlaskForm, title: str, action: str) -> tuple[str, int]:
    """The page of a deed that is about what the hire came to: that stands below."""
    invoices = money_queries.invoiced_trips(trip.id for trip in hire.trips)
    return deed(hire, form, title, action, money_at_stake=True, invoices=invoices)
