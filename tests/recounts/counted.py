"""One record as a metric counts it, how records add up to a figure, and where the recount of a metric stands."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import TypeVar

from sqlalchemy import select

from ops.core.db import Base, db
from ops.core.period import Period
from ops.indicators.metric import ALL, Kind

HERE = Path(__file__).parent
Row = TypeVar("Row", bound=Base)


@dataclass(frozen=True)
class Counted:
    """`part` above the line, `whole` below it; `member` is counted once."""

    day: date
    part: Decimal | int = 1
    whole: Decimal | int = 1
    scope: int = ALL
    member: int | None = None


Sums = tuple[Decimal, Decimal, int]


def rows(model: type[Row]) -> Sequence[Row]:
    return db.session.scalars(select(model)).all()


def recount(kind: Kind, counted: Iterable[Counted], period: Period, scope: int = ALL) -> Sums:
    """(part, whole, records) of a figure, as `readings.read` gives them."""
    begun = date.min if kind is Kind.LEVEL else period.first
    found = [row for row in counted if begun <= row.day <= period.last and scope in (ALL, row.scope)]
    part = Decimal(sum(row.part for row in found))
    if kind is Kind.DISTINCT:
        part = Decimal(len({row.member for row in found}))
    if kind is Kind.LATEST:
        part = Decimal(max((row.day.toordinal() for row in found), default=0))
    return part, Decimal(sum(row.whole for row in found)), len(found)


def recount_of(metric: str) -> Callable[[], Iterable[Counted]] | None:
    """The function that counts the metric's records by hand; None when nobody has written it."""
    package, noun = metric.split(".")
    found = (getattr(module, noun, None) for module in _modules(package))
    return next((each for each in found if each and each.__module__.startswith(f"tests.recounts.{package}")), None)


def _modules(package: str) -> Iterator[object]:
    for path in (HERE / f"{package}.py", *sorted((HERE / package).rglob("*.py"))):
        if path.is_file():
            yield import_module(".".join(("tests", "recounts", *path.relative_to(HERE).with_suffix("").parts)))
