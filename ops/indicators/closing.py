"""Closing a period: its figures stand as reported; a later change is an adjustment with reason and author."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from flask import current_app
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..core import audit, clock
from ..core.access import Actor
from ..core.db import db, hold
from ..core.errors import Rejected
from ..core.ledger import Ledger
from ..core.period import Period
from .catalogue import metrics
from .evidence import digests
from .metric import ALL, Kind, Metric
from .models import CLOSING, ROLLUP, Adjustment, ClosedFigure, Closing, Reading, RollupTurn
from .readings import Figure, read
from .rollup import refresh, share_closing
from .stale import check_days_named, write_marks


def close(period: Period, by: Actor) -> Closing:
    """Freeze every metric in every scope over the period, each with the hash of its evidence."""
    hold(RollupTurn, CLOSING)  # before ROLLUP, as settle does: the other order could wait for each other
    hold(RollupTurn, ROLLUP)
    if period.last >= clock.today():
        raise Rejected(_l("The period is not over yet: it ends on %(day)s.", day=str(period.last)), "period")
    if db.session.scalar(select(Closing.id).where(Closing.first == period.first, Closing.last == period.last)):
        raise Rejected(_l("This period is closed already."), "period")
    if obstacles := ledger().obstacles(period):
        raise Rejected(" ".join(str(each.words) for each in obstacles), "period")
    closing = Closing(first=period.first, last=period.last, closed_at=clock.now(), closed_by=by.name)
    db.session.add(closing)
    audit.record("indicators.period.closed", closing, by, period=period.key)
    refresh(upto=period.last)
    for metric in metrics().values():
        db.session.add_all(_frozen(closing, metric))
    for feature in ledger().features:
        for work in feature.on_closing:
            work(closing, by)
    return closing


def known_now(closing: Closing, metric: str, scope: int = ALL) -> tuple[Decimal, Decimal, int]:
    """(part, whole, records): as reported plus every adjustment since."""
    figure = db.session.get(ClosedFigure, (closing.id, metric, scope))
    sums = select(func.sum(Adjustment.part), func.sum(Adjustment.whole), func.sum(Adjustment.records))
    same = (Adjustment.closing_id == closing.id, Adjustment.metric == metric, Adjustment.scope == scope)
    part, whole, records = db.session.execute(sums.where(*same)).one()
    reported = (figure.part, figure.whole, figure.records) if figure else (Decimal(0), Decimal(0), 0)
    return reported[0] + (part or 0), reported[1] + (whole or 0), reported[2] + int(records or 0)


def reported(closing: Closing, metric: str, scope: int = ALL) -> Figure | None:
    """The figure as it was reported; None when the metric did not exist then."""
    row = db.session.get(ClosedFigure, (closing.id, metric, scope))
    if row is None or metric not in metrics():
        return None
    return Figure(metrics()[metric], closing.period, scope, row.part, row.whole, row.records)


def official(name: str, period: Period, scope: int = ALL) -> Figure:
    """The figure for a report: as reported where the period is closed, as counted now where it is not."""
    closing = closing_of(period)
    return (closing and reported(closing, name, scope)) or read(name, period, scope)


def closing_of(period: Period) -> Closing | None:
    return db.session.scalar(select(Closing).where(Closing.first == period.first, Closing.last == period.last))


def settle(session: Session) -> None:
    """Commit hook: mark what was touched; in a closed period it becomes an adjustment, for which a reason is owed."""
    check_days_named(session)
    marked = write_marks(session)
    if marked:
        share_closing(session)
    affected = [
        (closing, name) for closing, name in _affected(marked) if db.session.get(ClosedFigure, (closing.id, name, ALL))
    ]
    if not affected:
        return
    by = audit.last_actor(session)
    if by is None:
        raise audit.UnnamedChange("name the deed with audit.record: it changes a closed period")
    if not session.info.get("reason"):
        periods = "、".join(sorted({closing.period.label for closing, _name in affected}))
        raise Rejected(_l("%(periods)s is closed. Say why this is changed afterwards.", periods=periods), "reason")
    hold(RollupTurn, ROLLUP)  # one adjusts after the other: each sees what the one before has added
    for closing, name in affected:
        _adjust(closing, metrics()[name], session.info["reason"], by)


def _affected(marked: Iterable[tuple[str, date]]) -> list[tuple[Closing, str]]:
    found = {}
    for closing in db.session.scalars(select(Closing).order_by(Closing.id)) if marked else ():
        for name, day in marked:
            level = name in metrics() and metrics()[name].kind is Kind.LEVEL
            if day <= closing.last and (level or day >= closing.first):
                found[closing.id, name] = closing
    return [(closing, name) for (_id, name), closing in sorted(found.items(), key=lambda item: item[0])]


def _adjust(closing: Closing, metric: Metric, reason: str, by: Actor) -> None:
    """The total is adjusted even by nothing: the evidence behind it has changed, and the report says so."""
    refresh([metric.name], closing.last)
    for scope in _scopes(metric):
        now = read(metric.name, closing.period, scope)
        part, whole, records = known_now(closing, metric.name, scope)
        change = (now.part - part, now.whole - whole, now.records - records)
        if scope == ALL or any(change):
            row = Adjustment(
                closing_id=closing.id, metric=metric.name, scope=scope, reason=reason, at=clock.now(), by=by.name
            )
            row.part, row.whole, row.records = change
            db.session.add(row)


def _frozen(closing: Closing, metric: Metric) -> Iterator[ClosedFigure]:
    hashes = digests(metric, closing.period)
    for scope in _scopes(metric):
        figure = read(metric.name, closing.period, scope)
        frozen = ClosedFigure(closing_id=closing.id, metric=metric.name, scope=scope)
        frozen.part, frozen.whole, frozen.records = figure.part, figure.whole, figure.records
        frozen.evidence_hash = hashes[scope]
        yield frozen


def _scopes(metric: Metric) -> list[int]:
    known = set(db.session.scalars(select(Reading.scope).distinct().where(Reading.metric == metric.name)))
    known |= set(metric.scopes()) if metric.scopes else set()
    return sorted(known | {ALL})


def ledger() -> Ledger:
    found: Ledger = current_app.extensions["ledger"]
    return found
