"""Pages of a car's file and of the quota."""

from flask import Blueprint
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ...core import clock
from ...core.access import Actor, requires
from ...core.db import db, hold
from ...core.forms import choices
from ...core.page import done, page
from ..models import Vehicle
from ..obligations import planning
from ..obligations import queries as obligations
from . import file_queries, file_service, flag_queries
from .file_forms import CarFileForm
from .file_models import QUOTA_LABELS, CarFile
from .models import CATEGORY_LABELS
from .permissions import Permission

bp = Blueprint("files", __name__)


@bp.route("/cars/<int:id>/file", methods=["GET", "POST"])
@requires(Permission.REGISTER_KEEP)
def car_file(id: int) -> Response | tuple[str, int]:
    """What the car is, as its papers say; its inspections follow."""
    vehicle = db.get_or_404(Vehicle, id)
    form = CarFileForm(data=file_queries.typed(id, clock.today()))
    form.owner_unit_id.choices = form.using_unit_id.choices = choices(file_queries.units())
    if form.attempt(_keep, vehicle=vehicle):
        return done(_("The file is kept."), "vehicles.register.car", id=id)
    return page("vehicles/register/car_file.html", form=form, vehicle=vehicle)


def _keep(vehicle: Vehicle, by: Actor, **typed: object) -> CarFile:
    hold(Vehicle, vehicle.id)
    before = obligations.car_facts(vehicle.id)
    kept = file_service.keep(vehicle=vehicle, by=by, **typed)  # type: ignore[arg-type]
    planning.plan_car(vehicle.id, clock.today(), by, before)
    return kept


@bp.get("/quota")
@requires(Permission.REGISTER_READ)
def quota() -> tuple[str, int]:
    """Cars on the register by category and quota."""
    table = file_queries.quota_table(clock.today())
    totals = {key: sum(counts.get(key, 0) for _category, counts in table) for key in QUOTA_LABELS}
    return page(
        "vehicles/register/quota.html", table=table, totals=totals, categories=CATEGORY_LABELS, quotas=QUOTA_LABELS
    )  # fmt: skip


@bp.get("/flags")
@requires(Permission.REGISTER_READ)
def flags() -> tuple[str, int]:
    """Cars over the standard, old enough to be renewed, or to be scrapped, each with its rule."""
    rows = flag_queries.flagged(clock.today())
    bases = {flag.basis["clause"]: flag.basis for _vehicle, found in rows for flag in found}
    return page("vehicles/register/flags.html", rows=rows, bases=bases.values())
