"""Pages of hours: what each car's came to, and the office hours they are counted by."""

from decimal import Decimal

from flask import Blueprint, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from ...core import clock
from ...core.access import requires
from ...core.db import db
from ...core.page import done, page
from ...core.period import Period, month, parse, year
from ...indicators.readings import read_many
from ..models import Vehicle
from ..permissions import Permission as OfVehicles
from ..register.permissions import Permission
from . import car_days, queries, service, use
from .forms import HoursForm
from .metrics import METRICS
from .rules import share

bp = Blueprint("hours", __name__, url_prefix="/hours")
BEFORE = 10  # years offered
DAY_WORDS = {
    "used": ("progress", _l("Out")),
    "idle": ("waiting", _l("Idle")),
    "sealed": ("closed", _l("Sealed")),
    "off": ("closed", _l("Day off")),
}


@bp.get("")
@requires(OfVehicles.FIGURE_READ)
def hours() -> tuple[str, int]:
    """Each car's hours in a year or a month, with the figures they add up to."""
    asked = request.args.get("period")
    period = parse(asked) if asked else _latest()
    cars = use.of_cars(period)
    foot = {name: sum((getattr(each, name) for each in cars), Decimal(0)) for name in ("available", "used", "sealed")}
    percent, figures = share(foot["used"], foot["available"]), read_many([each.name for each in METRICS], period)
    return page(
        "vehicles/hours/hours.html", period=period, options=_options(period), cars=cars, foot=foot, percent=percent,
        figures_read=figures,
    )  # fmt: skip


@bp.get("/cars/<int:id>")
@requires(OfVehicles.FIGURE_READ)
def car(id: int) -> tuple[str, int]:
    """One car's days, each with its trips and its sealing; a single one as the evidence of a figure opens it."""
    vehicle = db.get_or_404(Vehicle, id)
    asked = request.args.get("day") or request.args.get("period")
    period = parse(asked) if asked else _latest()
    show = request.args.get("show", "")
    days = [each for each in car_days.of(vehicle, period) if show not in car_days.SHOWN or each.kind == show]
    return page(
        "vehicles/hours/car.html", car=vehicle, period=period, days=days, show=show, words=DAY_WORDS,
        foot=car_days.added(days), options=_options(period), up=year(period.first.year).key,
    )  # fmt: skip


def _latest() -> Period:
    """The year of the last day that counts."""
    last = queries.last_day()
    return year((last or clock.today()).year)


def _options(asked: Period) -> list[tuple[str, str]]:
    """The years that count and the months of the year looked at."""
    last, first = queries.last_day() or clock.today(), queries.first_day() or clock.today()
    years = [year(number) for number in range(last.year, max(first.year, last.year - BEFORE) - 1, -1)]
    months = [month(asked.first.year, number) for number in range(1, 13)]
    return [(each.key, each.label) for each in dict.fromkeys([*years, *months, asked])]


@bp.get("/office")
@requires(Permission.REGISTER_READ)
def office_hours() -> tuple[str, int]:
    """The office hours there were and will be, with their source; those in force marked."""
    rows = queries.all_hours()
    in_force = next((each.id for each in rows if each.valid_from <= clock.today()), None)
    return page("vehicles/hours/office_hours.html", rows=rows, in_force=in_force)


@bp.route("/office/new", methods=["GET", "POST"])
@requires(Permission.REGISTER_KEEP)
def new_office_hours() -> Response | tuple[str, int]:
    form = HoursForm(valid_from=clock.today())
    if form.attempt(service.set_hours):
        return done(_("The office hours are entered."), "vehicles.hours.office_hours")
    return page("vehicles/hours/new_office_hours.html", form=form)
