"""The part of programmes that draws: what it gives to the feature."""

from flask_babel import lazy_gettext as _l

from ...core.feature import Feature, MenuEntry
from ..permissions import Permission
from .views import bp

PART = Feature(
    name="pictures",
    label=_l("Pictures"),
    blueprints=(bp,),
    menu=(MenuEntry(_l("Programmes at a glance"), "programmes.pictures.programmes_glance", Permission.PROGRAMME_READ),),
)
