"""The canteens' work: meals one by one and from the terminal, who is subsidised, planned days, checks, incidents."""

from datetime import datetime, time
from decimal import Decimal

from hypothesis import strategies as st
from sqlalchemy import select

from ops.canteen import diners, intakes, roster_intake, safety, service
from ops.canteen.models import Canteen, Diner, Meal, OpeningDay, SafetyEntry, Sitting, SubsidyGrant, Terminal
from ops.core import audit
from ops.core.db import db
from ops.people.models import Unit
from tests.canteen.factories import HEAD, upload
from tests.random_work.steps import BY, Deed, Draw, a_unit, arrange_units, days, one_of, recorded, some

NUMBERS = ("甲01", "甲02", "甲03")
ROSTER = "编号,姓名,单位,卡号,补助食堂,补助起,补助止"
who = st.sampled_from(NUMBERS)


def arrange() -> None:
    """Diners, one terminal in each canteen, and lunch all day long."""
    arrange_units()
    unit_id = db.session.scalars(select(Unit.id).order_by(Unit.id)).first()
    db.session.add_all(Diner(number=each, name=f"就餐人员{each}", card=each, unit_id=unit_id) for each in NUMBERS)
    db.session.add_all(Terminal(code=f"T{key}", canteen_id=key) for key in db.session.scalars(select(Canteen.id)))
    for sitting in db.session.scalars(select(Sitting)):
        midday = sitting.code == "lunch"
        sitting.starts, sitting.ends = (time.min, time.max) if midday else (time.min, time(0, 0, 0, 1))
    audit.record("test.arranged", "diner", BY)


def at_noon(draw: Draw) -> datetime:
    return datetime.combine(draw(days), time(12, draw(st.integers(0, 59))))


def eat_now(draw: Draw) -> Deed | None:
    canteen, number, again = one_of(Canteen, draw), draw(who), draw(st.booleans())
    return lambda: service.record(canteen, number, again, BY)


def enter_later(draw: Draw) -> Deed | None:
    canteen, number, at, again = one_of(Canteen, draw), draw(who), at_noon(draw), draw(st.booleans())
    return lambda: service.back_enter(canteen, number, at, Decimal(5), again, "补录", BY)


def reverse_meal(draw: Draw) -> Deed | None:
    meal = some(Meal, draw)
    return meal and (lambda: service.reverse(meal, "误刷", BY))


def correct_meal(draw: Draw) -> Deed | None:
    """Another canteen, diner, day or amount."""
    if not (meal := some(Meal, draw)):
        return None
    canteen, number, at = one_of(Canteen, draw), draw(who), at_noon(draw)
    return lambda: service.correct(meal, canteen, number, at, Decimal("6.50"), "更正", BY)


def take_in_swipes(draw: Draw) -> Deed | None:
    """A terminal's file, with rows that are there already, unknown cards and a broken time."""
    lines = [HEAD]
    for _ in range(draw(st.integers(1, 5))):
        card, terminal = draw(st.sampled_from((*NUMBERS, "没有此卡"))), draw(st.sampled_from(["T1", "T2"]))
        at = draw(st.just("昨天中午") | st.builds(lambda day: f"{day} 12:03:04", days))
        lines.append(f"{card},{terminal},{draw(st.integers(1, 9))},{at},5.00")
    return lambda: intakes.take_in_meals(upload("\n".join(lines)), BY)


def take_in_roster(draw: Draw) -> Deed | None:
    number, first, last = draw(who), draw(days), draw(days)
    canteen = db.session.get_one(Canteen, one_of(Canteen, draw)).name
    unit = db.session.scalars(select(Unit.name).order_by(Unit.id)).first()
    line = f"{number},就餐人员{number},{unit},{number},{canteen},{first},{last}"
    return lambda: roster_intake.take_in_diners(upload(f"{ROSTER}\n{line}", "roster.csv"), BY)


def change_diner(draw: Draw) -> Deed | None:
    """His meals and grants stay his."""
    if not (diner := some(Diner, draw)):
        return None
    unit, card = a_unit(draw), draw(st.sampled_from([None, diner.number, "换卡"]))
    return lambda: diners.change(diner, diner.number, diner.name, unit, card, BY)


def grant(draw: Draw) -> Deed | None:
    if not (diner := some(Diner, draw)):
        return None
    canteen, span = one_of(Canteen, draw), sorted((draw(days), draw(days)))
    return lambda: diners.grant(diner, canteen, span[0], span[1], BY)


def stop_grant(draw: Draw) -> Deed | None:
    if not (given := some(SubsidyGrant, draw)):
        return None
    day = draw(days)
    return lambda: diners.stop(given, day, "调离", BY)


def plan_day(draw: Draw) -> Deed | None:
    canteen, day = one_of(Canteen, draw), draw(days)
    same = select(OpeningDay.id).where(OpeningDay.canteen_id == canteen, OpeningDay.day == day)
    if db.session.scalar(same):
        return None
    return lambda: recorded("test.planned", OpeningDay(canteen_id=canteen, day=day))


def check(draw: Draw) -> Deed | None:
    canteen, day, findings = one_of(Canteen, draw), draw(days), draw(st.sampled_from([None, "冰箱温度偏高"]))
    return lambda: safety.check(canteen, day, findings is None, findings, None, BY)


def report_incident(draw: Draw) -> Deed | None:
    canteen, day = one_of(Canteen, draw), draw(days)
    return lambda: safety.report(canteen, day, 2, "两人不适", None, BY)


def reverse_entry(draw: Draw) -> Deed | None:
    entry = some(SafetyEntry, draw)
    return entry and (lambda: safety.reverse(entry, "登记错误", BY))


STEPS = (
    *(eat_now, enter_later, enter_later, enter_later, reverse_meal, correct_meal, take_in_swipes, take_in_swipes),
    *(take_in_roster, change_diner, grant, grant, stop_grant, plan_day, plan_day, plan_day),
    *(check, check, check, report_incident, reverse_entry, reverse_entry),
)
