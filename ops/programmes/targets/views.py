"""Pages of targets: a document is read, looked at, and stored."""

from typing import Any

from flask import Blueprint, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ...core.access import requires
from ...core.db import db
from ...core.files import Attachment
from ...core.forms import Deed
from ...core.page import done, page
from ..models import Indicator
from ..permissions import Permission
from . import importing, presenting, settling
from .forms import DocumentForm, SettlingForm
from .revising_views import bp as revising_bp
from .stored import read_of, target_of, text_of

bp = Blueprint("targets", __name__)
bp.register_blueprint(revising_bp)


@bp.route("/documents/new", methods=["GET", "POST"])
@requires(Permission.TARGET_WRITE)
def new_document() -> Response | tuple[str, int]:
    form = DocumentForm()
    if kept := form.attempt(importing.keep):
        return done(_("The document is read. Look at it before storing it."), "programmes.targets.document", id=kept.id)
    return page("programmes/targets/new_document.html", form=form)


@bp.route("/documents/<int:id>", methods=["GET", "POST"])
@requires(Permission.TARGET_WRITE)
def document(id: int) -> Response | tuple[str, int]:
    """How every cell was read, the remarks beside it, and what differs from what is stored."""
    kept = db.get_or_404(Attachment, id)
    form, data = Deed(), kept.path.read_bytes()
    replace = bool(request.form.get("replace"))
    if made := form.attempt(importing.store, data=data, name=kept.name, replace=replace):
        message = _("Stored: %(added)s new, %(replaced)s replaced, %(unchanged)s unchanged.", **vars(made))
        return done(message, "programmes.programmes", year=importing.read(data).year)
    found = importing.read(data)
    tables = presenting.tables(found)
    return page("programmes/targets/document.html", form=form, kept=kept, document=found, tables=tables)


@bp.route("/indicators/<int:id>/target", methods=["GET", "POST"])
@requires(Permission.TARGET_WRITE)
def settled(id: int) -> Response | tuple[str, int]:
    """What a doubtful value says: the words of the form, how they are read and why that is doubtful."""
    found = db.get_or_404(Indicator, id)
    read = read_of(found)
    form = SettlingForm()
    if form.attempt(settling.settle, indicator=found):
        return done(_("It is settled what the value says."), "programmes.programme", id=found.programme_id)
    shown: dict[str, Any] = {
        "text": text_of(found),
        "reading": presenting.reading_text(read),
        "doubts": presenting.doubt_texts(read),
    }
    now = presenting.reading_text(target_of(found))
    return page("programmes/targets/settled.html", form=form, indicator=found, now=now, **shown)
