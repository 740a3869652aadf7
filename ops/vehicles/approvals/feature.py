"""What approvals give to vehicles."""

from datetime import date

from flask import url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from ...core.access import Actor
from ...core.db import db
from ...core.feature import Feature, Todo
from ..permissions import Permission as TripPermission
from . import api, queries
from .permissions import GRANTS, Permission
from .service import load_rules
from .views import bp


def todos(actor: Actor, _day: date) -> list[Todo]:
    """What waits for the actor's verdict; and emergencies whose approval is still to be completed."""
    found = []
    if actor.may(Permission.APPROVAL_GIVE):
        count = db.session.scalar(select(func.count()).select_from(queries.asked_of(actor).subquery())) or 0
        found.append(Todo(_l("Requests for cars to approve"), count, url_for("vehicles.requests", show="mine")))
    if actor.may(TripPermission.TRIP_DISPATCH):
        count = db.session.scalar(select(func.count()).select_from(queries.to_complete().subquery())) or 0
        url = url_for("vehicles.requests", show="complete")
        found.append(Todo(_l("Approved by mouth, still to be completed"), count, url, "late"))
    return found


PART = Feature(
    name="approvals",
    label=_l("Approvals"),
    blueprints=(bp,),
    grants=GRANTS,
    todos=(todos,),
    reference=(load_rules,),
    doors=(api.approvals,),
    refusals={
        "approval_verdict": _l("Somebody has spoken on this step already."),
        "pk_approval_verdict": _l("Somebody has spoken on this step already."),
    },
)
