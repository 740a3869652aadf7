"""Demo: devices in ten cars, where the cars were, and alarms, settled but for a few of the newest weeks."""

from collections.abc import Iterator
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
from ..models import Dispatch
from . import demo_alarms
from .demo_alarms import Drive
from .models import Alarm, AlarmKind, AlarmSettlement, Position, Tracker, TrackLook

CARS, LOOKS, LOOKED_AFTER = 10, 8, timedelta(hours=2)
OPEN_SHARE, OPEN_FROM = 0.75, (10, 16)  # of the alarms of the year's last weeks
HOME = (39.27, 118.46)
SETTLED_BY = "派车员（演示）"
REASONS = ("临时移车清洗（演示）", "已补办手续（演示）", "道路施工绕行（演示）", "设备故障已报修（演示）")
KM = 1 / 111.2  # of a degree northwards
Row = dict[str, Any]


def make(demo: DemoYear) -> None:
    chance = demo.chance("vehicles positions")
    start, end = date(demo.year, 1, 1), date(demo.year, 12, 31)
    cars = list(db.session.scalars(select(Dispatch.vehicle_id).distinct().order_by(Dispatch.vehicle_id).limit(CARS)))
    if not cars or not demo.working_days:
        return
    _bind(cars, start, demo)
    driven = demo_alarms.drives(cars, start, end)
    alarms = demo_alarms.made(cars, driven, demo.working_days, chance)
    positions = _positions(alarms, driven, chance)
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


def _positions(alarms: list[Row], driven: list[Drive], chance: Random) -> int:
    """Where the cars were: on the trips that an alarm is about and on the year's last one, and when they had none."""
    asked = {row["dispatch_id"] for row in alarms} | {drive.id for drive in driven[-1:]}
    found = [row for drive in driven if drive.id in asked for row in _out_and_back(drive, chance)]
    found += [row for alarm in alarms if alarm["dispatch_id"] is None for row in _moved(alarm)]
    once = {(row["device"], row["fixed_at"]): row for row in found}
    if once:
        db.session.execute(insert(Position), list(once.values()))
    return len(once)


def _out_and_back(drive: Drive, chance: Random) -> Iterator[Row]:
    """Along a bending road, a fix a minute."""
    minutes, place = max(2, int((drive.back - drive.left) / timedelta(minutes=1))), HOME
    for minute in range(minutes):
        way = 1 if minute < minutes / 2 else -1
        place = (place[0] + way * 0.0028, place[1] + way * chance.uniform(0.001, 0.007))
        yield _fix(drive.car, drive.left + timedelta(minutes=minute), place, chance.randint(200, 520))


def _moved(alarm: Row) -> Iterator[Row]:
    """As far as the alarm says: so many metres to the north, or far outside; nothing of a silent device."""
    minutes = int((alarm["until"] - alarm["at"]) / timedelta(minutes=1))
    if alarm["kind"] == AlarmKind.OFFLINE:
        return
    for minute in range(minutes + 1):
        if alarm["kind"] == AlarmKind.AREA:
            place = (HOME[0] + alarm["value"] * KM, HOME[1] + minute * KM / 10)
        else:
            gone = min(1, minute / max(1, alarm["value"] // 400))  # at most 400 metres a minute, then it stands
            place = (HOME[0] + alarm["value"] / 1000 * KM * gone, HOME[1])
        yield _fix(alarm["vehicle_id"], alarm["at"] + timedelta(minutes=minute), place, 60)


def _fix(car: int, at: datetime, place: tuple[float, float], speed: int) -> Row:
    return {
        "vehicle_id": car, "device": f"86990000{car:07}", "fixed_at": at, "latitude": Decimal(f"{place[0]:.6f}"),
        "longitude": Decimal(f"{place[1]:.6f}"), "speed": Decimal(speed) / 10, "metres": None, "valid": True,
        "source": "push", "received_at": at,
    }  # fmt: skip
