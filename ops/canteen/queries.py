"""Reads of diners, meals and the food-safety log."""

from collections.abc import Sequence
from datetime import date

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload

from ..core.db import db
from ..core.page import Event
from ..people.models import Unit
from .models import (
    Canteen,
    Diner,
    Intake,
    IntakeFault,
    Meal,
    MealEntry,
    MealReversal,
    OpeningDay,
    SafetyEntry,
    SafetyKind,
    Sitting,
    SubsidyGrant,
    Terminal,
)

MOST_CANDIDATES = 12


def canteens() -> Sequence[tuple[int, str]]:
    return [(key, name) for key, name in db.session.execute(select(Canteen.id, Canteen.name).order_by(Canteen.id))]


def units() -> Sequence[tuple[int, str]]:
    return [(key, name) for key, name in db.session.execute(select(Unit.id, Unit.name).order_by(Unit.name))]


def sittings() -> Sequence[Sitting]:
    return db.session.scalars(select(Sitting).order_by(Sitting.starts)).all()


def terminals() -> Sequence[Terminal]:
    return db.session.scalars(select(Terminal).options(joinedload(Terminal.canteen)).order_by(Terminal.code)).all()


def named(who: str) -> Sequence[Diner]:
    """The diner of a card or a number; else all of exactly that name."""
    if found := db.session.scalars(select(Diner).where(or_(Diner.card == who, Diner.number == who))).all():
        return found
    return db.session.scalars(select(Diner).where(Diner.name == who).order_by(Diner.number)).all()


def alike(who: str) -> Sequence[tuple[Diner, str]]:
    """At most twelve diners whose name, number or card contains what was typed, with their units."""
    pattern = f"%{who.replace('/', '//').replace('%', '/%').replace('_', '/_')}%"
    fits = or_(*(column.ilike(pattern, escape="/") for column in (Diner.name, Diner.number, Diner.card)))
    found = select(Diner, Unit.name).join(Unit, Unit.id == Diner.unit_id).where(fits).order_by(Diner.number)
    return [(diner, unit) for diner, unit in db.session.execute(found.limit(MOST_CANDIDATES))]


def standing_meals() -> Select[Meal]:
    """Meals that were not reversed."""
    return select(Meal).where(Meal.id.not_in(select(MealReversal.meal_id)))


def eaten(diner_id: int, day: date, sitting_id: int, besides: int | None = None) -> Meal | None:
    """The diner's meal of that sitting, in whichever canteen."""
    same = (Meal.diner_id == diner_id, Meal.day == day, Meal.sitting_id == sitting_id, Meal.id != (besides or 0))
    return db.session.scalar(standing_meals().where(*same).order_by(Meal.id).limit(1))


def unit_of(diner: Diner) -> str:
    return db.session.scalar(select(Unit.name).where(Unit.id == diner.unit_id)) or ""


def subsidised(meal: Meal) -> bool:
    granted = select(SubsidyGrant.id).where(
        SubsidyGrant.diner_id == meal.diner_id,
        SubsidyGrant.canteen_id == meal.canteen_id,
        SubsidyGrant.from_on <= meal.day,
        SubsidyGrant.to_on >= meal.day,
    )
    return db.session.scalar(granted.limit(1)) is not None


def replaced_by(meal: Meal) -> int | None:
    return db.session.scalar(select(MealEntry.meal_id).where(MealEntry.replaces_id == meal.id))


def history(meal: Meal) -> list[Event]:
    """How the meal came into the ledger and what became of it."""
    happened = []
    if meal.intake:
        happened.append(Event(meal.intake.taken_at, meal.intake.taken_by, _l("taken in"), "done", meal.intake.name))
    if entry := meal.entry:
        word = _l("corrected") if entry.replaces_id else _l("entered later") if entry.reason else _l("recorded")
        happened.append(Event(entry.at, entry.by, word, "done", entry.reason or ""))
    if off := meal.reversal:
        happened.append(Event(off.at, off.by, _l("reversed"), "closed", off.reason))
    return happened


def latest_meals(diner_id: int) -> Sequence[Meal]:
    """The diner's latest thirty meals, reversed ones too."""
    found = select(Meal).where(Meal.diner_id == diner_id).order_by(Meal.day.desc(), Meal.id.desc()).limit(30)
    shown = (joinedload(Meal.canteen), joinedload(Meal.sitting), joinedload(Meal.reversal))
    return db.session.scalars(found.options(*shown)).all()


def grants_of(diner_id: int) -> Sequence[SubsidyGrant]:
    found = select(SubsidyGrant).where(SubsidyGrant.diner_id == diner_id).order_by(SubsidyGrant.from_on.desc())
    return db.session.scalars(found.options(joinedload(SubsidyGrant.canteen), joinedload(SubsidyGrant.stop))).all()


def spans(diner_id: int, canteen_id: int) -> list[tuple[date, date]]:
    same = (SubsidyGrant.diner_id == diner_id, SubsidyGrant.canteen_id == canteen_id)
    return [
        (first, last)
        for first, last in db.session.execute(select(SubsidyGrant.from_on, SubsidyGrant.to_on).where(*same))
    ]


def faults(intake: Intake, most: int | None = None) -> Sequence[IntakeFault]:
    found = select(IntakeFault).where(IntakeFault.intake_id == intake.id).order_by(IntakeFault.line, IntakeFault.id)
    return db.session.scalars(found.limit(most)).all()


def check_of(canteen_id: int, day: date) -> SafetyEntry | None:
    """The daily check that stands."""
    same = (SafetyEntry.canteen_id == canteen_id, SafetyEntry.day == day, SafetyEntry.reversed_at.is_(None))
    return db.session.scalar(select(SafetyEntry).where(*same, SafetyEntry.kind == SafetyKind.CHECK))


def unchecked(first: date, last: date) -> Sequence[OpeningDay]:
    """Planned days without a daily check that stands."""
    checked = select(SafetyEntry.id).where(
        SafetyEntry.canteen_id == OpeningDay.canteen_id,
        SafetyEntry.day == OpeningDay.day,
        SafetyEntry.kind == SafetyKind.CHECK,
        SafetyEntry.reversed_at.is_(None),
    )
    found = select(OpeningDay).where(OpeningDay.day.between(first, last), ~checked.exists())
    return db.session.scalars(found.options(joinedload(OpeningDay.canteen)).order_by(OpeningDay.day)).all()


def entries_of(canteen_id: int, day: date) -> Sequence[SafetyEntry]:
    same = (SafetyEntry.canteen_id == canteen_id, SafetyEntry.day == day)
    return db.session.scalars(select(SafetyEntry).where(*same).order_by(SafetyEntry.entered_at)).all()


def meals_served(canteen_id: int, day: date) -> int:
    found = standing_meals().where(Meal.canteen_id == canteen_id, Meal.day == day).subquery()
    return db.session.scalar(select(func.count()).select_from(found)) or 0


def planned_years() -> set[int]:
    first, last = db.session.execute(select(func.min(OpeningDay.day), func.max(OpeningDay.day))).one()
    years = range(first.year, last.year + 1) if first else range(0)
    return {each for each in years if is_planned(each)}


def is_planned(year: int) -> bool:
    within = OpeningDay.day.between(date(year, 1, 1), date(year, 12, 31))
    return db.session.scalar(select(OpeningDay.id).where(within).limit(1)) is not None
