"""Demo: a handful of complaints a year, looked into and answered in time; of the newest year the last one waits."""

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import insert, select

from ...core import audit
from ...core.db import db
from ...core.demo import DemoYear
from ..models import Departure, Dispatch
from .models import Complaint, ComplaintSource, ComplaintState, ComplaintStep

OF_YEAR = 5
SECTION = "车辆管理科（演示）"
WHAT = (
    "公务车辆在非停车位停放（演示）", "车辆行经积水路段未减速（演示）", "驾驶员接打电话（演示）",
    "工作时间见到公务车辆停在商场外（演示）", "车辆未按约定时间到达（演示）",
)  # fmt: skip
FOUND = {
    ComplaintState.TRUE: "经核对派车单和定位记录，情况属实，已对驾驶员批评教育（演示）",
    ComplaintState.UNTRUE: "经核对派车单和定位记录，该车当时在执行公务，情况不属实（演示）",
    ComplaintState.PARTLY: "车辆确有停留，系等候公务人员，部分属实（演示）",
}
TOLD = "已电话答复来电人，来电人表示认可（演示）"
Row = dict[str, Any]


def make(demo: DemoYear) -> None:
    chance = demo.chance("vehicles complaints")
    start, end = date(demo.year, 1, 1), date(demo.year, 12, 15)
    rows = select(Dispatch.vehicle_id, Dispatch.driver_id, Dispatch.request_id, Departure.at)
    rows = rows.join(Departure, Departure.dispatch_id == Dispatch.id).where(Dispatch.day.between(start, end))
    trips = db.session.execute(rows.order_by(Dispatch.id)).all()
    chosen = sorted(chance.sample(trips, k=min(OF_YEAR, len(trips))), key=lambda trip: trip[3])
    if not chosen:
        return
    _close_earlier(start)
    complaints = [_complaint(place, *trip) for place, trip in enumerate(chosen)]
    made = insert(Complaint).returning(Complaint.id, sort_by_parameter_order=True)
    keys = db.session.scalars(made, complaints).all()
    steps = [
        step for place, key in enumerate(keys[:-1]) for step in _steps(key, complaints[place]["received_on"], place)
    ]
    db.session.execute(insert(ComplaintStep), steps)
    audit.record("vehicles.complaints.demo_made", "complaint", demo.by, complaints=len(complaints))


def _complaint(place: int, vehicle_id: int, driver_id: int, request_id: int, at: datetime) -> Row:
    day = at.date() + timedelta(days=1)
    hotline = place % 2 == 0
    return {
        "source": ComplaintSource.HOTLINE if hotline else ComplaintSource.SUPERVISION,
        "order_no": f"YS{day:%Y%m%d}{place + 1:03}" if hotline else "", "received_on": day,
        "happened_at": at + timedelta(minutes=20), "vehicle_id": vehicle_id, "driver_id": driver_id,
        "request_id": request_id, "what": WHAT[place % len(WHAT)], "complainant": "", "phone": "",
        "answer_by": day + timedelta(days=7), "at": datetime.combine(day, time(9)), "by": SECTION,
    }  # fmt: skip


def _steps(key: int, received: date, place: int) -> list[Row]:
    kind = list(FOUND)[place % len(FOUND)]
    return [
        _step(key, 1, kind, FOUND[kind], received + timedelta(days=2)),
        _step(key, 2, ComplaintState.ANSWERED, TOLD, received + timedelta(days=3)),
    ]


def _step(key: int, number: int, kind: ComplaintState, words: str, day: date) -> Row:
    at = datetime.combine(day, time(15))
    return {"complaint_id": key, "number": number, "kind": kind, "words": words, "day": day, "at": at, "by": SECTION}


def _close_earlier(start: date) -> None:
    """What the year before left open was answered in time."""
    earlier = db.session.scalars(select(Complaint).where(Complaint.received_on < start)).unique()
    steps = [step for each in earlier if not each.steps for step in _steps(each.id, each.received_on, 1)]
    if steps:
        db.session.execute(insert(ComplaintStep), steps)
