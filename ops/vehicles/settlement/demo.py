"""Demo: units rate their trips, and each month's statement is issued and confirmed; the last one waits."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import insert, select

from ...core import clock
from ...core.db import db
from ...core.demo import DemoYear
from ...core.period import month
from ...indicators import stale
from ..models import Departure, Dispatch, TripRequest, TripReturn, Vehicle
from .models import KilometreCheck, Statement, StatementLine, StatementVerdict, Tariff, TripRating, TripSettlement
from .rules import Use, car_class, in_force, price

RATED_SHARE, STARS, STAR_WEIGHTS = 0.7, (5, 4, 3), (80, 17, 3)
ASKED_BY, SETTLED_BY = "单位联络员（演示）", "财务人员（演示）"
Row = dict[str, Any]


def make(demo: DemoYear) -> None:
    trips = _trips(demo.year)
    chance = demo.chance("vehicles settlement")
    said = {trip["request_id"]: trip["back"] + timedelta(minutes=chance.randint(5, 90)) for trip in trips}
    rated = [trip for trip in trips if chance.random() < RATED_SHARE]
    stars = chance.choices(STARS, STAR_WEIGHTS, k=len(rated))
    checks = [
        {"request_id": trip["request_id"], "number": 1, "agreed": True, "kilometres": trip["km"], "words": "",
         "at": said[trip["request_id"]], "by": ASKED_BY}
        for trip in trips
    ]  # fmt: skip
    ratings = [
        {"request_id": trip["request_id"], "day": trip["back"].date(), "stars": number, "words": "",
         "at": said[trip["request_id"]], "by": ASKED_BY}
        for trip, number in zip(rated, stars, strict=True)
    ]  # fmt: skip
    db.session.execute(insert(KilometreCheck), checks)
    db.session.execute(insert(TripRating), ratings)
    stale.touch(TripRating, {row["day"] for row in ratings})
    _issue(trips)


def _trips(year: int) -> list[Row]:
    rows = select(Dispatch).join(TripRequest, TripRequest.id == Dispatch.request_id).join(Departure).join(TripReturn)
    rows = rows.join(Vehicle, Vehicle.id == Dispatch.vehicle_id)
    within = TripReturn.day.between(date(year, 1, 1), date(year, 12, 31))
    columns: tuple[Any, ...] = (
        Dispatch.id, Dispatch.request_id, Dispatch.day, TripRequest.unit_id, TripRequest.destination, Departure.at,
        TripReturn.at, Vehicle.plate, Vehicle.seats, TripReturn.odometer - Departure.odometer,
    )  # fmt: skip
    found = db.session.execute(rows.with_only_columns(*columns).where(within).order_by(TripReturn.at))
    names = ("dispatch_id", "request_id", "day", "unit_id", "destination", "left", "back", "plate", "seats", "km")
    return [dict(zip(names, row, strict=True)) for row in found]


def _issue(trips: list[Row]) -> None:
    tariffs = db.session.scalars(select(Tariff)).all()
    by_statement: dict[tuple[date, int], list[Row]] = defaultdict(list)
    for trip in trips:
        by_statement[trip["back"].date().replace(day=1), trip["unit_id"]].append(trip)
    keys = sorted(by_statement)
    heads = [_head(first, unit_id) for first, unit_id in keys]
    numbers = db.session.scalars(insert(Statement).returning(Statement.id, sort_by_parameter_order=True), heads).all()
    lines, verdicts, settled = [], [], []
    for key, number, head in zip(keys, numbers, heads, strict=True):
        for trip in by_statement[key]:
            lines.append(_line(trip, number, head, tariffs))
        if key[0].month != 12:
            at = head["issued_at"] + timedelta(days=2)
            said = {"statement_id": number, "at": at, "by": ASKED_BY}
            verdicts.append({**said, "number": 1, "agreed": True, "words": ""})
            settled += [{**said, "request_id": trip["request_id"]} for trip in by_statement[key]]
    db.session.execute(insert(StatementLine), lines)
    db.session.execute(insert(StatementVerdict), verdicts)
    db.session.execute(insert(TripSettlement), settled)


def _head(first: date, unit_id: int) -> Row:
    last = month(first.year, first.month).last
    issued = min(datetime.combine(last + timedelta(days=5), time(9)), clock.now())
    return {"unit_id": unit_id, "first": first, "last": last, "issued_at": issued, "issued_by": SETTLED_BY}


def _line(trip: Row, statement_id: int, head: Row, tariffs: Any) -> Row:
    use = Use(trip["km"], trip["left"], trip["back"])
    tariff = in_force(tariffs, car_class(trip["seats"]), trip["day"])
    kept = {name: trip[name] for name in ("dispatch_id", "request_id", "plate", "destination")}
    return {
        **kept, "statement_id": statement_id, "tariff_id": tariff.id if tariff else None, "day": trip["back"].date(),
        "kilometres": use.kilometres, "minutes": use.minutes, "share": "", "words": "", "answers": None,
        "amount": price(tariff, use) if tariff else 0, "at": head["issued_at"], "by": SETTLED_BY,
    }  # fmt: skip
