"""Pages of the register: cars, transfers, units under the vehicle reform."""

from typing import Any

from flask import Blueprint, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from ...core import clock
from ...core.access import Actor, current_actor, requires
from ...core.db import db, hold
from ...core.forms import choices
from ...core.listing import Column, Filter, listing
from ...core.page import done, page
from ...people.models import UNIT_KIND_LABELS, Unit, UnitKind
from .. import queries as trips
from ..board import reservation_queries
from ..forms import CancelForm
from ..models import STATES, Vehicle, VehicleCategory
from ..obligations import planning
from ..obligations import queries as obligations
from ..odometer.trips import of_trips
from ..violations.showing import filed_of
from ..violations.subjects import SubjectKind
from . import around, file_queries, life_service, life_views, queries, service
from .forms import CarForm, LeaveReformForm, OffRegisterForm, ReformForm
from .life_forms import HoldingTransferForm
from .models import CATEGORY_LABELS, ReformKind, ReformUnit, VehicleTransfer
from .permissions import Permission

bp = Blueprint("register", __name__)
KIND_LABELS = {kind: UNIT_KIND_LABELS[UnitKind(kind)] for kind in ReformKind}
CAR_COLUMNS = (
    Column("plate", _l("Plate"), Vehicle.plate),
    Column("category", _l("Category"), Vehicle.category),
    Column("model", _l("Model"), Vehicle.model),
    Column("seats", _l("Seats"), Vehicle.seats, "end"),
    Column("since", _l("On the register since"), Vehicle.registered_on),
    Column("state", _l("State"), Vehicle.deregistered_on),
)
TRANSFER_COLUMNS = (
    Column("day", _l("Day of the transfer"), VehicleTransfer.day),
    Column("car", _l("Car"), Vehicle.plate),
    Column("from", _l("Former holder"), VehicleTransfer.from_holder),
    Column("to", _l("New holder"), VehicleTransfer.to_holder),
    Column("state", _l("State")),
)
REFORM_COLUMNS = (
    Column("unit", _l("Unit"), Unit.name),
    Column("kind", _l("Kind of unit"), ReformUnit.kind),
    Column("since", _l("Under the reform since"), ReformUnit.from_on),
    Column("until", _l("Until"), ReformUnit.to_on),
)


@bp.get("/cars")
@requires(Permission.REGISTER_READ)
def cars() -> tuple[str, int]:
    category = Filter("category", _l("Category"), list(CATEGORY_LABELS.items()), queries.of_category)
    states = [("on", _l("on the register")), ("off", _l("off the register"))]
    state = Filter("state", _l("State"), states, queries.on_or_off)
    table = listing(
        db.select(Vehicle), CAR_COLUMNS, sort="plate", filters=[category, state],
        search=(Vehicle.plate, Vehicle.model), empty_text=_l("The cars on the register will stand here."),
    )  # fmt: skip
    return page("vehicles/register/cars.html", listing=table, categories=CATEGORY_LABELS)


@bp.get("/cars/<int:id>")
@requires(Permission.REGISTER_READ)
def car(id: int) -> tuple[str, int]:
    """One car with its latest trips and its transfers."""
    vehicle, dispatches = db.get_or_404(Vehicle, id), trips.dispatches_of(id)
    return page(
        "vehicles/register/car.html",
        vehicle=vehicle,
        **life_views.shown(vehicle),
        places=around.places(vehicle, current_actor()),
        category=CATEGORY_LABELS[VehicleCategory(vehicle.category)],
        odometer=trips.last_odometer(id),
        dispatches=dispatches,
        driven=of_trips([each.id for each in dispatches]),
        transfers=queries.transfers_of(id),
        filings=filed_of(SubjectKind.CAR, id, current_actor()),
        reservations=reservation_queries.of_car(id, clock.now()),
        states=STATES,
    )


@bp.route("/cars/new", methods=["GET", "POST"])
@requires(Permission.REGISTER_KEEP)
def new_car() -> Response | tuple[str, int]:
    form = CarForm(registered_on=clock.today())
    if made := form.attempt(service.register):
        return done(_("The car is on the register."), "vehicles.register.car", id=made.id)
    return page("vehicles/register/new_car.html", form=form)


@bp.route("/cars/<int:id>/correction", methods=["GET", "POST"])
@requires(Permission.REGISTER_KEEP)
def correction(id: int) -> Response | tuple[str, int]:
    """What the register says of a car is put right; or it got another plate."""
    vehicle = db.get_or_404(Vehicle, id)
    form = CarForm(obj=vehicle)
    if form.attempt(_correct, vehicle=vehicle):
        return done(_("The register is put right."), "vehicles.register.car", id=id)
    lead = _("What is put right here always was so. What changed on a day, like its category, is entered as a change.")
    title, action = (
        _("Register entry of %(plate)s", plate=vehicle.plate),
        url_for("vehicles.register.correction", id=id),
    )
    return page("vehicles/register/car_deed.html", form=form, vehicle=vehicle, title=title, action=action, lead=lead)


def _correct(vehicle: Vehicle, by: Actor, **typed: Any) -> Vehicle:
    """Its inspections follow from the number of its seats too."""
    hold(Vehicle, vehicle.id)
    before = obligations.car_facts(vehicle.id)
    service.correct(vehicle, by=by, **typed)
    db.session.flush()
    planning.plan_car(vehicle.id, clock.today(), by, before)
    return vehicle


@bp.route("/cars/<int:id>/removal", methods=["GET", "POST"])
@requires(Permission.REGISTER_KEEP)
def removal(id: int) -> Response | tuple[str, int]:
    """Taking a car off the register."""
    vehicle = db.get_or_404(Vehicle, id)
    form = OffRegisterForm(deregistered_on=clock.today())
    if form.attempt(service.deregister, vehicle=vehicle):
        return done(_("The car is off the register."), "vehicles.register.car", id=id)
    return page("vehicles/register/removal.html", form=form, vehicle=vehicle)


@bp.get("/transfers")
@requires(Permission.REGISTER_READ)
def transfers() -> tuple[str, int]:
    table = listing(
        queries.transfers(), TRANSFER_COLUMNS, sort="day", descending=True,
        search=(Vehicle.plate, VehicleTransfer.from_holder, VehicleTransfer.to_holder),
        empty_text=_l("Transfers of cars between holders will stand here."),
    )  # fmt: skip
    return page("vehicles/register/transfers.html", listing=table)


@bp.route("/transfers/new", methods=["GET", "POST"])
@requires(Permission.REGISTER_KEEP)
def new_transfer() -> Response | tuple[str, int]:
    form = HoldingTransferForm(day=clock.today())
    form.owner_unit_id.choices = form.using_unit_id.choices = choices(file_queries.units())
    form.vehicle_id.choices = choices(queries.all_cars())
    if made := form.attempt(life_service.transfer):
        return done(_("The transfer is recorded."), "vehicles.register.car", id=made.vehicle_id)
    return page("vehicles/register/new_transfer.html", form=form)


@bp.route("/transfers/<int:id>/void", methods=["GET", "POST"])
@requires(Permission.REGISTER_KEEP)
def transfer_void(id: int) -> Response | tuple[str, int]:
    transfer = db.get_or_404(VehicleTransfer, id)
    form = CancelForm()
    if form.attempt(service.void_transfer, transfer=transfer):
        return done(_("The transfer is void."), "vehicles.register.car", id=transfer.vehicle_id)
    return page("vehicles/register/transfer_void.html", form=form, transfer=transfer)


@bp.get("/reform")
@requires(Permission.REGISTER_READ)
def reform_units() -> tuple[str, int]:
    """Units under the follow-up of the vehicle reform."""
    kind = Filter("kind", _l("Kind of unit"), list(KIND_LABELS.items()), queries.of_reform_kind)
    table = listing(
        queries.reform_units(), REFORM_COLUMNS, sort="unit", filters=[kind], search=(Unit.name,),
        empty_text=_l("Institutions and enterprises under the vehicle reform will stand here."),
    )  # fmt: skip
    return page("vehicles/register/reform_units.html", listing=table, kinds=KIND_LABELS)


@bp.get("/reform/<int:id>")
@requires(Permission.REGISTER_READ)
def reform_unit(id: int) -> tuple[str, int]:
    membership = db.get_or_404(ReformUnit, id)
    unit = db.session.get_one(Unit, membership.unit_id)
    return page("vehicles/register/reform_unit.html", membership=membership, unit=unit, kinds=KIND_LABELS)


@bp.route("/reform/new", methods=["GET", "POST"])
@requires(Permission.REGISTER_KEEP)
def new_reform_unit() -> Response | tuple[str, int]:
    form = ReformForm(from_on=clock.today())
    form.unit_id.choices = choices(queries.reformable_units())
    if made := form.attempt(service.enter_reform):
        return done(_("The unit is under the reform."), "vehicles.register.reform_unit", id=made.id)
    return page("vehicles/register/new_reform_unit.html", form=form)


@bp.route("/reform/<int:id>/end", methods=["GET", "POST"])
@requires(Permission.REGISTER_KEEP)
def reform_end(id: int) -> Response | tuple[str, int]:
    membership = db.get_or_404(ReformUnit, id)
    form = LeaveReformForm(to_on=clock.today())
    if form.attempt(service.leave_reform, membership=membership):
        return done(_("The unit has left the reform."), "vehicles.register.reform_unit", id=id)
    return page("vehicles/register/reform_end.html", form=form, membership=membership)
