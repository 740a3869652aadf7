"""What hired vehicles give to vehicles."""

from flask_babel import lazy_gettext as _l

from ...core.feature import Feature, MenuEntry
from .demo import make
from .metrics import METRICS
from .permissions import GRANTS, Permission
from .views import bp

PART = Feature(
    name="hires",
    label=_l("Hired vehicles"),
    blueprints=(bp,),
    menu=(MenuEntry(_l("Hired vehicles"), "vehicles.hires.hires", Permission.HIRE_READ),),
    grants=GRANTS,
    publishes=METRICS,
    demo=make,
)
