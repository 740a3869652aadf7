"""How long the slowest of sixteen who want one car in the same moment waits for an answer, on both databases."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from flask_migrate import upgrade

from ops.app import create_app
from ops.core.config import Settings
from ops.prepare import load_reference
from tests.databases import KINDS, open_databases, run_folder
from tests.races.vehicle_race import RACERS, ROUNDS, hold_race

from .measuring import Line

LONGEST_SECONDS = 1.0


def slowest_answers() -> Iterator[Line]:
    for kind in KINDS:
        with run_folder(kind) as folder, tempfile.TemporaryDirectory() as instance:
            databases = open_databases(kind, folder)
            databases.make_template(lambda url, instance=instance: _build(url, Path(instance)))  # type: ignore[misc]
            url = databases.fresh("race")
            app = create_app(Settings(Path(instance), url, "bench", demo=False))
            with app.app_context():
                race = hold_race(url)
            won = [sum(each.won for each in outcomes) for outcomes in race.rounds]
            if won != [1] * ROUNDS:
                raise RuntimeError(f"not one winner in each round: {won}")
            print(f"        {kind}: {race}")
            what = f"{kind}: slowest answer of {RACERS} for one car, {ROUNDS} rounds ÷ one second"
            yield Line(what, race.worst / LONGEST_SECONDS, 1)
            databases.close()


def _build(url: str, instance: Path) -> None:
    with create_app(Settings(instance, url, "bench", demo=False)).app_context():
        upgrade()
        load_reference()
