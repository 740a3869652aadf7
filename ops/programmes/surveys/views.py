"""Pages of surveys; the one behind the secret link is open to everybody on the network."""

from typing import Any

from flask import Blueprint, abort, session, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from ...core import clock
from ...core.access import Actor, public, requires
from ...core.db import db
from ...core.forms import option
from ...core.listing import Column, listing
from ...core.page import done, page
from ..permissions import Permission
from . import queries, service
from .forms import GRADE_WORDS, EntryForm, SurveyForm, VoidForm, answer_form
from .models import Survey, SurveyEntry
from .paper_views import bp as papers_bp

bp = Blueprint("surveys", __name__, url_prefix="/surveys")
bp.register_blueprint(papers_bp)
NAMELESS = Actor(None, "survey link")
COLUMNS = (
    Column("day", _l("Answered on"), SurveyEntry.answered_on),
    Column("question", _l("Question"), SurveyEntry.question_id),
    Column("origin", _l("How"), SurveyEntry.origin),
    Column("satisfied", _l("Satisfied answers"), SurveyEntry.satisfied, "end"),
    Column("valid", _l("Valid"), SurveyEntry.valid, "end"),
    Column("invalid", _l("Invalid"), SurveyEntry.invalid, "end"),
    Column("note", _l("Note"), SurveyEntry.note),
    Column("state", _l("State")),
)


@bp.get("")
@requires(Permission.PROGRAMME_READ)
def surveys() -> tuple[str, int]:
    return page("programmes/surveys/surveys.html", rows=queries.surveys(), today=clock.today())


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.TARGET_WRITE)
def new_survey() -> Response | tuple[str, int]:
    form = SurveyForm()
    if made := form.attempt(service.open_survey):
        message = _("The survey is open. Hand on its link, or enter paper answers.")
        return done(message, "programmes.surveys.survey", id=made.id)
    return page("programmes/surveys/new_survey.html", form=form)


@bp.get("/<int:id>")
@requires(Permission.PROGRAMME_READ)
def survey(id: int) -> tuple[str, int]:
    """What was answered so far, and every entry behind it."""
    found = db.get_or_404(Survey, id)
    table = listing(
        queries.entries(found), COLUMNS, sort="day", descending=True, search=(SurveyEntry.note,),
        caption=_("Answers"), empty_text=_("Answers to this survey will stand here."),
    )  # fmt: skip
    link = url_for("programmes.surveys.answer", token=found.token, _external=True)
    shown: dict[str, Any] = {"standing": queries.standing(found), "words": GRADE_WORDS, "link": link}
    shown |= {"by_question": queries.by_question(found), "files": queries.answer_files(found)}
    return page("programmes/surveys/survey.html", survey=found, listing=table, **shown)


@bp.route("/<int:id>/entries/new", methods=["GET", "POST"])
@requires(Permission.TARGET_WRITE)
def new_entry(id: int) -> Response | tuple[str, int]:
    found = db.get_or_404(Survey, id)
    form = EntryForm()
    form.question.choices = [option(str(each.number), f"{each.number}. {each.text}") for each in found.questions]
    if form.attempt(service.enter, survey=found):
        return done(_("The answers are entered."), "programmes.surveys.survey", id=id)
    return page("programmes/surveys/new_entry.html", form=form, survey=found)


@bp.get("/entries/<int:id>")
@requires(Permission.PROGRAMME_READ)
def entry(id: int) -> tuple[str, int]:
    return page("programmes/surveys/entry.html", entry=db.get_or_404(SurveyEntry, id), words=GRADE_WORDS)


@bp.route("/entries/<int:id>/void", methods=["GET", "POST"])
@requires(Permission.TARGET_WRITE)
def void(id: int) -> Response | tuple[str, int]:
    found = db.get_or_404(SurveyEntry, id)
    form = VoidForm()
    if form.attempt(service.void, entry=found):
        return done(_("The entry is voided and no longer counts."), "programmes.surveys.entry", id=id)
    return page("programmes/surveys/void.html", form=form, entry=found)


@bp.route("/answers/<token>", methods=["GET", "POST"])
@public
def answer(token: str) -> Response | tuple[str, int]:
    """The page behind the secret link; one answer from each browser."""
    found = queries.by_token(token)
    if found is None:
        abort(404)
    given = session.get("answered", [])
    form = answer_form(found)
    if found.id not in given and form.attempt(_nameless, survey=found) is not None:
        session["answered"] = [*given, found.id]
        return done(_("Thank you. Your answer counts."), "programmes.surveys.answer", token=token)
    open_now = found.opens_on <= clock.today() <= found.closes_on
    shown: dict[str, Any] = {"answered": found.id in session.get("answered", []), "open_now": open_now}
    return page("programmes/surveys/answer.html", form=form, survey=found, **shown)


def _nameless(survey: Survey, grade: str, note: str, by: Actor, **more: str) -> list[SurveyEntry]:
    """Whoever is signed in: an answer is nobody's."""
    del by
    grades = [grade, *(more[f"grade{each.number}"] for each in survey.questions[1:])]
    return service.answer(survey, grades, note, NAMELESS)
