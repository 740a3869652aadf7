"""Demo: a year of activities with vehicles hired from outside."""

from datetime import date, datetime, time
from random import Random
from typing import Any

from sqlalchemy import insert, select

from ...core import audit
from ...core.db import db
from ...core.demo import DemoYear
from ...indicators import stale
from ...people.models import Unit
from .models import REASON_LABELS, Hire, HiredClass, HiredTrip, HireReason

# 400-odd activities, 807 vehicle-trips (the document, 2022); other years their own
ACTIVITIES = (405, 445)
TRIPS = {2022: 807}
TRIPS_OTHERWISE = (760, 880)
PRICES = {
    HiredClass.SEDAN: (280, 420),
    HiredClass.VAN: (450, 680),
    HiredClass.MINIBUS: (700, 980),
    HiredClass.COACH: (1200, 1700),
}
VENDORS = ("定点租赁企业01（演示）", "定点租赁企业02（演示）", "定点租赁企业03（演示）")
ACTIVITY = {
    HireReason.CONFERENCE: "全区工作会议", HireReason.TRAINING: "业务培训", HireReason.RESEARCH: "项目观摩",
    HireReason.RECEPTION: "调研接待", HireReason.EVENT: "集体活动", HireReason.EMERGENCY: "应急保障",
    HireReason.OTHER: "其他公务活动",
}  # fmt: skip
Row = dict[str, Any]


def make(demo: DemoYear) -> None:
    chance = demo.chance("vehicles hires")
    total = TRIPS.get(demo.year) or chance.randint(*TRIPS_OTHERWISE)
    days = sorted(chance.choices(demo.working_days, k=chance.randint(*ACTIVITIES)))
    units = db.session.scalars(select(Unit.id).where(Unit.demo).order_by(Unit.id)).all()
    hires = [_hire(number, day, chance.choice(units), chance, demo.by.name) for number, day in enumerate(days, start=1)]
    keys = db.session.scalars(insert(Hire).returning(Hire.id, sort_by_parameter_order=True), hires).all()
    more = chance.choices(range(len(hires)), k=total - len(hires))
    owners = sorted([*range(len(hires)), *more])
    db.session.execute(insert(HiredTrip), [_trip(keys[owner], days[owner], chance) for owner in owners])
    stale.touch(Hire, set(days))
    stale.touch(HiredTrip, set(days))
    audit.record("vehicles.hires.demo_made", "hire", demo.by, activities=len(hires), trips=total)


def _hire(number: int, day: date, unit_id: int, chance: Random, by: str) -> Row:
    reason = chance.choice(list(REASON_LABELS))
    return {
        "unit_id": unit_id, "activity": f"{ACTIVITY[reason]}{number:03}（演示）", "day": day, "reason_class": reason,
        "paper_no": f"租审〔{day.year}〕{number:03}号",
        "recorded_at": datetime.combine(day, time(17)), "recorded_by": by,
    }  # fmt: skip


def _trip(hire_id: int, day: date, chance: Random) -> Row:
    kind = chance.choice(list(HiredClass))
    price = 10 * chance.randint(PRICES[kind][0] // 10, PRICES[kind][1] // 10)
    return {"hire_id": hire_id, "day": day, "vendor": chance.choice(VENDORS), "vehicle_class": kind, "price": price}
