"""Demo: devices that are lent to cars for the day of a trip, and the alarms that the rules raise from what they saw."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from sqlalchemy import insert, select

from ...core import audit
from ...core.db import db
from ...core.demo import DemoYear
from ...indicators import stale
from ...people.roles import Role
from ..models import Departure, Dispatch, TripRequest, TripReturn
from . import demo_days, queries, rules
from .models import Alarm, AlarmKind, AlarmSettlement, Position, Tracker, TrackLook
from .rules import Limits, Trip, Watched

DEVICES, OF_KIND = 10, 6
OPEN_SHARE, OPEN_FROM = 0.5, (10, 16)  # of the alarms of the year's last weeks, besides the newest of each kind
JUDGED_AT, LOOKED_AFTER, SETTLED_AFTER, LOOKS = time(0, 10), timedelta(hours=8), timedelta(hours=9), 8
FAR = 78  # km out and back: from the garage northward it leads out of the area
SETTLED_BY, SOURCE = "派车员（演示）", "push: 定位服务器（演示）"
REASONS = {
    AlarmKind.MOVEMENT: "临时移车清洗，已补办手续（演示）",
    AlarmKind.LATE: "道路拥堵，途中已电话报告（演示）",
    AlarmKind.AREA: "道路施工绕行，已核对派车单（演示）",
    AlarmKind.DIAL: "部分路段无信号，经核对以仪表里程为准（演示）",
    AlarmKind.OFFLINE: "终端断电，已报修（演示）",
    AlarmKind.HOURS: "路途较远，早出晚归，已核对派车单（演示）",
}
Row = dict[str, Any]
Driven = tuple[int, Trip]  # car and trip


def make(demo: DemoYear) -> None:
    chance = demo.chance("vehicles positions")
    watched = _chosen(demo, chance)
    if not watched:
        return
    _bind([(car, _day(trip)) for _kind, (car, trip) in watched], demo)
    positions = [
        demo_days.as_row(seen, car, _device(number), SOURCE)
        for number, (kind, (car, trip)) in enumerate(watched) for seen in demo_days.fixes(trip, kind, chance)
    ]  # fmt: skip
    db.session.execute(insert(Position), positions)
    alarms = [row for _kind, (car, trip) in watched for row in _judged(car, trip)]
    keys = db.session.scalars(insert(Alarm).returning(Alarm.id, sort_by_parameter_order=True), alarms).all()
    _settle_earlier(date(demo.year, 1, 1))
    open_from, newest = date(demo.year, *OPEN_FROM), {row["kind"]: key for key, row in zip(keys, alarms, strict=True)}
    settled = [
        _settlement(key, row["kind"], row["raised_at"])
        for key, row in zip(keys, alarms, strict=True)
        if newest[row["kind"]] != key and (row["raised_on"] < open_from or chance.random() >= OPEN_SHARE)
    ]
    db.session.execute(insert(AlarmSettlement), settled)
    db.session.execute(insert(TrackLook), [_look(row) for row in alarms[:LOOKS]])
    days = {row["raised_on"] for row in alarms}
    stale.touch(Alarm, days)
    stale.touch(AlarmSettlement, days)
    counts = {"alarms": len(alarms), "positions": len(positions)}
    audit.record("vehicles.positions.demo_made", "alarm", demo.by, **counts)


def _settlement(alarm_id: int, kind: str, raised_at: datetime) -> Row:
    return {"alarm_id": alarm_id, "at": raised_at + SETTLED_AFTER, "by": SETTLED_BY, "reason": REASONS[AlarmKind(kind)]}


def _settle_earlier(start: date) -> None:
    """A year that another one follows is closed: nothing of it is open."""
    rows = select(Alarm).outerjoin(AlarmSettlement).where(Alarm.day < start, AlarmSettlement.alarm_id.is_(None))
    left = db.session.scalars(rows.order_by(Alarm.id)).all()
    if left:
        db.session.execute(insert(AlarmSettlement), [_settlement(row.id, row.kind, row.raised_at) for row in left])
        stale.touch(AlarmSettlement, {row.raised_on for row in left})


def _chosen(demo: DemoYear, chance: Random) -> list[tuple[AlarmKind, Driven]]:
    """For each kind a few trips that can have it, one late in the year; the rarest kind first, one trip a day."""
    driven, limits = _trips(demo), queries.limits(demo.working_days[0])
    found: dict[date, tuple[AlarmKind, Driven]] = {}
    for kind, fits in _fitting(limits).items():
        free = [each for each in driven if _day(each[1]) not in found and fits(each[1])]
        latest = [max(free, key=lambda each: each[1].starts_at)] if free else []
        for each in [*latest, *chance.sample(free, min(OF_KIND - 1, len(free)))]:
            found.setdefault(_day(each[1]), (kind, each))
    return [found[day] for day in sorted(found)]


def _fitting(limits: Limits) -> dict[AlarmKind, Callable[[Trip], bool]]:
    def late(trip: Trip) -> bool:
        return (trip.back_at or trip.due_at) > trip.due_at + timedelta(minutes=limits.late_minutes)

    def early_or_long(trip: Trip) -> bool:
        left, back = trip.departed_at or trip.starts_at, trip.back_at or trip.due_at
        return _hour(left) < limits.work_starts or _hour(back) > limits.work_ends + 0.25

    return {
        AlarmKind.LATE: late,
        AlarmKind.HOURS: early_or_long,
        AlarmKind.AREA: lambda trip: not trip.out_of_district and (trip.dial_km or 0) >= FAR,
        AlarmKind.DIAL: lambda trip: (trip.dial_km or 0) >= 40,
        AlarmKind.MOVEMENT: lambda trip: trip.back_at is not None and trip.back_at.hour < 20,
        AlarmKind.OFFLINE: lambda trip: trip.starts_at.hour > 6,
    }


def _hour(at: datetime) -> float:
    return at.hour + at.minute / 60


def _day(trip: Trip) -> date:
    return trip.starts_at.date()


def _trips(demo: DemoYear) -> list[Driven]:
    """Trips of the year that were driven within one of its working days."""
    first, last = date(demo.year, 1, 1), date(demo.year, 12, 30)
    wanted: list[Any] = [
        Dispatch.vehicle_id, Dispatch.id, Dispatch.starts_at, Dispatch.due_at, Departure.at, TripReturn.at,
        TripRequest.out_of_district, TripReturn.odometer - Departure.odometer,
    ]  # fmt: skip
    rows = select(*wanted).select_from(Dispatch).join(TripRequest, TripRequest.id == Dispatch.request_id)
    rows = rows.join(Departure).join(TripReturn).where(Dispatch.day.between(first, last)).order_by(Dispatch.id)
    works = set(demo.working_days)
    found = [(car, Trip(*trip)) for car, *trip in db.session.execute(rows)]
    return [(car, trip) for car, trip in found if _day(trip) in works and (trip.dial_km or 0) > 0]


def _device(number: int) -> str:
    return f"869900000{number % DEVICES + 1:06}"


def _bind(lent: Sequence[tuple[int, date]], demo: DemoYear) -> None:
    """In the car for that one day: a device that stays in must report each day, or it is silent."""
    rows = [
        {"vehicle_id": car, "device": _device(number), "from_on": day, "to_on": day + timedelta(days=1),
         "at": datetime.combine(day, time()), "by": demo.by.name}
        for number, (car, day) in enumerate(lent)
    ]  # fmt: skip
    db.session.execute(insert(Tracker), rows)


def _judged(car: int, trip: Trip) -> list[Row]:
    """What the night's judging raises of the trip's day, a working day, by the same rules."""
    day = _day(trip)
    now = datetime.combine(day + timedelta(days=1), JUDGED_AT)
    told: list[rules.Finding] = []
    seen = Watched(day, now, True, queries.fixes(car, day), [trip])
    for each in rules.findings(seen, queries.limits(day)):
        if not rules.is_known(each, [(one.kind, one.dispatch_id, one.at, one.until, False) for one in told]):
            told.append(each)
    return [
        {"vehicle_id": car, "kind": each.kind, "day": each.at.date(), "at": each.at, "until": each.until,
         "value": each.value, "dispatch_id": each.dispatch_id, "raised_at": now, "raised_on": now.date()}
        for each in told
    ]  # fmt: skip


def _look(alarm: Row) -> Row:
    """Who settles an alarm looks where the car was."""
    said = {"user_id": None, "by": SETTLED_BY, "role": Role.DISPATCHER.value}
    return {"vehicle_id": alarm["vehicle_id"], "day": alarm["day"], "at": alarm["raised_at"] + LOOKED_AFTER, **said}
