"""The same request twice: of the very same form, and of the same unit for the same way at the same time."""

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256

from sqlalchemy import select

from ..core.access import Actor
from ..core.db import db
from ..core.timeslot import Slot, overlapping
from . import rules
from .models import RequestWithdrawal, TripRequest, TripState
from .sharing.rules import same_way


def key_of(sent_key: str, unit_id: int, slot: Slot, by: Actor, facts: Mapping[str, object]) -> str | None:
    """A form and what was typed into it: typed anew, it is another one. None without a key of the form."""
    if not sent_key:
        return None
    said = [sent_key, by.user_id, unit_id, slot.start, slot.end, *sorted(facts.items())]
    return sha256(json.dumps(said, default=str).encode()).hexdigest()


def sent_before(key: str | None) -> TripRequest | None:
    """What came of the same form, if it was sent before and is still asked for. The unit is held."""
    sent = db.session.scalar(select(TripRequest).where(TripRequest.sent_key == key)) if key else None
    if sent:
        rules.check_still_asked(sent.state)
    return sent


def alike(unit_id: int, destination: str, slot: Slot, besides: int = 0) -> Sequence[TripRequest]:
    """Standing requests of the unit to the same destination somewhere in the slot, those asked first before others."""
    gone = select(RequestWithdrawal.request_id)
    found = select(TripRequest).where(TripRequest.unit_id == unit_id, TripRequest.id != besides)
    found = found.where(overlapping(TripRequest.starts_at, TripRequest.ends_at, slot), TripRequest.id.not_in(gone))
    near = db.session.scalars(found.order_by(TripRequest.id)).all()
    return [each for each in near if same_way(each.destination, destination) and each.state is not TripState.REFUSED]
