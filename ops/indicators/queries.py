"""Reads for the pages of figures."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from flask import current_app, url_for
from sqlalchemy import CTE, ColumnElement, Select, case, distinct, func, select

from ..core import clock
from ..core.access import Actor
from ..core.db import db
from ..core.feature import Todo
from ..core.ledger import Ledger
from ..core.once import held
from ..core.period import Period, parse, year
from .ahead import read_ahead
from .catalogue import metrics
from .closing import closing_of
from .metric import ALL, Metric
from .models import Adjustment, ClosedFigure, Closing, LateDecision, ManualFigure, Reading
from .readings import Figure, by_scope, read_many

ANY_KEY = 9_876_543_210  # a key in whose place others are written


def todos(actor: Actor, day: date) -> list[Todo]:
    return _ledger().todos(actor, day)


def headlines(actor: Actor, over: Period) -> list[Figure]:
    """The figures that the actor's roles answer for."""
    names = _ledger().headlines(actor)
    read_ahead(names, over)
    return read_many(names, over)


def groups(actor: Actor, over: Period) -> list[tuple[object, list[Figure]]]:
    """Every figure the actor may see, under the feature that publishes it."""
    found = []
    for feature in _ledger().features:
        names = [metric.name for metric in feature.publishes if actor.may(metric.needs)]
        if names:
            found.append((feature.label, read_many(names, over)))
    return found


def chosen_period(key: str | None) -> Period:
    """The period that an address asks for; the current year without one."""
    return parse(key) if key else current_year()


def current_year() -> Period:
    """This year; while it has hardly a reading yet, the latest year that counts."""
    return periods()[0]


def periods() -> list[Period]:
    """The years in which at least half the usual figures have readings, newest first; never none."""
    today, names = clock.today(), _metrics_read()
    since = select(func.min(Reading.day)).where(Reading.metric == names.c.metric).scalar_subquery()
    oldest = db.session.scalar(select(func.min(since)).select_from(names))
    years = [year(each) for each in range(today.year, oldest.year - 1 if oldest else today.year, -1)]
    if not years:
        return [year(today.year)]
    counts = [func.sum(case((_is_read(names, each, today), 1), else_=0)) for each in years]
    figures = db.session.execute(select(*counts).select_from(names)).one()
    full = [each for each, count in zip(years, figures, strict=True) if count and count * 2 >= max(figures)]
    return full or [year(today.year)]


def _metrics_read() -> CTE:
    """The names of the metrics that have readings: one look into the index for each, never a walk over the days."""
    first = select(func.min(Reading.metric).label("metric")).cte("metrics_read", recursive=True)
    following = select(func.min(Reading.metric)).where(Reading.metric > first.c.metric).scalar_subquery()
    return first.union_all(select(following).where(first.c.metric.is_not(None)))


def _is_read(names: CTE, over: Period, today: date) -> ColumnElement[bool]:
    within = Reading.day.between(over.first, min(over.last, today))
    return select(Reading.day).where(Reading.metric == names.c.metric, within).exists()


def scoped(metric: Metric, over: Period) -> list[tuple[int, str, Figure]]:
    """The figure in each of its scopes, by label."""
    if metric.scopes is None:
        return []
    labels = metric.scopes()
    return [(scope, labels.get(scope, str(scope)), figure) for scope, figure in by_scope(metric.name, over).items()]


def scope_label(metric: Metric, scope: int) -> str:
    return metric.scopes().get(scope, "") if metric.scopes and scope != ALL else ""


def curve(months: Sequence[Figure]) -> dict[str, Any]:
    """The months as a chart whose marks open their evidence; a month without data is a gap, not a zero."""
    points = [
        {"value": None if each.value is None else float(each.value), "url": evidence_url(each)} for each in months
    ]
    metric = months[0].metric
    categories = [each.period.label for each in months]
    line = {"name": str(metric.label), "data": points}
    return {"type": "line", "categories": categories, "series": [line], "unit": str(metric.unit)}


def evidence_url(figure: Figure) -> str:
    return url_for(
        "indicators.figure_evidence", name=figure.metric.name, period=figure.period.key, scope=figure.scope or None
    )


def record_urls(metric: Metric) -> Callable[[int, date], str]:
    """The address of a record's page by its key, and by the day where it counts on many.

    Built once, for building it costs more than reading the record.
    """
    pattern = url_for(metric.record, id=ANY_KEY) if metric.record else ""
    return lambda key, day: pattern.replace(str(ANY_KEY), str(key)) + (f"?day={day}" if metric.by_day else "")


def adjustments(metric: Metric, over: Period, scope: int) -> Sequence[Adjustment]:
    """What changed after the period was closed."""
    closing = closing_of(over)
    if closing is None:
        return []
    ahead: Mapping[int, Sequence[Adjustment]] | None = held(("adjusted", closing.id, metric.name))
    if ahead is not None:
        return ahead.get(scope, ())
    same = (Adjustment.closing_id == closing.id, Adjustment.metric == metric.name, Adjustment.scope == scope)
    return db.session.scalars(select(Adjustment).where(*same).order_by(Adjustment.id)).all()


def closed_lines(closing: Closing, actor: Actor) -> list[dict[str, Any]]:
    """For each figure of a closed period: as reported, as known now, the adjustments between; changed ones first."""
    frozen = {row.metric: row for row in db.session.scalars(_of(ClosedFigure, closing))}
    changes: dict[str, list[Adjustment]] = {}
    for each in db.session.scalars(_of(Adjustment, closing).order_by(Adjustment.id)):
        changes.setdefault(each.metric, []).append(each)
    lines = [
        _line(closing, metric, frozen[name], changes.get(name, []))
        for name, metric in metrics().items()
        if name in frozen and actor.may(metric.needs)
    ]
    return sorted(lines, key=lambda line: not line["adjustments"])


def _of(model: type[Any], closing: Closing) -> Select[Any]:
    return select(model).where(model.closing_id == closing.id, model.scope == ALL)


def _line(closing: Closing, metric: Metric, frozen: ClosedFigure, changes: list[Adjustment]) -> dict[str, Any]:
    part = frozen.part + sum((each.part for each in changes), Decimal(0))
    whole = frozen.whole + sum((each.whole for each in changes), Decimal(0))
    records = frozen.records + sum(each.records for each in changes)
    return {
        "metric": metric,
        "reported": Figure(metric, closing.period, ALL, frozen.part, frozen.whole, frozen.records),
        "now": Figure(metric, closing.period, ALL, part, whole, records),
        "adjustments": changes,
        "hash": frozen.evidence_hash,
    }


def late_decisions(closing: Closing) -> Sequence[LateDecision]:
    """What was decided otherwise after the closing, oldest first."""
    rows = select(LateDecision).where(LateDecision.closing_id == closing.id).order_by(LateDecision.id)
    return db.session.scalars(rows).all()


def adjusted_counts() -> dict[int, int]:
    """{closing: how many of its figures were adjusted since}."""
    counts = select(Adjustment.closing_id, func.count(distinct(Adjustment.metric))).group_by(Adjustment.closing_id)
    return {row[0]: row[1] for row in db.session.execute(counts)}


def manual_entries(key: str, over: Period) -> Sequence[ManualFigure]:
    same = (ManualFigure.key == key, ManualFigure.first == over.first, ManualFigure.last == over.last)
    return db.session.scalars(select(ManualFigure).where(*same).order_by(ManualFigure.id.desc())).all()


def closings() -> Sequence[Closing]:
    newest = (Closing.first.desc(), Closing.last, Closing.number.desc())
    return db.session.scalars(select(Closing).order_by(*newest)).all()


def _ledger() -> Ledger:
    found: Ledger = current_app.extensions["ledger"]
    return found
