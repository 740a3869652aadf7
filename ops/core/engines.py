"""What each of the two databases needs of its connections, and the turn of those who write an embedded one."""

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from select import POLLIN, poll
from typing import Any, cast

from sqlalchemy import Engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.exc import InvalidatePoolError

UNDER_WAY = 2  # PQTRANS_INTRANS of libpq, with which only PostgreSQL's driver comes
writing: ContextVar[bool] = ContextVar("writing", default=False)
# SQLite lets one writer in and makes the others poll unfairly; queueing here keeps the worst wait short.
_sqlite_turn = threading.Lock()


@contextmanager
def turn_to_write(engine: Engine) -> Iterator[None]:
    """On SQLite: first among the threads of this process, then among the processes of this machine."""
    if engine.dialect.name != "sqlite":
        yield
        return
    with _sqlite_turn, _turn_file(f"{engine.url.database}.turn") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def _turn_file(path: str) -> Iterator[int]:
    """Only to be locked, for which it need not be writable: whoever writes first, perhaps root, is its owner."""
    file = os.open(path, os.O_RDONLY | os.O_CREAT, 0o644)
    try:
        yield file
    finally:
        os.close(file)


def prepare(engine: Engine) -> None:
    (_prepare_sqlite if engine.dialect.name == "sqlite" else _prepare_postgresql)(engine)


def may_go_on(connection: Connection) -> bool:
    """On PostgreSQL: its transaction is under way, and no statement in it has failed."""
    if connection.dialect.name != "postgresql" or connection.invalidated:
        return False
    return bool(cast("Any", connection.connection.dbapi_connection).pgconn.transaction_status == UNDER_WAY)


def _prepare_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def _pragmas(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver's own BEGIN would lose updates silently
        for pragma in (
            "journal_mode=WAL",
            "synchronous=NORMAL",
            "busy_timeout=15000",
            "foreign_keys=ON",
            "cache_size=-32000",
        ):
            connection.execute("PRAGMA " + pragma)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing.get() else "BEGIN")


def _prepare_postgresql(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def _room(connection: Any, _record: Any) -> None:
        connection.prepared_max = 300  # statements a connection keeps planned; as many are in daily use

    @event.listens_for(engine, "checkout")
    def _still_there(connection: Any, _record: Any, _proxy: Any) -> None:
        """A server that went away has ended the line, which can then be read: to ask it would cost a round trip."""
        line = poll()
        line.register(connection.fileno(), POLLIN)
        if line.poll(0):
            raise InvalidatePoolError

    @event.listens_for(engine, "rollback")
    def _rollback(connection: Connection) -> None:
        """The driver's own rollback, which ends every page, forgets what it has prepared: all was planned anew."""
        if connection.invalidated:  # it was lost: there is nothing to roll back any more
            return
        session = cast("Any", connection.connection.dbapi_connection).pgconn
        if session.transaction_status:  # not idle
            session.exec_(b"ROLLBACK")
