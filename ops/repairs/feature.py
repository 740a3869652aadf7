"""What repairs give to the app."""

from datetime import date

from flask import url_for
from flask_babel import lazy_gettext as _l

from ..core import clock
from ..core.access import Actor
from ..core.feature import Feature, MenuEntry, Todo
from . import demo, queries
from .limits import load_limits
from .metrics import METRICS
from .models import StepKind, Ticket
from .permissions import GRANTS, Permission
from .views import bp

WORK_TODOS = (
    (_l("Repairs to accept"), (None,), "reported"),
    (_l("Repairs to assign"), (StepKind.ACCEPTED, StepKind.RETURNED), queries.OPEN),
    (_l("Repairs to attend"), (StepKind.ASSIGNED,), "assigned"),
    (_l("Repairs to finish"), (StepKind.ATTENDED,), "attended"),
)
TAKEN = _l("Someone else has just recorded this step. Look at the ticket again.")


def todos(actor: Actor, _day: date) -> list[Todo]:
    """Late work first in each line; the worker's own repairs before everybody's."""
    found = []
    if actor.may(Permission.TICKET_WORK):
        found.append(_todo(_l("My repairs"), queries.in_hand(actor), url_for("repairs.mine")))
        for label, states, shown in WORK_TODOS:
            found.append(_todo(label, queries.waiting(actor, *states), url_for("repairs.tickets", state=shown)))
    if actor.may(Permission.TICKET_CONFIRM):
        finished = queries.waiting(actor, StepKind.FINISHED)
        found.append(_todo(_l("Repairs to confirm"), finished, url_for("repairs.tickets", state="finished")))
    return found


def _todo(label: object, tickets: list[Ticket], url: str) -> Todo:
    now = clock.now()
    late = [ticket for ticket in tickets if queries.is_late(ticket, now)]
    if not late:
        return Todo(label, len(tickets), url, detail=tickets[0].place if tickets else "")
    detail = _l("%(late)s late, longest: %(place)s", late=len(late), place=late[0].place)
    return Todo(label, len(tickets), url, "late", str(detail))


FEATURE = Feature(
    name="repairs",
    label=_l("Repairs"),
    blueprints=(bp,),
    menu=(
        MenuEntry(_l("My repairs"), "repairs.mine", Permission.TICKET_WORK, ()),
        MenuEntry(_l("Repair tickets"), "repairs.tickets", Permission.TICKET_LIST, ("repairs",)),
        MenuEntry(_l("Repair time limits"), "repairs.limits", Permission.TICKET_READ, ("repairs.new_limit",)),
    ),
    grants=GRANTS,
    publishes=METRICS,
    headlines=(
        ("repairs.reported", Permission.FIGURE_READ),
        ("repairs.response_rate", Permission.FIGURE_READ),
        ("repairs.first_fix_rate", Permission.FIGURE_READ),
        ("repairs.satisfaction", Permission.FIGURE_READ),
    ),
    todos=(todos,),
    refusals=dict.fromkeys(("pk_ticket_step", "uq_ticket_step_once_a_round", "ticket_step.ticket_id"), TAKEN),
    reference=(load_limits,),
    demo=demo.make,
)
