"""The states of a trip and what they are called."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l


class TripState(StrEnum):
    """The state of a request, read from its rows.

    REQUESTED: it needed no approval and waits for a car. APPROVED: it was approved, or let through by mouth.
    """

    IN_APPROVAL = "in_approval"
    REQUESTED = "requested"
    APPROVED = "approved"
    ASSIGNED = "assigned"
    OUT = "out"
    RETURNED = "returned"
    RATED = "rated"
    SETTLED = "settled"
    CANCELLED = "cancelled"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


STATES = {
    TripState.IN_APPROVAL: ("waiting", _l("waiting for approval")),
    TripState.REQUESTED: ("waiting", _l("waiting for a car")),
    TripState.APPROVED: ("waiting", _l("approved, waiting for a car")),
    TripState.ASSIGNED: ("progress", _l("car assigned")),
    TripState.OUT: ("progress", _l("on the road")),
    TripState.RETURNED: ("done", _l("car back")),
    TripState.RATED: ("done", _l("rated by the unit")),
    TripState.SETTLED: ("done", _l("settled with the unit")),
    TripState.REFUSED: ("closed", _l("refused")),
    TripState.CANCELLED: ("closed", _l("cancelled")),
    TripState.WITHDRAWN: ("closed", _l("withdrawn")),
}
WAITS_FOR_A_CAR = (TripState.REQUESTED, TripState.APPROVED)


def approval_state(said: Sequence[Any], by_mouth: bool) -> TripState:
    """Of a request without a car: the verdicts on its steps so far, None where nobody has spoken."""
    if any(verdict is not None and not verdict.approved for verdict in said):
        return TripState.REFUSED
    if not said:
        return TripState.REQUESTED
    return TripState.APPROVED if by_mouth or None not in said else TripState.IN_APPROVAL


def back_state(rating: object, settlement: object) -> TripState:
    """Of a trip whose car is back."""
    if settlement is not None:
        return TripState.SETTLED
    return TripState.RETURNED if rating is None else TripState.RATED
