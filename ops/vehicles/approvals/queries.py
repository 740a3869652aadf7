"""Reads of approvals: the table of a day, who is asked, what is still open."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import aliased

from ...core.access import Actor
from ...core.db import db
from ...core.errors import Rejected
from ...core.period import Period
from ...core.timeslot import Slot
from ...core.workcalendar import working_days
from ...people.models import User, UserRole
from .. import rules as trip_rules
from ..foureyes import check_other
from ..models import RequestWithdrawal, TripRequest
from . import rules
from .models import ApprovalRule, ApprovalStep, ApprovalVerdict, Approver, OralApproval
from .permissions import APPROVES, GRANTS

UNSPOKEN, REFUSED = ApprovalVerdict.step_id.is_(None), ApprovalVerdict.approved.is_(False)
WITHDRAWN = exists().where(RequestWithdrawal.request_id == TripRequest.id).correlate(TripRequest)


def in_force(day: date) -> Sequence[ApprovalRule]:
    """The rules of that day."""
    open_then = or_(ApprovalRule.to_on.is_(None), ApprovalRule.to_on > day)
    return db.session.scalars(
        select(ApprovalRule).where(ApprovalRule.valid_from <= day, open_then).order_by(ApprovalRule.id)
    ).all()


def all_rules() -> Select[ApprovalRule]:
    return select(ApprovalRule)


def same_condition(condition: str, approver: str, day: date) -> list[ApprovalRule]:
    return [each for each in in_force(day) if (each.condition, each.approver) == (condition, approver)]


def days_off(slot: Slot) -> frozenset[date]:
    """The days of the slot that are no working days, make-up days told apart."""
    days = rules.days_of(slot)
    return frozenset(days) - frozenset(working_days(Period(days[0], days[-1])))


def approves_as(actor: Actor, request: TripRequest) -> set[Approver]:
    """Which steps of the request are the actor's: the unit's leader speaks for his own unit only."""
    found = {approver for approver, permission in APPROVES.items() if actor.may(permission)}
    return found if actor.unit_id == request.unit_id else found - {Approver.UNIT_LEADER}


def step_asked_of(actor: Actor, request: TripRequest) -> ApprovalStep:
    """The step of the request that the actor is to speak on now; refused when there is none, or it is another's."""
    step = _his_step(actor, request)
    check_other(actor, rules.OWN_REQUEST, request.asked_by_id)
    return step


def _his_step(actor: Actor, request: TripRequest) -> ApprovalStep:
    trip_rules.check_not_withdrawn(request.state)
    step = rules.check_step(rules.next_step(request.steps), approves_as(actor, request))
    rules.check_once(request.steps, actor.user_id, step.approver)
    return step


def may_decide(actor: Actor, request: TripRequest) -> bool:
    """The step is his, whether he asked for the car himself or not."""
    try:
        return _his_step(actor, request) is not None
    except Rejected:
        return False


def approvers(approver: Approver, unit_id: int, asked_by_id: int | None) -> list[int]:
    """The users who may speak as this approver now, but for who asked; as the unit's leader only those of the unit."""
    roles = [str(role) for role, granted in GRANTS.items() if APPROVES[approver] in granted]
    found = select(User.id).join(UserRole, UserRole.user_id == User.id)
    found = found.where(UserRole.role.in_(roles), User.disabled_at.is_(None))
    if approver is Approver.UNIT_LEADER:
        found = found.where(User.unit_id == unit_id)
    return [key for key in db.session.scalars(found.distinct()) if key != asked_by_id]


def not_let_through() -> ColumnElement[bool]:
    """Requests that may not get a car: refused, or not yet approved and nobody said yes by mouth."""
    by_mouth = exists().where(OralApproval.request_id == TripRequest.id).correlate(TripRequest)
    return or_(some_step(UNSPOKEN) & ~by_mouth, some_step(REFUSED))


def some_step(*where: ColumnElement[bool]) -> ColumnElement[bool]:
    """Asked of each request by itself: the steps of all years are many."""
    step = select(ApprovalStep.id).outerjoin(ApprovalVerdict).where(ApprovalStep.request_id == TripRequest.id, *where)
    return step.correlate(TripRequest).exists()


def asked_of(actor: Actor) -> Select[TripRequest]:
    """Requests whose next step is the actor's: nothing before it is open or refused, and he has not spoken as another
    approver; the same may be asked again when the trip takes another time.
    """
    first = select(func.min(ApprovalStep.number)).outerjoin(ApprovalVerdict)
    first = first.where(ApprovalStep.request_id == TripRequest.id, ApprovalVerdict.step_id.is_(None))
    found = select(TripRequest).join(ApprovalStep, ApprovalStep.request_id == TripRequest.id)
    found = found.where(ApprovalStep.number == first.correlate(TripRequest).scalar_subquery(), _his(actor))
    before = aliased(ApprovalStep)
    spoken = exists().where(
        before.request_id == TripRequest.id, before.approver != ApprovalStep.approver,
        ApprovalVerdict.step_id == before.id, ApprovalVerdict.by_id == actor.user_id,
    )  # fmt: skip
    return found.where(~some_step(REFUSED), ~spoken, ~WITHDRAWN, others(TripRequest.asked_by_id, actor))


def others(asked_by_id: Any, actor: Actor) -> ColumnElement[bool]:
    """Asked for by somebody else, as nobody approves what he asked for himself."""
    return or_(asked_by_id.is_(None), asked_by_id != (actor.user_id or 0))


def _his(actor: Actor) -> ColumnElement[bool]:
    his = [ApprovalStep.approver == each for each, permission in APPROVES.items() if actor.may(permission)]
    own_unit = or_(ApprovalStep.approver != Approver.UNIT_LEADER, TripRequest.unit_id == (actor.unit_id or 0))
    return or_(*his) & own_unit if his else ApprovalStep.id.is_(None)


def to_complete() -> Select[TripRequest]:
    """Emergencies that were approved by mouth and whose steps are not all spoken yet."""
    found = select(TripRequest).join(OralApproval, OralApproval.request_id == TripRequest.id)
    return found.where(some_step(UNSPOKEN), ~WITHDRAWN)


def is_asked_of(actor: Actor) -> ColumnElement[bool]:
    return TripRequest.id.in_(asked_of(actor).with_only_columns(TripRequest.id))


def is_to_complete() -> ColumnElement[bool]:
    return TripRequest.id.in_(to_complete().with_only_columns(TripRequest.id))


def unspoken() -> ColumnElement[bool]:
    """Requests in approval: somebody is still to speak, and nobody has refused."""
    return some_step(UNSPOKEN) & ~some_step(REFUSED)
