"""What the register gives to vehicles."""

from flask_babel import lazy_gettext as _l

from ...core.feature import Feature, MenuEntry
from ..permissions import Permission as OfVehicles
from .file_views import bp as files_bp
from .life_views import bp as life_bp
from .metrics import METRICS
from .permissions import GRANTS, Permission
from .views import bp

PART = Feature(
    name="register",
    label=_l("Register of cars"),
    blueprints=(bp, files_bp, life_bp),
    menu=(
        MenuEntry(
            _l("Register of cars"),
            "vehicles.register.cars",
            Permission.REGISTER_READ,
            (
                "vehicles.register",
                "vehicles.files",
                "vehicles.life",
                "vehicles.odometer",
                "vehicles.exchange",
                "vehicles.hours",
                "vehicles.rulebook",
            ),
        ),
    ),
    grants=GRANTS,
    publishes=METRICS,
    headlines=(("vehicles.on_register", OfVehicles.FIGURE_READ),),
)
