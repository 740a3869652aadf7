"""The verbs of a meal: record, enter later, reverse, correct; and the settings they rest on."""

from datetime import datetime, time
from decimal import Decimal

from flask_babel import lazy_gettext as _l

from ..core import audit, clock
from ..core.access import Actor
from ..core.db import db, hold
from ..core.errors import Rejected
from . import queries, rules
from .models import Diner, Meal, MealEntry, MealReversal, Sitting, Terminal


def record(canteen_id: int, who: str, again: bool, by: Actor) -> Meal:
    """A diner eats now, at the sitting's price. `who`: card, number or full name."""
    now = clock.now()
    sitting = rules.sitting_at(queries.sittings(), now, None)
    meal = _enter(canteen_id, who, now, sitting.price, again, None, by)
    audit.record("canteen.meal.recorded", meal, by)
    return meal


def back_enter(
    canteen_id: int, who: str, at: datetime, amount: Decimal, again: bool, reason_given: str, by: Actor
) -> Meal:
    """A meal that nobody recorded when it was eaten (补录). `amount` in yuan."""
    meal = _enter(canteen_id, who, at, amount, again, reason_given, by)
    audit.record("canteen.meal.entered_later", meal, by)
    return meal


def reverse(meal: Meal, reason_given: str, by: Actor) -> MealReversal:
    """The meal does not count (冲正). The row stays."""
    row = _reverse(meal, reason_given, by)
    audit.record("canteen.meal.reversed", meal, by)
    return row


def correct(meal: Meal, canteen_id: int, who: str, at: datetime, amount: Decimal, reason_given: str, by: Actor) -> Meal:
    """Reverse the meal and enter what it should have been (更正)."""
    _reverse(meal, reason_given, by)
    right = _enter(canteen_id, who, at, amount, False, reason_given, by, meal)
    audit.record("canteen.meal.corrected", right, by)
    return right


def change_sitting(sitting: Sitting, starts: time, ends: time, price: Decimal, source: str, by: Actor) -> Sitting:
    """Set a sitting's window and price; meals that stand keep their sitting."""
    hold(Sitting, *(each.id for each in queries.sittings()))
    rules.check_window((each for each in queries.sittings() if each.id != sitting.id), starts, ends)
    sitting.starts, sitting.ends, sitting.price, sitting.source = starts, ends, price, source
    audit.record("canteen.sitting.changed", sitting, by)
    return sitting


def register_terminal(code: str, canteen_id: int, by: Actor) -> Terminal:
    """A terminal's swipes are only taken in once it is known where it stands."""
    terminal = Terminal(code=code.strip(), canteen_id=canteen_id)
    db.session.add(terminal)
    audit.record("canteen.terminal.registered", terminal, by)
    return terminal


def _enter(
    canteen_id: int,
    who: str,
    at: datetime,
    amount: Decimal,
    again: bool,
    reason: str | None,
    by: Actor,
    instead_of: Meal | None = None,
) -> Meal:
    [diner] = hold(Diner, _only(who.strip()).id)
    rules.check_past(at, clock.now())
    sitting = rules.sitting_at(queries.sittings(), at)
    rules.check_first(queries.eaten(diner.id, at.date(), sitting.id), again)
    meal = Meal(canteen_id=canteen_id, diner_id=diner.id, sitting_id=sitting.id, day=at.date(), at=at, amount=amount)
    meal.entry = MealEntry(at=clock.now(), by=by.name, reason=reason, replaces_id=instead_of.id if instead_of else None)
    db.session.add(meal)
    return meal


def _only(who: str) -> Diner:
    found = queries.named(who)
    if len(found) == 1:
        return found[0]
    if found or queries.alike(who):
        raise Rejected(_l("Choose who is meant."), "who")
    raise Rejected(_l("Nobody has this card, number or name."), "who")


def _reverse(meal: Meal, reason: str, by: Actor) -> MealReversal:
    hold(Meal, meal.id)
    rules.check_standing(meal)
    row = MealReversal(meal_id=meal.id, day=meal.day, at=clock.now(), by=by.name, reason=reason)
    db.session.add(row)
    db.session.flush()
    return row
