"""Reads of the house."""

import json
from collections.abc import Sequence
from typing import Any

from flask import current_app
from sqlalchemy import ColumnElement, Select, select

from ..core.audit import AuditEntry, AuditHead
from ..core.db import db
from ..core.jobs import JobRun
from ..core.ledger import Ledger
from ..core.workcalendar import CalendarDay
from ..people.models import Unit, User
from ..people.roles import Role
from .deeds import deeds_saying, record_said


def entries() -> Select[AuditEntry]:
    return select(AuditEntry)


def says(text: str) -> ColumnElement[bool]:
    """Deeds in whose words, in the reader's language, the text stands."""
    known = db.session.scalars(select(AuditEntry.action).distinct())
    return AuditEntry.action.in_(deeds_saying(text, known))


def changes_of(entry: AuditEntry) -> list[dict[str, Any]]:
    """What a deed changed, row by row: table, id, and each column before and after; a bulk deed tells its details."""
    found = []
    for change in json.loads(entry.changes):
        before, after = change.get("before", {}), change.get("after", change.get("details", {}))
        columns = [(name, before.get(name), after.get(name)) for name in {**before, **after}]
        where = record_said(f"{change['table']}:{'/'.join(map(str, change['id']))}") if "table" in change else ""
        found.append({"where": where, "columns": columns})
    return found


def users() -> Select[User]:
    return select(User)


def users_by_name() -> Sequence[tuple[int, str]]:
    found = select(User.id, User.name, User.username).where(User.disabled_at.is_(None)).order_by(User.name)
    return [(key, f"{name} ({username})") for key, name, username in db.session.execute(found)]


def units() -> Sequence[tuple[int, str]]:
    return [(key, name) for key, name in db.session.execute(select(Unit.id, Unit.name).order_by(Unit.name))]


def runs() -> Sequence[JobRun]:
    """The latest hundred runs of nightly jobs."""
    return db.session.scalars(select(JobRun).order_by(JobRun.due_at.desc()).limit(100)).all()


def calendar() -> Select[CalendarDay]:
    return select(CalendarDay)


def matrix() -> list[tuple[object, list[tuple[str, list[bool]]]]]:
    """For each feature its permissions, and for each of them which roles hold it, in the order of Role."""
    ledger: Ledger = current_app.extensions["ledger"]
    tables = []
    for feature in ledger.features:
        names = sorted({str(name) for granted in feature.grants.values() for name in granted})
        if names:
            tables.append(
                (feature.label, [(name, [name in feature.grants.get(role, ()) for role in Role]) for name in names])
            )
    return tables


def chain_length() -> int:
    head = db.session.get(AuditHead, 1)
    return head.entries if head else 0
