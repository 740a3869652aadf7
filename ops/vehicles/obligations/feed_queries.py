"""Reads of calendar feeds."""

from collections.abc import Sequence

from sqlalchemy import select

from ...core.db import db
from ...people.models import User
from .models import CalendarFeed


def feed_by(digest: str) -> CalendarFeed | None:
    """The feed with this secret, unless it was revoked or its user shut out."""
    found = select(CalendarFeed).join(User, User.id == CalendarFeed.user_id)
    still = (CalendarFeed.revoked_at.is_(None), User.disabled_at.is_(None))
    return db.session.scalar(found.where(CalendarFeed.digest == digest, *still))


def feeds_of(user_id: int | None) -> Sequence[CalendarFeed]:
    found = select(CalendarFeed).where(CalendarFeed.user_id == user_id, CalendarFeed.revoked_at.is_(None))
    return db.session.scalars(found.order_by(CalendarFeed.id)).all()
