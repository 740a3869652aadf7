"""Demo: what happens to dials beside trips: one is replaced, two move without a trip, one was read wrongly."""

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import insert, select, update

from ...core.db import db
from ...core.demo import DemoYear
from ...indicators import stale
from . import queries
from .models import DialReplacement, FindingSettlement, OdometerReading, ReadingReversal, Source
from .rules import FindingKind

Row = dict[str, Any]
KEEPER = "车辆管理员（演示）"
# the number of the trip in the year before which it happens
REPLACED, SETTLED_GAP, OPEN_GAP, MISREAD = 240, 330, 610, 450
GAPS = {SETTLED_GAP: 46, OPEN_GAP: 18}
COUNTED_BY_HAND = 8  # cars whose dial is read at the end of each quarter


def dials() -> dict[int, int]:
    """What the dial of each car shows so far, read in order of time."""
    rows = select(OdometerReading.vehicle_id, OdometerReading.value).order_by(OdometerReading.at)
    return dict(iter(db.session.execute(rows)))


class Meanwhile:
    """What became of the dials between the trips of a year; the trips follow from it."""

    def __init__(self, demo: DemoYear) -> None:
        self.demo, self.trips, self.replaced = demo, 0, list[Row]()
        self.gap_of: int | None = None
        self.misread: Row | None = None
        self.by_hand: dict[tuple[int, int], int] = {}

    def before(self, trip: Row, shown: int) -> int:
        """What the dial shows when the trip starts, where the one before it ended at `shown`."""
        self.trips += 1
        car, at = trip["vehicle_id"], trip["starts_at"]
        if car <= COUNTED_BY_HAND:
            self.by_hand.setdefault((car, (at.month + 2) // 3), shown)
        if self.trips == MISREAD:
            self.misread = trip
        if self.trips == SETTLED_GAP:
            self.gap_of = car
        if self.trips == REPLACED:
            noted = {"recorded_at": at - timedelta(minutes=30), "recorded_by": KEEPER}
            paper = f"维修结算单{self.demo.year}-018（演示）"
            row = {"vehicle_id": car, "at": at - timedelta(hours=1), "old_last": shown, "new_first": 0, "paper": paper}
            self.replaced.append({**row, **noted})
            return 0
        return shown + GAPS.get(self.trips, 0)

    def keep(self) -> None:
        """Once the trips' own readings are there."""
        if self.replaced:
            db.session.execute(insert(DialReplacement), self.replaced)
            stale.touch(DialReplacement, set())
        if self.misread:
            self._correct(self.misread)
        self._read_by_hand()
        if self.gap_of is not None:
            self._settle(self.gap_of)

    def _correct(self, trip: Row) -> None:
        """Two digits were exchanged when the car came back; an hour later somebody noticed."""
        at = trip["back"]
        wrong = {"vehicle_id": trip["vehicle_id"], "value": trip["end"] + 90, "at": at, "source": Source.RETURN,
                 "dispatch_id": trip["id"], "recorded_at": at, "recorded_by": "司机（演示）"}  # fmt: skip
        [key] = db.session.scalars(insert(OdometerReading).returning(OdometerReading.id), [wrong])
        gone = {"reading_id": key, "at": at + timedelta(hours=1), "by": KEEPER, "reason": "抄录颠倒两位（演示）"}
        db.session.execute(insert(ReadingReversal), [gone])
        of_trip = (OdometerReading.dispatch_id == trip["id"], OdometerReading.source == Source.RETURN)
        right = {"corrects_id": key, "note": gone["reason"], "recorded_at": gone["at"], "recorded_by": KEEPER}
        db.session.execute(update(OdometerReading).where(*of_trip, OdometerReading.id != key).values(**right))
        stale.touch(ReadingReversal, {at.date()})

    def _read_by_hand(self) -> None:
        """At the end of a quarter what the last trip left; the dial that is replaced is left out."""
        year, gone = self.demo.year, {row["vehicle_id"] for row in self.replaced} | {self.gap_of}
        rows = [
            {"vehicle_id": car, "value": shown, "source": Source.MANUAL, "note": "季度盘点（演示）",
             "recorded_by": KEEPER, **_at_the_end_of(year, quarter - 1)}
            for (car, quarter), shown in self.by_hand.items() if quarter > 1 and car not in gone
        ]  # fmt: skip
        if rows:
            db.session.execute(insert(OdometerReading), rows)

    def _settle(self, car: int) -> None:
        found = queries.findings(date(self.demo.year, 1, 1), date(self.demo.year, 12, 31), car).get(car, [])
        for each in found:
            if each.kind is FindingKind.GAP and each.kilometres == GAPS[SETTLED_GAP]:
                said = {"vehicle_id": car, "at": each.later.at + timedelta(days=1), "by": KEEPER}
                words = {"key": each.key, "reason": "送定点维修厂试车，见维修结算单（演示）"}
                db.session.execute(insert(FindingSettlement), [{**said, **words}])


def _at_the_end_of(year: int, quarter: int) -> Row:
    last = date(year, 3 * quarter + 1, 1) - timedelta(days=1)
    at = datetime.combine(last, time(22))
    return {"at": at, "recorded_at": at}
