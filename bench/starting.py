"""`make run` a second time, over a ledger that is full: until the first page answers (5 s, on two quiet cores)."""

import os
import subprocess
import time
from http.client import HTTPConnection
from pathlib import Path

from tests.server import free_port

from .measuring import Line

LIMIT_SECONDS, WAIT_SECONDS = 5.0, 60.0


def second_start(url: str) -> Line:
    """bin/run as it is: set-up looked over, tables and reference data looked over, the server, a page."""
    port = free_port()
    environment = {**os.environ, "DATABASE_URL": url, "DEMO": "1", "PORT": str(port)}
    began = time.perf_counter()
    server = subprocess.Popen(["bin/run"], cwd=Path(__file__).parent.parent, env=environment, stdout=subprocess.DEVNULL)
    try:
        while not _answers(port):
            if server.poll() is not None or time.perf_counter() - began > WAIT_SECONDS:
                raise RuntimeError("bin/run did not come to serve a page")
            time.sleep(0.02)
        taken = time.perf_counter() - began
    finally:
        server.terminate()
        server.wait(timeout=30)
    return Line("second start, until the first page answers ÷ its limit of 5 s", taken / LIMIT_SECONDS, 1)


def _answers(port: int) -> bool:
    try:
        connection = HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("GET", "/sign-in")
        return connection.getresponse().status == 200
    except OSError:
        return False
