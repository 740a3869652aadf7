"""The part of programmes that evaluates: what it gives to the feature."""

from datetime import date

from flask import url_for
from flask_babel import lazy_gettext as _l

from ...core.access import Actor
from ...core.feature import Feature, MenuEntry, Todo
from .. import queries
from ..permissions import Permission as Programmes
from .demo import make
from .permissions import GRANTS, Permission
from .signing import STEP_LABELS, standing
from .signing_service import keep_closed
from .views import bp


def todos(actor: Actor, day: date) -> list[Todo]:
    """Of the newest year that is over: the forms whose next signature is this person's."""
    years = [year for year in queries.years() if year < day.year]
    if not years or not actor.may(Permission.FORM_SIGN):
        return []
    found = (standing(programme) for programme in queries.tables(years[0]))
    waiting = [each for each in found if each.may_sign(actor) and not each.blocking]
    return [
        Todo(
            _l("Forms to sign"),
            1,
            url_for("programmes.evaluation.signatures", id=each.evaluation.programme.id),
            detail=f"{each.evaluation.programme.name} · {STEP_LABELS[each.next]}" if each.next else "",
        )
        for each in waiting
    ]


PART = Feature(
    name="evaluation",
    label=_l("Self-evaluation"),
    blueprints=(bp,),
    menu=(MenuEntry(_l("Scoring rules"), "programmes.evaluation.scoring.rules", Programmes.PROGRAMME_READ),),
    grants=GRANTS,
    todos=(todos,),
    demo=make,
    on_closing=(keep_closed,),
)
