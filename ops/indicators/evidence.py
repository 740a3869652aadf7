"""Evidence: the rows of the very SELECT that is counted; what is shown adds up to the figure."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, distinct, func, select

from ..core.db import db
from ..core.period import Period
from .metric import ALL, Kind, Metric
from .models import Reading
from .readings import Figure, days_within, read

PER_PAGE = 40


@dataclass(frozen=True)
class Row:
    """One record behind a figure (for distinct: one member, with the first of its records and on how many days)."""

    record_id: int
    day: date
    label: str
    part: Decimal
    whole: Decimal
    days: int = 1


@dataclass(frozen=True)
class Foot:
    """What the whole list adds up to; `rows` is its length."""

    part: Decimal
    whole: Decimal
    records: int
    rows: int


def page(metric: Metric, period: Period, scope: int, number: int, per_page: int = PER_PAGE) -> list[Row]:
    """One page of the list, in order of day and record; of members (distinct) in order of their number."""
    return page_of(read(metric.name, period, scope), number, per_page)


def page_of(figure: Figure, number: int, per_page: int = PER_PAGE) -> list[Row]:
    """One page of the list behind a figure that was just read.

    The readings tell on which days the page lies, so that only these are looked at: the first page of seven million
    records costs as much as that of seven.
    """
    metric, period, scope, offset = figure.metric, figure.period, figure.scope, (number - 1) * per_page
    if metric.kind is Kind.DISTINCT:
        return list(_members_page(figure, offset, per_page))
    if metric.kind in (Kind.LEVEL, Kind.LATEST):
        statement = _listed(metric, period, scope).limit(per_page).offset(offset)
    else:
        days, before = _days_of(metric, period, scope, offset, per_page)
        statement = _listed(metric, days, scope).limit(per_page).offset(offset - before)
    return [Row(*row) for row in db.session.execute(statement)]


def foot_of(figure: Figure) -> Foot:
    """What the list adds up to, from the readings: exact, and quick however long the list is."""
    rows = figure.records
    if figure.metric.kind is Kind.DISTINCT:
        rows = int(figure.part)
    elif figure.metric.kind is Kind.LEVEL:
        rows = _count(_listed(figure.metric, figure.period, figure.scope))
    return Foot(figure.part, figure.whole, figure.records, rows)


def foot(metric: Metric, period: Period, scope: int) -> Foot:
    """The sums of the whole list, counted from the records themselves and not from readings."""
    rows = _within(metric, period, scope).subquery()
    count = distinct(rows.c.member) if metric.kind is Kind.DISTINCT else rows.c.record_id
    sums = select(func.sum(rows.c.part), func.sum(rows.c.whole), func.count(), func.count(count), func.max(rows.c.day))
    part, whole, records, listed, last = db.session.execute(sums).one()
    if metric.kind is Kind.DISTINCT:
        part = listed
    elif metric.kind is Kind.LATEST:
        part = last.toordinal() if last else 0
    elif metric.kind is Kind.LEVEL:
        listed = _count(_listed(metric, period, scope))
    return Foot(Decimal(part or 0), Decimal(whole or 0), records, listed)


def _days_of(metric: Metric, period: Period, scope: int, offset: int, size: int) -> tuple[Period, int]:
    """The days that hold the records offset … offset + size of the list, and how many records lie before them."""
    within = days_within(metric, period, scope)
    counts = select(Reading.day, func.sum(Reading.records)).where(*within).group_by(Reading.day).order_by(Reading.day)
    first, before, seen = period.first, 0, 0
    for day, records in db.session.execute(counts):
        if seen <= offset:
            first, before = day, seen
        seen += int(records)
        if seen >= offset + size:
            return Period(first, day), before
    return Period(first, period.last), before


def _members_page(figure: Figure, offset: int, size: int) -> Iterator[Row]:
    """The members offset … offset + size, with the first of their records and on how many days they have one.

    The days' bit sets tell on which days a member counts, so that only the first of them is looked up.
    """
    numbers = _numbers(reduce(or_, figure.members.values(), 0), offset, size)
    on = _days_on(figure.members, numbers)
    firsts = {of_member[0] for of_member in on.values()}
    shown = _within(
        figure.metric, figure.period, figure.scope, lambda row: and_(row.member.in_(numbers), row.day.in_(firsts))
    )
    rows = shown.subquery()
    columns = (rows.c.member, rows.c.day, rows.c.record_id, rows.c.label)
    found: dict[int, Row] = {}
    for member, day, record_id, label in db.session.execute(
        select(*columns).order_by(rows.c.member, rows.c.day, rows.c.record_id)
    ):
        found.setdefault(member, Row(record_id, day, label, Decimal(1), Decimal(1), len(on[member])))
    yield from (found[number] for number in numbers)


def _days_on(days: Mapping[date, int], numbers: Sequence[int]) -> dict[int, list[date]]:
    """On which days each of the members counts. The others' bits are cut off first: short numbers shift quickly."""
    least, most = min(numbers, default=0), max(numbers, default=0)
    near = [(day, (bits >> least) & ((1 << most - least + 1) - 1)) for day, bits in days.items()]
    return {number: [day for day, bits in near if bits >> (number - least) & 1] for number in numbers}


def _numbers(bits: int, offset: int, size: int) -> list[int]:
    """The places of the set bits offset … offset + size, from the lowest."""
    numbers: list[int] = []
    while bits and len(numbers) < offset + size:
        lowest = bits & -bits
        numbers.append(lowest.bit_length() - 1)
        bits ^= lowest
    return numbers[offset:]


def _within(
    metric: Metric, period: Period, scope: int, only: Callable[[Any], ColumnElement[bool]] | None = None
) -> Select[Any]:
    rows = metric.rows
    statement = select(rows).where(rows.c.day <= period.last, *([only(rows.c)] if only else []))
    if metric.kind is not Kind.LEVEL:
        statement = statement.where(rows.c.day >= period.first)
    return statement if scope == ALL else statement.where(rows.c.scope == scope)


def _listed(metric: Metric, period: Period, scope: int) -> Select[Any]:
    """What a reader sees: what still stands for a level, every row otherwise."""
    rows = _within(metric, period, scope).subquery()
    plain = (rows.c.record_id, rows.c.day, rows.c.label, rows.c.part, rows.c.whole)
    if metric.kind is Kind.LEVEL:
        standing = (
            rows.c.record_id,
            func.min(rows.c.day).label("day"),
            func.min(rows.c.label),
            func.sum(rows.c.part),
            func.sum(rows.c.whole),
        )
        kept = select(*standing).group_by(rows.c.record_id).having(func.sum(rows.c.part) != 0)
        return kept.order_by("day", rows.c.record_id)
    if metric.kind is Kind.LATEST:
        return select(*plain).order_by(rows.c.day.desc(), rows.c.record_id)
    return select(*plain).order_by(rows.c.day, rows.c.record_id)


def _count(statement: Select[Any]) -> int:
    return db.session.scalar(select(func.count()).select_from(statement.subquery())) or 0
