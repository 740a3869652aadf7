"""Pages of figures: the start page, a figure, its evidence, closings, manual figures."""

from typing import Any

from flask import Blueprint, request, send_file
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.wrappers import Response

from ..core import clock, period
from ..core.access import current_actor, requires, signed_in
from ..core.db import db
from ..core.files import Attachment
from ..core.page import done, page
from ..people.permissions import Permission as People
from . import closing, evidence, queries, readings, service
from .catalogue import visible_metric
from .forms import ClosingForm, ManualFigureForm
from .metric import ALL
from .models import Closing
from .permissions import Permission

bp = Blueprint("indicators", __name__)


@bp.get("/")
@requires(People.START_READ)
def start() -> tuple[str, int]:
    """The start page: what waits, then what the role answers for."""
    actor, this_year = current_actor(), queries.current_year()
    return page(
        "start.html",
        todo=queries.todos(actor, clock.today()),
        figures=queries.headlines(actor, this_year),
        today=clock.today(),
    )


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
    scope = request.args.get("scope", ALL, type=int)
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
    """The records behind a figure, and at the foot what they add up to."""
    metric = visible_metric(name, current_actor())
    chosen = queries.chosen_period(request.args.get("period"))
    scope, number = request.args.get("scope", ALL, type=int), max(1, request.args.get("page", 1, type=int))
    foot = evidence.foot(metric, chosen, scope)
    shown: dict[str, Any] = {
        "metric": metric,
        "period": chosen,
        "scope": scope,
        "scope_label": queries.scope_label(metric, scope),
    }
    return page(
        "indicators/evidence.html",
        figure=readings.read(name, chosen, scope),
        rows=evidence.page(metric, chosen, scope, number),
        foot=foot,
        number=number,
        pages=max(1, -(-foot.rows // evidence.PER_PAGE)),
        adjustments=queries.adjustments(metric, chosen, scope),
        **shown,
    )


@bp.get("/closings")
@requires(Permission.FIGURE_READ)
def closings() -> tuple[str, int]:
    """Closed periods."""
    return page(
        "indicators/closings.html", closings=db.session.scalars(select(Closing).order_by(Closing.first.desc())).all()
    )


@bp.route("/closings/new", methods=["GET", "POST"])
@requires(Permission.PERIOD_CLOSE)
def new_closing() -> Response | tuple[str, int]:
    form = ClosingForm()
    if made := form.attempt(closing.close):
        return done(_("%(period)s is closed.", period=made.period.label), "indicators.closed_period", id=made.id)
    return page("indicators/new_closing.html", form=form)


@bp.get("/closings/<int:id>")
@requires(Permission.FIGURE_READ)
def closed_period(id: int) -> tuple[str, int]:
    """As reported, as known now, and why."""
    found = db.get_or_404(Closing, id)
    return page("indicators/closing.html", closing=found, lines=queries.closed_lines(found, current_actor()))


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
        "indicators/manual_figure.html", form=form, key=key, period=chosen, entries=entries, back=queries.own_path(back)
    )


@bp.get("/attachments/<int:id>")
@requires(Permission.FIGURE_READ)
def attachment(id: int) -> Response:
    found = db.get_or_404(Attachment, id)
    return send_file(found.path, mimetype=found.media_type, as_attachment=True, download_name=found.name)
