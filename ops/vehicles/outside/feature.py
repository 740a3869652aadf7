"""What places out of the district give to vehicles."""

from flask_babel import lazy_gettext as _l

from ...core.feature import Feature
from .service import load_places
from .views import bp

PART = Feature(name="outside", label=_l("Places out of the district"), blueprints=(bp,), reference=(load_places,))
