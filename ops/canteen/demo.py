"""Demo: a year of the canteens. 2023 feeds both, some 700,000 meals; other years only the urban one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import cycle
from random import Random
from typing import Any

from sqlalchemy import insert, select

from ..core import audit
from ..core.db import db
from ..core.demo import DemoYear
from ..core.period import year as whole_year
from ..indicators import stale
from ..people.models import Unit
from .models import (
    Canteen,
    Diner,
    Intake,
    IntakeKind,
    Meal,
    OpeningDay,
    SafetyEntry,
    SafetyKind,
    Sitting,
    SubsidyGrant,
    Terminal,
)

BOTH_OPEN = 2023
# of the diners of a canteen, how many come to a sitting on an ordinary day, in thousandths
COME = {"breakfast": 220, "lunch": 715, "dinner": 45}
FINDINGS = ("冷藏柜温度偏高（演示）", "留样标签漏填时间（演示）", "消毒记录缺签字（演示）")


@dataclass(frozen=True)
class House:
    """How many eat in a canteen: `subsidised` of the budget, `guests` without; how many `terminals` stand there."""

    code: str
    letter: str
    subsidised: int
    guests: int
    terminals: int


HOUSES = (House("urban", "C", 455, 4, 2), House("harbour", "L", 2428, 9, 4))


def make(demo: DemoYear) -> None:
    """Register, grants, a year of meals and of daily checks; a year that has meals already is left alone."""
    whole = whole_year(demo.year)
    if db.session.scalar(select(Meal.id).where(Meal.day.between(whole.first, whole.last)).limit(1)):
        return
    houses = HOUSES if demo.year == BOTH_OPEN else HOUSES[:1]
    chance, eaten = demo.chance("canteen"), 0
    name = f"{demo.year}年刷卡记录（演示）.csv"
    intake = Intake(kind=IntakeKind.MEALS, name=name, sha256="", head="[]", already=0, repeated=0, faulty=0, added=0)
    intake.taken_at, intake.taken_by = datetime(demo.year, 12, 31, 20), demo.by.name
    db.session.add(intake)
    db.session.flush()
    for house in houses:
        canteen_id = db.session.scalars(select(Canteen.id).where(Canteen.code == house.code)).one()
        diners = _diners(house)
        _grants(demo, canteen_id, diners[: house.subsidised])
        _look_after(demo, canteen_id, chance)
        eaten += _eat(demo, canteen_id, _terminals(house, canteen_id), diners, intake.id, chance)
    intake.added = eaten
    _mark(demo.working_days)
    audit.record("canteen.demo.made", "meal", demo.by, year=demo.year, meals=eaten)


def _diners(house: House) -> list[int]:
    """Ids of the house's diners, subsidised ones first; registered by the first demo year that needs them."""
    mine = select(Diner.id).where(Diner.number.like(f"{house.letter}%")).order_by(Diner.number)
    if not (found := db.session.scalars(mine).all()):
        units = db.session.scalars(select(Unit.id).where(Unit.demo).order_by(Unit.id)).all()
        db.session.execute(
            insert(Diner), [_diner(house, n, units) for n in range(1, house.subsidised + house.guests + 1)]
        )
        found = db.session.scalars(mine).all()
    return list(found)


def _diner(house: House, number: int, units: Sequence[int]) -> dict[str, Any]:
    code = f"{house.letter}{number:04}"
    return {
        "number": code,
        "name": f"就餐人员{code}（演示）",
        "unit_id": units[number % len(units)],
        "card": f"80{ord(house.letter)}{number:05}",
    }


def _grants(demo: DemoYear, canteen_id: int, diners: list[int]) -> None:
    """For the budget year; every fortieth joins in April or leaves in September."""
    first, last = date(demo.year, 1, 1), date(demo.year, 12, 31)
    joins, leaves = date(demo.year, 4, 1), date(demo.year, 9, 30)
    spans = {0: (joins, last), 20: (first, leaves)}
    rows = [(key, *spans.get(n % 40, (first, last))) for n, key in enumerate(diners)]
    given = {"canteen_id": canteen_id, "granted_at": datetime(demo.year, 1, 3, 9), "granted_by": demo.by.name}
    db.session.execute(
        insert(SubsidyGrant), [{"diner_id": key, "from_on": start, "to_on": end, **given} for key, start, end in rows]
    )


def _look_after(demo: DemoYear, canteen_id: int, chance: Random) -> None:
    """Planned days, and a daily check on each, now and then with something found and mended."""
    db.session.execute(insert(OpeningDay), [{"canteen_id": canteen_id, "day": day} for day in demo.working_days])
    db.session.execute(
        insert(SafetyEntry), [_check(canteen_id, day, chance, demo.by.name) for day in demo.working_days]
    )


def _check(canteen_id: int, day: date, chance: Random, by: str) -> dict[str, Any]:
    found = chance.choice(FINDINGS) if chance.random() < 0.03 else None
    at = datetime.combine(day, time(8, chance.randrange(60)))
    seen = {"findings": found, "measures": "当日整改完毕（演示）" if found else None}
    return {"canteen_id": canteen_id, "kind": SafetyKind.CHECK, "day": day, "entered_at": at, "entered_by": by, **seen}


def _terminals(house: House, canteen_id: int) -> list[int]:
    mine = select(Terminal.id).where(Terminal.canteen_id == canteen_id).order_by(Terminal.code)
    if not (found := db.session.scalars(mine).all()):
        codes = (f"{house.letter}{number:02}（演示）" for number in range(1, house.terminals + 1))
        db.session.execute(insert(Terminal), [{"code": code, "canteen_id": canteen_id} for code in codes])
        found = db.session.scalars(mine).all()
    return list(found)


def _eat(
    demo: DemoYear, canteen_id: int, terminals: list[int], diners: list[int], intake_id: int, chance: Random
) -> int:
    """Insert the year's meals day by day, past the ORM and its types: a row costs a third. Gives how many.

    Serials count up on each terminal, from the year times a million.
    """
    connection, eaten = db.session.connection(), 0
    statement = _statement(connection.dialect.paramstyle, canteen_id, intake_id)
    serials = dict.fromkeys(terminals, demo.year * 1_000_000)
    sittings = db.session.scalars(select(Sitting).order_by(Sitting.starts)).all()
    for day in demo.working_days:
        rows = [
            row for each in sittings for row in _swipes(each, str(day), serials, _who(each, diners, chance), chance)
        ]
        connection.exec_driver_sql(statement, rows)
        eaten += len(rows)
    return eaten


def _statement(paramstyle: str, canteen_id: int, intake_id: int) -> str:
    mark = "?" if paramstyle == "qmark" else "%s"
    columns = "diner_id, terminal_id, serial, sitting_id, day, at, amount, canteen_id, intake_id"
    values = ", ".join([mark] * 7)
    return f"INSERT INTO meal ({columns}) VALUES ({values}, {canteen_id:d}, {intake_id:d})"


def _who(sitting: Sitting, diners: list[int], chance: Random) -> list[int]:
    usual = len(diners) * COME[sitting.code] // 1000
    return chance.sample(diners, usual + chance.randrange(-usual // 20, usual // 20 + 1))


def _swipes(
    sitting: Sitting, day: str, serials: dict[int, int], who: list[int], chance: Random
) -> Iterator[tuple[int, int, int, int, str, str, int]]:
    """The swipes of a sitting in order of time, spread over the terminals, as the database stores them."""
    opens = sitting.starts.hour * 60 + sitting.starts.minute + 20
    times = [f"{day} {minute // 60:02}:{minute % 60:02}:" for minute in range(opens, opens + 120)]
    amount, seconds = int(sitting.price * 100), sorted(chance.choices(range(7200), k=len(who)))
    for (terminal, diner_id), second in zip(zip(cycle(serials), who, strict=False), seconds, strict=True):
        serials[terminal] += 1
        at = f"{times[second // 60]}{second % 60:02}.000000"
        yield diner_id, terminal, serials[terminal], sitting.id, day, at, amount


def _mark(days: Sequence[date]) -> None:
    for model in (Meal, SubsidyGrant, OpeningDay, SafetyEntry):
        stale.touch(model, days)
