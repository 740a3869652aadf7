"""Pages of food safety: checks by day, incidents, one entry of the log."""

from flask import Blueprint, request
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as Answer

from ..core import clock
from ..core.access import requires
from ..core.db import db
from ..core.forms import choices
from ..core.page import done, page
from ..core.period import parse
from . import queries, safety, tables
from .forms import CheckForm, IncidentForm, PlanForm, ReversalForm
from .models import OpeningDay, SafetyEntry
from .permissions import Permission

bp = Blueprint("food_safety", __name__, url_prefix="/canteen")


@bp.get("/checks")
@requires(Permission.SAFETY_READ)
def checks() -> tuple[str, int]:
    """Planned days and their checks."""
    return page("food_safety/checks.html", listing=tables.checks(clock.today()), today=clock.today())


@bp.route("/checks/new", methods=["GET", "POST"])
@requires(Permission.SAFETY_WRITE)
def new_check() -> Answer | tuple[str, int]:
    form = CheckForm(canteen_id=request.args.get("canteen", type=int), day=_asked_day())
    form.canteen_id.choices = choices(queries.canteens())
    if entry := form.attempt(safety.check):
        return done(_("The check is recorded."), "food_safety.safety_entry", id=entry.id)
    return page("food_safety/new_check.html", form=form)


@bp.get("/incidents")
@requires(Permission.SAFETY_READ)
def incidents() -> tuple[str, int]:
    return page("food_safety/incidents.html", listing=tables.incidents())


@bp.route("/incidents/new", methods=["GET", "POST"])
@requires(Permission.SAFETY_WRITE)
def new_incident() -> Answer | tuple[str, int]:
    form = IncidentForm(day=clock.today())
    form.canteen_id.choices = choices(queries.canteens())
    if entry := form.attempt(safety.report):
        return done(_("The incident is in the log."), "food_safety.safety_entry", id=entry.id)
    return page("food_safety/new_incident.html", form=form)


@bp.get("/safety/<int:id>")
@requires(Permission.SAFETY_READ)
def safety_entry(id: int) -> tuple[str, int]:
    """A check or an incident."""
    return page("food_safety/safety_entry.html", entry=db.get_or_404(SafetyEntry, id))


@bp.route("/safety/<int:id>/reversal", methods=["GET", "POST"])
@requires(Permission.SAFETY_WRITE)
def safety_reversal(id: int) -> Answer | tuple[str, int]:
    entry, form = db.get_or_404(SafetyEntry, id), ReversalForm()
    if form.attempt(safety.reverse, entry=entry):
        return done(_("The entry is reversed and no longer counts."), "food_safety.safety_entry", id=id)
    return page("food_safety/safety_reversal.html", form=form, entry=entry)


@bp.get("/opening-days/<int:id>")
@requires(Permission.SAFETY_READ)
def opening_day(id: int) -> tuple[str, int]:
    """A planned day of a canteen: was it open, was it checked."""
    day = db.get_or_404(OpeningDay, id)
    return page(
        "food_safety/opening_day.html", opening=day, entries=queries.entries_of(day.canteen_id, day.day),
        check=queries.check_of(day.canteen_id, day.day), today=clock.today(),
        meals=queries.meals_served(day.canteen_id, day.day),
    )  # fmt: skip


@bp.route("/opening-days/new", methods=["GET", "POST"])
@requires(Permission.SETTING_WRITE)
def new_plan() -> Answer | tuple[str, int]:
    form = PlanForm(year=clock.today().year)
    added = form.attempt(safety.plan)
    if added is not None:
        return done(ngettext("%(num)s day is planned.", "%(num)s days are planned.", added), "food_safety.checks")
    return page("food_safety/new_plan.html", form=form, planned=sorted(queries.planned_years()))


def _asked_day() -> object:
    asked = request.args.get("day", "")
    return parse(asked).first if asked else clock.today()
