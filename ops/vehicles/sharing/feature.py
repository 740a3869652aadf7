"""What shared trips give to vehicles."""

from flask_babel import lazy_gettext as _l

from ...core.feature import Feature
from .views import bp

PART = Feature(
    name="sharing",
    label=_l("Shared trips"),
    blueprints=(bp,),
    refusals={"uq_shared_ride_request_now": _l("This request has just joined another trip.")},
)
