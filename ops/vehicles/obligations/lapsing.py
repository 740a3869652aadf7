"""Whether something owed has lapsed, as columns: one rule for lists, board, notes, reminders and the figure.

It lapses when its day has ended, or once the car was driven further than it was to be, whatever dials were replaced.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, or_, select
from sqlalchemy.orm import aliased

from ..odometer.beyond import shows_more
from .models import Closing, DoneReversal, Obligation, ObligationDone, ObligationLapse

KmAhead = Mapping[str, int]


def is_open() -> ColumnElement[bool]:
    return Obligation.closed_on.is_(None)


def beyond(before: Any = None) -> ColumnElement[bool]:
    """Driven too far, by the readings up to that moment."""
    return shows_more(Obligation.vehicle_id, Obligation.due_km, Obligation.km_at, before)


def lapsed(day: Any, before: Any = None) -> ColumnElement[bool]:
    """As of the day, by the readings up to that moment."""
    return or_(Obligation.due_on < day, beyond(before))


def near(ahead: KmAhead) -> ColumnElement[bool]:
    """So few kilometres are left that somebody is reminded; `ahead`: kind → kilometres."""
    few = [
        and_(Obligation.kind == kind, shows_more(Obligation.vehicle_id, Obligation.due_km - km, Obligation.km_at))
        for kind, km in ahead.items()
    ]
    return or_(false(), *few)


def met_in_time() -> ColumnElement[bool]:
    """Done by the end of its day, and neither a reading before the day it was done nor the one that came with it is
    beyond its kilometres.
    """
    done, gone = aliased(ObligationDone), aliased(DoneReversal)
    recorded = select(done.id).where(done.obligation_id == Obligation.id, ~exists().where(gone.done_id == done.id))
    with_it = recorded.correlate(Obligation).scalar_subquery()
    driven = shows_more(Obligation.vehicle_id, Obligation.due_km, Obligation.km_at, Obligation.closed_on, with_it)
    return and_(Obligation.closed_as == Closing.DONE, Obligation.closed_on <= Obligation.due_on, ~driven)


def noted() -> ColumnElement[bool]:
    """It was noted as lapsed, and still counts so."""
    return exists().where(ObligationLapse.obligation_id == Obligation.id, ~ObligationLapse.void.has())


def end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time.min)
