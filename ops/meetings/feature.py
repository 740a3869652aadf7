"""What meetings give to the app."""

from datetime import date
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, func, select

from ..core import clock
from ..core.access import Actor
from ..core.db import db
from ..core.feature import Feature, MenuEntry, Todo
from . import queries
from .demo import make
from .metrics import METRICS
from .permissions import GRANTS, Permission
from .reference import load_checklist, load_settings
from .serving_views import serving
from .venue_views import venues
from .views import bp


def todos(actor: Actor, day: date) -> list[Todo]:
    found = []
    if actor.may(Permission.MEETING_SERVE):
        late, today = queries.not_marked_held(clock.now()), queries.open_meetings().where(queries.on_day(day))
        unprepared = queries.unprepared(day)
        found = [
            Todo(_l("Meetings over and not marked held"), _count(late), _list_of("late"), "late"),
            Todo(_l("Meetings today"), _count(today), url_for("meetings.day", day=day), "progress"),
            Todo(_l("Preparations not finished"), _count(unprepared), _list_of("unprepared")),
        ]
    if actor.may(Permission.MEETING_RATE):
        found.append(Todo(_l("Meetings to rate"), _count(queries.unrated(actor.unit_id, day)), _list_of("unrated")))
    return found


def _list_of(state: str) -> str:
    return url_for("meetings.meetings", state=state)


def _count(statement: Select[Any]) -> int:
    return db.session.scalar(select(func.count()).select_from(statement.subquery())) or 0


FEATURE = Feature(
    name="meetings",
    label=_l("Meetings"),
    blueprints=(bp, serving, venues),
    menu=(
        MenuEntry(_l("Venues by the day"), "meetings.day", Permission.MEETING_LIST, ()),
        MenuEntry(_l("List of meetings"), "meetings.meetings", Permission.MEETING_LIST, ("meetings", "serving")),
        MenuEntry(_l("Venues"), "venues.venues", Permission.MEETING_READ),
    ),
    grants=GRANTS,
    publishes=METRICS,
    headlines=(("meetings.held", Permission.FIGURE_READ), ("meetings.error_free", Permission.FIGURE_READ)),
    todos=(todos,),
    refusals={
        "no_overlap_venue_booking_venue_id": _l("The venue has just been taken for that time."),
        "venue.name": _l("A venue of this name exists already."),
        "uq_venue_name": _l("A venue of this name exists already."),
    },
    reference=(load_settings, load_checklist),
    demo=make,
)
