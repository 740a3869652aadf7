"""What the dispatch settings give to vehicles."""

from flask_babel import lazy_gettext as _l

from ...core.feature import Feature
from .permissions import GRANTS
from .service import load_settings
from .views import bp

PART = Feature(
    name="settings", label=_l("Dispatch settings"), blueprints=(bp,), grants=GRANTS, reference=(load_settings,)
)
