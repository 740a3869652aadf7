"""What taking in dispatches gives to vehicles."""

from flask_babel import lazy_gettext as _l

from ...core.feature import Feature
from .permissions import GRANTS
from .views import bp

PART = Feature(name="intake", label=_l("Dispatches of another ledger"), blueprints=(bp,), grants=GRANTS)
