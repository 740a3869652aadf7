"""Reading a year's figure from its readings against counting it from the records."""

from collections.abc import Iterator

from sqlalchemy import literal, select

from ops.core.db import db
from ops.core.period import year
from ops.indicators.catalogue import metrics
from ops.indicators.evidence import foot, page
from ops.indicators.readings import read

from .measuring import Line, seconds

LEAST = 50
YEAR = year(2023)


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


def _empty_select() -> object:
    return db.session.scalar(select(literal(1)))
