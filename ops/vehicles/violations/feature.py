"""What filed violations give to vehicles."""

from datetime import date

from flask import url_for
from flask_babel import lazy_gettext as _l

from ...core.access import Actor
from ...core.feature import Feature, MenuEntry, Todo
from ..positions import queries as positions
from . import queries
from .demo import make
from .models import FilingState
from .permissions import GRANTS, Permission
from .views import bp


def todos(actor: Actor, day: date) -> list[Todo]:
    """What one has to explain; what discipline has to decide, and alarms that nobody has settled."""
    return [*_to_explain(actor, day), *_to_decide(actor, day)]


def _to_explain(actor: Actor, day: date) -> list[Todo]:
    if not actor.may(Permission.VIOLATION_EXPLAIN):
        return []
    page = "vehicles.violations.filings"
    overdue, mine = url_for(page, state=queries.OVERDUE), url_for(page, state=queries.TO_BE_EXPLAINED)
    late = Todo(_l("Violations to explain, overdue"), queries.to_explain(actor, day, True), overdue, "late")
    return [late, Todo(_l("Violations to explain"), queries.to_explain(actor, day, False), mine)]


def _to_decide(actor: Actor, day: date) -> list[Todo]:
    if not actor.may(Permission.VIOLATION_FILE):
        return []
    page, explained = "vehicles.violations.filings", FilingState.EXPLAINED
    return [
        Todo(_l("Filings to decide"), queries.in_states(explained), url_for(page, state=explained.value)),
        Todo(_l("Filings not explained in time"), queries.overdue(day), url_for(page, state=queries.OVERDUE), "late"),
        Todo(_l("Alarms nobody has settled"), positions.waiting(), url_for("vehicles.positions.alarms", state="open")),
    ]


PART = Feature(
    name="violations",
    label=_l("Filed violations"),
    blueprints=(bp,),
    menu=(MenuEntry(_l("Filed violations"), "vehicles.violations.filings", Permission.VIOLATION_READ),),
    grants=GRANTS,
    todos=(todos,),
    demo=make,
    refusals={
        "uq_violation_filing_step_filing_id_number": _l("Somebody else has just acted on this filing. Look again."),
    },
)
