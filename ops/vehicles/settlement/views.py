"""Pages of settlement."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from werkzeug.wrappers import Response

from ...core import clock
from ...core.access import Actor, current_actor, requires
from ...core.db import db
from ...core.forms import choices
from ...core.listing import Column, Filter, listing
from ...core.page import done, page, turned_away
from ...core.period import month
from ...core.workbook import download
from ...people.models import Unit
from .. import queries as trips
from ..history_queries import signature_of
from ..models import TripRequest
from ..odometer import trips as dials
from . import kilometre_queries, queries, rules, service
from .forms import (
    YES,
    AnswerForm,
    CorrectionForm,
    IssueForm,
    KilometreAnswerForm,
    KilometreForm,
    RatingForm,
    TariffForm,
)
from .models import CAR_CLASSES, METHODS, STATEMENT_STATES, KilometreCheck, Statement, StatementVerdict, Tariff
from .permissions import Permission
from .sheet import statement_workbook

bp = Blueprint("settlement", __name__)


@bp.route("/requests/<int:id>/kilometres", methods=["GET", "POST"])
@requires(Permission.TRIP_CONFIRM)
def kilometres(id: int) -> Response | tuple[str, int]:
    """The unit agrees to the kilometres of its trip, or objects."""
    request = trips.visible_request(id, current_actor())
    if away := _not_to_say(request, lambda: rules.check_back(request.state)):
        return away
    form = KilometreForm(seen=request.mark)
    if row := form.attempt(_check, request=request):
        said = _("The kilometres are confirmed.") if row.agreed else _("The objection is with the vehicle section.")
        return done(said, "vehicles.trip", id=id)
    return page("vehicles/settlement/kilometres.html", form=form, request=request, **_driven(request))


def _driven(request: TripRequest) -> dict[str, Any]:
    carried, last = request.carried_by, kilometre_queries.last_check(request.id)
    return {
        "dispatch": carried, "driven": dials.of_trip(carried), "said": last, "on_phone": signature_of(request, last),
    }  # fmt: skip


def _not_to_say(request: TripRequest, check: Callable[[], object]) -> Response | None:
    """Back to the trip: it is not the time for it, or the one who looks drove it himself."""

    def both() -> None:
        check()
        queries.check_not_driven(request, current_actor())

    return turned_away(both, "vehicles.trip", id=request.id)


def _check(request: TripRequest, verdict: str, words: str, by: Actor, seen: str = "") -> KilometreCheck:
    return service.check_kilometres(request, verdict == YES, words, by, seen)


@bp.route("/requests/<int:id>/kilometres/answer", methods=["GET", "POST"])
@requires(Permission.STATEMENT_ISSUE)
def kilometre_answer(id: int) -> Response | tuple[str, int]:
    """What the section found on the unit's objection to the kilometres."""
    request = trips.visible_request(id, current_actor())
    last = kilometre_queries.last_check(id)
    if away := turned_away(lambda: rules.check_contested(last), "vehicles.trip", id=id):
        return away
    form = KilometreAnswerForm(seen=request.mark)
    if form.attempt(service.answer_kilometres, request=request):
        return done(_("The objection is answered; the unit looks again."), "vehicles.trip", id=id)
    return page("vehicles/settlement/kilometre_answer.html", form=form, request=request, **_driven(request))


@bp.route("/requests/<int:id>/rating", methods=["GET", "POST"])
@requires(Permission.TRIP_CONFIRM)
def rating(id: int) -> Response | tuple[str, int]:
    request = trips.visible_request(id, current_actor())
    rated = request.rating is not None
    if away := _not_to_say(request, lambda: rules.check_rating(request.state, rated)):
        return away
    form = RatingForm(seen=request.mark)
    if form.attempt(service.rate, request=request):
        return done(_("Thank you. The trip is rated."), "vehicles.trip", id=id)
    return page("vehicles/settlement/rating.html", form=form, request=request)


@bp.get("/statements")
@requires(Permission.STATEMENT_READ)
def statements() -> tuple[str, int]:
    """Statements, newest first."""
    columns = (
        Column("no", _l("Statement no."), Statement.id),
        Column("unit", _l("Unit"), Unit.name),
        Column("month", _l("Month"), Statement.first),
        Column("trips", _l("Trips on it"), None, "end"),
        Column("total", _l("Amount"), None, "end", _l("yuan")),
        Column("state", _l("State")),
    )
    actor, states = current_actor(), [(str(key), word) for key, (_colour, word) in STATEMENT_STATES.items()]
    of_units = (
        [] if actor.unit_id is not None else [Filter("unit", _l("Unit"), queries.settled_units(), queries.of_unit)]
    )
    periods = [(each.key, each.label) for each in queries.periods(clock.today())]
    table = listing(
        queries.statements(actor), columns, sort="no", descending=True, search=(Unit.name,),
        filters=[
            Filter("state", _l("State"), [(queries.WAITING, _l("the unit's turn")), *states], queries.in_state),
            *of_units,
            Filter("period", _l("Period"), periods, queries.of_period),
        ],
        caption=_l("Statements of car use"), empty_text=_l("Monthly statements of what units' trips cost stand here."),
    )  # fmt: skip
    return page("vehicles/settlement/statements.html", listing=table, states=STATEMENT_STATES)


@bp.route("/statements/new", methods=["GET", "POST"])
@requires(Permission.STATEMENT_ISSUE)
def new_statement() -> Response | tuple[str, int]:
    """Last month's, for one unit or all: those with trips that no statement holds are offered."""
    today = clock.today()
    before = month(today.year, today.month - 1) if today.month > 1 else month(today.year - 1, 12)
    form, waiting = IssueForm(month=before.key), queries.units_with_trips(before.last)
    named = [(key, f"{name} · {ngettext('%(num)s trip', '%(num)s trips', count)}") for key, name, count in waiting]
    form.unit_id.choices = choices(named, blank=_("All these units"))
    if made := form.attempt(service.issue_chosen):
        if len(made) > 1:
            return done(_("%(count)s statements are issued.", count=len(made)), "vehicles.settlement.statements")
        return done(_("The statement is issued."), "vehicles.settlement.statement", id=made[0].id)
    return page("vehicles/settlement/new_statement.html", form=form, waiting=waiting)


@bp.get("/statements/<int:id>")
@requires(Permission.STATEMENT_READ)
def statement(id: int) -> tuple[str, int]:
    """One statement: each line opens its trip."""
    found = queries.visible_statement(id, current_actor())
    return page("vehicles/settlement/statement.html", statement=found, **_shown(found))


def _shown(found: Statement) -> dict[str, Any]:
    worked = queries.worked_out(found)
    tariffs = {each.tariff.id: each.tariff for each in worked.values()}
    return {
        "unit": db.session.get_one(Unit, found.unit_id), "states": STATEMENT_STATES,
        "mine": current_actor().unit_id == found.unit_id, "worked": worked, "classes": CAR_CLASSES, "methods": METHODS,
        "tariffs": sorted(tariffs.values(), key=lambda each: (each.car_class, each.valid_from)),
    }  # fmt: skip


@bp.get("/statements/<int:id>/workbook")
@requires(Permission.STATEMENT_READ)
def statement_file(id: int) -> Response:
    found = queries.visible_statement(id, current_actor())
    unit = db.session.get_one(Unit, found.unit_id)
    return download(statement_workbook(found, unit.name, queries.worked_out(found)), f"{found.no}")


@bp.route("/statements/<int:id>/answer", methods=["GET", "POST"])
@requires(Permission.STATEMENT_ANSWER)
def answer(id: int) -> Response | tuple[str, int]:
    """The unit confirms, or objects."""
    found = queries.own_statement(id, current_actor())
    if away := turned_away(lambda: _check_answer(found), "vehicles.settlement.statement", id=id):
        return away
    form = AnswerForm(seen=found.mark)
    if row := form.attempt(_answer, statement=found):
        said = _("The statement is confirmed.") if row.agreed else _("The objection is with the vehicle section.")
        return done(said, "vehicles.settlement.statement", id=id)
    return page("vehicles/settlement/answer.html", form=form, statement=found, **_shown(found))


def _check_answer(statement: Statement) -> None:
    rules.check_verdict(statement.state)
    queries.check_not_issued(statement, current_actor())


def _answer(statement: Statement, verdict: str, words: str, by: Actor, seen: str = "") -> StatementVerdict:
    return service.answer(statement, verdict == YES, words, by, seen)


@bp.route("/statements/<int:id>/correction", methods=["GET", "POST"])
@requires(Permission.STATEMENT_ISSUE)
def correction(id: int) -> Response | tuple[str, int]:
    found = queries.visible_statement(id, current_actor())
    if away := turned_away(lambda: rules.check_objected(found.state), "vehicles.settlement.statement", id=id):
        return away
    form = CorrectionForm(seen=found.mark)
    named = [(line.id, f"{line.day} {line.plate} {line.destination}") for line in found.lines if line.request_id]
    form.line_id.choices = choices(named)
    if form.attempt(service.correct, statement=found):
        return done(_("The correction is added; the unit is asked again."), "vehicles.settlement.statement", id=id)
    return page("vehicles/settlement/correction.html", form=form, statement=found, **_shown(found))


@bp.get("/tariffs")
@requires(Permission.TARIFF_READ)
def tariffs() -> tuple[str, int]:
    columns = (
        Column("class", _l("Class of car"), queries.BY_SIZE),
        Column("method", _l("Priced")),
        Column("price", _l("Price")),
        Column("from", _l("Valid from"), Tariff.valid_from),
        Column("source", _l("Source")),
        Column("state", _l("State"), Tariff.confirmed),
    )
    table = listing(queries.tariffs(), columns, sort="class", caption=_l("Tariffs"))
    today = clock.today()
    held = queries.tariffs_in_force(today)
    return page(
        "vehicles/settlement/tariffs.html", listing=table, classes=CAR_CLASSES, methods=METHODS, held=held, today=today,
        bounds=queries.bounds(today),
    )  # fmt: skip


@bp.route("/tariffs/new", methods=["GET", "POST"])
@requires(Permission.TARIFF_KEEP)
def new_tariff() -> Response | tuple[str, int]:
    zeros = dict.fromkeys(("day_price", "base_km", "base_hours", "hour_price", "far_from", "far_price", "least_km"), 0)
    form = TariffForm(valid_from=clock.today(), **zeros)
    if form.attempt(service.set_tariff):
        return done(_("The tariff is set."), "vehicles.settlement.tariffs")
    return page("vehicles/settlement/new_tariff.html", form=form)
