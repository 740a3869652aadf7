"""Pages of sources: what counts itself, the figures of a formula, the quality of an indicator's figure."""

from typing import Any

from flask import Blueprint, abort, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ...core import clock
from ...core.access import current_actor, requires
from ...core.db import db
from ...core.page import done, page
from ...indicators.closing import closing_of
from ...indicators.queries import evidence_url
from .. import queries
from ..actuals import calculated
from ..binding import resolve
from ..models import Indicator
from ..permissions import Permission
from ..targets.stored import target_of
from . import coverage, formulas, service
from .forms import QualityForm

bp = Blueprint("sources", __name__)


@bp.get("/coverage")
@requires(Permission.PROGRAMME_READ)
def covered() -> tuple[str, int]:
    """What counts itself and what does not, over all programmes of a year, with how to mend each."""
    years = queries.table_years()
    year = request.args.get("year", type=int) or (years[0] if years else clock.today().year)
    found = coverage.coverage(year)
    shown: dict[str, Any] = {"totals": coverage.totals(found), "states": coverage.STATES, "years": years, "year": year}
    return page("programmes/sources/covered.html", found=found, **shown)


@bp.get("/indicators/<int:id>/formula")
@requires(Permission.PROGRAMME_READ)
def formula(id: int) -> tuple[str, int]:
    """Every figure of an indicator's formula, each leading to its records, and the result."""
    found = db.get_or_404(Indicator, id)
    bound = resolve(queries.bindings(found.programme).get(found.id), found.programme)
    if not bound.formula or bound.absent:
        abort(404)
    made = formulas.count(bound.formula, found.programme, closing_of(found.programme.period))
    actor = current_actor()
    rows = [(each, came, evidence_url(came) if actor.may(each.metric.needs) else "") for each, came in made.figures]
    result = calculated(made.value, target_of(found))
    return page("programmes/sources/formula.html", indicator=found, bound=bound, rows=rows, result=result)


@bp.route("/indicators/<int:id>/quality", methods=["GET", "POST"])
@requires(Permission.TARGET_WRITE)
def quality(id: int) -> Response | tuple[str, int]:
    """The five questions about an indicator's figure."""
    found = db.get_or_404(Indicator, id)
    past = coverage.notes_of(found)
    form = QualityForm(obj=past[0] if past else None)
    if form.attempt(service.describe, indicator=found):
        year = found.programme.year
        return done(_("The quality of the figure is described."), "programmes.sources.covered", year=year)
    return page("programmes/sources/quality.html", form=form, indicator=found, history=past)
