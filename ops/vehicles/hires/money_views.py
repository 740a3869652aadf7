"""Pages of the money of hires: invoices, budgets, the monthly notice."""

from collections.abc import Sequence
from decimal import Decimal

from flask import Blueprint, abort, request, send_file
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from ...core import clock
from ...core.access import current_actor, requires
from ...core.db import db
from ...core.forms import Deed, choices
from ...core.listing import Column, Filter, listing
from ...core.page import done, page, refused
from ...core.period import Period, month, parse
from ...core.workbook import download
from .. import notice_months
from . import money_queries, money_service, queries, rule_queries, tables, vendor_queries
from .forms import HireReasonForm
from .models import HiredTrip
from .money_forms import BudgetForm, InvoiceForm
from .money_models import HireInvoice
from .permissions import Permission
from .vendor_models import CLASS_LABELS, HiredClass, HireVendor

bp = Blueprint("hire_money", __name__)
INVOICES = (
    Column("number", _l("Number of the invoice"), HireInvoice.number),
    Column("day", _l("Day of the invoice"), HireInvoice.day),
    Column("vendor", _l("Hire company"), HireVendor.name),
    Column("trips", _l("Vehicle-trips"), None, "end"),
    Column("amount", _l("Amount"), HireInvoice.amount, "end", _l("yuan")),
    Column("state", _l("State")),
)


@bp.get("/hire-invoices")
@requires(Permission.VENDOR_READ)
def invoices() -> tuple[str, int]:
    """Invoices of hire companies, newest first."""
    states = [("stands", _("stands")), ("back", _("given back"))]
    vendors = [(str(key), name) for key, name in vendor_queries.choices_of_vendors()]
    table = listing(
        money_queries.invoices(), INVOICES, sort="day", descending=True, search=(HireInvoice.number, HireVendor.name),
        filters=[
            Filter("vendor", _l("Hire company"), vendors, money_queries.of_vendor),
            Filter("state", _l("State"), states, money_queries.given_back),
        ],
        empty_text=_l("Invoices for hired vehicles will stand here."),
    )  # fmt: skip
    return page("vehicles/hires/invoices.html", listing=table, vendors=vendors)


@bp.get("/hire-invoices/<int:id>")
@requires(Permission.VENDOR_READ)
def invoice(id: int) -> tuple[str, int]:
    found = db.get_or_404(HireInvoice, id)
    return page("vehicles/hires/invoice.html", invoice=found, classes=CLASS_LABELS)


@bp.get("/hire-invoices/<int:id>/scan")
@requires(Permission.VENDOR_READ)
def invoice_scan(id: int) -> Response:
    kept = db.get_or_404(HireInvoice, id).attachment or abort(404)
    return send_file(kept.path, mimetype=kept.media_type, download_name=kept.name)


@bp.route("/hire-vendors/<int:id>/invoices/new", methods=["GET", "POST"])
@requires(Permission.HIRE_INVOICE)
def new_invoice(id: int) -> Response | tuple[str, int]:
    """An invoice of the vendor over vehicle-trips that were driven."""
    vendor = db.get_or_404(HireVendor, id)
    waiting = money_queries.to_invoice(id)
    form = InvoiceForm(day=clock.today())
    form.trip_ids.choices = [(trip.id, _said(trip)) for trip in waiting]
    if made := form.attempt(money_service.take_invoice, vendor=vendor):
        return done(_("The invoice is taken."), ".invoice", id=made.id)
    total = sum((trip.cost for trip in waiting), Decimal(0))
    return page("vehicles/hires/new_invoice.html", form=form, vendor=vendor, waiting=waiting, total=total)


def _said(trip: HiredTrip) -> str:
    kind = CLASS_LABELS[HiredClass(trip.vehicle_class)]
    return f"{trip.day} {trip.hire.activity} · {kind} {trip.plate or ''} · {trip.cost:,}"


@bp.route("/hire-invoices/<int:id>/return", methods=["GET", "POST"])
@requires(Permission.HIRE_INVOICE)
def invoice_return(id: int) -> Response | tuple[str, int]:
    found, form = db.get_or_404(HireInvoice, id), HireReasonForm()
    if form.attempt(money_service.give_back, invoice=found):
        return done(_("The invoice is given back."), ".invoice", id=id)
    return page("vehicles/hires/invoice_return.html", form=form, invoice=found)


@bp.get("/hire-budgets")
@requires(Permission.VENDOR_READ)
def budgets() -> tuple[str, int]:
    """What each payer may spend in a year, and what is left of it."""
    of = money_queries.year_of(request.args.get("year", ""), queries.years(clock.today())[0].last)
    known = sorted({of, *(each.first.year for each in queries.years(clock.today())), clock.today().year}, reverse=True)
    return page("vehicles/hires/budgets.html", lines=money_queries.budgets(of), year=of, years=known)


@bp.route("/hire-budgets/new", methods=["GET", "POST"])
@requires(Permission.BUDGET_KEEP)
def new_budget() -> Response | tuple[str, int]:
    form = BudgetForm(year=clock.today().year)
    form.unit_id.choices = choices(queries.units(current_actor()), blank=_("The centre itself"))
    if made := form.attempt(money_service.set_budget):
        return done(_("The budget is set."), ".budgets", year=made.year)
    return page("vehicles/hires/new_budget.html", form=form)


@bp.get("/hire-notice")
@requires(Permission.VENDOR_READ)
def notice() -> Response | tuple[str, int]:
    """The monthly public list of hired vehicles, to be printed or as a workbook with `?format=xlsx`."""
    known = money_queries.notice_months(clock.today())
    period = _month(known)
    lines, reasons = money_queries.notice(period), rule_queries.reason_labels()
    if request.args.get("format") == "xlsx":
        return download(tables.notice_sheet(lines, period, reasons), f"hire-notice-{period.key}")
    return page(
        "vehicles/hires/notice.html", lines=lines, period=period, reasons=reasons,
        options=notice_months.options(known, period, money_queries.published_months()), vehicles=tables.vehicles,
        trips=sum(line.trips for line in lines),
        cost=sum((line.cost for line in lines), Decimal(0)), published=money_queries.published(period.first),
        is_over=period.last < clock.today(),
    )  # fmt: skip


def _month(known: Sequence[Period]) -> Period:
    """The month of the address; without one the last of those that is over."""
    if asked := request.args.get("period"):
        found = parse(asked)
        return month(found.first.year, found.first.month)
    return notice_months.latest(known, clock.today())


@bp.post("/hire-notice/<key>/publication")
@requires(Permission.HIRE_RECORD)
def publication(key: str) -> Response:
    """Note that the month was made public as it stands."""
    found, form = parse(key), Deed()
    period = month(found.first.year, found.first.month)
    if form.attempt(money_service.publish, period=period):
        return done(_("The month is published."), ".notice", period=period.key)
    return refused(form, ".notice", period=period.key)
