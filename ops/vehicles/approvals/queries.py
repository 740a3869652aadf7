"""Reads of approvals: the table of a day, who is asked, what is still open."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, func, or_, select

from ...core.access import Actor
from ...core.db import db
from ...core.period import Period
from ...core.timeslot import Slot
from ...core.workcalendar import working_days
from ...people.models import User, UserRole
from ..models import RequestWithdrawal, TripRequest
from .models import ApprovalRule, ApprovalStep, ApprovalVerdict, Approver, OralApproval
from .permissions import APPROVES, GRANTS
from .rules import days_of


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
    days = days_of(slot)
    return frozenset(days) - frozenset(working_days(Period(days[0], days[-1])))


def approves_as(actor: Actor, request: TripRequest) -> set[Approver]:
    """Which steps of the request are the actor's: the unit's leader speaks for his own unit only."""
    found = {approver for approver, permission in APPROVES.items() if actor.may(permission)}
    return found if actor.unit_id == request.unit_id else found - {Approver.UNIT_LEADER}


def approvers(approver: Approver, unit_id: int) -> list[int]:
    """The users who may speak as this approver now; as the unit's leader only those of the unit."""
    roles = [str(role) for role, granted in GRANTS.items() if APPROVES[approver] in granted]
    found = select(User.id).join(UserRole, UserRole.user_id == User.id)
    found = found.where(UserRole.role.in_(roles), User.disabled_at.is_(None))
    if approver is Approver.UNIT_LEADER:
        found = found.where(User.unit_id == unit_id)
    return list(db.session.scalars(found.distinct()))


def not_let_through() -> ColumnElement[bool]:
    """Requests that may not get a car: refused, or not yet approved and nobody said yes by mouth."""
    unspoken = _steps().where(ApprovalVerdict.step_id.is_(None))
    refused = _steps().where(ApprovalVerdict.approved.is_(False))
    by_mouth = select(OralApproval.request_id)
    waits = TripRequest.id.in_(unspoken) & TripRequest.id.not_in(by_mouth)
    return or_(waits, TripRequest.id.in_(refused))


def _steps() -> Select[int]:
    return select(ApprovalStep.request_id).outerjoin(ApprovalVerdict)


def asked_of(actor: Actor) -> Select[TripRequest]:
    """Requests whose next step is the actor's: nothing before it is open or refused, and he has not spoken yet."""
    first = select(func.min(ApprovalStep.number)).outerjoin(ApprovalVerdict)
    first = first.where(ApprovalStep.request_id == TripRequest.id, ApprovalVerdict.step_id.is_(None))
    found = select(TripRequest).join(ApprovalStep, ApprovalStep.request_id == TripRequest.id)
    found = found.where(ApprovalStep.number == first.correlate(TripRequest).scalar_subquery(), _his(actor))
    refused = _steps().where(ApprovalVerdict.approved.is_(False))
    spoken = _steps().where(ApprovalVerdict.by_id == actor.user_id)
    gone = select(RequestWithdrawal.request_id)
    return found.where(*(TripRequest.id.not_in(each) for each in (refused, spoken, gone)))


def _his(actor: Actor) -> ColumnElement[bool]:
    his = [ApprovalStep.approver == each for each, permission in APPROVES.items() if actor.may(permission)]
    own_unit = or_(ApprovalStep.approver != Approver.UNIT_LEADER, TripRequest.unit_id == (actor.unit_id or 0))
    return or_(*his) & own_unit if his else ApprovalStep.id.is_(None)


def to_complete() -> Select[TripRequest]:
    """Emergencies that were approved by mouth and whose steps are not all spoken yet."""
    unspoken = _steps().where(ApprovalVerdict.step_id.is_(None))
    gone = select(RequestWithdrawal.request_id)
    found = select(TripRequest).join(OralApproval, OralApproval.request_id == TripRequest.id)
    return found.where(TripRequest.id.in_(unspoken), TripRequest.id.not_in(gone))


def is_asked_of(actor: Actor) -> ColumnElement[bool]:
    return TripRequest.id.in_(asked_of(actor).with_only_columns(TripRequest.id))


def is_to_complete() -> ColumnElement[bool]:
    return TripRequest.id.in_(to_complete().with_only_columns(TripRequest.id))


def unspoken() -> ColumnElement[bool]:
    """Requests in approval: somebody is still to speak, and nobody has refused."""
    refused = _steps().where(ApprovalVerdict.approved.is_(False))
    return TripRequest.id.in_(_steps().where(ApprovalVerdict.step_id.is_(None))) & TripRequest.id.not_in(refused)
