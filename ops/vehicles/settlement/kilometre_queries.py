"""Reads of what units say of the kilometres of their trips: to be confirmed, contested, answered."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, exists, func, select, union_all

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
    number = func.max(KilometreCheck.number).label("number")
    newest = select(KilometreCheck.request_id, number).group_by(KilometreCheck.request_id).subquery()
    same = (KilometreCheck.request_id == newest.c.request_id, KilometreCheck.number == newest.c.number)
    return select(KilometreCheck.request_id).join(newest, same[0] & same[1]).where(KilometreCheck.agreed.is_(False))


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
    own = select(Dispatch.request_id, Dispatch.id.label("dispatch_id")).where(Dispatch.released_at.is_(None))
    riding = select(SharedRide.request_id, SharedRide.dispatch_id).where(SharedRide.released_at.is_(None))
    carried = union_all(own, riding).subquery()
    back = select(carried.c.request_id).join(TripReturn, TripReturn.dispatch_id == carried.c.dispatch_id)
    if unit_id is not None:
        back = back.join(TripRequest, TripRequest.id == carried.c.request_id).where(TripRequest.unit_id == unit_id)
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
