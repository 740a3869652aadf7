"""The part of programmes that evaluates: what it gives to the feature."""

from flask_babel import lazy_gettext as _l

from ...core.feature import Feature
from .views import bp

PART = Feature(name="evaluation", label=_l("Self-evaluation"), blueprints=(bp,))
