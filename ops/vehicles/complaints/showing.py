"""Complaints about a trip, for its own page."""

from collections.abc import Sequence

from ...core.access import Actor
from . import queries
from .models import Complaint
from .permissions import Permission


def of_trip(request_id: int, actor: Actor) -> Sequence[Complaint]:
    """Nothing for those who read no complaints."""
    return queries.of_request(request_id) if actor.may(Permission.COMPLAINT_READ) else []
