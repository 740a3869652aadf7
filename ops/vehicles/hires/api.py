"""The JSON door of hires: ask, look, order, record what was driven."""

from decimal import Decimal
from typing import Any

from flask import abort
from pydantic import field_serializer

from ...core.access import current_actor, requires
from ...core.api import act, door, paged
from ...core.db import db
from ...core.json_values import Body, Day, Exact, Key, Moment, PageQuery, Shown, Text, amount, text, whole
from ..api import Step
from . import money_service, queries, service
from .models import Hire, HiredTrip, MoneyFrom
from .money_service import Driven
from .permissions import Permission
from .service import Asked, Oral, Order
from .vendor_models import HiredClass

hires = door("vehicles", "hires")


class HiredTripShown(Shown):
    id: int
    vendor: str
    vehicle_class: str
    plate: str | None
    price: Exact
    cost: Exact


class HireShown(Shown):
    id: int
    no: str
    unit_id: int
    activity: str
    day: Day
    reason_class: str
    state: str
    mark: str
    cost: Exact
    trips: list[HiredTripShown]

    @field_serializer("state")
    def _named(self, value: str) -> str:
        return str(value)


class HiresShown(Shown):
    total: int
    page: int
    rows: list[HireShown]


class Wanted(Body):
    sedan: whole(0, 50) = 0  # type: ignore[valid-type]
    van: whole(0, 50) = 0  # type: ignore[valid-type]
    minibus: whole(0, 50) = 0  # type: ignore[valid-type]
    coach: whole(0, 50) = 0  # type: ignore[valid-type]


class HireAsked(Step):
    unit_id: Key
    activity: Text
    reason_class: text(40)  # type: ignore[valid-type]
    starts_at: Moment
    ends_at: Moment
    people: whole(1, 2000)  # type: ignore[valid-type]
    wanted: Wanted
    own_cars_why: text(300)  # type: ignore[valid-type]
    estimate: amount(1_000_000)  # type: ignore[valid-type]
    route: Text
    money_from: MoneyFrom = MoneyFrom.UNIT
    class_reason: text(200, least=0) = ""  # type: ignore[valid-type]
    contact: text(60, least=0) = ""  # type: ignore[valid-type]
    phone: text(40, least=0) = ""  # type: ignore[valid-type]
    out_of_district: bool = False
    planned_km: whole(0, 5000) | None = None  # type: ignore[valid-type]
    oral_by: text(60, least=0) = ""  # type: ignore[valid-type]
    oral_at: Moment | None = None
    afterwards: text(200, least=0) = ""  # type: ignore[valid-type]
    again: bool = False
    in_district: bool = False


class VehiclesOrdered(Step):
    vendor_id: Key
    vehicle_class: HiredClass
    how_many: whole(1, 50)  # type: ignore[valid-type]
    plates: text(500, least=0) = ""  # type: ignore[valid-type]
    price: amount(100_000) | None = None  # type: ignore[valid-type]
    off_list_reason: text(200, least=0) = ""  # type: ignore[valid-type]


class VehicleDriven(Step):
    left_at: Moment
    back_at: Moment
    kilometres: whole(0, 5000)  # type: ignore[valid-type]
    plate: text(20, least=0) = ""  # type: ignore[valid-type]
    driver: text(60, least=0) = ""  # type: ignore[valid-type]
    extra: amount(10_000) = Decimal(0)  # type: ignore[valid-type]
    overrun: amount(100_000) | None = None  # type: ignore[valid-type]
    words: text(200, least=0) = ""  # type: ignore[valid-type]


def shown(hire: Hire) -> dict[str, Any]:
    """A hire as the door shows it."""
    trips = [{name: getattr(trip, name) for name in HiredTripShown.model_fields} for trip in hire.trips]
    return {name: getattr(hire, name) for name in HireShown.model_fields if name != "trips"} | {"trips": trips}


@hires.get("/hires")
@requires(Permission.HIRE_READ)
@hires.input(PageQuery, location="query")
@hires.output(HiresShown)
def list_hires(query_data: PageQuery) -> dict[str, Any]:
    """Hires that one may see, newest first."""
    found = paged(queries.all_of(current_actor()), query_data)
    return {**found, "rows": [shown(each) for each in found["rows"]]}


@hires.get("/hires/<int:id>")
@requires(Permission.HIRE_READ)
@hires.output(HireShown)
def show_hire(id: int) -> dict[str, Any]:
    """One hire with its vehicle-trips."""
    return shown(_visible(id))


@hires.post("/hires")
@requires(Permission.HIRE_ASK)
@hires.input(HireAsked)
@hires.output(HireShown, status_code=201)
def ask(json_data: HireAsked) -> dict[str, Any]:
    """Ask for hired vehicles. Where the activity needs a paper, it is attached on the page before the hire is asked."""
    typed = {name: getattr(json_data, name) for name in HireAsked.model_fields}
    for name in ("seen", "reason"):
        typed.pop(name)
    oral = Oral(typed.pop("oral_by"), typed.pop("oral_at"))
    counts = typed.pop("wanted").model_dump()
    asked = Asked(**typed, wanted={kind: number for kind, number in counts.items() if number})
    return shown(act(service.ask, None, asked=asked, oral=oral, paper=None))


@hires.post("/hires/<int:id>/trips")
@requires(Permission.HIRE_RECORD)
@hires.input(VehiclesOrdered)
@hires.output(HireShown, status_code=201)
def order(id: int, json_data: VehiclesOrdered) -> dict[str, Any]:
    """Order vehicles of one class from one vendor."""
    names = ("vendor_id", "vehicle_class", "how_many", "plates", "price", "off_list_reason")
    wanted = Order(**{name: getattr(json_data, name) for name in names})
    return shown(act(service.order, None, hire=_visible(id), wanted=wanted, seen=json_data.seen))


@hires.post("/hired-trips/<int:id>/actual")
@requires(Permission.HIRE_RECORD)
@hires.input(VehicleDriven)
@hires.output(HireShown, status_code=201)
def drove(id: int, json_data: VehicleDriven) -> dict[str, Any]:
    """Record when a hired vehicle left and came back and how far it went; the fee follows from the contract."""
    trip = db.session.get(HiredTrip, id) or abort(404)
    names = ("left_at", "back_at", "kilometres", "plate", "driver", "extra", "overrun", "words")
    act(money_service.drove, None, trip=trip, driven=Driven(**{name: getattr(json_data, name) for name in names}))
    return shown(_visible(trip.hire_id))


def _visible(hire_id: int) -> Hire:
    return queries.visible(hire_id, current_actor()) or abort(404)
