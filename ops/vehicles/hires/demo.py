"""Demo: a year of activities with vehicles hired from outside: approved, driven, invoiced, settled and rated."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from sqlalchemy import insert, select

from ...core import audit
from ...core.db import db
from ...core.demo import DemoYear
from ...indicators import stale
from ...people.models import Unit
from . import demo_approvals, demo_dropped
from .actual_models import HiredActual
from .demo_vendors import BASE_KM, KM_PRICE, Offer, make_vendors
from .models import REASON_LABELS, Hire, HiredTrip, HireEvent, HireReason, MoneyFrom, WantedVehicles
from .money_models import HireBudget, HireInvoice, HireInvoiceLine, HireNotice, HireRating
from .states import HireState
from .vendor_models import HiredClass

# 400-odd activities, 807 vehicle-trips (the document, 2022); other years their own
ACTIVITIES = (405, 445)
TRIPS = {2022: 807}
TRIPS_OTHERWISE = (760, 880)
ACTIVITY = {
    HireReason.CONFERENCE: "全区工作会议", HireReason.TRAINING: "业务培训", HireReason.RESEARCH: "项目观摩",
    HireReason.RECEPTION: "调研接待", HireReason.EVENT: "集体活动", HireReason.EMERGENCY: "应急保障",
    HireReason.OTHER: "其他公务活动",
}  # fmt: skip
ROUTES = ("机关大院—工业区（演示）", "机关大院—临港商务区（演示）", "机关大院—各镇村（演示）", "机关大院—市区（演示）")
WHY = "同时段自有车辆座位不足（演示）"
OFFICE, FINANCE, ASKED_BY, DIRECTOR = "派车员（演示）", "财务人员（演示）", "单位联络员（演示）", "分管领导（演示）"
SEATS = {HiredClass.SEDAN: 4, HiredClass.VAN: 6, HiredClass.MINIBUS: 18, HiredClass.COACH: 50}
RATED_SHARE, STARS, STAR_WEIGHTS = 0.6, (5, 4, 3), (78, 18, 4)
BUDGETS = {MoneyFrom.UNIT: 30_000, MoneyFrom.CENTRE: 400_000}
Row = dict[str, Any]


def make(demo: DemoYear) -> None:
    chance = demo.chance("vehicles hires")
    offers = make_vendors(demo)
    total = TRIPS.get(demo.year) or chance.randint(*TRIPS_OTHERWISE)
    days = sorted(chance.choices(demo.working_days, k=chance.randint(*ACTIVITIES)))
    units = db.session.scalars(select(Unit.id).where(Unit.demo).order_by(Unit.id)).all()
    owners = sorted([*range(len(days)), *chance.choices(range(len(days)), k=total - len(days))])
    trips = [_trip(days[owner], offers, chance) for owner in owners]
    of_hire: dict[int, list[Row]] = defaultdict(list)
    for owner, trip in zip(owners, trips, strict=True):
        of_hire[owner].append(trip)
    hires = [
        _hire(number, day, chance.choice(units), of_hire[number - 1], chance) for number, day in enumerate(days, 1)
    ]
    dropped = demo_dropped.rows(demo, units, WHY)
    asked = [*hires, *dropped]
    of_all = db.session.scalars(insert(Hire).returning(Hire.id, sort_by_parameter_order=True), asked).all()
    keys = of_all[: len(hires)]
    for owner, trip in zip(owners, trips, strict=True):
        trip["hire_id"] = keys[owner]
    db.session.execute(insert(WantedVehicles), _wanted(keys, of_hire))
    demo_approvals.make(demo, of_all, asked, ACTIVITY)
    demo_dropped.make(of_all[len(hires) :], dropped)
    numbers = db.session.scalars(insert(HiredTrip).returning(HiredTrip.id, sort_by_parameter_order=True), trips).all()
    actuals = [_actual(key, trip, chance) for key, trip in zip(numbers, trips, strict=True)]
    db.session.execute(insert(HiredActual), actuals)
    _invoice(trips, actuals)
    _settle(keys, days, chance)
    _budgets(demo, units)
    _publish(trips, actuals)
    for model in (Hire, HiredTrip, HiredActual):
        stale.touch(model, {*days, *(row["day"] for row in dropped)})
    audit.record("vehicles.hires.demo_made", "hire", demo.by, activities=len(hires), trips=total)


def _hire(number: int, day: date, unit_id: int, trips: Sequence[Row], chance: Random) -> Row:
    """Full vehicles but for a place or two; estimated at what the contracts say."""
    reason = chance.choice(list(REASON_LABELS))
    seats = sum(SEATS[trip["vehicle_class"]] for trip in trips)
    return {
        "unit_id": unit_id, "activity": f"{ACTIVITY[reason]}{number:03}（演示）", "day": day, "reason_class": reason,
        "paper_no": f"租审〔{day.year}〕{number:03}号", "route": chance.choice(ROUTES), "own_cars_why": WHY,
        "starts_at": datetime.combine(day, time(8)), "ends_at": datetime.combine(day, time(17)),
        "people": max(1, seats - chance.randint(0, 2)), "estimate": sum(trip["price"] for trip in trips),
        "money_from": MoneyFrom.CENTRE if chance.random() < 0.3 else MoneyFrom.UNIT,
        "recorded_at": datetime.combine(day, time(9)) - timedelta(days=chance.randint(2, 6)), "recorded_by": ASKED_BY,
    }  # fmt: skip


def _wanted(keys: Sequence[int], of_hire: Mapping[int, Sequence[Row]]) -> list[Row]:
    counts = Counter((keys[owner], trip["vehicle_class"]) for owner, trips in of_hire.items() for trip in trips)
    return [{"hire_id": key, "vehicle_class": kind, "how_many": number} for (key, kind), number in counts.items()]


def _trip(day: date, offers: Sequence[Offer], chance: Random) -> Row:
    kind = chance.choice(list(HiredClass))
    offer = chance.choice([each for each in offers if each.vehicle_class == kind])
    return {
        "day": day, "vendor": offer.vendor, "vendor_id": offer.vendor_id, "vehicle_class": kind,
        "plate": f"冀B演{chance.randint(100, 999)}", "price": offer.price, "price_id": offer.price_id,
    }  # fmt: skip


def _actual(trip_id: int, trip: Row, chance: Random) -> Row:
    left = datetime.combine(trip["day"], time(8, chance.choice((0, 10, 20, 30))))
    kilometres = chance.randint(30, 130)
    over = max(0, kilometres - BASE_KM) * KM_PRICE
    extra = Decimal(chance.choice((0, 0, 0, 10, 15)))
    return {
        "trip_id": trip_id, "number": 1, "day": trip["day"], "left_at": left,
        "back_at": left + timedelta(hours=chance.randint(5, 9)), "kilometres": kilometres,
        "plate": trip["plate"], "driver": "", "overrun": over, "extra": extra, "fee": trip["price"] + over + extra,
        "words": "", "at": left + timedelta(hours=10), "by": OFFICE,
    }  # fmt: skip


def _invoice(trips: Sequence[Row], actuals: Sequence[Row]) -> None:
    """One invoice a vendor and month."""
    by_month: dict[tuple[int, date], list[Row]] = defaultdict(list)
    for trip, actual in zip(trips, actuals, strict=True):
        by_month[trip["vendor_id"], trip["day"].replace(day=1)].append(actual)
    heads = []
    for (vendor_id, first), rows in sorted(by_month.items()):
        day = max(row["day"] for row in rows) + timedelta(days=2)
        heads.append({
            "vendor_id": vendor_id, "number": f"{first:%Y%m}{vendor_id:04}", "day": day, "words": "",
            "amount": sum(row["fee"] for row in rows), "at": datetime.combine(day, time(10)), "by": OFFICE,
        })  # fmt: skip
    added = insert(HireInvoice).returning(HireInvoice.id, sort_by_parameter_order=True)
    numbers = db.session.scalars(added, heads).all()
    lines = [
        {"invoice_id": number, "trip_id": row["trip_id"], "fee": row["fee"]}
        for number, (_key, rows) in zip(numbers, sorted(by_month.items()), strict=True) for row in rows
    ]  # fmt: skip
    db.session.execute(insert(HireInvoiceLine), lines)


def _settle(keys: Sequence[int], days: Sequence[date], chance: Random) -> None:
    """All but December's went the whole way; those wait for the unit."""
    events, ratings = [], []
    for key, day in zip(keys, days, strict=True):
        way = [
            (HireState.ASKED, -2, ASKED_BY), (HireState.APPROVED, -1, DIRECTOR), (HireState.ORDERED, -1, OFFICE),
            (HireState.CARRIED_OUT, 0, OFFICE), (HireState.INVOICED, 33, OFFICE), (HireState.SUBMITTED, 34, OFFICE),
            (HireState.AGREED, 36, ASKED_BY), (HireState.PAID, 40, FINANCE),
        ]  # fmt: skip
        for number, (kind, after, by) in enumerate(way if day.month < 12 else way[:6], start=1):
            at = datetime.combine(day, time(18)) + timedelta(days=after, minutes=number)
            events.append({"hire_id": key, "number": number, "kind": kind, "words": "", "at": at, "by": by})
        if chance.random() < RATED_SHARE:
            stars = chance.choices(STARS, STAR_WEIGHTS)[0]
            at = datetime.combine(day, time(19))
            ratings.append({"hire_id": key, "day": day, "stars": stars, "words": "", "at": at, "by": ASKED_BY})
    db.session.execute(insert(HireEvent), events)
    db.session.execute(insert(HireRating), ratings)


def _budgets(demo: DemoYear, units: Sequence[int]) -> None:
    noted = {
        "year": demo.year, "source": "年度预算（演示）", "set_by": FINANCE,
        "set_at": datetime.combine(date(demo.year, 1, 5), time(9)),
    }  # fmt: skip
    rows = [{"unit_id": key, "amount": Decimal(BUDGETS[MoneyFrom.UNIT]), **noted} for key in units]
    rows.append({"unit_id": None, "amount": Decimal(BUDGETS[MoneyFrom.CENTRE]), **noted})
    db.session.execute(insert(HireBudget), rows)


def _publish(trips: Sequence[Row], actuals: Sequence[Row]) -> None:
    """Every month's list was made public in the first days of the next."""
    by_month: dict[date, list[tuple[Row, Row]]] = defaultdict(list)
    for trip, actual in zip(trips, actuals, strict=True):
        by_month[trip["day"].replace(day=1)].append((trip, actual))
    rows = [
        {"month": first, "activities": len({trip["hire_id"] for trip, _actual in pairs}), "trips": len(pairs),
         "cost": sum(actual["fee"] for _trip, actual in pairs), "by": OFFICE,
         "at": datetime.combine(first + timedelta(days=34), time(9))}
        for first, pairs in sorted(by_month.items())
    ]  # fmt: skip
    db.session.execute(insert(HireNotice), rows)
