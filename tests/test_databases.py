"""The harness itself: copies stand alone, on whichever database this run uses."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from tests.databases import Databases, chosen_kind, open_databases, run_folder

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def own_databases() -> Iterator[Databases]:
    """A run of its own, so that the template of the product is left alone."""
    with run_folder(chosen_kind()) as folder:
        opened = open_databases(chosen_kind(), folder)
        opened.make_template(build_diary)
        yield opened
        opened.close()


def build_diary(url: str) -> None:
    execute(url, "CREATE TABLE diary (line VARCHAR(20) NOT NULL)")
    execute(url, "INSERT INTO diary VALUES ('of the template')")


def execute(url: str, statement: str) -> None:
    engine = sa.create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        connection.exec_driver_sql(statement)


def lines(url: str) -> list[str]:
    engine = sa.create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        return list(connection.scalars(sa.text("SELECT line FROM diary ORDER BY line")))


def write(url: str) -> None:
    execute(url, "INSERT INTO diary VALUES ('written here')")


def test_a_copy_begins_with_what_the_template_holds(own_databases: Databases) -> None:
    assert lines(own_databases.fresh("first")) == ["of the template"]


def test_a_line_written_to_one_copy_is_in_no_other(own_databases: Databases) -> None:
    first, second = own_databases.fresh("first"), own_databases.fresh("second")
    write(first)
    assert lines(first) == ["of the template", "written here"]
    assert lines(second) == lines(own_databases.fresh("third")) == ["of the template"]


def test_a_second_fresh_of_the_same_name_forgets_the_first(own_databases: Databases) -> None:
    write(own_databases.fresh("first"))
    assert lines(own_databases.fresh("first")) == ["of the template"]


def test_a_copy_is_replaced_though_a_connection_to_it_is_open(own_databases: Databases) -> None:
    engine = sa.create_engine(own_databases.fresh("first"), poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(sa.text("SELECT 1"))
        assert lines(own_databases.fresh("first")) == ["of the template"]
        connection.invalidate()


def test_the_template_is_built_only_once(own_databases: Databases) -> None:
    built: list[str] = []
    own_databases.make_template(built.append)
    assert built == []


def test_a_build_that_failed_is_built_anew() -> None:
    with run_folder(chosen_kind()) as folder:
        opened = open_databases(chosen_kind(), folder)
        with pytest.raises(sa.exc.DBAPIError):
            opened.make_template(lambda url: execute(url, "SELECT nothing FROM nowhere"))
        opened.make_template(build_diary)
        assert lines(opened.fresh("first")) == ["of the template"]
        opened.close()


def test_a_dropped_copy_is_gone_and_dropping_it_again_is_no_error(own_databases: Databases) -> None:
    url = own_databases.fresh("first")
    own_databases.drop("first")
    own_databases.drop("first")
    with pytest.raises(sa.exc.DBAPIError):
        lines(url)


@pytest.mark.parametrize("name", ["", "Capital", "two words", "../outside", "a" * 41])
def test_a_name_that_could_reach_elsewhere_is_refused(own_databases: Databases, name: str) -> None:
    with pytest.raises(ValueError, match="cannot name a test database"):
        own_databases.fresh(name)


def test_an_unknown_kind_of_database_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEST_DATABASE", "oracle")
    with pytest.raises(ValueError, match="sqlite or postgresql"):
        chosen_kind()


def test_a_killed_run_leaves_no_server_behind() -> None:
    code = (
        "from tests.databases import run_folder; import os, sys, signal\n"
        "with run_folder('postgresql') as folder:\n"
        "    print(folder, flush=True); os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    command = [sys.executable, "-c", code]
    killed = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    folder = Path(killed.stdout.strip())
    assert killed.returncode == -9
    assert folder.name.startswith("ledger-tests-")
    assert holds_within(10, lambda: not folder.exists())
    assert holds_within(10, lambda: not any(str(folder) in line for line in running_command_lines()))


def holds_within(seconds: float, condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.05)
    return condition()


def running_command_lines() -> list[str]:
    processes = [entry for entry in os.listdir("/proc") if entry.isdigit()]
    return [_command_line(Path("/proc") / process / "cmdline") for process in processes]


def _command_line(file: Path) -> str:
    try:
        return file.read_text(errors="replace")
    except OSError:  # ended meanwhile
        return ""
