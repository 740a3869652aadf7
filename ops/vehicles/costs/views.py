"""Pages of the ledger: all cars, one car's account, the rows, the monthly notice, the years."""

from decimal import Decimal
from functools import partial
from typing import Any

from flask import Blueprint, abort, redirect, request, send_file, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from ...core import clock
from ...core.access import requires
from ...core.db import db
from ...core.files import Attachment
from ...core.forms import Deed, choices
from ...core.listing import Filter, listed, listing
from ...core.page import done, page, refused, turned_away
from ...core.period import month, parse
from ...core.workbook import download
from .. import notice_months
from ..models import Vehicle
from . import (
    account,
    charts,
    choosing,
    findings,
    notice_queries,
    notice_service,
    queries,
    repair_queries,
    rules,
    service,
    settings,
    tables,
)
from . import notice as monthly
from .forms import CostForm, CostSettingForm, PolicyForm, ReasonForm, TankForm
from .models import COST_LABELS, ENERGY_LABELS, PART_LABELS, VehicleCost
from .notice_models import UseNotice
from .permissions import Permission
from .repair_models import COST_SETTING_LABELS

bp = Blueprint("costs", __name__, url_prefix="/costs")


@bp.get("")
@requires(Permission.COST_READ)
def overview() -> Response | tuple[str, int]:
    """All cars of a period, ranked by any figure."""
    period = choosing.period_asked()
    cars = account.all_cars(period)
    total = account.together(cars)
    filters = [choosing.period_filter(period, _l("Period"))]
    said = {"caption": _("Costs of all cars"), "filters": filters, "empty_text": _l("Cars will stand here.")}
    table = listed(cars, tables.CAR_COLUMNS, sort="plate", **said)
    if request.args.get("format") == "xlsx":
        return download(tables.cars_sheet(table.rows, total, period.label), f"costs-{period.key}")
    urls = {"entries": url_for(".entries", period=period.key), "account": url_for(".account_page", id=0)}
    urls["km"] = url_for("indicators.figure_evidence", name="vehicles.kilometres", period=period.key)
    return page(
        "vehicles/costs/overview.html", listing=table, total=total, period=period, kinds=COST_LABELS, urls=urls,
        cells=tables.car_cells,
    )  # fmt: skip


@bp.get("/cars/<int:id>")
@requires(Permission.COST_READ)
def account_page(id: int) -> tuple[str, int]:
    """What one car came to in a period."""
    car, period = db.get_or_404(Vehicle, id), choosing.period_asked()
    months = account.months_of(id, period.first.year)
    return page(
        "vehicles/costs/account.html",
        car=car,
        period=period,
        options=choosing.period_options(period),
        sums=account.of_car(id, period),
        full_to_full=account.full_to_full(id, period),
        months=months,
        chart=charts.months(months, id),
        kinds=COST_LABELS,
        tank=queries.tank_of(id),
        energies=ENERGY_LABELS,
    )


@bp.get("/entries")
@requires(Permission.COST_READ)
def entries() -> Response | tuple[str, int]:
    """The rows of the ledger, newest first; every figure of the pages opens here."""
    asked = request.args.get("period")
    period = parse(asked) if asked else choosing.period_asked()
    narrowing = {
        "period": lambda key: queries.of_period(parse(key)),
        "vehicle": queries.of_car,
        "kind": queries.of_kind,
    }
    filters = [
        Filter("period", _l("Period"), choosing.period_options(period), narrowing["period"]),
        Filter("kind", _l("Kind of cost"), list(COST_LABELS.items()), narrowing["kind"]),
        Filter("vehicle", _l("Car"), choosing.car_options(), narrowing["vehicle"]),
    ]
    table = listing(
        queries.entries(), tables.ENTRY_COLUMNS, sort="day", descending=True, filters=filters,
        empty_text=_l("What the cars cost will stand here, row by row."), caption=_("Rows of the ledger"),
    )  # fmt: skip
    chosen = queries.entries().where(*(each.where(each.value) for each in table.filters if each.value))
    if request.args.get("format") == "xlsx":
        return download(tables.entries_sheet(queries.whole(chosen), period.label), f"ledger-{period.key}")
    total, turned = queries.total(chosen), queries.reversed_among([row.id for row in table.rows])
    return page("vehicles/costs/entries.html", listing=table, kinds=COST_LABELS, total=total, turned=turned)


@bp.get("/entries/<int:id>")
@requires(Permission.COST_READ)
def entry(id: int) -> tuple[str, int]:
    """One row with all that belongs to it."""
    row = db.get_or_404(VehicleCost, id)
    return page(
        "vehicles/costs/entry.html", row=row, kinds=COST_LABELS, parts=PART_LABELS,
        job=repair_queries.job_of_cost(id), proof=queries.proof_of(row), trip=queries.request_of(row.dispatch_id),
    )  # fmt: skip


@bp.get("/evidence/<int:id>")
@requires(Permission.COST_READ)
def evidence_record(id: int) -> Response:
    """A record behind a ratio: an even number is twice that of a cost, an odd one twice that of a trip and one."""
    if id % 2:
        return redirect(url_for("vehicles.trip", id=id // 2))
    return redirect(url_for(".entry", id=id // 2))


@bp.get("/proofs/<int:id>")
@requires(Permission.COST_READ)
def proof(id: int) -> Response:
    """The paper kept with a row of the ledger."""
    if not queries.is_proof(id):
        abort(404)
    kept = db.get_or_404(Attachment, id)
    return send_file(kept.path, mimetype=kept.media_type, download_name=kept.name)


@bp.route("/entries/new", methods=["GET", "POST"])
@requires(Permission.COST_RECORD)
def new_entry() -> Response | tuple[str, int]:
    form = CostForm(day=clock.today(), vehicle_id=choosing.car_asked())
    form.vehicle_id.choices = choices(queries.cars(clock.today()))
    if made := form.attempt(service.record):
        return done(_("The cost is recorded."), ".entry", id=made.id)
    return page("vehicles/costs/new_entry.html", form=form)


@bp.route("/policies/new", methods=["GET", "POST"])
@requires(Permission.COST_RECORD)
def new_policy() -> Response | tuple[str, int]:
    form = PolicyForm(day=clock.today(), vehicle_id=choosing.car_asked())
    form.vehicle_id.choices = choices(queries.cars(clock.today()))
    if made := form.attempt(service.insure):
        return done(_("The policy is recorded."), ".entry", id=made.id)
    return page("vehicles/costs/new_policy.html", form=form)


@bp.route("/entries/<int:id>/reversal", methods=["GET", "POST"])
@requires(Permission.COST_RECORD)
def reversal(id: int) -> Response | tuple[str, int]:
    row = db.get_or_404(VehicleCost, id)
    once = partial(rules.check_reversible, row.reverses_id is not None, queries.is_reversed(id))
    if away := turned_away(once, ".entry", id=id):
        return away
    form = ReasonForm()
    if made := form.attempt(service.reverse, cost=row):
        return done(_("The row is taken back; both stay to be read."), ".entry", id=made.reverses_id)
    return page("vehicles/costs/reversal.html", form=form, row=row, kinds=COST_LABELS)


@bp.route("/cars/<int:id>/tank", methods=["GET", "POST"])
@requires(Permission.COST_RECORD)
def tank(id: int) -> Response | tuple[str, int]:
    car = db.get_or_404(Vehicle, id)
    form = TankForm(obj=queries.tank_of(id))
    if form.attempt(service.set_tank, vehicle_id=id):
        return done(_("The tank is entered."), ".account_page", id=id)
    return page("vehicles/costs/tank.html", form=form, car=car)


@bp.get("/notice")
@requires(Permission.COST_READ)
def notice() -> Response | tuple[str, int]:
    """The monthly public notice: time, reason, place, kilometres, fuel and cost of every trip."""
    known, vehicle_id = notice_queries.months(clock.today()), choosing.car_asked()
    period = choosing.month_of_notice(known)
    found = monthly.notice(period, vehicle_id)
    if request.args.get("format") == "xlsx":
        return download(tables.notice_sheet(found), f"notice-{period.key}")
    return page(
        "vehicles/costs/notice.html", notice=found, period=period, note=tables.fuel_note(), vehicle=vehicle_id,
        options=notice_months.options(known, period, notice_queries.published_months()),
        cars=choosing.car_options(), total=account.together(found.cars), **_publication(found),
        expenses=notice_queries.expenses(period, vehicle_id), repairs=notice_queries.repairs(period, vehicle_id),
        open_findings=len(findings.open_ones(period)),
    )  # fmt: skip


def _publication(found: monthly.Notice) -> dict[str, Any]:
    """Only the whole list is published, when its month is over."""
    row = None if choosing.car_asked() else notice_service.published(found.period)
    is_over = found.period.last < clock.today() and not choosing.car_asked()
    return {"published": row, "changed": row is not None and notice_service.differs(row, found), "is_over": is_over}


@bp.post("/notice/<key>/publication")
@requires(Permission.COST_RECORD)
def publication(key: str) -> Response:
    """Note that the month was made public as it stands."""
    asked, form = parse(key), Deed()
    period = month(asked.first.year, asked.first.month)
    if form.attempt(notice_service.publish, period=period):
        return done(_("The month is published."), ".notice", period=period.key)
    return refused(form, ".notice", period=period.key)


@bp.get("/published-notices/<int:id>")
@requires(Permission.COST_READ)
def published_notice(id: int) -> Response:
    """The list as it was published."""
    kept = db.get_or_404(UseNotice, id).attachment
    return send_file(kept.path, mimetype=kept.media_type, download_name=kept.name)


@bp.get("/years")
@requires(Permission.COST_READ)
def years() -> tuple[str, int]:
    """The years side by side, for all cars or for one."""
    vehicle_id = choosing.car_asked()
    known = choosing.years()[:5][::-1]
    found = account.years_of(known, vehicle_id)
    return page(
        "vehicles/costs/years.html", years=found, kinds=COST_LABELS, cars=choosing.car_options(),
        vehicle=vehicle_id, chart=charts.years(found, COST_LABELS, vehicle_id), nothing=Decimal(0),
    )  # fmt: skip


@bp.get("/settings")
@requires(Permission.COST_READ)
def setting_list() -> tuple[str, int]:
    return page(
        "vehicles/costs/settings.html", settings=settings.all_settings(), labels=COST_SETTING_LABELS,
        in_force={row.id for row in settings.in_force(clock.today()).values()},
    )  # fmt: skip


@bp.route("/settings/new", methods=["GET", "POST"])
@requires(Permission.SETTING_KEEP)
def new_setting() -> Response | tuple[str, int]:
    form = CostSettingForm(valid_from=clock.today())
    if form.attempt(settings.set_value):
        return done(_("The setting is entered."), ".setting_list")
    return page("vehicles/costs/new_setting.html", form=form)
