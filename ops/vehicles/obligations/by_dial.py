"""What a corrected reading means for what is owed: it was done at the right kilometres, and the next follows them."""

from datetime import date, datetime, time

from sqlalchemy import select

from ...core import clock
from ...core.access import Actor
from ...core.db import db, hold
from ..models import Vehicle
from . import queries
from .lapsing import end_of
from .models import Closing, LapseVoid, Obligation, ObligationDone, ObligationLapse


def hold_done(done_id: int) -> None:
    """The car first, then what was done and what follows, before the reading that came with it."""
    obligation = db.session.get_one(Obligation, db.session.get_one(ObligationDone, done_id).obligation_id)
    if obligation.vehicle_id:
        hold(Vehicle, obligation.vehicle_id)
    hold(Obligation, obligation.id, *(each.id for each in _followers(obligation.id)))


def hold_of_car(vehicle_id: int) -> None:
    """What a deed about the car's dial may move, once the car is held."""
    hold(Obligation, *db.session.scalars(select(Obligation.id).where(Obligation.vehicle_id == vehicle_id)))


def set_dial(done_id: int, dial: int | None) -> None:
    """Part of the deed that puts the reading right. The next one, though it be done meanwhile, was due as many
    kilometres later as before; without a reading it is due by its day only.
    """
    [done] = hold(ObligationDone, done_id)
    for each in _followers(done.obligation_id):
        if each.due_km is not None and done.dial is not None:
            each.due_km = None if dial is None else each.due_km + dial - done.dial
            each.km_at = None if dial is None else each.km_at
    done.dial = dial


def judge_again(vehicle_id: int, reason_given: str, by: Actor) -> None:
    """Part of the deed that puts a dial right, once it is written: a lapse that was noted by kilometres counts no more
    where the car was not driven so far, and counts of another day where it lapsed on another.
    """
    db.session.flush()
    hold(Obligation, *(owed.id for _lapse, owed in queries.lapses_by_km(vehicle_id)))
    for lapse, owed in queries.lapses_by_km(vehicle_id):
        day, now = _lapsed_on(lapse, owed), clock.now()
        if day == lapse.day:
            continue
        db.session.add(LapseVoid(lapse_id=lapse.id, at=now, by=by.name, reason=reason_given))
        if day is not None:
            noted_at = max(lapse.noted_at, min(end_of(day), now))
            db.session.add(ObligationLapse(obligation_id=owed.id, day=day, noted_at=noted_at))


def _lapsed_on(lapse: ObligationLapse, owed: Obligation) -> date | None:
    """The day on which it was driven too far before it was closed, or else its own, where that ended before."""
    closed = owed.closed_on
    until = datetime.combine(closed, time.min) if closed else clock.now()
    driven = queries.first_beyond(owed, max(lapse.noted_at, until))
    is_late = owed.due_on < min(clock.today(), closed or date.max)
    return min((each for each in (driven, owed.due_on if is_late else None) if each), default=None)


def _followers(obligation_id: int) -> list[Obligation]:
    """What follows from it and was not waived."""
    found = select(Obligation).where(Obligation.follows_id == obligation_id)
    return [each for each in db.session.scalars(found) if each.closed_as != Closing.WAIVED]
