"""Pages of sealing: holidays, the cars of each, leave to use one, the printed record."""

from flask import Blueprint, abort, send_file
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from ...core import clock
from ...core.access import requires
from ...core.db import db
from ...core.listing import Column, Filter, listing
from ...core.page import done, page, turned_away
from ..register.permissions import Permission
from . import queries, rules, service
from .forms import ResealForm, SealForm, SealLeaveForm, YearForm
from .models import EXEMPTION_LABELS, Sealing, SealingHoliday, SealLeave

bp = Blueprint("sealing", __name__, url_prefix="/sealing")
RECORD = "vehicles.sealing.holiday"
COLUMNS = (
    Column("name", _l("Holiday"), SealingHoliday.name),
    Column("starts", _l("Sealed from"), SealingHoliday.starts_at),
    Column("ends", _l("Sealed until"), SealingHoliday.ends_at),
    Column("sealed", _l("Cars sealed"), align="end"),
    Column("exempt", _l("Cars exempt"), align="end"),
)


@bp.get("")
@requires(Permission.REGISTER_READ)
def holidays() -> tuple[str, int]:
    cars = [(str(key), plate) for key, plate in queries.cars_listed()]
    table = listing(
        queries.holidays(), COLUMNS, sort="starts", descending=True,
        filters=[Filter("vehicle", _l("Car"), cars, queries.lists_car)],
        empty_text=_l("Take the holidays of a year over from the work calendar; they will stand here."),
    )  # fmt: skip
    return page("vehicles/sealing/holidays.html", listing=table)


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.REGISTER_KEEP)
def new_holidays() -> Response | tuple[str, int]:
    form = YearForm(year=clock.today().year)
    if form.attempt(service.plan_year):
        return done(_("The holidays are taken over."), "vehicles.sealing.holidays")
    return page("vehicles/sealing/new_holidays.html", form=form)


@bp.get("/<int:id>")
@requires(Permission.REGISTER_READ)
def holiday(id: int) -> tuple[str, int]:
    """The record of one holiday (封存登记表), printed on A4."""
    found = db.get_or_404(SealingHoliday, id)
    rows, missing = queries.sealings_of(id), queries.missing(found)
    return page(
        "vehicles/sealing/holiday.html", holiday=found, rows=rows, missing=missing, exemptions=EXEMPTION_LABELS,
        is_over=found.ends_at <= clock.now(), shots=queries.shots(rows),
    )  # fmt: skip


@bp.route("/<int:id>/cars/new", methods=["GET", "POST"])
@requires(Permission.REGISTER_KEEP)
def new_sealing(id: int) -> Response | tuple[str, int]:
    found = db.get_or_404(SealingHoliday, id)
    unlisted = queries.missing(found)
    if away := turned_away(lambda: rules.check_unlisted(unlisted), RECORD, id=id):
        return away
    form = SealForm()
    form.vehicle_ids.choices = [(car.id, f"{car.plate} {car.model}") for car in unlisted]
    if form.attempt(service.seal, holiday=found):
        return done(_("The cars are on the list."), RECORD, id=id)
    return page("vehicles/sealing/new_sealing.html", form=form, holiday=found)


@bp.route("/cars/<int:id>/leave", methods=["GET", "POST"])
@requires(Permission.REGISTER_KEEP)
def new_leave(id: int) -> Response | tuple[str, int]:
    sealing = db.get_or_404(Sealing, id)
    if away := turned_away(lambda: rules.check_sealed(sealing.exempt), RECORD, id=sealing.holiday_id):
        return away
    form = SealLeaveForm()
    if form.attempt(service.allow, sealing=sealing):
        return done(_("The leave is recorded."), RECORD, id=sealing.holiday_id)
    return page("vehicles/sealing/new_leave.html", form=form, sealing=sealing)


@bp.get("/cars/<int:id>/photograph")
@requires(Permission.REGISTER_READ)
def photograph(id: int) -> Response:
    kept = db.get_or_404(Sealing, id).attachment or abort(404)
    return send_file(kept.path, mimetype=kept.media_type, download_name=kept.name)


@bp.route("/leaves/<int:id>/resealing", methods=["GET", "POST"])
@requires(Permission.REGISTER_KEEP)
def resealing(id: int) -> Response | tuple[str, int]:
    leave = db.get_or_404(SealLeave, id)
    sealing = db.session.get_one(Sealing, leave.sealing_id)
    if away := turned_away(lambda: rules.check_in_use(leave.resealing), RECORD, id=sealing.holiday_id):
        return away
    form = ResealForm()
    if form.attempt(service.seal_again, leave=leave):
        return done(_("The car is sealed again."), RECORD, id=sealing.holiday_id)
    return page("vehicles/sealing/resealing.html", form=form, sealing=sealing, leave=leave)
