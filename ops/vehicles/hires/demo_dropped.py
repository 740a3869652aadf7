"""Demo: activities for which nothing was hired: refused at the last word, or called off after it."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import func, insert, select, update

from ...core.db import db
from ...core.demo import DemoYear
from ...indicators import stale
from .demo_approvals import APPROVED, ASKED
from .models import HireEvent, HireReason, HireStep, HireVerdict, HireVoid, MoneyFrom, WantedVehicles
from .states import HireState
from .vendor_models import HiredClass

REFUSED, CALLED_OFF, OFF_AT = 2, 3, timedelta(hours=7)
NO, OFF = "自有车辆可以保障，不同意租赁（演示）", "活动取消（演示）"
ASKED_BY, APPROVED_BY = "单位联络员（演示）", "分管领导（演示）"
Row = dict[str, Any]


def rows(demo: DemoYear, units: Sequence[int], why: str) -> list[Row]:
    """One every other month, of no vendor and no vehicle-trip."""
    chance = demo.chance("vehicles hires dropped")
    found = []
    for number in range(REFUSED + CALLED_OFF):
        day = chance.choice([each for each in demo.working_days if each.month == 2 * number + 2])
        found.append({
            "unit_id": chance.choice(units), "activity": f"其他公务活动未租{number + 1}（演示）", "day": day,
            "reason_class": HireReason.OTHER, "paper_no": "", "route": "机关大院—市区（演示）", "own_cars_why": why,
            "starts_at": datetime.combine(day, time(8)), "ends_at": datetime.combine(day, time(17)), "people": 30,
            "estimate": Decimal(1500), "money_from": MoneyFrom.UNIT,
            "recorded_at": datetime.combine(day, time(9)) - timedelta(days=3), "recorded_by": ASKED_BY,
        })  # fmt: skip
    return found


def make(keys: Sequence[int], hires: Sequence[Row]) -> None:
    """The approvals are made; the last word on the refused ones is turned into a no."""
    refused = keys[:REFUSED]
    last = select(func.max(HireStep.id)).where(HireStep.hire_id.in_(refused)).group_by(HireStep.hire_id)
    db.session.execute(update(HireVerdict).where(HireVerdict.step_id.in_(last)).values(approved=False, words=NO))
    wanted = [{"hire_id": key, "vehicle_class": HiredClass.COACH, "how_many": 1} for key in keys]
    db.session.execute(insert(WantedVehicles), wanted)
    events: list[Row] = []
    voids: list[Row] = []
    for key, hire in zip(keys, hires, strict=True):
        no = (HireState.REFUSED, APPROVED, APPROVED_BY, NO)
        way = [(HireState.ASKED, ASKED, ASKED_BY, "")]
        way.append(no if key in refused else (HireState.APPROVED, APPROVED, APPROVED_BY, ""))
        midnight = datetime.combine(hire["day"], time())
        if key not in refused:
            way.append((HireState.CALLED_OFF, OFF_AT, ASKED_BY, OFF))
            off = {"day": hire["day"], "at": midnight + OFF_AT, "by": ASKED_BY, "reason": OFF, "called_off": True}
            voids.append({"hire_id": key, **off})
        events += [
            {"hire_id": key, "number": number, "kind": kind, "words": words, "at": midnight + after, "by": by}
            for number, (kind, after, by, words) in enumerate(way, 1)
        ]
    db.session.execute(insert(HireEvent), events)
    db.session.execute(insert(HireVoid), voids)
    stale.touch(HireVoid, {row["day"] for row in voids})
