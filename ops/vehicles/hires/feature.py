"""What hired vehicles give to vehicles."""

from datetime import date

from flask import url_for
from flask_babel import lazy_gettext as _l

from ...core.access import Actor
from ...core.feature import Feature, MenuEntry, Todo
from ..approvals.permissions import Permission as Approval
from . import api, deed_views, money_views, queries, rule_views, vendor_queries, vendor_views, views
from .demo import make
from .metrics import METRICS
from .permissions import GRANTS, Permission
from .rule_service import load_rules
from .states import HireState


def todos(actor: Actor, day: date) -> list[Todo]:
    """What waits for the actor's verdict, order, invoice, answer or payment; and contracts that run out."""
    return [*_of_approvers(actor), *_of_the_section(actor, day), *_of_units_and_finance(actor)]


def _of_approvers(actor: Actor) -> list[Todo]:
    if not actor.may(Approval.APPROVAL_GIVE):
        return []
    count = queries.counted(queries.asked_of(actor), actor)
    return [Todo(_l("Hires to approve"), count, url_for("vehicles.hires.hires", state="mine"))]


def _of_the_section(actor: Actor, day: date) -> list[Todo]:
    found = []
    if actor.may(Permission.HIRE_RECORD):
        complete = queries.counted(queries.to_complete(), actor)
        page = url_for("vehicles.hires.hires", state="complete")
        found.append(Todo(_l("Hires approved by mouth, still to be completed"), complete, page, "late"))
        found.append(_in(HireState.APPROVED, _l("Hires to order vehicles for"), actor))
        found.append(_in(HireState.OBJECTED, _l("Hires that a unit objects to"), actor))
    if actor.may(Permission.VENDOR_KEEP):
        url = url_for("vehicles.hire_vendors.vendors")
        found.append(Todo(_l("Hire contracts that end within 30 days"), vendor_queries.running_out(day), url))
    return found


def _of_units_and_finance(actor: Actor) -> list[Todo]:
    found = []
    if actor.may(Permission.HIRE_ANSWER):
        found.append(_in(HireState.SUBMITTED, _l("Hires to agree to"), actor))
    if actor.may(Permission.HIRE_PAY):
        found.append(_in(HireState.AGREED, _l("Hires to pay for"), actor))
    return found


def _in(state: HireState, label: object, actor: Actor) -> Todo:
    url = url_for("vehicles.hires.hires", state=state.value)
    return Todo(label, queries.counted(queries.in_state(state.value, actor), actor), url)


PART = Feature(
    name="hires",
    label=_l("Hired vehicles"),
    blueprints=(views.bp, deed_views.bp, vendor_views.bp, money_views.bp, rule_views.bp),
    menu=(MenuEntry(
        _l("Hired vehicles"), "vehicles.hires.hires", Permission.HIRE_READ,
        ("vehicles.hires", *(f"vehicles.hire_{part}" for part in ("deeds", "money", "rules", "vendors"))),
    ),),
    grants=GRANTS,
    publishes=METRICS,
    todos=(todos,),
    reference=(load_rules,),
    demo=make,
    doors=(api.hires,),
    refusals={
        "uq_hire_invoice_vendor_id_number": _l("An invoice of this vendor with this number was taken already."),
        "hire_invoice.vendor_id, hire_invoice.number": _l(
            "An invoice of this vendor with this number was taken already."
        ),
        "uq_hire_event_hire_id_number": _l("Somebody else has acted on this hire since you opened the page. "
                                           "Open it again and look."),
        "pk_hire_verdict": _l("Somebody has spoken on this step already."),
    },
)  # fmt: skip
