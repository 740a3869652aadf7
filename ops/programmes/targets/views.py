"""Pages of targets: a document is read, looked at, and stored."""

from typing import Any

from flask import Blueprint, abort, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ...core.access import current_actor, requires
from ...core.db import db
from ...core.forms import Deed
from ...core.page import done, page
from ..models import Indicator
from ..permissions import Permission
from ..uploads import Purpose, handed_in_or_404
from . import early, importing, presenting, settling
from .forms import DocumentForm, SettlingForm
from .remarks import value_of
from .revising_views import bp as revising_bp
from .stored import read_of, target_of, text_of, words_of

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
    kept = handed_in_or_404(id, Purpose.TARGETS, current_actor())
    form, found = Deed(), importing.read(kept.path.read_bytes())
    if made := form.attempt(importing.store_kept, kept=kept, replace=bool(request.form.get("replace"))):
        message = _("Stored: %(added)s new, %(replaced)s replaced, %(unchanged)s unchanged.", **vars(made))
        return done(message, "programmes.programmes", year=found.year)
    found = importing.read(kept.path.read_bytes())
    tables = presenting.tables(found, early.settlements(kept))
    return page("programmes/targets/document.html", form=form, kept=kept, document=found, tables=tables)


@bp.route("/documents/<int:id>/tables/<int:table>/rows/<int:row>", methods=["GET", "POST"])
@requires(Permission.TARGET_WRITE)
def settled_early(id: int, table: int, row: int) -> Response | tuple[str, int]:
    """What a doubtful value of the document says; the choice goes with the row when it is stored."""
    kept, form = handed_in_or_404(id, Purpose.TARGETS, current_actor()), SettlingForm()
    document = importing.read(kept.path.read_bytes())
    of_table = document.tables[table - 1] if 1 <= table <= len(document.tables) else abort(404)
    found = next((each for each in of_table.indicators if each.row == row), None) or abort(404)
    given = {"kept": kept, "place": (table, row), "row": found, "table": of_table, "year": document.year}
    if form.attempt(early.settle, **given):
        anchor = f"row-{table}-{row}"
        return done(_("It is settled what the value says."), "programmes.targets.document", id=id, _anchor=anchor)
    read = value_of(found, of_table, year=document.year)
    shown: dict[str, Any] = {"text": words_of(found), "reading": presenting.reading_text(read)}
    shown |= {"doubts": presenting.doubt_texts(read), "table": table, "row": found, "kept": kept}
    return page("programmes/targets/settled_early.html", form=form, of_table=of_table, **shown)


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
