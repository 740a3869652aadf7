"""What people give to the app."""

from flask_babel import lazy_gettext as _l

from ..core.feature import Feature
from . import notice_views
from .cli import add_administrator
from .demo import make
from .permissions import GRANTS
from .sections import load_sections
from .views import bp

TAKEN_NAME = _l("A unit of this name exists already.")
TAKEN_CODE = _l("A unit with this code exists already.")
FEATURE = Feature(
    name="people",
    label=_l("People and units"),
    blueprints=(bp, notice_views.bp),
    grants=GRANTS,
    commands=(add_administrator,),
    refusals=dict.fromkeys(("unit.name", "uq_unit_name"), TAKEN_NAME)
    | dict.fromkeys(("unit.code", "uq_unit_code"), TAKEN_CODE),
    reference=(load_sections,),
    demo=make,
)
