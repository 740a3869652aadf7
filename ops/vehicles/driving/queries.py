"""What the driver's page shows."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from flask import abort
from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import joinedload

from ...core.access import Actor
from ...core.db import db
from .. import queries
from ..models import Dispatch, TripRequest, TripReturn
from ..odometer import trips as kilometres
from .models import DialPhoto, KilometreSignature, SentOnce, TripExpense


def trips_of(actor: Actor, day: date) -> Sequence[Dispatch]:
    """The actor's trips that begin on the day, are under way on it, or were to be and are not back yet."""
    begun = Dispatch.day <= day
    open_or_today = or_(Dispatch.day == day, TripReturn.dispatch_id.is_(None), TripReturn.day >= day)
    found = select(Dispatch).outerjoin(TripReturn).options(joinedload(Dispatch.request))
    found = found.where(queries.driven_by_user(actor), Dispatch.released_at.is_(None), begun, open_or_today)
    return db.session.scalars(found.order_by(Dispatch.starts_at)).all()


def days_beside(actor: Actor, day: date) -> tuple[date | None, date | None]:
    """The nearest days before and after that the actor's trips begin on: each shows those that begin on it."""
    own = (queries.driven_by_user(actor), Dispatch.released_at.is_(None))
    last = select(func.max(Dispatch.day)).where(*own, Dispatch.day < day)
    following = select(func.min(Dispatch.day)).where(*own, Dispatch.day > day)
    return db.session.scalar(last), db.session.scalar(following)


def around(trips: Sequence[Dispatch]) -> dict[str, Any]:
    """Beside the trips: the dial to begin with, the kilometres of those that are back, what was paid, who confirmed."""
    keys = [trip.id for trip in trips]
    paid: dict[int, list[TripExpense]] = {key: [] for key in keys}
    for row in db.session.scalars(select(TripExpense).where(TripExpense.dispatch_id.in_(keys))):
        paid[row.dispatch_id].append(row)
    signed = db.session.scalars(select(KilometreSignature).where(KilometreSignature.dispatch_id.in_(keys)))
    return {
        "dials": {trip.id: queries.last_odometer(trip.vehicle_id) for trip in trips},
        "driven": kilometres.of_trips(keys),
        "paid": paid,
        "signed": {row.dispatch_id: row for row in signed},
    }


def was_done(key: str, dispatch_id: int, actor: Actor) -> bool:
    """Whether the actor's phone was heard with this deed before, whoever the trip has gone to since."""
    found = select(SentOnce.key).where(SentOnce.key == key, SentOnce.dispatch_id == dispatch_id)
    return db.session.scalar(found.where(SentOnce.by == actor.name)) is not None


Occasion = tuple[int | None, str]  # which trip, and whether its start or its end


def photos_of(dispatch_ids: Collection[int]) -> dict[Occasion, list[DialPhoto]]:
    """The photographed dials of some trips."""
    return _photos(DialPhoto.dispatch_id.in_(list(dispatch_ids)))


def photos_of_car(vehicle_id: int) -> dict[Occasion, list[DialPhoto]]:
    """Every photographed dial of a car."""
    return _photos(DialPhoto.dispatch_id.in_(select(Dispatch.id).where(Dispatch.vehicle_id == vehicle_id)))


def _photos(which: ColumnElement[bool]) -> dict[Occasion, list[DialPhoto]]:
    found: dict[Occasion, list[DialPhoto]] = {}
    for row in db.session.scalars(select(DialPhoto).where(which).order_by(DialPhoto.at, DialPhoto.id)):
        found.setdefault((row.dispatch_id, row.source), []).append(row)
    return found


def visible_photo(photo_id: int, actor: Actor) -> DialPhoto:
    """The photograph, for those who may see one of the requests that its trip served."""
    photo = db.session.get(DialPhoto, photo_id) or abort(404)
    aboard = [each.id for each in db.session.get_one(Dispatch, photo.dispatch_id).aboard]
    seen = queries.visible_requests(actor).where(TripRequest.id.in_(aboard))
    return photo if db.session.scalar(seen.limit(1)) else abort(404)
