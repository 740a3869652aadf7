"""What the exchange of data gives to vehicles."""

from flask_babel import lazy_gettext as _l

from ...core.feature import Feature
from .views import bp

PART = Feature(name="exchange", label=_l("Lists of cars"), blueprints=(bp,))
