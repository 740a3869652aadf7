"""What obligations give to vehicles."""

from datetime import date

from flask import url_for
from flask_babel import lazy_gettext as _l

from ...core.access import Actor
from ...core.feature import Feature, Job, MenuEntry, Todo
from ..permissions import Permission as OfVehicles
from ..register.permissions import Permission
from . import points_queries, queries
from .demo import make
from .exemption_views import bp as exemptions
from .jobs import note_and_remind
from .metrics import METRICS
from .term_service import load_terms
from .views import bp


def todos(actor: Actor, day: date) -> list[Todo]:
    if not actor.may(Permission.REGISTER_KEEP):
        return []
    url = url_for("vehicles.obligations.obligations", show="late")
    soon = url_for("vehicles.obligations.obligations", show="month")
    late, month = queries.count("late", day), queries.count("month", day)
    exempt = url_for("vehicles.exemptions.exemptions")
    return [
        Todo(_l("Inspections, insurance, maintenance and licences overdue"), late, url, "late"),
        Todo(_l("Inspections, insurance, maintenance and licences due soon"), month, soon),
        Todo(_l("Driver reviews without points, to be exempted"), len(points_queries.unscored(day)), exempt),
    ]


PART = Feature(
    name="obligations",
    label=_l("What falls due"),
    blueprints=(bp, exemptions),
    menu=(
        MenuEntry(
            _l("What falls due"),
            "vehicles.obligations.obligations",
            Permission.REGISTER_READ,
            ("vehicles.obligations", "vehicles.exemptions"),
        ),
    ),
    publishes=METRICS,
    headlines=(("vehicles.obligations_met", OfVehicles.FIGURE_READ),),
    todos=(todos,),
    jobs=(Job("vehicle-obligations", 0, 20, note_and_remind),),
    reference=(load_terms,),
    demo=make,
)
