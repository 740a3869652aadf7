"""Pages of monitoring: the list of a year, a sheet, a version that was handed in, notes, rules."""

from io import BytesIO
from typing import Any

from flask import Blueprint, abort, redirect, request, send_file, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from ...core import clock, files
from ...core.access import current_actor, requires
from ...core.db import db
from ...core.forms import Deed, option
from ...core.listing import Column, listing
from ...core.page import done, page, refused
from .. import queries as programmes
from ..funds.account import last_month
from ..models import Programme
from ..permissions import Permission as Reading
from . import comparing, monitoring, presenting, queries, service
from .files import excel, word
from .form import file_name, title_of
from .forms import ChoiceForm, NoteForm, NumberForm
from .known import gather
from .models import MonitoringVersion
from .permissions import Permission
from .presenting import LIGHTS, Shown, Standing
from .settings import CHOICES, LABELS
from .sheet import CAUSES, LIKELIHOODS, METHODS, Sheet, thawed

bp = Blueprint("monitoring", __name__)
VERSION_COLUMNS = (
    Column("month", _l("Months"), MonitoringVersion.month),
    Column("programme", _l("Programme"), Programme.name),
    Column("version", _l("Version"), MonitoringVersion.version, "end"),
    Column("light", _l("Light"), MonitoringVersion.light),
    Column("at", _l("Handed in"), MonitoringVersion.submitted_at),
    Column("by", _l("By"), MonitoringVersion.submitted_by),
)


@bp.context_processor
def words() -> dict[str, object]:
    return {"signals": LIGHTS, "causes": CAUSES, "likelihoods": LIKELIHOODS, "methods": METHODS}


@bp.get("/monitoring")
@requires(Reading.PROGRAMME_READ)
def monitorings() -> tuple[str, int]:
    """The programmes of a year at a month's end, and everything that was handed in for the year."""
    years = programmes.years()
    year = request.args.get("year", years[0] if years else clock.today().year, type=int)
    month = _month(request.args.get("month", last_month(year, clock.today()), type=int))
    found = list(programmes.programmes(year))
    versions = queries.newest([each.id for each in found], month)
    rows = [Standing(each, versions.get(each.programme_id)) for each in monitoring.sheets(found, month)]
    table = listing(
        queries.versions(year), VERSION_COLUMNS, sort="month", descending=True, caption=_("Handed in"),
        empty_text=_("Monitoring sheets that were handed in will stand here."),
    )  # fmt: skip
    return page("programmes/monitoring/monitorings.html", rows=rows, listing=table, year=year, month=month, years=years)


@bp.get("/<int:id>/monitoring")
@requires(Reading.PROGRAMME_READ)
def latest(id: int) -> Response:
    """The sheet of the month that ended last."""
    found = programmes.project_or_404(id)
    month = last_month(found.year, clock.today())
    return redirect(url_for("programmes.monitoring.form", id=id, month=month))


@bp.get("/<int:id>/monitoring/<int:month>")
@requires(Reading.PROGRAMME_READ)
def form(id: int, month: int) -> tuple[str, int]:
    """The official sheet as it counts now; every figure opens its records."""
    found, month = programmes.project_or_404(id), _month(month)
    known = gather([found], found.year, month)
    sheet = monitoring.make(known, found)
    before, newest = queries.before(id, month), queries.newest([id], month).get(id)
    changes = comparing.changes(thawed(before.content), sheet) if before else []
    shown, is_over = Shown(sheet, found, current_actor(), known), known.period.last < clock.today()
    return _sheet_page(sheet, shown, before, changes, newest=newest, is_over=is_over)


@bp.get("/monitoring/versions/<int:id>")
@requires(Reading.PROGRAMME_READ)
def version(id: int) -> tuple[str, int]:
    """A sheet as it was handed in; nothing in it is counted anew."""
    found = db.get_or_404(MonitoringVersion, id)
    sheet, before = thawed(found.content), queries.before(found.programme_id, found.month, found.version)
    changes = comparing.changes(thawed(before.content), sheet) if before else []
    return _sheet_page(sheet, Shown(sheet, found.programme, current_actor()), before, changes, version=found)


def _sheet_page(sheet: Sheet, shown: Shown, before: Any, changes: Any, **more: Any) -> tuple[str, int]:
    owed = [presenting.row_name(sheet, row) for row in sheet.owed]
    template = "programmes/monitoring/form.html"
    return page(
        template, sheet=sheet, shown=shown, programme=shown.programme, title=title_of(sheet), before=before,
        changes=changes, owed=owed, **more,
    )  # fmt: skip


@bp.post("/<int:id>/monitoring/<int:month>/versions")
@requires(Permission.MONITORING_WRITE)
def hand_in(id: int, month: int) -> Response:
    """Freeze the sheet of the month as its next version."""
    found, deed = programmes.project_or_404(id), Deed()
    made = deed.attempt(service.hand_in, programme=found, month=_month(month))
    if made is None:
        return refused(deed, "programmes.monitoring.form", id=id, month=month)
    return done(_("The sheet is handed in and frozen."), "programmes.monitoring.version", id=made.id)


@bp.get("/<int:id>/monitoring/<int:month>.<any(docx, xlsx):kind>")
@requires(Reading.PROGRAMME_READ)
def file(id: int, month: int, kind: str) -> Response:
    return _file(monitoring.sheet(programmes.project_or_404(id), _month(month)), kind)


@bp.get("/monitoring/versions/<int:id>.<any(docx, xlsx):kind>")
@requires(Reading.PROGRAMME_READ)
def version_file(id: int, kind: str) -> Response:
    return _file(thawed(db.get_or_404(MonitoringVersion, id).content), kind)


def _file(sheet: Sheet, kind: str) -> Response:
    content, name = word(sheet) if kind == "docx" else excel(sheet), file_name(sheet, kind)
    return send_file(BytesIO(content), mimetype=files.KINDS["." + kind], as_attachment=True, download_name=name)


@bp.route("/<int:id>/monitoring/<int:month>/rows/<int:row>", methods=["GET", "POST"])
@requires(Permission.MONITORING_WRITE)
def new_note(id: int, month: int, row: int) -> Response | tuple[str, int]:
    """Cause, likelihood and forecast of a row; row 0 is the money."""
    found, month = programmes.project_or_404(id), _month(month)
    sheet = monitoring.sheet(found, month)
    line = next((each for each in sheet.rows if each.row == row), None)
    if row and line is None:
        abort(404)
    past, said = queries.notes_of(found, month, row), line.said if line else sheet.funds_said
    typed = {"causes": list(said.causes), "explanation": said.explanation, "remark": said.remark}
    kept = past[0].expected if past else ""
    form = NoteForm(**typed, likelihood=said.likelihood or "", expected=kept)
    if form.attempt(service.note, programme=found, month=month, row_number=row):
        return done(_("It stands in the sheet."), "programmes.monitoring.form", id=id, month=month)
    name = presenting.row_name(sheet, row)
    shown: dict[str, Any] = {"programme": found, "sheet": sheet, "line": line, "row": row, "name": name}
    return page("programmes/monitoring/new_note.html", form=form, history=past, **shown)


@bp.get("/monitoring/settings")
@requires(Reading.PROGRAMME_READ)
def settings() -> tuple[str, int]:
    """The rules that apply today, each with its source, and what they were."""
    versions = [queries.setting_of(each) for each in queries.setting_rows()]
    rows = presenting.setting_rows(queries.settings_on(clock.today()), versions)
    return page("programmes/monitoring/settings.html", rows=rows, value_words=presenting.value_words)


@bp.route("/monitoring/settings/<name>", methods=["GET", "POST"])
@requires(Permission.MONITORING_WRITE)
def new_setting(name: str) -> Response | tuple[str, int]:
    """A later version of a rule."""
    if name not in LABELS:
        abort(404)
    now = queries.settings_on(clock.today())
    form = NumberForm(value=now[name]) if presenting.is_number(name) else ChoiceForm(value=now[name])
    if isinstance(form, ChoiceForm):
        form.value.choices = [option(key, words) for key, words in CHOICES[name].items()]
    if form.attempt(service.set_rule, name=name):
        return done(_("The rule is set."), "programmes.monitoring.settings")
    return page("programmes/monitoring/new_setting.html", form=form, name=name, label=LABELS[name])


def _month(month: int) -> int:
    return month if 1 <= month <= 12 else abort(404)
