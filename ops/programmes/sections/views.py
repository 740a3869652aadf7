"""Pages of the sections' assessment: key tasks, scoreboard, safeguards, what a section answers for."""

from typing import Any

from flask import Blueprint, abort, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from ...core import clock
from ...core.access import requires
from ...core.db import db
from ...core.forms import choices, option
from ...core.listing import Column, Filter, listing
from ...core.page import done, page
from ...core.workbook import Field, download, workbook
from ...indicators.catalogue import metrics
from ...people.models import Section
from . import queries, rules, service
from .forms import CompletionForm, MeasureForm, MilestoneForm, NoteForm, TaskForm, WaiverForm
from .models import KeyTask, Milestone
from .permissions import Permission

bp = Blueprint("sections", __name__, url_prefix="/sections")
STATES = {
    "done": ("done", _l("done on time")),
    "late_done": ("done", _l("done late")),
    "waived": ("closed", _l("waived")),
    "late": ("late", _l("overdue")),
    "waiting": ("waiting", _l("not due yet")),
}
TASK_COLUMNS = (
    Column("title", _l("Key task"), KeyTask.title),
    Column("section", _l("Section"), Section.name),
    Column("milestones", _l("Milestones")),
    Column("next", _l("Next due")),
    Column("state", _l("State")),
)
BOARD_FIELDS = (
    Field(_l("Section"), lambda row: row[0].section.name, 20),
    Field(_l("Figure"), lambda row: str(row[1].figure.metric.label), 30),
    Field(_l("Target"), lambda row: row[1].target, 10),
    Field(_l("This year"), lambda row: row[1].figure.text, 12),
    Field(_l("The year before"), lambda row: row[1].before.text, 12),
    Field(_l("Weight"), lambda row: row[1].weight, 8),
    Field(_l("Score of the section"), lambda row: row[0].score, 10),
)


@bp.get("/")
@requires(Permission.SECTION_READ)
def latest() -> Response:
    """The scoreboard of the newest year that has key tasks."""
    years = queries.years()
    return redirect(url_for("programmes.sections.scoreboard", year=years[0] if years else clock.today().year))


@bp.get("/<int:year>")
@requires(Permission.SECTION_READ)
def scoreboard(year: int) -> Response | tuple[str, int]:
    """Every section with its figures, targets, weights and score."""
    found = queries.boards(_possible(year), clock.today())
    if request.args.get("format") == "xlsx":
        rows = [(board, row) for board in found for row in board.rows]
        return download(workbook(_("Scoreboard of the sections"), BOARD_FIELDS, rows), f"科室考评{year}")
    shown: dict[str, Any] = {"source": queries.data()["source"], "task_weight": rules.TASK_WEIGHT}
    return page("programmes/sections/scoreboard.html", boards=found, year=year, years=_years(year), **shown)


@bp.get("/<int:year>/tasks")
@requires(Permission.SECTION_READ)
def tasks(year: int) -> tuple[str, int]:
    """The key tasks of a year."""
    names = [(str(each.id), each.name) for each in queries.sections()]
    section = Filter("section", _l("Section"), names, lambda key: KeyTask.section_id == int(key))
    table = listing(
        queries.tasks(_possible(year)), TASK_COLUMNS, sort="section", filters=[section], search=(KeyTask.title,),
        empty_text=_l("The year's key tasks will stand here."),
    )  # fmt: skip
    shown: dict[str, Any] = {"today": clock.today(), "states": STATES}
    return page("programmes/sections/tasks.html", listing=table, year=year, years=_years(year), **shown)


@bp.get("/<int:year>/safeguards")
@requires(Permission.SECTION_READ)
def safeguards(year: int) -> tuple[str, int]:
    """The safeguards of the published document, each with the tasks that prove it."""
    sentences = list(enumerate(queries.data()["safeguards"], start=1))
    by_number = {number: queries.tasks_proving(_possible(year), number) for number, _text in sentences}
    shown: dict[str, Any] = {"sentences": sentences, "by_number": by_number, "today": clock.today(), "states": STATES}
    boards = queries.boards(year, clock.today())
    return page("programmes/sections/safeguards.html", year=year, years=_years(year), boards=boards, **shown)


@bp.route("/<int:year>/tasks/new", methods=["GET", "POST"])
@requires(Permission.TASK_WRITE)
def new_task(year: int) -> Response | tuple[str, int]:
    form = TaskForm()
    form.section_id.choices = choices((each.id, each.name) for each in queries.sections())
    form.safeguard.choices = choices(enumerate(queries.data()["safeguards"], start=1), blank=str(_("none")))
    if made := form.attempt(service.set_task, year=_possible(year)):
        return done(_("The task is set. Plan its milestones."), "programmes.sections.task", id=made.id)
    return page("programmes/sections/new_task.html", form=form, year=year)


@bp.get("/tasks/<int:id>")
@requires(Permission.SECTION_READ)
def task(id: int) -> tuple[str, int]:
    """One key task: its milestones with their proofs, and what was reported of it."""
    found = db.get_or_404(KeyTask, id)
    return page("programmes/sections/task.html", task=found, today=clock.today(), states=STATES)


@bp.route("/tasks/<int:id>/milestones/new", methods=["GET", "POST"])
@requires(Permission.TASK_WRITE)
def new_milestone(id: int) -> Response | tuple[str, int]:
    return _deed(db.get_or_404(KeyTask, id), MilestoneForm(), service.plan, _("Plan a milestone"))


@bp.route("/tasks/<int:id>/notes/new", methods=["GET", "POST"])
@requires(Permission.TASK_WRITE)
def new_note(id: int) -> Response | tuple[str, int]:
    return _deed(db.get_or_404(KeyTask, id), NoteForm(), service.report, _("Report progress"))


@bp.route("/milestones/<int:id>/completion", methods=["GET", "POST"])
@requires(Permission.TASK_WRITE)
def completion(id: int) -> Response | tuple[str, int]:
    found = db.get_or_404(Milestone, id)
    return _deed(found.task, CompletionForm(done_on=clock.today()), service.complete, found.title, milestone=found)


@bp.route("/milestones/<int:id>/waiver", methods=["GET", "POST"])
@requires(Permission.TASK_WRITE)
def waiver(id: int) -> Response | tuple[str, int]:
    found = db.get_or_404(Milestone, id)
    return _deed(found.task, WaiverForm(), service.waive, found.title, milestone=found)


def _deed(found: KeyTask, form: Any, verb: Any, title: str, **given: Any) -> Response | tuple[str, int]:
    """A form about a task or one of its milestones; back to the task when it is done."""
    if form.attempt(verb, **(given or {"task": found})):
        return done(_("It is recorded."), "programmes.sections.task", id=found.id)
    return page("programmes/sections/deed.html", form=form, task=found, title=title)


@bp.route("/<int:year>/measures", methods=["GET", "POST"])
@requires(Permission.MEASURE_WRITE)
def measures(year: int) -> Response | tuple[str, int]:
    """What each section answers for, and changing it."""
    form = MeasureForm(from_year=_possible(year))
    form.section_id.choices = choices((each.id, each.name) for each in queries.sections())
    form.metric.choices = [option(name, str(metric.label)) for name, metric in metrics().items()]
    if form.attempt(service.measure):
        return done(_("The section answers for it."), "programmes.sections.measures", year=year)
    shown: dict[str, Any] = {"found": queries.measures(year), "metrics": metrics()}
    return page("programmes/sections/measures.html", form=form, year=year, **shown)


def _years(year: int) -> list[int]:
    return sorted({year, *queries.years()}, reverse=True)


def _possible(year: int) -> int:
    return year if 2001 <= year <= 2099 else abort(404)
