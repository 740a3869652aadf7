"""Pages of one's own notices."""

from flask import Blueprint, redirect, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement
from werkzeug.wrappers import Response

from ..core import notify
from ..core.access import current_actor, signed_in
from ..core.db import db, transaction
from ..core.listing import Column, Filter, listing
from ..core.notify import Notice
from ..core.page import done, own_path, page

bp = Blueprint("notices", __name__, url_prefix="/notices")
COLUMNS = (
    Column("words", _l("What it says")),
    Column("at", _l("Sent at"), Notice.made_at),
    Column("state", _l("State"), Notice.read_at),
)


@bp.get("")
@signed_in
def notices() -> tuple[str, int]:
    """What one was told, newest first."""
    states = [("unread", _l("unread")), ("read", _l("read"))]
    state = Filter("show", _l("State"), states, _in_state)
    table = listing(
        notify.notices_of(current_actor()), COLUMNS, sort="at", descending=True, filters=[state],
        empty_text=_l("Reminders and messages to you will stand here."),
    )  # fmt: skip
    return page("notices/notices.html", listing=table, waiting=notify.unread(current_actor()))


def _in_state(chosen: str) -> ColumnElement[bool]:
    return Notice.read_at.is_(None) if chosen == "unread" else Notice.read_at.is_not(None)


@bp.post("/<int:id>/reading")
@signed_in
def reading(id: int) -> Response:
    """Read, and on to the page it is about; somebody else's notice is none of ours."""
    notice = db.first_or_404(notify.notices_of(current_actor()).where(Notice.id == id))
    link = notice.link
    with transaction():
        notify.mark_read(current_actor(), id)
    return redirect(own_path(link) or url_for("notices.notices"), 303)


@bp.post("/reading")
@signed_in
def reading_all() -> Response:
    with transaction():
        notify.mark_read(current_actor())
    return done(_("All notices are marked as read."), "notices.notices")
