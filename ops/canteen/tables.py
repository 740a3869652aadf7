"""The tables of the canteens' pages."""

from datetime import date

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.orm import joinedload

from ..core.listing import Column, Filter, Listing, listing
from ..people.models import Unit
from . import queries
from .models import (
    Canteen,
    Diner,
    Intake,
    Meal,
    MealReversal,
    OpeningDay,
    SafetyEntry,
    SafetyKind,
    SubsidyGrant,
)

DINER_COLUMNS = (
    Column("number", _l("Diner number"), Diner.number),
    Column("name", _l("Full name"), Diner.name),
    Column("unit", _l("Unit"), Unit.name),
    Column("card", _l("Card number"), Diner.card),
)
MEAL_COLUMNS = (
    Column("at", _l("Time"), Meal.at),
    Column("diner", _l("Diner"), Diner.number),
    Column("canteen", _l("Canteen"), Canteen.name),
    Column("sitting", _l("Sitting")),
    Column("amount", _l("Amount"), Meal.amount, "end", _l("yuan")),
    Column("state", _l("State")),
)
INTAKE_COLUMNS = (
    Column("taken_at", _l("Taken in"), Intake.taken_at),
    Column("name", _l("File"), Intake.name),
    Column("by", _l("By"), Intake.taken_by),
    Column("added", _l("Landed"), Intake.added, "end"),
    Column("already", _l("Already there"), Intake.already, "end"),
    Column("faulty", _l("Not landed"), Intake.faulty, "end"),
)
CHECK_COLUMNS = (
    Column("day", _l("Day"), OpeningDay.day),
    Column("canteen", _l("Canteen"), Canteen.name),
    Column("check", _l("Daily check")),
    Column("by", _l("By"), SafetyEntry.entered_by),
    Column("findings", _l("Findings")),
)
INCIDENT_COLUMNS = (
    Column("day", _l("Day"), SafetyEntry.day),
    Column("canteen", _l("Canteen"), Canteen.name),
    Column("people", _l("People affected"), SafetyEntry.people, "end"),
    Column("what", _l("What happened")),
    Column("state", _l("State")),
)


def diners(today: date) -> Listing:
    """The register; narrowed to who eats under a canteen's subsidy today."""
    found = select(Diner).join(Unit, Unit.id == Diner.unit_id).add_columns(Unit.name)
    roster = Filter("subsidy", _l("Subsidised today"), _names(), lambda key: _granted(int(key), today))
    return listing(
        found, DINER_COLUMNS, sort="number", search=(Diner.number, Diner.name, Diner.card, Unit.name), filters=[roster],
        empty_text=_l("Diners will stand here once they are registered or a roster is taken in."),
    )  # fmt: skip


def _granted(canteen_id: int, day: date) -> ColumnElement[bool]:
    within = and_(SubsidyGrant.from_on <= day, SubsidyGrant.to_on >= day)
    return exists().where(SubsidyGrant.diner_id == Diner.id, SubsidyGrant.canteen_id == canteen_id, within)


def meals(day: date) -> Listing:
    """The meals of a day, the latest first."""
    found = select(Meal).join(Diner, Diner.id == Meal.diner_id).join(Canteen, Canteen.id == Meal.canteen_id)
    shown = [joinedload(Meal.diner), joinedload(Meal.canteen), joinedload(Meal.sitting), joinedload(Meal.reversal)]
    place = Filter("canteen", _l("Canteen"), _names(), lambda key: Meal.canteen_id == int(key))
    sitting = Filter("sitting", _l("Sitting"), _sittings(), lambda key: Meal.sitting_id == int(key))
    reversed_ = Meal.id.in_(select(MealReversal.meal_id))
    state = Filter("state", _l("State"), [("reversed", _l("reversed"))], lambda _chosen: reversed_)
    return listing(
        found.where(Meal.day == day).options(*shown), MEAL_COLUMNS, sort="at", descending=True,
        search=(Diner.number, Diner.name, Diner.card), filters=[place, sitting, state],
        empty_text=_l("No meal is recorded on this day."),
    )  # fmt: skip


def intakes() -> Listing:
    """Every file that was taken in, the latest first."""
    empty = _l("Files of terminals and rosters will stand here, with what landed of each.")
    return listing(select(Intake), INTAKE_COLUMNS, sort="taken_at", descending=True, empty_text=empty)


def checks(today: date) -> Listing:
    """Planned days up to today with their checks, the latest first."""
    standing = and_(
        SafetyEntry.canteen_id == OpeningDay.canteen_id,
        SafetyEntry.day == OpeningDay.day,
        SafetyEntry.kind == SafetyKind.CHECK,
        SafetyEntry.reversed_at.is_(None),
    )
    planned = select(OpeningDay).join(Canteen, Canteen.id == OpeningDay.canteen_id)
    found = planned.outerjoin(SafetyEntry, standing).add_columns(Canteen.name, SafetyEntry)
    place = Filter("canteen", _l("Canteen"), _names(), lambda key: OpeningDay.canteen_id == int(key))
    wanted = {"missing": SafetyEntry.id.is_(None), "findings": SafetyEntry.findings.is_not(None)}
    options = [("missing", _l("not done")), ("findings", _l("with findings"))]
    outcome = Filter("outcome", _l("Daily check"), options, lambda chosen: wanted[chosen])
    return listing(
        found.where(OpeningDay.day <= today), CHECK_COLUMNS,
        sort="day", descending=True, filters=[place, outcome],
        empty_text=_l("Plan the year's opening days first; each of them is to be checked."),
    )  # fmt: skip


def incidents() -> Listing:
    found = select(SafetyEntry).join(Canteen, Canteen.id == SafetyEntry.canteen_id).add_columns(Canteen.name)
    return listing(
        found.where(SafetyEntry.kind == SafetyKind.INCIDENT), INCIDENT_COLUMNS, sort="day", descending=True,
        empty_text=_l("No incident was ever reported."),
    )  # fmt: skip


def _names() -> list[tuple[str, object]]:
    return [(str(key), name) for key, name in queries.canteens()]


def _sittings() -> list[tuple[str, object]]:
    return [(str(sitting.id), sitting.label) for sitting in queries.sittings()]
