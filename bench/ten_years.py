"""Evidence and packs with ten years of a canteen's seven million meals behind them, against one year."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from flask import Flask

from ops.app import create_app
from ops.core.config import Settings
from ops.core.db import db, snapshot
from ops.core.period import month
from ops.indicators.catalogue import metrics
from ops.indicators.evidence import foot
from ops.indicators.readings import read
from ops.programmes import queries
from ops.programmes.evaluation.evaluation import evaluate
from ops.programmes.packs.writing import Pack
from tests.server import serving

from .measuring import Line, seconds
from .pages import against_empty, visitor

ROOT = Path(__file__).parent.parent
OPENED = ("canteen.meals", "canteen.diners", "canteen.subsidised_diners", "programmes.paid", "vehicles.dispatches")
COUNTED = ("canteen.meals", "canteen.diners")
MOST_PAGE, MOST_PACK = 3, 5


def ratios(database: Path) -> Iterator[Line]:
    """`database`: a file with the demo years; nine more years of meals are put into a copy of it."""
    copy = database.with_name("ten-years.db")
    with sqlite3.connect(database) as old, sqlite3.connect(copy) as new:
        old.backup(new)
    one = seconds(lambda: packs(application(database)), 1)
    yield from evidence(database, "one year")
    meals = add_nine_years(copy)
    yield from evidence(copy, f"{meals:,} meals")
    ten = seconds(lambda: packs(application(copy)), 1)
    yield Line(f"six packs of a year with {meals:,} meals ÷ with one year", ten / one, MOST_PACK)


def evidence(database: Path, behind: str) -> Iterator[Line]:
    """The first page of evidence of figures of each kind, through the real server."""
    with serving(f"sqlite:///{database}", demo=True) as base:
        leader = visitor(base, "leader")
        for name in OPENED:
            ratio = against_empty(leader, f"/figures/{name}/evidence?period=2023")
            yield Line(f"{name}: first page of evidence, {behind} ÷ empty page", ratio, MOST_PAGE)


def application(database: Path) -> Flask:
    """Proofs lie where `flask prepare` has put them."""
    return create_app(Settings(ROOT / "instance", f"sqlite:///{database}", "bench", demo=True))


def packs(app: Flask) -> int:
    """The packs of the six programmes of 2023, written and thrown away: how many bytes."""
    with app.app_context(), snapshot():
        made = [Pack(evaluate(programme)) for programme in queries.programmes(2023)]
        return sum(len(piece) for pack in made for piece in pack.flow())


def add_nine_years(database: Path) -> int:
    """The meals of 2023 again in each of the nine years before, and their readings; gives the number of meals.

    A year's readings are those of 2023, as its meals are: one month is counted again to see that this is so.
    """
    with sqlite3.connect(database, isolation_level=None) as raw:
        raw.execute("PRAGMA synchronous = OFF")
        found = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'meal' AND sql IS NOT NULL"
        indexes = raw.execute(found).fetchall()
        for name, _sql in indexes:
            raw.execute(f"DROP INDEX {name}")
        for years in range(1, 10):
            raw.execute(
                "INSERT INTO meal (canteen_id, diner_id, sitting_id, day, at, amount) SELECT canteen_id, diner_id, "
                f"sitting_id, date(day, '-{years} years'), at, amount FROM meal WHERE day >= '2023-01-01'"
            )
            raw.execute(
                f"INSERT OR REPLACE INTO reading SELECT metric, date(day, '-{years} years'), scope, part, whole, "
                f"records, members FROM reading WHERE metric IN {COUNTED} AND day >= '2023-01-01'"
            )
        for _name, sql in indexes:
            raw.execute(sql)
        meals: int = raw.execute("SELECT count(*) FROM meal").fetchone()[0]
    check(database)
    return meals


def check(database: Path) -> None:
    """One month of one added year, counted from its records."""
    march = month(2017, 3)
    with application(database).app_context():
        figure, counted = read("canteen.diners", march), foot(metrics()["canteen.diners"], march, 0)
        db.engine.dispose()
    if not figure.records or (figure.part, figure.records) != (counted.part, counted.records):
        raise RuntimeError(f"the readings of the added years are not those of their meals: {figure} {counted}")
