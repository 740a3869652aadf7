"""The part of programmes that packs the evidence of a year."""

from flask_babel import lazy_gettext as _l

from ...core.feature import Feature, MenuEntry
from .permissions import GRANTS, Permission
from .views import bp

PART = Feature(
    name="packs",
    label=_l("Evidence packs"),
    blueprints=(bp,),
    menu=(MenuEntry(_l("Evidence packs"), "programmes.packs.latest", Permission.PACK_READ),),
    grants=GRANTS,
)
