"""Pages of what is done with a hire: order, cancel, drive, call off, void, send to the unit, answer, pay, rate."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from flask import Blueprint, abort, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ...core.access import Actor, current_actor, requires
from ...core.db import db
from ...core.page import done, turned_away
from . import asking, looking, money_queries, money_service, queries, rules, service, vendor_queries
from .actual_models import HiredActual
from .forms import (
    YES,
    DrivenForm,
    HireAnswerForm,
    HireRatingForm,
    HireReasonForm,
    PaidForm,
    SubmissionForm,
)
from .models import Hire, HiredTrip
from .money_service import Driven
from .permissions import Permission
from .vendor_models import METHOD_LABELS, HiredClass

bp = Blueprint("hire_deeds", __name__, url_prefix="/hires")
PAGE = "vehicles.hires.hire"


def _visible(id: int) -> Hire:
    return queries.visible(id, current_actor()) or abort(404)


def _too_late(hire: Hire, check: Callable[[Hire], object]) -> Response | None:
    return turned_away(lambda: check(hire), PAGE, id=hire.id)


def _invoiced(trip: HiredTrip) -> bool:
    return bool(money_queries.invoiced_trips([trip.id]))


def _trip(id: int) -> HiredTrip:
    found = db.get_or_404(HiredTrip, id)
    _visible(found.hire_id)
    return found


@bp.route("/<int:id>/trips/new", methods=["GET", "POST"])
@requires(Permission.HIRE_RECORD)
def new_trips(id: int) -> Response | tuple[str, int]:
    """Order vehicles of one class from one vendor."""
    found = _visible(id)
    if away := _too_late(found, rules.check_to_order):
        return away
    form = asking.order_form(found)
    if form.attempt(asking.order, hire=found):
        return done(_("The vehicles are ordered."), PAGE, id=id)
    kinds = list(queries.trips_by_class(found)) or list(HiredClass)
    return looking.deed(
        found, form, _("Order vehicles"), url_for(".new_trips", id=id), offers=vendor_queries.offers(found.day, kinds),
        methods=METHOD_LABELS,
    )  # fmt: skip


@bp.route("/trips/<int:id>/cancellation", methods=["GET", "POST"])
@requires(Permission.HIRE_RECORD)
def trip_cancellation(id: int) -> Response | tuple[str, int]:
    trip, form = _trip(id), HireReasonForm()
    if away := _too_late(trip.hire, lambda _hire: rules.check_cancel_trip(trip, _invoiced(trip))):
        return away
    if form.attempt(service.cancel_trip, trip=trip):
        return done(_("The vehicle is cancelled."), PAGE, id=trip.hire_id)
    called = f"{trip.vendor} {trip.plate or ''}"
    return looking.deed(trip.hire, form, _("Cancel this vehicle"), url_for(".trip_cancellation", id=id), called)


@bp.route("/trips/<int:id>/actual", methods=["GET", "POST"])
@requires(Permission.HIRE_RECORD)
def actual(id: int) -> Response | tuple[str, int]:
    """When it left and came back, how far it went; the fee follows from the contract."""
    trip = _trip(id)
    if away := _too_late(trip.hire, lambda _hire: rules.check_recordable(trip, _invoiced(trip))):
        return away
    slot, stands = trip.hire.slot, trip.actual
    plan: dict[str, Any] = {"left_at": slot.start, "back_at": slot.end} if slot else {}
    plan |= {"plate": trip.plate or "", "kilometres": trip.hire.planned_km}
    if stands:  # all but the note: a correction says why itself
        names = ("left_at", "back_at", "plate", "driver", "kilometres", "extra", "overrun")
        plan |= {name: getattr(stands, name) for name in names}
    form = DrivenForm(data=plan)
    if form.attempt(_drove, trip=trip):
        return done(_("What it drove is recorded."), PAGE, id=trip.hire_id)
    called = f"{trip.vendor} {trip.plate or ''}"
    return looking.deed(trip.hire, form, _("Record what it drove"), url_for(".actual", id=id), called)


def _drove(
    trip: HiredTrip, by: Actor, kilometres: Decimal, extra: Decimal, overrun: Decimal | None, **typed: object
) -> HiredActual:
    words = {name: value or "" for name, value in typed.items()}
    return money_service.drove(trip, Driven(kilometres=int(kilometres), extra=extra, overrun=overrun, **words), by)  # type: ignore[arg-type]


@bp.route("/<int:id>/calling-off", methods=["GET", "POST"])
@requires(Permission.HIRE_ASK)
def calling_off(id: int) -> Response | tuple[str, int]:
    found, form = _visible(id), HireReasonForm()
    if away := _too_late(found, rules.check_call_off):
        return away
    if form.attempt(service.call_off, hire=found):
        return done(_("The hire is called off."), PAGE, id=id)
    return looking.deed(found, form, _("Call the hire off"), url_for(".calling_off", id=id))


@bp.route("/<int:id>/void", methods=["GET", "POST"])
@requires(Permission.HIRE_RECORD)
def void(id: int) -> Response | tuple[str, int]:
    found, form = _visible(id), HireReasonForm()
    if away := _too_late(found, lambda hire: rules.check_void(hire, money_queries.is_invoiced(hire))):
        return away
    if form.attempt(service.void, hire=found):
        return done(_("The record is void."), PAGE, id=id)
    return looking.deed(found, form, _("Void the record"), url_for(".void", id=id))


@bp.route("/<int:id>/submission", methods=["GET", "POST"])
@requires(Permission.HIRE_INVOICE)
def submission(id: int) -> Response | tuple[str, int]:
    """Send what it came to to the unit."""
    found = _visible(id)
    if away := _too_late(found, rules.check_submit):
        return away
    form = SubmissionForm(seen=found.mark)
    if form.attempt(money_service.submit, hire=found):
        return done(_("It is with the unit."), PAGE, id=id)
    return looking.money_deed(found, form, _("Send to the unit"), url_for(".submission", id=id))


@bp.route("/<int:id>/answer", methods=["GET", "POST"])
@requires(Permission.HIRE_ANSWER)
def answer(id: int) -> Response | tuple[str, int]:
    """The unit agrees to what it came to, or objects."""
    found = _visible(id)
    if away := _too_late(found, rules.check_with_unit):
        return away
    form = HireAnswerForm(seen=found.mark)
    if form.attempt(_answer, hire=found):
        return done(_("The answer of the unit is recorded."), PAGE, id=id)
    return looking.money_deed(found, form, _("Agree or object"), url_for(".answer", id=id))


def _answer(hire: Hire, verdict: str, words: str, by: Actor, seen: str = "") -> Hire:
    return money_service.answer(hire, verdict == YES, words or "", by, seen)


@bp.route("/<int:id>/payment", methods=["GET", "POST"])
@requires(Permission.HIRE_PAY)
def payment(id: int) -> Response | tuple[str, int]:
    found = _visible(id)
    if away := _too_late(found, rules.check_pay):
        return away
    form = PaidForm(seen=found.mark)
    if form.attempt(money_service.pay, hire=found):
        return done(_("The hire is settled."), PAGE, id=id)
    return looking.money_deed(found, form, _("Settle the hire"), url_for(".payment", id=id))


@bp.route("/<int:id>/rating", methods=["GET", "POST"])
@requires(Permission.HIRE_ANSWER)
def rating(id: int) -> Response | tuple[str, int]:
    found, form = _visible(id), HireRatingForm()
    if away := _too_late(found, lambda hire: rules.check_rating(hire, money_queries.rating(hire) is not None)):
        return away
    if form.attempt(money_service.rate, hire=found):
        return done(_("The hire is rated."), PAGE, id=id)
    return looking.deed(found, form, _("Rate the hire"), url_for(".rating", id=id))
