"""What people give to the app."""

from flask_babel import lazy_gettext as _l

from ..core.feature import Feature
from .cli import add_administrator
from .permissions import GRANTS
from .sections import load_sections
from .views import bp

FEATURE = Feature(
    name="people",
    label=_l("People"),
    blueprints=(bp,),
    grants=GRANTS,
    commands=(add_administrator,),
    refusals={
        "unit.name": _l("A unit of this name exists already."), "uq_unit_name": _l("A unit of this name exists already."),
        "unit.code": _l("A unit with this code exists already."), "uq_unit_code": _l("A unit with this code exists already."),
    },
    reference=(load_sections,),
)  # fmt: skip
