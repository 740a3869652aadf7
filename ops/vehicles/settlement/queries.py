"""Reads of settlement: trips that no statement holds yet and what they cost, statements, tariffs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, cast

from flask import abort
from sqlalchemy import ColumnElement, Select, case, exists, func, select, union_all
from sqlalchemy.orm import joinedload, lazyload, selectinload

from ...core.access import Actor
from ...core.db import db
from ...core.period import Period, month, parse, year
from ...people.models import Unit, User, UserRole
from ..foureyes import check_other
from ..models import Departure, Dispatch, SharedRide, TripRequest, TripReturn
from ..odometer import trips as dials
from ..rulebook import queries as rulebook
from ..rulebook.book import Book, Version
from . import rules
from .kilometre_queries import objections
from .models import CarClass, Statement, StatementLine, StatementState, StatementVerdict, Tariff
from .permissions import GRANTS, Permission
from .rules import Use, car_class, class_rule, in_force, price, shares
from .worked import Worked, work_out

WAITING = "waiting"


@dataclass(frozen=True)
class Charge:
    """A trip as it would stand on a statement; `tariff` None: no price is set for its class on that day."""

    dispatch: Dispatch
    request: TripRequest
    use: Use
    tariff: Tariff | None
    amount: Decimal
    share: str


def charges(unit_id: int, last: date) -> list[Charge]:
    """The unit's trips that came back by then, stand on no statement, and whose kilometres nobody contests."""
    tariffs, book = db.session.scalars(select(Tariff)).all(), rulebook.book()
    rows = select(Dispatch).join(TripReturn).where(TripReturn.day <= last, Dispatch.id.in_(_open_for(unit_id)))
    plain = lazyload("*")
    aboard = selectinload(Dispatch.rides).options(plain, joinedload(SharedRide.request).options(plain))
    rows = rows.options(joinedload(Dispatch.request).options(plain), aboard).order_by(TripReturn.day, Dispatch.id)
    carried = db.session.scalars(rows).unique().all()
    keys = [each.id for each in carried]
    contested, billed, driven = set(db.session.scalars(objections())), set(_billed(keys)), dials.of_trips(keys)
    found = []
    for dispatch in carried:
        for charge in _charged(dispatch, driven.get(dispatch.id, 0), tariffs, book):
            mine = charge.request.unit_id == unit_id and charge.request.id not in contested
            if mine and (dispatch.id, charge.request.id) not in billed:
                found.append(charge)
    return found


def _open_for(unit_id: int) -> Select[int]:
    """Trips that carry a request of the unit."""
    own = select(Dispatch.id).join(TripRequest, TripRequest.id == Dispatch.request_id)
    riding = select(SharedRide.dispatch_id).join(TripRequest, TripRequest.id == SharedRide.request_id)
    mine = TripRequest.unit_id == unit_id
    both = own.where(mine).union(riding.where(mine, SharedRide.released_at.is_(None))).subquery()
    return select(both.c.id)


def _billed(dispatch_ids: Sequence[int]) -> Sequence[tuple[int | None, int | None]]:
    rows = select(StatementLine.dispatch_id, StatementLine.request_id)
    found = db.session.execute(rows.where(StatementLine.dispatch_id.in_(dispatch_ids)))
    return [(dispatch, request) for dispatch, request in found]


def _charged(dispatch: Dispatch, kilometres: int, tariffs: Sequence[Tariff], book: Book) -> list[Charge]:
    """One charge for each request aboard, the price shared by people."""
    start, end = dispatch.departure, dispatch.trip_return
    if start is None or end is None:
        return []
    use = Use(kilometres, start.at, end.at)
    of_class = car_class(dispatch.vehicle.seats, class_rule(book, dispatch.day).values)
    tariff = in_force(tariffs, of_class, dispatch.day)
    total = price(tariff, use) if tariff else Decimal("0.00")
    aboard = dispatch.aboard
    people = [each.people for each in aboard]
    return [
        Charge(dispatch, request, use, tariff, amount, f"{request.people}/{sum(people)}" if len(aboard) > 1 else "")
        for request, amount in zip(aboard, shares(total, people), strict=True)
    ]


def statements(actor: Actor) -> Any:
    """All of them for those who settle and watch, a liaison his unit's."""
    found = select(Statement, Unit.name).join(Unit, Unit.id == Statement.unit_id)
    return found if actor.may(Permission.STATEMENT_ALL) else found.where(Statement.unit_id == (actor.unit_id or 0))


def lines_of_trip(request_id: int, actor: Actor) -> Any:
    """(line, statement) of a request, on statements that the actor may see."""
    rows = select(StatementLine, Statement).join(Statement, Statement.id == StatementLine.statement_id)
    rows = rows.where(StatementLine.request_id == request_id).order_by(StatementLine.id)
    return rows if actor.may(Permission.STATEMENT_ALL) else rows.where(Statement.unit_id == (actor.unit_id or 0))


def visible_statement(statement_id: int, actor: Actor) -> Statement:
    found = db.session.execute(statements(actor).where(Statement.id == statement_id)).first()
    return cast(Statement, found[0]) if found else abort(404)


def worked_out(statement: Statement) -> dict[int, Worked]:
    """By line how its amount came about, from the tariff it was issued with; corrections have none."""
    keys = {line.dispatch_id for line in statement.lines if line.tariff_id}
    moments = select(Departure.dispatch_id, Departure.at, TripReturn.at)
    moments = moments.join(TripReturn, TripReturn.dispatch_id == Departure.dispatch_id)
    out = {key: at for key, *at in db.session.execute(moments.where(Departure.dispatch_id.in_(keys)))}
    wanted = {line.tariff_id for line in statement.lines}
    used = {each.id: each for each in db.session.scalars(select(Tariff).where(Tariff.id.in_(wanted)))}
    return {
        line.id: work_out(line, used[line.tariff_id], Use(line.kilometres, *out[line.dispatch_id]))
        for line in statement.lines
        if line.tariff_id and line.dispatch_id in out and line.answers is None
    }


def own_statement(statement_id: int, actor: Actor) -> Statement:
    """Only the unit itself answers for it."""
    found = visible_statement(statement_id, actor)
    return found if found.unit_id == actor.unit_id else abort(404)


def check_not_driven(request: TripRequest, by: Actor) -> None:
    """Who drove the trip does not say how it was."""
    drove = [driver.user_id for driver in request.carried_by.drivers] if request.carried_by else []
    check_other(by, rules.OWN_DRIVE, *drove)


def check_not_issued(statement: Statement, by: Actor) -> None:
    check_other(by, rules.OWN_STATEMENT, statement.issued_by_id)


def waiting_for(actor: Actor) -> int:
    """Statements of the actor's unit that it has not spoken on since they were issued or corrected."""
    return _count(Statement.unit_id == (actor.unit_id or 0), in_state(WAITING))


def objected() -> int:
    """Statements with an objection that nobody has answered."""
    return _count(in_state(StatementState.OBJECTED))


def _count(*where: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count(Statement.id)).where(*where)) or 0


def in_state(state: str) -> ColumnElement[bool]:
    """As `Statement.state` says it of each; WAITING: it is the unit's turn."""
    of_it = StatementVerdict.statement_id == Statement.id
    said, agreed = exists().where(of_it), exists().where(of_it, StatementVerdict.agreed)
    last = select(func.max(StatementVerdict.number)).where(of_it).correlate(Statement).scalar_subquery()
    line = StatementLine
    answered = exists().where(line.statement_id == Statement.id, line.answers == last).correlate(Statement)
    verdicts = {
        WAITING: ~agreed & (~said | answered), StatementState.ISSUED: ~said, StatementState.CONFIRMED: agreed,
        StatementState.OBJECTED: said & ~agreed & ~answered, StatementState.CORRECTED: said & ~agreed & answered,
    }  # fmt: skip
    return verdicts[state]


def of_unit(unit_id: str) -> ColumnElement[bool]:
    return Statement.unit_id == int(unit_id)


def of_period(key: str) -> ColumnElement[bool]:
    period = parse(key)
    return Statement.first.between(period.first, period.last)


def settled_units() -> list[tuple[str, str]]:
    """Units that a statement was issued to."""
    rows = select(Unit.id, Unit.name).where(Unit.id.in_(select(Statement.unit_id))).order_by(Unit.name)
    return [(str(key), name) for key, name in db.session.execute(rows)]


def periods(today: date) -> list[Period]:
    """The years with statements, newest first, and the months of the latest."""
    first, last = db.session.execute(select(func.min(Statement.first), func.max(Statement.first))).one()
    newest, oldest = (last or today).year, (first or today).year
    return [*(year(each) for each in range(newest, oldest - 1, -1)), *(month(newest, each) for each in range(1, 13))]


def units_with_trips(last: date) -> list[tuple[int, str, int]]:
    """(unit, its name, how many) of trips back by then, own or shared ones, that stand on none of its statements and
    whose kilometres it does not contest.
    """
    own = select(Dispatch.request_id, Dispatch.id.label("dispatch_id"))
    riding = select(SharedRide.request_id, SharedRide.dispatch_id).where(SharedRide.released_at.is_(None))
    carried = union_all(own, riding).subquery()
    same = (StatementLine.dispatch_id == carried.c.dispatch_id, StatementLine.request_id == carried.c.request_id)
    rows = select(Unit.id, Unit.name, func.count()).join(TripRequest, TripRequest.unit_id == Unit.id)
    rows = rows.join(carried, carried.c.request_id == TripRequest.id)
    rows = rows.join(TripReturn, TripReturn.dispatch_id == carried.c.dispatch_id)
    rows = rows.where(TripReturn.day <= last, ~exists().where(*same), TripRequest.id.not_in(objections()))
    found = db.session.execute(rows.group_by(Unit.id, Unit.name).order_by(Unit.name))
    return [(key, name, count) for key, name, count in found]


def liaisons(unit_id: int) -> list[int]:
    """The users who answer for the unit."""
    roles = [str(role) for role, granted in GRANTS.items() if Permission.STATEMENT_ANSWER in granted]
    rows = select(User.id).join(UserRole, UserRole.user_id == User.id).where(User.unit_id == unit_id)
    return list(db.session.scalars(rows.where(UserRole.role.in_(roles), User.disabled_at.is_(None)).distinct()))


BY_SIZE: Any = case({str(each): at for at, each in enumerate(CarClass)}, value=Tariff.car_class)


def bounds(day: date) -> Version:
    """Which seats make which class on the day, with the rule behind it."""
    return class_rule(rulebook.book(), day)


def tariffs() -> Select[Tariff]:
    return select(Tariff)


def tariffs_in_force(day: date) -> set[int]:
    """Of each class the one that holds on the day."""
    every = db.session.scalars(tariffs()).all()
    return {found.id for each in CarClass if (found := in_force(every, each, day))}
