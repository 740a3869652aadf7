"""Many figures at once, from the first of January to the end of each month: a handful of statements for all of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import accumulate
from typing import Any

from sqlalchemy import and_, extract, func, or_, select

from ..core.db import db
from ..core.period import Period, year
from .catalogue import metrics
from .metric import ALL, Kind
from .models import Reading
from .readings import Figure
from .rollup import refresh

Key = tuple[str, int]  # metric, scope


@dataclass(frozen=True)
class Sum:
    """What the days of a month, or of several, came to."""

    part: Decimal = Decimal(0)
    whole: Decimal = Decimal(0)
    records: int = 0
    last: date | None = None
    members: int = 0

    def __add__(self, other: "Sum") -> "Sum":
        last = max(filter(None, (self.last, other.last)), default=None)
        return Sum(
            self.part + other.part,
            self.whole + other.whole,
            self.records + other.records,
            last,
            self.members | other.members,
        )


def by_months(wanted: Collection[Key], of: int) -> dict[Key, list[Figure]]:
    """For each (metric, scope) its twelve figures of the year: 1 January to the end of each month."""
    names = sorted({name for name, _scope in wanted if name in metrics()})
    if not names:
        return {}
    refresh(names, year(of).last)
    sums = _sums(names, {scope for _name, scope in wanted}, of)
    return {key: _figures(key, sums[key], of) for key in wanted if key[0] in metrics()}


def _figures(key: Key, months: dict[int, Sum], of: int) -> list[Figure]:
    metric, first = metrics()[key[0]], year(of).first
    so_far = list(accumulate(months.get(month, Sum()) for month in range(13)))[1:]
    return [
        Figure(metric, Period(first, month.last), key[1], _part(metric.kind, each), each.whole, each.records)
        for month, each in zip(year(of).months(), so_far, strict=True)
    ]


def _part(kind: Kind, found: Sum) -> Decimal:
    if kind is Kind.DISTINCT:
        return Decimal(found.members.bit_count())
    if kind is Kind.LATEST:
        return Decimal(found.last.toordinal() if found.last else 0)
    return found.part


def _sums(names: Iterable[str], scopes: Collection[int], of: int) -> defaultdict[Key, dict[int, Sum]]:
    """Month → sum for each key; what a level had before the year stands under month 0."""
    found: defaultdict[Key, dict[int, Sum]] = defaultdict(dict)
    for scope, metric, month, summed in _rows(names, scopes, of):
        for key in {(metric, scope), (metric, ALL)}:
            found[key][month] = found[key].get(month, Sum()) + summed
    return found


def _rows(names: Iterable[str], scopes: Collection[int], of: int) -> Iterable[tuple[int, str, int, Sum]]:
    distinct = [name for name in names if metrics()[name].kind is Kind.DISTINCT]
    within = _within(names, of)
    if ALL not in scopes:
        within = and_(within, Reading.scope.in_(scopes))
    of_year, of_month = extract("year", Reading.day), extract("month", Reading.day)
    sums = (func.sum(Reading.part), func.sum(Reading.whole), func.sum(Reading.records), func.max(Reading.day))
    grouped = select(Reading.scope, Reading.metric, of_year, of_month, *sums).where(within)
    for scope, metric, year_of, month, part, whole, records, last in db.session.execute(
        grouped.group_by(Reading.scope, Reading.metric, of_year, of_month)
    ):
        place = int(month) if int(year_of) == of else 0
        yield scope, metric, place, Sum(part, whole, int(records), last)
    if distinct:
        sets = select(Reading.scope, Reading.metric, Reading.day, Reading.members).where(within)
        for scope, metric, day, members in db.session.execute(sets.where(Reading.metric.in_(distinct))):
            yield scope, metric, day.month, Sum(members=int.from_bytes(members or b"", "little"))


def _within(names: Iterable[str], of: int) -> Any:
    """A level looks back to the beginning; every other kind only at the year."""
    levels = [name for name in names if metrics()[name].kind is Kind.LEVEL]
    whole = and_(Reading.metric.in_(list(names)), Reading.day <= year(of).last)
    return and_(whole, or_(Reading.day >= year(of).first, Reading.metric.in_(levels)))
