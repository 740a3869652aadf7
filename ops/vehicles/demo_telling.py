"""Demo: what the liaison of the first unit was told of her last trips of the year: car, call-off, return."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update

from ..core.db import db
from ..core.notify import Notice
from ..people.models import Unit
from . import telling
from .models import Dispatch

Row = dict[str, Any]
LAST = 3


def make(trips: list[Row]) -> None:
    unit = db.session.scalar(select(func.min(Unit.id)).where(Unit.demo))
    own = [trip for trip in trips if trip["unit_id"] == unit][-LAST:]
    rows = select(Dispatch).where(Dispatch.id.in_([trip["id"] for trip in own]))
    known = {each.id: each for each in db.session.scalars(rows)}
    for trip in own:
        each = known[trip["id"]]
        _at(trip["dispatched_at"], telling.assigned, each, each.request)
        _at(trip["back"], telling.back, each, trip["end"] - trip["start"])
    first = min(trip["id"] for trip in trips)
    off = select(Dispatch).where(Dispatch.id >= first, Dispatch.cancellation.has(), Dispatch.request.has(unit_id=unit))
    for each in db.session.scalars(off.order_by(Dispatch.id.desc()).limit(1)):
        if each.cancellation:
            _at(each.cancellation.at, telling.called_off, [each.request], each.cancellation.reason)


def _at(moment: datetime, tell: Any, *what: Any) -> None:
    """The notice of that moment, not of now."""
    last = db.session.scalar(select(func.max(Notice.id))) or 0
    tell(*what)
    db.session.execute(update(Notice).where(Notice.id > last).values(made_at=moment))
