"""Pages of meals: the counter, the day, one meal and its corrections, files, settings."""

import json
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, Response, abort, redirect, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from ..core import clock
from ..core.access import requires
from ..core.db import db
from ..core.forms import choices
from ..core.page import done, page
from ..core.sheets import hand_back
from . import intakes, queries, service, swipes, tables
from .forms import (
    BackEntryForm,
    CorrectionForm,
    IntakeForm,
    RecordForm,
    ReversalForm,
    SittingForm,
    TerminalForm,
)
from .models import Intake, Meal, Sitting
from .permissions import Permission

bp = Blueprint("canteen", __name__, url_prefix="/canteen")
SHOWN_FAULTS = 200


@bp.get("/meals")
@bp.get("/days/<day>/meals")
@requires(Permission.MEAL_READ)
def meals(day: str = "") -> tuple[str, int]:
    """The meals of a day; today's without one."""
    shown = _day(day) if day else clock.today()
    before, after = shown - timedelta(days=1), shown + timedelta(days=1)
    days = {"day": shown, "before": before, "after": after, "today": clock.today()}
    return page("canteen/meals.html", listing=tables.meals(shown), days=days)


@bp.route("/meals/new", methods=["GET", "POST"])
@requires(Permission.MEAL_WRITE)
def new_meal() -> Answer | tuple[str, int]:
    """The counter: one card after the other; the last one stays in sight."""
    form = RecordForm(canteen_id=request.args.get("canteen", type=int) or session.get("canteen"))
    form.canteen_id.choices = choices(queries.canteens())
    if meal := form.attempt(service.record):
        session["canteen"] = meal.canteen_id
        return redirect(url_for("canteen.new_meal", canteen=meal.canteen_id, last=meal.id), 303)
    last = db.session.get(Meal, request.args.get("last", 0, type=int)) if request.method == "GET" else None
    return page(
        "canteen/new_meal.html",
        form=form, status=422 if form.errors else 200, **_asked_back(form), last=last,
        unit=queries.unit_of(last.diner) if last else "", subsidised=bool(last and queries.subsidised(last)),
        sittings=queries.sittings(), now=clock.now(),
    )  # fmt: skip


def _asked_back(form: RecordForm) -> dict[str, Any]:
    """What the counter asks when it could not record: which of several, or whether one more is meant.

    The one who has eaten already is shown with the refusal, and the field is free for the next card.
    """
    who = (form.who.data or "").strip()
    named = queries.named(who) if who else []
    if len(named) != 1 or not form.who.errors:
        return {"candidates": queries.alike(who) if who and len(named) != 1 else [], "asked": None, "refusal": ""}
    refusal, form.who.errors, form.who.data = form.who.errors[0], [], ""
    return {"candidates": [], "asked": named[0], "refusal": refusal}


@bp.route("/meals/back-entry", methods=["GET", "POST"])
@requires(Permission.MEAL_WRITE)
def back_entry() -> Answer | tuple[str, int]:
    form = BackEntryForm()
    form.canteen_id.choices = choices(queries.canteens())
    if meal := form.attempt(service.back_enter):
        return done(_("The meal is entered."), "canteen.meal", id=meal.id)
    return page("canteen/back_entry.html", form=form)


@bp.get("/meals/<int:id>")
@requires(Permission.MEAL_READ)
def meal(id: int) -> tuple[str, int]:
    """One meal with how it came into the ledger and what became of it."""
    meal = db.get_or_404(Meal, id)
    return page(
        "canteen/meal.html", meal=meal, unit=queries.unit_of(meal.diner), history=queries.history(meal),
        subsidised=queries.subsidised(meal), replaced_by=queries.replaced_by(meal),
    )  # fmt: skip


@bp.route("/meals/<int:id>/reversal", methods=["GET", "POST"])
@requires(Permission.MEAL_WRITE)
def reversal(id: int) -> Answer | tuple[str, int]:
    meal, form = db.get_or_404(Meal, id), ReversalForm()
    if form.attempt(service.reverse, meal=meal):
        return done(_("The meal is reversed and no longer counts."), "canteen.meal", id=id)
    return page("canteen/reversal.html", form=form, meal=meal)


@bp.route("/meals/<int:id>/correction", methods=["GET", "POST"])
@requires(Permission.MEAL_WRITE)
def correction(id: int) -> Answer | tuple[str, int]:
    meal = db.get_or_404(Meal, id)
    form = CorrectionForm(canteen_id=meal.canteen_id, who=meal.diner.number, at=meal.at, amount=meal.amount)
    form.canteen_id.choices = choices(queries.canteens())
    if right := form.attempt(service.correct, meal=meal):
        return done(_("The meal is corrected: this one counts instead."), "canteen.meal", id=right.id)
    return page("canteen/correction.html", form=form, meal=meal)


@bp.get("/files")
@requires(Permission.MEAL_READ)
def files() -> tuple[str, int]:
    return page("canteen/files.html", listing=tables.intakes())


@bp.route("/files/new", methods=["GET", "POST"])
@requires(Permission.MEAL_WRITE)
def new_file() -> Answer | tuple[str, int]:
    form = IntakeForm()
    if intake := form.attempt(intakes.take_in_meals):
        return redirect(url_for("canteen.file", id=intake.id), 303)
    return page("canteen/new_file.html", form=form, columns=swipes.COLUMNS)


@bp.get("/files/<int:id>")
@requires(Permission.MEAL_READ)
def file(id: int) -> tuple[str, int]:
    """What became of a file: counts, and the rows that did not land."""
    intake = db.get_or_404(Intake, id)
    faults = [(each.line, each.reason, json.loads(each.cells)) for each in queries.faults(intake, SHOWN_FAULTS)]
    return page("canteen/file.html", intake=intake, faults=faults, head=json.loads(intake.head))


@bp.get("/files/<int:id>/faults.csv")
@requires(Permission.MEAL_READ)
def faults(id: int) -> Response:
    """The rows that did not land, with the reason in an added column."""
    intake = db.get_or_404(Intake, id)
    rows = ((json.loads(each.cells), each.reason) for each in queries.faults(intake))
    answer = Response(hand_back(json.loads(intake.head), rows, _("Reason not landed")), mimetype="text/csv")
    answer.headers.set("Content-Disposition", "attachment", filename=f"not-landed-{id}.csv")
    return answer


@bp.get("/settings")
@requires(Permission.MEAL_READ)
def settings() -> tuple[str, int]:
    """Sittings by the clock, and where each terminal stands."""
    return page("canteen/settings.html", sittings=queries.sittings(), terminals=queries.terminals())


@bp.route("/sittings/<int:id>", methods=["GET", "POST"])
@requires(Permission.SETTING_WRITE)
def sitting(id: int) -> Answer | tuple[str, int]:
    sitting = db.get_or_404(Sitting, id)
    form = SittingForm(obj=sitting)
    if form.attempt(service.change_sitting, sitting=sitting):
        return done(_("The sitting is set."), "canteen.settings")
    return page("canteen/sitting.html", form=form, sitting=sitting)


@bp.route("/terminals/new", methods=["GET", "POST"])
@requires(Permission.SETTING_WRITE)
def new_terminal() -> Answer | tuple[str, int]:
    form = TerminalForm()
    form.canteen_id.choices = choices(queries.canteens())
    if form.attempt(service.register_terminal):
        return done(_("The terminal is registered."), "canteen.settings")
    return page("canteen/new_terminal.html", form=form)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        abort(404)
