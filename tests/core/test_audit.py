"""The audit trail: whole, append-only, and every break in it is found."""

import pytest
from flask import Flask
from sqlalchemy import delete, select, text
from sqlalchemy.exc import DatabaseError

from ops.core import audit
from ops.core.access import Actor
from ops.core.audit import AuditEntry, AuditHead, verify
from ops.core.db import db, transaction
from ops.people.models import Unit, User
from ops.people.roles import Role
from tests.factories import make_unit, make_user


def without_fence(statement: str) -> None:
    """Do what nobody may, as someone who owns the database could."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("ALTER TABLE audit_entry DISABLE TRIGGER ALL"))
    else:
        for verb in ("update", "delete"):
            db.session.execute(text(f"DROP TRIGGER audit_entry_no_{verb}"))
    db.session.execute(text(statement))
    db.session.commit()


def test_a_trail_of_deeds_is_whole(app: Flask) -> None:
    make_unit(), make_user(Role.DRIVER)
    assert list(verify()) == []


@pytest.mark.parametrize("statement", ["UPDATE audit_entry SET actor_name = 'x'", "DELETE FROM audit_entry"])
def test_the_database_refuses_to_change_the_trail(app: Flask, statement: str) -> None:
    make_unit()
    with pytest.raises(DatabaseError, match="append-only"):
        db.session.execute(text(statement))
    db.session.rollback()
    assert list(verify()) == []


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE audit_entry SET actor_name = 'x' WHERE id = (SELECT max(id) - 1 FROM audit_entry)",
        "UPDATE audit_entry SET changes = '[]' WHERE id = (SELECT max(id) FROM audit_entry)",
        "DELETE FROM audit_entry WHERE id = (SELECT max(id) FROM audit_entry)",
        "DELETE FROM audit_entry WHERE id = (SELECT max(id) - 1 FROM audit_entry)",
        "DELETE FROM audit_entry",
        "UPDATE audit_head SET entries = entries - 1",
        "DELETE FROM audit_head",
    ],
)
def test_every_tampering_is_found(app: Flask, tampering: str) -> None:
    make_unit(), make_unit(), make_unit()
    without_fence(tampering)
    assert list(verify()) != []


def test_an_entry_tells_who_did_what_before_and_after_but_no_password(app: Flask) -> None:
    by, user = Actor(7, "管理员", address="10.0.0.9"), make_user(Role.DRIVER)
    with transaction("核对后更正"):
        user.name, user.password_hash = "用户新名", "secret-hash"
        audit.record("people.user.renamed", user, by)
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry
    assert (entry.actor_id, entry.actor_name, entry.address) == (7, "管理员", "10.0.0.9")
    assert (entry.action, entry.subject, entry.reason) == ("people.user.renamed", f"user:{user.id}", "核对后更正")
    assert "用户新名" in entry.changes
    assert "secret-hash" not in entry.changes


def test_a_removed_row_stands_in_the_trail_as_it_was(app: Flask, by: Actor) -> None:
    user = make_user(Role.DRIVER, Role.CANTEEN)
    with transaction():
        user.roles = [held for held in user.roles if held.role == Role.DRIVER]
        audit.record("people.user.roles_set", user, by)
    changes = db.session.scalars(select(AuditEntry.changes).order_by(AuditEntry.id.desc())).first()
    assert changes
    assert '"role": "canteen"' in changes
    assert [held.role for held in db.session.get_one(User, user.id).roles] == ["driver"]


def test_a_row_that_was_not_loaded_can_be_removed_too(app: Flask, by: Actor) -> None:
    unit = make_unit(name="要删除的单位")
    with transaction():
        db.session.delete(unit)
        audit.record("test.removed", "unit", by)
    changes = db.session.scalars(select(AuditEntry.changes).order_by(AuditEntry.id.desc())).first()
    assert changes
    assert "要删除的单位" in changes


def test_a_bulk_write_without_a_name_does_not_commit(app: Flask) -> None:
    unit = make_unit()
    with pytest.raises(audit.UnnamedChange), transaction():
        db.session.execute(delete(Unit))
    assert db.session.get(Unit, unit.id)


def test_the_head_counts_the_entries(app: Flask) -> None:
    before = db.session.get_one(AuditHead, 1).entries
    make_unit()
    db.session.expire_all()
    assert db.session.get_one(AuditHead, 1).entries == before + 1
