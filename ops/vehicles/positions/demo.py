"""Demo: devices in ten cars, the track of one trip a year, and alarms, settled but for a few of the newest weeks."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from sqlalchemy import insert, select

from ...core import audit
from ...core.db import db
from ...core.demo import DemoYear
from ...indicators import stale
from ...people.roles import Role
from ..models import Departure, Dispatch, TripReturn
from .models import KIND_LABELS, Alarm, AlarmKind, AlarmSettlement, Position, Tracker, TrackLook

CARS, ALARMS, LOOKS, LOOKED_AFTER = 10, 36, 8, timedelta(hours=2)
OPEN_SHARE, OPEN_FROM = 0.5, (11, 16)  # of the alarms of the year's last weeks
HOME = (39.27, 118.46)
SETTLED_BY = "派车员（演示）"
REASONS = ("临时移车清洗（演示）", "已补办手续（演示）", "道路施工绕行（演示）", "设备故障已报修（演示）")
VALUES = {AlarmKind.MOVEMENT: (60, 4000), AlarmKind.AREA: (46, 140), AlarmKind.DIAL: (6, 30)}
Row = dict[str, Any]


def make(demo: DemoYear) -> None:
    chance = demo.chance("vehicles positions")
    start, end = date(demo.year, 1, 1), date(demo.year, 12, 31)
    cars = list(db.session.scalars(select(Dispatch.vehicle_id).distinct().order_by(Dispatch.vehicle_id).limit(CARS)))
    if not cars:
        return
    _bind(cars, start, demo)
    positions = _track(cars, start, end, chance)
    alarms = [_alarm(chance.choice(cars), chance.choice(demo.working_days), chance) for _n in range(ALARMS)]
    alarms = list({(row["vehicle_id"], row["kind"], row["at"]): row for row in alarms}.values())
    keys = db.session.scalars(insert(Alarm).returning(Alarm.id, sort_by_parameter_order=True), alarms).all()
    _settle_earlier(start, chance)
    open_from = date(demo.year, *OPEN_FROM)
    settled = [
        _settlement(key, row["raised_at"], chance)
        for key, row in zip(keys, alarms, strict=True)
        if row["raised_on"] < open_from or chance.random() >= OPEN_SHARE
    ]
    db.session.execute(insert(AlarmSettlement), settled)
    db.session.execute(insert(TrackLook), [_look(row) for row in alarms[:LOOKS]])
    days = {row["raised_on"] for row in alarms}
    stale.touch(Alarm, days)
    stale.touch(AlarmSettlement, days)
    counts = {"alarms": len(alarms), "positions": positions}
    audit.record("vehicles.positions.demo_made", "alarm", demo.by, **counts)


def _settlement(alarm_id: int, raised_at: datetime, chance: Random) -> Row:
    at = raised_at + timedelta(hours=3)
    return {"alarm_id": alarm_id, "at": at, "by": SETTLED_BY, "reason": chance.choice(REASONS)}


def _settle_earlier(start: date, chance: Random) -> None:
    """A year that another one follows is closed: nothing of it is open."""
    rows = select(Alarm).outerjoin(AlarmSettlement).where(Alarm.day < start, AlarmSettlement.alarm_id.is_(None))
    left = db.session.scalars(rows.order_by(Alarm.id)).all()
    if left:
        db.session.execute(insert(AlarmSettlement), [_settlement(row.id, row.raised_at, chance) for row in left])
        stale.touch(AlarmSettlement, {row.raised_on for row in left})


def _look(alarm: Row) -> Row:
    """Who settles an alarm looks where the car was."""
    said = {"user_id": None, "by": SETTLED_BY, "role": Role.DISPATCHER.value}
    return {"vehicle_id": alarm["vehicle_id"], "day": alarm["day"], "at": alarm["raised_at"] + LOOKED_AFTER, **said}


def _bind(cars: list[int], start: date, demo: DemoYear) -> None:
    bound = set(db.session.scalars(select(Tracker.vehicle_id)))
    noted = {"from_on": start, "at": datetime.combine(start, time(9)), "by": demo.by.name}
    rows = [{"vehicle_id": car, "device": f"86990000{car:07}", **noted} for car in cars if car not in bound]
    if rows:
        db.session.execute(insert(Tracker), rows)


def _track(cars: list[int], start: date, end: date, chance: Random) -> int:
    """The last trip of the year by one of the cars: out along a bending road, and back."""
    rows = select(Dispatch.vehicle_id, Departure.at, TripReturn.at).join(Departure).join(TripReturn)
    rows = rows.where(Dispatch.vehicle_id.in_(cars), Dispatch.day.between(start, end))
    trip = db.session.execute(rows.order_by(Dispatch.starts_at.desc()).limit(1)).first()
    if trip is None:
        return 0
    car, left, back = trip
    minutes = max(2, int((back - left) / timedelta(minutes=1)))
    made, place = [], HOME
    for minute in range(minutes):
        way = 1 if minute < minutes / 2 else -1
        place = (place[0] + way * 0.0028, place[1] + way * chance.uniform(0.001, 0.007))
        made.append({
            "vehicle_id": car, "device": f"86990000{car:07}", "fixed_at": left + timedelta(minutes=minute),
            "latitude": Decimal(str(round(place[0], 6))), "longitude": Decimal(str(round(place[1], 6))),
            "speed": Decimal(chance.randint(200, 520)) / 10, "metres": None, "valid": True, "source": "push",
            "received_at": left + timedelta(minutes=minute),
        })  # fmt: skip
    db.session.execute(insert(Position), made)
    return len(made)


def _alarm(car: int, day: date, chance: Random) -> Row:
    kind = chance.choice(list(KIND_LABELS))
    at = datetime.combine(day, time(chance.randint(7, 20), chance.choice((5, 20, 40))))
    until = at + timedelta(minutes=chance.randint(16, 90))
    value = chance.randint(*VALUES.get(kind, (16, 400)))
    return {
        "vehicle_id": car, "kind": kind, "day": day, "at": at, "until": until, "value": value, "dispatch_id": None,
        "raised_at": until, "raised_on": until.date(),
    }  # fmt: skip
