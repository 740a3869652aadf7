"""Pages of repairs."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, request, send_file
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from ..core import clock
from ..core.access import current_actor, requires
from ..core.db import db
from ..core.files import Attachment
from ..core.forms import Deed, Form, choices
from ..core.listing import Column, Filter, listing
from ..core.page import done, page
from ..people.models import Unit
from . import queries, service
from .forms import (
    AssignForm,
    ConfirmForm,
    FinishForm,
    LimitForm,
    RatingForm,
    ReassignForm,
    ReportForm,
    ReworkForm,
    VoidForm,
)
from .models import Ticket, TicketStep
from .permissions import Permission
from .words import LIMITS, STATES, TRADES, URGENCIES, duration

bp = Blueprint("repairs", __name__, url_prefix="/repairs")
COLUMNS = (
    Column("number", _l("Ticket"), Ticket.id),
    Column("reported", _l("Reported"), Ticket.reported_at),
    Column("unit", _l("Unit"), Unit.name),
    Column("place", _l("Place"), Ticket.place),
    Column("trade", _l("Trade"), Ticket.trade),
    Column("urgency", _l("Urgency"), Ticket.urgency),
    Column("description", _l("What is broken")),
    Column("due", _l("Next due")),
    Column("state", _l("State")),
)
STATE_OPTIONS = [
    (queries.OPEN, _l("not finished")),
    *((kind or "reported", word) for kind, (_colour, word) in STATES.items()),
]
FILTERS = (
    Filter("state", _l("State"), STATE_OPTIONS, queries.is_in),
    Filter("urgency", _l("Urgency"), list(URGENCIES.items()), lambda chosen: Ticket.urgency == chosen),
    Filter("trade", _l("Trade"), list(TRADES.items()), lambda chosen: Ticket.trade == chosen),
)


@bp.get("/tickets")
@requires(Permission.TICKET_LIST)
def tickets() -> tuple[str, int]:
    """Tickets, newest first."""
    found = queries.visible_tickets(current_actor()).join(Unit, Unit.id == Ticket.unit_id).add_columns(Unit.name)
    table = listing(
        found, COLUMNS, sort="reported", descending=True, filters=FILTERS,
        search=(Ticket.place, Ticket.description, Ticket.contact, Unit.name),
        empty_text=_l("What is reported as broken will stand here."),
    )  # fmt: skip
    return page("repairs/tickets.html", listing=table, **_words())


@bp.get("/mine")
@requires(Permission.TICKET_WORK)
def mine() -> tuple[str, int]:
    """The worker's phone: the repair due first with its next step, and what comes after it."""
    waiting = queries.in_hand(current_actor())
    about = _about(waiting[0]) if waiting else {"ticket": None}
    return page("repairs/mine.html", later=waiting[1:], **_words(), **about)


@bp.route("/tickets/new", methods=["GET", "POST"])
@requires(Permission.TICKET_REPORT)
def new_ticket() -> Response | tuple[str, int]:
    form = ReportForm()
    form.unit_id.choices = choices(queries.units_for(current_actor()))
    form.building_id.choices = choices(queries.buildings())
    if form.unit_id.data is None:
        form.unit_id.data = current_actor().unit_id
    if ticket := form.attempt(service.report, at=clock.now()):
        return done(
            _("The repair is reported as ticket %(number)s.", number=ticket.number), "repairs.ticket", id=ticket.id
        )
    return page("repairs/new_ticket.html", form=form)


@bp.get("/tickets/<int:id>")
@requires(Permission.TICKET_LIST)
def ticket(id: int) -> tuple[str, int]:
    """One ticket with its limits and everything that has happened to it."""
    found = queries.visible_ticket(id, current_actor())
    return page("repairs/ticket.html", history=queries.history(found), **_words(), **_about(found))


@bp.get("/tickets/<int:id>/photo")
@requires(Permission.TICKET_LIST)
def photo(id: int) -> Response:
    found = queries.visible_ticket(id, current_actor())
    kept = db.session.get(Attachment, found.photo_id) if found.photo_id else None
    if kept is None:
        abort(404)
    return send_file(kept.path, mimetype=kept.media_type, download_name=kept.name)


@bp.route("/tickets/<int:id>/acceptance", methods=["GET", "POST"])
@requires(Permission.TICKET_WORK)
def acceptance(id: int) -> Response | tuple[str, int]:
    return _step(id, Deed(), service.accept, _("The ticket is accepted."))


@bp.route("/tickets/<int:id>/assignment", methods=["GET", "POST"])
@requires(Permission.TICKET_WORK)
def assignment(id: int) -> Response | tuple[str, int]:
    form = AssignForm()
    form.worker_id.choices = choices(queries.workers())
    return _step(id, form, service.assign, _("The ticket is assigned."))


@bp.route("/tickets/<int:id>/reassignment", methods=["GET", "POST"])
@requires(Permission.TICKET_WORK)
def reassignment(id: int) -> Response | tuple[str, int]:
    form = ReassignForm()
    form.worker_id.choices = choices(queries.workers())
    return _step(id, form, service.reassign, _("Another worker has the ticket now."))


@bp.route("/tickets/<int:id>/attendance", methods=["GET", "POST"])
@requires(Permission.TICKET_WORK)
def attendance(id: int) -> Response | tuple[str, int]:
    return _step(id, Deed(), service.attend, _("The arrival is recorded."))


@bp.route("/tickets/<int:id>/completion", methods=["GET", "POST"])
@requires(Permission.TICKET_WORK)
def completion(id: int) -> Response | tuple[str, int]:
    return _step(id, FinishForm(), service.finish, _("The repair is finished; the unit is asked to confirm."))


@bp.route("/tickets/<int:id>/confirmation", methods=["GET", "POST"])
@requires(Permission.TICKET_CONFIRM)
def confirmation(id: int) -> Response | tuple[str, int]:
    return _step(id, ConfirmForm(), service.confirm, _("The repair is confirmed."))


@bp.route("/tickets/<int:id>/rating", methods=["GET", "POST"])
@requires(Permission.TICKET_RATE)
def rating(id: int) -> Response | tuple[str, int]:
    return _step(id, RatingForm(), service.rate, _("The rating is recorded."))


@bp.route("/tickets/<int:id>/rework", methods=["GET", "POST"])
@requires(Permission.TICKET_CONFIRM)
def rework(id: int) -> Response | tuple[str, int]:
    return _step(id, ReworkForm(), service.send_back, _("The ticket is with the repair section again."))


@bp.route("/tickets/<int:id>/voiding", methods=["GET", "POST"])
@requires(Permission.TICKET_REPORT)
def voiding(id: int) -> Response | tuple[str, int]:
    return _step(id, VoidForm(), service.void, _("The ticket is void."))


@bp.get("/limits")
@requires(Permission.TICKET_READ)
def limits() -> tuple[str, int]:
    """The time limits, each with its source."""
    return page(
        "repairs/limits.html", limits=queries.all_limits(), kinds=LIMITS, urgencies=URGENCIES, duration=duration
    )


@bp.route("/limits/new", methods=["GET", "POST"])
@requires(Permission.LIMIT_SET)
def new_limit() -> Response | tuple[str, int]:
    form = LimitForm()
    if form.attempt(service.set_limit, today=clock.today()):
        return done(_("The limit is entered."), "repairs.limits")
    return page("repairs/new_limit.html", form=form)


def _step(id: int, form: Form, verb: Callable[..., TicketStep], said: str) -> Response | tuple[str, int]:
    """The page of one step: a one-button step comes here only when it was refused."""
    actor = current_actor()
    found = queries.visible_ticket(id, actor)
    mine = found in queries.in_hand(actor)
    if form.attempt(verb, ticket=found, at=clock.now()):
        return done(said, "repairs.mine") if mine else done(said, "repairs.ticket", id=id)
    return page(f"{str(request.endpoint).replace('.', '/')}.html", form=form, ticket=found)


def _about(ticket: Ticket) -> dict[str, Any]:
    return {
        "ticket": ticket,
        "unit": db.session.get(Unit, ticket.unit_id),
        "deadlines": queries.deadlines(ticket, clock.now()),
        "deeds": queries.deeds(ticket, current_actor()),
    }


def _words() -> dict[str, Any]:
    return {
        "states": STATES,
        "trades": TRADES,
        "urgencies": URGENCIES,
        "due_at": queries.due_at,
        "is_late": lambda ticket: queries.is_late(ticket, clock.now()),
    }
