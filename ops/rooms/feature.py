"""What rooms give to the app."""

from datetime import date
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, func, select

from ..core.access import Actor
from ..core.db import db
from ..core.feature import Feature, MenuEntry, Todo
from ..people.models import Staff
from . import paper_views, queries, standing_views
from .demo import make
from .metrics import METRICS
from .permissions import GRANTS, Permission
from .rules import RECOVERED_WITHIN
from .standards import load_campuses, load_standards
from .views import bp


def todos(actor: Actor, day: date) -> list[Todo]:
    if not actor.may(Permission.ROOM_WRITE):
        return []
    left = queries.to_vacate(day)
    late = _count(left.where(Staff.left_on < day - RECOVERED_WITHIN))
    return [
        Todo(_l("Seats not vacated a month after leaving"), late, url_for("rooms.to_vacate"), "late"),
        Todo(_l("Seats to vacate after someone left"), _count(left) - late, url_for("rooms.to_vacate")),
        Todo(
            _l("Office-room returns of this year not filed"),
            _count(queries.not_returned(day.year)),
            url_for("rooms.missing_returns"),
        ),
    ]


def _count(statement: Select[Any]) -> int:
    return db.session.scalar(select(func.count()).select_from(statement.subquery())) or 0


FEATURE = Feature(
    name="rooms",
    label=_l("Office rooms"),
    blueprints=(bp,),
    menu=(
        MenuEntry(_l("Own unit's rooms"), "rooms.own_unit", Permission.OWN_READ, ()),
        MenuEntry(_l("Rooms"), "rooms.rooms", Permission.ROOM_LIST, ("rooms",)),
        MenuEntry(_l("Buildings"), "rooms.buildings", Permission.ROOM_READ, ("rooms.new_building",)),
        MenuEntry(
            _l("Units and their rooms"), "rooms.units", Permission.ROOM_READ,
            ("rooms.unit", "rooms.headcount", "rooms.new_staff", "rooms.leaving"),
        ),
        MenuEntry(_l("Over the standard"), "rooms.rooms_over", Permission.ROOM_READ, ("rooms.units_over",)),
        MenuEntry(
            _l("Office moves"), "rooms.moves", Permission.ROOM_READ,
            ("rooms.move", "rooms.new_move", "rooms.void_move"),
        ),
        MenuEntry(
            _l("Office-room returns"), "rooms.returns", Permission.ROOM_READ,
            ("rooms.room_return", "rooms.new_return", "rooms.void_return", "rooms.missing_returns", "rooms.to_vacate"),
        ),
        MenuEntry(
            _l("Lettings"), "rooms.lettings", Permission.ROOM_READ,
            ("rooms.letting", "rooms.new_letting", "rooms.void_letting"),
        ),
        MenuEntry(_l("Office-room standard"), "rooms.standard", Permission.ROOM_LIST, ()),
    ),
    grants=GRANTS,
    publishes=METRICS,
    headlines=tuple((metric.name, Permission.FIGURE_ANSWER) for metric in METRICS),
    todos=(todos,),
    refusals={
        "uq_building_name": _l("A building of this name exists already."),
        "building.name": _l("A building of this name exists already."),
        "uq_room_building_id_number": _l("This building has a room of this number already."),
        "room.building_id, room.number": _l("This building has a room of this number already."),
        "uq_staff_code": _l("This staff number is taken."), "staff.code": _l("This staff number is taken."),
        "uq_room_return_standing": _l("This unit has filed its return of that year already."),
        "room_return.unit_id, room_return.year": _l("This unit has filed its return of that year already."),
    },
    reference=(load_campuses, load_standards),
    demo=make,
)  # fmt: skip

# their routes are on the blueprint once they are imported
PAGES = (standing_views, paper_views)
