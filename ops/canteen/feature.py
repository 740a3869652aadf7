"""What the canteens give to the app."""

from flask_babel import lazy_gettext as _l

from ..core.feature import Feature
from .demo import make
from .metrics import METRICS
from .permissions import GRANTS
from .reference import load_canteens

FEATURE = Feature(
    name="canteen",
    label=_l("Canteens"),
    grants=GRANTS,
    publishes=METRICS,
    reference=(load_canteens,),
    demo=make,
)
