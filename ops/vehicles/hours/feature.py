"""What hours give to vehicles."""

from flask_babel import lazy_gettext as _l

from ...core.feature import Feature, Job
from ..permissions import Permission as OfVehicles
from .demo import make
from .jobs import count_day
from .metrics import METRICS
from .service import load_hours
from .views import bp

PART = Feature(
    name="hours",
    label=_l("Hours of cars"),
    blueprints=(bp,),
    publishes=METRICS,
    headlines=(("vehicles.hours_in_use", OfVehicles.FIGURE_READ),),
    jobs=(Job("vehicles.days", 0, 25, count_day),),
    reference=(load_hours,),
    demo=make,
)
