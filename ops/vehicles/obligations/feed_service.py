"""The verbs of calendar feeds: open one, revoke it."""

from hashlib import sha256
from secrets import token_urlsafe

from ...core import audit, clock
from ...core.access import Actor
from ...core.db import db, hold
from .models import CalendarFeed


def open_feed(by: Actor) -> str:
    """A new secret for the user's calendar program; told once, kept as a digest."""
    secret = token_urlsafe(24)
    row = CalendarFeed(user_id=by.user_id, digest=digest_of(secret), made_at=clock.now())
    db.session.add(row)
    audit.record("vehicles.calendar_feed.opened", row, by)
    return secret


def revoke_feed(feed: CalendarFeed, by: Actor) -> CalendarFeed:
    """From now on the address answers nobody."""
    hold(CalendarFeed, feed.id)
    if feed.revoked_at is None:
        feed.revoked_at = clock.now()
        audit.record("vehicles.calendar_feed.revoked", feed, by)
    return feed


def digest_of(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
