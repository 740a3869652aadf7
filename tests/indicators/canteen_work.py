"""The canteens' daily work as steps of the random machine, and what their figures must be, counted in plain Python."""

from collections.abc import Callable
from datetime import datetime, time
from decimal import Decimal

from hypothesis import strategies as st
from sqlalchemy import select

from ops.canteen import service
from ops.canteen.models import Canteen, Diner, Meal, MealReversal, OpeningDay, SafetyEntry, SafetyKind, SubsidyGrant
from ops.core import audit
from ops.core.db import db
from ops.people.models import Unit
from tests.indicators.recount import Counted
from tests.indicators.steps import BY, Deed, Draw, changed, days, ids, recorded

DINERS = ("甲01", "甲02", "甲03")
diners = st.sampled_from(DINERS)


def seat_diners() -> None:
    """The first step of the canteens brings their diners along."""
    if ids(Diner):
        return
    unit = Unit(code="C1", name="就餐单位", kind="organ")
    db.session.add(unit)
    db.session.flush()
    db.session.add_all(Diner(number=each, name=f"就餐人员{each}", card=None, unit_id=unit.id) for each in DINERS)
    audit.record("test.arranged", "diner", BY)


def a_canteen(draw: Draw) -> int:
    key: int = draw(st.sampled_from(ids(Canteen)))
    return key


class Eat:
    """A meal entered afterwards, for today's past or long ago; twice for one sitting is refused unless said."""

    def plan(self, draw: Draw) -> Deed | None:
        canteen, who, at, again = (
            a_canteen(draw),
            draw(diners),
            datetime.combine(draw(days), time(12, 3)),
            draw(st.booleans()),
        )

        def deed() -> None:
            seat_diners()
            service.back_enter(canteen, who, at, Decimal(5), again, "补录", by=BY)

        return deed


class ReverseMeal:
    def plan(self, draw: Draw) -> Deed | None:
        if not (known := ids(Meal)):
            return None
        meal = db.session.get_one(Meal, draw(st.sampled_from(known)))
        return lambda: service.reverse(meal, "误刷", by=BY)


class GrantSubsidy:
    def plan(self, draw: Draw) -> Deed | None:
        canteen, who, ends = a_canteen(draw), draw(diners), sorted((draw(days), draw(days)))

        def deed() -> None:
            seat_diners()
            diner = db.session.scalars(select(Diner).where(Diner.number == who)).one()
            row = SubsidyGrant(diner_id=diner.id, canteen_id=canteen, from_on=ends[0], to_on=ends[1])
            row.granted_at, row.granted_by = datetime(2023, 1, 1, 9), BY.name
            recorded("test.granted", row)

        return deed


class MoveGrant:
    """The last day of a grant is corrected, forwards or backwards."""

    def plan(self, draw: Draw) -> Deed | None:
        if not (known := ids(SubsidyGrant)):
            return None
        row, day = db.session.get_one(SubsidyGrant, draw(st.sampled_from(known))), draw(days)
        return lambda: changed(row, {"to_on": max(day, row.from_on)})


class PlanDay:
    def plan(self, draw: Draw) -> Deed | None:
        canteen, day = a_canteen(draw), draw(days)
        taken = {(row.canteen_id, row.day) for row in db.session.scalars(select(OpeningDay))}
        if (canteen, day) in taken:
            return None
        return lambda: recorded("test.planned", OpeningDay(canteen_id=canteen, day=day))


def standing_meals() -> list[Meal]:
    gone = set(db.session.scalars(select(MealReversal.meal_id)))
    return [meal for meal in db.session.scalars(select(Meal)) if meal.id not in gone]


def meals() -> list[Counted]:
    return [Counted(meal.day, scope=meal.canteen_id, member=meal.diner_id) for meal in standing_meals()]


def subsidised_diners() -> list[Counted]:
    grants = list(db.session.scalars(select(SubsidyGrant)))
    granted: Callable[[Meal], bool] = lambda meal: any(  # noqa: E731
        (each.diner_id, each.canteen_id) == (meal.diner_id, meal.canteen_id) and each.from_on <= meal.day <= each.to_on
        for each in grants
    )
    counted = (meal for meal in standing_meals() if granted(meal))
    return [Counted(meal.day, scope=meal.canteen_id, member=meal.diner_id) for meal in counted]


def _planned(done: set[tuple[int, object]]) -> list[Counted]:
    planned = db.session.scalars(select(OpeningDay))
    return [Counted(row.day, int((row.canteen_id, row.day) in done), scope=row.canteen_id) for row in planned]


def days_open_rate() -> list[Counted]:
    return _planned({(meal.canteen_id, meal.day) for meal in standing_meals()})


def checks_done() -> list[Counted]:
    entries = db.session.scalars(select(SafetyEntry))
    return _planned(
        {(row.canteen_id, row.day) for row in entries if row.kind == SafetyKind.CHECK and not row.reversed_at}
    )


CANTEEN_STEPS = (Eat, Eat, ReverseMeal, GrantSubsidy, MoveGrant, PlanDay)
CANTEEN_TRUTHS = {
    "canteen.meals": meals,
    "canteen.diners": meals,
    "canteen.subsidised_diners": subsidised_diners,
    "canteen.days_open_rate": days_open_rate,
    "canteen.checks_done": checks_done,
}
