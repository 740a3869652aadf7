"""Run every measurement over a fresh pair of demo years; exit code 1 when a limit does not hold."""

import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from ops.app import create_app
from ops.core.config import Settings
from tests.server import serving

from . import board, bookings, costs, demo_year, figures, on_postgresql, pages, races, starting, ten_years
from .measuring import Line


def main() -> int:
    began = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="ledger-bench-") as folder:
        url = f"sqlite:///{folder}/bench.db"
        lines = report("Demo years", [demo_year.prepare(url)])
        lines += report("Starting again", [starting.second_start(url)])
        app = create_app(Settings(Path(folder), url, "bench", demo=True))
        with app.app_context():
            lines += report("Figures", figures.ratios())
            lines += report("Roll-up and year-end report", figures.rolled_up_and_reported())
        with serving(url, demo=True) as base:
            lines += report("Pages (server, client and database share the cores)", pages.latencies(base))
            lines += report("Recording", pages.requests_for_cars(base))
        lines += report("Ten years of a canteen", ten_years.ratios(Path(folder) / "bench.db"))
        with app.app_context():
            costs.fill_the_year()
        with serving(url, demo=True) as base:
            lines += report("Costs of cars", costs.year_table(base))
        with app.app_context():
            board.fill()
        with serving(url, demo=True) as base:
            lines += report("The dispatch board", board.week(base))
    lines += report("Bookings", bookings.ratios())
    lines += report("Races", races.slowest_answers())
    lines += report("On PostgreSQL", on_postgresql.lines())
    failed = [line for line in lines if not line.holds]
    taken = time.perf_counter() - began
    print(f"\n{len(lines)} ratios, {len(failed)} limits that do not hold; {taken:.0f} s altogether")
    return bool(failed)


def report(title: str, lines: Iterable[Line]) -> list[Line]:
    print(f"\n{title}")
    made = []
    for line in lines:
        print(line, flush=True)
        made.append(line)
    return made


if __name__ == "__main__":
    sys.exit(main())
