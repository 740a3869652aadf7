"""What the limits for drivers give to vehicles."""

from flask_babel import lazy_gettext as _l

from ...core.feature import Feature
from .service import load_limits
from .views import bp

PART = Feature(name="limits", label=_l("Limits for drivers"), blueprints=(bp,), reference=(load_limits,))
