"""What the canteens' work comes to."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, Select, case, exists, select

from ..indicators.metric import Kind, Metric, Watch, counting
from . import queries
from .models import Canteen, Diner, Meal, MealReversal, OpeningDay, SafetyEntry, SafetyKind, SubsidyGrant
from .permissions import Permission


def meals() -> Select[Any]:
    """A meal that was not reversed, on its day. The label is looked up only where it is shown."""
    who = select(Diner.number + " " + Diner.name).where(Diner.id == Meal.diner_id).scalar_subquery()
    rows = counting(record_id=Meal.id, day=Meal.day, label=who, scope=Meal.canteen_id, member=Meal.diner_id)
    return rows.select_from(Meal).where(_stands())


def subsidised_meals() -> Select[Any]:
    """A meal in the canteen that the diner was granted the subsidy of, on a day of the grant."""
    granted = exists().where(
        SubsidyGrant.diner_id == Meal.diner_id,
        SubsidyGrant.canteen_id == Meal.canteen_id,
        SubsidyGrant.from_on <= Meal.day,
        SubsidyGrant.to_on >= Meal.day,
    )
    return meals().where(granted)


def days_open() -> Select[Any]:
    """A planned day counts when at least one meal of it stands."""
    eaten = exists().where(Meal.day == OpeningDay.day, Meal.canteen_id == OpeningDay.canteen_id, _stands())
    return _planned_days(eaten)


def checks_done() -> Select[Any]:
    """A planned day counts when its daily check stands."""
    return _planned_days(
        exists().where(
            SafetyEntry.day == OpeningDay.day,
            SafetyEntry.canteen_id == OpeningDay.canteen_id,
            SafetyEntry.kind == SafetyKind.CHECK,
            SafetyEntry.reversed_at.is_(None),
        )
    )


def incidents() -> Select[Any]:
    """Checks count nothing and incidents one: nought is proved by those who looked, and is no data where nobody did."""
    counts = case((SafetyEntry.kind == SafetyKind.INCIDENT, 1), else_=0)
    name = select(Canteen.name).where(Canteen.id == SafetyEntry.canteen_id).scalar_subquery()
    rows = counting(
        record_id=SafetyEntry.id, day=SafetyEntry.day, label=name, scope=SafetyEntry.canteen_id, part=counts
    )
    return rows.where(SafetyEntry.reversed_at.is_(None))


def _planned_days(done: ColumnElement[bool]) -> Select[Any]:
    name = select(Canteen.name).where(Canteen.id == OpeningDay.canteen_id).scalar_subquery()
    return counting(
        record_id=OpeningDay.id,
        day=OpeningDay.day,
        label=name,
        scope=OpeningDay.canteen_id,
        part=case((done, 1), else_=0),
    )


def _stands() -> ColumnElement[bool]:
    return ~exists().where(MealReversal.meal_id == Meal.id)


def canteen_names() -> Mapping[int, str]:
    return dict(queries.canteens())


MEAL_WRITES = (Watch(Meal, ("day",)), Watch(MealReversal, ("day",)))
LOG_WRITES = (Watch(SafetyEntry, ("day",)),)
METRICS = (
    Metric(
        name="canteen.meals", kind=Kind.COUNT, unit=_l("meals"), needs=Permission.FIGURE_READ, record="canteen.meal",
        label=_l("Meals served"), scopes=canteen_names,
        definition=_l("Meals that were not reversed, each counted on its day; one diner may eat several."),
        select=meals, watches=MEAL_WRITES,
    ),
    Metric(
        name="canteen.diners", kind=Kind.DISTINCT, unit=_l("persons"), needs=Permission.FIGURE_READ,
        record="canteen.meal", label=_l("Diners who ate"), scopes=canteen_names,
        definition=_l("Different diners with at least one meal in the period, each counted once."),
        select=meals, watches=MEAL_WRITES,
    ),
    Metric(
        name="canteen.subsidised_diners", kind=Kind.DISTINCT, unit=_l("persons"), needs=Permission.FIGURE_READ,
        record="canteen.meal", label=_l("Subsidised diners who ate"), scopes=canteen_names,
        definition=_l("Different diners who ate in a canteen on a day of their grant for it, each counted once."),
        select=subsidised_meals, watches=(*MEAL_WRITES, Watch(SubsidyGrant, days=SubsidyGrant.touched_days)),
    ),
    Metric(
        name="canteen.days_open_rate", kind=Kind.RATIO, unit="%", needs=Permission.FIGURE_READ,
        record="food_safety.opening_day", label=_l("Days the canteens were open"), scopes=canteen_names,
        definition=_l("Planned days with at least one meal ÷ all planned days of the work calendar."),
        select=days_open, watches=(Watch(OpeningDay, ("day",)), *MEAL_WRITES),
    ),
    Metric(
        name="canteen.incidents", kind=Kind.COUNT, unit=_l("incidents"), needs=Permission.FIGURE_READ,
        record="food_safety.safety_entry", label=_l("Food-safety incidents"), scopes=canteen_names,
        definition=_l("Incidents in the log. Checks count nothing but prove that one looked; without them, no data."),
        select=incidents, watches=LOG_WRITES,
    ),
    Metric(
        name="canteen.checks_done", kind=Kind.RATIO, unit="%", needs=Permission.FIGURE_READ,
        record="food_safety.opening_day", label=_l("Daily checks done"), scopes=canteen_names,
        definition=_l("Planned days with a daily check ÷ all planned days of the work calendar."),
        select=checks_done, watches=(Watch(OpeningDay, ("day",)), *LOG_WRITES),
    ),
)  # fmt: skip
