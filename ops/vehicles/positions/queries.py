"""Reads of positions, devices and alarms."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload

from ...core.audit import AuditEntry
from ...core.db import db
from ...core.period import Period
from ...core.workcalendar import working_days
from ...people.models import UserRole
from ..models import Dispatch, DispatchCancellation, Vehicle
from ..odometer import queries as dials
from .models import (
    RULE_OF_KIND,
    Alarm,
    AlarmKind,
    AlarmSettlement,
    Position,
    PositioningServer,
    PositionSetting,
    PositionsJudged,
    SettingName,
    Tracker,
    TrackLook,
)
from .rules import Fix, Limits, Trip, Watched, plausible

LONGEST_TRIP = timedelta(days=31)
LED_BY = 3  # fixes before a window: enough for two to outvote a wild one


def all_settings() -> Sequence[PositionSetting]:
    order = (PositionSetting.name, PositionSetting.valid_from.desc())
    return db.session.scalars(select(PositionSetting).order_by(*order)).all()


def in_force(day: date) -> dict[str, PositionSetting]:
    """The latest of each setting that had begun by that day."""
    found = select(PositionSetting).where(PositionSetting.valid_from <= day).order_by(PositionSetting.valid_from)
    return {row.name: row for row in db.session.scalars(found)}


def limits(day: date) -> Limits:
    """The values in force on the day."""
    found = in_force(day)
    return Limits(**{name.value: float(found[name].value) if name in found else 0.0 for name in SettingName})


def applied(kind: str, day: date) -> list[PositionSetting]:
    """What an alarm of the kind on that day is raised by."""
    found = in_force(day)
    return [found[name] for name in RULE_OF_KIND[AlarmKind(kind)] if name in found]


def bound_on(day: ColumnElement[Any] | date) -> ColumnElement[bool]:
    return (Tracker.from_on <= day) & or_(Tracker.to_on.is_(None), Tracker.to_on > day)


def bound(day: date) -> list[int]:
    """The cars that carry a device on the day."""
    return list(db.session.scalars(select(Tracker.vehicle_id).where(bound_on(day)).order_by(Tracker.vehicle_id)))


def trackers_of(devices: Iterable[str]) -> Mapping[str, list[Tracker]]:
    found: dict[str, list[Tracker]] = defaultdict(list)
    for row in db.session.scalars(select(Tracker).where(Tracker.device.in_(set(devices)))):
        found[row.device].append(row)
    return found


def clashing(vehicle_id: int, device: str) -> list[date | None]:
    rows = select(Tracker.to_on).where(or_(Tracker.vehicle_id == vehicle_id, Tracker.device == device))
    return list(db.session.scalars(rows))


def kept(device: str, first: datetime, last: datetime) -> set[datetime]:
    rows = select(Position.fixed_at).where(Position.device == device, Position.fixed_at.between(first, last))
    return set(db.session.scalars(rows))


def trackers() -> Select[Any]:
    """(device in its car, car, its latest position's time)."""
    last = select(Position.vehicle_id, func.max(Position.fixed_at).label("last")).group_by(Position.vehicle_id)
    seen = last.subquery()
    rows = select(Tracker, Vehicle, seen.c.last).join(Vehicle, Vehicle.id == Tracker.vehicle_id)
    return rows.outerjoin(seen, seen.c.vehicle_id == Vehicle.id)


def still_bound(chosen: str) -> ColumnElement[bool]:
    return Tracker.to_on.is_(None) if chosen == "bound" else Tracker.to_on.is_not(None)


def cars() -> Sequence[tuple[int, str]]:
    rows = select(Vehicle.id, Vehicle.plate).where(Vehicle.deregistered_on.is_(None)).order_by(Vehicle.plate)
    return [(key, plate) for key, plate in db.session.execute(rows)]


def of_day(vehicle_id: int, day: date) -> Select[Any]:
    start = datetime.combine(day, time())
    rows = select(Position).where(Position.vehicle_id == vehicle_id, Position.fixed_at >= start)
    return rows.where(Position.fixed_at < start + timedelta(days=1))


def fixes(vehicle_id: int, day: date, since: datetime | None = None) -> list[Fix]:
    """The fixes of the day (from then on) that can be, in order of time, led by the last one believed before them.

    The one after the day has a say in what its last one is worth.
    """
    midnight = datetime.combine(day, time())
    start, end = max(midnight, since) if since else midnight, midnight + timedelta(days=1)
    before = _before(vehicle_id, day, start)
    mine = _fixes_of(vehicle_id).order_by(Position.fixed_at)
    within = _read(mine.where(Position.fixed_at >= start, Position.fixed_at < end))
    can_be = plausible([*before, *within, *_read(mine.where(Position.fixed_at >= end).limit(1))])
    lead = max((fix.at for fix in plausible(before)), default=start)
    return [fix for fix in can_be if lead <= fix.at < end]


def unconfirmed_since(vehicle_id: int, moment: datetime) -> datetime:
    """From when on the car's fixes are looked at: from before the moment where one before it waited to be confirmed."""
    before = _before(vehicle_id, moment.date(), moment)
    believed = max((fix.at for fix in plausible(before)), default=moment)
    return min([moment, *(fix.at for fix in before if fix.at > believed)])


def _before(vehicle_id: int, day: date, start: datetime) -> list[Fix]:
    """The last ones before the moment, since the device is in the car."""
    bound_from = select(func.max(Tracker.from_on)).where(Tracker.vehicle_id == vehicle_id, Tracker.from_on <= day)
    began = datetime.combine(db.session.scalar(bound_from) or date.min, time())
    rows = _fixes_of(vehicle_id).where(Position.fixed_at >= began, Position.fixed_at < start)
    return _read(rows.order_by(Position.fixed_at.desc()).limit(LED_BY))[::-1]


def _fixes_of(vehicle_id: int) -> Select[Any]:
    columns: list[Any] = [Position.fixed_at, Position.latitude, Position.longitude]
    return select(*columns).where(Position.vehicle_id == vehicle_id, Position.valid)


def _read(rows: Select[Any]) -> list[Fix]:
    return [Fix(at, float(latitude), float(longitude)) for at, latitude, longitude in db.session.execute(rows)]


def watched(vehicle_id: int, day: date, now: datetime, since: datetime | None = None) -> Watched:
    """The car's day; with `since` only its fixes from then on, or from the start of a trip that ended since."""
    works, made = day in working_days(Period(day, day)), trips(vehicle_id, day)
    if since:
        ended = [trip.departed_at for trip in made if trip.departed_at and trip.back_at and trip.back_at >= since]
        since = min([since, *ended])
    return Watched(day, now, works, fixes(vehicle_id, day, since), made)


def judged_upto() -> int | None:
    """The key up to which all positions were judged; None before the first time."""
    return db.session.scalar(select(PositionsJudged.position_id))


def newest() -> int:
    return db.session.scalar(select(func.max(Position.id))) or 0


def settled_upto(since: int, upto: int, before: datetime) -> int:
    """Up to which key nothing can come in any more: the last position that was received before the moment."""
    older = select(func.max(Position.id)).where(Position.id > since, Position.id <= upto)
    return db.session.scalar(older.where(Position.received_at < before)) or since


def come_in(since: int, upto: int) -> dict[tuple[int, date], datetime]:
    """By car and day the moment of the first position that was kept since, whatever order they came in."""
    moments = select(Position.vehicle_id, Position.fixed_at).where(Position.id > since, Position.id <= upto)
    found: dict[tuple[int, date], datetime] = {}
    for car, at in db.session.execute(moments):
        key = (car, at.date())
        found[key] = min(at, found.get(key, at))
    return found


def server_set() -> PositioningServer | None:
    """What the administrator entered last."""
    return db.session.scalars(select(PositioningServer).order_by(PositioningServer.id.desc()).limit(1)).first()


def trips(vehicle_id: int, day: date) -> list[Trip]:
    """Dispatches of the car that may still be on the road on the day."""
    rows = select(Dispatch).outerjoin(DispatchCancellation).where(DispatchCancellation.dispatch_id.is_(None))
    rows = rows.where(Dispatch.vehicle_id == vehicle_id, Dispatch.day.between(day - LONGEST_TRIP, day))
    found = db.session.scalars(rows.options(joinedload(Dispatch.request)).order_by(Dispatch.starts_at))
    made = [_trip(each) for each in found]
    return [each for each in made if max(each.due_at, each.back_at or each.due_at).date() >= day or _out(each)]


def _out(trip: Trip) -> bool:
    return trip.departed_at is not None and trip.back_at is None


def _trip(row: Dispatch) -> Trip:
    left, back = row.departure, row.trip_return
    dial = None
    if left and back:
        dial = back.odometer - left.odometer + dials.lost(row.vehicle_id, left.at, back.at)
    away = any(request.out_of_district for request in row.aboard)
    left_at, back_at = left.at if left else None, back.at if back else None
    return Trip(row.id, row.starts_at, row.due_at, left_at, back_at, away, dial)


def raised(vehicle_id: int, since: datetime) -> list[tuple[str, int | None, datetime, datetime, bool]]:
    """The car's alarms from then on, as `rules.is_known` asks for them."""
    rows = select(Alarm.kind, Alarm.dispatch_id, Alarm.at, Alarm.until, AlarmSettlement.alarm_id)
    rows = rows.outerjoin(AlarmSettlement).where(Alarm.vehicle_id == vehicle_id, Alarm.until >= since)
    found = db.session.execute(rows)
    return [(kind, trip, at, until, settled is not None) for kind, trip, at, until, settled in found]


def alarms() -> Select[Any]:
    """(alarm, car)."""
    return cast(Select[Any], select(Alarm, Vehicle).join(Vehicle, Vehicle.id == Alarm.vehicle_id))


def of_kind(kind: str) -> ColumnElement[bool]:
    return Alarm.kind == kind


def settled_or_open(chosen: str) -> ColumnElement[bool]:
    settled = Alarm.id.in_(select(AlarmSettlement.alarm_id))
    return settled if chosen == "settled" else ~settled


def waiting() -> int:
    rows = select(func.count()).select_from(Alarm).outerjoin(AlarmSettlement)
    return db.session.scalar(rows.where(AlarmSettlement.alarm_id.is_(None))) or 0


def request_of(alarm: Alarm) -> int | None:
    return db.session.scalar(select(Dispatch.request_id).where(Dispatch.id == alarm.dispatch_id))


def looks() -> Select[Any]:
    """(look, car)."""
    return cast(Select[Any], select(TrackLook, Vehicle).join(Vehicle, Vehicle.id == TrackLook.vehicle_id))


def roles_of(user_id: int | None) -> Sequence[str]:
    return db.session.scalars(select(UserRole.role).where(UserRole.user_id == user_id).order_by(UserRole.role)).all()


def last_fetched() -> datetime | None:
    """When positions were last fetched from the server, by hand or at night."""
    rows = select(func.max(AuditEntry.at)).where(AuditEntry.action == "vehicles.positions.filled")
    return db.session.scalar(rows)
