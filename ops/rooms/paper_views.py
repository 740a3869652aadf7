"""Pages of what the section files: office moves, returns, lettings."""

from collections.abc import Callable
from typing import Any

from flask import abort, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import extract
from werkzeug.wrappers import Response

from ..core import clock
from ..core.access import requires
from ..core.db import db
from ..core.forms import choices
from ..core.listing import Column, Filter, Listing, listing
from ..core.page import done, page
from ..core.workbook import Field, download, note_of, workbook
from ..people.models import Unit
from . import papers, queries
from .forms import LettingForm, MoveForm, ReturnForm, VoidForm
from .models import TENANT_LABELS, Letting, OfficeMove, Property, RoomReturn
from .permissions import Permission
from .views import EVERY_ROW, bp

STATE = Column("state", _l("State"))
MOVE_COLUMNS = (
    Column("moved", _l("Moved on"), OfficeMove.moved_on), Column("unit", _l("Unit"), Unit.name),
    Column("from", _l("Office before"), OfficeMove.from_place), Column("to", _l("Office now"), OfficeMove.to_place),
    Column("paper", _l("Approving paper"), OfficeMove.paper), STATE,
)  # fmt: skip
RETURN_COLUMNS = (
    Column("filed", _l("Filed on"), RoomReturn.filed_on), Column("unit", _l("Unit"), Unit.name),
    Column("year", _l("Year of the return"), RoomReturn.year, "end"),
    Column("paper", _l("Paper"), RoomReturn.paper), STATE,
)  # fmt: skip
LETTING_COLUMNS = (
    Column("property", _l("Property"), Property.name), Column("from", _l("Let from"), Letting.from_on),
    Column("to", _l("Free again on"), Letting.to_on), Column("tenant", _l("Tenant"), Letting.tenant_number),
    Column("appraised", _l("Appraised value"), Letting.appraised_value, "end", _l("yuan")),
    Column("rent", _l("Rent a year"), Letting.rent, "end", _l("yuan")), STATE,
)  # fmt: skip


def _state(record: Any) -> str:
    return str(_("void") if record.void else _("stands"))


MOVE_FIELDS = (
    Field(_l("Moved on"), lambda row: row[0].moved_on, 12), Field(_l("Unit"), lambda row: row[1], 28),
    Field(_l("Office before"), lambda row: row[0].from_place, 20),
    Field(_l("Office now"), lambda row: row[0].to_place, 20),
    Field(_l("Ground of the move"), lambda row: row[0].ground, 28),
    Field(_l("Approving paper"), lambda row: row[0].paper, 22),
    Field(_l("State"), lambda row: _state(row[0]), 8),
)  # fmt: skip
RETURN_FIELDS = (
    Field(_l("Filed on"), lambda row: row[0].filed_on, 12), Field(_l("Unit"), lambda row: row[1], 28),
    Field(_l("Year of the return"), lambda row: str(row[0].year), 10), Field(_l("Paper"), lambda row: row[0].paper, 22),
    Field(_l("State"), lambda row: _state(row[0]), 8),
)  # fmt: skip
LETTING_FIELDS = (
    Field(_l("Property"), lambda row: row[1], 28), Field(_l("Appraised on"), lambda row: row[0].appraised_on, 12),
    Field(_l("Appraised value (yuan)"), lambda row: row[0].appraised_value, 16),
    Field(_l("Tenant"), lambda row: f"{TENANT_LABELS[row[0].tenant_kind]} {row[0].tenant_number}", 22),
    Field(_l("Let from"), lambda row: row[0].from_on, 12), Field(_l("Free again on"), lambda row: row[0].to_on, 12),
    Field(_l("Rent a year (yuan)"), lambda row: row[0].rent, 16), Field(_l("State"), lambda row: _state(row[0]), 8),
)  # fmt: skip


def _answer(
    make: Callable[[int], Listing], title: str, fields: tuple[Field, ...], template: str
) -> Response | tuple[str, int]:
    """The list as a page, or whole as a workbook."""
    if request.args.get("format") == "xlsx":
        found = make(EVERY_ROW)
        note = note_of(_("As of %(day)s", day=clock.today()), len(found.rows), found.total)
        return download(workbook(title, fields, found.rows, note), title)
    return page(template, listing=make(50), tenants=TENANT_LABELS)


def _by_year(day: Any) -> Filter:
    this_year = clock.today().year
    years = [(str(year), str(year)) for year in range(this_year, 2019, -1)]
    return Filter("year", _l("Year"), years, lambda chosen: extract("year", day) == int(chosen))


def _move_table(per_page: int) -> Listing:
    return listing(
        queries.moves(), MOVE_COLUMNS, sort="moved", descending=True,
        search=(Unit.name, OfficeMove.to_place, OfficeMove.paper),
        filters=(_by_year(OfficeMove.moved_on),), per_page=per_page, empty_text=_l("Office moves will stand here."),
    )  # fmt: skip


def _return_table(per_page: int) -> Listing:
    return listing(
        queries.returns(), RETURN_COLUMNS, sort="filed", descending=True, search=(Unit.name, RoomReturn.paper),
        filters=(_by_year(RoomReturn.filed_on),), per_page=per_page, empty_text=_l("Returns will stand here."),
    )  # fmt: skip


def _letting_table(per_page: int) -> Listing:
    return listing(
        queries.lettings(), LETTING_COLUMNS, sort="from", descending=True,
        search=(Property.name, Letting.tenant_number),
        filters=(_by_year(Letting.from_on),), per_page=per_page, empty_text=_l("Lettings will stand here."),
    )  # fmt: skip


@bp.get("/moves")
@requires(Permission.ROOM_READ)
def moves() -> Response | tuple[str, int]:
    return _answer(_move_table, _("Office moves"), MOVE_FIELDS, "rooms/moves.html")


@bp.route("/moves/new", methods=["GET", "POST"])
@requires(Permission.ROOM_WRITE)
def new_move() -> Response | tuple[str, int]:
    form = MoveForm(moved_on=clock.today())
    form.unit_id.choices = choices(queries.unit_choices())
    if made := form.attempt(papers.record_move):
        return done(_("The move is recorded."), "rooms.move", id=made.id)
    return page("rooms/new_move.html", form=form)


@bp.get("/moves/<int:id>")
@requires(Permission.ROOM_READ)
def move(id: int) -> tuple[str, int]:
    return page("rooms/move.html", move=db.get_or_404(OfficeMove, id))


@bp.route("/moves/<int:id>/void", methods=["GET", "POST"])
@requires(Permission.ROOM_WRITE)
def void_move(id: int) -> Response | tuple[str, int]:
    found, form = db.get_or_404(OfficeMove, id), VoidForm()
    if form.attempt(papers.void_move, move=found):
        return done(_("The record is void."), "rooms.move", id=id)
    return page("rooms/void_move.html", form=form, move=found)


@bp.get("/returns")
@requires(Permission.ROOM_READ)
def returns() -> Response | tuple[str, int]:
    return _answer(_return_table, _("Office-room returns"), RETURN_FIELDS, "rooms/returns.html")


@bp.get("/returns/missing")
@requires(Permission.ROOM_READ)
def missing_returns() -> tuple[str, int]:
    """Units whose return of the year has not been filed."""
    year = request.args.get("year", clock.today().year, type=int)
    if not 2000 <= year <= 2099:
        abort(404)
    columns = (Column("unit", _l("Unit"), Unit.name), Column("deed", _l("Return to file")))
    table = listing(
        queries.not_returned(year), columns, sort="unit", search=(Unit.name,), empty_text=_l("Every unit has filed.")
    )
    return page("rooms/missing_returns.html", listing=table, year=year)


@bp.route("/returns/new", methods=["GET", "POST"])
@requires(Permission.ROOM_WRITE)
def new_return() -> Response | tuple[str, int]:
    form = ReturnForm(
        unit_id=request.args.get("unit_id", type=int),
        year=request.args.get("year", clock.today().year, type=int),
        filed_on=clock.today(),
    )
    form.unit_id.choices = choices(queries.unit_choices())
    if made := form.attempt(papers.file_return):
        return done(_("The return is filed."), "rooms.room_return", id=made.id)
    return page("rooms/new_return.html", form=form)


@bp.get("/returns/<int:id>")
@requires(Permission.ROOM_READ)
def room_return(id: int) -> tuple[str, int]:
    return page("rooms/room_return.html", filed=db.get_or_404(RoomReturn, id))


@bp.route("/returns/<int:id>/void", methods=["GET", "POST"])
@requires(Permission.ROOM_WRITE)
def void_return(id: int) -> Response | tuple[str, int]:
    found, form = db.get_or_404(RoomReturn, id), VoidForm()
    if form.attempt(papers.void_return, filed=found):
        return done(_("The record is void."), "rooms.room_return", id=id)
    return page("rooms/void_return.html", form=form, filed=found)


@bp.get("/lettings")
@requires(Permission.ROOM_READ)
def lettings() -> Response | tuple[str, int]:
    return _answer(_letting_table, _("Lettings"), LETTING_FIELDS, "rooms/lettings.html")


@bp.route("/lettings/new", methods=["GET", "POST"])
@requires(Permission.ROOM_WRITE)
def new_letting() -> Response | tuple[str, int]:
    form = LettingForm()
    if made := form.attempt(papers.let):
        return done(_("The letting is recorded."), "rooms.letting", id=made.id)
    return page("rooms/new_letting.html", form=form)


@bp.get("/lettings/<int:id>")
@requires(Permission.ROOM_READ)
def letting(id: int) -> tuple[str, int]:
    return page("rooms/letting.html", letting=db.get_or_404(Letting, id), tenants=TENANT_LABELS)


@bp.route("/lettings/<int:id>/void", methods=["GET", "POST"])
@requires(Permission.ROOM_WRITE)
def void_letting(id: int) -> Response | tuple[str, int]:
    found, form = db.get_or_404(Letting, id), VoidForm()
    if form.attempt(papers.void_letting, letting=found):
        return done(_("The record is void."), "rooms.letting", id=id)
    return page("rooms/void_letting.html", form=form, letting=found)
