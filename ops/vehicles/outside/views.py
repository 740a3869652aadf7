"""Pages of places out of the district."""

from flask import Blueprint
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ...core import clock
from ...core.access import requires
from ...core.page import done, page
from ..settings.permissions import Permission
from . import queries, service
from .forms import FarPlaceForm

bp = Blueprint("outside", __name__, url_prefix="/far-places")


@bp.get("")
@requires(Permission.SETTING_READ)
def places() -> tuple[str, int]:
    """Every row with its source, those in force marked."""
    in_force = {each.id for each in queries.in_force(clock.today()).values()}
    return page("vehicles/outside/places.html", places=queries.all_places(), in_force=in_force)


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.SETTING_KEEP)
def new_place() -> Response | tuple[str, int]:
    form = FarPlaceForm(valid_from=clock.today())
    if form.attempt(service.set_place):
        return done(_("The place is entered."), "vehicles.outside.places")
    return page("vehicles/outside/new_place.html", form=form)
