"""The part of programmes that evaluates: what it gives to the feature."""

from flask_babel import lazy_gettext as _l

from ...core.feature import Feature, MenuEntry
from ..permissions import Permission as Programmes
from .permissions import GRANTS
from .signing_service import keep_closed
from .views import bp

PART = Feature(
    name="evaluation",
    label=_l("Self-evaluation"),
    blueprints=(bp,),
    menu=(MenuEntry(_l("Scoring rules"), "programmes.evaluation.scoring.rules", Programmes.PROGRAMME_READ),),
    grants=GRANTS,
    on_closing=(keep_closed,),
)
