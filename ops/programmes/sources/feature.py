"""What sources give to the programmes."""

from flask_babel import lazy_gettext as _l

from ...core.feature import Feature, MenuEntry
from ..permissions import Permission
from .obstacles import obstacles
from .views import bp

PART = Feature(
    name="sources",
    label=_l("Sources of figures"),
    blueprints=(bp,),
    menu=(MenuEntry(_l("What counts itself"), "programmes.sources.covered", Permission.PROGRAMME_READ),),
    obstacles=(obstacles,),
)
