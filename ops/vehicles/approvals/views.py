"""Pages of approvals: the verdict on a request, and the table of rules."""

from typing import Any

from flask import Blueprint
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from ...core import clock
from ...core.access import Actor, current_actor, requires
from ...core.db import db
from ...core.listing import Column, listing
from ...core.page import done, page, turned_away
from ...people.models import Unit
from .. import queries as trips
from ..models import TripRequest
from . import queries, service
from .forms import YES, RuleEndForm, RuleForm, VerdictForm
from .models import APPROVERS, CONDITIONS, ApprovalRule, ApprovalVerdict
from .permissions import Permission
from .rules import check_endless

bp = Blueprint("approvals", __name__)
RULE_COLUMNS = (
    Column("condition", _l("Condition"), ApprovalRule.condition),
    Column("approver", _l("Who approves"), ApprovalRule.approver),
    Column("from", _l("Valid from"), ApprovalRule.valid_from),
    Column("to", _l("Holds no longer from"), ApprovalRule.to_on),
    Column("source", _l("Source")),
    Column("state", _l("State"), ApprovalRule.confirmed),
)


@bp.route("/requests/<int:id>/approval", methods=["GET", "POST"])
@requires(Permission.APPROVAL_GIVE)
def decision(id: int) -> Response | tuple[str, int]:
    """Approve a request, or refuse it with the reason."""
    request = trips.visible_request(id, current_actor())
    if away := turned_away(lambda: queries.step_asked_of(current_actor(), request), "vehicles.trip", id=id):
        return away
    form = VerdictForm(seen=request.mark)
    if row := form.attempt(_decide, request=request):
        words = _("The request is approved here.") if row.approved else _("The request is refused.")
        return done(words, "vehicles.trip", id=id)
    unit = db.session.get(Unit, request.unit_id)
    return page("vehicles/approvals/decision.html", form=form, request=request, unit=unit, **_words())


def _decide(request: TripRequest, verdict: str, words: str, by: Actor, seen: str = "") -> ApprovalVerdict:
    return service.decide(request, verdict == YES, words, by, seen)


@bp.get("/approval-rules")
@requires(Permission.RULE_READ)
def rules() -> tuple[str, int]:
    """On which condition who is asked, those of today and of other days, each with its source."""
    table = listing(
        queries.all_rules(), RULE_COLUMNS, sort="condition", caption=_l("Approval rules"),
        empty_text=_l("Without a rule every request goes straight to the dispatcher."),
    )  # fmt: skip
    return page("vehicles/approvals/rules.html", listing=table, today=clock.today(), **_words())


@bp.route("/approval-rules/new", methods=["GET", "POST"])
@requires(Permission.RULE_KEEP)
def new_rule() -> Response | tuple[str, int]:
    form = RuleForm(valid_from=clock.today())
    if form.attempt(service.add_rule):
        return done(_("The rule is in the table."), "vehicles.approvals.rules")
    return page("vehicles/approvals/new_rule.html", form=form)


@bp.route("/approval-rules/<int:id>/end", methods=["GET", "POST"])
@requires(Permission.RULE_KEEP)
def rule_end(id: int) -> Response | tuple[str, int]:
    rule = db.get_or_404(ApprovalRule, id)
    if away := turned_away(lambda: check_endless(rule), "vehicles.approvals.rules"):
        return away
    form = RuleEndForm(to_on=clock.today())
    if form.attempt(service.end_rule, rule=rule):
        return done(_("The rule has an end."), "vehicles.approvals.rules")
    return page("vehicles/approvals/rule_end.html", form=form, rule=rule, **_words())


def _words() -> dict[str, Any]:
    return {"approvers": APPROVERS, "conditions": CONDITIONS}
