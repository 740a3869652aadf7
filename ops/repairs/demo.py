"""Demo: a year of tickets. 2022 as the published narrative tells it (every rate 100 %), other years nearly as good."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from sqlalchemy import insert, select

from ..core import audit
from ..core.db import db
from ..core.demo import DemoYear
from ..indicators import stale
from ..people.models import Unit, User, UserRole
from ..people.roles import Role
from ..places.models import Building
from . import limits
from .models import LimitKind, StepKind, Ticket, TicketStep, Trade, Urgency
from .words import STATES

FLAWLESS = 2022
TICKETS = {FLAWLESS: 1812}
USUAL_TICKETS = 1906
PLACES = (("置业大厦", 18), ("政府大院主楼", 6))
FAULTS = {
    Trade.WATER: ("水龙头漏水", "下水不畅"),
    Trade.POWER: ("灯管不亮", "插座无电"),
    Trade.HEATING: ("暖气不热", "阀门渗水"),
    Trade.WOODWORK: ("桌椅松动", "柜门脱落"),
    Trade.MASONRY: ("墙皮脱落", "地砖松动"),
    Trade.DOORS: ("门锁损坏", "窗扇关不严"),
    Trade.COOLING: ("空调不制冷", "空调滴水"),
    Trade.LIFT: ("按键失灵", "门开关异响"),
    Trade.WEAK_CURRENT: ("网络不通", "电话无声"),
    Trade.FIRE: ("应急灯不亮", "指示牌脱落"),
}
REPLIES = {StepKind.CONFIRMED: "回访：已修好", StepKind.FINISHED: "已修复，试用正常", StepKind.RETURNED: "仍有故障"}
STILL_OPEN = (None, StepKind.ACCEPTED, StepKind.ASSIGNED, StepKind.ASSIGNED, StepKind.ATTENDED, StepKind.FINISHED)


@dataclass
class _Life:
    """The steps of one ticket as they are made up: each some minutes after the one before."""

    at: datetime
    rows: list[dict[str, Any]] = field(default_factory=list)
    round: int = 1

    def add(self, kind: StepKind, minutes: int, by: str, **details: Any) -> datetime:
        self.at += timedelta(minutes=minutes)
        row = dict.fromkeys(("worker_id", "worker", "materials", "cost", "stars", "until"))
        row |= {"number": len(self.rows) + 1, "round": self.round, "kind": kind, "at": self.at, "day": self.at.date()}
        self.rows.append({**row, "by": by, "note": REPLIES.get(kind, ""), **details})
        return self.at


@dataclass(frozen=True)
class _House:
    """What the tickets of the year refer to."""

    chance: Random
    flawless: bool
    units: list[int]
    buildings: Mapping[str, tuple[int, int]]
    limits: limits.InForce
    worker_id: int | None


def make(demo: DemoYear) -> None:
    """Tickets on the year's working days, their steps after them; both in one bulk insert each."""
    house = _house(demo)
    days = sorted(house.chance.choices(demo.working_days, k=TICKETS.get(demo.year, USUAL_TICKETS)))
    tickets = [_ticket(house, number, day) for number, day in enumerate(days, start=1)]
    lives = [_life(house, ticket) for ticket in tickets]
    if not house.flawless:
        _leave_open(house, tickets, lives)
    ids = db.session.scalars(insert(Ticket).returning(Ticket.id, sort_by_parameter_order=True), tickets).all()
    steps = [{**row, "ticket_id": key} for key, life in zip(ids, lives, strict=True) for row in life.rows]
    db.session.execute(insert(TicketStep), steps)
    stale.touch(Ticket, {*days, *(row["day"] for row in steps)})
    stale.touch(TicketStep, {row["day"] for row in steps})
    audit.record("repairs.demo.made", "ticket", demo.by, tickets=len(tickets), steps=len(steps))


def _house(demo: DemoYear) -> _House:
    units = list(db.session.scalars(select(Unit.id).where(Unit.demo).order_by(Unit.id)))
    buildings = {name: (key, campus) for key, campus, name in db.session.execute(_buildings())}
    worker = select(User.id).join(UserRole).where(User.demo, UserRole.role == Role.REPAIR).limit(1)
    known = limits.in_force(demo.working_days[0])
    return _House(demo.chance("repairs"), demo.year == FLAWLESS, units, buildings, known, db.session.scalar(worker))


def _buildings() -> Any:
    return select(Building.id, Building.campus_id, Building.name)


def _ticket(house: _House, number: int, day: date) -> dict[str, Any]:
    chance = house.chance
    at = datetime.combine(day, time(8)) + timedelta(minutes=chance.randrange(9 * 60))
    trade = chance.choice(list(Trade))
    urgency = chance.choices(list(Urgency), (10, 80, 10))[0]
    tower, floors = PLACES[number % len(PLACES)]
    building_id, campus_id = house.buildings.get(tower, (None, None))
    return {
        "unit_id": chance.choice(house.units), "building_id": building_id, "campus_id": campus_id,
        "place": f"{tower} {chance.randint(1, floors)}{chance.randint(1, 30):02}室", "trade": trade, "urgency": urgency,
        "description": f"{chance.choice(FAULTS[trade])}（演示）", "contact": f"联络员{number % 60 + 1:02}（演示）",
        "day": day, "reported_at": at, "reported_by": f"联络员{number % 60 + 1:02}（演示）",
        "accept_by": limits.due(house.limits, LimitKind.RESPONSE, urgency, at),
        "attend_by": limits.due_on_site(house.limits, urgency, at),
        "finish_by": limits.due(house.limits, LimitKind.FINISH, urgency, at),
    }  # fmt: skip


def _life(house: _House, ticket: dict[str, Any]) -> _Life:
    chance, life = house.chance, _Life(ticket["reported_at"])
    if chance.random() < 0.01:
        life.add(StepKind.VOIDED, 10, "值班员（演示）", note="重复报修")
        return life
    slow = not house.flawless and chance.random() < 0.02
    life.add(StepKind.ACCEPTED, chance.randint(150, 240) if slow else chance.randint(1, 12), "值班员（演示）")
    _work(house, life, late=not house.flawless and chance.random() < 0.025)
    if not house.flawless and chance.random() < 0.02:
        _confirm(house, life, chance.randint(30, 300))
        _send_back(house, life, ticket)
    _confirm(house, life, chance.randint(30, 2000))
    if chance.random() < 0.38:
        stars = chance.randint(4, 5) if house.flawless or chance.random() < 0.975 else chance.randint(2, 3)
        life.add(StepKind.RATED, chance.randint(1, 600), ticket["reported_by"], stars=stars)
    return life


def _send_back(house: _House, life: _Life, ticket: dict[str, Any]) -> None:
    minutes = house.chance.randint(600, 9000)
    until = limits.due(house.limits, LimitKind.FINISH, ticket["urgency"], life.at + timedelta(minutes=minutes))
    life.add(StepKind.RETURNED, minutes, ticket["reported_by"], until=until)
    life.round += 1
    _work(house, life, late=False)


def _work(house: _House, life: _Life, late: bool) -> None:
    """Assigned, on site and finished: within 26 minutes of the report on site, within the day finished, unless late."""
    chance = house.chance
    worker = f"维修工{chance.randint(1, 12):02}（演示）"
    cost = Decimal(chance.randint(0, 30000)) / 100 if chance.random() < 0.4 else None
    life.add(StepKind.ASSIGNED, chance.randint(1, 4), "值班员（演示）", worker=worker)
    life.add(StepKind.ATTENDED, chance.randint(40, 200) if late else chance.randint(3, 10), worker)
    minutes = chance.randint(11000, 16000) if late else chance.randint(10, 240)
    life.add(StepKind.FINISHED, minutes, worker, materials="零配件" if cost else None, cost=cost)


def _confirm(house: _House, life: _Life, minutes: int) -> None:
    until = limits.due(house.limits, LimitKind.FIRST_FIX, None, life.at + timedelta(minutes=minutes))
    life.add(StepKind.CONFIRMED, minutes, "房产设备科（演示）", until=until)


def _leave_open(house: _House, tickets: list[dict[str, Any]], lives: list[_Life]) -> None:
    """The year's last tickets are still in the work: what the start pages and the worker's phone show."""
    mine: dict[str, Any] = {"worker_id": house.worker_id, "worker": "维修工01（演示）"}
    for ticket, life, last in zip(tickets[-len(STILL_OPEN) :], lives[-len(STILL_OPEN) :], STILL_OPEN, strict=True):
        life.rows.clear()
        life.at, life.round = ticket["reported_at"], 1
        for kind in _upto(last):
            given = {"worker": "维修工02（演示）"} if last is StepKind.ATTENDED else mine
            life.add(kind, 5, "值班员（演示）", **(given if kind is StepKind.ASSIGNED else {}))
        if last is StepKind.ATTENDED:
            life.add(StepKind.REASSIGNED, 5, "值班员（演示）", note="原维修工另有急修（演示）", **mine)


def _upto(last: StepKind | None) -> Iterator[StepKind]:
    """The usual way of a ticket, from its acceptance to the step `last`."""
    way = [kind for kind in STATES if kind is not None]
    return iter(way[: way.index(last) + 1] if last else [])
