"""Pages of hires: the list, asking, recording from paper, one hire with its papers and its approval."""

from typing import Any

from flask import Blueprint, abort, request, send_file, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from ...core import clock
from ...core.access import Actor, current_actor, requires
from ...core.db import db
from ...core.forms import choices
from ...core.listing import PER_PAGE, Column, Filter, Listing, listing
from ...core.page import done, page
from ...core.workbook import download
from ...people.models import Unit
from ..approvals.forms import YES, VerdictForm
from ..approvals.models import APPROVERS, CONDITIONS
from ..approvals.permissions import Permission as Approval
from . import asking, looking, queries, rule_queries, service, tables, vendor_queries
from .forms import HirePaperForm, RecordForm
from .models import MONEY_LABELS, Hire, HirePaper, HireVerdict
from .permissions import Permission
from .states import HIRE_STATES

bp = Blueprint("hires", __name__, url_prefix="/hires")
COLUMNS = (
    Column("day", _l("Day"), Hire.day),
    Column("activity", _l("Activity"), Hire.activity),
    Column("unit", _l("Unit"), Unit.name),
    Column("reason", _l("Kind of activity"), Hire.reason_class),
    Column("paper", _l("Number of the approval"), Hire.paper_no),
    Column("trips", _l("Vehicle-trips"), queries.TRIPS, "end"),
    Column("cost", _l("Cost"), queries.COST, "end", _l("yuan")),
    Column("state", _l("State"), queries.LAST_KIND),
)


@bp.get("")
@requires(Permission.HIRE_READ)
def hires() -> Response | tuple[str, int]:
    """Activities with hired vehicles, newest first; as a workbook with `?format=xlsx`."""
    reasons = rule_queries.reason_labels()
    if request.args.get("format") == "xlsx":
        return download(tables.hires_sheet(_listing(tables.MOST_ROWS, reasons), reasons), "hires")
    query: dict[str, Any] = {name: value for name, value in request.args.items() if name != "page"}
    excel = url_for(".hires", **{**query, "format": "xlsx"})
    return page(
        "vehicles/hires/hires.html", listing=_listing(PER_PAGE, reasons), reasons=reasons, states=HIRE_STATES,
        excel=excel,
    )  # fmt: skip


def _listing(per_page: int, reasons: dict[str, object]) -> Listing:
    actor = current_actor()
    states = [("standing", _("counts")), ("mine", _("waits for my verdict")), ("complete", _("to be completed"))]
    states += [(str(key), word) for key, (_colour, word) in HIRE_STATES.items()]
    periods = [(each.key, each.label) for each in queries.periods(clock.today())]
    vendors = [(str(key), name) for key, name in vendor_queries.choices_of_vendors()]
    payers = [(str(key), word) for key, word in MONEY_LABELS.items()]
    units = [] if actor.unit_id is not None else [Filter("unit", _l("Unit"), queries.hiring_units(), queries.of_unit)]
    return listing(
        queries.hires(actor), COLUMNS, sort="day", descending=True, search=(Hire.activity, Unit.name, Hire.paper_no),
        per_page=per_page,
        filters=[
            Filter("reason", _l("Kind of activity"), list(reasons.items()), queries.of_reason),
            Filter("state", _l("State"), states, lambda chosen: queries.in_state(chosen, actor)),
            *units,
            Filter("vendor", _l("Hire company"), vendors, queries.of_vendor),
            Filter("paid", _l("Paid from"), payers, queries.paid_from),
            Filter("period", _l("Period"), periods, queries.of_period),
        ],
        empty_text=_l("Activities with hired vehicles will stand here."),
    )  # fmt: skip


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.HIRE_ASK)
def new_hire() -> Response | tuple[str, int]:
    """Ask for hired vehicles; with `?request=` in place of a unit's request for a car."""
    actor, before = current_actor(), asking.request_asked(request.args.get("request", ""))
    form = asking.prefilled(before, actor)
    if made := form.attempt(asking.ask, request_id=before.id if before else None):
        return done(_("The hire is asked for."), ".hire", id=made.id)
    return page("vehicles/hires/new_hire.html", form=form, before=before, **asking.help_with(form))


@bp.route("/record", methods=["GET", "POST"])
@requires(Permission.HIRE_RECORD)
def new_record() -> Response | tuple[str, int]:
    """An activity that was approved on paper."""
    form = RecordForm(day=clock.today())
    form.unit_id.choices = choices(queries.units(current_actor()))
    form.vendor_id.choices = choices(vendor_queries.choices_of_vendors())
    form.reason_class.choices = asking.reasons(form.day.data or clock.today())
    if made := form.attempt(asking.record):
        return done(_("The activity is recorded."), ".hire", id=made.id)
    return page("vehicles/hires/new_record.html", form=form)


@bp.get("/<int:id>")
@requires(Permission.HIRE_READ)
def hire(id: int) -> tuple[str, int]:
    """One hire: what was asked, the checks, the approval, vehicles, money, and everything that happened."""
    return page("vehicles/hires/hire.html", **looking.shown(visible(id), current_actor()))


def visible(id: int) -> Hire:
    return queries.visible(id, current_actor()) or abort(404)


@bp.route("/<int:id>/approval", methods=["GET", "POST"])
@requires(Approval.APPROVAL_GIVE)
def decision(id: int) -> Response | tuple[str, int]:
    """Approve a hire, or refuse it with the reason; also afterwards where it was approved by mouth."""
    found = visible(id)
    form = VerdictForm(seen=found.mark)
    if row := form.attempt(_decide, hire=found):
        return done(_("The hire is approved here.") if row.approved else _("The hire is refused."), ".hire", id=id)
    return page(
        "vehicles/hires/decision.html", form=form, approvers=APPROVERS, conditions=CONDITIONS,
        asked=looking.may(found, current_actor(), False)["decide"],
        **looking.checks(found),
    )  # fmt: skip


def _decide(hire: Hire, verdict: str, words: str, by: Actor, seen: str = "") -> HireVerdict:
    return service.decide(hire, verdict == YES, words or "", by, seen)


@bp.route("/<int:id>/papers/new", methods=["GET", "POST"])
@requires(Permission.HIRE_ASK)
def new_paper(id: int) -> Response | tuple[str, int]:
    found, form = visible(id), HirePaperForm()
    if form.attempt(service.keep_paper, hire=found):
        return done(_("The paper is attached."), ".hire", id=id)
    return looking.deed(found, form, _("Attach a paper"), url_for(".new_paper", id=id))


@bp.get("/papers/<int:id>")
@requires(Permission.HIRE_READ)
def paper(id: int) -> Response:
    found = db.get_or_404(HirePaper, id)
    visible(found.hire_id)
    kept = found.attachment
    return send_file(kept.path, mimetype=kept.media_type, download_name=kept.name)
