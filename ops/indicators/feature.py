"""What indicators give to the app."""

from flask_babel import lazy_gettext as _l

from ..core.feature import Feature, Job, MenuEntry
from ..core.period import Period
from ..people.permissions import Permission as People
from .cli import indicators_cli
from .jobs import refresh_readings
from .metric import Guard
from .models import ManualFigure
from .permissions import GRANTS, Permission
from .views import bp

FEATURE = Feature(
    name="indicators",
    label=_l("Figures"),
    blueprints=(bp,),
    menu=(
        MenuEntry(_l("To do"), "indicators.start", People.START_READ, ()),
        MenuEntry(_l("All figures"), "indicators.figures", Permission.FIGURE_READ, ("indicators",)),
        MenuEntry(_l("Closings"), "indicators.closing.closings", Permission.FIGURE_READ),
    ),
    grants=GRANTS,
    guards=(Guard(ManualFigure, lambda row: Period(row.first, row.last), _l("A figure entered by hand")),),
    jobs=(Job("indicators.refresh", 0, 30, refresh_readings),),
    commands=(indicators_cli,),
)
