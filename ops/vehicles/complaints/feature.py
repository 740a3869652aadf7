"""What complaints give to vehicles."""

from datetime import date

from flask import url_for
from flask_babel import lazy_gettext as _l

from ...core.access import Actor
from ...core.feature import Feature, MenuEntry, Todo
from . import queries
from .demo import make
from .permissions import GRANTS, Permission
from .views import bp


def todos(actor: Actor, day: date) -> list[Todo]:
    """What is to be looked into and answered."""
    if not actor.may(Permission.COMPLAINT_KEEP):
        return []
    page = "vehicles.complaints.complaints"
    overdue, still_open = url_for(page, state=queries.OVERDUE), url_for(page, state=queries.STILL_OPEN)
    return [
        Todo(_l("Complaints about cars not answered in time"), queries.open_ones(day, True), overdue, "late"),
        Todo(_l("Complaints about cars to answer"), queries.open_ones(day, False), still_open),
    ]


PART = Feature(
    name="complaints",
    label=_l("Complaints about cars"),
    blueprints=(bp,),
    menu=(MenuEntry(_l("Complaints about cars"), "vehicles.complaints.complaints", Permission.COMPLAINT_READ),),
    grants=GRANTS,
    todos=(todos,),
    demo=make,
    refusals={
        "uq_complaint_step_complaint_id_number": _l("Somebody else has just acted on this complaint. Look again."),
    },
)
