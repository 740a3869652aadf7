"""Between the form of a hire and the verb: what it is prefilled with, what helps, and what it says."""

from collections import Counter
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from ...core import clock
from ...core.access import Actor, current_actor
from ...core.db import db
from ...core.forms import choices, option
from ...core.timeslot import Slot
from ..models import TripRequest
from ..states import WAITS_FOR_A_CAR
from . import queries, rule_queries, service, vendor_queries
from .forms import HireForm, OrderForm
from .models import Hire
from .rule_models import HireSettingName
from .service import Asked, Oral, Order
from .vendor_models import CLASS_LABELS, HiredClass

USUAL_START, USUAL_END = time(8), time(18)


def request_asked(key: str) -> TripRequest | None:
    """The unit's request that hired vehicles are to serve, when it waits for a car and asks for hired ones."""
    found = db.session.get(TripRequest, int(key)) if key.isdecimal() and len(key) < 10 else None
    fits = found is not None and found.hired and found.state in WAITS_FOR_A_CAR and current_actor().unit_id is None
    return found if fits else None


def prefilled(before: TripRequest | None, actor: Actor) -> HireForm:
    day = clock.today() + timedelta(days=_lead_days())
    usual: dict[str, Any] = {
        "starts_at": datetime.combine(day, USUAL_START), "ends_at": datetime.combine(day, USUAL_END),
        "unit_id": actor.unit_id,
    }  # fmt: skip
    if before:
        names = ("unit_id", "starts_at", "ends_at", "people", "contact", "phone", "out_of_district",
                 "afterwards")  # fmt: skip
        usual |= {name: getattr(before, name) for name in names}
        usual |= {"activity": before.purpose, "route": before.route or before.destination}
        usual |= {"planned_km": 2 * before.one_way_km if before.one_way_km else None}
    form = HireForm(**usual)
    form.unit_id.choices = choices(queries.units(actor))
    form.reason_class.choices = reasons(form.starts_at.data.date() if form.starts_at.data else day)
    return form


def _lead_days() -> int:
    return int(rule_queries.setting(HireSettingName.LEAD_DAYS, clock.today()))


def reasons(day: date) -> list[Any]:
    found = rule_queries.reasons_in_force(day)
    return [option(each.code, each.label if not each.needs_paper else _("%(kind)s (with its paper)", kind=each.label))
            for each in found]  # fmt: skip


def help_with(form: HireForm) -> dict[str, Any]:
    """What the register and the board show of own cars at the time typed, and the rules that are applied."""
    starts, ends, people = form.starts_at.data, form.ends_at.data, form.people.data or Decimal(1)
    day = starts.date() if starts else clock.today()
    known = sorted(rule_queries.classes(day).values(), key=lambda each: each.seats)
    if not starts or not ends or ends <= starts or ends - starts > timedelta(days=31):
        return {"cars": None, "classes": known, "slot": None}
    slot = Slot(starts, ends)
    return {"cars": queries.own_cars(slot, int(people)), "classes": known, "slot": slot}


def ask(
    by: Actor, paper: FileStorage | None, oral_by: str, oral_at: datetime | None, people: Decimal,
    planned_km: Decimal | None, request_id: int | None, **typed: Any,
) -> Hire:  # fmt: skip
    """What was typed, as the verb takes it."""
    counts = {str(kind): int(typed.pop(str(kind)) or 0) for kind in HiredClass}
    wanted = {kind: number for kind, number in counts.items() if number}
    km = None if planned_km is None else int(planned_km)
    words: dict[str, Any] = {name: "" if value is None else value for name, value in typed.items()}
    asked = Asked(people=int(people), planned_km=km, wanted=wanted, request_id=request_id, **words)
    return service.ask(asked, Oral(oral_by or "", oral_at), paper, by)


def order_form(hire: Hire) -> OrderForm:
    """Of the classes that were approved, the first that is still to be ordered, and how many of it."""
    ordered = Counter(trip.vehicle_class for trip in hire.standing)
    missing = {each.vehicle_class: each.how_many - ordered[each.vehicle_class] for each in hire.wanted}
    first = next((each for each, number in missing.items() if number > 0), None)
    form = OrderForm(seen=hire.mark, vehicle_class=first, how_many=missing[first] if first else 1)
    form.vendor_id.choices = choices(vendor_queries.choices_of_vendors())
    if missing:
        form.vehicle_class.choices = [option(str(key), CLASS_LABELS[key]) for key in HiredClass if key in missing]
    return form


def record(
    by: Actor, vendor_id: int, vehicle_class: str, how_many: Decimal, price: Decimal, plates: str, **typed: Any
) -> Hire:
    wanted = Order(vendor_id, vehicle_class, int(how_many), plates or "", price)
    return service.record(wanted=wanted, by=by, **typed)


def order(
    hire: Hire, by: Actor, vendor_id: int, vehicle_class: str, how_many: Decimal, price: Decimal | None, plates: str,
    off_list_reason: str, seen: str = "",
) -> Hire:  # fmt: skip
    wanted = Order(vendor_id, vehicle_class, int(how_many), plates or "", price, off_list_reason or "")
    return service.order(hire, wanted, by, seen)
