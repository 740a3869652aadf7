"""What the odometer gives to vehicles."""

from flask_babel import lazy_gettext as _l

from ...core.feature import Feature
from .permissions import GRANTS
from .views import bp

PART = Feature(name="odometer", label=_l("Odometer"), blueprints=(bp,), grants=GRANTS)
