"""What the board gives to vehicles."""

from flask_babel import lazy_gettext as _l

from ...core.feature import Feature, MenuEntry
from .permissions import GRANTS, Permission
from .views import bp

PART = Feature(
    name="board",
    label=_l("Dispatch board"),
    blueprints=(bp,),
    menu=(
        MenuEntry(
            _l("Dispatch board"),
            "vehicles.board.board",
            Permission.BOARD_READ,
            ("vehicles.board", "vehicles.limits", "vehicles.settings", "vehicles.outside"),
        ),
    ),
    grants=GRANTS,
)
