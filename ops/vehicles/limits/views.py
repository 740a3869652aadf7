"""Pages of the limits for drivers."""

from flask import Blueprint
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ...core import clock
from ...core.access import requires
from ...core.page import done, page
from ..settings.permissions import Permission
from . import queries, service
from .forms import LimitForm
from .models import LIMITS

bp = Blueprint("limits", __name__, url_prefix="/driver-limits")


@bp.get("")
@requires(Permission.SETTING_READ)
def limits() -> tuple[str, int]:
    """Every value with its document, those in force marked."""
    holding = {row.id for row in queries.in_force(clock.today()).values()}
    return page("vehicles/limits/limits.html", limits=queries.all_limits(), labels=LIMITS, holding=holding)


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.SETTING_KEEP)
def new_limit() -> Response | tuple[str, int]:
    form = LimitForm(valid_from=clock.today())
    if form.attempt(service.set_limit):
        return done(_("The value holds from that day on."), "vehicles.limits.limits")
    return page("vehicles/limits/new_limit.html", form=form)
