"""Pages of figures: the start page, a figure, its evidence, manual figures."""

from typing import Any

from flask import Blueprint, abort, request, send_file
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ..core import clock, period
from ..core.access import current_actor, requires, signed_in
from ..core.db import db
from ..core.files import Attachment
from ..core.once import once
from ..core.page import done, own_path, page
from ..people.permissions import Permission as People
from . import closing_views, evidence, queries, readings, service
from .catalogue import visible_metric
from .forms import ManualFigureForm
from .metric import ALL
from .permissions import Permission

bp = Blueprint("indicators", __name__)
bp.register_blueprint(closing_views.bp)


@bp.get("/")
@requires(People.START_READ)
def start() -> tuple[str, int]:
    """The start page: what waits, then what the role answers for."""
    actor, this_year = current_actor(), queries.current_year()
    with once():
        todo, figures = queries.todos(actor, clock.today()), queries.headlines(actor, this_year)
    return page("start.html", todo=todo, figures=figures, today=clock.today())


@bp.get("/figures")
@requires(Permission.FIGURE_READ)
def figures() -> tuple[str, int]:
    """Every figure of a period that the reader may see."""
    chosen = queries.chosen_period(request.args.get("period"))
    return page(
        "indicators/figures.html",
        groups=queries.groups(current_actor(), chosen),
        period=chosen,
        periods=queries.periods(),
    )


@bp.get("/figures/<name>")
@signed_in
def figure(name: str) -> tuple[str, int]:
    """One figure: what it counts, its months as a curve, its scopes."""
    metric = visible_metric(name, current_actor())
    chosen = queries.chosen_period(request.args.get("period"))
    scope = _scope()
    total, months = readings.read(name, chosen, scope), readings.series(name, chosen.months(), scope)
    scopes = queries.scoped(metric, chosen)
    return page(
        "indicators/figure.html",
        metric=metric,
        figure=total,
        months=months,
        scopes=scopes,
        scope=scope,
        period=chosen,
        curve=queries.curve(months),
    )


@bp.get("/figures/<name>/evidence")
@signed_in
def figure_evidence(name: str) -> tuple[str, int]:
    """The records behind a figure, and at the foot what they add up to; counted from the records again on demand."""
    metric = visible_metric(name, current_actor())
    chosen = queries.chosen_period(request.args.get("period"))
    scope = _scope()
    figure = readings.read(name, chosen, scope)
    foot, again = evidence.foot_of(figure), "recount" in request.args
    pages = max(1, -(-foot.rows // evidence.PER_PAGE))
    number = min(max(1, request.args.get("page", 1, type=int)), pages)
    shown: dict[str, Any] = {
        "metric": metric,
        "period": chosen,
        "scope": scope,
        "scope_label": queries.scope_label(metric, scope),
    }
    return page(
        "indicators/evidence.html",
        figure=figure,
        recount=evidence.foot(metric, chosen, scope) if again else None,
        rows=evidence.page_of(figure, number),
        foot=foot,
        record_url=queries.record_urls(metric),
        number=number,
        pages=pages,
        adjustments=queries.adjustments(metric, chosen, scope),
        **shown,
    )


def _scope() -> int:
    scope: int = request.args.get("scope", ALL, type=int)
    return scope if 0 <= scope < 2**31 else abort(404)


@bp.route("/manual-figures/<key>/<period_key>", methods=["GET", "POST"])
@requires(Permission.MANUAL_WRITE)
def manual_figure(key: str, period_key: str) -> Response | tuple[str, int]:
    """Enter a figure that no feature counts, with its proof."""
    chosen = period.parse(period_key)
    form = ManualFigureForm(unit=request.args.get("unit", ""))
    back = request.args.get("back", "")
    if form.attempt(service.enter, key=key, period=chosen):
        return done(_("The figure is entered."), "indicators.manual_figure", key=key, period_key=period_key, back=back)
    entries = queries.manual_entries(key, chosen)
    return page(
        "indicators/manual_figure.html", form=form, key=key, period=chosen, entries=entries, back=own_path(back)
    )


@bp.get("/attachments/<int:id>")
@requires(Permission.FIGURE_READ)
def attachment(id: int) -> Response:
    found = db.get_or_404(Attachment, id)
    return send_file(found.path, mimetype=found.media_type, as_attachment=True, download_name=found.name)
