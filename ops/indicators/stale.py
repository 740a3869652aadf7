"""Which days of which metrics a write has touched; marked in the very transaction of the write."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask import current_app
from sqlalchemy import event, insert
from sqlalchemy.orm import ORMExecuteState, Session

from ..core.db import db, removed
from .catalogue import catalogue
from .models import StaleDay


def touch(model: type[Any], days: Iterable[date]) -> None:
    """Mark days by hand after a bulk write to `model`, which the session does not see row by row."""
    touched, days = _touched(db.session()), set(days)
    db.session().info.setdefault("named", set()).add(model)
    for name, _watch in catalogue().watches.get(model, []):
        touched.update((name, day) for day in days)


def check_days_named(session: Session) -> None:
    """A bulk write to what a metric counts has to say which days it touched."""
    if unnamed := session.info.get("bulk", set()) - session.info.get("named", set()):
        names = ", ".join(sorted(model.__name__ for model in unnamed))
        raise RuntimeError(f"name the days of the bulk write with stale.touch(model, days): {names}")


def write_marks(session: Session) -> set[tuple[str, date]]:
    """Turn what was touched so far into stale marks; gives what it marked."""
    marked = session.info.pop("touched", set())
    if marked:
        # past the session, which would only be slower: this is written with every deed
        session.connection().execute(insert(StaleDay), [{"metric": name, "day": day} for name, day in sorted(marked)])
    session.info.setdefault("marked", set()).update(marked)
    return set(session.info["marked"])


@event.listens_for(Session, "after_flush")
def _notice(session: Session, context: Any) -> None:
    if not current_app or "catalogue" not in current_app.extensions:
        return
    watches, guards = catalogue().watches, catalogue().guards
    changed = (row for row in session.dirty if session.is_modified(row))
    for row in (*session.new, *changed, *removed(session, context)):
        if type(row) in guards:
            session.info.setdefault("decided", []).append(row)
        for name, watch in watches.get(type(row), ()):
            _touched(session).update((name, day) for day in watch.touched(row))


@event.listens_for(Session, "do_orm_execute")
def _notice_bulk(state: ORMExecuteState) -> None:
    writes = state.is_insert or state.is_update or state.is_delete
    if writes and state.bind_mapper and current_app and "catalogue" in current_app.extensions:
        model = state.bind_mapper.class_
        if catalogue().watches.get(model):
            state.session.info.setdefault("bulk", set()).add(model)


def _touched(session: Session) -> set[tuple[str, date]]:
    found: set[tuple[str, date]] = session.info.setdefault("touched", set())
    return found
