"""Pages of closings: preparing one, closing, what was reported and what is known now, opening again."""

from flask import Blueprint, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ..core import period
from ..core.access import current_actor, requires
from ..core.db import db
from ..core.errors import Rejected
from ..core.page import done, page
from . import closing, digests, queries
from .forms import ClosingForm, ReopenForm
from .models import Closing
from .permissions import Permission

bp = Blueprint("closing", __name__, url_prefix="/closings")
STEP_RECORDS = 90_000  # about a second of hashing
AT_ONCE = 20_000  # so few records are hashed while the closing waits


@bp.get("")
@requires(Permission.FIGURE_READ)
def closings() -> tuple[str, int]:
    """Closed periods."""
    return page("indicators/closings.html", closings=queries.closings(), adjusted=queries.adjusted_counts())


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.PERIOD_CLOSE)
def new_closing() -> Response | tuple[str, int]:
    """Which period; one with many records is prepared first, on a page that tells how far it is."""
    form = ClosingForm(period=request.args.get("period"))
    if form.validate_on_submit():
        chosen: period.Period = form.period.data
        try:
            closing.check_closable(chosen)
            far = digests.progress(chosen)
            if far.total - far.done > AT_ONCE:
                return redirect(url_for("indicators.closing.preparation", period_key=chosen.key), 303)
        except Rejected as refusal:
            form.refuse(refusal)
            return page("indicators/new_closing.html", form=form)
    if made := form.attempt(closing.close):
        words = _("%(period)s is closed.", period=made.period.label)
        return done(words, "indicators.closing.closed_period", id=made.id)
    return page("indicators/new_closing.html", form=form)


@bp.route("/preparation/<period_key>", methods=["GET", "POST"])
@requires(Permission.PERIOD_CLOSE)
def preparation(period_key: str) -> tuple[str, int]:
    """How far the evidence is hashed; each POST does a second's work more. It can be left and taken up again."""
    chosen = period.parse(period_key)
    closing.check_closable(chosen)
    if request.method == "POST":
        digests.prepare(chosen, STEP_RECORDS)
    obstacles = closing.ledger().obstacles(chosen)
    far = digests.progress(chosen)
    return page("indicators/preparation.html", period=chosen, progress=far, obstacles=obstacles, form=ClosingForm())


@bp.get("/<int:id>")
@requires(Permission.FIGURE_READ)
def closed_period(id: int) -> tuple[str, int]:
    """As reported, as known now, and why."""
    found = db.get_or_404(Closing, id)
    lines, decisions = queries.closed_lines(found, current_actor()), queries.late_decisions(found)
    return page("indicators/closing.html", closing=found, lines=lines, decisions=decisions)


@bp.route("/<int:id>/reopening", methods=["GET", "POST"])
@requires(Permission.PERIOD_CLOSE)
def reopening(id: int) -> Response | tuple[str, int]:
    """Opening a closed period again, with the reason."""
    found = db.get_or_404(Closing, id)
    form = ReopenForm()
    if form.attempt(closing.reopen, closing=found):
        words = _("%(period)s is open again.", period=found.period.label)
        return done(words, "indicators.closing.closed_period", id=id)
    return page("indicators/reopening.html", form=form, closing=found)
