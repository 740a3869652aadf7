"""The metric contract: one SELECT says which records count, on which day, in which scope, for how much."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

from sqlalchemy import Integer, Select, Subquery, cast, inspect, literal, null, select

from ..core.period import Period

ALL = 0


class Kind(StrEnum):
    """How the days of a metric add up to a period."""

    COUNT = "count"  # Σ part
    AMOUNT = "amount"  # Σ part, an exact decimal
    RATIO = "ratio"  # Σ part ÷ Σ whole × the metric's factor (percent by default); never an average of averages
    DISTINCT = "distinct"  # how many different members in the period
    LEVEL = "level"  # as of the last day: Σ of the signed changes up to it
    LATEST = "latest"  # the last day on which a record counts


@dataclass(frozen=True)
class Watch:
    """Which of a metric's days a write to `model` makes stale.

    `columns`: date columns of the row, before and after the write. `days`: else a function from the row to its days.
    """

    model: type[Any]
    columns: tuple[str, ...] = ()
    days: Callable[[Any], Iterable[date]] | None = None

    def touched(self, row: Any) -> set[date]:
        if self.days is not None:
            return {day for day in self.days(row) if day is not None}
        found: set[date] = set()
        for name in self.columns:
            history = inspect(row).attrs[name].history
            found.update(day for day in (getattr(row, name), *history.deleted, *history.added) if day is not None)
        return found


@dataclass(frozen=True)
class Guard:
    """A decision that a report rests on without being counted (a binding, a cause of deviation).

    A write to `model` after a closing that contains the row's `period` needs a reason and is shown with the report.
    `words` says what the decision is.
    """

    model: type[Any]
    period: Callable[[Any], Period | None]
    words: object


@dataclass(frozen=True)
class Metric:
    """统计口径: what a figure counts.

    `select` gives rows with the columns of `counting`. `scopes` gives id → label of what the figure can be narrowed to
    (a canteen, a programme); without it every row has scope 0. `record`: endpoint that shows a counted record by `id`;
    `by_day`: it takes the day too, for the record counts on many.
    `needs`: the permission to see the figure and its evidence. `factor`: a ratio is part ÷ whole × factor: 100 for
    percent and for litres per 100 km, 1 for yuan per km.
    """

    name: str
    label: object
    definition: object
    kind: Kind
    unit: object
    select: Callable[[], Select[Any]]
    watches: tuple[Watch, ...]
    needs: str
    record: str | None = None
    by_day: bool = False
    scopes: Callable[[], Mapping[int, str]] | None = field(default=None)
    places: int = 0
    factor: int = 100

    @cached_property
    def rows(self) -> Subquery:
        """What `select` gives, as a table to ask; built once, for that takes longer than asking many a question of it.

        So `select` says the same whenever it is called: it looks at neither the clock nor the database.
        """
        return self.select().subquery()


def counting(
    *, record_id: Any, day: Any, label: Any, part: Any = 1, whole: Any = 1, scope: Any = ALL, member: Any = None
) -> Select[Any]:
    """The columns of a metric's SELECT.

    record_id: the record's integer key; day: its business day; label: what a person recognises it by;
    part: what it adds (above the line); whole: what it adds below the line (ratio);
    member: integer identity that is counted once (distinct).
    """
    named = {
        "record_id": record_id,
        "day": day,
        "scope": scope,
        "part": part,
        "whole": whole,
        "member": member,
        "label": label,
    }
    return select(*(_column(value).label(name) for name, value in named.items()))


def _column(value: Any) -> Any:
    if value is None:
        return cast(null(), Integer)
    return literal(value) if isinstance(value, int | str) else value
