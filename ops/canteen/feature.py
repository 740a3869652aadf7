"""What the canteens give to the app."""

from datetime import date, timedelta

from flask import url_for
from flask_babel import lazy_gettext as _l

from ..core.access import Actor
from ..core.feature import Feature, MenuEntry, Todo
from . import queries
from .demo import make
from .diner_views import bp as diner_pages
from .metrics import METRICS
from .permissions import GRANTS, Permission
from .reference import load_canteens
from .safety_views import bp as safety_pages
from .views import bp as meal_pages

LATE_DAYS = 30


def todos(actor: Actor, day: date) -> list[Todo]:
    """Checks that are due: today's waits, an earlier one of the last thirty days is late."""
    if not actor.may(Permission.SAFETY_WRITE):
        return []
    if not queries.is_planned(day.year):
        return [Todo(_l("Plan this year's opening days"), 1, url_for("food_safety.new_plan"))]
    found = queries.unchecked(day - timedelta(days=LATE_DAYS), day)
    late = [each for each in found if each.day < day]
    address = url_for("food_safety.checks", outcome="missing")
    due = [_due(each.canteen_id, each.canteen.name, day) for each in found if each.day == day]
    return [*due, Todo(_l("Daily checks that were missed"), len(late), address, "late")]


def _due(canteen_id: int, name: str, day: date) -> Todo:
    address = url_for("food_safety.new_check", canteen=canteen_id, day=str(day))
    return Todo(_l("Today's food-safety check"), 1, address, "waiting", name)


FEATURE = Feature(
    name="canteen",
    label=_l("Canteens"),
    blueprints=(meal_pages, diner_pages, safety_pages),
    menu=(
        MenuEntry(_l("Record a meal"), "canteen.new_meal", Permission.MEAL_WRITE, ()),
        MenuEntry(_l("Meals"), "canteen.meals", Permission.MEAL_READ, ("canteen",)),
        MenuEntry(_l("Diners"), "diners.diners", Permission.DINER_READ),
        MenuEntry(
            _l("Files taken in"),
            "canteen.files",
            Permission.MEAL_READ,
            ("canteen.file", "canteen.new_file", "canteen.faults"),
        ),
        MenuEntry(_l("Daily checks"), "food_safety.checks", Permission.SAFETY_READ, ("food_safety",)),
        MenuEntry(
            _l("Incidents"),
            "food_safety.incidents",
            Permission.SAFETY_READ,
            ("food_safety.new_incident", "food_safety.safety_entry", "food_safety.safety_reversal"),
        ),
        MenuEntry(
            _l("Sittings and terminals"),
            "canteen.settings",
            Permission.MEAL_READ,
            ("canteen.sitting", "canteen.new_terminal"),
        ),
    ),
    grants=GRANTS,
    publishes=METRICS,
    headlines=(
        ("canteen.meals", Permission.FIGURE_READ),
        ("canteen.subsidised_diners", Permission.FIGURE_READ),
        ("canteen.incidents", Permission.FIGURE_READ),
        ("canteen.checks_done", Permission.FIGURE_READ),
    ),
    todos=(todos,),
    refusals={
        "diner.number": _l("This number is registered already."),
        "uq_diner_number": _l("This number is registered already."),
        "diner.card": _l("This card belongs to somebody else."),
        "uq_diner_card": _l("This card belongs to somebody else."),
        "terminal.code": _l("This terminal is registered already."),
        "uq_terminal_code": _l("This terminal is registered already."),
    },
    reference=(load_canteens,),
    demo=make,
)
