"""Pages of the house."""

from flask import Blueprint
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from ..core.access import requires
from ..core.audit import AuditEntry, verify
from ..core.db import db
from ..core.forms import choices
from ..core.jobs import timetable
from ..core.listing import Column, listing
from ..core.page import done, page
from ..core.workcalendar import CalendarDay
from ..people import service as people
from ..people.models import User
from ..people.roles import ROLE_LABELS
from . import queries, service, token_views
from .deeds import deed_said, record_said
from .forms import CalendarForm, RolesForm, UserForm
from .permissions import Permission

bp = Blueprint("admin", __name__, url_prefix="/admin")
bp.register_blueprint(token_views.bp)


@bp.get("/audit")
@requires(Permission.AUDIT_READ)
def audit_trail() -> tuple[str, int]:
    """Every deed, newest first."""
    columns = (
        Column("id", _l("No."), AuditEntry.id, "end"),
        Column("at", _l("At"), AuditEntry.at),
        Column("actor", _l("By"), AuditEntry.actor_name),
        Column("address", _l("From")),
        Column("action", _l("Deed"), AuditEntry.action),
        Column("subject", _l("Record")),
        Column("reason", _l("Reason")),
    )
    search = (AuditEntry.action, AuditEntry.actor_name, AuditEntry.subject)
    table = listing(
        queries.entries(), columns, sort="id", descending=True, search=search, also=queries.says,
        caption=_l("Audit trail"),
    )  # fmt: skip
    return page("admin/audit_trail.html", listing=table, deed=deed_said, record=record_said)


@bp.get("/audit/<int:id>")
@requires(Permission.AUDIT_READ)
def audit_entry(id: int) -> tuple[str, int]:
    entry = db.get_or_404(AuditEntry, id)
    return page(
        "admin/audit_entry.html", entry=entry, changes=queries.changes_of(entry), deed=deed_said(entry.action),
        record=record_said(entry.subject),
    )  # fmt: skip


@bp.get("/audit/check")
@requires(Permission.AUDIT_READ)
def audit_check() -> tuple[str, int]:
    """Walk the whole chain and say whether anything was altered."""
    head = queries.chain_length()
    return page("admin/audit_check.html", breaks=list(verify()), entries=head)


@bp.get("/users")
@requires(Permission.USER_WRITE)
def users() -> tuple[str, int]:
    columns = (
        Column("username", _l("User name"), User.username),
        Column("name", _l("Name shown"), User.name),
        Column("roles", _l("Roles")),
        Column("state", _l("State"), User.disabled_at),
    )
    search = (User.username, User.name)
    table = listing(queries.users(), columns, sort="username", search=search, caption=_l("Users"))
    return page("admin/users.html", listing=table, role_labels=ROLE_LABELS)


@bp.route("/users/new", methods=["GET", "POST"])
@requires(Permission.USER_WRITE)
def new_user() -> Response | tuple[str, int]:
    form = UserForm()
    form.unit_id.choices = choices(queries.units())
    if user := form.attempt(people.add_user):
        return done(_("%(name)s can sign in now.", name=user.name), "admin.users")
    return page("admin/new_user.html", form=form)


@bp.route("/users/<int:id>", methods=["GET", "POST"])
@requires(Permission.USER_WRITE)
def user(id: int) -> Response | tuple[str, int]:
    found = db.get_or_404(User, id)
    form = RolesForm(roles=[held.role for held in found.roles], disabled=not found.is_active)
    if form.attempt(people.set_roles, user=found):
        return done(_("The roles of %(name)s are set.", name=found.name), "admin.users")
    return page("admin/user.html", form=form, user=found)


@bp.get("/jobs")
@requires(Permission.AUDIT_READ)
def jobs() -> tuple[str, int]:
    return page("admin/jobs.html", timetable=timetable(), runs=queries.runs())


@bp.get("/permissions")
@requires(Permission.MATRIX_READ)
def permissions() -> tuple[str, int]:
    """Who may do what."""
    return page("admin/permissions.html", tables=queries.matrix(), roles=ROLE_LABELS)


@bp.route("/calendar", methods=["GET", "POST"])
@requires(Permission.CALENDAR_WRITE)
def calendar() -> Response | tuple[str, int]:
    """The days that differ from Monday-to-Friday."""
    form = CalendarForm()
    if form.attempt(service.set_day):
        return done(_("The day is set."), "admin.calendar")
    columns = (
        Column("day", _l("Day"), CalendarDay.day),
        Column("working", _l("Kind"), CalendarDay.working),
        Column("note", _l("What it is")),
        Column("source", _l("Notice")),
    )
    table = listing(queries.calendar(), columns, sort="day", descending=True, caption=_l("Work calendar"))
    return page("admin/calendar.html", form=form, listing=table)
