"""Pages of reviews that are exempt without points."""

from flask import Blueprint
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ...core import clock
from ...core.access import requires
from ...core.db import db
from ...core.forms import Deed
from ...core.page import done, page, refused
from ..register.permissions import Permission
from . import exempting, points_queries, term_queries
from .models import Obligation

bp = Blueprint("exemptions", __name__, url_prefix="/obligations/exemptions")


@bp.get("")
@requires(Permission.REGISTER_READ)
def exemptions() -> tuple[str, int]:
    """Reviews without points in a scoring period that is over, with the rule."""
    today = clock.today()
    found = points_queries.unscored(today)
    return page(
        "vehicles/obligations/exemptions.html", found=found, today=today, deed=Deed(),
        basis=term_queries.basis("licence.review", today),
    )  # fmt: skip


@bp.post("/<int:id>")
@requires(Permission.REGISTER_KEEP)
def new_exemption(id: int) -> Response:
    found, form = db.get_or_404(Obligation, id), Deed()
    if form.attempt(exempting.exempt, review=found, today=clock.today()):
        return done(_("The review is exempt; the next one stands in the calendar."), ".exemptions")
    return refused(form, ".exemptions")


@bp.post("")
@requires(Permission.REGISTER_KEEP)
def new_exemptions() -> Response:
    form = Deed()
    made = form.attempt(exempting.exempt_all, today=clock.today())
    if made is None:
        return refused(form, ".exemptions")
    return done(_("%(count)s reviews are exempt; the next ones stand in the calendar.", count=len(made)), ".exemptions")
