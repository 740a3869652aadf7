"""Pages of the scoring rules: what is in force, where each rule comes from, and its versions."""

import json
from typing import Any

from flask import Blueprint, abort, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ...core import clock
from ...core.access import requires
from ...core.page import done, page
from ...core.period import year as whole_year
from ..permissions import Permission as Programmes
from . import queries, service
from .forms import setting_form
from .permissions import Permission
from .scoring_settings import proposals
from .setting_showing import FIXED, in_force_row
from .setting_specs import SPECS

bp = Blueprint("scoring", __name__, url_prefix="/scoring")


@bp.get("")
@requires(Programmes.PROGRAMME_READ)
def rules() -> tuple[str, int]:
    """Every rule as it counts for a budget year."""
    year = request.args.get("year", type=int) or clock.today().year
    settings = queries.settings_for(whole_year(min(max(year, 2000), 2099)).last)
    rows = [in_force_row(spec, getattr(settings, name)) for name, spec in SPECS.items()]
    return page("programmes/evaluation/rules.html", rows=rows, fixed=FIXED, year=year)


@bp.get("/<name>")
@requires(Programmes.PROGRAMME_READ)
def rule(name: str) -> tuple[str, int]:
    """The versions of a rule, the proposal that came with the product last."""
    spec = SPECS.get(name) or abort(404)
    versions = [(each, spec.words(json.loads(each.value))) for each in queries.versions(name)]
    proposed = proposals()[name]
    shown = spec.words(proposed["value"])
    return page(
        "programmes/evaluation/rule.html", spec=spec, versions=versions, proposed=proposed, proposed_words=shown
    )


@bp.route("/<name>/versions/new", methods=["GET", "POST"])
@requires(Permission.RULE_WRITE)
def new_version(name: str) -> Response | tuple[str, int]:
    spec = SPECS.get(name) or abort(404)
    newest = queries.versions(name)[:1]
    given: Any = json.loads(newest[0].value) if newest else proposals()[name]["value"]
    form = setting_form(spec, given)
    if form.attempt(service.revise, name=name):
        return done(_("The rule is recorded. Forms of years that end from that day on follow it."), ".rule", name=name)
    return page("programmes/evaluation/new_version.html", form=form, spec=spec)
