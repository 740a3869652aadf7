"""Pages of buildings, rooms and seats."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask import Blueprint, abort, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement
from werkzeug.wrappers import Response

from ..core import clock
from ..core.access import current_actor, requires
from ..core.db import db
from ..core.forms import choices
from ..core.listing import Column, Filter, Listing, listing
from ..core.page import done, page
from ..core.workbook import Field, download, note_of, workbook
from ..people.ranks import RANK_LABELS
from ..places.models import ROOM_CLASS_LABELS, Building, Campus, Room
from . import over, queries, service, standards
from .forms import BuildingForm, MeasurementForm, RoomForm, SeatForm, VacatingForm
from .models import Occupancy, Subject
from .permissions import Permission

bp = Blueprint("rooms", __name__, url_prefix="/rooms")
EVERY_ROW = 100_000
SEATS = [("idle", _l("Idle room")), ("taken", _l("Occupied room"))]
BUILDING_COLUMNS = (
    Column("name", _l("Building"), Building.name),
    Column("campus", _l("Campus"), Campus.name),
    Column("rooms", _l("Rooms"), None, "end"),
    Column("area", _l("Office rooms, usable area"), None, "end", "m²"),
)
ROOM_FIELDS = (
    Field(_l("Building"), lambda row: row[1], 20),
    Field(_l("Campus"), lambda row: row[2]),
    Field(_l("Floor"), lambda row: row[0].floor, 8),
    Field(_l("Room number"), lambda row: row[0].number, 12),
    Field(_l("Room class"), lambda row: ROOM_CLASS_LABELS[row[0].room_class], 14),
    Field(_l("Usable area (m²)"), lambda row: row[0].area, 14),
    Field(_l("Occupants"), lambda row: row[3], 8),
)


@bp.get("/buildings")
@requires(Permission.ROOM_READ)
def buildings() -> tuple[str, int]:
    table = listing(
        queries.building_listing(), BUILDING_COLUMNS, sort="name", search=(Building.name,),
        empty_text=_l("Buildings will stand here."),
    )  # fmt: skip
    return page("rooms/buildings.html", listing=table)


@bp.route("/buildings/new", methods=["GET", "POST"])
@requires(Permission.ROOM_WRITE)
def new_building() -> Response | tuple[str, int]:
    form = BuildingForm()
    form.campus_id.choices = choices(queries.campus_choices())
    if form.attempt(service.add_building):
        return done(_("The building is added."), "rooms.buildings")
    return page("rooms/new_building.html", form=form)


@bp.get("/")
@requires(Permission.ROOM_LIST)
def rooms() -> Response | tuple[str, int]:
    """All rooms one may see; as a workbook with `?format=xlsx`."""
    if request.args.get("format") == "xlsx":
        found = _room_table(EVERY_ROW)
        note = note_of(_("As of %(day)s", day=clock.today()), len(found.rows), found.total)
        return download(workbook(_("Office rooms"), ROOM_FIELDS, found.rows, note), _("Office rooms"))
    return page("rooms/rooms.html", listing=_room_table(50), classes=ROOM_CLASS_LABELS)


def _room_table(per_page: int) -> Listing:
    found = queries.room_listing(current_actor(), clock.today())
    building, campus, people = list(found.selected_columns)[-3:]
    columns = (
        Column("number", _l("Room"), Room.number), Column("building", _l("Building"), building),
        Column("campus", _l("Campus"), campus), Column("floor", _l("Floor"), Room.floor, "end"),
        Column("class", _l("Room class"), Room.room_class), Column("area", _l("Usable area"), Room.area, "end", "m²"),
        Column("people", _l("Occupants"), people, "end"),
    )  # fmt: skip
    filters = (
        Filter("building_id", _l("Building"), _options(queries.building_choices()), _in_building),
        Filter("class", _l("Room class"), _options(ROOM_CLASS_LABELS.items()), _of_class),
        Filter("seats", _l("Occupation"), SEATS, lambda chosen: (people == 0) if chosen == "idle" else (people > 0)),
    )  # fmt: skip
    return listing(
        found, columns, sort="building", filters=filters, search=(Room.number, building), per_page=per_page,
        empty_text=_l("Rooms will stand here."), caption=_l("Office rooms"),
    )  # fmt: skip


def _options(rows: Iterable[tuple[Any, object]]) -> list[tuple[str, object]]:
    return [(str(key), word) for key, word in rows]


def _in_building(chosen: str) -> ColumnElement[bool]:
    return Room.building_id == int(chosen)


def _of_class(chosen: str) -> ColumnElement[bool]:
    return Room.room_class == chosen


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.ROOM_WRITE)
def new_room() -> Response | tuple[str, int]:
    form = RoomForm(from_on=clock.today())
    form.building_id.choices = choices(queries.building_choices())
    if room := form.attempt(service.add_room):
        return done(_("The room is added."), "rooms.room", id=room.id)
    return page("rooms/new_room.html", form=form)


@bp.get("/<int:id>")
@requires(Permission.ROOM_LIST)
def room(id: int) -> tuple[str, int]:
    """One room: area, who sits there with which share, who sat there, how it was measured."""
    found = queries.visible_room(id, current_actor(), clock.today())
    standing = over.office_rooms(clock.today(), [id])
    return page(
        "rooms/room.html", room=found, standing=standing[0] if standing else None, history=queries.history(id),
        measurements=queries.measurements(id), classes=ROOM_CLASS_LABELS, ranks=RANK_LABELS,
        standards=standards.standards(clock.today(), Subject.OFFICE),
    )  # fmt: skip


@bp.route("/<int:id>/measurements/new", methods=["GET", "POST"])
@requires(Permission.ROOM_WRITE)
def measurement(id: int) -> Response | tuple[str, int]:
    found = queries.visible_room(id, current_actor(), clock.today())
    form = MeasurementForm(room_class=found.room_class, area=found.area, from_on=clock.today())
    if form.attempt(service.measure, room=found):
        return done(_("Area and class are set."), "rooms.room", id=id)
    return page("rooms/measurement.html", form=form, room=found)


@bp.route("/<int:id>/seats/new", methods=["GET", "POST"])
@requires(Permission.ROOM_WRITE)
def seat(id: int) -> Response | tuple[str, int]:
    found = queries.visible_room(id, current_actor(), clock.today())
    form = SeatForm(from_on=clock.today())
    form.staff_id.choices = choices(queries.staff_choices(clock.today()))
    if form.attempt(service.allot, room=found):
        return done(_("The seat is allotted."), "rooms.room", id=id)
    return page("rooms/seat.html", form=form, room=found)


@bp.route("/seats/<int:id>/vacating", methods=["GET", "POST"])
@requires(Permission.ROOM_WRITE)
def vacating(id: int) -> Response | tuple[str, int]:
    found = db.get_or_404(Occupancy, id)
    form = VacatingForm(to_on=clock.today())
    if form.attempt(service.vacate, seat=found):
        return done(_("The seat is free."), "rooms.room", id=found.room_id)
    return page("rooms/vacating.html", form=form, seat=found)


def as_of() -> date:
    """The day in the address, today without one."""
    given = request.args.get("day", "")
    try:
        return date.fromisoformat(given) if given else clock.today()
    except ValueError:
        abort(400)
