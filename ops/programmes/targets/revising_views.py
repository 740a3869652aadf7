"""Pages that make, revise, print and compare targets."""

from datetime import date
from io import BytesIO
from typing import Any

from flask import Blueprint, abort, redirect, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ...core import clock, files
from ...core.access import requires
from ...core.db import db
from ...core.forms import choices
from ...core.page import done, page
from ..models import Indicator, Programme
from ..permissions import Permission
from . import drawing, form, revising, versions
from .revising_forms import Because, HeadRevisionForm, IndicatorForm, ProgrammeForm
from .stored import printed

bp = Blueprint("revising", __name__)


@bp.get("/<int:id>/targets")
@requires(Permission.PROGRAMME_READ)
def table(id: int) -> tuple[str, int]:
    """The official table, as it is printed; each row leads to its revision."""
    found = db.get_or_404(Programme, id)
    shown = printed(found)
    levels = form.indicator_rows(shown)[1:]
    rows = list(zip(found.indicators, levels, strict=True))
    return page(
        "programmes/targets/table.html", programme=found, head=form.head_rows(shown), heads=form.HEADS, rows=rows,
        title=form.title_of(shown), version=versions.newest(found),
    )  # fmt: skip


@bp.get("/<int:id>/targets.<any(docx, xlsx):kind>")
@requires(Permission.PROGRAMME_READ)
def table_file(id: int, kind: str) -> Response:
    found = db.get_or_404(Programme, id)
    made = (drawing.word if kind == "docx" else drawing.excel)([printed(found)])
    title = found.title if found.is_department else revising.TITLE
    name = f"{found.name}{title}.{kind}"
    return send_file(BytesIO(made), mimetype=files.KINDS["." + kind], as_attachment=True, download_name=name)


@bp.get("/<int:id>/targets/versions")
@requires(Permission.PROGRAMME_READ)
def history(id: int) -> tuple[str, int]:
    """Every version with its reason and what it changed."""
    found = db.get_or_404(Programme, id)
    return page("programmes/targets/history.html", programme=found, revisions=versions.revisions(found))


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.TARGET_WRITE)
def new_programme() -> Response | tuple[str, int]:
    typed = ProgrammeForm()
    if made := typed.attempt(revising.create):
        return done(_("The table is made. Add its indicators."), "programmes.targets.revising.table", id=made.id)
    return page("programmes/targets/new_programme.html", form=typed)


@bp.route("/<int:id>/targets/head", methods=["GET", "POST"])
@requires(Permission.TARGET_WRITE)
def revised_head(id: int) -> Response | tuple[str, int]:
    found = db.get_or_404(Programme, id)
    if found.is_department:
        return redirect(url_for("programmes.department.goals", year=found.year))
    typed = HeadRevisionForm(**_head_of(found), in_force_on=_day_for(found))
    if typed.attempt(_revise_head, programme=found):
        return done(_("A new version of the targets is in force."), "programmes.targets.revising.table", id=id)
    return page("programmes/targets/revised_head.html", form=typed, programme=found)


@bp.route("/<int:id>/targets/indicators/new", methods=["GET", "POST"])
@requires(Permission.TARGET_WRITE)
def new_indicator(id: int) -> Response | tuple[str, int]:
    found = db.get_or_404(Programme, id)
    typed = _by_duty(IndicatorForm(in_force_on=_day_for(found)), found)
    if typed.attempt(revising.add_indicator, programme=found):
        return done(_("A new version of the targets is in force."), "programmes.targets.revising.table", id=id)
    return page("programmes/targets/new_indicator.html", form=typed, programme=found)


@bp.route("/targets/indicators/<int:id>", methods=["GET", "POST"])
@requires(Permission.TARGET_WRITE)
def revised_indicator(id: int) -> Response | tuple[str, int]:
    found = _standing(id)
    typed = _by_duty(IndicatorForm(obj=found, in_force_on=_day_for(found.programme)), found.programme)
    if typed.attempt(revising.revise_indicator, indicator=found):
        message = _("A new version of the targets is in force.")
        return done(message, "programmes.targets.revising.table", id=found.programme_id)
    return page("programmes/targets/revised_indicator.html", form=typed, indicator=found)


@bp.route("/targets/indicators/<int:id>/removal", methods=["GET", "POST"])
@requires(Permission.TARGET_WRITE)
def removal(id: int) -> Response | tuple[str, int]:
    found = _standing(id)
    typed, programme_id = Because(in_force_on=_day_for(found.programme)), found.programme_id
    if typed.attempt(_remove, indicator=found):
        message = _("A new version of the targets is in force.")
        return done(message, "programmes.targets.revising.table", id=programme_id)
    return page("programmes/targets/removal.html", form=typed, indicator=found)


def _revise_head(**given: Any) -> bool:
    revising.revise_head(**given)
    return True


def _remove(**given: Any) -> bool:
    revising.remove_indicator(**given)
    return True


def _standing(id: int) -> Indicator:
    found = db.get_or_404(Indicator, id)
    return found if found.row > 0 else abort(404)


def _by_duty(typed: IndicatorForm, programme: Programme) -> IndicatorForm:
    """Only the department's indicators belong to a duty."""
    if programme.is_department:
        typed.duty.choices = choices([(each.section, each.section) for each in programme.duties])
    else:
        del typed.duty
    return typed


def _day_for(programme: Programme) -> date:
    """Today, or the nearest day of the budget year."""
    return max(programme.period.first, min(clock.today(), programme.period.last))


def _head_of(programme: Programme) -> dict[str, Any]:
    plan = "\n".join(f"{point.label} {point.percent_text}" for point in programme.points)
    names = ("name", "unit_line", "amount_unit", "fund_use", "goals")
    money = {"total": programme.total_text, "fiscal": programme.fiscal_text or "", "other": programme.other_text or ""}
    return {name: getattr(programme, name) for name in names} | money | {"plan": plan}
