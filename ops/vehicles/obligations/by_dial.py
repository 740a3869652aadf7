"""What a corrected reading means for what is owed: it was done at the right kilometres, and the next follows them."""

from sqlalchemy import select

from ...core.db import db, hold
from ..models import Vehicle
from .models import Closing, Obligation, ObligationDone


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
    done.dial = dial


def _followers(obligation_id: int) -> list[Obligation]:
    """What follows from it and was not waived."""
    found = select(Obligation).where(Obligation.follows_id == obligation_id)
    return [each for each in db.session.scalars(found) if each.closed_as != Closing.WAIVED]
