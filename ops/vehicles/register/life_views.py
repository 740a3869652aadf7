"""Pages of a car's marking, papers, disposal and history."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ...core import clock
from ...core.access import requires
from ...core.db import db
from ...core.page import done, page
from ..forms import CancelForm
from ..models import Vehicle
from ..rulebook import queries as rulebook
from . import file_queries, flag_queries, life_queries, life_service, queries, service
from .ceiling_rules import standard, why_unknown
from .file_forms import CarFileForm
from .file_models import (
    ACQUIRED_LABELS,
    BODY_LABELS,
    CASE_LABELS,
    ENERGY_LABELS,
    PAPER_LABELS,
    PLATFORM_LABELS,
    QUOTA_LABELS,
    CarFile,
    CarPaper,
)
from .forms import CarForm
from .life_forms import CategoryForm, DisposalForm, MarkingForm, PaperForm
from .life_models import METHOD_LABELS, CarDisposal
from .models import CATEGORY_LABELS, CategoryChange
from .permissions import Permission

bp = Blueprint("life", __name__)
Answer = Response | tuple[str, int]
# one dictionary for each fact: "enforcement" is a category and a platform, "other" a way to acquire and a category
WORDS: dict[str, Mapping[Any, object]] = {
    "body": BODY_LABELS,
    "energy": ENERGY_LABELS,
    "acquired": ACQUIRED_LABELS,
    "quota": QUOTA_LABELS,
    "platform": PLATFORM_LABELS,
    "category": CATEGORY_LABELS,
    "ceiling_case": CASE_LABELS,
}


def shown(vehicle: Vehicle) -> dict[str, Any]:
    """What a car's page says of its file and its life."""
    file, today = file_queries.file_of(vehicle.id), clock.today()
    return {
        "file": file,
        **(_judged(vehicle, file) if file else {}),
        "flags": flag_queries.flags_of(vehicle, file, today),
        "holding": life_queries.holding_of(file, today) if file else None,
        "category_changes": queries.category_changes(vehicle.id),
        "marking": life_queries.marking_of(vehicle.id),
        "papers": life_queries.papers_of(vehicle.id),
        "disposals": life_queries.disposals_of(vehicle.id),
        "words": WORDS,
        "paper_kinds": PAPER_LABELS,
        "methods": METHOD_LABELS,
    }


def _judged(vehicle: Vehicle, file: CarFile) -> dict[str, Any]:
    """The standard that the car is held to; or why there is none."""
    book, bought = rulebook.book(), file_queries.bought(vehicle, file)
    found = standard(bought, book)
    return {"standard": found, "why_unknown": None if found else why_unknown(bought, book)}


@bp.route("/cars/<int:id>/category-changes/new", methods=["GET", "POST"])
@requires(Permission.REGISTER_KEEP)
def new_category(id: int) -> Answer:
    """The car is of another category from a day on."""
    vehicle, form = db.get_or_404(Vehicle, id), CategoryForm(day=clock.today())
    if form.attempt(service.change_category, vehicle=vehicle):
        return done(_("The change of category is recorded."), "vehicles.register.car", id=id)
    title = _("Another category of %(plate)s", plate=vehicle.plate)
    return _deed(vehicle, form, title, url_for("vehicles.life.new_category", id=id))


@bp.route("/category-changes/<int:id>/void", methods=["GET", "POST"])
@requires(Permission.REGISTER_KEEP)
def category_void(id: int) -> Answer:
    found, form = db.get_or_404(CategoryChange, id), CancelForm()
    vehicle = db.session.get_one(Vehicle, found.vehicle_id)
    if form.attempt(service.void_category_change, change=found):
        return done(_("The change of category is void."), "vehicles.register.car", id=vehicle.id)
    title = _("Change of category of %(plate)s: void", plate=vehicle.plate)
    return _deed(vehicle, form, title, url_for("vehicles.life.category_void", id=id))


@bp.route("/cars/<int:id>/marking", methods=["GET", "POST"])
@requires(Permission.REGISTER_KEEP)
def marking(id: int) -> Answer:
    vehicle, form = db.get_or_404(Vehicle, id), MarkingForm(day=clock.today())
    if form.attempt(life_service.mark, vehicle=vehicle):
        return done(_("The marking is recorded."), "vehicles.register.car", id=id)
    return _deed(vehicle, form, _("Marking of %(plate)s", plate=vehicle.plate), url_for("vehicles.life.marking", id=id))


@bp.route("/cars/<int:id>/papers/new", methods=["GET", "POST"])
@requires(Permission.REGISTER_KEEP)
def new_paper(id: int) -> Answer:
    vehicle, form = db.get_or_404(Vehicle, id), PaperForm(day=clock.today())
    if form.attempt(life_service.keep_paper, vehicle=vehicle):
        return done(_("The paper is kept."), "vehicles.register.car", id=id)
    return _deed(vehicle, form, _("Paper of %(plate)s", plate=vehicle.plate), url_for("vehicles.life.new_paper", id=id))


@bp.get("/car-papers/<int:id>/scan")
@requires(Permission.REGISTER_READ)
def scan(id: int) -> Response:
    kept = db.get_or_404(CarPaper, id).attachment
    return send_file(kept.path, mimetype=kept.media_type, download_name=kept.name)


@bp.route("/car-papers/<int:id>/void", methods=["GET", "POST"])
@requires(Permission.REGISTER_KEEP)
def paper_void(id: int) -> Answer:
    found, form = db.get_or_404(CarPaper, id), CancelForm()
    vehicle = db.session.get_one(Vehicle, found.vehicle_id)
    if form.attempt(life_service.void_paper, paper=found):
        return done(_("The paper is void."), "vehicles.register.car", id=vehicle.id)
    title = _("Paper of %(plate)s: void", plate=vehicle.plate)
    return _deed(vehicle, form, title, url_for("vehicles.life.paper_void", id=id))


@bp.route("/cars/<int:id>/disposal", methods=["GET", "POST"])
@requires(Permission.REGISTER_KEEP)
def disposal(id: int) -> Answer:
    vehicle, form = db.get_or_404(Vehicle, id), DisposalForm(day=clock.today())
    if form.attempt(life_service.dispose, vehicle=vehicle):
        return done(_("The disposal is recorded."), "vehicles.register.car", id=id)
    title = _("Disposal of %(plate)s", plate=vehicle.plate)
    return _deed(vehicle, form, title, url_for("vehicles.life.disposal", id=id))


@bp.route("/disposals/<int:id>/void", methods=["GET", "POST"])
@requires(Permission.REGISTER_KEEP)
def disposal_void(id: int) -> Answer:
    found, form = db.get_or_404(CarDisposal, id), CancelForm()
    vehicle = db.session.get_one(Vehicle, found.vehicle_id)
    if form.attempt(life_service.void_disposal, disposal=found):
        return done(_("The disposal is void."), "vehicles.register.car", id=vehicle.id)
    title = _("Disposal of %(plate)s: void", plate=vehicle.plate)
    return _deed(vehicle, form, title, url_for("vehicles.life.disposal_void", id=id))


@bp.get("/cars/<int:id>/history")
@requires(Permission.REGISTER_READ)
def history(id: int) -> tuple[str, int]:
    """Every change of the car's file, latest first."""
    vehicle = db.get_or_404(Vehicle, id)
    fields = {**CarForm()._fields, **CarFileForm()._fields}
    labels = {name: field.label.text for name, field in fields.items()}
    changes = life_queries.changes_of(id)
    return page("vehicles/register/history.html", vehicle=vehicle, changes=changes, labels=labels, words=WORDS)


def _deed(vehicle: Vehicle, form: Any, title: str, action: str) -> tuple[str, int]:
    return page("vehicles/register/car_deed.html", vehicle=vehicle, form=form, title=title, action=action)
