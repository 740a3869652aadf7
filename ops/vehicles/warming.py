"""What assigning a car reads and shows, once when a server starts: sixteen at once would each put it together."""

from datetime import timedelta

from flask import current_app
from sqlalchemy import select

from ..core import clock
from ..core.access import NOBODY
from ..core.db import db, hold
from ..core.timeslot import Slot
from . import availability, fitness, queries
from .board.offering import offer
from .fitness import Override
from .limits import queries as limits
from .models import Dispatch, Driver, TripRequest, Vehicle

SHOWN = (
    *("base.html", "macros/shell.html", "macros/forms.html", "macros/lists.html", "macros/page.html"),
    *("vehicles/dispatch.html", "vehicles/extension.html", "vehicles/limits/parts.html"),
    *("vehicles/board/suggestions.html", "vehicles/intake/intake.html"),
)


def read_once() -> None:
    """The candidates, what stands in the way, the requests and trips themselves; writes nothing."""
    slot = Slot(clock.now(), clock.now() + timedelta(hours=1))
    offer(TripRequest(people=1, destination="", starts_at=slot.start, ends_at=slot.end), availability.survey(1, slot))
    queries.busy(slot, 0, 0)
    fitness.check(slot, 0, 0, Override(), NOBODY)
    limits.in_force(slot.start.date())
    db.session.scalar(queries.has_a_state(), {"id": 0})
    db.session.scalars(queries.with_its_state(), {"id": 0}).unique().all()
    for model in (TripRequest, Dispatch):
        db.session.scalars(select(model).limit(1)).all()
    for held in (TripRequest, Dispatch, Vehicle, Driver):
        hold(held, 0)
    for name in SHOWN:
        current_app.jinja_env.get_template(name)
