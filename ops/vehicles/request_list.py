"""The list of requests: its columns, what it can be narrowed to, and the same rows as a workbook."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from ..core import clock
from ..core.access import Actor
from ..core.db import db
from ..core.listing import Column, Filter, Listing, listing
from ..core.period import Period, month, parse, year
from ..core.workbook import Field, note_of, workbook
from ..people.models import Unit
from . import queries
from .approvals import queries as approvals
from .approvals.models import OralApproval
from .driving.models import KilometreSignature
from .models import (
    STATES,
    Departure,
    Dispatch,
    DispatchCancellation,
    RequestWithdrawal,
    SharedRide,
    TripRequest,
    TripReturn,
    TripState,
)
from .odometer import trips as dials
from .settlement import kilometre_queries as kilometres
from .settlement.models import TripRating, TripSettlement

MOST_ROWS = 20_000
COLUMNS = (
    Column("starts", _l("Leaves at"), TripRequest.starts_at),
    Column("ends", _l("Back by"), TripRequest.ends_at),
    Column("unit", _l("Unit"), Unit.name),
    Column("destination", _l("Destination"), TripRequest.destination),
    Column("people", _l("People"), TripRequest.people, "end"),
    Column("car", _l("Car and driver")),
    Column("state", _l("State")),
)
# what asks for something to be done, then every state that a request can stand in
SHOWN = [
    ("waiting", _l("waiting for a car")),
    ("approval", _l("waiting for approval")),
    ("mine", _l("waiting for my verdict")),
    ("complete", _l("Approved by mouth, still to be completed")),
    ("afterwards", _l("recorded afterwards")),
    ("unchecked", _l("kilometres confirmed on the phone, telephone not verified")),
    ("overdue", _l("not back in time")),
    ("to_confirm", _l("kilometres to be confirmed by the unit")),
    ("contested", _l("kilometres contested")),
]
NAMED = (TripState.IN_APPROVAL, TripState.REQUESTED)  # stand among what is to be done by these words
STANDING = [(str(state), word) for state, (_colour, word) in STATES.items() if state not in NAMED]


def found(actor: Actor, asked: str, per_page: int) -> Listing:
    """The requests that the actor may see, newest first. `asked`: the period of the address."""
    rows = queries.visible_requests(actor).join(Unit, Unit.id == TripRequest.unit_id).add_columns(Unit.name)
    periods = [(each.key, each.label) for each in _periods(asked)]
    return listing(
        rows, COLUMNS, sort="starts", descending=True, per_page=per_page,
        filters=[
            Filter("show", _l("Show"), [*SHOWN, *STANDING], lambda chosen: in_state(chosen, actor)),
            Filter("period", _l("Period"), periods, of_period),
        ],
        search=(TripRequest.destination, TripRequest.purpose, Unit.name),
        empty_text=_l("Requests for cars will stand here."),
    )  # fmt: skip


def _periods(asked: str) -> list[Period]:
    """The years with requests, newest first, and the months of the year looked at."""
    first, last = db.session.execute(select(func.min(TripRequest.starts_at), func.max(TripRequest.starts_at))).one()
    today = clock.now()
    years = [year(number) for number in range((last or today).year, (first or today).year - 1, -1)]
    within = next((each for each in years if asked[:4] == each.key), years[0])
    return [*years, *(month(within.first.year, number) for number in range(1, 13))]


def of_period(key: str) -> ColumnElement[bool]:
    """Requests that begin in the period."""
    period = parse(key)
    return and_(
        TripRequest.starts_at >= _begin(period.first), TripRequest.starts_at < _begin(period.last + timedelta(days=1))
    )


def _begin(day: date) -> datetime:
    return datetime.combine(day, time.min)


def in_state(chosen: str, actor: Actor) -> ColumnElement[bool]:
    """What is to be done, by its name in SHOWN; or the state that the rows of a request give it (models.state)."""
    if chosen == TripState.CANCELLED:
        return TripRequest.id.in_(select(Dispatch.request_id).join(DispatchCancellation))
    not_checked = select(Dispatch.request_id).join(KilometreSignature).where(KilometreSignature.is_checked.is_(False))
    to_do: dict[str, Callable[[], ColumnElement[bool]]] = {
        "waiting": lambda: queries.is_waiting(chosen),
        "approval": lambda: approvals.unspoken() & ~_gone(),
        "mine": lambda: approvals.is_asked_of(actor),
        "complete": approvals.is_to_complete,
        "afterwards": lambda: TripRequest.afterwards != "",
        "unchecked": lambda: TripRequest.id.in_(not_checked),
        "overdue": lambda: _carried().in_(queries.overdue(clock.now()).with_only_columns(Dispatch.id)),
        "to_confirm": lambda: kilometres.is_to_confirm(actor.unit_id),
        "contested": kilometres.is_contested,
    }
    return to_do[chosen]() if chosen in to_do else stands_in(TripState(chosen))


def stands_in(state: TripState) -> ColumnElement[bool]:
    """Requests in that state, as `TripRequest.state` says it of each; none is ever cancelled, only its dispatch is."""
    carried = _carried()
    out = exists().where(Departure.dispatch_id == carried)
    back = exists().where(TripReturn.dispatch_id == carried)
    rated = exists().where(TripRating.request_id == TripRequest.id)
    settled = exists().where(TripSettlement.request_id == TripRequest.id)
    without = carried.is_(None) & ~_gone()
    open_step, refused = approvals.some_step(approvals.UNSPOKEN), approvals.some_step(approvals.REFUSED)
    steps, by_mouth = approvals.some_step(), exists().where(OralApproval.request_id == TripRequest.id)
    verdicts: dict[TripState, ColumnElement[bool]] = {
        TripState.WITHDRAWN: _gone(),
        TripState.REFUSED: without & refused,
        TripState.REQUESTED: without & ~steps,
        TripState.APPROVED: without & steps & ~refused & or_(~open_step, by_mouth),
        TripState.IN_APPROVAL: without & ~refused & open_step & ~by_mouth,
        TripState.ASSIGNED: ~_gone() & carried.is_not(None) & ~out,
        TripState.OUT: ~_gone() & out & ~back,
        TripState.RETURNED: ~_gone() & back & ~rated & ~settled,
        TripState.RATED: ~_gone() & back & rated & ~settled,
        TripState.SETTLED: ~_gone() & back & settled,
    }
    return verdicts[state]


def _carried() -> Any:
    """The trip that serves a request, as a column: its own, or the one it rides with."""
    own = select(Dispatch.id).where(Dispatch.request_id == TripRequest.id, Dispatch.released_at.is_(None))
    ride = select(SharedRide.dispatch_id).where(
        SharedRide.request_id == TripRequest.id, SharedRide.released_at.is_(None)
    )
    one, other = (each.correlate(TripRequest).limit(1).scalar_subquery() for each in (own, ride))
    return func.coalesce(one, other)


def _gone() -> ColumnElement[bool]:
    return exists().where(RequestWithdrawal.request_id == TripRequest.id)


def sheet(listed: Listing) -> bytes:
    """The rows as they stand in the list, with what the list has no room for."""
    carried = [request.carried_by.id for request, _unit in listed.rows if request.carried_by]
    driven, signed = dials.of_trips(carried), _signed(carried)

    def of_trip(value: Any) -> Any:
        return lambda row: value(row[0].carried_by) if row[0].carried_by else None

    fields = [
        Field(_("Leaves at"), lambda row: f"{row[0].starts_at:%Y-%m-%d %H:%M}", 17),
        Field(_("Back by"), lambda row: f"{row[0].ends_at:%Y-%m-%d %H:%M}", 17),
        Field(_("Unit"), lambda row: row[1], 24),
        Field(_("Purpose"), lambda row: row[0].purpose, 24),
        Field(_("Destination"), lambda row: row[0].destination, 22),
        Field(_("People"), lambda row: row[0].people, 8),
        Field(_("Dispatch order"), of_trip(lambda trip: trip.order_no), 16),
        Field(_("Car"), of_trip(lambda trip: trip.vehicle.plate), 12),
        Field(_("Driver"), of_trip(lambda trip: trip.driver.name), 16),
        Field(_("Second driver"), of_trip(lambda trip: trip.second_driver.name if trip.second_driver else ""), 16),
        Field(_("Kilometres"), of_trip(lambda trip: driven.get(trip.id) if trip.trip_return else None), 10),
        Field(_("Confirmed on the driver's phone"), of_trip(lambda trip: signed.get(trip.id, "")), 24),
        Field(_("State"), lambda row: STATES[row[0].state][1], 18),
    ]
    as_of = _("As of %(when)s", when=f"{clock.now():%Y-%m-%d %H:%M}")
    return workbook(_("Car requests"), fields, listed.rows, note_of(as_of, len(listed.rows), listed.total))


def _signed(dispatch_ids: list[int]) -> dict[int, str]:
    """By trip who confirmed its kilometres on the driver's phone, and whether the telephone was held against any."""
    rows = db.session.scalars(select(KilometreSignature).where(KilometreSignature.dispatch_id.in_(dispatch_ids)))
    return {row.dispatch_id: " · ".join(filter(None, [row.words, str(row.remark)])) for row in rows}
