"""Reading figures: a period is summed from its days' readings, never from the records, and is exact when read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import reduce
from operator import or_
from typing import Any

from flask_babel import format_decimal, gettext
from sqlalchemy import ColumnElement, func, select

from ..core.db import db
from ..core.once import held
from ..core.period import Period
from .catalogue import metrics
from .metric import ALL, Kind, Metric
from .models import Reading
from .rollup import refresh

LEVELS = frozenset({Kind.LEVEL})
SUMMED = frozenset(Kind) - LEVELS - {Kind.DISTINCT}
NOTHING = (None, None, None, None)
SUMS = (func.sum(Reading.part), func.sum(Reading.whole), func.sum(Reading.records), func.max(Reading.day))


@dataclass(frozen=True)
class Figure:
    """What a metric came to over a period in a scope: the sums `part` and `whole`, and the number of `records` behind.

    For distinct `part` is the number of members, and `members` has those of each day as bits; for latest `part` is the
    proleptic ordinal of the day.
    """

    metric: Metric
    period: Period
    scope: int
    part: Decimal
    whole: Decimal
    records: int
    members: Mapping[date, int] = field(default_factory=dict, compare=False, repr=False)

    @property
    def value(self) -> Decimal | None:
        """The figure in its unit; None is no data, which is not zero. A ratio is unrounded."""
        if not self.records or (self.metric.kind is Kind.RATIO and not self.whole):
            return None
        return self.part / self.whole * self.metric.factor if self.metric.kind is Kind.RATIO else self.part

    @property
    def day(self) -> date | None:
        return date.fromordinal(int(self.part)) if self.metric.kind is Kind.LATEST and self.records else None

    @property
    def text(self) -> str:
        """As shown: rounded half up to two places for a ratio, to the metric's places otherwise."""
        if self.value is None:
            return str(gettext("no data"))
        if self.metric.kind is Kind.LATEST:
            return str(self.day)
        places = 2 if self.metric.kind is Kind.RATIO else self.metric.places
        rounded = self.value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        return str(format_decimal(rounded, format="#,##0." + "0" * places if places else "#,##0"))

    @property
    def unit(self) -> str:
        return str(self.metric.unit) if self.value is not None else ""


def read(name: str, period: Period, scope: int = ALL) -> Figure:
    """The figure of one metric. Stale days are counted again first."""
    return read_many([name], period, scope)[0]


def read_many(names: Sequence[str], period: Period, scope: int = ALL) -> list[Figure]:
    """One figure for each name, with one question for all whose days add up alike; none for what was read ahead."""
    ahead = [held(("sums", name, period)) for name in names]
    if all(each is not None for each in ahead):
        pairs = zip(names, ahead, strict=True)
        return [_figure(metrics()[name], period, scope, *each.get(scope, NOTHING)) for name, each in pairs]
    refresh(names, period.last)
    found = [metrics()[name] for name in names]
    alike = [[each for each in found if each.kind in kinds] for kinds in (LEVELS, SUMMED)]
    sums = {name: row for group in alike if group for name, *row in _grouped(group, period, scope)}
    return [
        _sum(each, period, scope)
        if each.kind is Kind.DISTINCT
        else _figure(each, period, scope, *sums.get(each.name, NOTHING))
        for each in found
    ]


def _grouped(group: Sequence[Metric], period: Period, scope: int) -> Iterable[Any]:
    """Name and sums of metrics that look back equally far."""
    _name, *within = days_within(group[0], period, scope)
    named = Reading.metric.in_([each.name for each in group])
    return db.session.execute(select(Reading.metric, *SUMS).where(named, *within).group_by(Reading.metric))


def series(name: str, periods: Sequence[Period], scope: int = ALL) -> list[Figure]:
    """One figure for each period: the curve of a year by its months."""
    refresh([name], max(period.last for period in periods))
    return [_sum(metrics()[name], period, scope) for period in periods]


def by_scope(name: str, period: Period) -> dict[int, Figure]:
    """The figure in each scope that has readings up to the period's end."""
    refresh([name], period.last)
    metric = metrics()[name]
    within = days_within(metric, period, ALL)
    if metric.kind is Kind.DISTINCT:  # members of each scope have to be united one by one
        scopes = db.session.scalars(select(Reading.scope).distinct().where(*within).order_by(Reading.scope))
        return {scope: _sum(metric, period, scope) for scope in scopes}
    grouped = select(Reading.scope, *SUMS).where(*within).group_by(Reading.scope).order_by(Reading.scope)
    found = {scope: _figure(metric, period, scope, *sums) for scope, *sums in db.session.execute(grouped)}
    # records of no scope stand under ALL, and ALL is the figure of all
    return {scope: _sum(metric, period, ALL) if scope == ALL else figure for scope, figure in found.items()}


def _sum(metric: Metric, period: Period, scope: int) -> Figure:
    within = days_within(metric, period, scope)
    part, whole, records, last = db.session.execute(select(*SUMS).where(*within)).one()
    members = members_by_day(within) if metric.kind is Kind.DISTINCT else {}
    figure = _figure(metric, period, scope, part, whole, records, last)
    return replace(figure, part=Decimal(_united(members).bit_count()), members=members) if members else figure


def _united(members: Mapping[date, int]) -> int:
    return reduce(or_, members.values(), 0)


def _figure(metric: Metric, period: Period, scope: int, part: Any, whole: Any, records: Any, last: Any) -> Figure:
    if metric.kind is Kind.LATEST:
        part = Decimal(last.toordinal()) if last else Decimal(0)
    return Figure(metric, period, scope, part or Decimal(0), whole or Decimal(0), int(records or 0))


def days_within(metric: Metric, period: Period, scope: int) -> list[ColumnElement[bool]]:
    """A level looks back to the beginning; every other kind only at the period."""
    from_first = [] if metric.kind is Kind.LEVEL else [Reading.day >= period.first]
    of_scope = [] if scope == ALL else [Reading.scope == scope]
    return [Reading.metric == metric.name, Reading.day <= period.last, *from_first, *of_scope]


def members_by_day(within: Sequence[ColumnElement[bool]]) -> dict[date, int]:
    """The members of each day that has any, as bits, in order of the days."""
    found: dict[date, int] = {}
    for day, members in db.session.execute(select(Reading.day, Reading.members).where(*within).order_by(Reading.day)):
        found[day] = found.get(day, 0) | int.from_bytes(members or b"", "little")
    return found
