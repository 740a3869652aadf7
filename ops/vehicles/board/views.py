"""The page of the board."""

from datetime import date, datetime, time, timedelta
from typing import Any

from flask import Blueprint, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ...core import clock
from ...core.access import current_actor, requires
from ...core.db import db
from ...core.page import done, page
from .. import availability
from .. import queries as trips
from ..costs import expense_queries as expenses
from ..driving.models import EXPENSES, KilometreSignature
from ..forms import CancelForm
from ..limits.queries import one_way, rests_of
from ..models import STATES, TripState, Vehicle
from ..odometer import trips as dials
from ..permissions import Permission as TripPermission
from ..register.models import CATEGORY_LABELS
from . import markup, offering, queries, service
from .blocks import BLOCK_WORDS
from .contributors import blocks
from .drawing import Board, draw
from .forms import ReservationForm
from .models import VehicleReservation
from .permissions import Permission

bp = Blueprint("board", __name__, url_prefix="/board")
SPANS = {"day": 1, "week": 7}


@bp.get("")
@requires(Permission.BOARD_READ)
def board() -> tuple[str, int]:
    """Cars or drivers down, the hours of a day or of a week across; or the same as a table."""
    span = request.args.get("span") if request.args.get("span") in SPANS else "day"
    rows = "drivers" if request.args.get("rows") == "drivers" else "cars"
    day = _asked_day(str(span))
    drawn = _drawn(day, SPANS[str(span)], rows)
    template = "vehicles/board/table.html" if request.args.get("as") == "table" else "vehicles/board/board.html"
    return page(
        template, board=drawn, day=day, span=span, today=clock.today(), **_around(drawn, rows),
        before=day - timedelta(days=SPANS[str(span)]), after=day + timedelta(days=SPANS[str(span)]),
    )  # fmt: skip


@bp.get("/assignment")
@requires(TripPermission.TRIP_DISPATCH)
def assignment() -> tuple[str, int]:
    """What the dialog asks when a request is dropped on a row: suggestions with reasons, cars, drivers."""
    wish = trips.visible_request(request.args.get("request", 0, int), current_actor())
    found = availability.survey(wish.people, wish.slot, km=one_way([wish]))
    offered = offering.offer(wish, found)
    best = [each.candidate.vehicle_id for each in offered["suggestions"]]
    free = [each.key for each in offered["free_drivers"]]
    chosen: dict[str, Any] = {
        "chosen_car": request.args.get("vehicle", type=int) or next(iter(best), None),
        "chosen_driver": request.args.get("driver", type=int) or next(iter(free), None),
    }
    return page("vehicles/board/assignment.html", request=wish, found=found, **offered, **chosen)


@bp.get("/orders/<int:id>")
@requires(TripPermission.REQUEST_LIST)
def order(id: int) -> tuple[str, int]:
    """The dispatch order on one page of paper: for its driver, and for those who read every trip."""
    dispatch = trips.readable_dispatch(id, current_actor())
    return page(
        "vehicles/board/order.html", dispatch=dispatch, units=queries.units_of(dispatch), rests=rests_of(dispatch),
        driven=dials.of_trip(dispatch), paid=expenses.noted_on(id), expenses=EXPENSES,
        signed=db.session.get(KilometreSignature, id),
    )  # fmt: skip


@bp.route("/cars/<int:id>/reservation", methods=["GET", "POST"])
@requires(TripPermission.TRIP_DISPATCH)
def new_reservation(id: int) -> Response | tuple[str, int]:
    """Keep a car free; asked from the car's page."""
    vehicle = db.get_or_404(Vehicle, id)
    tomorrow = datetime.combine(clock.today() + timedelta(days=1), time.min)
    form = ReservationForm(starts_at=tomorrow.replace(hour=8), ends_at=tomorrow.replace(hour=18))
    if form.attempt(service.reserve, vehicle=vehicle):
        return done(_("The car is reserved."), "vehicles.register.car", id=id)
    return page("vehicles/board/new_reservation.html", form=form, vehicle=vehicle)


@bp.route("/reservations/<int:id>/lift", methods=["GET", "POST"])
@requires(TripPermission.TRIP_DISPATCH)
def reservation_lift(id: int) -> Response | tuple[str, int]:
    reservation, form = db.get_or_404(VehicleReservation, id), CancelForm()
    if form.attempt(service.lift, reservation=reservation):
        return done(_("The reservation is lifted."), "vehicles.register.car", id=reservation.vehicle_id)
    return page("vehicles/board/reservation_lift.html", form=form, reservation=reservation)


def _asked_day(span: str) -> date:
    """The day of the address, else today; a week begins on its Monday."""
    try:
        day = date.fromisoformat(request.args.get("day", ""))
    except ValueError:
        day = clock.today()
    day = min(max(day, date(2000, 1, 3)), date(2099, 12, 1))
    return day - timedelta(days=day.weekday()) if span == "week" else day


def _drawn(day: date, days: int, rows: str) -> Board:
    period, now = queries.period_of(day, days), clock.now()
    of = queries.cars(period) if rows == "cars" else queries.drivers(period)
    by = "vehicle_id" if rows == "cars" else "driver_id"
    found = blocks(period, of) if rows == "cars" else []
    return draw(period, of, by, queries.trips(period, now), queries.riders(period), found, now)


def _around(drawn: Board, rows: str) -> dict[str, Any]:
    """What the page says beside the rows; words as text, for they are said a thousand times."""
    trips_drawn = any(line.bars for line in drawn.lines)
    states = (TripState.ASSIGNED, TripState.OUT, TripState.RETURNED)
    others = queries.drivers(drawn.period) if rows == "cars" else queries.cars(drawn.period)
    seats = {line.of.seats for line in drawn.lines} if rows == "cars" else set()
    said: dict[str, Any] = {
        "rows": rows,
        "others": {each.id: each.name if rows == "cars" else each.plate for each in others},
        "other": "driver_id" if rows == "cars" else "vehicle_id",
        "second": _("Second driver"),
        "named": markup.called,
        "states": {str(state): str(STATES[state][1]) for state in states} | {"late": _("not back in time")},
        "block_words": {str(kind): str(word) for kind, word in BLOCK_WORDS.items()},
        "categories": {str(kind): str(label) for kind, label in CATEGORY_LABELS.items()},
        "seats": {many: _("%(seats)s seats", seats=many) for many in seats},
        "trip": url_for("vehicles.trip", id=0)[:-1],
        "car": url_for("vehicles.register.car", id=0)[:-1],
    }
    return said | {
        "waiting": queries.waiting(drawn.period),
        "board_rows": markup.rows(drawn.lines, said),
        "nearest": (None, None) if trips_drawn else queries.days_around(drawn.period),
        "may_move": current_actor().may(TripPermission.TRIP_DISPATCH),
    }
