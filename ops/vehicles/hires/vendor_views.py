"""Pages of the list of vendors: companies, their contracts and prices."""

from flask import Blueprint, abort, send_file, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from ...core import clock
from ...core.access import requires
from ...core.db import db
from ...core.listing import Column, Filter, listing
from ...core.page import done, page
from . import rule_queries, vendor_queries, vendor_service
from .permissions import Permission
from .rule_models import HireSettingName
from .vendor_forms import ContractEndForm, ContractForm, PriceForm, VendorForm
from .vendor_models import CLASS_LABELS, METHOD_LABELS, HireContract, HireVendor

bp = Blueprint("hire_vendors", __name__, url_prefix="/hire-vendors")
COLUMNS = (
    Column("name", _l("Hire company"), HireVendor.name),
    Column("contact", _l("Contact"), HireVendor.contact),
    Column("contract", _l("Contract in force")),
    Column("trips", _l("Vehicle-trips"), vendor_queries.TRIPS, "end"),
    Column("cost", _l("Cost"), vendor_queries.COST, "end", _l("yuan")),
    Column("stars", _l("Rating"), vendor_queries.RATING, "end"),
)


@bp.get("")
@requires(Permission.VENDOR_READ)
def vendors() -> tuple[str, int]:
    """The list of vendors, with what each was hired for."""
    today = clock.today()
    states = [("now", _("with a contract")), ("none", _("without a contract"))]
    table = listing(
        vendor_queries.vendors(), COLUMNS, sort="trips", descending=True, search=(HireVendor.name, HireVendor.contact),
        filters=[Filter("contract", _l("Contract"), states, lambda key: vendor_queries.with_contract(key, today))],
        empty_text=_l("Hire companies with their contracts will stand here."),
    )  # fmt: skip
    return page("vehicles/hires/vendors.html", listing=table, today=today)


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.VENDOR_KEEP)
def new_vendor() -> Response | tuple[str, int]:
    form = VendorForm()
    if made := form.attempt(vendor_service.enter):
        return done(_("The company is in the list."), ".vendor", id=made.id)
    return page("vehicles/hires/vendor_deed.html", form=form, title=_("Enter a company"), action=url_for(".new_vendor"))


@bp.get("/<int:id>")
@requires(Permission.VENDOR_READ)
def vendor(id: int) -> tuple[str, int]:
    """One company: contracts, prices, insurance against what is asked for, and its latest hires."""
    found, today = db.get_or_404(HireVendor, id), clock.today()
    least = {name.value: rule_queries.setting(name, today) for name in HireSettingName}
    return page(
        "vehicles/hires/vendor.html", vendor=found, today=today, classes=CLASS_LABELS, methods=METHOD_LABELS,
        least=least, latest=vendor_queries.latest_trips(id),
    )  # fmt: skip


@bp.route("/<int:id>/contracts/new", methods=["GET", "POST"])
@requires(Permission.VENDOR_KEEP)
def new_contract(id: int) -> Response | tuple[str, int]:
    found, form = db.get_or_404(HireVendor, id), ContractForm(valid_from=clock.today())
    if form.attempt(vendor_service.sign, vendor=found):
        return done(_("The contract is entered."), ".vendor", id=id)
    return _deed(found, form, _("Enter a contract"), url_for(".new_contract", id=id))


@bp.route("/contracts/<int:id>/end", methods=["GET", "POST"])
@requires(Permission.VENDOR_KEEP)
def contract_end(id: int) -> Response | tuple[str, int]:
    contract, form = db.get_or_404(HireContract, id), ContractEndForm(from_on=clock.today())
    if form.attempt(vendor_service.end, contract=contract):
        return done(_("The contract is ended."), ".vendor", id=contract.vendor_id)
    return _deed(contract.vendor, form, _("End contract %(no)s", no=contract.number), url_for(".contract_end", id=id))


@bp.route("/contracts/<int:id>/prices/new", methods=["GET", "POST"])
@requires(Permission.VENDOR_KEEP)
def new_price(id: int) -> Response | tuple[str, int]:
    contract = db.get_or_404(HireContract, id)
    form = PriceForm(valid_from=contract.valid_from)
    if form.attempt(vendor_service.set_price, contract=contract):
        return done(_("The price is entered."), ".vendor", id=contract.vendor_id)
    return _deed(contract.vendor, form, _("Price by contract %(no)s", no=contract.number), url_for(".new_price", id=id))


@bp.get("/contracts/<int:id>/scan")
@requires(Permission.VENDOR_READ)
def scan(id: int) -> Response:
    kept = db.get_or_404(HireContract, id).attachment or abort(404)
    return send_file(kept.path, mimetype=kept.media_type, download_name=kept.name)


def _deed(vendor: HireVendor, form: FlaskForm, title: str, action: str) -> tuple[str, int]:
    return page("vehicles/hires/vendor_deed.html", form=form, title=title, action=action, vendor=vendor)
