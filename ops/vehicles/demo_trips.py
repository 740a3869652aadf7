"""Demo: a year of requests, dispatches and trips on working days; dials only go up, nobody is in two places."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from sqlalchemy import insert, select

from ..core.db import db
from ..core.demo import DemoYear
from ..indicators import stale
from ..people.models import Unit
from . import queries
from .approvals import demo as demo_approvals
from .models import (
    Departure,
    Dispatch,
    DispatchCancellation,
    Driver,
    RequestWithdrawal,
    TripRequest,
    TripReturn,
    Vehicle,
)
from .odometer import demo as demo_odometer
from .odometer.models import OdometerReading, Source

# just under 700 that were not cancelled (the document, 2022); other years a little more or less
COUNTED = {2022: (683, 697)}
COUNTED_OTHERWISE = (640, 760)
CANCELLED, WITHDRAWN, LATE_SHARE, MOST_A_DAY, TWO_DRIVERS = 24, 11, 0.04, 6, 3
OUT_OF_DISTRICT = 60  # km: farther than any place of the district
ASKED_BY, DISPATCHED_BY = "单位联络员（演示）", "派车员（演示）"
# place, km there, earliest hour it is worth leaving
PLACES = (
    ("区行政审批局", 6, 8), ("临港商务区", 18, 8), ("新城片区", 12, 8), ("唐海镇", 10, 8), ("滨海镇", 34, 8),
    ("柳赞镇", 28, 8), ("港口作业区", 40, 8), ("唐山市区", 82, 8), ("秦皇岛市", 138, 7), ("天津市", 150, 7),
    ("北京市", 225, 7),
)  # fmt: skip
WEIGHTS = (8, 12, 8, 10, 9, 8, 9, 24, 4, 5, 3)
PURPOSES = ("报送材料", "现场调研", "参加会议", "项目督导", "接洽工作", "安全检查")
Row = dict[str, Any]


def make(demo: DemoYear) -> list[Row]:
    """The trips that were driven: their own columns, and beside them `km`, `back`, `people`, `destination`."""
    chance = demo.chance("vehicles trips")
    counted = chance.randint(*COUNTED.get(demo.year, COUNTED_OTHERWISE))
    fates = ["driven"] * counted + ["cancelled"] * CANCELLED + ["withdrawn"] * WITHDRAWN
    chance.shuffle(fates)
    days = sorted(chance.sample([*demo.working_days] * MOST_A_DAY, len(fates)))
    units = db.session.scalars(select(Unit.id).where(Unit.demo).order_by(Unit.id)).all()
    requests = [_request(day, chance, units) for day in days]
    _record_afterwards(requests, fates)
    _set_ids(TripRequest, requests)
    demo_approvals.make(requests, fates)
    fated = list(zip(requests, fates, strict=True))
    _insert_withdrawals([row for row, fate in fated if fate != "driven"])
    asked = [(row, fate) for row, fate in fated if fate != "withdrawn"]
    trips = _dispatches([row for row, _fate in asked], chance)
    return _insert_trips(trips, [fate for _row, fate in asked], demo, chance)


def _request(day: date, chance: Random, units: Sequence[int]) -> Row:
    """A request long enough for the way there, the business and the way back."""
    [(place, km, earliest)] = chance.choices(PLACES, WEIGHTS)
    leaves = datetime.combine(day, time(earliest)) + timedelta(minutes=30 * chance.randint(0, 3 if km > 100 else 11))
    hours = 2 * km / 55 + chance.choice((1, 1.5, 2, 2.5, 3))
    unit_id, purpose, people = chance.choice(units), chance.choice(PURPOSES), chance.randint(1, 4)
    return {
        "unit_id": unit_id, "purpose": purpose, "destination": place, "people": people,
        "contact": f"用车人{unit_id:03}（演示）", "phone": f"0315-0000{unit_id:03}", "route": f"区政务中心—{place}",
        "out_of_district": km > OUT_OF_DISTRICT, "one_way_km": km if km > OUT_OF_DISTRICT else None,
        "starts_at": leaves, "ends_at": leaves + timedelta(minutes=30 * round(hours * 2)),
        "asked_at": leaves - timedelta(hours=chance.randint(15, 50)), "asked_by": ASKED_BY, "km": 2 * km,
        "afterwards": "",
    }  # fmt: skip


def _record_afterwards(requests: list[Row], fates: list[str]) -> None:
    """The first two trips of June within the district were driven before anybody could ask (补单)."""
    near = [
        row for row, fate in zip(requests, fates, strict=True)
        if fate == "driven" and row["starts_at"].month == 6 and not row["out_of_district"]
    ]  # fmt: skip
    for row in near[:2]:
        row["afterwards"], row["phone"] = "防汛抢险，未及提前申请（演示）", ""
        row["asked_at"] = row["ends_at"] + timedelta(hours=3)


def _set_ids(model: type[Any], rows: list[Row]) -> None:
    """Insert the rows' own columns and note each one's key beside them."""
    columns = set(model.__table__.columns.keys())
    plain = [{name: value for name, value in row.items() if name in columns} for row in rows]
    keys = db.session.scalars(insert(model).returning(model.id, sort_by_parameter_order=True), plain)
    for row, key in zip(rows, keys, strict=True):
        row["id"] = key


def _insert_withdrawals(requests: list[Row]) -> None:
    """The unit's own doing, before a car was given or, shortly before the start, after it was taken back."""
    gone = {"by": ASKED_BY, "reason": "活动取消（演示）"}
    rows = [{**gone, "request_id": row["id"], "at": row["starts_at"] - timedelta(hours=1)} for row in requests]
    db.session.execute(insert(RequestWithdrawal), rows)


def _dispatches(requests: list[Row], chance: Random) -> list[Row]:
    """Nobody goes twice on one day: no trip can meet another."""
    by_day: dict[date, list[Row]] = defaultdict(list)
    for row in requests:
        by_day[row["starts_at"].date()].append(row)
    last = max(by_day)
    known, drivers = list(queries.cars(last)), list(queries.drivers(last))
    trips = []
    for day, rows in by_day.items():
        cars = [car for car in known if car.registered_on <= day]
        trips += _of_day(day, rows, chance.sample(cars, len(rows)), chance.sample(drivers, len(rows)), chance)
    _seat_second(trips, [each.id for each in drivers])
    return trips


def _seat_second(trips: list[Row], drivers: Sequence[int]) -> None:
    """The longest ways of the year, with a second driver who goes nowhere else on that day."""
    for trip in sorted(trips, key=lambda row: (-row["km"], row["starts_at"]))[:TWO_DRIVERS]:
        busy = {key for other in trips if other["day"] == trip["day"] for key in _seats(other)}
        trip["second_driver_id"] = next((key for key in drivers if key not in busy), None)


def _seats(trip: Row) -> tuple[int | None, int | None]:
    return trip["driver_id"], trip["second_driver_id"]


def _of_day(day: date, rows: list[Row], cars: list[Vehicle], drivers: list[Driver], chance: Random) -> list[Row]:
    return [
        {
            "request_id": row["id"], "vehicle_id": car.id, "driver_id": driver.id, "day": day, "km": row["km"],
            "second_driver_id": None,
            "people": row["people"], "destination": row["destination"], "seats": car.seats, "unit_id": row["unit_id"],
            "phone": row["phone"],
            "starts_at": row["starts_at"], "ends_at": row["ends_at"], "due_at": row["ends_at"], "released_at": None,
            "dispatched_at": row["asked_at"] + timedelta(hours=chance.randint(1, 6)), "dispatched_by": DISPATCHED_BY,
        }
        for row, car, driver in zip(rows, cars, drivers, strict=True)
    ]  # fmt: skip


def _insert_trips(trips: list[Row], fates: list[str], demo: DemoYear, chance: Random) -> list[Row]:
    for trip, fate in zip(trips, fates, strict=True):
        if fate == "cancelled":
            trip["released_at"] = trip["starts_at"] - timedelta(hours=2)
        else:
            trip["back"] = _back(trip["due_at"], chance)
            trip["ends_at"] = min(trip["back"], trip["due_at"])
    _set_ids(Dispatch, trips)
    driven = [trip for trip in trips if "back" in trip]
    _insert_readings(driven, demo, chance)
    cancelled = [trip for trip in trips if trip["released_at"]]
    off = {"by": DISPATCHED_BY, "reason": "用车单位取消活动（演示）"}
    rows = [{**off, "dispatch_id": trip["id"], "day": trip["day"], "at": trip["released_at"]} for trip in cancelled]
    db.session.execute(insert(DispatchCancellation), rows)
    stale.touch(Dispatch, {trip["day"] for trip in trips})
    stale.touch(DispatchCancellation, {trip["day"] for trip in cancelled})
    stale.touch(TripReturn, {trip["back"].date() for trip in driven})
    stale.touch(Departure, {trip["day"] for trip in driven})
    return driven


def _back(due_at: datetime, chance: Random) -> datetime:
    late = chance.random() < LATE_SHARE
    return due_at + timedelta(minutes=chance.randint(10, 75) if late else -chance.randint(0, 25))


def _insert_readings(driven: list[Row], demo: DemoYear, chance: Random) -> None:
    shown = demo_odometer.dials()
    meanwhile = demo_odometer.Meanwhile(demo)
    departures, returns, readings = [], [], []
    for trip in sorted(driven, key=lambda row: row["starts_at"]):
        start = shown.setdefault(trip["vehicle_id"], chance.randint(20_000, 140_000))
        start = meanwhile.before(trip, start)
        end = shown[trip["vehicle_id"]] = start + trip["km"] + chance.randint(0, 12)
        trip["start"], trip["end"] = start, end
        key = {"dispatch_id": trip["id"], "by": "司机（演示）"}
        departures.append({**key, "at": trip["starts_at"]})
        returns.append({**key, "at": trip["back"], "day": trip["back"].date()})
        readings.append(_reading(trip, trip["starts_at"], start, Source.DEPARTURE))
        readings.append(_reading(trip, trip["back"], end, Source.RETURN))
    db.session.execute(insert(Departure), departures)
    db.session.execute(insert(TripReturn), returns)
    db.session.execute(insert(OdometerReading), readings)
    meanwhile.keep()
    stale.touch(OdometerReading, {trip["back"].date() for trip in driven})


def _reading(trip: Row, at: datetime, value: int, source: Source) -> Row:
    noted = {"recorded_at": at, "recorded_by": "司机（演示）", "dispatch_id": trip["id"], "source": source}
    return {**noted, "vehicle_id": trip["vehicle_id"], "value": value, "at": at}
