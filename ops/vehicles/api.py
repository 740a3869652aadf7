"""The JSON door of requests and trips: the verbs of the pages, for the board's script and for machines."""

from typing import Any

from flask import abort
from flask_babel import lazy_gettext as _l
from pydantic import Field

from ..core.access import current_actor, requires
from ..core.api import Deed, act, door, paged
from ..core.db import db
from ..core.errors import Rejected
from ..core.json_values import Key, Moment, PageQuery, Shown, Text, text, whole
from . import queries, service
from .crew_models import AS_BEFORE
from .models import Dispatch, TripRequest
from .permissions import Permission
from .rules import MOST_PEOPLE

vehicles = door("vehicles")


class DispatchShown(Shown):
    """派车: which car and driver, held from when to when; `mark` is to be handed back as `seen`."""

    id: int
    request_id: int
    vehicle_id: int
    plate: str
    driver_id: int
    driver: str
    second_driver_id: int | None
    second_driver: str | None
    starts_at: Moment
    ends_at: Moment
    due_at: Moment
    state: str
    mark: str


class RequestShown(Shown):
    """用车申请, with the car and driver that it holds, if any."""

    id: int
    unit_id: int
    purpose: str
    destination: str
    people: int
    contact: str
    phone: str
    route: str
    one_way_km: int | None
    out_of_district: bool
    sealed_car: bool
    hired: bool
    afterwards: str
    starts_at: Moment
    ends_at: Moment
    state: str
    mark: str
    dispatch: DispatchShown | None


class RequestsShown(Shown):
    total: int
    page: int
    rows: list[RequestShown]


class RequestsQuery(PageQuery):
    since: Moment | None = None
    until: Moment | None = None
    unit_id: Key | None = None
    waiting: bool = False


class RequestAsked(Deed):
    """`afterwards`: why a trip that was made already is recorded only now. `again`: it is meant, though the unit asked
    for the same before. `sent_key`: the same body with the same key is one request. `in_district`: a place within is
    meant, though it is called like one outside.
    """

    unit_id: Key
    purpose: Text
    destination: Text
    people: whole(1, MOST_PEOPLE)  # type: ignore[valid-type]
    contact: text(60)  # type: ignore[valid-type]
    phone: text(20, least=5)  # type: ignore[valid-type]
    route: text(200, least=0) = ""  # type: ignore[valid-type]
    one_way_km: whole(1, 5000) | None = None  # type: ignore[valid-type]
    starts_at: Moment
    ends_at: Moment
    out_of_district: bool = False
    sealed_car: bool = False
    hired: bool = False
    oral_by: text(60, least=0) = ""  # type: ignore[valid-type]
    oral_at: Moment | None = None
    afterwards: text(200, least=0) = ""  # type: ignore[valid-type]
    again: bool = False
    in_district: bool = False
    sent_key: text(60, least=0) = ""  # type: ignore[valid-type]


class Step(Deed):
    """Base of a state change: `seen` is the mark that the caller decided on; empty means whatever it is now."""

    seen: text(60, least=0) = ""  # type: ignore[valid-type]


class Limited(Step):
    """Gives car and driver time: who allows what passes a limit for drivers or has something lapsed, and why."""

    limits_reason: text(200, least=0) = ""  # type: ignore[valid-type]
    leave_by: text(60, least=0) = ""  # type: ignore[valid-type]
    leave_reason: text(300, least=0) = ""  # type: ignore[valid-type]


class CarGiven(Limited):
    vehicle_id: Key
    driver_id: Key
    second_driver_id: Key | None = None


def _without_default(schema: dict[str, Any]) -> None:
    """AS_BEFORE stands for “not said”: it is no value that a caller may write."""
    schema.pop("default", None)


class CarChanged(CarGiven):
    second_driver_id: Key | None = Field(
        default=AS_BEFORE,
        description="Null is nobody; where it is not said, whoever it was.",
        json_schema_extra=_without_default,
    )
    reason_given: Text


class TripMoved(CarChanged):
    starts_at: Moment
    ends_at: Moment


class TripExtended(Limited):
    """`oral_by`, `oral_at`: who allowed it by mouth, where the trip then needs approvals."""

    due_at: Moment
    reason_given: Text
    oral_by: text(60, least=0) = ""  # type: ignore[valid-type]
    oral_at: Moment | None = None


class CarTakenAway(Step):
    reason_given: Text


class DialRead(Step):
    """`dial_reason`: replaced, trip_missed, moved or misread, where the reading does not fit those beside it."""

    at: Moment
    odometer: whole(0, 2_000_000)  # type: ignore[valid-type]
    dial_reason: text(20, least=0) = ""  # type: ignore[valid-type]


class Left(DialRead):
    """`early_reason`: why the car left before it was assigned, or long before it was planned to."""

    early_reason: text(200, least=0) = ""  # type: ignore[valid-type]


def shown(request: TripRequest) -> dict[str, Any]:
    """A request as the door shows it."""
    names = set(RequestShown.model_fields) - {"dispatch"}
    given = request.dispatch
    return {name: getattr(request, name) for name in names} | {"dispatch": given and shown_dispatch(given)}


def shown_dispatch(dispatch: Dispatch) -> dict[str, Any]:
    second = dispatch.second_driver
    called = {"plate": dispatch.vehicle.plate, "driver": dispatch.driver.name, "second_driver": second and second.name}
    return {name: getattr(dispatch, name) for name in set(DispatchShown.model_fields) - set(called)} | called


def _request(request_id: int) -> dict[str, Any]:
    """As it stands after the deed."""
    return shown(db.session.get(TripRequest, request_id) or abort(404))


@vehicles.get("/requests")
@requires(Permission.REQUEST_LIST)
@vehicles.input(RequestsQuery, location="query")
@vehicles.output(RequestsShown)
def requests(query_data: RequestsQuery) -> dict[str, Any]:
    """Requests that one may see, by the time they begin."""
    found = paged(queries.asked_between(queries.visible_requests(current_actor()), query_data), query_data)
    return found | {"rows": [shown(each) for each in found["rows"]]}


@vehicles.post("/requests")
@requires(Permission.REQUEST_ASK)
@vehicles.input(RequestAsked)
@vehicles.output(RequestShown, status_code=201)
def ask(json_data: RequestAsked) -> dict[str, Any]:
    """Ask for a car: a liaison for his own unit, the dispatcher for any."""
    if json_data.unit_id not in dict(queries.units_for(current_actor())):
        raise Rejected(_l("Choose one of the list."), "unit_id")
    return _request(act(service.ask, json_data).id)


@vehicles.get("/requests/<int:id>")
@requires(Permission.REQUEST_LIST)
@vehicles.output(RequestShown)
def request(id: int) -> dict[str, Any]:
    """One request with the car and driver it holds."""
    return shown(queries.visible_request(id, current_actor()))


@vehicles.post("/requests/<int:id>/dispatch")
@requires(Permission.TRIP_DISPATCH)
@vehicles.input(CarGiven)
@vehicles.output(RequestShown, status_code=201)
def dispatch(id: int, json_data: CarGiven) -> dict[str, Any]:
    """Give the request a car and a driver."""
    wanted = queries.visible_request(id, current_actor())
    return _request(act(service.dispatch, json_data, request=wanted).request_id)


@vehicles.post("/dispatches/<int:id>/reassignment")
@requires(Permission.TRIP_DISPATCH)
@vehicles.input(CarChanged)
@vehicles.output(RequestShown, status_code=201)
def reassign(id: int, json_data: CarChanged) -> dict[str, Any]:
    """Another car or driver for the same time."""
    given = queries.visible_dispatch(id, current_actor())
    return _request(act(service.reassign, json_data, dispatch=given).request_id)


@vehicles.post("/dispatches/<int:id>/move")
@requires(Permission.TRIP_DISPATCH)
@vehicles.input(TripMoved)
@vehicles.output(RequestShown, status_code=201)
def move(id: int, json_data: TripMoved) -> dict[str, Any]:
    """Another time, and another car or driver if wanted, all in one go."""
    given = queries.visible_dispatch(id, current_actor())
    return _request(act(service.move, json_data, dispatch=given).request_id)


@vehicles.post("/dispatches/<int:id>/extension")
@requires(Permission.TRIP_DISPATCH)
@vehicles.input(TripExtended)
@vehicles.output(RequestShown, status_code=201)
def extend(id: int, json_data: TripExtended) -> dict[str, Any]:
    """Hold car and driver longer."""
    given = queries.visible_dispatch(id, current_actor())
    act(service.extend, json_data, dispatch=given)
    return _request(given.request_id)


@vehicles.post("/dispatches/<int:id>/cancellation")
@requires(Permission.TRIP_DISPATCH)
@vehicles.input(CarTakenAway)
@vehicles.output(RequestShown, status_code=201)
def cancel(id: int, json_data: CarTakenAway) -> dict[str, Any]:
    """Take car and driver back before they leave; the request waits again."""
    given = queries.visible_dispatch(id, current_actor())
    act(service.cancel, json_data, dispatch=given)
    return _request(given.request_id)


@vehicles.post("/dispatches/<int:id>/departure")
@requires(Permission.TRIP_DRIVE)
@vehicles.input(Left)
@vehicles.output(RequestShown, status_code=201)
def depart(id: int, json_data: Left) -> dict[str, Any]:
    """The driver leaves, with what the dial shows."""
    given = queries.visible_dispatch(id, current_actor())
    act(service.depart, json_data, dispatch=given)
    return _request(given.request_id)


@vehicles.post("/dispatches/<int:id>/return")
@requires(Permission.TRIP_DRIVE)
@vehicles.input(DialRead)
@vehicles.output(RequestShown, status_code=201)
def take_back(id: int, json_data: DialRead) -> dict[str, Any]:
    """The car is back, with what the dial shows."""
    given = queries.visible_dispatch(id, current_actor())
    act(service.take_back, json_data, dispatch=given)
    return _request(given.request_id)
