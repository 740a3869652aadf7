"""Reads of hired vehicles."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, case, false, func, literal, literal_column, or_, select, true

from ...core.access import Actor
from ...core.db import Fixed, db
from ...core.period import Period, month, parse, year
from ...core.timeslot import Slot, overlapping
from ...people.models import Unit
from .. import availability
from ..approvals import queries as approvals
from ..approvals.models import Approver
from ..approvals.permissions import APPROVES
from ..sharing.rules import same_way
from .actual_models import HiredActual, HiredTripCancellation
from .models import Hire, HiredTrip, HireEvent, HireOral, HireStep, HireVerdict, HireVoid, MoneyFrom, WantedVehicles
from .states import TO_BE_ORDERED, HireState

TRIPS: ColumnElement[int] = literal_column("trips")
COST: ColumnElement[int] = literal_column("cost")


def alike(unit_id: int, slot: Slot, activity: str, route: str) -> Sequence[Hire]:
    """Hires of the unit that stand somewhere in the slot, for the same activity or the same way, first asked first."""
    off = select(HireVoid.hire_id)
    meets = overlapping(Hire.starts_at, Hire.ends_at, slot)
    found = select(Hire).where(Hire.unit_id == unit_id, meets, Hire.id.not_in(off)).order_by(Hire.id)
    near = [each for each in db.session.scalars(found) if not each.is_refused]
    return [
        each for each in near if same_way(each.activity, activity) or (route.strip() and same_way(each.route, route))
    ]


def charged() -> Any:
    """元 of a vehicle-trip: the fee that stands, or what it was ordered for."""
    latest = select(func.max(HiredActual.number)).where(HiredActual.trip_id == HiredTrip.id).correlate(HiredTrip)
    fees = select(HiredActual.fee).where(
        HiredActual.trip_id == HiredTrip.id, HiredActual.number == latest.scalar_subquery()
    )
    return func.coalesce(fees.correlate(HiredTrip).scalar_subquery(), HiredTrip.price)


def last_kind() -> Any:
    latest = select(func.max(HireEvent.number)).where(HireEvent.hire_id == Hire.id).correlate(Hire)
    kinds = select(HireEvent.kind).where(HireEvent.hire_id == Hire.id, HireEvent.number == latest.scalar_subquery())
    return func.coalesce(kinds.correlate(Hire).scalar_subquery(), str(HireState.RECORDED))


LAST_KIND = last_kind()


def is_standing() -> ColumnElement[bool]:
    """The vehicle-trip was not cancelled."""
    return HiredTrip.id.not_in(select(HiredTripCancellation.trip_id))


def hires(actor: Actor) -> Select[Any]:
    """(hire, unit's name, vehicle-trips, 元), as far as the actor may see them."""
    sums = select(HiredTrip.hire_id, func.count().label("trips"), func.sum(charged()).label("cost"))
    totals = sums.where(is_standing()).group_by(HiredTrip.hire_id).subquery()
    trips = func.coalesce(totals.c.trips, 0).label("trips")
    found = select(Hire, Unit.name, trips, totals.c.cost.label("cost")).join(Unit, Unit.id == Hire.unit_id)
    return found.outerjoin(totals, totals.c.hire_id == Hire.id).where(seen_by(actor))


def all_of(actor: Actor) -> Select[Any]:
    """The hires that the actor may see, newest first."""
    return cast(Select[Any], select(Hire).where(seen_by(actor)).order_by(Hire.day.desc(), Hire.id.desc()))


def seen_by(actor: Actor) -> ColumnElement[bool]:
    """Who speaks for a unit sees its own hires, the others all."""
    return Hire.unit_id == actor.unit_id if actor.unit_id is not None else true()


def visible(hire_id: int, actor: Actor) -> Hire | None:
    return db.session.scalar(select(Hire).where(Hire.id == hire_id, seen_by(actor)))


def units(actor: Actor) -> Sequence[tuple[int, str]]:
    """The units one may ask for: one's own, or all."""
    rows = select(Unit.id, Unit.name).order_by(Unit.name)
    rows = rows.where(Unit.id == actor.unit_id) if actor.unit_id is not None else rows
    return [(key, name) for key, name in db.session.execute(rows)]


def of_reason(reason_class: str) -> ColumnElement[bool]:
    return Hire.reason_class == reason_class


def of_unit(unit: str) -> ColumnElement[bool]:
    return Hire.unit_id == int(unit)


def of_period(key: str) -> ColumnElement[bool]:
    period = parse(key)
    return Hire.day.between(period.first, period.last)


def of_vendor(vendor: str) -> ColumnElement[bool]:
    return Hire.id.in_(select(HiredTrip.hire_id).where(HiredTrip.vendor_id == int(vendor), is_standing()))


def paid_from(chosen: str) -> ColumnElement[bool]:
    return Hire.money_from == chosen


def hiring_units() -> Sequence[tuple[str, str]]:
    rows = select(Unit.id, Unit.name).where(Unit.id.in_(select(Hire.unit_id))).order_by(Unit.name)
    return [(str(key), name) for key, name in db.session.execute(rows)]


def years(today: date) -> list[Period]:
    """The years that vehicles were hired in, newest first; never none."""
    first, last = db.session.execute(select(func.min(Hire.day), func.max(Hire.day))).one()
    return [year(number) for number in range((last or today).year, (first or today).year - 1, -1)]


def periods(today: date) -> list[Period]:
    found = years(today)
    return [*found, *(month(found[0].first.year, number) for number in range(1, 13))]


def to_complete() -> ColumnElement[bool]:
    """Approved by mouth, and somebody's verdict is still missing."""
    return Hire.id.in_(select(HireOral.hire_id)) & Hire.id.in_(_unspoken()) & _stands()


def _unspoken() -> Select[Any]:
    rows = select(HireStep.hire_id).outerjoin(HireVerdict, HireVerdict.step_id == HireStep.id)
    return cast(Select[Any], rows.where(HireVerdict.step_id.is_(None)))


def _stands() -> ColumnElement[bool]:
    refused = select(HireStep.hire_id).join(HireVerdict, HireVerdict.step_id == HireStep.id)
    refused = refused.where(HireVerdict.approved.is_(False))
    return Hire.id.not_in(select(HireVoid.hire_id)) & Hire.id.not_in(refused)


def asked_of(actor: Actor) -> ColumnElement[bool]:
    """Hires whose next step is the actor's."""
    first = select(func.min(HireStep.number)).outerjoin(HireVerdict, HireVerdict.step_id == HireStep.id)
    first = first.where(HireStep.hire_id == Hire.id, HireVerdict.step_id.is_(None)).correlate(Hire)
    his = [HireStep.approver == each for each, permission in APPROVES.items() if actor.may(permission)]
    own = or_(HireStep.approver != Approver.UNIT_LEADER, Hire.unit_id == (actor.unit_id or 0))
    asked = select(HireStep.id).where(
        HireStep.hire_id == Hire.id, HireStep.number == first.scalar_subquery(), or_(false(), *his), own
    )
    spoken = select(HireStep.hire_id).join(HireVerdict, HireVerdict.step_id == HireStep.id)
    spoken = spoken.where(HireVerdict.by_id == actor.user_id)
    own = approvals.others(Hire.asked_by_id, actor)
    return asked.correlate(Hire).exists() & _stands() & Hire.id.not_in(spoken) & own


def approves_as(actor: Actor, hire: Hire) -> set[Approver]:
    """Which steps of the hire are the actor's: the unit's leader speaks for his own unit only."""
    found = {approver for approver, permission in APPROVES.items() if actor.may(permission)}
    return found if actor.unit_id == hire.unit_id else found - {Approver.UNIT_LEADER}


def in_state(chosen: str, actor: Actor) -> ColumnElement[bool]:
    """A state by its name; `standing`: counts; `mine`: waits for the actor's verdict; `complete`: see to_complete."""
    void = Hire.id.in_(select(HireVoid.hire_id))
    match chosen:
        case "standing":
            return ~void
        case "mine":
            return asked_of(actor)
        case "complete":
            return to_complete()
        case _:
            return cast(ColumnElement[bool], chosen == LAST_KIND)


def counted(condition: ColumnElement[bool], actor: Actor) -> int:
    return db.session.scalar(select(func.count(Hire.id)).where(condition, seen_by(actor))) or 0


def own_cars(slot: Slot, people: int) -> Sequence[availability.Named]:
    """Every own car at that time, those that can go first; the others with the reason."""
    return availability.survey(people, slot).cars


def free_at_all(slot: Slot) -> int:
    """How many own cars stand free at that time, whatever their seats."""
    return sum(car.why is None for car in own_cars(slot, 1))


def taken_by_payer(of: int, besides: int | None = None) -> Mapping[int | None, Decimal]:
    """元 that a year's hires take from each payer (None: the centre): what their standing vehicle-trips cost, or the
    estimate while it is more and vehicles are still to be ordered.
    """
    within = year(of)
    mine = (Hire.day.between(within.first, within.last), Hire.id != (besides or 0))
    sums = select(HiredTrip.hire_id, func.count().label("trips"), func.sum(charged()).label("cost"))
    ordered = sums.where(is_standing()).group_by(HiredTrip.hire_id).subquery()
    counts = select(WantedVehicles.hire_id, func.sum(WantedVehicles.how_many).label("trips"))
    wanted = counts.group_by(WantedVehicles.hire_id).subquery()
    cost = func.coalesce(ordered.c.cost, literal(Decimal(0), Fixed(2)))
    waits = LAST_KIND.in_([str(state) for state in TO_BE_ORDERED]) & (Hire.estimate > cost)
    waits &= func.coalesce(ordered.c.trips, 0) < func.coalesce(wanted.c.trips, 0)
    payer = case((Hire.money_from == MoneyFrom.CENTRE, None), else_=Hire.unit_id).label("payer")
    rows = select(payer, func.sum(case((waits, Hire.estimate), else_=cost))).where(*mine)
    rows = rows.outerjoin(ordered, ordered.c.hire_id == Hire.id).outerjoin(wanted, wanted.c.hire_id == Hire.id)
    rows = rows.where(Hire.id.not_in(select(HireVoid.hire_id))).group_by(payer)
    return dict(iter(db.session.execute(rows)))


def trips_by_class(hire: Hire) -> Mapping[str, int]:
    return {each.vehicle_class: each.how_many for each in hire.wanted}
