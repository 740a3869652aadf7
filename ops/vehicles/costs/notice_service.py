"""Making the monthly notice public."""

from decimal import Decimal

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from ...core import audit, clock, files
from ...core.access import Actor
from ...core.db import db
from ...core.errors import Rejected
from ...core.period import Period
from . import tables
from .notice import Notice, notice
from .notice_models import UseNotice


def publish(period: Period, by: Actor) -> UseNotice:
    """The month's list is made public as it stands; a copy of it is kept."""
    if period.last >= clock.today():
        raise Rejected(_l("The month is not over yet."), "month")
    found = notice(period)
    if not found.lines:
        raise Rejected(_l("No trip of the month came back: there is nothing to publish."), "month")
    row = UseNotice(month=period.first, **summed(found))
    row.attachment = files.keep_bytes(tables.notice_sheet(found), f"notice-{period.key}.xlsx", by)
    row.at, row.by = clock.now(), by.name
    db.session.add(row)
    audit.record("vehicles.use_notice.published", row, by)
    return row


def summed(found: Notice) -> dict[str, object]:
    """What is compared with a later state of the month."""
    return {"trips": len(found.lines), "kilometres": found.kilometres, "cost": found.cost or Decimal(0)}


def published(period: Period) -> UseNotice | None:
    rows = select(UseNotice).where(UseNotice.month == period.first).order_by(UseNotice.id.desc())
    return db.session.scalar(rows.limit(1))


def differs(row: UseNotice, found: Notice) -> bool:
    return any(getattr(row, name) != value for name, value in summed(found).items())
