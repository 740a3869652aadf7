"""The time limits: which are in force on a day, and the rows a new house begins with."""

import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from ..core import audit
from ..core.access import system
from ..core.db import db
from ..core.errors import Rejected
from .models import LimitKind, RepairLimit

FIRST_LIMITS = Path(__file__).parent / "data" / "limits.json"
IN_FORCE_FROM = date(2020, 1, 1)
InForce = Mapping[tuple[str, str | None], RepairLimit]


def in_force(day: date) -> InForce:
    """The latest row of each (kind, urgency) that had begun by that day."""
    rows = select(RepairLimit).where(RepairLimit.valid_from <= day).order_by(RepairLimit.valid_from, RepairLimit.id)
    return {(row.kind, row.urgency): row for row in db.session.scalars(rows)}


def due(limits: InForce, kind: LimitKind, urgency: str | None, start: datetime) -> datetime:
    """When the time that begins at `start` is over. Raises Rejected where nothing limits it."""
    limit = limits.get((kind, urgency))
    if limit is None:
        raise Rejected(_l("No time limit is in force for this kind of repair. Enter one first."), "urgency")
    return start + timedelta(minutes=limit.minutes)


def due_on_site(limits: InForce, urgency: str, start: datetime) -> datetime | None:
    """None where no limit is set for being on site: today's rows set one for urgent repairs alone."""
    known = (LimitKind.ON_SITE, urgency) in limits
    return due(limits, LimitKind.ON_SITE, urgency, start) if known else None


def load_limits() -> None:
    """The first rows, when there are none; what the house has set since stays."""
    if db.session.scalar(select(RepairLimit.id).limit(1)):
        return
    rows = json.loads(FIRST_LIMITS.read_text("utf-8"))
    db.session.add_all(RepairLimit(valid_from=IN_FORCE_FROM, **row) for row in rows)
    audit.record("repairs.limits.loaded", "repair_limit", system("reference data"))
