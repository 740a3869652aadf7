"""What the rulebook gives to vehicles."""

from flask_babel import lazy_gettext as _l

from ...core.feature import Feature
from .permissions import GRANTS
from .views import bp

PART = Feature(name="rulebook", label=_l("Rules of vehicles"), blueprints=(bp,), grants=GRANTS)
