"""Reads of what units say of the kilometres of their trips: to be confirmed, contested, answered."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import aliased

from ...core.access import Actor
from ...core.db import db
from ..models import Dispatch, SharedRide, TripRequest, TripReturn
from .models import KilometreAnswer, KilometreCheck, TripSettlement


def checks_of(request_id: int) -> Sequence[KilometreCheck]:
    rows = select(KilometreCheck).where(KilometreCheck.request_id == request_id)
    return db.session.scalars(rows.order_by(KilometreCheck.number)).all()


def last_check(request_id: int) -> KilometreCheck | None:
    """The latest one counts."""
    found = checks_of(request_id)
    return found[-1] if found else None


def objections() -> Select[int]:
    """Requests whose latest check objects, answered or not."""
    later = aliased(KilometreCheck)
    newer = exists().where(later.request_id == KilometreCheck.request_id, later.number > KilometreCheck.number)
    return select(KilometreCheck.request_id).where(KilometreCheck.agreed.is_(False), ~newer)


def is_contested() -> ColumnElement[bool]:
    """The unit contests the kilometres, and nobody has answered it yet."""
    return TripRequest.id.in_(objections().where(~_answered()))


def contested() -> int:
    rows = select(func.count()).select_from(objections().where(~_answered()).subquery())
    return db.session.scalar(rows) or 0


def is_to_confirm(unit_id: int | None = None) -> ColumnElement[bool]:
    """The car is back, nothing is settled, and the unit has said nothing of the kilometres; or its objection was
    answered and it is to look again. Of one unit, or of all.
    """
    own = select(Dispatch.request_id).join(TripReturn, TripReturn.dispatch_id == Dispatch.id)
    riding = select(SharedRide.request_id).join(TripReturn, TripReturn.dispatch_id == SharedRide.dispatch_id)
    riding = riding.where(SharedRide.released_at.is_(None))
    if unit_id is not None:
        theirs = TripRequest.unit_id == unit_id
        own = own.join(TripRequest, TripRequest.id == Dispatch.request_id).where(theirs)
        riding = riding.join(TripRequest, TripRequest.id == SharedRide.request_id).where(theirs)
    back = own.union_all(riding)
    said = exists().where(KilometreCheck.request_id == TripRequest.id)
    settled = exists().where(TripSettlement.request_id == TripRequest.id)
    again = TripRequest.id.in_(objections().where(_answered()))
    return TripRequest.id.in_(back) & ~settled & (~said | again)


def to_confirm(actor: Actor) -> int:
    """Trips of the actor's unit whose kilometres it is to confirm."""
    rows = select(func.count(TripRequest.id)).where(is_to_confirm(actor.unit_id or 0))
    return db.session.scalar(rows) or 0


def _answered() -> ColumnElement[bool]:
    return exists().where(KilometreAnswer.check_id == KilometreCheck.id)
