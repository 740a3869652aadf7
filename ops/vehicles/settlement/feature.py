"""What settlement gives to vehicles."""

from datetime import date

from flask import url_for
from flask_babel import lazy_gettext as _l

from ...core.access import Actor
from ...core.feature import Feature, MenuEntry, Todo
from . import api, kilometre_queries, queries
from .demo import make
from .metrics import METRICS
from .models import StatementState
from .permissions import GRANTS, Permission
from .service import load_tariffs
from .views import bp


def todos(actor: Actor, _day: date) -> list[Todo]:
    url, requests = "vehicles.settlement.statements", "vehicles.requests"
    found = []
    if actor.may(Permission.STATEMENT_ANSWER):
        waiting = url_for(url, state=queries.WAITING)
        found.append(Todo(_l("Statements of car use to confirm"), queries.waiting_for(actor), waiting))
        count = kilometre_queries.to_confirm(actor)
        found.append(
            Todo(_l("Trips whose kilometres are to be confirmed"), count, url_for(requests, show="to_confirm"))
        )
    if actor.may(Permission.STATEMENT_ISSUE):
        objected = url_for(url, state=StatementState.OBJECTED.value)
        found.append(Todo(_l("Statements that a unit objects to"), queries.objected(), objected, "late"))
        contested, page = kilometre_queries.contested(), url_for(requests, show="contested")
        found.append(Todo(_l("Kilometres that a unit contests"), contested, page, "late"))
    return found


PART = Feature(
    name="settlement",
    label=_l("Settlement"),
    blueprints=(bp,),
    doors=(api.settlement,),
    menu=(MenuEntry(_l("Statements of car use"), "vehicles.settlement.statements", Permission.STATEMENT_READ),),
    grants=GRANTS,
    publishes=METRICS,
    todos=(todos,),
    reference=(load_tariffs,),
    demo=make,
    refusals={
        "trip_statement_line.dispatch_id": _l("A trip has just been put on another statement."),
        "uq_trip_statement_line_dispatch_id_request_id": _l("A trip has just been put on another statement."),
        "trip_rating": _l("The trip is rated already."),
    },
)
