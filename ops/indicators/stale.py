"""Which days of which metrics a write has touched; marked in the very transaction of the write."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask import current_app
from sqlalchemy import event, insert
from sqlalchemy.orm import Session

from ..core.db import db
from .catalogue import catalogue
from .models import StaleDay


def touch(model: type[Any], days: Iterable[date]) -> None:
    """Mark days by hand after a bulk write to `model`, which the session does not see row by row."""
    touched = _touched(db.session())
    for name, _watch in catalogue().watches.get(model, []):
        touched.update((name, day) for day in days)


def write_marks(session: Session) -> set[tuple[str, date]]:
    """Turn what was touched so far into stale marks; gives what it marked."""
    marked = session.info.pop("touched", set())
    if marked:
        session.execute(insert(StaleDay), [{"metric": name, "day": day} for name, day in sorted(marked)])
    session.info.setdefault("marked", set()).update(marked)
    return set(session.info["marked"])


@event.listens_for(Session, "after_flush")
def _notice(session: Session, _context: object) -> None:
    if not current_app or "catalogue" not in current_app.extensions:
        return
    watches = catalogue().watches
    for row in (*session.new, *session.dirty, *session.deleted):
        for name, watch in watches.get(type(row), ()):
            _touched(session).update((name, day) for day in watch.touched(row))


def _touched(session: Session) -> set[tuple[str, date]]:
    found: set[tuple[str, date]] = session.info.setdefault("touched", set())
    return found
