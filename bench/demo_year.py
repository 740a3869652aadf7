"""Making the demo years from nothing: the one limit that is set in seconds (40 s, on two quiet cores)."""

import os
import subprocess
import sys
import time
from pathlib import Path

from .measuring import Line

LIMIT_SECONDS = 40.0


def prepare(url: str, most: float | None = 1) -> Line:
    """`flask prepare` into an empty database: tables, reference data, the demo years 2022 and 2023, their readings.

    `most`: how often the limit it may take; None where no limit is set: it is set for the embedded database.
    """
    environment = {**os.environ, "DATABASE_URL": url, "DEMO": "1"}
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "prepare"]
    began = time.perf_counter()
    subprocess.run(command, cwd=Path(__file__).parent.parent, env=environment, check=True, stdout=subprocess.DEVNULL)
    taken = time.perf_counter() - began
    return Line("two demo years from an empty database ÷ their limit of 40 s", taken / LIMIT_SECONDS, most)
