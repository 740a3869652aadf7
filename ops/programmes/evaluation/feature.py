"""The part of programmes that evaluates: what it gives to the feature."""

from collections.abc import Sequence
from datetime import date

from flask import url_for
from flask_babel import lazy_gettext as _l

from ...core.access import Actor
from ...core.feature import Feature, MenuEntry, Todo
from .. import queries
from ..permissions import Permission as Programmes
from .demo import make
from .evaluation import Evaluation
from .permissions import GRANTS, Permission
from .scoring_values import Step
from .signing import Standing
from .signing_service import keep_closed
from .together import in_reach, standings
from .views import bp

AHEAD = {
    Step.FILLED: _l("to be filled in"),
    Step.CHECKED: _l("the money to be checked"),
    Step.APPROVED: _l("to be approved"),
}


def todos(actor: Actor, day: date) -> list[Todo]:
    """Of the newest year, what its forms lack; of the newest that is over, the forms that this person signs next."""
    years = queries.years()
    written = years[:1] if actor.may(Programmes.TARGET_WRITE) else []
    signed = [year for year in years if year < day.year][:1] if actor.may(Permission.FORM_SIGN) else []
    forms = {}
    for year in {*written, *signed}:
        tables = queries.tables(year)
        forms[year] = standings(tables if year in written else in_reach(tables, actor))
    found = [todo for year in written for each in forms[year] for todo in _lacking(each.evaluation)]
    return [*found, *(todo for year in signed for todo in _to_sign(forms[year], actor))]


def _lacking(evaluation: Evaluation) -> list[Todo]:
    programme = evaluation.programme
    url = url_for("programmes.evaluation.form", id=programme.id)
    return [
        Todo(_l("Indicators without an actual"), evaluation.missing, url, detail=programme.name),
        Todo(_l("Misses without a cause"), evaluation.reasons_owed, url, detail=programme.name),
    ]


def _to_sign(forms: Sequence[Standing], actor: Actor) -> list[Todo]:
    waiting = [each for each in forms if each.may_sign(actor) and not each.blocking]
    return [
        Todo(
            _l("Forms to sign"),
            1,
            url_for("programmes.evaluation.signatures", id=each.evaluation.programme.id),
            detail=f"{each.evaluation.programme.name} · {AHEAD[each.next]}" if each.next else "",
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
