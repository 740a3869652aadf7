"""Pages of what stands on a day: units with their people and rooms, what is over the standard, the standard itself."""

from decimal import Decimal

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from ..core import clock
from ..core.access import current_actor, requires
from ..core.db import db
from ..core.listing import Column, listed
from ..core.page import done, page
from ..core.workbook import Field, download, workbook
from ..people.models import Staff
from ..people.ranks import RANK_LABELS, Rank
from . import over, queries, service, standards
from .forms import HeadcountForm, LeavingForm, StaffForm
from .models import Subject
from .over import RoomStanding, UnitStanding
from .permissions import Permission
from .rules import RECOVERED_WITHIN
from .views import as_of, bp

UNIT_COLUMNS = (
    Column("unit", _l("Unit"), lambda row: row.unit.code),
    Column("posts", _l("Approved posts"), lambda row: row.posts_total, "end"),
    Column("in_post", _l("People in post"), lambda row: row.in_post, "end"),
    Column("rooms", _l("Rooms"), lambda row: len(row.rooms), "end"),
    Column("area", _l("Office area"), lambda row: row.area, "end", "m²"),
    Column("due", _l("Entitled to"), lambda row: row.due, "end", "m²"),
    Column("over", _l("Over by"), lambda row: row.over, "end", "m²"),
)
ROOM_COLUMNS = (
    Column("room", _l("Room"), lambda row: (row.room.building.name, row.room.number)),
    Column("unit", _l("Unit"), lambda row: row.units),
    Column("ranks", _l("Occupants by rank")),
    Column("area", _l("Usable area"), lambda row: row.area, "end", "m²"),
    Column("cap", _l("Standard area"), lambda row: row.cap, "end", "m²"),
    Column("over", _l("Over by"), lambda row: row.over, "end", "m²"),
)


def _ranks_of(standing: RoomStanding) -> str:
    """Highest rank first, each with how many."""
    return "、".join(f"{RANK_LABELS[rank]} {standing.ranks[rank]}" for rank in Rank if rank in standing.ranks)


def clause_text(clause: str | None) -> str:
    return clause or str(_("clause not confirmed"))


ROOM_FIELDS = (
    Field(_l("Room"), lambda row: row.room.label, 22),
    Field(_l("Unit"), lambda row: "、".join(row.units), 26),
    Field(_l("Occupant"), lambda row: "、".join(seat.occupancy.staff.name for seat in row.seats), 26),
    Field(_l("Occupants by rank"), _ranks_of, 20),
    Field(_l("Usable area (m²)"), lambda row: row.area),
    Field(_l("Standard area (m²)"), lambda row: row.cap),
    Field(_l("Over by (m²)"), lambda row: row.over),
)


def _posts(rank: Rank) -> Field:
    return Field(RANK_LABELS[rank], lambda row: row.posts[rank], 9)


# in the order of 县(市、区)机关办公用房管理使用情况登记表
UNIT_FIELDS = (
    Field(_l("Unit"), lambda row: row.unit.name, 26),
    Field(_l("Approved posts"), lambda row: row.posts_total, 9),
    Field(_l("People in post"), lambda row: row.in_post, 9),
    *(_posts(rank) for rank in Rank),
    Field(_l("Rooms"), lambda row: len(row.rooms), 8),
    Field(_l("Office area (m²)"), lambda row: row.area, 12),
    Field(_l("Entitled to (m²)"), lambda row: row.due, 12),
    Field(_l("Over by (m²)"), lambda row: row.over, 12),
)


def _note() -> str:
    """Which day and which document a list stands on."""
    rows = standards.standards(as_of(), Subject.OFFICE)
    basis = next(iter(rows.values()), None)
    document = f"{basis.document}，{clause_text(basis.clause)}" if basis else _("no standard in force")
    return str(_("As of %(day)s. Basis: %(document)s", day=as_of(), document=document))


def _wants_workbook() -> bool:
    return request.args.get("format") == "xlsx"


@bp.get("/units")
@requires(Permission.ROOM_READ)
def units() -> Response | tuple[str, int]:
    return _units(over.units(as_of()), _("Units and their rooms"), "rooms/units.html")


@bp.get("/over/units")
@requires(Permission.ROOM_READ)
def units_over() -> Response | tuple[str, int]:
    return _units(over.units_over(as_of()), _("Units over the standard"), "rooms/units_over.html", "over")


def _units(rows: list[UnitStanding], title: str, template: str, sort: str = "unit") -> Response | tuple[str, int]:
    table = listed(rows, UNIT_COLUMNS, sort=sort, descending=sort == "over", caption=title, empty_text=_("None."))
    if _wants_workbook():
        return download(workbook(title, UNIT_FIELDS, table.rows, _note()), title)
    total = {
        "over": sum((row.over for row in rows), Decimal(0)), "area": sum((row.area for row in rows), Decimal(0)),
        "due": sum((row.due for row in rows), Decimal(0)),
    }  # fmt: skip
    return page(template, listing=table, day=as_of(), note=_note(), total=total)


@bp.get("/over")
@requires(Permission.ROOM_READ)
def rooms_over() -> Response | tuple[str, int]:
    """Rooms over the standard as of a day; as a workbook with `?format=xlsx`."""
    rows = over.rooms_over(as_of())
    table = listed(
        rows, ROOM_COLUMNS, sort="over", descending=True, caption=_("Rooms over the standard"),
        empty_text=_("No office room is over the standard on this day."),
    )  # fmt: skip
    if _wants_workbook():
        return download(
            workbook(_("Rooms over the standard"), ROOM_FIELDS, table.rows, _note()), _("Rooms over the standard")
        )
    total = {"over": sum((row.over for row in rows), Decimal(0))}
    return page("rooms/rooms_over.html", listing=table, day=as_of(), note=_note(), total=total, ranks_of=_ranks_of)


@bp.get("/units/<int:id>")
@requires(Permission.ROOM_LIST)
def unit(id: int) -> tuple[str, int]:
    """One unit: what it may have, what it uses, its people and their rooms."""
    return _unit_page(id)


def _unit_page(id: int) -> tuple[str, int]:
    found = queries.visible_unit(id, current_actor())
    [standing] = over.units(as_of(), found.id)
    return page(
        "rooms/unit.html", unit=found, standing=standing, staff=queries.staff_of(id, as_of()), ranks=RANK_LABELS,
        counts=queries.headcount_rows(id), day=as_of(), note=_note(),
    )  # fmt: skip


@bp.get("/own-unit")
@requires(Permission.OWN_READ)
def own_unit() -> tuple[str, int]:
    """The unit that a liaison speaks for."""
    return _unit_page(current_actor().unit_id or 0)


@bp.route("/units/<int:id>/headcounts/new", methods=["GET", "POST"])
@requires(Permission.ROOM_WRITE)
def headcount(id: int) -> Response | tuple[str, int]:
    found = queries.visible_unit(id, current_actor())
    form = HeadcountForm(from_on=clock.today())
    if form.attempt(service.set_headcount, unit=found):
        return done(_("The headcount is set."), "rooms.unit", id=id)
    return page("rooms/headcount.html", form=form, unit=found)


@bp.route("/units/<int:id>/staff/new", methods=["GET", "POST"])
@requires(Permission.ROOM_WRITE)
def new_staff(id: int) -> Response | tuple[str, int]:
    found = queries.visible_unit(id, current_actor())
    form = StaffForm(joined_on=clock.today())
    if form.attempt(service.take_on, unit=found):
        return done(_("The person is added."), "rooms.unit", id=id)
    return page("rooms/new_staff.html", form=form, unit=found)


@bp.route("/staff/<int:id>/leaving", methods=["GET", "POST"])
@requires(Permission.ROOM_WRITE)
def leaving(id: int) -> Response | tuple[str, int]:
    staff = db.get_or_404(Staff, id)
    form = LeavingForm(left_on=clock.today())
    if form.attempt(service.let_go, staff=staff):
        return done(_("The person has left; the room is to be vacated within a month."), "rooms.unit", id=staff.unit_id)
    return page("rooms/leaving.html", form=form, staff=staff)


@bp.get("/to-vacate")
@requires(Permission.ROOM_READ)
def to_vacate() -> tuple[str, int]:
    """Seats of people who have left, the longest overdue first."""
    seats = queries.seats_to_vacate(clock.today())
    return page("rooms/to_vacate.html", seats=seats, within=RECOVERED_WITHIN, day=clock.today())


@bp.get("/standards")
@requires(Permission.ROOM_LIST)
def standard() -> tuple[str, int]:
    """The numbers of the standard in force on a day, with document, clause, confidence and source."""
    parts = [(subject, standards.standards(as_of(), subject)) for subject in Subject]
    return page("rooms/standard.html", parts=parts, ranks=RANK_LABELS, day=as_of())
