"""Closing a period: its figures stand as reported; a later change is an adjustment with reason and author.

A period can be opened again, and closed once more: each closing keeps what it reported, and is adjusted ever after.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from flask import current_app
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, inspect, select
from sqlalchemy.orm import Session

from ..core import audit, clock
from ..core.access import Actor
from ..core.db import db, hold
from ..core.errors import Rejected
from ..core.ledger import Ledger
from ..core.once import held
from ..core.period import Period
from . import digests
from .catalogue import catalogue, metrics
from .metric import ALL, Kind, Metric
from .models import CLOSING, ROLLUP, Adjustment, ClosedFigure, Closing, LateDecision, Reading, Reopening, RollupTurn
from .readings import Figure, read
from .rollup import refresh, share_closing
from .stale import check_days_named, write_marks

_EVERY = select(Closing).order_by(Closing.id)
_LAST = select(func.max(Closing.last))


def close(period: Period, by: Actor) -> Closing:
    """Freeze every metric in every scope over the period, each with the hash of its evidence."""
    hold(RollupTurn, CLOSING)  # before ROLLUP, as settle does: the other order could wait for each other
    hold(RollupTurn, ROLLUP)
    check_closable(period)
    if obstacles := ledger().obstacles(period):
        raise Rejected(" ".join(str(each.words) for each in obstacles), "period")
    closing = Closing(first=period.first, last=period.last, number=len(closings_of(period)) + 1)
    closing.closed_at, closing.closed_by = clock.now(), by.name
    db.session.add(closing)
    audit.record("indicators.period.closed", closing, by, period=period.key)
    db.session.info.setdefault("closed_here", set()).add(closing.id)  # what was decided before it is not late
    digests.prepare(period)
    for metric in metrics().values():
        db.session.add_all(_frozen(closing, metric))
    for feature in ledger().features:
        for work in feature.on_closing:
            work(closing, by)
    return closing


def check_closable(period: Period) -> None:
    """Over, and not closed."""
    if period.last >= clock.today():
        raise Rejected(_l("The period is not over yet: it ends on %(day)s.", day=str(period.last)), "period")
    if closing_of(period):
        raise Rejected(_l("This period is closed already."), "period")


def reopen(closing: Closing, reason_given: str, by: Actor) -> Reopening:
    """Open the period again: changes need no reason until it is closed anew; what was reported stays as it was."""
    hold(RollupTurn, CLOSING)
    hold(Closing, closing.id)
    if db.session.get(Reopening, closing.id):
        raise Rejected(_l("This closing has been opened again already."))
    row = Reopening(closing_id=closing.id, reason=reason_given.strip(), at=clock.now(), by=by.name)
    db.session.add(row)
    audit.record("indicators.period.reopened", closing, by, period=closing.period.key)
    return row


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
    ahead = held(("reported", closing.id, metric))
    row = db.session.get(ClosedFigure, (closing.id, metric, scope)) if ahead is None else ahead.get(scope)
    if row is None or metric not in metrics():
        return None
    return Figure(metrics()[metric], closing.period, scope, row.part, row.whole, row.records)


def official(name: str, period: Period, scope: int = ALL) -> Figure:
    """The figure for a report: as reported where the period is closed, as counted now where it is not."""
    closing = closing_of(period)
    return (closing and reported(closing, name, scope)) or read(name, period, scope)


def closing_of(period: Period) -> Closing | None:
    """The closing of exactly this period that is in force; None when it is open, or open again."""
    return next((each for each in closings_of(period) if each.reopening is None), None)


def closings_of(period: Period) -> Sequence[Closing]:
    """Every closing of the period, the newest first."""
    same = (Closing.first == period.first, Closing.last == period.last)
    rows = select(Closing).order_by(Closing.number.desc())
    every = held("closings")
    return db.session.scalars(rows.where(*same)).all() if every is None else every.get((period.first, period.last), [])


def settle(session: Session) -> None:
    """Commit hook: mark what was touched; in a closed period it becomes an adjustment, for which a reason is owed.

    So does a decision that a closed report rests on; it is kept as such, for it has no figure.
    """
    check_days_named(session)
    marked = write_marks(session)
    if _writes(session, marked):
        share_closing(session)
    closings = _closings_met(session, marked)
    adjusted = [(closing, name) for closing in closings for name in _touched(closing, marked)]
    before = [each for each in closings if each.id not in session.info.get("closed_here", ())]
    decided = list(_decided(session, before))
    if not adjusted and not decided:
        return
    by = audit.last_actor(session)
    if by is None:
        raise audit.UnnamedChange("name the deed with audit.record: it changes a closed period")
    reason = session.info.get("reason")
    _check_reason(reason, [closing for closing, _what in (*adjusted, *decided)])
    for closing, (record, words) in decided:
        why = reason or _opened_because(closing)
        late = LateDecision(closing_id=closing.id, record=record, words=words, reason=why, at=clock.now(), by=by.name)
        session.add(late)
    if adjusted:
        hold(RollupTurn, ROLLUP)  # one adjusts after the other: each sees what the one before has added
    for closing, name in adjusted:
        _adjust(closing, metrics()[name], reason or _opened_because(closing), by)


def redefine(metric: Metric, days: Iterable[date], by: Actor) -> None:
    """It counts otherwise now: what was reported stays, and where it would come out differently an adjustment says why.

    Call after the days are marked, in the transaction that marked them.
    """
    share_closing(db.session())
    marked = {(metric.name, day) for day in days}
    closings = db.session.scalars(_EVERY).all()
    if told := [closing for closing in closings if _touched(closing, marked)]:
        hold(RollupTurn, ROLLUP)
        for closing in told:
            _adjust(closing, metric, str(_l("The definition of the figure changed.")), by, only_differing=True)
        audit.record("indicators.metric.redefined", f"metric:{metric.name}", by, closings=len(told))


def _closings_met(session: Session, marked: set[tuple[str, date]]) -> Sequence[Closing]:
    """What the deed may change of closed periods: mostly it is of a day after all of them."""
    if not _writes(session, marked):
        return ()
    last = session.connection().scalar(_LAST)
    if last is None or (not session.info.get("decided") and last < min(day for _name, day in marked)):
        return ()
    return session.scalars(_EVERY).all()


def _writes(session: Session, marked: set[tuple[str, date]]) -> bool:
    return bool(marked or session.info.get("decided"))


def _touched(closing: Closing, marked: Iterable[tuple[str, date]]) -> list[str]:
    """The closing's metrics that a marked day counts in; a level counts what began before the period too."""
    found = set()
    for name, day in marked:
        level = name in metrics() and metrics()[name].kind is Kind.LEVEL
        if day <= closing.last and (level or day >= closing.first):
            found.add(name)
    return [name for name in sorted(found) if db.session.get(ClosedFigure, (closing.id, name, ALL))]


def _decided(session: Session, closings: Sequence[Closing]) -> Iterator[tuple[Closing, tuple[str, str]]]:
    """The written decisions whose period lies within a closing, each once."""
    for row in dict.fromkeys(session.info.pop("decided", ())):
        guard = catalogue().guards[type(row)]
        over = guard.period(row)
        record = f"{row.__tablename__}:{inspect(row).identity[0]}"
        for closing in closings:
            if over and closing.first <= over.first and over.last <= closing.last:
                yield closing, (record, str(guard.words))


def _check_reason(reason: str | None, closings: Iterable[Closing]) -> None:
    """A change in a closing that is in force says why; where all were opened again, the reopening has said it."""
    periods = "、".join(sorted({closing.period.label for closing in closings if closing.reopening is None}))
    if periods and not reason:
        raise Rejected(_l("%(periods)s is closed. Say why this is changed afterwards.", periods=periods), "reason")


def _opened_because(closing: Closing) -> str:
    return closing.reopening.reason if closing.reopening else ""


def _adjust(closing: Closing, metric: Metric, reason: str, by: Actor, only_differing: bool = False) -> None:
    """The total is adjusted even by nothing: the evidence behind it has changed, and the report says so."""
    refresh([metric.name], closing.last)
    changes = {}
    for scope in _scopes(metric):
        now = read(metric.name, closing.period, scope)
        part, whole, records = known_now(closing, metric.name, scope)
        changes[scope] = (now.part - part, now.whole - whole, now.records - records)
    differing = {scope for scope, change in changes.items() if any(change)}
    for scope in changes if differing or not only_differing else ():
        if scope == ALL or scope in differing:
            row = Adjustment(
                closing_id=closing.id, metric=metric.name, scope=scope, reason=reason, at=clock.now(), by=by.name
            )
            row.part, row.whole, row.records = changes[scope]
            db.session.add(row)


def _frozen(closing: Closing, metric: Metric) -> Iterator[ClosedFigure]:
    hashes = digests.stored(metric, closing.period)
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
