"""Reads for the pages of figures."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import current_app, url_for
from sqlalchemy import distinct, extract, func, select

from ..core import clock
from ..core.access import Actor
from ..core.db import db
from ..core.feature import Todo
from ..core.ledger import Ledger
from ..core.period import Period, parse, year
from .catalogue import metrics
from .closing import closing_of, known_now, reported
from .metric import ALL, Metric
from .models import Adjustment, Closing, ManualFigure, Reading
from .readings import Figure, by_scope, read_many


def todos(actor: Actor, day: date) -> list[Todo]:
    return _ledger().todos(actor, day)


def headlines(actor: Actor, over: Period) -> list[Figure]:
    """The figures that the actor's roles answer for."""
    return read_many(_ledger().headlines(actor), over)


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
    of = extract("year", Reading.day)
    counted = select(of, func.count(distinct(Reading.metric))).where(Reading.day <= clock.today()).group_by(of)
    figures = {int(year_of): count for year_of, count in db.session.execute(counted)}
    full = [year_of for year_of, count in figures.items() if count * 2 >= max(figures.values())]
    return [year(year_of) for year_of in sorted(full, reverse=True) or [clock.today().year]]


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


def adjustments(metric: Metric, over: Period, scope: int) -> Sequence[Adjustment]:
    """What changed after the period was closed."""
    closing = closing_of(over)
    if closing is None:
        return []
    same = (Adjustment.closing_id == closing.id, Adjustment.metric == metric.name, Adjustment.scope == scope)
    return db.session.scalars(select(Adjustment).where(*same).order_by(Adjustment.id)).all()


def closed_lines(closing: Closing, actor: Actor) -> list[dict[str, Any]]:
    """For each figure of a closed period: as reported, as known now, and the adjustments between."""
    lines = []
    for name, metric in metrics().items():
        figure = reported(closing, name)
        if figure and actor.may(metric.needs):
            now = Figure(metric, closing.period, ALL, *known_now(closing, name))
            lines.append(
                {
                    "metric": metric,
                    "reported": figure,
                    "now": now,
                    "adjustments": adjustments(metric, closing.period, ALL),
                }
            )
    return lines


def manual_entries(key: str, over: Period) -> Sequence[ManualFigure]:
    same = (ManualFigure.key == key, ManualFigure.first == over.first, ManualFigure.last == over.last)
    return db.session.scalars(select(ManualFigure).where(*same).order_by(ManualFigure.id.desc())).all()


def closings() -> Sequence[Closing]:
    return db.session.scalars(select(Closing).order_by(Closing.first.desc(), Closing.last)).all()


def _ledger() -> Ledger:
    found: Ledger = current_app.extensions["ledger"]
    return found
