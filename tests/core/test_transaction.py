"""The one thing that commits."""

from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine, func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from ops.core import audit
from ops.core.access import Actor
from ops.core.audit import AuditEntry, UnnamedChange
from ops.core.db import db, hold, transaction
from ops.core.errors import Rejected
from ops.people.models import Unit
from tests.factories import make_unit, make_vehicle


def units() -> int:
    return db.session.scalar(select(func.count(Unit.id))) or 0


def add(code: str, by: Actor) -> None:
    db.session.add(Unit(code=code, name=code, kind="organ"))
    audit.record("test.added", "unit", by)


def add_and_refuse(by: Actor) -> None:
    with transaction():
        with transaction():
            add("U1", by)
        raise Rejected("no")


def test_a_transaction_inside_another_joins_it_and_falls_with_it(app: Flask, by: Actor) -> None:
    with pytest.raises(Rejected):
        add_and_refuse(by)
    assert units() == 0
    with transaction(), transaction():
        add("U2", by)
    assert units() == 1


def test_what_was_not_committed_before_is_let_go(app: Flask, by: Actor) -> None:
    db.session.add(Unit(code="stray", name="stray", kind="organ"))
    db.session.flush()
    with transaction():
        add("U1", by)
    assert db.session.scalars(select(Unit.code)).all() == ["U1"]
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry
    assert "stray" not in entry.changes


def test_a_change_without_a_name_does_not_commit(app: Flask) -> None:
    with pytest.raises(UnnamedChange), transaction():
        db.session.add(Unit(code="U1", name="U1", kind="organ"))
    assert units() == 0


def test_the_next_transaction_remembers_nothing_of_one_that_failed(app: Flask, by: Actor) -> None:
    with pytest.raises(Rejected):
        add_and_refuse(by)
    with transaction():
        add("U1", by)
    changes = db.session.scalars(select(AuditEntry.changes).order_by(AuditEntry.id.desc())).first()
    assert changes
    assert changes.count('"table"') == 1


def test_holding_shows_the_row_as_it_stands_now_and_in_a_fixed_order(app: Flask) -> None:
    first, second = make_unit(), make_unit()
    with transaction():
        assert [row.id for row in hold(Unit, second.id, first.id)] == [first.id, second.id]
        assert hold(Unit, 999) == []


def test_a_row_changed_without_being_read_still_tells_what_it_was(app: Flask, by: Actor) -> None:
    car = make_vehicle(registered_on=date(2020, 1, 1))
    with transaction():
        car.registered_on = date(2021, 1, 1)
        audit.record("test.changed", car, by)
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry
    assert '"before": {"registered_on": "2020-01-01"}' in entry.changes


def test_a_lost_connection_tells_its_own_fault_and_leaves_nothing_behind(app: Flask, by: Actor) -> None:
    with pytest.raises(RuntimeError, match="lost"), transaction():
        add("U1", by)
        db.session.connection().invalidate()
        raise RuntimeError("lost")
    with transaction():
        add("U2", by)
    assert db.session.scalars(select(Unit.code)).all() == ["U2"]
    db.session.connection().invalidate()
    db.session.remove()  # as at the end of a page
    assert units() == 1


def test_a_connection_that_the_server_has_ended_is_made_anew(app: Flask, by: Actor) -> None:
    """As after a restart of PostgreSQL: the next page is answered."""
    with transaction():
        add("U1", by)
    if db.engine.dialect.name == "postgresql":
        mine = db.session.scalar(text("SELECT pg_backend_pid()"))
        db.session.remove()
        with create_engine(db.engine.url, poolclass=NullPool).connect() as other:
            assert other.scalar(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": mine})
        assert db.session.scalar(text("SELECT pg_backend_pid()")) != mine
    assert units() == 1


def test_a_read_that_failed_keeps_nobody_from_writing(app: Flask, by: Actor) -> None:
    """As when a job fails and its end is noted."""
    with pytest.raises(DBAPIError):
        db.session.execute(text("SELECT nothing_of_the_kind FROM unit"))
    with transaction():
        add("U1", by)
    assert units() == 1


def test_what_another_wrote_since_a_page_was_read_is_seen_in_its_transaction(app: Flask, by: Actor) -> None:
    unit = make_unit()
    assert unit.name
    with create_engine(db.engine.url, poolclass=NullPool).begin() as other:
        other.execute(text("UPDATE unit SET name = 'changed meanwhile'"))
    with transaction():
        assert unit.name == "changed meanwhile"


def test_a_turn_to_write_is_taken_where_another_user_made_its_file(app: Flask, by: Actor) -> None:
    """Root prepares the house, and the service of another user writes: to be locked it need not be writable."""
    if db.engine.dialect.name == "sqlite":
        turn = Path(f"{db.engine.url.database}.turn")
        turn.touch()
        turn.chmod(0o444)
        before = turn.stat().st_mtime_ns
    with transaction():
        add("U1", by)
    assert units() == 1
    if db.engine.dialect.name == "sqlite":
        assert turn.stat().st_mtime_ns == before
