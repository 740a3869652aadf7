"""Pages of the department as a whole: its year by duty, its goals, its basic expenditure."""

from typing import Any

from flask import Blueprint, abort, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ...core import clock
from ...core.access import current_actor, requires
from ...core.forms import Deed
from ...core.page import done, page, refused
from .. import queries as programmes
from ..evaluation.presenting import Shown
from ..evaluation.signing import standing
from ..models import Programme
from ..permissions import Permission
from . import queries, service
from .forms import BasicForm, goals_form

bp = Blueprint("department", __name__, url_prefix="/department")


@bp.get("/")
@requires(Permission.PROGRAMME_READ)
def latest() -> Response:
    year = queries.newest_year() or clock.today().year
    return redirect(url_for("programmes.department.of_year", year=year))


@bp.get("/<int:year>")
@requires(Permission.PROGRAMME_READ)
def of_year(year: int) -> tuple[str, int]:
    """The year by duty: what was wanted, what was reached, and the money of the whole."""
    found, years = programmes.department(_possible(year)), sorted({*queries.years(), year}, reverse=True)
    if found is None:
        return page("programmes/department/none.html", year=year, years=years)
    state = standing(found)
    shown: dict[str, Any] = {"standing": state, "evaluation": state.evaluation, "programme": found}
    shown |= {"shown": Shown(state.evaluation, current_actor()), "duties": queries.by_duty(state.evaluation)}
    projects = programmes.programmes(year)
    return page("programmes/department/of_year.html", year=year, years=years, projects=projects, **shown)


@bp.post("/<int:year>")
@requires(Permission.TARGET_WRITE)
def make(year: int) -> Response:
    form = Deed()
    if form.attempt(service.make, year=_possible(year)):
        return done(_("The table is made from the duties. Look at every goal and target."), HOME, year=year)
    return refused(form, HOME, year=year)


@bp.route("/<int:year>/goals", methods=["GET", "POST"])
@requires(Permission.TARGET_WRITE)
def goals(year: int) -> Response | tuple[str, int]:
    found = _of(year)
    day = max(found.period.first, min(clock.today(), found.period.last))
    usual = {"name": found.name, "unit_line": found.unit_line, "goals": found.goals, "in_force_on": day}
    form = goals_form(found.duties, **usual)
    if form.attempt(service.set_goals, programme=found):
        return done(_("A new version of the targets is in force."), HOME, year=year)
    return page("programmes/department/goals.html", form=form, programme=found)


@bp.get("/<int:year>/basic")
@requires(Permission.PROGRAMME_READ)
def basic(year: int) -> tuple[str, int]:
    """Every entry of the basic expenditure with its paper; the newest counts."""
    found = _of(year)
    return page("programmes/department/basic.html", programme=found, entries=programmes.basic_expenditures(found))


@bp.route("/<int:year>/basic/new", methods=["GET", "POST"])
@requires(Permission.PAYMENT_WRITE)
def new_basic(year: int) -> Response | tuple[str, int]:
    found = _of(year)
    past = next(iter(programmes.basic_expenditures(found)), None)
    form = BasicForm(obj=past)
    if form.attempt(service.enter_basic, programme=found):
        return done(_("The basic expenditure is entered."), "programmes.department.basic", year=year)
    return page("programmes/department/new_basic.html", form=form, programme=found)


HOME = "programmes.department.of_year"


def _of(year: int) -> Programme:
    return programmes.department(year) or abort(404)


def _possible(year: int) -> int:
    return year if 2001 <= year <= 2099 else abort(404)
