"""Pages of the year's narrative: the text, its words in versions, its approval, its Word file."""

from io import BytesIO
from typing import Any

from flask import Blueprint, abort, redirect, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ...core.access import requires
from ...core.files import KINDS
from ...core.forms import Deed
from ...core.page import done, page, refused
from ...core.period import year as whole_year
from ...indicators.closing import closing_of
from ...indicators.queries import current_year, periods
from ..permissions import Permission as Programmes
from . import queries, service
from .forms import ApprovalForm, FigureForm, ParagraphForm
from .moved import moved
from .permissions import Permission
from .telling import narrative
from .word import as_word
from .wording import CHANGE, WORDINGS

bp = Blueprint("narrative", __name__, url_prefix="/narrative")


@bp.get("/")
@requires(Programmes.PROGRAMME_READ)
def latest() -> Response:
    """The narrative of the current year."""
    return redirect(url_for("programmes.narrative.of_year", year=current_year().first.year))


@bp.get("/<int:year>")
@requires(Programmes.PROGRAMME_READ)
def of_year(year: int) -> tuple[str, int]:
    """The narrative with every figure a link to its records, and what moved since it was approved."""
    told, approval = narrative(_possible(year)), queries.last_approval(year)
    kept = queries.kept_of(closing_of(whole_year(year)))
    shown: dict[str, Any] = {"approval": approval, "moved": moved(told, approval), "kept": kept}
    is_current = approval is not None and approval.text_sha256 == service.fingerprint(told)
    shown |= {"is_current": is_current, "fingerprint": service.fingerprint(told)}
    return page("programmes/narrative/of_year.html", told=told, periods=periods(), **shown)


@bp.get("/<int:year>.docx")
@requires(Programmes.PROGRAMME_READ)
def word(year: int) -> Response:
    content, name = as_word(narrative(_possible(year))), f"部门整体绩效{year}.docx"
    return send_file(BytesIO(content), mimetype=KINDS[".docx"], as_attachment=True, download_name=name)


@bp.route("/<int:year>/paragraphs/<int:place>", methods=["GET", "POST"])
@requires(Permission.NARRATIVE_WRITE)
def paragraph(year: int, place: int) -> Response | tuple[str, int]:
    """The words of one paragraph; its place behind the last is a new one."""
    drafts = queries.drafts(_possible(year))
    if not 1 <= place <= len(drafts) + 1:
        abort(404)
    draft = drafts[place - 1] if place <= len(drafts) else None
    seen = service.mark(drafts, place)
    form = ParagraphForm(heading=draft.heading if draft else "", text=draft.text if draft else "", seen=seen)
    if form.attempt(service.write, year=year, place=place):
        return done(_("The paragraph is written."), "programmes.narrative.of_year", year=year)
    history = next((each.versions for each in queries.paragraphs(year) if draft and each.id == draft.id), [])
    shown: dict[str, Any] = {"draft": draft, "history": history, "names": queries.names()}
    shown["wordings"] = [*filter(None, WORDINGS), CHANGE]
    return page("programmes/narrative/paragraph.html", form=form, year=year, place=place, **shown)


@bp.post("/<int:year>/paragraphs/<int:place>/retirement")
@requires(Permission.NARRATIVE_WRITE)
def retirement(year: int, place: int) -> Response:
    form = Deed()
    if form.attempt(service.retire, year=year, place=place):
        return done(_("The paragraph is out of the text."), "programmes.narrative.of_year", year=year)
    return refused(form, "programmes.narrative.of_year", year=year)


@bp.route("/figures/new", methods=["GET", "POST"])
@requires(Permission.NARRATIVE_WRITE)
def new_figure() -> Response | tuple[str, int]:
    """Name a figure that no feature counts."""
    form = FigureForm()
    if made := form.attempt(service.name_figure):
        return done(_("%(label)s can be referred to now.", label=made.label), "programmes.narrative.latest")
    return page("programmes/narrative/new_figure.html", form=form)


@bp.post("/<int:year>/approval")
@requires(Permission.NARRATIVE_WRITE)
def approval(year: int) -> Response:
    form = ApprovalForm()
    if form.attempt(service.approve, year=_possible(year)):
        return done(_("The text is approved with its figures."), "programmes.narrative.of_year", year=year)
    return refused(form, "programmes.narrative.of_year", year=year)


def _possible(year: int) -> int:
    return year if 2001 <= year <= 2099 else abort(404)
