"""What the costs of cars give to vehicles."""

from datetime import date

from flask import url_for
from flask_babel import lazy_gettext as _l

from ...core.access import Actor
from ...core.feature import Feature, MenuEntry, Todo
from . import expense_queries, expense_views, findings, fuel_views, repair_queries, repair_views, views
from .demo import make
from .metrics import METRICS
from .permissions import GRANTS, Permission
from .repair_models import RepairState
from .settings import load_settings


def todos(actor: Actor, _day: date) -> list[Todo]:
    """Quotes to be approved, cars back from the workshop without an invoice, expenses that drivers noted, findings."""
    labels = {
        state: label
        for permission, state, label in (
            (Permission.REPAIR_APPROVE, RepairState.QUOTED, _l("Repairs waiting for approval")),
            (Permission.COST_RECORD, RepairState.FINISHED, _l("Repairs waiting for the invoice")),
        )
        if actor.may(permission)
    }
    counts = repair_queries.waiting_counts(labels) if labels else {}
    found = [
        Todo(label, counts[state], url_for("vehicles.repairs.jobs", state=state)) for state, label in labels.items()
    ]
    if actor.may(Permission.COST_RECORD):
        url = url_for("vehicles.expenses.expenses", state="open")
        found.append(Todo(_l("Expenses of drivers to take over"), expense_queries.waiting_count(), url))
        found.append(Todo(_l("Dials and fuel to settle"), findings.open_count(), url_for("vehicles.fuel.finding_list")))
    return found


PART = Feature(
    name="costs",
    label=_l("Costs of cars"),
    blueprints=(views.bp, fuel_views.bp, repair_views.bp, expense_views.bp),
    menu=(
        MenuEntry(
            _l("Costs of cars"),
            "vehicles.costs.overview",
            Permission.COST_READ,
            (
                "vehicles.costs",
                "vehicles.fuel",
                "vehicles.expenses",
                "vehicles.repairs.violations",
                "vehicles.repairs.violation",
                "vehicles.repairs.new_violation",
                "vehicles.repairs.payment",
                "vehicles.repairs.violation_void",
            ),
        ),
        MenuEntry(_l("Repairs of cars"), "vehicles.repairs.jobs", Permission.REPAIR_LIST),
    ),
    grants=GRANTS,
    publishes=METRICS,
    todos=(todos,),
    reference=(load_settings,),
    demo=make,
)
