"""Audit trail: every change, by whom, from where, before and after, in an append-only, hash-chained table.

A verb names its deed with `record`; what the deed changed is collected from the session at each flush.
A transaction that changed something without naming a deed does not commit.
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import Integer, Text, bindparam, event, insert, inspect, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from . import clock
from .access import Actor
from .db import Base, db, removed

GENESIS = "0" * 64


class AuditEntry(Base):
    """审计记录: one deed of one person. Rows are only ever added; a trigger refuses anything else."""

    __tablename__ = "audit_entry"
    tracked = False

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    at: Mapped[datetime]
    actor_id: Mapped[int | None]
    actor_name: Mapped[str]
    address: Mapped[str]
    action: Mapped[str] = mapped_column(index=True)
    subject: Mapped[str] = mapped_column(index=True)
    reason: Mapped[str | None] = mapped_column(Text)
    changes: Mapped[str] = mapped_column(Text)
    previous_hash: Mapped[str]
    entry_hash: Mapped[str]

    def digest(self) -> str:
        facts = [str(self.at), self.actor_id, self.actor_name, self.address, self.action, self.subject]
        content = json.dumps([*facts, self.reason, self.changes, self.previous_hash], ensure_ascii=False)
        return hashlib.sha256(content.encode()).hexdigest()


class AuditHead(Base):
    """The end of the chain: one row, held while entries are added, so that the chain has no forks and no cut end."""

    __tablename__ = "audit_head"
    tracked = False

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    entry_hash: Mapped[str] = mapped_column(default=GENESIS)
    entries: Mapped[int] = mapped_column(default=0)


_HELD_HEAD = select(AuditHead.entry_hash, AuditHead.entries).where(AuditHead.id == 1).with_for_update()
_NEW_HEAD = update(AuditHead).where(AuditHead.id == 1).values(entry_hash=bindparam("last"), entries=bindparam("count"))
_ENTRIES = insert(AuditEntry)


class UnnamedChange(RuntimeError):
    """A service wrote without saying what it did."""


def record(action: str, subject: Base | str, by: Actor, **details: object) -> None:
    """Name the deed `feature.noun.done` that the flushed and unflushed changes so far belong to.

    `details`: what a bulk write did, which no row tells (counts, a file's hash).
    """
    session = db.session()
    session.flush()
    info = session.info
    if isinstance(subject, Base):
        subject = f"{subject.__tablename__}:{(inspect(subject).identity or (0,))[0]}"
    changes = info.pop("changes", [])
    if details:
        changes.append({"details": {key: _plain(value) for key, value in details.items()}})
    info["wrote"] = False
    info.setdefault("deeds", []).append((action, subject, by, changes))


def last_actor(session: Session) -> Actor | None:
    deeds = session.info.get("deeds")
    return deeds[-1][2] if deeds else None


def seal(session: Session) -> None:
    """Commit hook: append the deeds of the transaction to the chain."""
    session.flush()  # what the hooks before this one have added belongs to the deed as well
    info = session.info
    deeds = info.get("deeds", [])
    if info.get("wrote"):
        if not deeds:
            raise UnnamedChange(f"name the deed with audit.record: {info.get('changes')}")
        deeds[-1][3].extend(info.pop("changes", []))
    if not deeds:
        return
    connection = session.connection()  # past the session, which would only be slower: this is written with every deed
    last, count = connection.execute(_HELD_HEAD).one()
    entries: list[dict[str, Any]] = []
    for action, subject, by, changes in deeds:
        facts = {"at": clock.now(), "actor_id": by.user_id, "actor_name": by.name, "address": by.address}
        facts |= {"action": action, "subject": subject, "reason": info.get("reason"), "previous_hash": last}
        facts["changes"] = json.dumps(changes, ensure_ascii=False)
        last = AuditEntry(**facts).digest()
        entries.append({**facts, "entry_hash": last})
    connection.execute(_ENTRIES, entries)
    connection.execute(_NEW_HEAD, {"last": last, "count": count + len(entries)})


def verify() -> Iterator[str]:
    """Every break in the chain, in words; none when the trail is whole."""
    previous, count = GENESIS, 0
    for entry in db.session.scalars(select(AuditEntry).order_by(AuditEntry.id).execution_options(yield_per=1000)):
        if entry.previous_hash != previous or entry.entry_hash != entry.digest():
            yield f"audit entry {entry.id} does not follow from the one before it"
        previous, count = entry.entry_hash, count + 1
    head = db.session.get(AuditHead, 1)
    if head is None:
        yield "the row that tells the end of the trail is gone"
    elif (head.entry_hash, head.entries) != (previous, count):
        yield f"the trail ends after {count} entries, {head.entries} were written"


@event.listens_for(Session, "after_flush")
def _collect(session: Session, context: Any) -> None:
    gone = removed(session, context)
    changed = [*session.new, *(row for row in session.dirty if session.is_modified(row) and row not in gone)]
    for row in (*changed, *gone):
        if row.tracked:
            session.info["wrote"] = True
            session.info.setdefault("changes", []).append(_change(row, row in gone))


def _change(row: Any, is_gone: bool) -> dict[str, object]:
    before, after = {}, {}
    for attribute in inspect(row).mapper.column_attrs:
        if attribute.key in row.unspoken:
            continue
        history = inspect(row).attrs[attribute.key].history
        if is_gone:
            before[attribute.key] = _plain(getattr(row, attribute.key))
        elif history.has_changes():
            after[attribute.key] = _plain(history.added[0] if history.added else None)
            if history.deleted:
                before[attribute.key] = _plain(history.deleted[0])
    identity = inspect(row).identity or inspect(row).mapper.primary_key_from_instance(row)
    return {"table": row.__tablename__, "id": list(map(_plain, identity)), "before": before, "after": after}


def _plain(value: object) -> object:
    if value is None or isinstance(value, bool | int | str):
        return value
    return value.isoformat() if isinstance(value, date) else str(value)
