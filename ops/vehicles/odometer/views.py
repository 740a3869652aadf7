"""Pages of the dial: a car's readings, and putting them right."""

from collections.abc import Callable

from flask import Blueprint
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from ...core import clock
from ...core.access import requires
from ...core.db import db
from ...core.listing import Column, listing
from ...core.page import done, page, turned_away
from ..driving import queries as driving
from ..models import Vehicle
from . import dial_queries, queries, replacing, rules, service
from .forms import (
    CorrectionForm,
    ReadingForm,
    ReplacementCorrectionForm,
    ReplacementForm,
    ReversalForm,
    reversal_form,
)
from .models import SOURCE_LABELS, DialReplacement, OdometerReading
from .permissions import Permission

bp = Blueprint("odometer", __name__, url_prefix="/odometer")
COLUMNS = (
    Column("at", _l("Time"), OdometerReading.at),
    Column("value", _l("Odometer"), OdometerReading.value, "end", _l("km")),
    Column("source", _l("Occasion of the reading"), OdometerReading.source),
    Column("by", _l("Recorded by"), OdometerReading.recorded_by),
    Column("state", _l("State")),
)


@bp.get("/cars/<int:id>")
@requires(Permission.READING_READ)
def readings(id: int) -> tuple[str, int]:
    """Every reading of a car, newest first, reversed ones too; and its dials."""
    car = db.get_or_404(Vehicle, id)
    table = listing(
        queries.readings_of(id), COLUMNS, sort="at", descending=True, caption=_("Odometer readings"),
        empty_text=_l("Readings of the dial will stand here."),
    )  # fmt: skip
    return page(
        "vehicles/odometer/readings.html", car=car, listing=table, sources=SOURCE_LABELS,
        replacements=queries.replacements_of(id), expected=queries.latest(id, clock.now()),
        photos=driving.photos_of_car(id),
    )  # fmt: skip


@bp.route("/cars/<int:id>/readings/new", methods=["GET", "POST"])
@requires(Permission.READING_KEEP)
def new_reading(id: int) -> Response | tuple[str, int]:
    car = db.get_or_404(Vehicle, id)
    form = ReadingForm(at=clock.now().replace(second=0), value=queries.latest(id, clock.now()))
    if form.attempt(service.record, vehicle_id=id):
        return done(_("The reading is recorded."), ".readings", id=id)
    return page("vehicles/odometer/new_reading.html", form=form, car=car)


@bp.route("/readings/<int:id>/correction", methods=["GET", "POST"])
@requires(Permission.READING_KEEP)
def correction(id: int) -> Response | tuple[str, int]:
    reading = db.get_or_404(OdometerReading, id)
    if away := _too_late(lambda: rules.check_standing(reading.reversal is not None), reading):
        return away
    form = CorrectionForm(value=reading.value)
    if form.attempt(service.correct, reading=reading):
        return done(_("The reading is corrected; kilometres follow."), ".readings", id=reading.vehicle_id)
    car = db.get_or_404(Vehicle, reading.vehicle_id)
    return page("vehicles/odometer/correction.html", form=form, reading=reading, car=car, sources=SOURCE_LABELS)


@bp.route("/readings/<int:id>/reversal", methods=["GET", "POST"])
@requires(Permission.READING_KEEP)
def reversal(id: int) -> Response | tuple[str, int]:
    reading = db.get_or_404(OdometerReading, id)
    if away := _too_late(lambda: service.check_reversible(reading), reading):
        return away
    form = ReversalForm()
    if form.attempt(service.reverse, reading=reading):
        return done(_("The reading is reversed."), ".readings", id=reading.vehicle_id)
    car = db.get_or_404(Vehicle, reading.vehicle_id)
    return page("vehicles/odometer/reversal.html", form=form, reading=reading, car=car)


@bp.route("/cars/<int:id>/replacements/new", methods=["GET", "POST"])
@requires(Permission.READING_KEEP)
def replacement(id: int) -> Response | tuple[str, int]:
    car = db.get_or_404(Vehicle, id)
    form = ReplacementForm(old_last=queries.latest(id, clock.now()), new_first=0)
    if form.attempt(replacing.replace_dial, vehicle_id=id):
        return done(_("The new dial is recorded."), ".readings", id=id)
    return page("vehicles/odometer/replacement.html", form=form, car=car)


@bp.route("/replacements/<int:id>/reversal", methods=["GET", "POST"])
@requires(Permission.READING_KEEP)
def replacement_reversal(id: int) -> Response | tuple[str, int]:
    """With it go the readings that cannot stand without it; each is shown with the number that keeps the kilometres."""
    row = db.get_or_404(DialReplacement, id)
    if away := _too_late(lambda: rules.check_standing(row.reversal is not None), row):
        return away
    owed, proposed, again = dial_queries.to_put_right(row)
    form = reversal_form(owed, proposed, again)
    if form.attempt(replacing.reverse_replacement, replacement=row):
        return done(_("The replacement is reversed."), ".readings", id=row.vehicle_id)
    car = db.get_or_404(Vehicle, row.vehicle_id)
    return page("vehicles/odometer/replacement_reversal.html", form=form, row=row, car=car, owed=owed, again=again)


@bp.route("/replacements/<int:id>/correction", methods=["GET", "POST"])
@requires(Permission.READING_KEEP)
def replacement_correction(id: int) -> Response | tuple[str, int]:
    row = db.get_or_404(DialReplacement, id)
    if away := _too_late(lambda: rules.check_standing(row.reversal is not None), row):
        return away
    form = ReplacementCorrectionForm(at=row.at, old_last=row.old_last, new_first=row.new_first, paper=row.paper)
    if form.attempt(replacing.correct_replacement, replacement=row):
        return done(_("The replacement is corrected; kilometres follow."), ".readings", id=row.vehicle_id)
    car = db.get_or_404(Vehicle, row.vehicle_id)
    return page("vehicles/odometer/replacement_correction.html", form=form, row=row, car=car)


def _too_late(check: Callable[[], object], row: OdometerReading | DialReplacement) -> Response | None:
    return turned_away(check, ".readings", id=row.vehicle_id)
