"""What a corrected reading means for what is owed: it was done at the right kilometres, and the next follows them."""

from sqlalchemy import select

from ...core import clock
from ...core.access import Actor
from ...core.db import db, hold
from ..models import Vehicle
from . import queries
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
    where the car was not driven so far when it was noted, and counts of another day where it was so on another.
    """
    db.session.flush()
    hold(Obligation, *(owed.id for _lapse, owed in queries.lapses_by_km(vehicle_id)))
    for lapse, owed in queries.lapses_by_km(vehicle_id):
        day = queries.first_beyond(owed, lapse.noted_at)
        if day == lapse.day:
            continue
        db.session.add(LapseVoid(lapse_id=lapse.id, at=clock.now(), by=by.name, reason=reason_given))
        if day is not None:
            db.session.add(ObligationLapse(obligation_id=owed.id, day=day, noted_at=lapse.noted_at))


def _followers(obligation_id: int) -> list[Obligation]:
    """What follows from it and was not waived."""
    found = select(Obligation).where(Obligation.follows_id == obligation_id)
    return [each for each in db.session.scalars(found) if each.closed_as != Closing.WAIVED]
