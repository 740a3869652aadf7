"""The states of a trip and what they are called."""

from enum import StrEnum

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
