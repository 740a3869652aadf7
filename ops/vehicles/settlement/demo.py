"""Demo: units rate their trips, and each month's statement is issued and confirmed; some object, the last ones wait."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import func, insert, select

from ...core import clock
from ...core.db import db
from ...core.demo import DemoYear
from ...core.period import month
from ...indicators import stale
from ..models import Departure, Dispatch, SharedRide, TripRequest, TripReturn, Vehicle
from ..rulebook.book import bound
from .models import (
    KilometreAnswer,
    KilometreCheck,
    Statement,
    StatementLine,
    StatementVerdict,
    Tariff,
    TripRating,
    TripSettlement,
)
from .rules import Use, car_class, class_rule, in_force, price, shares

CONTESTED_EVERY, LAST_MONTH = 90, 12
RATED_SHARE, STARS, STAR_WEIGHTS = 0.7, (5, 4, 3), (80, 17, 3)
ASKED_BY, SETTLED_BY, SECTION = "单位联络员（演示）", "财务人员（演示）", "车辆管理科（演示）"
DOUBTED, FOUND = "里程偏多，请核对表底（演示）", "已核对里程表照片，读数无误（演示）"
LINE = ("statement_id", "tariff_id", "day", "plate", "destination", "amount", "by")
Row = dict[str, Any]


def make(demo: DemoYear) -> None:
    first = date(demo.year, 1, 1)
    driven, earlier = _trips(first, date(demo.year, 12, 31)), _left_open(first)
    trips = [trip for trip in driven if not trip["place"]]
    chance = demo.chance("vehicles settlement")
    said = {trip["request_id"]: trip["back"] + timedelta(minutes=chance.randint(5, 90)) for trip in trips}
    said |= {trip["request_id"]: trip["back"] + timedelta(hours=2) for trip in driven if trip["place"]}
    rated = [trip for trip in trips if chance.random() < RATED_SHARE]
    stars = chance.choices(STARS, STAR_WEIGHTS, k=len(rated))
    silent, contested, *others = _alone(trips)
    answered = others[len(others) // 2 :: len(others)]
    ratings = [
        {"request_id": trip["request_id"], "day": trip["back"].date(), "stars": number, "words": "",
         "at": said[trip["request_id"]], "by": ASKED_BY}
        for trip, number in zip(rated, stars, strict=True)
    ]  # fmt: skip
    db.session.execute(insert(TripRating), ratings)
    stale.touch(TripRating, {row["day"] for row in ratings})
    _say(driven, said, silent, contested, answered)
    _agree(earlier, first)
    _confirm_earlier(first)
    _issue([*earlier, *(trip for trip in driven if trip not in (silent, contested))], first)


def _alone(trips: list[Row]) -> list[Row]:
    """Latest first, those that nobody shared: of the first the unit says nothing yet, the next it contests."""
    return [trip for trip in reversed(trips) if len(trip["aboard"]) == 1]


def _say(driven: list[Row], said: dict[int, datetime], silent: Row, contested: Row, answered: list[Row]) -> None:
    """Every unit agrees to the kilometres at once, but for those three."""
    checks = []
    for trip in driven:
        at = said[trip["request_id"]]
        if trip in answered:
            checks += [_check(trip, 1, at, False), _check(trip, 2, at + timedelta(days=2))]
        elif trip is not silent:
            checks.append(_check(trip, 1, at, trip is not contested))
    db.session.execute(insert(KilometreCheck), checks)
    keys = [trip["request_id"] for trip in answered]
    rows = select(KilometreCheck).where(KilometreCheck.request_id.in_(keys), KilometreCheck.number == 1)
    told = [
        {"check_id": each.id, "kilometres": each.kilometres, "words": FOUND, "at": each.at + timedelta(days=1),
         "by": SECTION}
        for each in db.session.scalars(rows)
    ]  # fmt: skip
    db.session.execute(insert(KilometreAnswer), told)


def _check(trip: Row, number: int, at: datetime, agreed: bool = True) -> Row:
    words = "" if agreed else DOUBTED
    return {
        "request_id": trip["request_id"], "number": number, "agreed": agreed, "kilometres": trip["km"], "words": words,
        "at": at, "by": ASKED_BY,
    }  # fmt: skip


def _left_open(first: date) -> list[Row]:
    """Trips of the year before that stand on no statement yet."""
    billed = set(db.session.scalars(select(StatementLine.request_id)))
    return [
        trip
        for trip in _trips(date(first.year - 1, 1, 1), first - timedelta(days=1))
        if trip["request_id"] not in billed
    ]


def _agree(trips: list[Row], first: date) -> None:
    """In the new year the unit agrees to what the year before left open."""
    known = select(KilometreCheck.request_id, func.count()).group_by(KilometreCheck.request_id)
    numbers = dict(
        iter(db.session.execute(known.where(KilometreCheck.request_id.in_([t["request_id"] for t in trips]))))
    )
    at = datetime.combine(first + timedelta(days=3), time(10))
    rows = [_check(trip, numbers.get(trip["request_id"], 0) + 1, at) for trip in trips]
    if rows:
        db.session.execute(insert(KilometreCheck), rows)


def _confirm_earlier(first: date) -> None:
    """Statements of the year before that wait are answered in the new year; an objection is met with a correction."""
    confirmed = select(StatementVerdict.statement_id).where(StatementVerdict.agreed)
    waiting = select(Statement).where(Statement.last < first, Statement.id.not_in(confirmed)).order_by(Statement.id)
    at, lines, verdicts, settled = datetime.combine(first + timedelta(days=9), time(10)), [], [], []
    for each in db.session.scalars(waiting):
        if each.verdicts:
            line = each.lines[0]
            kept = {name: getattr(line, name) for name in LINE}
            lines.append(_correction(kept, {"issued_at": each.issued_at}))
        verdicts.append({"statement_id": each.id, "number": len(each.verdicts) + 1, "agreed": True, "words": "",
                         "at": at, "by": ASKED_BY})  # fmt: skip
        done = {"statement_id": each.id, "at": at, "by": ASKED_BY}
        settled += [{**done, "request_id": line.request_id} for line in each.lines]
    for model, rows in ((StatementLine, lines), (StatementVerdict, verdicts), (TripSettlement, settled)):
        if rows:
            db.session.execute(insert(model), rows)


def _trips(first: date, last: date) -> list[Row]:
    rows = select(Dispatch).join(TripRequest, TripRequest.id == Dispatch.request_id).join(Departure).join(TripReturn)
    rows = rows.join(Vehicle, Vehicle.id == Dispatch.vehicle_id)
    within = TripReturn.day.between(first, last)
    columns: tuple[Any, ...] = (
        Dispatch.id, Dispatch.request_id, Dispatch.day, TripRequest.unit_id, TripRequest.destination, Departure.at,
        TripReturn.at, Vehicle.plate, Vehicle.seats, TripReturn.odometer - Departure.odometer, TripRequest.people,
    )  # fmt: skip
    riders = _riders()
    found = db.session.execute(rows.with_only_columns(*columns).where(within).order_by(TripReturn.at))
    trip = ("dispatch_id", "request_id", "day", "unit_id", "destination", "left", "back")
    names = (*trip, "plate", "seats", "km", "people")
    return [each for row in found for each in _shared(dict(zip(names, row, strict=True)), riders)]


def _riders() -> dict[int, list[Row]]:
    """Who rode along, by trip."""
    rows = select(SharedRide.dispatch_id, TripRequest.id, TripRequest.unit_id, TripRequest.people)
    rows = rows.join(TripRequest, TripRequest.id == SharedRide.request_id).where(SharedRide.released_at.is_(None))
    found: dict[int, list[Row]] = defaultdict(list)
    for key, request_id, unit_id, people in db.session.execute(rows.order_by(SharedRide.id)):
        found[key].append({"request_id": request_id, "unit_id": unit_id, "people": people})
    return found


def _shared(trip: Row, riders: dict[int, list[Row]]) -> list[Row]:
    """A row for each request aboard; `place` 0 is the trip's own."""
    along = [{}, *riders.get(trip["dispatch_id"], [])]
    aboard = [{**trip, **each, "place": place} for place, each in enumerate(along)]
    return [{**each, "aboard": [other["people"] for other in aboard]} for each in aboard]


def _issue(trips: list[Row], earliest: date) -> None:
    tariffs = db.session.scalars(select(Tariff)).all()
    by_statement: dict[tuple[date, int], list[Row]] = defaultdict(list)
    for trip in trips:
        by_statement[max(earliest, trip["back"].date().replace(day=1)), trip["unit_id"]].append(trip)
    keys = sorted(by_statement)
    heads = [_head(first, unit_id) for first, unit_id in keys]
    numbers = db.session.scalars(insert(Statement).returning(Statement.id, sort_by_parameter_order=True), heads).all()
    lines, verdicts, settled = [], [], []
    for place, (key, number, head) in enumerate(zip(keys, numbers, heads, strict=True)):
        of_statement = [_line(trip, number, head, tariffs) for trip in by_statement[key]]
        lines += of_statement
        contested = place % CONTESTED_EVERY == CONTESTED_EVERY - 1
        answered, said = _verdicts(number, head, is_last=key[0].month == LAST_MONTH, contested=contested)
        verdicts += said
        if contested and answered:
            lines.append(_correction(of_statement[0], head))
        if answered:
            done = {"statement_id": number, "at": said[-1]["at"], "by": ASKED_BY}
            settled += [{**done, "request_id": trip["request_id"]} for trip in by_statement[key]]
    db.session.execute(insert(StatementLine), lines)
    db.session.execute(insert(StatementVerdict), verdicts)
    db.session.execute(insert(TripSettlement), settled)


def _verdicts(number: int, head: Row, *, is_last: bool, contested: bool) -> tuple[bool, list[Row]]:
    """(whether the unit confirmed in the end, what it said). Of the last month's only an objection has come in."""
    at = head["issued_at"] + timedelta(days=2)
    of_it = {"statement_id": number, "by": ASKED_BY}
    no = {**of_it, "number": 1, "agreed": False, "words": "当日提前返回，等候时间计多（演示）", "at": at}
    yes = {**of_it, "number": 2 if contested else 1, "agreed": True, "words": ""}
    if is_last:
        return False, [no] if contested else []
    return True, [no, {**yes, "at": at + timedelta(days=3)}] if contested else [{**yes, "at": at}]


def _correction(line: Row, head: Row) -> Row:
    """A signed row takes off a tenth."""
    off = {"dispatch_id": None, "request_id": None, "kilometres": 0, "minutes": 0, "share": "", "answers": 1}
    less = -(Decimal(line["amount"]) / 10).quantize(Decimal("0.01"))
    said = {"amount": less, "words": "经核对派车单，减计等候费用（演示）", "at": head["issued_at"] + timedelta(days=4)}
    return {**line, **off, **said}


def _head(first: date, unit_id: int) -> Row:
    last = month(first.year, first.month).last
    issued = min(datetime.combine(last + timedelta(days=5), time(9)), clock.now())
    return {"unit_id": unit_id, "first": first, "last": last, "issued_at": issued, "issued_by": SETTLED_BY}


def _line(trip: Row, statement_id: int, head: Row, tariffs: Any) -> Row:
    use = Use(trip["km"], trip["left"], trip["back"])
    tariff = in_force(tariffs, car_class(trip["seats"], class_rule(bound(), trip["day"]).values), trip["day"])
    aboard = trip["aboard"]
    total = price(tariff, use) if tariff else Decimal(0)
    share = f"{aboard[trip['place']]}/{sum(aboard)}" if len(aboard) > 1 else ""
    kept = {name: trip[name] for name in ("dispatch_id", "request_id", "plate", "destination")}
    return {
        **kept, "statement_id": statement_id, "tariff_id": tariff.id if tariff else None, "day": trip["back"].date(),
        "kilometres": use.kilometres, "minutes": use.minutes, "share": share, "words": "", "answers": None,
        "amount": shares(total, aboard)[trip["place"]], "at": head["issued_at"], "by": SETTLED_BY,
    }  # fmt: skip
