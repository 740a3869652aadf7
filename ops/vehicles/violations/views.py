"""Pages of filed violations: the list, one filing with its steps, the nine violations themselves."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, abort, request, send_file, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from ...core import clock
from ...core.access import current_actor, requires
from ...core.forms import Form, choices
from ...core.listing import PER_PAGE, Column, Filter, Listing, listing
from ...core.page import done, page, turned_away
from ...core.workbook import download
from ...people.models import Unit
from . import catalogue, queries, rules, service, tables
from .forms import ExplanationForm, FilingForm, FilingWithdrawalForm, OutcomeForm, QuestionForm
from .models import FILING_STATES, VIOLATION_LABELS, Filing
from .permissions import Permission
from .subjects import SUBJECT_LABELS, Subject, SubjectKind

bp = Blueprint("violations", __name__, url_prefix="/filed-violations")
USUAL_TIME = timedelta(days=7)
COLUMNS = (
    Column("no", _l("Filing"), Filing.id),
    Column("day", _l("Happened on"), Filing.day),
    Column("violation", _l("Kind of violation"), Filing.violation),
    Column("subject", _l("What it is about"), Filing.subject),
    Column("unit", _l("Who has to explain"), Unit.name),
    Column("explain_by", _l("Explain by"), Filing.explain_by),
    Column("state", _l("State"), queries.LAST_KIND),
)


@bp.get("")
@requires(Permission.VIOLATION_READ)
def filings() -> Response | tuple[str, int]:
    """What was filed, newest first; as a workbook with `?format=xlsx`."""
    if request.args.get("format") == "xlsx":
        return download(tables.sheet(_listing(tables.MOST_ROWS)), "filed-violations")
    query: dict[str, Any] = {name: value for name, value in request.args.items() if name != "page"}
    return page(
        "vehicles/violations/filings.html", listing=_listing(PER_PAGE), labels=VIOLATION_LABELS, states=FILING_STATES,
        today=clock.today(), excel=url_for(".filings", **{**query, "format": "xlsx"}),
    )  # fmt: skip


def _listing(per_page: int) -> Listing:
    today = clock.today()
    to_do = [(queries.TO_BE_EXPLAINED, _("to be explained")), (queries.OVERDUE, _("not explained in time"))]
    states = [*to_do, *((str(key), word) for key, (_colour, word) in FILING_STATES.items())]
    periods = [(each.key, each.label) for each in queries.periods(today)]
    actor, whose = current_actor(), [("0", _("Vehicle section")), *queries.asked_units()]
    # a unit is not told of which others something was filed
    of_units = [] if actor.unit_id is not None else [Filter("unit", _l("Who has to explain"), whose, queries.of_unit)]
    return listing(
        queries.filings(actor), COLUMNS, sort="no", descending=True,
        search=(Filing.subject, Filing.facts, Unit.name), per_page=per_page,
        filters=[
            Filter("violation", _l("Kind of violation"), list(VIOLATION_LABELS.items()), queries.of_violation),
            Filter("state", _l("State"), states, queries.in_state),
            *of_units,
            Filter("period", _l("Period"), periods, queries.of_period),
        ],
        empty_text=_l("What is filed under one of the nine violations will stand here."),
    )  # fmt: skip


@bp.get("/list")
@requires(Permission.VIOLATION_READ)
def nine() -> tuple[str, int]:
    """The nine violations with document, clause and source."""
    return page("vehicles/violations/nine.html", listed=catalogue.in_force(clock.today()), labels=VIOLATION_LABELS)


@bp.get("/<int:id>")
@requires(Permission.VIOLATION_READ)
def filing(id: int) -> tuple[str, int]:
    """One filing: what was seen, what the rule says, and every step."""
    found = _visible(id)
    return page(
        "vehicles/violations/filing.html", filing=found, entry=catalogue.entry(found.violation, found.day),
        unit=queries.unit_name(found), subject_url=_subject_url(found), kind=SUBJECT_LABELS[_kind(found)],
        theirs=queries.is_theirs(found, current_actor()), history=queries.history(found), labels=VIOLATION_LABELS,
        states=FILING_STATES, today=clock.today(),
    )  # fmt: skip


@bp.get("/<int:id>/proof")
@requires(Permission.VIOLATION_READ)
def proof(id: int) -> Response:
    kept = _visible(id).attachment or abort(404)
    return send_file(kept.path, mimetype=kept.media_type, download_name=kept.name)


@bp.route("/new/<kind>/<int:id>", methods=["GET", "POST"])
@requires(Permission.VIOLATION_FILE)
def new_filing(kind: str, id: int) -> Response | tuple[str, int]:
    """File an alarm, a trip, a hire or a car under one of the nine."""
    subject = _subject(kind, id)
    today = clock.today()
    usual = {"day": min(subject.day or today, today), "explain_by": today + USUAL_TIME, "unit_id": subject.unit_id}
    form = FilingForm(**usual)
    form.unit_id.choices = choices(queries.units(), blank=_("Vehicle section"))
    if made := form.attempt(service.file, subject=subject):
        return done(_("It is filed; those who must explain are told."), ".filing", id=made.id)
    earlier = queries.of_subject(subject.kind, subject.key)
    return page(
        "vehicles/violations/new_filing.html", form=form, subject=subject, earlier=earlier, labels=VIOLATION_LABELS,
        states=FILING_STATES, listed=catalogue.in_force(_day_of(form)), back=url_for(subject.kind.endpoint, id=id),
    )  # fmt: skip


def _day_of(form: FilingForm) -> date:
    return form.day.data or clock.today()


def _subject(kind: str, key: int) -> Subject:
    if kind not in list(SubjectKind):
        abort(404)
    return queries.subject_of(SubjectKind(kind), key) or abort(404)


def _kind(filing: Filing) -> SubjectKind:
    return next(kind for kind in SubjectKind if getattr(filing, kind.column) is not None)


def _subject_url(filing: Filing) -> str | None:
    """The page of what was filed, for those who may open it."""
    kind = _kind(filing)
    return url_for(kind.endpoint, id=getattr(filing, kind.column)) if current_actor().may(kind.needs) else None


def _visible(id: int) -> Filing:
    return queries.visible(id, current_actor()) or abort(404)


@bp.route("/<int:id>/explanation", methods=["GET", "POST"])
@requires(Permission.VIOLATION_EXPLAIN)
def explanation(id: int) -> Response | tuple[str, int]:
    found = _visible(id)
    form = ExplanationForm(seen=found.mark)
    theirs = queries.is_theirs(found, current_actor())
    if away := _too_late(found, lambda: rules.check_explains(found.state, theirs)):
        return away
    return _deed(found, form, service.explain, _("The explanation is handed in."), _("Explain"))


@bp.route("/<int:id>/question", methods=["GET", "POST"])
@requires(Permission.VIOLATION_FILE)
def question(id: int) -> Response | tuple[str, int]:
    found = _visible(id)
    form = QuestionForm(seen=found.mark, explain_by=clock.today() + USUAL_TIME)
    if away := _too_late(found, lambda: rules.check_answered(found.state)):
        return away
    return _deed(found, form, service.ask_again, _("The question is asked."), _("Ask again"))


@bp.route("/<int:id>/outcome", methods=["GET", "POST"])
@requires(Permission.VIOLATION_FILE)
def outcome(id: int) -> Response | tuple[str, int]:
    found = _visible(id)
    form = OutcomeForm(seen=found.mark)
    heard = rules.heard_by(found.state, found.explain_by, clock.today())
    if away := _too_late(found, lambda: rules.check_heard(heard)):
        return away
    return _deed(found, form, service.decide, _("The outcome is entered."), _("Enter the outcome"))


@bp.route("/<int:id>/withdrawal", methods=["GET", "POST"])
@requires(Permission.VIOLATION_FILE)
def withdrawal(id: int) -> Response | tuple[str, int]:
    found = _visible(id)
    form = FilingWithdrawalForm(seen=found.mark)
    if away := _too_late(found, lambda: rules.check_open(found.state)):
        return away
    return _deed(found, form, service.withdraw, _("The filing is withdrawn."), _("Withdraw the filing"))


def _too_late(found: Filing, check: Callable[[], object]) -> Response | None:
    return turned_away(check, "vehicles.violations.filing", id=found.id)


def _deed(found: Filing, form: Form, deed: Callable[..., object], told: str, title: str) -> Response | tuple[str, int]:
    """One step of a filing: entered and back to it, or its form with what was wrong."""
    if form.attempt(deed, filing=found):
        return done(told, ".filing", id=found.id)
    shown: dict[str, Any] = {"filing": found, "history": queries.history(found), "labels": VIOLATION_LABELS}
    return page("vehicles/violations/deed.html", form=form, title=title, action=request.path, **shown)
