"""Pages of the self-evaluation: the form, its files, and what people decide in it."""

from io import BytesIO
from typing import Any

from flask import Blueprint, abort, send_file
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ...core import files
from ...core.access import current_actor, requires
from ...core.db import db
from ...core.page import done, page
from ..models import Indicator, Programme
from ..permissions import Permission
from . import presenting, queries, service
from .evaluation import evaluate
from .excel import excel
from .form import file_name, title_of
from .forms import DeviationForm, JudgementForm
from .word import word

bp = Blueprint("evaluation", __name__)


@bp.route("/indicators/<int:id>/judgement", methods=["GET", "POST"])
@requires(Permission.TARGET_WRITE)
def new_judgement(id: int) -> Response | tuple[str, int]:
    found = db.get_or_404(Indicator, id)
    form = JudgementForm()
    if form.attempt(service.judge, indicator=found):
        return done(_("The indicator is graded."), "programmes.evaluation.form", id=found.programme_id)
    past, settings = queries.judgements_of(found), evaluate(found.programme).settings
    bands = presenting.bands(found, settings)
    shown: dict[str, Any] = {"history": past, "bands": bands, "setting": settings.qualitative_bands}
    return page("programmes/evaluation/new_judgement.html", form=form, indicator=found, **shown)


@bp.route("/<int:id>/deviations/<int:row>", methods=["GET", "POST"])
@requires(Permission.TARGET_WRITE)
def new_deviation(id: int, row: int) -> Response | tuple[str, int]:
    """The cause and the measure of a row; row 0 is the execution of the budget."""
    found = db.get_or_404(Programme, id)
    name = presenting.row_name(found, row) or abort(404)
    past = queries.deviations(found).get(row)
    form = DeviationForm(cause=past.cause if past else "", measure=past.measure if past else "")
    if form.attempt(service.explain, programme=found, row_number=row):
        return done(_("Cause and measure are in the form."), "programmes.evaluation.form", id=id)
    return page("programmes/evaluation/new_deviation.html", form=form, programme=found, row=row, name=name)


@bp.get("/<int:id>/evaluation")
@requires(Permission.PROGRAMME_READ)
def form(id: int) -> tuple[str, int]:
    """The self-evaluation form; every figure opens what it was counted from."""
    made = evaluate(db.get_or_404(Programme, id))
    shown = presenting.Shown(made, current_actor())
    return page(
        "programmes/evaluation/form.html", evaluation=made, programme=made.programme, shown=shown, title=title_of(made)
    )


@bp.get("/<int:id>/evaluation.<any(docx, xlsx):kind>")
@requires(Permission.PROGRAMME_READ)
def file(id: int, kind: str) -> Response:
    made = evaluate(db.get_or_404(Programme, id))
    content, name = word(made) if kind == "docx" else excel(made), file_name(made, kind)
    return send_file(BytesIO(content), mimetype=files.KINDS["." + kind], as_attachment=True, download_name=name)
