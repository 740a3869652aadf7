"""Databases for tests: built once per run as a template, then copied in milliseconds.

``TEST_DATABASE`` chooses ``sqlite`` (default) or ``postgresql``. The run's folder is shared by all xdist
workers through ``TEST_DATABASE_FOLDER``, so whichever worker comes first builds the template for all.
"""

import fcntl
import os
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import LiteralString, Protocol

import psycopg
from psycopg import sql

from tests.postgres_server import fast_place, postgres_server

KINDS = ("sqlite", "postgresql")


class Databases(Protocol):
    """What a test needs of either database; names are lower-case letters, digits and underscores."""

    def make_template(self, build: Callable[[str], None]) -> None:
        """Let `build` fill an empty database by its URL, once per run; a failed build is built anew."""

    def fresh(self, name: str) -> str:
        """The URL of a new copy of the template; a previous one of that name is thrown away."""

    def drop(self, name: str) -> None:
        """Remove a copy, whoever is still connected to it; one that is not there is no error."""

    def close(self) -> None:
        """Give back what this process holds; the databases stay until the run's end."""


class SQLiteDatabases:
    """Database files side by side in the run's folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def make_template(self, build: Callable[[str], None]) -> None:
        with _one_process_at_a_time(self.folder):
            if not self._file("template").exists():
                self.drop("draft")
                build(self._url("draft"))
                self._fold_in_the_log("draft")
                self._file("draft").rename(self._file("template"))

    def fresh(self, name: str) -> str:
        # Removed, not overwritten: a connection still open on the old file keeps the old file.
        self.drop(name)
        shutil.copyfile(self._file("template"), self._file(name))
        return self._url(name)

    def drop(self, name: str) -> None:
        for suffix in ("", "-wal", "-shm"):
            Path(f"{self._file(name)}{suffix}").unlink(missing_ok=True)

    def close(self) -> None:
        """Files hold nothing open."""

    def _fold_in_the_log(self, name: str) -> None:
        connection = sqlite3.connect(self._file(name))
        busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        connection.close()
        if busy:
            raise RuntimeError("the template's builder left its database open: dispose its engine")

    def _url(self, name: str) -> str:
        return f"sqlite:///{self._file(name)}"

    def _file(self, name: str) -> Path:
        return self.folder / f"{_checked(name)}.sqlite"


class PostgresDatabases:
    """Databases of the run's own server, copied file by file inside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.connection = psycopg.connect(f"host={folder} user=postgres dbname=postgres", autocommit=True)

    def make_template(self, build: Callable[[str], None]) -> None:
        with _one_process_at_a_time(self.folder):
            if not self._exists("template"):
                self.drop("draft")
                self._run("CREATE DATABASE {}", "draft")
                build(self._url("draft"))
                self._disconnect_everyone("draft")
                self._run("ALTER DATABASE {} RENAME TO {}", "draft", "template")

    def fresh(self, name: str) -> str:
        self.drop(name)
        # FILE_COPY: the default strategy writes every page to the log and takes four times as long.
        self._run("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", name, "template")
        return self._url(name)

    def drop(self, name: str) -> None:
        self._run("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def close(self) -> None:
        self.connection.close()

    def _exists(self, name: str) -> bool:
        query = "SELECT 1 FROM pg_database WHERE datname = %s"
        return self.connection.execute(query, (_database(name),)).fetchone() is not None

    def _disconnect_everyone(self, name: str) -> None:
        query = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s"
        self.connection.execute(query, (_database(name),))

    def _run(self, statement: LiteralString, *names: str) -> None:
        identifiers = [sql.Identifier(_database(name)) for name in names]
        self.connection.execute(sql.SQL(statement).format(*identifiers))

    def _url(self, name: str) -> str:
        return f"postgresql+psycopg://postgres@/{_database(name)}?host={self.folder}"


def chosen_kind() -> str:
    kind = os.environ.get("TEST_DATABASE", "sqlite")
    if kind not in KINDS:
        raise ValueError(f"TEST_DATABASE is {kind!r}; it can be {' or '.join(KINDS)}")
    return kind


def run_folder(kind: str) -> AbstractContextManager[Path]:
    """The folder of one test run, with the server for PostgreSQL; all of it is gone at the end."""
    return postgres_server() if kind == "postgresql" else _plain_folder()


def open_databases(kind: str, folder: Path) -> Databases:
    """The databases of a run, for one process of it."""
    return PostgresDatabases(folder) if kind == "postgresql" else SQLiteDatabases(folder)


@contextmanager
def _plain_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="ledger-tests-", dir=fast_place()) as folder:
        yield Path(folder)


@contextmanager
def _one_process_at_a_time(folder: Path) -> Iterator[None]:
    with (folder / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _database(name: str) -> str:
    return f"ledger_{_checked(name)}"


def _checked(name: str) -> str:
    if not re.fullmatch(r"[a-z0-9_]{1,40}", name):
        raise ValueError(f"{name!r} cannot name a test database: use a-z, 0-9 and _ only")
    return name
