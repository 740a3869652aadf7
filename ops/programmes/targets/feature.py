"""What targets give to the programmes."""

from flask_babel import lazy_gettext as _l

from ...core.feature import Feature, MenuEntry
from ..permissions import Permission
from .cli import targets_cli
from .views import bp

PART = Feature(
    name="targets",
    label=_l("Targets"),
    blueprints=(bp,),
    menu=(MenuEntry(_l("Read targets"), "programmes.targets.new_document", Permission.TARGET_WRITE),),
    commands=(targets_cli,),
    refusals={
        "uq_programme_year_code": _l("These targets have just been stored by somebody else."),
        "programme.year, programme.code": _l("These targets have just been stored by somebody else."),
    },
)
