"""Who could travel together."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload, lazyload

from ...core.db import db
from .. import queries
from ..models import Departure, Dispatch, TripRequest
from ..rules import has_seats
from ..settings.models import SettingName
from ..settings.queries import InForce
from . import rules


def trips_to_join(request: TripRequest, settings: InForce) -> list[Dispatch]:
    """Trips to the same destination at about the same time that have not left and have seats enough."""
    reach = timedelta(minutes=settings[SettingName.SHARE_MINUTES])
    near = Dispatch.starts_at.between(request.starts_at - reach, request.starts_at + reach)
    request_only = joinedload(Dispatch.request).lazyload("*")
    found = select(Dispatch).options(request_only).outerjoin(Departure)
    found = found.where(near, Dispatch.released_at.is_(None), Departure.dispatch_id.is_(None))
    trips = db.session.scalars(found.order_by(Dispatch.starts_at)).all()
    return [each for each in trips if _fits(each, request)]


def _fits(dispatch: Dispatch, request: TripRequest) -> bool:
    alike = rules.same_way(dispatch.request.destination, request.destination)
    aboard = dispatch.people + request.people
    return alike and has_seats(dispatch.vehicle.seats, aboard, len(dispatch.drivers))


def companions(request: TripRequest, settings: InForce) -> Sequence[TripRequest]:
    """Other waiting requests to the same destination at about the same time; what hangs on them is read when asked."""
    reach = timedelta(minutes=settings[SettingName.SHARE_MINUTES])
    near = TripRequest.starts_at.between(request.starts_at - reach, request.starts_at + reach)
    found = queries.waiting().where(near, TripRequest.id != request.id).order_by(TripRequest.starts_at)
    others = db.session.scalars(found.options(lazyload("*"))).all()
    return [each for each in others if rules.same_way(each.destination, request.destination)]
