"""Pages that take papers of a survey in from a file."""

from io import BytesIO
from typing import Any

from flask import Blueprint, send_file
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ...core.access import current_actor, requires
from ...core.db import db
from ...core.files import KINDS
from ...core.forms import Deed
from ...core.page import done, page
from ..permissions import Permission
from ..uploads import Purpose, handed_in_or_404
from . import paper_service, paper_sheet
from .forms import PaperFileForm
from .models import AnswerFile, Survey

bp = Blueprint("papers", __name__)


@bp.route("/<int:id>/papers/new", methods=["GET", "POST"])
@requires(Permission.TARGET_WRITE)
def new_file(id: int) -> Response | tuple[str, int]:
    found, form = db.get_or_404(Survey, id), PaperFileForm()
    if kept := form.attempt(paper_service.keep, survey=found):
        message = _("The papers are read. Look at them before they are entered.")
        return done(message, "programmes.surveys.papers.preview", id=id, file=kept.id)
    columns = [(each.label, "、".join(each.heads[:-1])) for each in paper_sheet.columns(found)]
    return page("programmes/surveys/papers/new_file.html", form=form, survey=found, columns=columns)


@bp.get("/<int:id>/papers/template.xlsx")
@requires(Permission.TARGET_WRITE)
def template(id: int) -> Response:
    found = db.get_or_404(Survey, id)
    name = f"{found.title}.xlsx"
    made = BytesIO(paper_sheet.template(found))
    return send_file(made, mimetype=KINDS[".xlsx"], as_attachment=True, download_name=name)


@bp.route("/<int:id>/papers/previews/<int:file>", methods=["GET", "POST"])
@requires(Permission.TARGET_WRITE)
def preview(id: int, file: int) -> Response | tuple[str, int]:
    """What would become of every paper; nothing is entered until a person says so."""
    found, form = db.get_or_404(Survey, id), Deed()
    kept = handed_in_or_404(file, Purpose.ANSWERS, current_actor())
    if made := form.attempt(paper_service.take_in, kept=kept, survey=found):
        said = _("%(added)s papers are entered, %(faulty)s go back.", added=made.added, faulty=made.faulty)
        return done(said, "programmes.surveys.papers.file", id=made.id)
    rows = paper_service.judge(kept.path.read_bytes(), found)
    shown: dict[str, Any] = {"kept": kept, "rows": rows, "verdicts": paper_service.VERDICTS}
    return page("programmes/surveys/papers/preview.html", form=form, survey=found, **shown)


@bp.get("/papers/<int:id>")
@requires(Permission.TARGET_WRITE)
def file(id: int) -> tuple[str, int]:
    return page("programmes/surveys/papers/file.html", file=db.get_or_404(AnswerFile, id))


@bp.get("/papers/<int:id>/misfits")
@requires(Permission.TARGET_WRITE)
def misfits(id: int) -> Response:
    """The same file with the reason beside each paper that goes back."""
    content, name = paper_service.misfits(db.get_or_404(AnswerFile, id))
    kind = KINDS["." + name.rpartition(".")[2]]
    return send_file(BytesIO(content), mimetype=kind, as_attachment=True, download_name=name)
