"""Figures read ahead: over a period and in every scope, in a few questions for all names together."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from ..core.db import db
from ..core.once import once, remembered
from ..core.period import Period
from .catalogue import metrics
from .closing import closing_of
from .metric import ALL, Kind, Metric
from .models import Adjustment, ClosedFigure, Closing, ManualFigure, Reading, StaleDay
from .readings import LEVELS, SUMMED, SUMS, days_within
from .rollup import refresh


def read_ahead(names: Iterable[str], period: Period) -> None:
    """Within a block of `once`: what these figures came to, as known now and as reported, for all who read them."""
    with once() as answers:
        wanted = {name for name in names if name in metrics() and ("sums", name, period) not in answers}
        if not wanted:
            return
        is_writing = db.session().info.get("open")  # its marks are not written yet
        if is_writing or wanted & remembered("stale figures", _stale):
            refresh(wanted, period.last)
        closings_ahead()
        found: dict[str, dict[int, tuple[Any, ...]]] = {name: {} for name in wanted}
        for kinds in (LEVELS, SUMMED, frozenset({Kind.DISTINCT})):
            alike = [metrics()[name] for name in sorted(wanted) if metrics()[name].kind in kinds]
            if alike:
                (_members if Kind.DISTINCT in kinds else _sums)(alike, period, found)
        answers |= {("sums", name, period): by_scope for name, by_scope in found.items()}
        _reported(sorted(wanted), period, answers)


def entered_ahead(keys: Iterable[str], *periods: Period) -> None:
    """Within a block of `once`: the newest entry of each key over each period."""
    with once() as answers:
        wanted = list(keys)
        rows = select(ManualFigure).where(ManualFigure.key.in_(wanted))
        rows = rows.where(ManualFigure.first.in_([each.first for each in periods])).order_by(ManualFigure.id)
        newest = {(each.key, each.first, each.last): each for each in db.session.scalars(rows)}
        for over in periods:
            answers |= {("entered", key, over): newest.get((key, over.first, over.last)) for key in wanted}


def _stale() -> set[str]:
    return set(db.session.scalars(select(StaleDay.metric).distinct()))


def closings_ahead() -> None:
    """Within a block of `once`: every closing there is; they are few."""
    with once() as answers:
        if "closings" in answers:
            return
        found: dict[tuple[date, date], list[Closing]] = defaultdict(list)
        for each in db.session.scalars(select(Closing).order_by(Closing.number.desc())):
            found[each.first, each.last].append(each)
        answers["closings"] = dict(found)


def _sums(alike: Sequence[Metric], period: Period, found: dict[str, dict[int, tuple[Any, ...]]]) -> None:
    _name, *within = days_within(alike[0], period, ALL)
    named = Reading.metric.in_([each.name for each in alike])
    grouped = select(Reading.metric, Reading.scope, *SUMS).where(named, *within).group_by(Reading.metric, Reading.scope)
    for name, scope, *sums in db.session.execute(grouped):
        if scope != ALL:
            found[name][scope] = tuple(sums)
        found[name][ALL] = _added(found[name].get(ALL), sums)


def _added(before: tuple[Any, ...] | None, sums: Sequence[Any]) -> tuple[Any, ...]:
    if before is None:
        return tuple(sums)
    *numbers, last = (tuple(pair) for pair in zip(before, sums, strict=True))
    return (*(sum((each or 0 for each in pair), Decimal(0)) for pair in numbers), max(filter(None, last), default=None))


def _members(alike: Sequence[Metric], period: Period, found: dict[str, dict[int, tuple[Any, ...]]]) -> None:
    """Members are united, in each scope and in all."""
    columns = Reading.metric, Reading.scope, Reading.members, Reading.whole, Reading.records, Reading.day
    named = Reading.metric.in_([each.name for each in alike])
    rows = select(*columns).where(named, Reading.day >= period.first, Reading.day <= period.last)
    bits: dict[tuple[str, int], int] = defaultdict(int)
    rest: dict[tuple[str, int], tuple[Any, ...]] = {}
    for name, scope, members, whole, records, day in db.session.execute(rows):
        for each in {scope, ALL}:
            bits[name, each] |= int.from_bytes(members or b"", "little")
            rest[name, each] = _added(rest.get((name, each)), (Decimal(0), whole, records, day))
    for (name, scope), (_part, whole, records, last) in rest.items():
        found[name][scope] = Decimal(bits[name, scope].bit_count()), whole, records, last


def _reported(names: Sequence[str], period: Period, answers: dict[Any, Any]) -> None:
    """Of a closed period also what was reported, and every adjustment since."""
    closing = closing_of(period)
    if closing is None:
        return
    frozen = select(ClosedFigure).where(ClosedFigure.closing_id == closing.id, ClosedFigure.metric.in_(names))
    by_name: dict[str, dict[int, ClosedFigure]] = {name: {} for name in names}
    for row in db.session.scalars(frozen):
        by_name[row.metric][row.scope] = row
    changes: dict[str, dict[int, list[Adjustment]]] = {name: defaultdict(list) for name in names}
    adjusted = select(Adjustment).where(Adjustment.closing_id == closing.id, Adjustment.metric.in_(names))
    for each in db.session.scalars(adjusted.order_by(Adjustment.id)):
        changes[each.metric][each.scope].append(each)
    answers |= {("reported", closing.id, name): rows for name, rows in by_name.items()}
    answers |= {("adjusted", closing.id, name): rows for name, rows in changes.items()}
