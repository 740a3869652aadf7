"""Alembic's entry: the tables of every package, on either database. Constraints and triggers are written by hand."""

from typing import Any

from alembic import context
from flask import current_app

from ops.core.db import Fixed

migrate = current_app.extensions["migrate"]
engine = migrate.db.engine


def render_item(kind: str, item: Any, _context: Any) -> str | bool:
    """A migration says what the database stores, not which class reads it."""
    return "sa.BigInteger()" if kind == "type" and isinstance(item, Fixed) else False


def run() -> None:
    with engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            # SQLite alters a table by building it anew; the old one may be dropped only while nobody checks its keys.
            # Said to the driver: inside a transaction, which SQLAlchemy would begin, SQLite does not hear it.
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")
        context.configure(
            connection=connection,
            target_metadata=migrate.db.metadata,
            render_item=render_item,
            **migrate.configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()
        connection.invalidate()


run()
