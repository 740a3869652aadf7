"""Demo: a few things of the year filed under a violation, explained and decided in time.

Of the newest year the last two wait: one for an explanation, one for its decision. A year that another one follows is
closed, and nothing of it is open.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import insert, select

from ...core import audit
from ...core.db import db
from ...core.demo import DemoYear
from ..models import TripRequest, Vehicle
from ..positions.models import KIND_LABELS, Alarm, AlarmKind
from .models import Filing, FilingState, FilingStep, ViolationCode
from .rules import OPEN

OF_YEAR, LATEST = 6, 40
FILED_BY, EXPLAINED_BY = "纪检监察人员（演示）", "派车员（演示）"
FACTS, WORDS = "巡查定位报警时发现（演示）", "已核对派车单，情况说明附后（演示）"
QUESTION, ANSWER = "请补充当日行驶路线（演示）", "已补充行驶路线和用车人说明（演示）"
ASKED_AGAIN = 1  # its place among those of the year
REASONS = {
    FilingState.ESTABLISHED: ("未见派车单，情况属实（演示）", "责令书面检查，补缴费用（演示）"),
    FilingState.NOT_ESTABLISHED: ("有派车单，行程相符（演示）", ""),
}
Row = dict[str, Any]


def make(demo: DemoYear) -> None:
    chance = demo.chance("vehicles violations")
    start, end = date(demo.year, 1, 1), date(demo.year, 12, 31)
    alarms = select(Alarm, Vehicle.plate).join(Vehicle, Vehicle.id == Alarm.vehicle_id)
    alarms = alarms.where(Alarm.day.between(start, end), Alarm.kind == AlarmKind.MOVEMENT).order_by(Alarm.id)
    trips = select(TripRequest).where(TripRequest.starts_at.between(start, end))
    trips = trips.order_by(TripRequest.starts_at.desc(), TripRequest.id).limit(LATEST)
    filings = [_of_alarm(alarm, plate) for alarm, plate in db.session.execute(alarms.limit(OF_YEAR - 2))]
    requests = db.session.scalars(trips).all()
    filings += [_of_trip(each) for each in chance.sample(requests, k=min(2, len(requests)))]
    if not filings:
        return
    _close_earlier(start)
    filings.sort(key=lambda row: row["day"])
    keys = db.session.scalars(insert(Filing).returning(Filing.id, sort_by_parameter_order=True), filings).all()
    db.session.execute(insert(FilingStep), _steps(keys, filings))
    audit.record("vehicles.filings.demo_made", "violation_filing", demo.by, filings=len(filings))


def _of_alarm(alarm: Alarm, plate: str) -> Row:
    subject = f"{plate} {KIND_LABELS[AlarmKind(alarm.kind)]} {alarm.at:%Y-%m-%d %H:%M}"
    return {**_row(alarm.day, subject), "violation": ViolationCode.PRIVATE_USE, "alarm_id": alarm.id}


def _of_trip(request: TripRequest) -> Row:
    subject = f"{request.destination} {request.starts_at:%Y-%m-%d %H:%M}"
    row = _row(request.starts_at.date(), subject)
    return {**row, "violation": ViolationCode.DIVERTED, "request_id": request.id, "unit_id": request.unit_id}


def _row(day: date, subject: str) -> Row:
    blank = dict.fromkeys(("alarm_id", "request_id", "hire_id", "vehicle_id", "unit_id", "attachment_id"))
    filed_at = datetime.combine(day + timedelta(days=1), time(10))
    return {
        **blank, "day": day, "subject": subject, "facts": FACTS, "explain_by": day + timedelta(days=8),
        "filed_at": filed_at, "filed_by": FILED_BY,
    }  # fmt: skip


def _steps(keys: Any, filings: list[Row]) -> list[Row]:
    """All but the last are explained; all but the last two are decided, every third against, one asked again before."""
    made = []
    for place, (key, filing) in enumerate(zip(keys, filings, strict=True)):
        decided = place < len(filings) - 2
        if place < len(filings) - 1:
            made.append(_explained(key, 1, filing["filed_at"]))
        if decided and place == ASKED_AGAIN:
            made += _asked_again(key, filing)
        if decided:
            made.append(_decided(key, 4 if place == ASKED_AGAIN else 2, filing["filed_at"], place % 3 == 0))
    return made


def _explained(key: int, number: int, filed_at: datetime, words: str = WORDS, days: int = 2) -> Row:
    return _step(key, number, FilingState.EXPLAINED, words, "", filed_at + timedelta(days=days), EXPLAINED_BY)


def _asked_again(key: int, filing: Row) -> list[Row]:
    asked_at = filing["filed_at"] + timedelta(days=3)
    asked = _step(key, 2, FilingState.ASKED_AGAIN, QUESTION, "", asked_at, FILED_BY)
    return [asked, _explained(key, 3, filing["filed_at"], ANSWER, 4)]


def _decided(key: int, number: int, filed_at: datetime, against: bool) -> Row:
    outcome = FilingState.ESTABLISHED if against else FilingState.NOT_ESTABLISHED
    return _step(key, number, outcome, *REASONS[outcome], filed_at + timedelta(days=5), FILED_BY)


def _close_earlier(start: date) -> None:
    """What the year before left open was explained and decided in the new year."""
    made = []
    for filing in db.session.scalars(select(Filing).where(Filing.day < start).order_by(Filing.id)):
        number = len(filing.steps)
        if filing.state == FilingState.FILED:
            number += 1
            made.append(_explained(filing.id, number, filing.filed_at))
        if filing.state in OPEN:
            made.append(_decided(filing.id, number + 1, filing.filed_at, False))
    if made:
        db.session.execute(insert(FilingStep), made)


def _step(key: int, number: int, kind: str, words: str, measure: str, at: datetime, by: str) -> Row:
    said = {"kind": kind, "words": words, "measure": measure, "at": at, "by": by, "by_id": None}
    return {"filing_id": key, "number": number, **said}
