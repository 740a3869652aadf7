"""The deeds of the driver's phone: each once by its key, through the very services of the pages."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l

from ...core import audit, clock, files
from ...core.access import Actor
from ...core.db import db, hold
from ...core.errors import Rejected
from .. import service
from ..models import Dispatch, TripRequest
from ..odometer import rules as odometer_rules
from ..odometer.models import Source
from ..settlement import service as settlement
from . import rules
from .models import DialPhoto, ExpenseKind, KilometreSignature, SentOnce, TripExpense

LARGEST_PHOTO = 4 * 1024 * 1024


def receive(
    dispatch: Dispatch, key: str, kind: str, by: Actor, at: datetime | None = None, pressed_at: Decimal | None = None,
    phone_now: Decimal | None = None, **typed: Any,
) -> SentOnce:  # fmt: skip
    """Do a deed of the outbox, unless its key was done before: an answer may get lost, the deed may not come twice.

    The request is held before the trip, as by every deed that holds both. `at`: where the time was typed by hand;
    otherwise `pressed_at` and `phone_now`, both by the phone's clock, say how long it waited.
    """
    hold(TripRequest, dispatch.request_id)
    hold(Dispatch, dispatch.id)
    if done := db.session.get(SentOnce, key):
        return done
    DEEDS[kind](dispatch, by, at=rules.moment_of(at, pressed_at, phone_now, clock.now()), **typed)
    row = SentOnce(key=key, dispatch_id=dispatch.id, kind=kind, at=clock.now(), by=by.name)
    db.session.add(row)
    audit.record(f"vehicles.phone.{kind}", row, by)
    return row


def _depart(
    dispatch: Dispatch, by: Actor, at: datetime, odometer: Decimal | None, dial_reason: str, early_reason: str,
    photo: Any, **_typed: Any,
) -> None:  # fmt: skip
    service.depart(dispatch, at, _read(odometer), by, dial_reason=dial_reason, early_reason=early_reason)
    _keep_dial(dispatch, Source.DEPARTURE, photo, at, by)


def _take_back(
    dispatch: Dispatch, by: Actor, at: datetime, odometer: Decimal | None, dial_reason: str, photo: Any, **_typed: Any
) -> None:
    service.take_back(dispatch, at, _read(odometer), by, dial_reason=dial_reason)
    _keep_dial(dispatch, Source.RETURN, photo, at, by)


def _pay(
    dispatch: Dispatch, by: Actor, at: datetime, expense: str, amount: Decimal | None, litres: Decimal | None,
    photo: Any, **_typed: Any,
) -> None:  # fmt: skip
    if dispatch.departure is None:
        raise Rejected(_l("This trip is not out."))
    odometer_rules.check_past(at, clock.now())
    if not expense or not amount:
        raise Rejected(_l("Enter what it was for and the amount."), "amount")
    if expense == ExpenseKind.FUEL and not litres:
        raise Rejected(_l("Enter the litres of the fuel."), "litres")
    row = TripExpense(dispatch_id=dispatch.id, kind=expense, amount=amount, at=at, by=by.name)
    row.litres = litres if expense == ExpenseKind.FUEL else None
    row.photo_id = _kept(photo, by)
    db.session.add(row)


def _sign(dispatch: Dispatch, by: Actor, at: datetime, name: str, phone_tail: str, **_typed: Any) -> None:
    if dispatch.trip_return is None or dispatch.departure is None:
        raise Rejected(_l("The kilometres are confirmed when the car is back."))
    if not name or not phone_tail:
        raise Rejected(_l("Enter the name and the last four digits of the telephone."), "name")
    if db.session.get(KilometreSignature, dispatch.id):
        raise Rejected(_l("The kilometres are confirmed already."))
    is_checked = rules.check_tail(phone_tail, [each.phone for each in dispatch.aboard])
    said = settlement.sign_on_the_spot(dispatch.request, name, phone_tail, by)
    row = KilometreSignature(dispatch_id=dispatch.id, name=name, phone_tail=phone_tail, kilometres=said.kilometres)
    row.is_checked, row.at, row.by = is_checked, at, by.name
    db.session.add(row)


def _read(odometer: Decimal | None) -> int:
    if odometer is None:
        raise Rejected(_l("Enter what the dial shows."), "odometer")
    return int(odometer)


def _keep_dial(dispatch: Dispatch, source: Source, photo: Any, at: datetime, by: Actor) -> None:
    if attachment_id := _kept(photo, by):
        row = DialPhoto(dispatch_id=dispatch.id, source=str(source), attachment_id=attachment_id, at=at, by=by.name)
        db.session.add(row)


def _kept(photo: Any, by: Actor) -> int | None:
    """A picture of at most 4 MB; the page shrinks it before it is sent."""
    if not photo or not photo.filename:
        return None
    kept = files.keep(photo, "photo", by)
    if not kept.media_type.startswith("image/") or kept.size > LARGEST_PHOTO:
        raise Rejected(_l("Attach a photograph of at most 4 MB."), "photo")
    db.session.flush()
    return kept.id


DEEDS: dict[str, Callable[..., None]] = {
    "departure": _depart,
    "return": _take_back,
    "expense": _pay,
    "signature": _sign,
}
