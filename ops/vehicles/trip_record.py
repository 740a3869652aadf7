"""What hangs on a trip for its page: photographed dials, what was paid on the way, the statement that it stands on."""

from collections.abc import Sequence
from typing import Any

from ..core.access import Actor
from ..core.db import db
from ..core.period import month
from .costs import expense_queries as expenses
from .costs.expense_models import EXPENSE_STATES
from .costs.permissions import Permission as OfCosts
from .driving import queries as driving
from .driving.models import EXPENSES
from .models import Dispatch, TripRequest
from .odometer import trips as dials
from .odometer.models import SOURCE_LABELS
from .permissions import Permission
from .settlement import queries as settlement
from .settlement.permissions import Permission as OfStatements


def shown(request: TripRequest, actor: Actor) -> dict[str, Any]:
    """As far as the actor may read it. He sees the request already."""
    dispatch = request.carried_by
    return {
        "photos": driving.photos_of([dispatch.id]) if dispatch else {},
        "sources": SOURCE_LABELS,
        "driven": dials.of_trips([dispatch.id]).get(dispatch.id) if dispatch and dispatch.trip_return else None,
        "paid": _paid(dispatch, actor),
        "expense_kinds": EXPENSES,
        "expense_states": EXPENSE_STATES,
        "statement_lines": _lines(request, actor),
        "month": month(dispatch.day.year, dispatch.day.month) if dispatch else None,
    }


def _paid(dispatch: Dispatch | None, actor: Actor) -> Sequence[Any]:
    """To those who read costs, and to the driver himself."""
    if dispatch is None or not (actor.may(OfCosts.COST_READ) or actor.may(Permission.TRIP_DRIVE)):
        return []
    return expenses.of_trip(dispatch.id)


def _lines(request: TripRequest, actor: Actor) -> Sequence[Any]:
    if not actor.may(OfStatements.STATEMENT_READ):
        return []
    return db.session.execute(settlement.lines_of_trip(request.id, actor)).all()
