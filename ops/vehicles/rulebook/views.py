"""Pages of the rules of vehicles."""

from decimal import Decimal

from flask import Blueprint, abort, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from ...core import clock
from ...core.access import current_actor, requires
from ...core.page import done, page
from . import queries, service
from .forms import Origin, version_form
from .models import FACTS, RULE_LABELS
from .permissions import Permission

bp = Blueprint("rulebook", __name__, url_prefix="/rules-of-vehicles")
ELSEWHERE = (
    ("vehicles.obligations.terms", _l("Inspections, licences and scrapping"), "vehicles:register:read"),
    ("vehicles.approvals.rules", _l("Approval rules"), "vehicles:approval_rule:read"),
    ("vehicles.limits.limits", _l("Limits for drivers"), "vehicles:dispatch_setting:read"),
    ("vehicles.settings.settings", _l("Dispatch settings"), "vehicles:dispatch_setting:read"),
    ("vehicles.hours.office_hours", _l("Office hours"), "vehicles:register:read"),
    ("vehicles.settlement.tariffs", _l("Tariffs"), "vehicles:tariff:read"),
    ("vehicles.costs.setting_list", _l("Settings of the costs"), "vehicles:cost:read"),
    ("vehicles.hire_rules.rules", _l("Rules of hiring"), "vehicles:hire:read"),
    ("vehicles.positions.settings", _l("Limits of the alarms"), "vehicles:alarm:read"),
)


@bp.get("")
@requires(Permission.RULEBOOK_READ)
def rules() -> tuple[str, int]:
    """Every rule with its versions: value, document, clause, from when on, confirmed or not."""
    actor = current_actor()
    elsewhere = [(label, url_for(endpoint)) for endpoint, label, need in ELSEWHERE if actor.may(need)]
    return page("vehicles/rulebook/rules.html", groups=queries.listed(clock.today()), elsewhere=elsewhere)


@bp.route("/<rule>/versions/new", methods=["GET", "POST"])
@requires(Permission.RULEBOOK_KEEP)
def new_version(rule: str) -> Response | tuple[str, int]:
    """Begins with what the rule says now."""
    versions = queries.book().versions.get(rule) or abort(404)
    form = _form(rule)
    if form.attempt(service.add_version, rule=rule):
        return done(_("The version is entered."), "vehicles.rulebook.rules")
    title = _("Later version: %(rule)s", rule=RULE_LABELS[rule])
    return page(
        "vehicles/rulebook/new_version.html", form=form, title=title, rule=rule, names=list(versions[-1].values)
    )


def _form(rule: str) -> Origin:
    latest = queries.book().versions[rule][-1]
    names = tuple(latest.values)
    said = {name: value if FACTS[name].places is None else Decimal(value) for name, value in latest.values.items()}
    return version_form(names)(valid_from=clock.today(), document=latest.document, clause=latest.clause, **said)
