"""The verbs of settlement: check the kilometres, rate, issue a statement, confirm or object, correct, set a tariff."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from ...core import audit, clock
from ...core.access import Actor, system
from ...core.db import db, hold, hold_row
from ...core.errors import Rejected
from ...core.period import Period, month, parse
from ...people.models import Unit
from .. import rules as trip_rules
from ..models import TripRequest
from ..odometer import trips as dials
from . import kilometre_queries as kilometres
from . import notices, queries, rules
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

FIRST_TARIFFS = Path(__file__).parent / "data" / "tariffs.json"
IN_FORCE_FROM = date(2020, 1, 1)


def check_kilometres(request: TripRequest, agreed: bool, words: str, by: Actor, seen: str = "") -> KilometreCheck:
    """The unit agrees to the kilometres of its trip as they stand, or objects; the section then looks at the dial."""
    hold_row(request)
    db.session.expire(request)
    trip_rules.check_seen(request.mark, seen)
    rules.check_back(request.state)
    queries.check_not_driven(request, by)
    rules.check_words(agreed, words)
    row = _note_check(request, agreed, words, by)
    if not agreed:
        db.session.flush()
        notices.contested(request, row)
    return row


def answer_kilometres(request: TripRequest, words: str, by: Actor, seen: str = "") -> KilometreAnswer:
    """What the section found on the unit's objection: it read the dial again, or put it right. The unit looks again."""
    hold_row(request)
    db.session.expire(request)
    trip_rules.check_seen(request.mark, seen)
    rules.check_back(request.state)
    check = rules.check_contested(kilometres.last_check(request.id))
    row = KilometreAnswer(check_id=check.id, kilometres=dials.of_trip(request.carried_by), words=words.strip())
    row.at, row.by = clock.now(), by.name
    check.answer = row
    audit.record("vehicles.kilometres.answered", request, by)
    notices.answered(request, check)
    return row


def sign_on_the_spot(request: TripRequest, name: str, phone_tail: str, by: Actor) -> KilometreCheck:
    """The user of the car confirmed on the driver's phone: the unit's confirmation, until the unit says otherwise."""
    hold_row(request)
    db.session.expire(request)
    rules.check_back(request.state)
    return _note_check(request, True, f"{name} ****{phone_tail}", by)


def _note_check(request: TripRequest, agreed: bool, words: str, by: Actor) -> KilometreCheck:
    number = len(kilometres.checks_of(request.id)) + 1
    row = KilometreCheck(request_id=request.id, number=number, agreed=agreed, words=words.strip())
    row.kilometres, row.at, row.by = dials.of_trip(request.carried_by), clock.now(), by.name
    db.session.add(row)
    audit.record("vehicles.kilometres.agreed" if agreed else "vehicles.kilometres.contested", request, by)
    return row


def rate(request: TripRequest, stars: int, words: str, by: Actor, seen: str = "") -> TripRating:
    """One to five stars from the unit, once."""
    hold_row(request)
    db.session.expire(request)
    trip_rules.check_seen(request.mark, seen)
    rules.check_rating(request.state, request.rating is not None)
    queries.check_not_driven(request, by)
    back = request.carried_by.trip_return if request.carried_by else None
    row = TripRating(request_id=request.id, day=back.day if back else clock.today(), stars=int(stars))
    row.words, row.at, row.by = words.strip(), clock.now(), by.name
    db.session.add(row)
    audit.record("vehicles.trip.rated", request, by)
    db.session.expire(request, ["rating"])
    return row


def whole_month(key: str) -> Period:
    """A month from its key, 2023-05."""
    try:
        found = parse(key.strip())
    except Rejected:
        found = None
    if found is None or found != month(found.first.year, found.first.month):
        raise Rejected(_l("Write the month like 2023-05."), "month")
    return found


def issue(unit_id: int, period: Period, by: Actor) -> Statement:
    """Freeze what the unit's trips cost, up to the end of the month: those that stand on no statement yet."""
    hold(Unit, unit_id)
    rules.check_month(period.last, clock.today())
    found = queries.charges(unit_id, period.last)
    if not found:
        raise Rejected(_l("No trip of the unit waits for a statement."), "unit_id")
    rules.check_priced([(each.request.destination, each.dispatch) for each in found if each.tariff is None])
    statement = Statement(unit_id=unit_id, first=period.first, last=period.last)
    statement.issued_at, statement.issued_by, statement.issued_by_id = clock.now(), by.name, by.user_id
    statement.lines = [_line(charge, by) for charge in found]
    db.session.add(statement)
    audit.record("vehicles.statement.issued", statement, by)
    db.session.flush()
    notices.issued(statement)
    return statement


def issue_month(unit_id: int, month: str, by: Actor) -> Statement:
    """The statement of a month, from its key."""
    return issue(unit_id, whole_month(month), by)


def issue_chosen(unit_id: int | None, month: str, by: Actor) -> list[Statement]:
    """Of one unit, or of every unit with trips that wait: all of them or none."""
    if unit_id is not None:
        return [issue_month(unit_id, month, by)]
    period = whole_month(month)
    rules.check_month(period.last, clock.today())
    units = _waiting(period)
    hold(Unit, *units)
    units = [key for key in _waiting(period) if key in units]  # a colleague may have issued some meanwhile
    if not units:
        raise Rejected(_l("No trip of any unit waits for a statement."), "month")
    return [issue(key, period, by) for key in units]


def _waiting(period: Period) -> list[int]:
    return [key for key, _name, _trips in queries.units_with_trips(period.last)]


def _line(charge: queries.Charge, by: Actor) -> StatementLine:
    back = charge.dispatch.trip_return
    line = StatementLine(dispatch_id=charge.dispatch.id, request_id=charge.request.id, amount=charge.amount)
    line.tariff_id = charge.tariff.id if charge.tariff else None
    line.day = back.day if back else charge.dispatch.day
    line.plate, line.destination = charge.dispatch.vehicle.plate, charge.request.destination
    line.kilometres, line.minutes, line.share = charge.use.kilometres, charge.use.minutes, charge.share
    line.words, line.at, line.by = "", clock.now(), by.name
    return line


def answer(statement: Statement, agreed: bool, words: str, by: Actor, seen: str = "") -> StatementVerdict:
    """The unit confirms the statement, which settles its trips; or objects with the reason."""
    hold_row(statement)
    rules.check_seen(statement.mark, seen)
    rules.check_verdict(statement.state)
    queries.check_not_issued(statement, by)
    rules.check_words(agreed, words)
    row = StatementVerdict(number=len(statement.verdicts) + 1, agreed=agreed, words=words.strip())
    row.at, row.by = clock.now(), by.name
    statement.verdicts.append(row)
    if agreed:
        keys = {line.request_id for line in statement.lines if line.request_id}
        settled = {"statement_id": statement.id, "at": row.at, "by": by.name}
        db.session.add_all(TripSettlement(request_id=key, **settled) for key in sorted(keys))
    audit.record("vehicles.statement.confirmed" if agreed else "vehicles.statement.contested", statement, by)
    if not agreed:
        notices.objected(statement)
    return row


def correct(
    statement: Statement, amount: Decimal, words: str, by: Actor, line_id: int | None = None, seen: str = ""
) -> StatementLine:
    """Answer an objection: a signed row is added, which may be of nothing; no line is ever changed."""
    hold_row(statement)
    rules.check_seen(statement.mark, seen)
    rules.check_correction(statement.state, statement.total, amount)
    of = next((line for line in statement.lines if line.id == line_id), None)
    row = StatementLine(amount=amount, words=words.strip(), answers=statement.verdicts[-1].number, share="")
    row.day, row.plate = (of.day, of.plate) if of else (clock.today(), "")
    row.destination, row.kilometres, row.minutes = of.destination if of else "", 0, 0
    row.at, row.by = clock.now(), by.name
    statement.lines.append(row)
    audit.record("vehicles.statement.corrected", statement, by)
    notices.corrected(statement)
    return row


def set_tariff(
    car_class: str,
    method: str,
    day_price: Decimal,
    base_km: int,
    base_hours: int,
    km_price: Decimal,
    hour_price: Decimal,
    far_from: int,
    far_price: Decimal,
    least_km: int,
    valid_from: date,
    source: str,
    confirmed: bool,
    by: Actor,
) -> Tariff:
    """What the class costs from that day on; statements that were issued before stay as they are."""
    rules.check_prices(method, day_price, km_price, int(far_from), far_price)
    if db.session.scalar(select(Tariff.id).filter_by(car_class=car_class, valid_from=valid_from)):
        raise Rejected(_l("A value that begins on this day is entered already."), "valid_from")
    row = Tariff(car_class=car_class, method=method, day_price=day_price, km_price=km_price, hour_price=hour_price)
    row.base_km, row.base_hours, row.least_km = int(base_km), int(base_hours), int(least_km)
    row.far_from, row.far_price = int(far_from), far_price
    row.valid_from, row.source, row.confirmed = valid_from, source.strip(), confirmed
    row.set_at, row.set_by = clock.now(), by.name
    db.session.add(row)
    audit.record("vehicles.tariff.set", row, by)
    return row


def load_tariffs() -> None:
    """The examples a new house begins with, marked as not confirmed."""
    if db.session.scalar(select(Tariff.id).limit(1)):
        return
    by = system("reference data")
    for row in json.loads(FIRST_TARIFFS.read_text("utf-8")):
        prices = {name: Decimal(row.pop(name)) for name in ("km_price", "far_price") if name in row}
        kept = {"valid_from": IN_FORCE_FROM, "confirmed": False, "set_at": clock.now(), "set_by": by.name}
        db.session.add(Tariff(**row, **prices, **kept))
    audit.record("vehicles.tariffs.loaded", "tariff", by)
