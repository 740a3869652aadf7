"""Pages of the dispatch settings."""

from flask import Blueprint
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ...core import clock
from ...core.access import requires
from ...core.page import done, page
from . import queries, service
from .forms import SettingForm
from .models import LABELS
from .permissions import Permission

bp = Blueprint("settings", __name__, url_prefix="/dispatch-settings")


@bp.get("")
@requires(Permission.SETTING_READ)
def settings() -> tuple[str, int]:
    """Every value with its source, those in force marked."""
    in_force = queries.in_force(clock.today())
    return page("vehicles/settings/settings.html", settings=queries.all_settings(), labels=LABELS, in_force=in_force)


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.SETTING_KEEP)
def new_setting() -> Response | tuple[str, int]:
    form = SettingForm(valid_from=clock.today())
    if form.attempt(service.set_value):
        return done(_("The setting is entered."), "vehicles.settings.settings")
    return page("vehicles/settings/new_setting.html", form=form)
