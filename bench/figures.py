"""Reading a year's figure from its readings against counting it from the records."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import insert, literal, select

from ops.core.db import db, transaction
from ops.core.period import year
from ops.indicators.catalogue import metrics
from ops.indicators.evidence import foot, page
from ops.indicators.models import StaleDay
from ops.indicators.readings import read
from ops.indicators.rollup import counted, refresh
from ops.programmes.evaluation.evaluation import evaluate
from ops.programmes.evaluation.word import word
from ops.programmes.queries import programmes

from .measuring import Line, seconds

LEAST = 50
YEAR, DAY = year(2023), date(2023, 5, 9)


def ratios() -> Iterator[Line]:
    meals = read("canteen.meals", YEAR).records
    for name in ("canteen.meals", "canteen.subsidised_diners", "canteen.diners"):
        metric = metrics()[name]
        counting = seconds(lambda metric=metric: foot(metric, YEAR, 0), 5)  # type: ignore[misc]
        reading = seconds(lambda name=name: read(name, YEAR), 25)  # type: ignore[misc]
        bound = LEAST if name != "canteen.diners" else None
        yield Line(f"{name}: counting {meals:,} meals ÷ reading the year", counting / reading, bound, at_least=True)
    listed = metrics()["canteen.meals"]
    reading = seconds(lambda: read(listed.name, YEAR))
    yield Line("canteen.meals: first page of evidence ÷ reading", seconds(lambda: page(listed, YEAR, 0, 1)) / reading)
    yield Line("canteen.meals: reading the year ÷ an empty SELECT", reading / seconds(_empty_select))


def rolled_up_and_reported() -> Iterator[Line]:
    """The nightly job over one busy day, and the six forms of the year, both against counting from the records."""
    counting = seconds(lambda: [list(counted(each, DAY, DAY)) for each in metrics().values()])
    what = f"roll-up of a day, {len(metrics())} metrics ÷ counting them from the records"
    yield Line(what, seconds(_roll_up) / counting)
    meals = seconds(lambda: foot(metrics()["canteen.meals"], YEAR, 0), 5)
    forms = seconds(lambda: [word(evaluate(each)) for each in programmes(YEAR.first.year)], 5)
    yield Line("six self-evaluations, scored and as Word ÷ counting the year's meals", forms / meals)


def _roll_up() -> None:
    with transaction():
        db.session.execute(insert(StaleDay), [{"metric": name, "day": DAY} for name in metrics()])
    refresh()


def _empty_select() -> object:
    return db.session.scalar(select(literal(1)))
