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
from . import presenting, queries, service, signing_service
from .evaluation import evaluate
from .form import file_name, title_of
from .forms import DeviationForm, JudgementForm, SignForm, WithdrawalForm, weight_form
from .models import FormSignature
from .permissions import Permission as Own
from .setting_views import bp as scoring_bp
from .signing import STEP_LABELS, standing

bp = Blueprint("evaluation", __name__)
bp.register_blueprint(scoring_bp)


@bp.route("/indicators/<int:id>/judgement", methods=["GET", "POST"])
@requires(Permission.TARGET_WRITE)
def new_judgement(id: int) -> Response | tuple[str, int]:
    found = db.get_or_404(Indicator, id)
    form = JudgementForm()
    if form.attempt(service.judge, indicator=found):
        return done(_("The indicator is graded."), "programmes.evaluation.form", id=found.programme_id)
    past, made = queries.judgements_of(found), evaluate(found.programme)
    proposed = next((line.score.proposed for line in made.lines if line.indicator.id == id), None)
    bands = presenting.bands(found, made.settings)
    shown: dict[str, Any] = {"history": past, "bands": bands, "setting": made.settings.qualitative_bands}
    shown["proposed"] = proposed
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
    found = standing(db.get_or_404(Programme, id))
    made = found.evaluation
    shown = presenting.Shown(made, current_actor())
    return page(
        "programmes/evaluation/form.html",
        standing=found,
        evaluation=made,
        programme=made.programme,
        shown=shown,
        title=title_of(made),
    )


@bp.get("/<int:id>/evaluation.<any(docx, xlsx, pdf):kind>")
@requires(Permission.PROGRAMME_READ)
def file(id: int, kind: str) -> Response:
    found = standing(db.get_or_404(Programme, id))
    content, name = signing_service.render(found, kind), file_name(found.evaluation, kind)
    return send_file(BytesIO(content), mimetype=files.KINDS["." + kind], as_attachment=True, download_name=name)


@bp.get("/<int:id>/checks")
@requires(Permission.PROGRAMME_READ)
def checks(id: int) -> tuple[str, int]:
    """What a reviewer would send the form back for: what, where, and the way there."""
    found = standing(db.get_or_404(Programme, id))
    rows = presenting.finding_rows(found.evaluation, found.findings)
    programme = found.evaluation.programme
    return page("programmes/evaluation/checks.html", standing=found, programme=programme, rows=rows)


@bp.get("/<int:id>/weights")
@requires(Permission.PROGRAMME_READ)
def weights(id: int) -> tuple[str, int]:
    """The weight of each indicator and how it came to be."""
    made = evaluate(db.get_or_404(Programme, id))
    revisions = queries.weight_revisions(made.programme)
    return page("programmes/evaluation/weights.html", evaluation=made, programme=made.programme, revisions=revisions)


@bp.route("/<int:id>/weights/new", methods=["GET", "POST"])
@requires(Own.WEIGHT_WRITE)
def new_weights(id: int) -> Response | tuple[str, int]:
    found = db.get_or_404(Programme, id)
    now = queries.weights(found)
    form = weight_form([(each.id, f"{each.row}. {each.level3}", now[each.id]) for each in found.indicators])
    if form.attempt(service.weigh, programme=found):
        return done(_("The weights are changed."), "programmes.evaluation.weights", id=id)
    return page("programmes/evaluation/new_weights.html", form=form, programme=found)


@bp.get("/<int:id>/signatures")
@requires(Permission.PROGRAMME_READ)
def signatures(id: int) -> tuple[str, int]:
    """Who has signed what, who comes next, and the files that were kept."""
    return _signatures(db.get_or_404(Programme, id), SignForm())


@bp.post("/<int:id>/signatures")
@requires(Own.FORM_SIGN)
def sign(id: int) -> Response | tuple[str, int]:
    found, form = db.get_or_404(Programme, id), SignForm()
    if form.attempt(signing_service.sign, programme=found):
        return done(_("The form is signed."), "programmes.evaluation.signatures", id=id)
    return _signatures(db.get_or_404(Programme, id), form)


@bp.route("/signatures/<int:id>/withdrawal", methods=["GET", "POST"])
@requires(Own.FORM_SIGN)
def withdrawal(id: int) -> Response | tuple[str, int]:
    found, form = db.get_or_404(FormSignature, id), WithdrawalForm()
    programme = db.get_or_404(Programme, found.programme_id)
    if form.attempt(signing_service.withdraw, signature=found):
        return done(_("The signature is withdrawn."), "programmes.evaluation.signatures", id=programme.id)
    return page(
        "programmes/evaluation/withdrawal.html", form=form, signature=found, programme=programme, steps=STEP_LABELS
    )


def _signatures(programme: Programme, form: SignForm) -> tuple[str, int]:
    found = standing(programme)
    return page(
        "programmes/evaluation/signatures.html",
        form=form,
        standing=found,
        programme=programme,
        may_sign=found.may_sign(current_actor()),
        events=presenting.signature_events(queries.signatures(programme)),
        mine=[each.signature for each in found.steps if each.signature and found.may_withdraw(each, current_actor())],
        kept=queries.kept_reports(programme),
    )
