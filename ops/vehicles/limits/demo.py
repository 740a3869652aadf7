"""Demo: long trips that were assigned beyond the limits, with the reason given."""

from datetime import timedelta
from typing import Any

from sqlalchemy import insert

from ...core.db import db
from ...core.demo import DemoYear
from ...core.timeslot import Slot
from . import queries, rules
from .models import LimitName, LimitOverride

Row = dict[str, Any]
REASON = "任务当日往返，已安排服务区休息（演示）"


def make(demo: DemoYear, trips: list[Row]) -> None:
    """Only a trip that is long by itself passes a limit: nobody drives twice on one day."""
    table = queries.in_force(demo.working_days[0])
    long = timedelta(minutes=table[LimitName.DAY].amount)
    slots = [(trip, Slot(trip["starts_at"], trip["due_at"])) for trip in trips]
    rows = [
        {"dispatch_id": trip["id"], "name": each.name, "amount": each.amount, "most": each.most, "reason": REASON,
         "at": trip["dispatched_at"], "by": trip["dispatched_by"]}
        for trip, slot in slots if slot.end - slot.start > long for each in rules.exceeded(slot, [], table)
    ]  # fmt: skip
    if rows:
        db.session.execute(insert(LimitOverride), rows)
