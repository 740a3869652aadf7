"""The canteens' figures, counted by hand."""

from ops.canteen.models import Meal, MealReversal, OpeningDay, SafetyEntry, SafetyKind, SafetyReversal, SubsidyGrant
from tests.recounts.counted import Counted, rows


def meals() -> list[Counted]:
    return [Counted(meal.day, scope=meal.canteen_id, member=meal.diner_id) for meal in _standing_meals()]


def diners() -> list[Counted]:
    return meals()


def subsidised_diners() -> list[Counted]:
    spans: dict[tuple[int, int], list[SubsidyGrant]] = {}
    for grant in rows(SubsidyGrant):
        spans.setdefault((grant.diner_id, grant.canteen_id), []).append(grant)
    return [
        Counted(meal.day, scope=meal.canteen_id, member=meal.diner_id)
        for meal in _standing_meals()
        if any(each.from_on <= meal.day <= each.to_on for each in spans.get((meal.diner_id, meal.canteen_id), ()))
    ]


def days_open_rate() -> list[Counted]:
    return _planned({(meal.canteen_id, meal.day) for meal in _standing_meals()})


def checks_done() -> list[Counted]:
    return _planned({(row.canteen_id, row.day) for row in _standing_entries() if row.kind == SafetyKind.CHECK})


def incidents() -> list[Counted]:
    """A check adds a record and nothing to the count."""
    return [Counted(row.day, int(row.kind == SafetyKind.INCIDENT), scope=row.canteen_id) for row in _standing_entries()]


def _standing_meals() -> list[Meal]:
    gone = {row.meal_id for row in rows(MealReversal)}
    return [meal for meal in rows(Meal) if meal.id not in gone]


def _standing_entries() -> list[SafetyEntry]:
    gone = {row.entry_id for row in rows(SafetyReversal)}
    return [entry for entry in rows(SafetyEntry) if entry.id not in gone]


def _planned(done: set[tuple[int, object]]) -> list[Counted]:
    return [Counted(row.day, int((row.canteen_id, row.day) in done), scope=row.canteen_id) for row in rows(OpeningDay)]
