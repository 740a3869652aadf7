"""What a dispatcher is offered for a waiting request: the best cars, a free driver, and whom to share a car with."""

from typing import Any

from ..availability import Survey
from ..models import TripRequest
from ..settings.queries import in_force
from ..sharing import queries as sharing
from ..states import WAITS_FOR_A_CAR
from . import suggestion_queries


def offer(request: TripRequest, found: Survey) -> dict[str, Any]:
    """For the form and for the board's dialog alike; only cars and drivers that assigning would let go."""
    if request.state not in WAITS_FOR_A_CAR:
        return {"suggestions": [], "free_drivers": [], "joinable": [], "companions": []}
    settings = in_force(request.starts_at.date())
    return {
        "suggestions": suggestion_queries.suggestions(request, found, settings),
        "free_drivers": suggestion_queries.free_drivers(found),
        "joinable": sharing.trips_to_join(request, settings),
        "companions": sharing.companions(request, settings),
    }
